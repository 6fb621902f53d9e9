import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QRadioButton

from kling_desktop.core.settings import Settings
from kling_desktop.ui.settings.key_page import KeyView
from kling_desktop.ui.settings.pages import sum_of
from kling_desktop.ui.settings.preferences import Preferences
from kling_desktop.ui.theme import Look, Theme
from tests.helpers.pseudo import cut, pseudo, speaking_pseudo, untranslated


def _preview(template):
    return template.replace("{title}", "cat").replace("{take}", "A") + ".mp4"


@pytest.fixture
def window(qtbot):
    window = Preferences(_preview, "/home/ann/Videos/Kling Desktop")
    window.show_settings(Settings(uploads="drop"))
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def told(window):
    seen = []
    window.changed.connect(lambda name, value: seen.append((name, value)))
    return seen


def _radio(window, text):
    return next(one for one in window.findChildren(QRadioButton) if one.text() == text)


def test_showing_changes_nothing(window, told):
    window.show_settings(Settings(theme="dark", text_percent=125, ask_above_usd="", notify=False))
    assert told == []
    assert _radio(window, "Dark").isChecked()
    assert window.look._percent.text() == "125 %"
    assert not window.sending._asks.isChecked()
    assert not window.sending._sum.isEnabled()


def test_every_change_is_told_at_once(window, told, qtbot):
    _radio(window, "Dark").click()
    _radio(window, "Mid gray").click()
    window.look._size.setValue(4)
    window.look._calm.click()
    window.sending._notify.click()
    _radio(window, "Only when you press Generate").click()
    assert told == [
        ("theme", "dark"),
        ("surround", "mid"),
        ("text_percent", 150),
        ("reduced_motion", True),
        ("notify", False),
        ("uploads", "generate"),
    ]


def test_undecided_uploads_are_shown_as_undecided(window):
    window.show_settings(Settings(uploads="ask"))
    uploads = ["As soon as they are in the form", "Only when you press Generate"]
    assert not any(_radio(window, text).isChecked() for text in uploads)


def test_the_template_previews_a_name_as_it_is_typed(window, told, qtbot):
    field = window.folders._template
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "x {take}")
    assert told[-1] == ("name_template", "x {take}")
    assert window.folders._preview.full_text() == "For example: x A.mp4"


def test_an_empty_template_is_not_taken(window, told, qtbot):
    field = window.folders._template
    field.setFocus()
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    assert told == []
    assert field.property("problem") is True


def test_the_sum_is_checked(window, told, qtbot):
    field = window.sending._sum
    field.setText("7,5")
    field.editingFinished.emit()
    field.setText("much")
    field.editingFinished.emit()
    assert told == [("ask_above_usd", "7.50")]
    assert field.property("problem") is True
    window.sending._asks.click()
    assert told[-1] == ("ask_above_usd", "")


@given(st.text(max_size=10))
def test_a_sum_is_a_sum_or_nothing(text):
    kept = sum_of(text)
    assert kept == "" or float(kept) >= 0


@pytest.mark.parametrize("text", ["nan", "inf", "-1", "0", "1e9", "", "$"])
def test_what_is_no_sum(text):
    assert sum_of(text) == ""


def test_search_narrows_and_says_when_nothing_is_there(window, qtbot):
    qtbot.keyClicks(window._search, "gray")
    shown = [page.title for page in window._pages() if page.isVisible()]
    assert shown == ["Look"]
    assert [row.isVisible() for row in window.look.page.rows] == [False, False, True, False]
    qtbot.keyClicks(window._search, "zzz")
    assert window._nothing.isVisible()
    window.show_page("key")
    assert all(page.isVisible() for page in window._pages())


def test_the_key_page_says_the_source_and_never_the_key(window, qtbot):
    key = window.key
    window.show_key(KeyView(source="environment", fingerprint="…ab12"))
    assert key._said.text() == "From the environment variable FAL_KEY. It ends in …ab12."
    assert not key._forget.isEnabled()
    window.show_key(KeyView(source="keyring", keyring_words="KWallet keeps it.", note="Two keys."))
    assert key._note.isVisible()
    with qtbot.waitSignal(window.key_forget_asked):
        key._forget.click()
    with qtbot.waitSignal(window.key_change_asked):
        key._change.click()
    window.show_key(KeyView())
    assert key._change.text() == "Enter a key…"


def test_defaults_are_asked_for(window, qtbot):
    buttons = {one.text(): one for one in window.findChildren(type(window.key._change))}
    with qtbot.waitSignal(window.defaults_asked):
        buttons["Back to the defaults"].click()
    buttons["Close"].click()
    assert not window.isVisible()


@pytest.mark.parametrize("percent", [100, 150])
def test_in_a_longer_language_nothing_is_cut(qapp, qtbot, percent):
    Theme(qapp, Look(text_percent=percent))
    with speaking_pseudo():
        window = Preferences(lambda _template: pseudo("name"), pseudo("Videos"))
        window.show_settings(Settings())
        window.show_key(KeyView(source="session", fingerprint="…ab12"))
    qtbot.addWidget(window)
    window.resize(560, 560)
    window.show()
    known = frozenset({"$", "{title}_{take}"})
    assert untranslated(window, known) == []
    assert cut(window) == []
