"""The motion brush in the whole program: from the form to the masks, through crash and undo."""

from __future__ import annotations

import json

import pytest
from PIL import Image
from PySide6.QtTest import QTest

from kling_desktop.core.clip_files import recipe_of
from kling_desktop.media.recipe import recipe_text
from kling_desktop.records.media import MediaRef
from kling_desktop.records.painting import PAINTING, painting_in
from kling_desktop.records.recipe import Recipe
from kling_desktop.ui.form.editors.motion_brush import MotionBrushEditor
from tests.helpers.brush import brush_document, drag
from tests.helpers.media_zoo import camera_jpeg

MODEL = "acme/dream/v9/pro"
SIZE = (900, 600)


@pytest.fixture
def start(rehearse):
    """The program with a model that has a brush in its catalogue."""
    return lambda: rehearse(document=brush_document())


def values(program):
    return program.desk.making.draft.values


def panel_of(program):
    return program.desk.place.brush


def mask_of(program, area):
    with Image.open(program.studio.inputs.path(MediaRef.parse(area["mask_url"]))) as mask:
        mask.load()
        return mask


async def with_picture(program, tmp_path, name="fox.jpg", size=SIZE):
    program.desk.choosing.choose_model(MODEL)
    program.drop(camera_jpeg(tmp_path / name, size=size))
    await program.until_said(name)


async def opened(program):
    program.click("Paint…")
    await program.until(lambda: panel_of(program) is not None, "the brush")
    panel = panel_of(program)
    await program.until(lambda: not panel.canvas._sheet._picture.isNull(), "the picture")
    return panel


def paint(panel):
    """One area with a path."""
    drag(panel.canvas, ((200.0, 200.0), (300.0, 220.0), (400.0, 200.0)))
    panel.session.set_path(((300.0, 200.0), (600.0, 100.0)))


async def done(program):
    program.click("Done")
    await program.until(lambda: "dynamic_masks" in values(program), "the masks")


async def test_a_press_that_waits_for_masks_orders_no_other_form(start, tmp_path):
    async with start() as program:
        await with_picture(program, tmp_path)
        program.write("A fox looks up.")
        paint(await opened(program))
        await program.until_ready()
        program.press()
        program.desk.making.choose_count(4)
        await program.until_said("Nothing was ordered")
        assert not program.jobs


async def test_masks_that_cannot_be_written_are_not_tried_at_every_key(start, tmp_path, noise):
    noise.allow("task write masks broke")
    async with start() as program:
        await with_picture(program, tmp_path)
        program.write("A fox looks up.")
        paint(await opened(program))
        await program.until_ready()
        folder = program.studio.inputs.path(MediaRef("0" * 64, ".png")).parent
        hidden = folder.rename(folder.with_name("hidden"))
        program.press()
        await program.until_said("could not be kept")
        assert not program.jobs
        program.write("More words.")
        assert not program.desk.brush._writing
        hidden.rename(folder)
        program.press()
        await program.until(lambda: program.jobs, "the job")
        assert program.jobs[0].values["dynamic_masks"]


async def test_painting_becomes_masks_of_the_pictures_size(start, tmp_path):
    async with start() as program:
        await with_picture(program, tmp_path)
        paint(await opened(program))
        await done(program)
        (area,) = values(program)["dynamic_masks"]
        assert area["trajectories"] == [{"x": 300, "y": 399}, {"x": 600, "y": 499}]
        mask = mask_of(program, area)
        assert (mask.size, mask.mode) == (SIZE, "RGB")
        assert mask.getpixel((300, 215)) == (255, 255, 255)
        assert mask.getpixel((300, 400)) == (0, 0, 0)
        assert panel_of(program) is None
        assert program.desk.form.findChild(MotionBrushEditor).words() == "1 area, 1 path"
        program.act(program.desk.actions.undo)
        assert "dynamic_masks" not in values(program)
        assert PAINTING not in values(program)
        program.act(program.desk.actions.redo)
        assert values(program)["dynamic_masks"] == [area]
        assert painting_in(values(program)) is not None


async def test_every_stroke_is_in_the_draft_and_a_crash_costs_none(start, tmp_path):
    async with start() as program:
        await with_picture(program, tmp_path)
        paint(await opened(program))
        await program.until(
            lambda: (kept := painting_in(values(program))) and kept.areas[1].path, "the strokes"
        )
        assert painting_in(values(program)).is_open
        program.desk.making.save()
    async with start() as again:
        await again.until(lambda: "dynamic_masks" in values(again), "the masks")
        assert not painting_in(values(again)).is_open
        panel = await opened(again)
        assert len(panel.session.area.marks) == 1
        again.click("Done")
        await again.until(lambda: panel_of(again) is None, "the stage")


async def test_another_picture_is_asked_about_and_keeps_the_painting(start, tmp_path):
    async with start() as program:
        await with_picture(program, tmp_path)
        paint(await opened(program))
        await done(program)
        await with_picture(program, tmp_path, "owl.jpg", (600, 800))
        await program.until_said("painted over another picture")
        before = values(program)["dynamic_masks"]
        program.click("Keep it, scaled")
        await program.until(lambda: values(program)["dynamic_masks"] != before, "other masks")
        (area,) = values(program)["dynamic_masks"]
        mask = mask_of(program, area)
        assert mask.size == (600, 800)
        await program.until(lambda: "another picture" not in program.words(), "no question")
        program.click("Remove the painting")
        assert not {"dynamic_masks", PAINTING} & {*values(program)}


async def test_the_same_picture_made_to_fit_takes_the_strokes_along(start, tmp_path):
    async with start() as program:
        await with_picture(program, tmp_path)
        paint(await opened(program))
        await done(program)
        text = values(program)["image_url"]
        half = tmp_path / "half.jpg"
        camera_jpeg(half, size=(450, 300))
        small = await program.studio.inputs.take_file(half)
        program.desk.brush.put_picture(("image_url",), text, str(small.ref))
        await program.until(lambda: values(program)["image_url"] != text, "the small picture")
        painting = painting_in(values(program))
        assert painting.size == (450, 300)
        assert painting.areas[1].path == ((150.0, 100.0), (300.0, 50.0))
        (area,) = values(program)["dynamic_masks"]
        mask = mask_of(program, area)
        assert mask.size == (450, 300)
        program.act(program.desk.actions.undo)
        assert values(program)["image_url"] == text
        assert painting_in(values(program)).size == SIZE


async def test_the_programs_undo_is_the_brushs_while_it_is_open(start, tmp_path):
    async with start() as program:
        await with_picture(program, tmp_path)
        picture = values(program)["image_url"]
        panel = await opened(program)
        assert not program.desk.actions.undo.isEnabled(), "nothing is painted yet"
        paint(panel)
        program.act(program.desk.actions.undo)
        assert panel.painting.area(1).marks
        assert not panel.painting.area(1).path
        program.act(program.desk.actions.redo)
        assert panel.painting.area(1).path
        assert values(program)["image_url"] == picture
        program.act(program.desk.actions.command_palette)
        listed = program.desk.chrome._palette.shown_texts()
        assert {"Eraser", "Wider brush"} < set(listed)
        assert listed.count("Undo") == 1
        program.key("Escape")
        await done(program)
        assert not program.desk.actions.visiting[1]
        program.act(program.desk.actions.undo)
        assert "dynamic_masks" not in values(program)


async def test_an_order_waits_for_the_masks_of_what_is_being_painted(start, tmp_path):
    async with start() as program:
        await with_picture(program, tmp_path)
        program.write("A fox looks up.")
        paint(await opened(program))
        await program.until_ready()
        program.press()
        assert program.press_words == "Writing the masks…"
        await program.until(lambda: program.jobs, "the job")
        job = program.jobs[0]
        assert panel_of(program) is None
        assert len(job.values["dynamic_masks"]) == 1
        assert not painting_in(job.values).is_open
        # The recipe has the strokes, and neither a key nor a place on this computer.
        told = recipe_text(recipe_of(job, lambda ref: program.studio.inputs.get(ref).name))
        assert painting_in(Recipe.from_json(json.loads(told)).values) == painting_in(job.values)
        assert str(tmp_path) not in told
        program.desk.making.start_new()
        assert PAINTING not in values(program)
        program.desk.recalling.recall(job, "again_in_form")
        await program.until(lambda: PAINTING in values(program), "the settings")
        assert painting_in(values(program)) == painting_in(job.values)
        await program.studio.jobs.cancel(job.job_id)


async def test_strokes_of_another_model_wait_until_it_is_back(start, tmp_path):
    async with start() as program:
        await with_picture(program, tmp_path)
        paint(await opened(program))
        await done(program)
        before = dict(values(program))
        other = program.desk.choosing.catalog.of_intention("from_text")[0].endpoint_id
        program.desk.choosing.choose_model(other)
        assert "dynamic_masks" not in values(program)
        program.desk.choosing.choose_model(MODEL)
        assert values(program) == before


async def test_a_clip_that_is_looked_at_ends_the_painting(start, tmp_path):
    async with start() as program:
        await with_picture(program, tmp_path)
        paint(await opened(program))
        program.desk.showing.clip_shown.emit("any")
        await program.until(lambda: "dynamic_masks" in values(program), "the masks")
        assert panel_of(program) is None
        assert program.desk.stage.isVisible()


async def test_the_brush_takes_its_keys_before_the_window(start, tmp_path):
    async with start() as program:
        await with_picture(program, tmp_path)
        program.write("A fox.")
        assert program.desk.actions.motion_brush.isEnabled()
        program.act(program.desk.actions.motion_brush)
        panel = panel_of(program)
        panel.canvas.setFocus()
        paint(panel)
        QTest.keySequence(panel.canvas, "Ctrl+Z")
        assert panel.session.area.path == ()
        assert program.prompt.toPlainText() == "A fox."
        QTest.keySequence(panel.canvas, "1")
        program.desk.brush.finish()
        await program.until(lambda: not program.desk.brush._writing, "the masks")
