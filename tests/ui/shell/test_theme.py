import re
from dataclasses import asdict

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QLabel, QPushButton

from kling_desktop.bundled import resources
from kling_desktop.ui import icons
from kling_desktop.ui.style import set_mark, set_role
from kling_desktop.ui.theme import (
    DARK,
    LIGHT,
    ON_BUTTON,
    Look,
    Mode,
    Surround,
    Theme,
    font_of,
    palette_of,
    style_values,
    surround_of,
    tokens_of,
)

THEMES = pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=["dark", "light"])


def _contrast(one, two):
    def light(color):
        parts = [QColor(color).redF(), QColor(color).greenF(), QColor(color).blueF()]
        parts = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    high, low = sorted((light(one), light(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@THEMES
def test_text_can_be_read_on_every_surface(tokens):
    for surface in (tokens.panel, tokens.raised):
        for ink in ("text", "text2", "text3", "accent", "ok", "warn", "error"):
            assert _contrast(getattr(tokens, ink), surface) >= 4.5, (ink, surface)
    for surface in (tokens.ground, tokens.hover):
        for ink in (tokens.text, tokens.text2):
            assert _contrast(ink, surface) >= 4.5
    assert _contrast(ON_BUTTON, tokens.button) >= 4.5


@THEMES
def test_the_stylesheet_uses_known_tokens_only(tokens):
    text = (resources() / "styles" / "window.qss").read_text()
    used = set(re.findall(r"\$(\w+)", text))
    assert used <= set(style_values(tokens, 100))
    for picture in re.findall(r"url\(\$drawn/([\w-]+\.svg)\)", text):
        for mode in ("dark", "light"):
            assert (resources() / "styles" / mode / picture).is_file(), picture


@THEMES
def test_whoever_paints_by_hand_finds_the_tokens_in_the_palette(tokens):
    assert tokens_of(palette_of(tokens)) == tokens
    assert surround_of(palette_of(tokens)) == QColor(tokens.surround)


def test_a_stylesheet_background_does_not_hide_the_theme(qapp, qtbot):
    Theme(qapp, Look(mode=Mode.LIGHT))
    label = QLabel()
    label.setStyleSheet("background: transparent; color: red")
    qtbot.addWidget(label)
    label.ensurePolished()
    assert asdict(tokens_of(label.palette())) == asdict(LIGHT)


def test_the_look_changes_at_once(qapp, qtbot):
    theme = Theme(qapp, Look(mode=Mode.DARK))
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(DARK.panel)
    with qtbot.waitSignal(theme.changed):
        theme.show_look(Look(mode=Mode.LIGHT, text_percent=150, surround=Surround.MID))
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(LIGHT.panel)
    assert qapp.font().pixelSize() == 20
    assert theme.tokens.surround == "#777777"
    assert theme.duration() == 150
    theme.show_look(Look(reduced_motion=True))
    assert theme.duration() == 0


def test_the_same_look_again_is_no_change(qapp, qtbot):
    theme = Theme(qapp, Look(mode=Mode.DARK))
    with qtbot.assertNotEmitted(theme.changed):
        theme.show_look(Look(mode=Mode.DARK))


def test_the_system_is_followed_while_it_is_asked_to_be(qapp, qtbot):
    now = [Qt.ColorScheme.Dark]
    theme = Theme(qapp, Look(), lambda: now[0])
    assert theme.tokens.dark
    now[0] = Qt.ColorScheme.Light
    with qtbot.waitSignal(theme.changed):
        qapp.styleHints().colorSchemeChanged.emit(now[0])
    assert not theme.tokens.dark
    theme.show_look(Look(mode=Mode.LIGHT))
    now[0] = Qt.ColorScheme.Dark
    qapp.styleHints().colorSchemeChanged.emit(now[0])
    qapp.processEvents()
    assert not theme.tokens.dark


def test_inter_is_there_with_its_weights_and_even_figures(qapp):
    Theme(qapp, Look())
    from PySide6.QtGui import QFontDatabase, QFontInfo, QFontMetricsF

    assert {"Regular", "Medium", "Semi Bold"} <= set(QFontDatabase.styles("Inter"))
    font = font_of(100)
    assert QFontInfo(font).family() == "Inter"
    metrics = QFontMetricsF(font)
    assert metrics.horizontalAdvance("1111") == metrics.horizontalAdvance("0000")
    assert (resources() / "fonts" / "LICENSE").read_text().count("SIL OPEN FONT LICENSE")


def test_a_role_is_a_property_and_is_polished_again(qapp, qtbot):
    Theme(qapp, Look(mode=Mode.DARK))
    button = QPushButton("go")
    qtbot.addWidget(button)
    button.show()
    set_role(button, "primary")
    assert button.property("role") == "primary"
    assert button.grab().toImage().pixelColor(6, 6) == QColor(DARK.button)
    set_mark(button, "role", "quiet")
    assert button.grab().toImage().pixelColor(6, 6) == QColor(DARK.raised)


def _ink_of(icon):
    image = icon.pixmap(32, 32).toImage()
    return {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }


def test_icons_take_their_color_from_the_theme_at_each_paint(qapp):
    theme = Theme(qapp, Look(mode=Mode.DARK))
    square, copy = icons.icon("square"), icons.icon("square", "accent")
    assert DARK.text2 in _ink_of(square)
    theme.show_look(Look(mode=Mode.LIGHT))
    assert LIGHT.text2 in _ink_of(square)
    assert LIGHT.accent in _ink_of(copy)


def test_icons_are_sharp_on_dense_screens(qapp):
    picture = icons.icon("play").pixmap(QSize(16, 16), 2.0)
    assert picture.size() == QSize(32, 32)
    assert picture.devicePixelRatio() == 2.0


def test_an_icon_survives_copies_and_collection(qapp):
    import gc

    from PySide6.QtGui import QIcon

    kept = [QIcon(icons.icon("play")) for _ in range(50)]
    gc.collect()
    assert all(not one.isNull() and not one.pixmap(16, 16).isNull() for one in kept)


def test_a_copy_that_goes_its_own_way_lives_on(qapp):
    import gc

    from PySide6.QtGui import QIcon, QPixmap

    for _ in range(20):
        copy = QIcon(icons.icon("play"))
        copy.addPixmap(QPixmap(4, 4))
        gc.collect()
        assert not copy.pixmap(16, 16).isNull()


def test_a_checked_icon_shows_its_other_drawing(qapp):
    from PySide6.QtGui import QIcon

    both = icons.icon("play", checked="pause")
    off = both.pixmap(QSize(32, 32), QIcon.Mode.Normal, QIcon.State.Off).toImage()
    on = both.pixmap(QSize(32, 32), QIcon.Mode.Normal, QIcon.State.On).toImage()
    assert off != on


def test_an_unknown_icon_says_so(qapp):
    assert not icons.has_icon("no-such-thing")
    with pytest.raises(KeyError):
        icons.icon("play", "no-such-ink")


def test_every_icon_that_the_program_names_is_there():
    source = resources().parent / "kling_desktop" / "ui"
    named = set()
    for file in source.rglob("*.py"):
        named |= set(re.findall(r'\b(?:icon|IconLabel|drawn)\(\s*"([\w-]+)"', file.read_text()))
    assert named
    assert {name for name in named if not icons.has_icon(name)} == set()


def test_a_drawing_without_room_is_nothing(qapp):
    assert icons.drawn("play", "#ffffff", QSize(0, 18)).isNull()
    assert icons.icon("play").pixmap(QSize(0, 0)).isNull()


def test_every_drawing_is_an_outline_of_one_family():
    folder = resources() / "icons"
    assert "ISC License" in (folder / "LICENSE").read_text()
    for file in folder.glob("*.svg"):
        text = file.read_text()
        assert 'stroke-width="1.75"' in text, file.name
        assert 'stroke="currentColor"' in text, file.name
