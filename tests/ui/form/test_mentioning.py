"""Words such as @Image1 are offered where they are begun."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from kling_desktop.ui.form.parts.mentioning import begun_word
from tests.helpers.catalog import bundled
from tests.helpers.form import ref

WORDS = ("@Image1", "@Image2", "@Element1", "<<<voice_1>>>")


@pytest.mark.parametrize(
    ("before", "begun", "found"),
    [
        ("a cat and @", "@", WORDS[:3]),
        ("a cat and @im", "@im", WORDS[:2]),
        ("@Element", "@Element", WORDS[2:3]),
        ("@Element1", "", ()),
        ("speaks <<<vo", "<<<vo", WORDS[3:]),
        ("nothing here", "", ()),
        ("", "", ()),
    ],
)
def test_what_may_be_meant(before, begun, found):
    assert begun_word(before, WORDS) == (begun, found)


@pytest.fixture
def prompt(form):
    form.set_request_type(bundled().request_type("O3ProReferenceVideoI2VInput"))
    form.set_values({"image_urls": [ref(1), ref(2)], "elements": [{"frontal_image_url": ref(3)}]})
    editor = form._rows.by_name()["prompt"].editor
    editor.focus_target().setFocus()
    QApplication.processEvents()
    return editor.focus_target()


def press(qtbot, prompt, key):
    popup = QApplication.activePopupWidget()
    qtbot.keyClick(popup or prompt, key)


def test_enter_takes_the_first(qtbot, form, prompt):
    qtbot.keyClicks(prompt, "see @im")
    assert prompt.mentioning.is_open()
    press(qtbot, prompt, Qt.Key.Key_Return)
    assert form.values()["prompt"] == "see @Image1 "
    assert not prompt.mentioning.is_open()


def test_the_arrows_and_tab_take_another(qtbot, form, prompt):
    qtbot.keyClicks(prompt, "@im")
    press(qtbot, prompt, Qt.Key.Key_Down)
    press(qtbot, prompt, Qt.Key.Key_Tab)
    assert form.values()["prompt"] == "@Image2 "
    assert prompt.hasFocus()


def test_escape_leaves_the_text(qtbot, form, prompt):
    qtbot.keyClicks(prompt, "@el")
    press(qtbot, prompt, Qt.Key.Key_Escape)
    assert not prompt.mentioning.is_open()
    assert form.values()["prompt"] == "@el"


def test_only_what_is_there_is_offered(qtbot, form, prompt):
    form.set_values({"image_urls": [ref(1)]})
    qtbot.keyClicks(prompt, "@")
    assert prompt.mentioning._model.stringList() == ["@Image1"]
    press(qtbot, prompt, Qt.Key.Key_Escape)
    form.set_values({})
    qtbot.keyClicks(prompt, "@")
    assert not prompt.mentioning.is_open()
