import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from kling_desktop.ui.palette import CommandPalette, score


@pytest.fixture
def palette(shell, qtbot):
    shell.show(qtbot)
    palette = CommandPalette(shell.actions, shell.window)
    palette.open()
    return palette


def test_it_lists_what_can_be_done_now(palette, shell):
    shown = palette.shown_texts()
    assert "Preferences…" in shown
    assert "Play" not in shown
    assert "All commands…" not in shown


def test_a_few_letters_find_a_command_and_enter_runs_it(palette, shell, qtbot):
    qtbot.keyClicks(palette._search, "pref")
    assert palette.shown_texts()[0] == "Preferences…"
    with qtbot.waitSignal(shell.actions.preferences.triggered):
        qtbot.keyClick(palette._search, Qt.Key.Key_Return)
    assert not palette.isVisible()


def test_keys_move_and_escape_gives_the_focus_back(shell, qtbot):
    shell.show(qtbot)
    shell.prompt.setFocus()
    palette = CommandPalette(shell.actions, shell.window)
    palette.open()
    qtbot.keyClick(palette._search, Qt.Key.Key_Down)
    qtbot.keyClick(palette._search, Qt.Key.Key_PageDown)
    assert palette._list.currentIndex().row() == 10
    qtbot.keyClick(palette._search, Qt.Key.Key_Up)
    assert palette._list.currentIndex().row() == 9
    qtbot.keyClick(palette._search, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert shell.prompt.hasFocus()


def test_no_shortcut_of_the_window_fires_from_the_search(palette, shell, qtbot):
    shell.actions.stars_1.setEnabled(True)
    with qtbot.assertNotEmitted(shell.actions.starred):
        qtbot.keyClicks(palette._search, "1")


def test_losing_the_focus_closes_it(palette, shell):
    shell.prompt.setFocus()
    assert not palette.isVisible()


def test_nothing_found_runs_nothing(palette, qtbot):
    qtbot.keyClicks(palette._search, "zzzqqq")
    assert palette.shown_texts() == []
    qtbot.keyClick(palette._search, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_rows_say_their_key(palette):
    index = palette._model.index(palette.shown_texts().index("Preferences…"), 0)
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Preferences…, Ctrl+,"


def test_beginnings_of_words_count_more():
    assert score("sf", "Save a frame") > score("sf", "Clips of")
    assert score("save", "Save as…") > score("save", "Show a video everywhere")
    assert score("x", "Save") is None
    assert score("", "Save") == 0


@given(st.text(alphabet="abc ", max_size=12), st.data())
def test_letters_in_their_order_are_always_found(text, data):
    places = data.draw(st.lists(st.integers(0, max(0, len(text) - 1)), unique=True).map(sorted))
    wanted = "".join(text[at] for at in places if at < len(text))
    assert score(wanted, text) is not None
