"""An invented request type that no bundled one resembles, filled in by keys alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from kling_desktop.catalog.field_spec import FieldSpec, FieldType
from kling_desktop.records.media import MediaKind
from tests.helpers.form import ref, request_type, spec

INNER = (
    FieldSpec(name="verse", title="Verse", type=FieldType.STRING, multiline=True, required=True),
    FieldSpec(
        name="mood",
        title="Mood",
        type=FieldType.STRING,
        enum=("calm", "wild", "odd"),
        enum_titles=("Calm", "Wild", "Odd"),
    ),
)
INVENTED = request_type(
    spec("portrait", media=MediaKind.IMAGE, required=True),
    spec("ballad", multiline=True, max_length=31, required=True),
    spec("beats", FieldType.INTEGER, minimum=3, maximum=17, default=5, has_default=True),
    spec("warp", FieldType.NUMBER, exclusive_minimum=0),
    spec("frame_shape", enum=("7:4", "4:7"), default="7:4", has_default=True),
    spec("dialect", enum=tuple(f"tongue_{number}" for number in range(40)), required=True),
    spec("loud", FieldType.BOOLEAN, default=False, has_default=True),
    spec("rig", FieldType.OBJECT, properties=INNER),
    spec(
        "stanzas",
        FieldType.ARRAY,
        items=FieldSpec(name="", title="Stanza", type=FieldType.OBJECT, properties=INNER),
    ),
)


def press(qtbot, key, modifiers=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(QApplication.focusWidget(), key, modifiers)


def write(qtbot, text):
    qtbot.keyClicks(QApplication.focusWidget(), text)


def tab(qtbot, times=1):
    for _ in range(times):
        press(qtbot, Qt.Key.Key_Tab)


def focused_name():
    return QApplication.focusWidget().accessibleName()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_whole_form_by_keys(qtbot, form):
    form.set_request_type(INVENTED)
    QApplication.processEvents()
    form.focus_first()
    QGuiApplication.clipboard().setText("https://e.com/face.png")
    press(qtbot, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    fill_texts_and_numbers(qtbot)
    fill_choices(qtbot)
    fill_group(qtbot)
    fill_list(qtbot)
    assert form.values() == {
        "portrait": ref(1),
        "ballad": "O cat",
        "beats": 6,
        "warp": 2.5,
        "frame_shape": "4:7",
        "dialect": "tongue_23",
        "loud": True,
        "rig": {"verse": "la", "mood": "wild"},
        "stanzas": [{"verse": "two"}, {"verse": "one"}],
    }
    while form.undo_stack.canUndo():
        form.undo_stack.undo()
    assert form.values() == {}


def fill_texts_and_numbers(qtbot):
    until(qtbot, "Ballad")
    write(qtbot, "O cat")
    until(qtbot, "Beats")
    press(qtbot, Qt.Key.Key_Up)
    until(qtbot, "Warp")
    write(qtbot, "2.5")


def fill_choices(qtbot):
    until(qtbot, "Frame shape: 7:4")
    press(qtbot, Qt.Key.Key_Right)
    until(qtbot, "Dialect")
    write(qtbot, "_23")
    press(qtbot, Qt.Key.Key_Return)
    until(qtbot, "Loud")
    press(qtbot, Qt.Key.Key_Space)


def fill_group(qtbot):
    until(qtbot, "Add Rig")
    press(qtbot, Qt.Key.Key_Space)
    assert focused_name() == "Verse"
    write(qtbot, "la")
    until(qtbot, "Mood: Calm")
    press(qtbot, Qt.Key.Key_Right)


def fill_list(qtbot):
    until(qtbot, "Add Stanza")
    press(qtbot, Qt.Key.Key_Space)
    assert focused_name() == "Verse"
    write(qtbot, "one")
    until(qtbot, "Add Stanza")
    press(qtbot, Qt.Key.Key_Space)
    write(qtbot, "two")
    press(qtbot, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)


def until(qtbot, name):
    for _ in range(12):
        tab(qtbot)
        if focused_name() == name:
            return
    raise AssertionError(f"Tab never came to {name}, but to {focused_name()}")


def test_tab_goes_round_in_the_order_of_the_eye(qtbot, form):
    form.set_request_type(request_type(spec("before"), name="Before"))
    form.set_request_type(INVENTED)
    form.focus_first()
    names = []
    for _ in range(10):
        names.append(focused_name())
        tab(qtbot)
    assert names == [
        "Portrait",
        "Ballad",
        "Beats",
        "Warp",
        "Frame shape: 7:4",
        "Dialect",
        "Loud",
        "Add Rig",
        "Add Stanza",
        "Portrait",
    ]
