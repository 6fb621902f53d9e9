"""From the first start to a clip that plays, and to more of them."""

from tests.helpers.media_zoo import camera_jpeg


async def test_one_press_makes_a_clip_that_plays(rehearse):
    async with rehearse() as program:
        stage = program.desk.stage
        assert "raccoon.jpg" in program.words_in(program.desk.form)
        assert program.prompt.toPlainText()
        assert program.press_words == "Rehearse · free"
        assert program.desk.column.order_bar.button.hasFocus()
        program.press()
        await program.until(lambda: not stage.canvas.image.isNull(), "a picture on the stage", 60)
        first = stage.canvas.image.copy()
        await program.until(lambda: stage.canvas.image != first, "another picture")
        assert program.clips[0].path.exists()
        assert "Rehearsal" in program.words_in(stage)


async def test_return_presses_the_button_that_has_the_focus(real):
    async with real() as program:
        program.choose_real()
        program.key("Return", program.desk.column.order_bar.button)
        await program.until_made()


async def test_a_second_press_at_once_is_ignored(real):
    async with real() as program:
        program.choose_real()
        program.press()
        program.press()
        program.press()
        await program.until_made()
        assert len(program.jobs) == 1


async def test_the_next_press_makes_another_take(real, fal):
    async with real() as program:
        program.choose_real()
        program.press()
        await program.until(lambda: program.press_words == "Another take · $0.21", "another take")
        await program.until_made()
        await program.second_later()
        program.press()
        clips = await program.until_made(2)
        assert [clip.take_letter for clip in clips] == ["B", "A"]
        assert clips[0].shot_id == clips[1].shot_id
        assert [clip.path.stem[-1] for clip in clips] == ["B", "A"]
        program.write("Something else now.")
        await program.until(lambda: program.press_words == "Generate · about $0.21", "a new shot")
        assert len(fal.seen("submit")) == 2


async def test_three_at_once_are_three_jobs(real, fal):
    async with real() as program:
        program.choose_real()
        program.click("One more")
        program.click("One more")
        assert program.press_words == "Generate 3 · about $0.63"
        program.press()
        clips = await program.until_made(3)
        assert sorted(clip.take_letter for clip in clips) == ["A", "B", "C"]
        assert len({clip.path for clip in clips}) == 3
        assert len(fal.seen("submit")) == 3
        assert program.press_words == "3 more takes · about $0.63"


async def test_a_dropped_picture_takes_the_place_of_the_sample(real, tmp_path, fal):
    async with real() as program:
        program.drop(camera_jpeg(tmp_path / "cat at the window.jpg", size=(1200, 800)))
        await program.until_said("cat at the window.jpg")
        assert "1200 × 800" in program.words_in(program.desk.form)
        assert "comes out 3:2, 720p" in program.words_in(program.desk.form)
        assert program.prompt.toPlainText() == ""
        program.write("The cat turns.")
        program.choose_real()
        await program.until_ready()
        program.press()
        clips = await program.until_made()
        assert clips[0].path.name == "The-cat-turns_A.mp4"
        body = fal.queue()[0]["body"]
        assert body["prompt"] == "The cat turns."
        assert body["image_url"].startswith("http")
