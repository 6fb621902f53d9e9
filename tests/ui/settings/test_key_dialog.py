import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from kling_desktop.ui.settings.consent import ConsentDialog
from kling_desktop.ui.settings.key_dialog import KeyCheckView, KeyDialog
from kling_desktop.ui.theme import Look, Theme
from tests.helpers.pseudo import cut, speaking_pseudo, untranslated

KEY = "not-a-key:not-a-secret"


@pytest.fixture
def dialog(qtbot):
    dialog = KeyDialog()
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def _paste(dialog):
    QGuiApplication.clipboard().setText(f"  {KEY}\n")
    dialog._field.paste()


def test_a_pasted_key_is_checked_by_itself(dialog, qtbot):
    with qtbot.waitSignal(dialog.check_asked) as told:
        _paste(dialog)
    assert told.args == [KEY]
    assert dialog._state.text() == "Checking the key…"
    assert not dialog._use.isEnabled()


@pytest.mark.parametrize(
    ("check", "usable"),
    [
        (KeyCheckView.WORKS, True),
        (KeyCheckView.UNCHECKED, True),
        (KeyCheckView.REFUSED, False),
        (KeyCheckView.CHECKING, False),
    ],
)
def test_each_answer_is_told_in_words(dialog, check, usable):
    _paste(dialog)
    dialog.show_check(check, "Because.")
    assert dialog._state.text().endswith("Because.")
    assert dialog._use.isEnabled() is usable


def test_the_key_leaves_by_signal_and_is_wiped(dialog, qtbot):
    _paste(dialog)
    dialog.show_check(KeyCheckView.WORKS)
    with qtbot.waitSignal(dialog.entered) as told:
        dialog._use.click()
    assert told.args == [KEY, True]
    assert dialog._field.text() == ""
    assert not dialog.isVisible()


def test_only_for_this_session(dialog, qtbot):
    _paste(dialog)
    dialog.show_check(KeyCheckView.UNCHECKED)
    dialog._session.click()
    with qtbot.waitSignal(dialog.entered) as told:
        dialog._use.click()
    assert told.args == [KEY, False]


def test_without_a_keyring_that_is_said_plainly(dialog):
    dialog.show_keyring("", "No keyring answers on this system.")
    assert not dialog._keep.isEnabled()
    assert dialog._session.isChecked()
    assert dialog._where.text().startswith("No keyring answers on this system.")
    dialog.show_keyring("KWallet")
    assert dialog._keep.isChecked()
    assert "KWallet" in dialog._where.text()


def test_a_dialog_put_away_forgets_what_was_typed(dialog):
    _paste(dialog)
    dialog.reject()
    assert dialog._field.text() == ""
    assert not dialog._settled.isActive()
    assert not dialog._field.isUndoAvailable()


def test_the_field_shows_and_remembers_nothing(dialog):
    _paste(dialog)
    field = dialog._field
    assert field.echoMode() is QLineEdit.EchoMode.Password
    assert KEY not in field.displayText()
    assert field.completer() is None
    QGuiApplication.clipboard().clear()
    field.selectAll()
    field.copy()
    assert QGuiApplication.clipboard().text() == ""
    assert KEY not in [label.text() for label in dialog.findChildren(QLabel)]
    assert KEY not in dialog.accessibleDescription() + field.accessibleDescription()


def test_a_few_letters_are_not_checked(dialog, qtbot):
    with qtbot.assertNotEmitted(dialog.check_asked):
        dialog._field.setText("abc")
        dialog._ask_check()


def test_the_way_to_a_key(dialog, qtbot):
    page = next(one for one in dialog.findChildren(QPushButton) if "Get" in one.text())
    with qtbot.waitSignal(dialog.page_asked):
        page.click()


def test_consent_is_decided_or_put_off(qtbot):
    consent = ConsentDialog()
    qtbot.addWidget(consent)
    consent.open()
    with qtbot.waitSignal(consent.decided) as told:
        consent._agree.click()
    assert told.args == ["drop"]
    consent.open()
    consent._choice._group.button(2).click()
    with qtbot.waitSignal(consent.decided) as told:
        consent._agree.click()
    assert told.args == ["private"]
    consent.open()
    with qtbot.assertNotEmitted(consent.decided):
        consent._later.click()
    assert not consent.isVisible()


@pytest.mark.parametrize("percent", [100, 150])
@pytest.mark.parametrize("kind", [KeyDialog, ConsentDialog])
def test_in_a_longer_language_nothing_is_cut(qapp, qtbot, kind, percent):
    Theme(qapp, Look(text_percent=percent))
    with speaking_pseudo():
        dialog = kind()
    qtbot.addWidget(dialog)
    dialog.show()
    assert untranslated(dialog) == []
    assert cut(dialog) == []
