"""Places of the window that are easily forgotten: boxes, folders, the rail, words at a slot."""

from PIL import Image
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.helpers.media_zoo import camera_jpeg


def words_at_slot(program):
    return program.words_in(program.desk.form)


async def test_the_queue_folds_and_unfolds_and_stays_so(rehearse):
    async with rehearse(size=(1024, 600)) as program:
        window, actions = program.window, program.desk.actions
        assert window.is_folded
        assert actions.fold_queue.isChecked()
        program.act(actions.fold_queue)
        assert not window.is_folded
        program.click("Fold the queue", program.desk.queue)
        assert window.is_folded
        assert actions.fold_queue.isChecked()
        program.click("Show the queue", program.desk.rail)
        assert not actions.fold_queue.isChecked()
    async with rehearse(size=(1024, 600)) as program:
        assert not program.window.is_folded


async def test_who_folds_a_hidden_queue_sees_its_rail(rehearse):
    async with rehearse() as program:
        actions = program.desk.actions
        program.act(actions.show_queue)
        program.act(actions.fold_queue)
        assert program.desk.rail.isVisible()


async def test_clips_are_saved_where_clips_are(rehearse, folder):
    async with rehearse() as program:
        program.press()
        clips = await program.until_made()
        await program.until(lambda: program.desk.stage.clip is not None, "the clip")
        program.act(program.desk.actions.save_as)
        dialog = await program.until_dialog("Save the clip as")
        assert isinstance(dialog, QFileDialog)
        assert dialog.directory().absolutePath() == str(program.ground.folders.clips)
        assert dialog.selectedFiles()[0].endswith(clips[0].path.name)
        dialog.reject()


async def test_a_folder_that_is_gone_gives_its_place_to_the_one_above(rehearse, settings, tmp_path):
    settings(clips_folder=str(tmp_path / "drive" / "clips"))
    async with rehearse() as program:
        assert program.desk.showing._folder_to_save_in() == tmp_path


async def test_the_closing_question_is_wide_enough_for_its_title(real, fal, settings):
    settings(uploads="drop")
    async with real() as program:
        fal.hold("IN_PROGRESS")
        program.choose_real()
        program.press()
        await program.until_job("in_progress")
        program.window.close()
        box = await program.until_dialog("Close Kling Desktop")
        title = box.fontMetrics().horizontalAdvance(box.windowTitle())
        assert box.width() > 2 * title
        program.click("Stay", box)


async def test_a_picture_that_is_refused_for_its_shape_promises_nothing(rehearse, tmp_path):
    Image.new("RGB", (3000, 500), "teal").save(tmp_path / "long.png")
    async with rehearse() as program:
        program.drop(tmp_path / "long.png")
        await program.until_said("long.png")
        assert "comes out" not in words_at_slot(program)
        await program.until(
            lambda: not program.desk.column.order_bar.button.isEnabled(), "the problem"
        )
        program.drop(camera_jpeg(tmp_path / "good.jpg", size=(900, 600)))
        await program.until_said("comes out 3:2, 720p")


async def test_a_refused_file_is_named_and_forgotten_when_work_goes_on(rehearse, tmp_path):
    bad = tmp_path / "empty.png"
    bad.write_bytes(b"")
    async with rehearse() as program:
        program.drop(bad)
        await program.until_said("“empty.png”: The file is empty.")
        program.write("Something else happens.")
        assert "The file is empty." not in words_at_slot(program)
        program.drop(bad)
        await program.until_said("“empty.png”: The file is empty.")
        program.drop(camera_jpeg(tmp_path / "good.jpg", size=(900, 600)))
        await program.until_said("good.jpg")
        assert "The file is empty." not in words_at_slot(program)


async def test_the_window_has_the_programs_icon(rehearse):
    async with rehearse():
        assert not QApplication.windowIcon().isNull()
        assert not QApplication.windowIcon().pixmap(64, 64).isNull()


async def test_a_clip_on_a_bare_stage_begins_with_its_poster(rehearse):
    async with rehearse() as program:
        program.press()
        clip = (await program.until_made())[0]
        stage, showing = program.desk.stage, program.desk.showing
        await program.until(lambda: not stage.canvas.image.isNull(), "its picture")
        stage.show_nothing()
        assert stage.canvas.image.isNull()
        seen = []
        stage.playing_changed.connect(lambda _on: None)
        showing.show(clip.clip_id, play=False)
        await program.until(
            lambda: seen or (not stage.canvas.image.isNull() and seen.append(stage.canvas.image)),
            "its poster",
        )
        first = seen[0].size()
        assert abs(first.width() / first.height() - clip.width / clip.height) < 0.02
