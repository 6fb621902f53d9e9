"""Tiles, models and the end of a clip in the real window."""

import json

from PySide6.QtWidgets import QLabel

from kling_desktop.ui.form.field_row import FieldRow
from kling_desktop.ui.form.media_slot.frame import SlotFrame
from tests.helpers.media_zoo import camera_jpeg

KLING = "fal-ai/kling-video/"
STANDARD = KLING + "v2.1/standard/image-to-video"
PRO = KLING + "v2.1/pro/image-to-video"


def _slots(program):
    return [one for one in program.desk.form.findChildren(SlotFrame) if one.isVisible()]


def _values(program):
    return dict(program.desk.making.draft.values)


def _draft(program):
    return program.desk.making.draft


async def test_start_and_end_moves_to_the_nearest_model_and_says_so(rehearse):
    async with rehearse() as program:
        program.desk.choosing.choose_model(STANDARD)
        program.click("Start + end")
        assert _draft(program).endpoint_id == PRO
        assert "Kling 2.1 Standard cannot end on a picture" in program.words()
        assert "$0.49 / 5 s" in program.desk.column.pair_bar.said()
        assert "Add an end picture." in program.words()
        assert not program.desk.column.order_bar.button.isEnabled()
        program.act(program.desk.actions.undo)
        assert _draft(program).endpoint_id == STANDARD
        assert _draft(program).intention == "from_picture"


async def test_an_end_picture_is_offered_where_the_model_has_none(rehearse):
    async with rehearse() as program:
        program.desk.choosing.choose_model(STANDARD)
        program.click("Add an end picture")
        assert _draft(program).endpoint_id == PRO
        assert _draft(program).intention == "start_end"
        assert len(_slots(program)) == 2


async def test_an_end_picture_makes_it_start_and_end_and_its_loss_undoes_that(rehearse, tmp_path):
    async with rehearse() as program:
        program.desk.choosing.choose_model(PRO)
        program.drop(camera_jpeg(tmp_path / "end.jpg", size=(900, 600)), on=_slots(program)[1])
        await program.until(lambda: "tail_image_url" in _values(program), "the end picture")
        assert _draft(program).intention == "start_end"
        assert "With an end picture this is Start + end." in program.words()
        while "tail_image_url" in _values(program):
            program.act(program.desk.actions.undo)
        assert _draft(program).intention == "from_picture"


async def test_swap_and_loop_are_one_step_each(rehearse, tmp_path):
    async with rehearse() as program:
        program.desk.choosing.choose_model(PRO)
        program.click("Start + end")
        start = _values(program)["image_url"]
        program.click("Same picture: loop")
        assert _values(program)["tail_image_url"] == start
        assert _values(program)["prompt"], "the sample's words stay with its picture"
        assert "Loops: one picture" in program.words()
        program.drop(camera_jpeg(tmp_path / "end.jpg", size=(900, 600)), on=_slots(program)[1])
        await program.until(lambda: _values(program)["tail_image_url"] != start, "the end picture")
        end = _values(program)["tail_image_url"]
        program.click("Swap")
        assert (_values(program)["image_url"], _values(program)["tail_image_url"]) == (end, start)
        program.act(program.desk.actions.undo)
        assert (_values(program)["image_url"], _values(program)["tail_image_url"]) == (start, end)


async def test_the_keyboard_stays_in_the_form_when_its_field_goes(rehearse):
    async with rehearse() as program:
        await program.until_up()
        program.prompt.setFocus()
        program.act(program.desk.actions.begin_effects)
        await program.until_calm()
        focused = program.window.focusWidget()
        assert program.desk.form.isAncestorOf(focused), focused


async def test_every_choice_of_the_column_is_an_action_too(rehearse):
    async with rehearse() as program:
        await program.until_up()
        actions = program.desk.actions
        program.act(actions.begin_from_text)
        assert _draft(program).intention == "from_text"
        assert actions.begin_from_text.isChecked()
        assert not actions.add_end.isEnabled()
        program.act(actions.begin_from_picture)
        program.desk.choosing.choose_model(STANDARD)
        assert not actions.swap_pictures.isEnabled()
        program.act(actions.add_end)
        assert _draft(program).endpoint_id == PRO
        assert actions.begin_start_end.isChecked()
        program.act(actions.loop_pictures)
        assert _values(program)["tail_image_url"] == _values(program)["image_url"]
        assert not actions.loop_pictures.isEnabled()
        program.act(actions.favor_model)
        assert PRO in program.studio.settings.current.favorite_models
        program.act(actions.favor_model)
        assert PRO not in program.studio.settings.current.favorite_models
        program.act(actions.begin_more)
        assert "Camera moves" in program.words()
        assert actions.begin_start_end.isChecked(), "nothing is chosen yet"
        program.desk.column._more.close()
        program.act(actions.choose_model)
        assert "Kling 2.5 Turbo" in program.words()
        program.desk.column._popup.close()


async def test_the_end_picture_waits_while_it_is_not_wanted(rehearse):
    async with rehearse() as program:
        program.desk.choosing.choose_model(PRO)
        program.click("Start + end")
        program.click("Same picture: loop")
        end = _values(program)["tail_image_url"]
        program.click("From picture")
        assert "tail_image_url" not in _values(program)
        assert "1 value kept for Start + end" in program.words()
        program.click("Start + end")
        assert _values(program)["tail_image_url"] == end


async def test_every_tile_and_everything_behind_more_leads_to_a_form(rehearse):
    async with rehearse() as program:
        before = _values(program)
        for tile in ("From text", "References", "Edit a clip", "Lip sync", "Effects"):
            program.click(tile)
            assert program.desk.form.findChildren(FieldRow)
        for purpose in ("Motion brush", "Camera moves", "Motion control", "Voices", "Sounds"):
            program.desk.choosing.choose_purpose(purpose)
            assert f"Model · {purpose}" in program.words()
            assert _draft(program).intention == "more"
        program.click("From picture")
        assert _values(program) == before


async def test_the_brush_is_in_sight_where_somebody_came_for_it(rehearse):
    async with rehearse() as program:
        program.desk.form.set_more_open(False)
        program.desk.choosing.choose_purpose("Motion brush")
        assert "dynamic_masks" in program.desk.form._rows.by_name()
        assert "cfg_scale" not in program.desk.form._rows.by_name()


async def test_what_has_no_effect_stands_under_more_and_says_so(rehearse):
    async with rehearse() as program:
        program.desk.choosing.choose_model(PRO)
        assert "cfg_scale" not in program.desk.form._rows.by_name()
        assert "More, 2 fields" in program.words()
        program.click("More, 2 fields", program.desk.form)
        row = program.desk.form._rows.by_name()["cfg_scale"]
        said = [one.text() for one in row.findChildren(QLabel)]
        assert "Kling 2 models take this number, but it changes nothing." in said


async def test_order_favorites_and_recent_models_outlive_the_program(rehearse, folder):
    async with rehearse() as program:
        column = program.desk.column
        column.intentions.menu("from_text").actions()[0].trigger()
        assert [tile.key for tile in column.intentions._tiles][:2] == ["from_text", "from_picture"]
        column.open_models()
        column._popup.favored.emit(PRO, True)
        column._popup.close()
        program.write("A fox runs.")
        await program.until_ready()
        program.press()
        await program.until_made()
        used = _draft(program).endpoint_id
    kept = json.loads((folder / "settings.json").read_text())
    assert kept["favorite_models"] == PRO
    assert kept["recent_models"] == used
    async with rehearse() as program:
        column = program.desk.column
        assert [tile.key for tile in column.intentions._tiles][:2] == ["from_text", "from_picture"]
        column.open_models()
        rows = [column._popup._model.index(row, 0).data() for row in range(4)]
        assert rows[:3] == ["Favorites", "Kling 2.1 Pro", "Recent"]
        column._popup.close()


async def test_settings_of_a_clip_with_an_end_come_back_as_start_and_end(rehearse):
    async with rehearse() as program:
        picture = _values(program)["image_url"]
        both = {"image_url": picture, "tail_image_url": picture, "prompt": "Round."}
        program.desk.making.recall(PRO, both)
        assert _draft(program).intention == "start_end"
        assert _values(program) == both
