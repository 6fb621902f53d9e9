"""A list of pictures: several at once, in order, by keys."""

import pytest
from PySide6.QtCore import Qt

from kling_desktop.catalog.field_spec import FieldSpec, FieldType
from kling_desktop.records.media import MediaKind
from kling_desktop.records.problem import ProblemKind, Remedy
from kling_desktop.ui.form.ports import (
    OfferedFile,
)
from tests.helpers.drags import drop, files
from tests.helpers.form import button_of, ref, request_type, slots_of, spec

# The offscreen platform says so of each menu and dialog.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

TOO_SMALL = ProblemKind(code="test_small", what="It is small.", remedy=Remedy.SHRINK)
LIST = spec(
    "looks",
    FieldType.ARRAY,
    items=FieldSpec(name="", title="Look", type=FieldType.STRING, media=MediaKind.IMAGE),
    max_items=3,
)


def test_a_list_takes_several_in_order_up_to_its_limit(form, port, tmp_path):
    form.set_request_type(request_type(LIST))
    paths = [tmp_path / f"{number}.png" for number in range(5)]
    for path in paths:
        path.touch()
    drop(slots_of(form)[0].frame, files(*paths))
    assert [one.offered for one in port.asked] == [(OfferedFile(path),) for path in paths[:3]]
    assert form.values() == {"looks": [ref(1), ref(2), ref(3)]}
    assert len([one for one in slots_of(form) if one.isVisible()]) == 3


def test_a_list_is_reordered_and_shortened_by_keys(qtbot, form):
    form.set_request_type(request_type(LIST))
    form.set_values({"looks": [ref(1), ref(2)]})
    second = slots_of(form)[1].frame
    second.setFocus()
    qtbot.keyClick(second, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert form.values() == {"looks": [ref(2), ref(1)]}
    first = slots_of(form)[0].frame
    assert first.hasFocus()
    qtbot.keyClick(first, Qt.Key.Key_Delete)
    assert form.values() == {"looks": [ref(1)]}
    qtbot.keyClick(first, Qt.Key.Key_Delete)
    assert form.values() == {}


def test_a_problem_in_a_list_names_its_place(qtbot, form):
    form.set_request_type(request_type(LIST))
    form.set_values({"looks": [ref(1), ref(2)]})
    assert form.show_problems([TOO_SMALL("looks", 1)]) == ()
    button = button_of(form, "Shrink it")
    with qtbot.waitSignal(form.remedy_wanted) as wanted:
        button.click()
    assert wanted.args == [("looks", 1), Remedy.SHRINK, TOO_SMALL(1)]
    assert form.focus_problem()
    assert slots_of(form)[1].frame.hasFocus()
