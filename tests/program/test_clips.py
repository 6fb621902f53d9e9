"""What can be done with a clip that is on the stage or in the library."""

from decimal import Decimal

from PIL import Image
from PySide6.QtWidgets import QApplication, QFileDialog

from kling_desktop.media.frames import Frames
from kling_desktop.records.media import MediaRef
from tests.helpers.media_zoo import difference


async def make(program, words="The raccoon nods."):
    """One real clip, on the stage."""
    program.choose_real()
    program.write(words)
    await program.until_ready()
    before = len(program.clips)
    if before and not program.desk.stage.is_idle:
        program.act(program.desk.actions.play)
    program.press()
    clips = await program.until_made(before + 1)
    stage = program.desk.stage
    await program.until(lambda: stage.clip and stage.clip.clip_id == clips[0].clip_id, "the clip")
    return clips[0]


async def choose_file(program, title, target):
    """Writes a path into the open file dialog and agrees."""
    dialog = await program.until_dialog(title)
    assert isinstance(dialog, QFileDialog)
    dialog.selectFile(str(target))
    dialog.accept()


def picture_of(frame):
    size = (frame.width, frame.height)
    return Image.frombytes("RGB", size, frame.rgb, "raw", "RGB", frame.stride, 1)


async def test_the_next_shot_begins_with_the_true_last_frame(real):
    async with real() as program:
        clip = await make(program)
        program.act(program.desk.actions.continue_clip)
        await program.until(lambda: "last frame" in program.words_in(program.desk.form), "a frame")
        ref = MediaRef.parse(program.desk.making.draft.values["image_url"])
        kept = program.studio.inputs.path(ref)
        with Frames(clip.path) as frames:
            last = frames.frame(frames.count - 1, fine=True)
        assert difference(picture_of(last), Image.open(kept)) == 0
        assert program.prompt.toPlainText() == "The raccoon nods."


async def test_edit_as_new_brings_all_settings_back(real):
    async with real() as program:
        clip = await make(program, "First words.")
        first = dict(program.desk.making.draft.values)
        program.write("Other words.")
        program.click("Length: 10 s", program.desk.form)
        await program.until_ready()
        program.act(program.desk.actions.edit_as_new)
        await program.until(lambda: program.prompt.toPlainText() == "First words.", "the words")
        assert dict(program.desk.making.draft.values) == first
        assert clip.path.exists()
        program.act(program.desk.actions.undo)
        assert program.prompt.toPlainText() == "Other words."


async def test_another_take_of_the_clip_on_the_stage(real, fal):
    async with real() as program:
        clip = await make(program)
        program.act(program.desk.actions.another_take)
        clips = await program.until_made(2)
        assert clips[0].shot_id == clip.shot_id
        assert clips[0].take_letter == "B"
        bodies = [one["body"] for one in fal.queue()]
        assert bodies[0] == bodies[1]


async def test_a_rehearsal_is_made_for_real(real, fal):
    async with real() as program:
        program.press()
        clips = await program.until_made(1, 90)
        assert clips[0].made_by == "rehearsal"
        assert not fal.seen("submit")
        await program.until(program.desk.actions.make_real.isEnabled, "the clip on the stage")
        program.act(program.desk.actions.make_real)
        clips = await program.until_made(2)
        assert clips[0].made_by == "fal"
        assert clips[0].shot_id == clips[1].shot_id
        job = next(job for job in program.jobs if job.made_by == "fal")
        assert job.price == Decimal("0.21")


async def test_save_as_copies_and_overwrites_nothing_by_itself(real, tmp_path):
    async with real() as program:
        clip = await make(program)
        program.act(program.desk.actions.save_as)
        await choose_file(program, "Save the clip as", tmp_path / "kept.mp4")
        kept = tmp_path / "kept.mp4"
        await program.until(
            lambda: kept.exists() and kept.read_bytes() == clip.path.read_bytes(), "the copy"
        )


async def test_a_frame_is_saved_as_the_stage_shows_it(real, tmp_path):
    async with real() as program:
        clip = await make(program)
        stage, actions = program.desk.stage, program.desk.actions
        await program.until(lambda: stage.frame > 0, "a moving clip")
        program.act(actions.play)
        program.act(actions.go_to_start)
        for _ in range(5):
            program.act(actions.step_forward)
        await program.until(lambda: stage.frame == 5, "frame 5")
        program.act(actions.save_frame)
        await choose_file(program, "Save the frame as", tmp_path / "five.png")
        await program.until((tmp_path / "five.png").exists, "the picture")
        await program.until_calm()
        with Frames(clip.path) as frames:
            five = frames.frame(5, fine=True)
        assert difference(picture_of(five), Image.open(tmp_path / "five.png")) == 0


async def test_stars_and_search_and_trash_and_back(real):
    async with real() as program:
        first = await make(program, "A fox runs.")
        await program.second_later()
        second = await make(program, "A hen sits.")
        library = program.desk.library
        program.act(program.desk.actions.stars_4)
        await program.until(lambda: program.clips[0].stars == 4, "four stars")
        await program.until_said("4 stars of 5")
        program.act(program.desk.actions.find)
        program.write("fox", library.head._search)
        await program.until(lambda: library.model.ids == [first.clip_id], "one clip")
        program.write("nothing like it", library.head._search)
        await program.until_said("nothing like it")
        program.key("Escape", library.head._search)
        await program.until(lambda: len(library.model.ids) == 2, "all clips")
        library.select_ids([second.clip_id])
        program.act(program.desk.actions.delete_clip)
        await program.until_said("The clip is in the trash.")
        assert not second.path.exists()
        assert library.model.ids == [first.clip_id]
        program.click("Undo")
        await program.until(lambda: len(library.model.ids) == 2, "the clip again")
        assert second.path.exists()


async def test_the_clip_and_its_words_can_be_copied(real):
    async with real() as program:
        clip = await make(program, "A fox runs.")
        program.act(program.desk.actions.copy_clip)
        urls = QApplication.clipboard().mimeData().urls()
        assert [url.toLocalFile() for url in urls] == [str(clip.path)]
        program.act(program.desk.actions.copy_prompt)
        assert QApplication.clipboard().text() == "A fox runs."


async def test_a_new_clip_leaves_the_stage_to_the_one_that_plays(real):
    async with real() as program:
        first = await make(program)
        stage = program.desk.stage
        await program.until(lambda: stage.frame > 0, "a moving clip")
        await program.second_later()
        program.press()
        await program.until_made(2)
        assert stage.clip.clip_id == first.clip_id
        await program.until(lambda: program.button("Take B", stage), "the letter of take B")
        program.click("Take B", stage)
        assert stage.clip.take_letter == "B"


async def test_settings_hold_at_once(rehearse):
    async with rehearse() as program:
        app = QApplication.instance()
        before = app.font().pixelSize()
        program.act(program.desk.actions.text_larger)
        assert app.font().pixelSize() > before
        program.act(program.desk.actions.preferences)
        await program.until_dialog("Preferences")
        program.click("Light")
        assert program.theme.tokens.dark is False
        assert program.desk.actions.theme_light.isChecked()
        program.click("Mid gray")
        assert program.theme.look.surround == "mid"
