"""The dialogs about the catalogue: what they show, what they let through, how they look."""

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton

from kling_desktop.records.server import Server
from kling_desktop.ui.catalogue.add_dialog import AddModelDialog, FoundView
from kling_desktop.ui.catalogue.added_list import AddedRow
from kling_desktop.ui.catalogue.refresh_dialog import ChangedView, RefreshDialog
from kling_desktop.ui.theme import Look, Theme
from tests.helpers.pseudo import cut, speaking_pseudo, untranslated

FOUND = FoundView(
    title="Dream v9 pro",
    endpoint_id="acme/dream/v9/pro/with-quite-a-long-path-behind-it",
    summary="It dreams.",
    takes="Prompt, 5 fields more if you like",
    makes="a clip",
    price="$0.40",
)
ROWS = [(f"acme/dream/v{number}", f"Dream {number}") for number in range(7)]


@pytest.fixture
def dialog(qtbot):
    dialog = AddModelDialog()
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def button(dialog, text):
    found = [one for one in dialog.findChildren(QPushButton) if one.text() == text]
    return found[0]


def test_a_name_is_looked_up_once_the_typing_rests(dialog, qtbot):
    wishes = []
    dialog.wished.connect(wishes.append)
    with qtbot.waitSignal(dialog.wished):
        qtbot.keyClicks(dialog.findChildren(QLineEdit)[0], " acme/dream ")
    assert wishes == ["acme/dream"]
    assert "Looking it up" in dialog._state._text.text()


def test_enter_does_not_wait(dialog, qtbot):
    field = dialog.findChildren(QLineEdit)[0]
    field.setText("acme/dream")
    with qtbot.waitSignal(dialog.wished, timeout=200):
        dialog._hurry()


def test_only_what_was_found_can_be_added(dialog):
    add = button(dialog, "Add this model")
    assert not add.isEnabled()
    dialog.show_found(FOUND)
    assert add.isEnabled()
    assert dialog._card.isVisible()
    dialog.findChildren(QLineEdit)[0].setText("other")
    assert not add.isEnabled()
    assert not dialog._card.isVisible()
    dialog.show_found(FOUND)
    assert not add.isEnabled(), "an answer to what was typed before"
    dialog._look_up()
    dialog._settled.stop()
    dialog.show_problem("This names no model.")
    assert dialog._state._text.property("role") == "problem"


def test_a_model_is_taken_away_by_its_row(dialog, qtbot):
    dialog.show_added([AddedRow(*row) for row in ROWS])
    remove = [one for one in dialog.findChildren(QPushButton) if one.text() == "Remove"]
    with qtbot.waitSignal(dialog.remove_asked) as told:
        remove[2].click()
    assert told.args == ["acme/dream/v2"]
    dialog.show_added([])
    assert not dialog._added.isVisible()


def test_another_server_is_called_by_its_name(qtbot):
    dialog = AddModelDialog(None, Server("127.0.0.1:8000", is_official=False))
    qtbot.addWidget(dialog)
    dialog.show_looking()
    assert "127.0.0.1:8000" in dialog._state._text.text()


def test_changes_are_taken_only_by_a_press(qtbot):
    dialog = RefreshDialog()
    qtbot.addWidget(dialog)
    dialog.open()
    take = button(dialog, "Take these changes")
    assert not take.isVisible()
    dialog.show_changes("1 model changed.", [ChangedView("Dream", ("New: Glow",))], "Gone: X")
    assert take.isVisible()
    with qtbot.waitSignal(dialog.taken):
        take.click()
    dialog.show_problem("Much smaller.")
    assert not take.isVisible()


@pytest.mark.parametrize("percent", [100, 150])
def test_in_a_longer_language_nothing_is_cut(qapp, qtbot, percent):
    Theme(qapp, Look(text_percent=percent))
    given = frozenset({"fal.ai/models/…", *vars_of(FOUND), *(text for row in ROWS for text in row)})
    with speaking_pseudo():
        dialog, other = AddModelDialog(), RefreshDialog()
        for one in (dialog, other):
            qtbot.addWidget(one)
            one.show()
        dialog.show_added([AddedRow(*row) for row in ROWS])
        dialog.show_found(FOUND)
        other.show_changes("", [ChangedView("Dream", ("New: Glow",))])
        qapp.processEvents()
        for one in (dialog, other):
            assert cut(one) == []
        assert untranslated(other) == []
        heard = [text for text in untranslated(dialog) if not any(own in text for own in given)]
        assert heard == []


def vars_of(view):
    return [getattr(view, name) for name in ("title", "endpoint_id", "summary", "takes", "price")]
