"""Another shape in the whole program: one click, the frame, the strokes, and after a restart."""

from __future__ import annotations

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kling_desktop.records.framing import Framing
from kling_desktop.records.media import MediaRef
from kling_desktop.records.painting import painting_in
from kling_desktop.ui.framing.geometry import Box
from tests.helpers.brush import brush_document, drag
from tests.helpers.heic import heic
from tests.helpers.media_zoo import camera_jpeg, difference, scene

MODEL = "acme/dream/v9/pro"
SIZE = (900, 600)


def values(program):
    return program.desk.making.draft.values


def picture(program):
    """What stands in the form."""
    return program.studio.inputs.get(MediaRef.parse(values(program)["image_url"]))


def shown(program):
    with Image.open(program.studio.inputs.path(picture(program).ref)) as file:
        file.load()
        return file.convert("RGB")


async def with_picture(program, path):
    program.drop(path)
    await program.until_said(path.name)


async def framed(program):
    program.click("Frame…", program.desk.form)
    await program.until(lambda: program.desk.place.frame is not None, "the frame")
    panel = program.desk.place.frame
    await program.until(lambda: panel.canvas.has_picture, "the picture")
    return panel


async def test_one_click_gives_the_projects_shape_and_undo_takes_it_back(rehearse, tmp_path):
    async with rehearse() as program:
        await with_picture(program, camera_jpeg(tmp_path / "fox.jpg", 6, SIZE))
        assert "the project is" not in program.words_in(program.desk.form)
        menu = program.desk.project.open_menu(program.button("Project: My clips"))
        next(one for one in menu.actions() if one.text() == "16:9").trigger()
        menu.close()
        await program.until_said("Comes out 3:2, 720p; the project is 16:9")
        assert program.button("Project: My clips · 16:9")
        before = values(program)["image_url"]
        program.click("Crop", program.desk.form)
        await program.until_said("cropped, from")
        assert picture(program).size == (900, 506)
        assert difference(shown(program), scene(*SIZE).crop((0, 47, 900, 553))) < 4
        assert "the project is" not in program.words_in(program.desk.form)
        program.act(program.desk.actions.undo)
        assert values(program)["image_url"] == before
        await program.until_said("the project is 16:9")
        program.click("Pad", program.desk.form)
        await program.until_said("padded, from")
        assert picture(program).size == (1067, 600)
        program.desk.making.save()
    async with rehearse() as again:
        assert "padded, from" in again.words_in(again.desk.form)
        panel = await framed(again)
        assert panel.session.task.size == SIZE, "the original, and not what was made of it"
        assert panel.session.framing.left == -84
        assert panel.session.pads


async def test_the_frame_is_applied_as_one_step_and_changed_later(rehearse, tmp_path):
    async with rehearse() as program:
        await with_picture(program, camera_jpeg(tmp_path / "fox.jpg", 1, SIZE))
        before = values(program)["image_url"]
        panel = await framed(program)
        QTest.keyClick(panel.canvas, Qt.Key.Key_Escape)
        await program.until(lambda: program.desk.place.frame is None, "the stage")
        assert values(program)["image_url"] == before
        panel = await framed(program)
        panel.session.use_ratio("1:1")
        QTest.keyClick(panel.canvas, Qt.Key.Key_Right)
        QTest.keyClick(panel.canvas, Qt.Key.Key_Return)
        await program.until_said("cropped, from")
        assert picture(program).size == (600, 600)
        assert program.desk.place.frame is None
        panel = await framed(program)
        assert panel.session.framing == picture(program).made.framing
        assert panel.session.framing.left == 159
        panel.session.use_whole()
        panel.apply()
        await program.until(lambda: values(program)["image_url"] == before, "the whole picture")
        for _ in range(2):
            program.act(program.desk.actions.undo)
        assert values(program)["image_url"] == before
        program.act(program.desk.actions.redo)
        assert picture(program).size == (600, 600)


async def test_an_order_takes_the_picture_as_it_is_framed_on_the_screen(rehearse, tmp_path):
    async with rehearse() as program:
        await with_picture(program, camera_jpeg(tmp_path / "fox.jpg", 1, SIZE))
        program.write("A fox looks up.")
        panel = await framed(program)
        panel.session.use_ratio("1:1")
        panel.session.put(Box(0, 0, 200, 200))
        await program.until_ready()
        program.press()
        assert program.desk.place.frame is panel, "too small: it says so, and nothing is ordered"
        panel.session.use_ratio("1:1")
        program.press()
        await program.until(lambda: program.jobs, "the job")
        (job,) = program.jobs
        made = program.studio.inputs.get(MediaRef.parse(job.values["image_url"]))
        assert made.size == (600, 600)
        assert program.desk.place.frame is None
        await program.studio.jobs.cancel(job.job_id)


async def test_a_framed_sample_keeps_its_words(rehearse):
    async with rehearse() as program:
        await program.until_up()
        words = program.prompt.toPlainText()
        panel = await framed(program)
        panel.session.use_ratio("1:1")
        panel.apply()
        await program.until_said("cropped, from")
        assert program.prompt.toPlainText() == words


async def test_keys_of_the_frame_do_not_reach_the_clip_behind_it(rehearse, tmp_path):
    async with rehearse() as program:
        await with_picture(program, camera_jpeg(tmp_path / "fox.jpg", 1, SIZE))
        deleted = []
        program.desk.actions.delete_clip.setEnabled(True)
        program.desk.actions.delete_clip.triggered.connect(deleted.append)
        program.act(program.desk.actions.frame_picture)
        panel = program.desk.place.frame
        QTest.keySequence(panel.canvas, "Del")
        QTest.keySequence(panel.canvas, "Space")
        assert not deleted
        QTest.keySequence(panel.canvas, "Esc")
        assert program.desk.place.frame is None


async def test_the_frame_gives_way_to_clips_and_other_pictures(rehearse, tmp_path):
    async with rehearse() as program:
        await with_picture(program, camera_jpeg(tmp_path / "fox.jpg", 1, SIZE))
        await framed(program)
        program.desk.showing.clip_shown.emit("any")
        assert program.desk.place.frame is None
        await framed(program)
        await with_picture(program, camera_jpeg(tmp_path / "owl.jpg", 1, (700, 700)))
        await program.until(lambda: program.desk.place.frame is None, "the stage")
        assert program.desk.stage.isVisible()


async def test_a_shape_that_the_model_refuses_is_padded_in_one_click(rehearse, tmp_path):
    async with rehearse() as program:
        await with_picture(program, camera_jpeg(tmp_path / "long.jpg", 1, (1600, 400)))
        await program.until_said("times as wide as high")
        program.click("Pad it", program.desk.form)
        await program.until_said("padded, from")
        assert picture(program).size == (1600, 640)
        await program.until(
            lambda: "times as wide as high" not in program.words_in(program.desk.form),
            "a form without it",
        )


async def test_heic_is_shown_framed_and_says_how_it_is_sent(rehearse, tmp_path):
    async with rehearse() as program:
        await with_picture(program, heic(tmp_path / "IMG_0001.HEIC", scene(*SIZE)))
        await program.until_said("sent as JPEG")
        assert "does not take" not in program.words_in(program.desk.form)
        panel = await framed(program)
        panel.session.use_ratio("1:1")
        panel.apply()
        await program.until_said("cropped, from")
        assert "sent as" not in program.words_in(program.desk.form)
        assert picture(program).facts.content_type == "image/jpeg"


@pytest.mark.parametrize(
    ("framing", "spot"),
    [
        (Framing(left=150, top=0, width=600, height=600), (150.0, 200.0)),
        (Framing(left=0, top=-150, width=900, height=900), (300.0, 350.0)),
        (Framing(left=0, top=0, width=900, height=600, most=450), (150.0, 100.0)),
    ],
    ids=["crop", "pad", "shrink"],
)
async def test_strokes_go_along_to_the_same_spot(rehearse, tmp_path, framing, spot):
    async with rehearse(document=brush_document()) as program:
        program.desk.choosing.choose_model(MODEL)
        await with_picture(program, camera_jpeg(tmp_path / "fox.jpg", 1, SIZE))
        program.click("Paint…")
        await program.until(lambda: program.desk.place.brush is not None, "the brush")
        brush = program.desk.place.brush
        await program.until(lambda: not brush.canvas._sheet._picture.isNull(), "the picture")
        drag(brush.canvas, ((300.0, 200.0), (420.0, 200.0)))
        brush.session.set_path(((300.0, 200.0), (400.0, 220.0)))
        program.click("Done")
        await program.until(lambda: "dynamic_masks" in values(program), "the masks")
        before = dict(values(program))
        standing = program.desk.remedies.standing(("image_url",))
        program.desk.remedies.fit(standing, framing)
        await program.until(lambda: values(program) != before, "another picture")
        assert "another picture" not in program.words_in(program.desk.form)
        painting = painting_in(values(program))
        assert painting.size == picture(program).size
        assert painting.areas[1].path[0] == pytest.approx(spot)
        (area,) = values(program)["dynamic_masks"]
        with Image.open(program.studio.inputs.path(MediaRef.parse(area["mask_url"]))) as mask:
            assert mask.size == painting.size
            assert mask.getpixel((round(spot[0]) + 9, round(spot[1]))) == (255, 255, 255)
        height = painting.size[1]
        x, y = round(spot[0]), height - 1 - round(spot[1])
        assert area["trajectories"][0] == {"x": x, "y": y}
        program.act(program.desk.actions.undo)
        assert values(program) == before
