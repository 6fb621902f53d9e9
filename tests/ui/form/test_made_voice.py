"""Voices that a person had made: by name, or as an id that is pasted."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea

from kling_desktop.ui.form.form import Form
from kling_desktop.ui.form.ports import VoiceChoice
from kling_desktop.ui.form.values import UNSET
from tests.helpers.catalog import bundled
from tests.helpers.form import KeepingPort, request_type, spec

ANNA = VoiceChoice(voice_id="anna-1", title="Anna", note="your voice")
BEN = VoiceChoice(voice_id="ben-2", title="Ben", note="your voice")
REHEARSED = VoiceChoice(voice_id="r-3", title="Cleo", note="only rehearsed", is_offered=False)


@pytest.fixture
def voices():
    return [ANNA, BEN, REHEARSED]


@pytest.fixture
def form(qtbot, voices):
    column = QScrollArea()
    column.setWidgetResizable(True)
    made = Form(KeepingPort(), voices=lambda: tuple(voices))
    column.setWidget(made)
    column.resize(340, 400)
    qtbot.addWidget(column)
    made.set_request_type(request_type(spec("voice_id", editor="made_voice")))
    column.show()
    qtbot.waitExposed(column)
    yield made
    column.hide()


@pytest.fixture
def editor(form):
    return form._rows.by_name()["voice_id"].editor


def names(editor):
    return [editor._box.itemText(row) for row in range(editor._box.count())]


def test_own_voices_are_offered_by_name(qtbot, form, editor):
    assert names(editor) == ["Anna", "Ben"]
    editor._box.setFocus()
    qtbot.keyClick(editor._box, Qt.Key.Key_Down)
    assert form.values() == {"voice_id": "anna-1"}
    assert editor._box.currentText() == "Anna"
    assert editor.secondary() == "your voice"
    form.undo_stack.undo()
    assert form.values() == {}
    assert editor._box.currentText() == ""


def test_an_id_that_nobody_here_made_can_be_pasted(qtbot, form, editor):
    QApplication.clipboard().setText("  some-other-voice ")
    editor._box.setFocus()
    line = editor._box.lineEdit()
    qtbot.keyClick(line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert form.values() == {"voice_id": "some-other-voice"}
    assert editor.secondary() == ""


def test_an_id_is_shown_by_its_name_where_it_is_known(form, editor, voices):
    form.set_values({"voice_id": "dora-4"})
    assert editor._box.currentText() == "dora-4"
    voices.append(VoiceChoice(voice_id="dora-4", title="Dora", note="your voice"))
    form.renew_voices()
    assert editor._box.currentText() == "Dora"
    assert editor.value() == "dora-4"


def test_a_typed_name_means_that_voice(qtbot, form, editor):
    editor._box.setFocus()
    qtbot.keyClicks(editor._box.lineEdit(), "Ben")
    assert form.values() == {"voice_id": "ben-2"}


def test_a_voice_of_another_server_is_named_and_not_offered(form, editor):
    form.set_values({"voice_id": "r-3"})
    assert editor._box.currentText() == "Cleo"
    assert editor.secondary() == "only rehearsed"
    assert [one.code for one in form.own_problems()] == ["voice_elsewhere"]
    form.set_values({"voice_id": "anna-1"})
    assert not form.own_problems()


def test_nothing_typed_is_nothing_sent(qtbot, form, editor):
    form.set_values({"voice_id": "x"})
    editor._box.lineEdit().selectAll()
    qtbot.keyClick(editor._box.lineEdit(), Qt.Key.Key_Backspace)
    assert editor.value() is UNSET


def test_a_list_of_voices_offers_them_in_each_place(form):
    form.set_request_type(bundled().request_type("ImageToVideoV26ProRequest"))
    form.set_more_open(True)
    form.set_values({"voice_ids": ["anna-1", "else"]})
    items = form._rows.by_name()["voice_ids"].editor.items()
    assert [one.editor._box.currentText() for one in items] == ["Anna", "else"]
