"""The shell in a language half as long again, at the sizes and text sizes it must bear."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from kling_desktop.ui.order_bar import ButtonKind, ButtonLook
from kling_desktop.ui.palette import CommandPalette
from kling_desktop.ui.status_strip import Tone
from kling_desktop.ui.theme import Look, Mode
from tests.helpers.pseudo import cut, pseudo, speaking_pseudo, untranslated
from tests.helpers.shell import CARDS, TILES, Shell

GIVEN = frozenset(
    {text for card in CARDS for text in (card.title, card.facts, card.price, card.said)}
    | {card.endpoint_id for card in CARDS}
    | {text for tile in TILES for text in (tile.short, tile.long, tile.tip)}
    | {"stage", "library", "queue", "2", "Prompt"}
)


@pytest.fixture
def foreign(qtbot):
    with speaking_pseudo():
        yield Shell(qtbot)


@pytest.mark.parametrize("percent", [90, 100, 150])
@pytest.mark.parametrize("size", [(1024, 600), (1440, 900), (3840, 2160)])
def test_nothing_is_untranslated_and_nothing_cut(foreign, qtbot, size, percent):
    foreign.theme.show_look(Look(mode=Mode.LIGHT, text_percent=percent))
    foreign.make.show_button(
        ButtonLook(
            text=pseudo("Generate 2 · about $0.56"),
            kind=ButtonKind.REAL,
            enabled=False,
            reason=pseudo("Write a prompt first."),
        )
    )
    foreign.make.show_parked(pseudo("1 value kept for later: not used by this model"))
    foreign.status.show_state(Tone.OK, pseudo("fal · key from the system keyring"))
    foreign.status.show_hints(pseudo("Ctrl+Enter generate · Space play"))
    foreign.show(qtbot, *size)
    assert untranslated(foreign.window, GIVEN) == []
    assert cut(foreign.window) == []
    assert foreign.window.size().toTuple() == size


def test_the_palette_speaks_it_too(foreign, qtbot):
    foreign.show(qtbot)
    palette = CommandPalette(foreign.actions, foreign.window)
    palette.open()
    assert untranslated(palette) == []
    assert all("⟦" in text for text in palette.shown_texts())


def test_the_keyboard_goes_through_the_window_in_the_order_of_the_eye(shell, qtbot):
    shell.make.show_button(ButtonLook(text="Generate", kind=ButtonKind.REAL))
    shell.show(qtbot)
    shell.make.intentions._group.button(0).setFocus()
    names = []
    for _ in range(12):
        names.append(QApplication.focusWidget().accessibleName())
        if names[-1] == "Prompt":
            qtbot.keyClick(shell.prompt, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
            shell.make.order_bar.switch._group.checkedButton().setFocus()
        else:
            qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    wanted = [
        "From picture",
        "Model: One Standard, 720p · 24 fps, $0.28 / 5 s",
        "Prompt",
        "Rehearse · free",
        "One less",
        "How many clips",
        "One more",
        "Generate",
    ]
    assert [name for name in names if name in wanted][: len(wanted)] == wanted


def test_every_control_has_a_name(shell, qtbot):
    from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit

    shell.make.show_button(ButtonLook(text="Generate", kind=ButtonKind.REAL))
    shell.status.show_state(Tone.OK, "fal")
    shell.window.show_project("One")
    shell.show(qtbot)
    nameless = [
        type(one).__name__
        for kind in (QAbstractButton, QComboBox, QLineEdit)
        for one in shell.window.findChildren(kind)
        if one.isVisible()
        and not one.accessibleName()
        and not getattr(one, "text", str)()
        and not one.objectName().startswith("qt_")
    ]
    assert nameless == []
