"""Nothing typed is lost: parked values, undo, and what comes back at the next start."""

from tests.helpers.media_zoo import camera_jpeg


async def test_text_and_back_brings_the_picture_back(rehearse, tmp_path):
    async with rehearse() as program:
        program.drop(camera_jpeg(tmp_path / "fox.jpg", size=(900, 600)))
        await program.until_said("fox.jpg")
        program.write("A fox runs.")
        program.click("From text")
        assert program.prompt.toPlainText() == "A fox runs."
        assert "fox.jpg" not in program.words_in(program.desk.form)
        await program.until_said("kept: not used by this model")
        program.click("From picture")
        assert "fox.jpg" in program.words_in(program.desk.form)
        assert program.prompt.toPlainText() == "A fox runs."


async def test_undo_goes_back_through_a_switch(rehearse):
    async with rehearse() as program:
        program.write("Words.")
        program.click("From text")
        program.write("Other words.")
        for _ in range(20):
            if "raccoon.jpg" in program.words_in(program.desk.form):
                break
            program.act(program.desk.actions.undo)
        assert program.prompt.toPlainText() == "Words."
        assert "raccoon.jpg" in program.words_in(program.desk.form)


async def test_a_new_draft_leaves_the_old_one_among_the_recent(rehearse):
    async with rehearse() as program:
        program.write("Kept words.")
        program.act(program.desk.actions.new_draft)
        assert program.prompt.toPlainText() == ""
        program.act(program.desk.actions.undo)
        assert program.prompt.toPlainText() == "Kept words."


async def test_draft_and_window_come_back(rehearse, tmp_path):
    async with rehearse() as program:
        program.drop(camera_jpeg(tmp_path / "fox.jpg", size=(900, 600)))
        await program.until_said("fox.jpg")
        program.write("A fox runs.")
        program.click("Length: 10 s", program.desk.form)
        program.click("One more")
        program.window.resize(800, 640)
        columns = program.window._columns
        columns.moveSplitter(350, 1)
        sizes = columns.sizes()
        values = dict(program.desk.making.draft.values)
    async with rehearse(size=None) as program:
        assert dict(program.desk.making.draft.values) == values
        assert program.prompt.toPlainText() == "A fox runs."
        assert "fox.jpg" in program.words_in(program.desk.form)
        assert program.button("Length: 10 s").isChecked()
        assert program.desk.column.order_bar.stepper.box.value() == 2
        assert program.window.size().toTuple() == (800, 640)
        assert program.window._columns.sizes() == sizes


async def test_the_clip_on_the_stage_comes_back(real):
    async with real() as program:
        program.choose_real()
        program.press()
        clips = await program.until_made()
        await program.until(lambda: program.desk.stage.clip is not None, "the clip")
    async with real() as program:
        assert program.press_words.startswith("Another take · $0.21")
        await program.until(lambda: program.desk.stage.clip is not None, "the clip again")
        assert program.desk.stage.clip.clip_id == clips[0].clip_id
        await program.until(lambda: not program.desk.stage.canvas.image.isNull(), "its picture")
        assert program.words_in(program.desk.library).count(clips[0].title) == 1
        assert "Charged $0.21" in program.words_in(program.desk.queue)


async def test_what_is_typed_is_on_disk_without_closing(rehearse, folder):
    async with rehearse() as program:
        program.write("Typed and never sent.")
        store = program.ground.stores.drafts
        project = program.desk.making.draft.project_id
        await program.until(
            lambda: "Typed and never sent." in repr(store.current(project)),
            "the draft on disk",
        )
