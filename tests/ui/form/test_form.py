"""The form as a whole: values, problems, undo, ranks."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton, QToolButton

from kling_desktop.catalog.field_spec import FieldSpec, FieldType
from kling_desktop.records.problem import ProblemKind, Remedy, Severity, Way, WayKind
from kling_desktop.ui.form.editors.json_text import JsonEditor
from kling_desktop.ui.form.editors.long_text import GrowingText
from kling_desktop.ui.form.editors.number_box import NumberBox
from kling_desktop.ui.form.field_row import FieldRow
from kling_desktop.ui.form.more import MoreButton
from kling_desktop.ui.form.parts.tiny_button import TinyButton
from tests.helpers.form import request_type, spec

EMPTY = ProblemKind(code="test_empty", what="Say what should move.")
ODD = ProblemKind(code="test_odd", what="It may be refused.", severity=Severity.WARNING)

WORDS = spec("words", multiline=True, max_length=20, required=True)
LENGTH = spec(
    "length", enum=("4", "8"), enum_titles=("4", "8"), unit="s", default="4", has_default=True
)
AVOID = spec("avoid", first_rank=False, multiline=True, default="blur", has_default=True)
STRENGTH = spec(
    "strength",
    FieldType.NUMBER,
    first_rank=False,
    minimum=0,
    maximum=1,
    default=0.5,
    has_default=True,
    note="Has no effect on this model.",
)
EVERYDAY = request_type(WORDS, LENGTH, AVOID, STRENGTH)


@pytest.fixture
def everyday(form):
    form.set_request_type(EVERYDAY)
    return form


def texts(form):
    labels = [label for label in form.findChildren(QLabel) if not label.isHidden()]
    return [label.text() for label in labels if label.isVisibleTo(form)]


def row(form, name):
    return next(one for one in form.findChildren(FieldRow) if one.editor.spec.name == name)


def button(form, text):
    kinds = (*form.findChildren(QPushButton), *form.findChildren(QToolButton))
    return next(one for one in kinds if one.text() == text)


def type_text(qtbot, widget, text):
    widget.setFocus()
    qtbot.keyClicks(widget, text)


def test_nothing_is_set_until_someone_sets_it(everyday):
    assert everyday.values() == {}
    assert button(everyday, "4 s").isChecked()


def test_typing_and_choosing_make_values(qtbot, everyday):
    with qtbot.waitSignals([everyday.changed] * 2):
        type_text(qtbot, everyday.findChild(GrowingText), "hi")
    qtbot.mouseClick(button(everyday, "8 s"), Qt.MouseButton.LeftButton)
    assert everyday.values() == {"words": "hi", "length": "8"}


def test_calls_from_outside_are_silent(qtbot, everyday):
    with qtbot.assertNotEmitted(everyday.changed):
        everyday.set_values({"words": "a", "length": "8", "unknown": [1]})
        everyday.show_problems([EMPTY("words")])
        everyday.set_more_open(True)
    assert everyday.values() == {"words": "a", "length": "8", "unknown": [1]}


def test_the_counter_and_text_over_the_limit(qtbot, everyday):
    text = "🐈" * 25
    everyday.set_values({"words": text})
    assert "25 / 20" in texts(everyday)
    assert everyday.values()["words"] == text
    type_text(qtbot, everyday.findChild(GrowingText), "more")
    assert len(everyday.values()["words"]) == 29


def test_second_rank_stands_under_more(qtbot, everyday):
    more = everyday.findChild(MoreButton)
    assert more.text() == "More, 2 fields"
    assert len(everyday.findChildren(FieldRow)) == 2
    with qtbot.waitSignal(everyday.more_toggled) as told:
        qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    assert told.args == [True]
    assert "Has no effect on this model." in texts(everyday)
    everyday.set_values({"strength": 0.7})
    assert more.text() == "More, 2 fields · 1 set"
    with qtbot.waitSignal(everyday.more_toggled) as told:
        qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    assert told.args == [False]
    assert "Has no effect on this model." not in texts(everyday)


def test_more_stays_open_for_the_next_request_type(everyday):
    everyday.set_more_open(True)
    everyday.set_request_type(request_type(WORDS, AVOID, name="Other"))
    assert everyday.is_more_open()
    assert "Avoid" in texts(everyday)


def test_values_set_before_more_was_opened_are_shown_in_it(everyday):
    everyday.set_values({"avoid": "rain"})
    everyday.set_more_open(True)
    assert row(everyday, "avoid").value() == "rain"


def test_without_ranks_everything_is_shown(form):
    form.set_request_type(request_type(AVOID, STRENGTH, name="Flat"))
    assert {"Avoid", "Strength"} <= set(texts(form))


def test_hidden_fields_have_no_row_but_keep_their_value(form):
    form.set_request_type(request_type(WORDS, spec("secret", hidden=True)))
    form.set_values({"secret": "kept"})
    assert form.values() == {"secret": "kept"}
    assert "Secret" not in texts(form)


def test_problems_land_on_their_field_and_the_rest_on_top(everyday):
    rest = everyday.show_problems([EMPTY("words"), EMPTY("nowhere"), EMPTY()])
    assert [one.loc for one in rest] == [("nowhere",), ()]
    assert len(row(everyday, "words").problems()) == 1
    assert texts(everyday).count("Say what should move.") == 3
    target = everyday.findChild(GrowingText)
    assert "Say what should move." in target.accessibleDescription()
    assert everyday.show_problems([]) == ()
    assert "Say what should move." not in texts(everyday)
    assert "Say what should move." not in target.accessibleDescription()


def test_a_problem_under_more_opens_it_without_being_remembered(qtbot, everyday):
    with qtbot.assertNotEmitted(everyday.more_toggled):
        everyday.show_problems([EMPTY("strength")])
    assert everyday.is_more_open()
    assert everyday.focus_problem()
    assert QApplication.focusWidget() is everyday.findChild(NumberBox)


def test_focus_goes_to_the_first_error_and_not_to_a_warning(everyday):
    everyday.show_problems([ODD("words"), EMPTY("length")])
    assert everyday.focus_problem()
    assert QApplication.focusWidget() is button(everyday, "4 s")
    everyday.show_problems([])
    assert not everyday.focus_problem()


def test_a_way_out_is_told_with_its_place(qtbot, everyday):
    shorten = ProblemKind(code="test_long", what="Too long.", remedy=Remedy.SHORTEN)
    problem = shorten("words", most=10)
    everyday.show_problems([problem])
    with qtbot.waitSignal(everyday.remedy_wanted) as wanted:
        qtbot.mouseClick(button(everyday, "Use the first 10 s"), Qt.MouseButton.LeftButton)
    assert wanted.args == [("words",), Remedy.SHORTEN, problem.at()]


def test_a_way_out_is_one_button_and_leaves_the_keyboard_at_the_field(qtbot, everyday):
    ways = (
        Way(kind=WayKind.SET, title="Length", choice="5 s", changes={"length": 5}),
        Way(kind=WayKind.LEAVE_OUT, title="Words", changes={"words": None}, loc=("words",)),
    )
    everyday.show_problems([replace(ODD("words"), ways=ways)])
    leave_out = button(everyday, "Leave out “Words”")
    assert button(everyday, "Set “Length” to 5 s").accessibleDescription()
    leave_out.setFocus()
    with qtbot.waitSignal(everyday.way_wanted) as wanted:
        qtbot.keyClick(leave_out, Qt.Key.Key_Space)
    assert wanted.args == [ways[1]]
    everyday.show_problems([])
    assert QApplication.focusWidget() is row(everyday, "words").editor.focus_target()


def test_problems_deep_inside_land_deep_inside(form):
    inner = FieldSpec(name="path", title="Path", type=FieldType.STRING)
    group = FieldSpec(name="", title="Area", type=FieldType.OBJECT, properties=(inner,))
    form.set_request_type(request_type(spec("areas", FieldType.ARRAY, items=group)))
    form.set_values({"areas": [{"path": "a"}, {"path": "b"}]})
    assert form.show_problems([EMPTY("areas", 1, "path", "x"), EMPTY("areas", 7)]) == ()
    paths = [one for one in form.findChildren(FieldRow) if one.editor.spec.name == "path"]
    assert [len(one.problems()) for one in paths] == [0, 1]
    assert len(row(form, "areas").problems()) == 1


def test_the_arrow_goes_back_to_the_default(qtbot, everyday):
    everyday.set_values({"length": "8"})
    arrow = next(one for one in everyday.findChildren(TinyButton) if not one.isHidden())
    assert arrow.accessibleName() == "Back to the default: Length"
    with qtbot.waitSignal(everyday.changed):
        qtbot.mouseClick(arrow, Qt.MouseButton.LeftButton)
    assert everyday.values() == {}
    assert button(everyday, "4 s").isChecked()
    assert arrow.isHidden()


def test_a_new_first_field_is_named_for_those_who_cannot_see(everyday):
    box = everyday.findChild(GrowingText)
    assert box.accessibleName() == "Words"
    assert box.accessibleDescription().startswith("Required.")


def test_a_value_that_is_not_offered_is_kept_and_named(everyday):
    everyday.set_values({"length": "7"})
    assert everyday.values() == {"length": "7"}
    assert any('Holds "7"' in text for text in texts(everyday))


class TestUndo:
    def test_typing_is_one_step_until_there_is_a_rest(self, qtbot, everyday, clock):
        box = everyday.findChild(GrowingText)
        type_text(qtbot, box, "abc")
        clock.now = 10.0
        type_text(qtbot, box, "de")
        assert everyday.undo_stack.count() == 2
        everyday.undo_stack.undo()
        assert box.toPlainText() == "abc"
        everyday.undo_stack.undo()
        assert everyday.values() == {}
        everyday.undo_stack.redo()
        assert everyday.values() == {"words": "abc"}

    def test_another_field_begins_another_step(self, qtbot, everyday):
        type_text(qtbot, everyday.findChild(GrowingText), "abc")
        qtbot.mouseClick(button(everyday, "8 s"), Qt.MouseButton.LeftButton)
        type_text(qtbot, everyday.findChild(GrowingText), "d")
        assert everyday.undo_stack.count() == 3

    def test_keys_of_undo_in_a_text_belong_to_the_form(self, qtbot, everyday):
        box = everyday.findChild(GrowingText)
        type_text(qtbot, box, "abc")
        qtbot.mouseClick(button(everyday, "8 s"), Qt.MouseButton.LeftButton)
        box.setFocus()
        qtbot.keyClick(box, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert everyday.values() == {"words": "abc"}
        qtbot.keyClick(box, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert everyday.values() == {}
        control_shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        qtbot.keyClick(box, Qt.Key.Key_Z, control_shift)
        assert everyday.values() == {"words": "abc"}

    def test_restoring_settings_is_one_step(self, qtbot, everyday):
        everyday.set_values({"words": "mine", "parked": 1})
        everyday.set_values({"words": "old", "length": "8"}, undo_text="Settings of a clip")
        assert isinstance(everyday.undo_stack, QUndoStack)
        assert everyday.undo_stack.undoText() == "Settings of a clip"
        with qtbot.waitSignal(everyday.changed):
            everyday.undo_stack.undo()
        assert everyday.values() == {"words": "mine", "parked": 1}
        assert not everyday.undo_stack.canUndo()

    def test_the_same_values_again_keep_the_history(self, qtbot, everyday):
        type_text(qtbot, everyday.findChild(GrowingText), "abc")
        everyday.set_values(everyday.values())
        assert everyday.undo_stack.count() == 1
        everyday.set_values({"words": "x"})
        assert everyday.undo_stack.count() == 0

    def test_undo_keeps_the_cursor_where_the_change_was(self, qtbot, everyday, clock):
        box = everyday.findChild(GrowingText)
        type_text(qtbot, box, "one two")
        clock.now = 10.0
        cursor = box.textCursor()
        cursor.setPosition(3)
        box.setTextCursor(cursor)
        type_text(qtbot, box, "!")
        everyday.undo_stack.undo()
        assert box.toPlainText() == "one two"
        assert box.textCursor().position() == 3

    def test_a_new_request_type_ends_the_history_unless_told(self, qtbot, everyday):
        type_text(qtbot, everyday.findChild(GrowingText), "abc")
        everyday.set_request_type(request_type(WORDS, name="B"), keep_undo=True)
        assert everyday.undo_stack.count() == 1
        everyday.set_request_type(request_type(WORDS, name="C"))
        assert everyday.undo_stack.count() == 0


class TestJson:
    @pytest.fixture
    def anything(self, form):
        form.set_request_type(request_type(spec("anything", FieldType.ANY)))
        return form

    def test_half_written_json_is_kept_and_said(self, qtbot, anything):
        box = anything.findChild(JsonEditor).findChild(QPlainTextEdit)
        type_text(qtbot, box, '{"a": 1}')
        assert anything.values() == {"anything": {"a": 1}}
        assert anything.own_problems() == ()
        type_text(qtbot, box, ",")
        assert anything.values() == {"anything": {"a": 1}}
        (problem,) = anything.own_problems()
        assert problem.loc == ("anything",)
        assert "This is not JSON yet: line 1, column 9." in " ".join(texts(anything))
        assert box.toPlainText() == '{"a": 1},'

    @pytest.mark.parametrize("text", ["NaN", "[Infinity]", "[" * 100_000])
    def test_what_json_cannot_say(self, anything, text):
        box = anything.findChild(JsonEditor).findChild(QPlainTextEdit)
        box.insertPlainText(text)
        assert len(anything.own_problems()) == 1

    def test_an_echo_of_the_same_value_keeps_the_layout(self, qtbot, anything):
        box = anything.findChild(JsonEditor).findChild(QPlainTextEdit)
        type_text(qtbot, box, '{ "a":1 }')
        anything.set_values({"anything": {"a": 1}})
        assert box.toPlainText() == '{ "a":1 }'
