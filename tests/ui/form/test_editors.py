"""Each editor by itself: what it shows, what it makes of a person's doing, what it keeps."""

import pytest
from PySide6.QtCore import QLocale, QPoint, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton, QToolButton

from kling_desktop.catalog.field_spec import FieldSpec, FieldType
from kling_desktop.records.media import MediaKind
from kling_desktop.ui.form.editor_for import _class_for
from kling_desktop.ui.form.editors.choice import ChoiceEditor, SearchCombo
from kling_desktop.ui.form.editors.group import GroupEditor
from kling_desktop.ui.form.editors.json_text import JsonEditor
from kling_desktop.ui.form.editors.list_of import ListEditor, first_value
from kling_desktop.ui.form.editors.long_text import GrowingText, LongTextEditor
from kling_desktop.ui.form.editors.media import MediaEditor
from kling_desktop.ui.form.editors.media_list import MediaListEditor
from kling_desktop.ui.form.editors.number import NumberEditor
from kling_desktop.ui.form.editors.number_box import NumberBox
from kling_desktop.ui.form.editors.ratio import RatioEditor
from kling_desktop.ui.form.editors.segments import SegmentsEditor
from kling_desktop.ui.form.editors.short_text import ShortTextEditor
from kling_desktop.ui.form.editors.toggle import ToggleEditor
from kling_desktop.ui.form.parts.no_wheel import Combo, Slider
from kling_desktop.ui.form.parts.tiny_button import TinyButton
from kling_desktop.ui.form.parts.undo_keys import Line
from tests.helpers.form import request_type, spec

PART = FieldSpec(name="part", title="Part", type=FieldType.STRING)
PICTURE = FieldSpec(name="", title="", type=FieldType.STRING, media=MediaKind.IMAGE)


@pytest.mark.parametrize(
    ("field", "editor"),
    [
        (spec("a", media=MediaKind.VIDEO), MediaEditor),
        (spec("a", FieldType.ARRAY, items=PICTURE), MediaListEditor),
        (spec("a", FieldType.ARRAY, items=PART), ListEditor),
        (spec("a", FieldType.ARRAY), JsonEditor),
        (spec("a", FieldType.OBJECT, properties=(PART,)), GroupEditor),
        (spec("a", FieldType.OBJECT), JsonEditor),
        (spec("a", FieldType.ANY), JsonEditor),
        (spec("a", enum=("x", "y")), SegmentsEditor),
        (spec("a", FieldType.INTEGER, enum=(1, 2, None)), SegmentsEditor),
        (spec("a", enum=("16:9", "1:1", "auto")), RatioEditor),
        (spec("a", enum=("16:9", "warm", "cold")), SegmentsEditor),
        (spec("a", enum=tuple("abcde")), ChoiceEditor),
        (spec("a", enum=("a very long entry indeed", "b")), ChoiceEditor),
        (spec("a", FieldType.BOOLEAN), ToggleEditor),
        (spec("a", FieldType.INTEGER), NumberEditor),
        (spec("a", FieldType.NUMBER), NumberEditor),
        (spec("a", multiline=True), LongTextEditor),
        (spec("a"), ShortTextEditor),
    ],
)
def test_the_choice_of_editors(field, editor):
    assert _class_for(field) is editor


@pytest.fixture
def only(form, qtbot):
    def make(field, value=None):
        form.set_request_type(request_type(field, name=repr(field)))
        if value is not None:
            form.set_values({field.name: value})
        return form

    return make


def words(form):
    return [one.text() for one in form.findChildren(QLabel) if one.isVisibleTo(form)]


def wheel(widget):
    event = QWheelEvent(
        QPointF(5, 5),
        QPointF(widget.mapToGlobal(QPoint(5, 5))),
        QPoint(0, 0),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


class TestNumbers:
    def test_both_ends_known(self, qtbot, only):
        form = only(
            spec("a", FieldType.INTEGER, minimum=1, maximum=50, default=30, has_default=True)
        )
        slider, box = form.findChild(Slider), form.findChild(NumberBox)
        assert (slider.maximum(), slider.value(), box.number()) == (49, 29, 30.0)
        slider.setFocus()
        qtbot.keyClick(slider, Qt.Key.Key_Right)
        assert form.values() == {"a": 31}
        assert isinstance(form.values()["a"], int)
        box.setFocus()
        box.selectAll()
        qtbot.keyClicks(box, "7")
        assert form.values() == {"a": 7}
        assert slider.value() == 6

    def test_a_fraction_steps_finely_and_shows_no_idle_zeros(self, qtbot, only):
        form = only(
            spec("a", FieldType.NUMBER, minimum=0, maximum=1, default=0.5, has_default=True)
        )
        box = form.findChild(NumberBox)
        assert box.text() == "0.5"
        box.stepUp()
        assert form.values() == {"a": 0.55}
        assert form.findChild(Slider).maximum() == 20

    def test_dragging_a_slider_is_one_step(self, only):
        form = only(spec("a", FieldType.INTEGER, minimum=0, maximum=9))
        for value in (3, 4, 5):
            form.findChild(Slider).setValue(value)
        assert form.undo_stack.count() == 1
        form.undo_stack.undo()
        assert form.values() == {}

    def test_empty_means_left_out(self, qtbot, only):
        form = only(spec("a", FieldType.INTEGER), 4_000_000_000)
        box = form.findChild(NumberBox)
        assert box.text() == "4000000000"
        box.setFocus()
        box.selectAll()
        qtbot.keyClick(box, Qt.Key.Key_Delete)
        assert form.values() == {}
        assert box.text() == ""
        qtbot.keyClicks(box, "12")
        assert form.values() == {"a": 12}
        form.set_values({})
        assert box.text() == ""
        qtbot.keyClick(box, Qt.Key.Key_Up)
        assert form.values() == {"a": 0}

    def test_out_of_bounds_is_kept_and_named(self, only):
        form = only(spec("a", FieldType.INTEGER, minimum=1, maximum=5), 99)
        assert form.values() == {"a": 99}
        assert any("Holds 99" in one for one in words(form))

    @pytest.mark.parametrize(
        ("facts", "said"),
        [
            ({"minimum": 2}, "at least 2"),
            ({"maximum": 2.5}, "at most 2.5"),
            ({"minimum": 0, "maximum": 10**12}, f"0 to {QLocale().toString(10**12)}"),
        ],
    )
    def test_bounds_without_a_slider_are_said(self, only, facts, said):
        form = only(spec("a", FieldType.NUMBER, **facts))
        assert form.findChild(Slider) is None
        assert said in words(form)

    def test_the_wheel_scrolls_the_form_and_changes_nothing(self, only):
        form = only(spec("a", FieldType.INTEGER, minimum=1, maximum=50), 30)
        wheel(form.findChild(Slider))
        wheel(form.findChild(NumberBox))
        assert form.values() == {"a": 30}


class TestChoices:
    MANY = spec("a", enum=tuple(f"scene_{n}" for n in range(200)), required=True)

    def test_titles_and_units(self, only):
        form = only(spec("a", enum=("5", "10", "long"), enum_titles=("5", "10", "Long"), unit="s"))
        assert [one.text() for one in form.findChildren(QToolButton)] == ["5 s", "10 s", "Long"]

    def test_arrows_within_segments_and_one_stop_for_tab(self, qtbot, only):
        form = only(spec("a", enum=("x", "y", "z")), "y")
        one, two, three = form.findChildren(QToolButton)
        assert two.focusPolicy() & Qt.FocusPolicy.TabFocus
        assert not one.focusPolicy() & Qt.FocusPolicy.TabFocus
        two.setFocus()
        qtbot.keyClick(two, Qt.Key.Key_Right)
        assert form.values() == {"a": "z"}
        assert three.hasFocus()
        qtbot.keyClick(three, Qt.Key.Key_Right)
        assert form.values() == {"a": "z"}

    def test_arrows_are_mirrored_from_right_to_left(self, qtbot, only):
        form = only(spec("a", enum=("x", "y")), "x")
        form.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        qtbot.keyClick(form.findChildren(QToolButton)[0], Qt.Key.Key_Left)
        assert form.values() == {"a": "y"}

    def test_a_second_press_keeps_the_choice(self, qtbot, only):
        form = only(spec("a", enum=("x", "y")), "x")
        button = form.findChildren(QToolButton)[0]
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert button.isChecked()
        assert form.undo_stack.count() == 0

    def test_a_plain_list(self, qtbot, only):
        form = only(spec("a", enum=tuple("abcde")), "b")
        combo = form.findChild(Combo)
        assert combo.currentText() == "b"
        combo.setFocus()
        qtbot.keyClick(combo, Qt.Key.Key_Down)
        assert form.values() == {"a": "c"}

    def test_the_wheel_changes_no_list_without_the_keyboard(self, only):
        form = only(spec("a", enum=tuple("abcde")), "b")
        form.findChild(Combo).clearFocus()
        wheel(form.findChild(Combo))
        assert form.values() == {"a": "b"}

    @pytest.mark.parametrize(
        ("typed", "value"),
        [("SCENE_17", "scene_17"), ("_199", "scene_199"), ("scene_1", "scene_1")],
    )
    def test_searching(self, qtbot, only, typed, value):
        form = only(self.MANY)
        combo = form.findChild(SearchCombo)
        combo.setEditText(typed)
        combo.lineEdit().editingFinished.emit()
        assert form.values() == {"a": value}
        assert combo.currentText() == value

    @pytest.mark.parametrize("typed", ["nothing like it", "scene", ""])
    def test_what_is_no_entry_is_put_back(self, only, typed):
        form = only(self.MANY, "scene_4")
        combo = form.findChild(SearchCombo)
        combo.setEditText(typed)
        combo.lineEdit().editingFinished.emit()
        assert combo.currentText() == "scene_4"
        assert form.values() == {"a": "scene_4"}

    def test_escape_ends_the_search(self, qtbot, only):
        form = only(self.MANY, "scene_4")
        combo = form.findChild(SearchCombo)
        combo.setEditText("sce")
        qtbot.keyClick(combo, Qt.Key.Key_Escape)
        assert combo.currentText() == "scene_4"

    def test_the_search_narrows_to_what_contains_the_words(self, only):
        form = only(self.MANY)
        combo = form.findChild(SearchCombo)
        QApplication.sendEvent(combo, QFocusEvent(QFocusEvent.Type.FocusIn))
        completer = combo.completer()
        completer.setCompletionPrefix("e_19")
        assert completer.completionCount() == 11


class TestTexts:
    def test_one_line_and_its_limit(self, qtbot, only):
        form = only(spec("a", max_length=3), "abcd")
        assert "4 / 3" in words(form)
        line = form.findChild(Line)
        line.setFocus()
        line.selectAll()
        qtbot.keyClick(line, Qt.Key.Key_Delete)
        assert form.values() == {}

    def test_an_empty_text_stays_where_there_is_a_default(self, qtbot, only):
        form = only(spec("a", multiline=True, default="blur", has_default=True))
        box = form.findChild(GrowingText)
        assert box.toPlainText() == "blur"
        box.selectAll()
        qtbot.keyClick(box, Qt.Key.Key_Delete)
        assert form.values() == {"a": ""}

    def test_it_grows_with_its_text_up_to_a_limit(self, only, qtbot):
        form = only(spec("a", multiline=True))
        box = form.findChild(GrowingText)
        low = box.height()
        form.set_values({"a": "\n" * 6})
        middle = box.height()
        form.set_values({"a": "\n" * 60})
        high = box.height()
        form.set_values({"a": "\n" * 90})
        assert low < middle < high == box.height()

    def test_tab_goes_on(self, qtbot, only):
        box = only(spec("a", multiline=True)).findChild(GrowingText)
        qtbot.keyClick(box, Qt.Key.Key_Tab)
        assert box.toPlainText() == ""

    def test_rich_text_is_pasted_plain(self, only):
        from PySide6.QtCore import QMimeData

        form = only(spec("a", multiline=True))
        mime = QMimeData()
        mime.setHtml("<b>bold</b>")
        mime.setText("bold")
        form.findChild(GrowingText).insertFromMimeData(mime)
        assert form.values() == {"a": "bold"}


class TestToggle:
    def test_left_out_stands_half_way_and_becomes_yes(self, qtbot, only):
        form = only(spec("a", FieldType.BOOLEAN))
        box = form.findChild(QCheckBox)
        assert box.checkState() is Qt.CheckState.PartiallyChecked
        box.click()
        assert form.values() == {"a": True}
        box.click()
        assert form.values() == {"a": False}
        form.undo_stack.undo()
        form.undo_stack.undo()
        assert box.checkState() is Qt.CheckState.PartiallyChecked

    def test_the_words_beside_it_press_it(self, qtbot, only):
        form = only(spec("a", FieldType.BOOLEAN, default=False, has_default=True))
        label = next(one for one in form.findChildren(QLabel) if one.text() == "A")
        qtbot.mouseClick(label, Qt.MouseButton.LeftButton)
        assert form.values() == {"a": True}


class TestNesting:
    GROUP = spec("g", FieldType.OBJECT, properties=(PART, spec("n", FieldType.INTEGER)))

    def press(self, qtbot, form, text):
        button = next(one for one in form.findChildren(QPushButton) if one.text() == text)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def test_an_optional_group_is_added_filled_and_left_out_again(self, qtbot, only):
        form = only(self.GROUP)
        self.press(qtbot, form, "Add G")
        assert form.values() == {"g": {}}
        qtbot.keyClicks(form.findChild(Line), "x")
        assert form.values() == {"g": {"part": "x"}}
        arrow = next(
            one
            for one in form.findChildren(TinyButton)
            if one.accessibleName() == "Leave it out: G"
        )
        arrow.click()
        assert form.values() == {}

    def test_a_required_group_is_open(self, only):
        field = spec("g", FieldType.OBJECT, properties=(PART,), required=True)
        form = only(field)
        assert "Part" in words(form)
        assert form.values() == {}

    def test_what_a_group_does_not_show_stays_in_it(self, qtbot, only):
        form = only(self.GROUP, {"other": 1, "part": "x"})
        form.findChild(Line).setFocus()
        qtbot.keyClicks(form.findChild(Line), "y")
        assert form.values() == {"g": {"other": 1, "part": "xy"}}

    def test_an_edit_of_a_group_with_a_default_begins_there(self, qtbot, only):
        field = spec(
            "g",
            FieldType.OBJECT,
            properties=(PART,),
            default={"part": "a", "b": 1},
            has_default=True,
        )
        form = only(field)
        qtbot.keyClicks(form.findChild(Line), "!")
        assert form.values() == {"g": {"part": "a!", "b": 1}}

    def test_items_are_added_moved_and_removed(self, qtbot, only):
        form = only(spec("l", FieldType.ARRAY, items=PART, max_items=3), ["a", "b"])
        self.press(qtbot, form, "Add Part")
        assert form.values() == {"l": ["a", "b", ""]}
        assert not any(
            one.isVisible() for one in form.findChildren(QPushButton) if "Add" in one.text()
        )
        by_name = {one.accessibleName(): one for one in form.findChildren(TinyButton)}
        by_name["Move Part 2 up"].click()
        assert form.values() == {"l": ["b", "a", ""]}
        by_name["Remove Part 1"].click()
        assert form.values() == {"l": ["a", ""]}
        assert "2 of 3" in words(form)

    def test_a_broken_item_says_where(self, only):
        anything = FieldSpec(name="", title="It", type=FieldType.ANY)
        form = only(spec("l", FieldType.ARRAY, items=anything), [1])
        form.findChild(GrowingText).insertPlainText("{")
        assert [one.loc for one in form.own_problems()] == [("l", 0)]

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            (spec("a", FieldType.INTEGER, minimum=3), 3),
            (spec("a", FieldType.NUMBER), 0),
            (spec("a", FieldType.BOOLEAN), False),
            (spec("a"), ""),
            (spec("a", enum=("x",)), "x"),
            (spec("a", FieldType.OBJECT), {}),
            (spec("a", FieldType.ARRAY), []),
            (spec("a", FieldType.ANY), None),
            (spec("a", default="d", has_default=True), "d"),
        ],
    )
    def test_what_a_new_item_begins_with(self, field, value):
        assert first_value(field) == value
