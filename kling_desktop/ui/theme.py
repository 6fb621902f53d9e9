"""Colors and sizes of the window, dark and light, live.

`tokens_of(widget.palette())` gives anyone who paints by hand the colors of the present theme; the
surround of pictures is that palette's Shadow color. Everything else looks through the stylesheet.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from functools import cache
from string import Template
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette

from kling_desktop.bundled import resources

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

BODY_PIXELS = 13
"""Logical pixels of running text at 100 %."""
SMALL_PIXELS = 12
ICON_PIXELS = 16
CALM = "calm"
"""Property of the application: true where movement is not wanted."""
_FAMILY = "Inter"
_WEIGHTS = ("Regular", "Medium", "SemiBold")


class Mode(StrEnum):
    """Which theme; SYSTEM follows the desktop as it changes."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Surround(StrEnum):
    """What stands behind a picture on the stage."""

    BLACK = "black"
    DARK = "dark"
    MID = "mid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """The named colors of one theme, each as `#rrggbb`."""

    dark: bool
    ground: str
    panel: str
    raised: str
    hover: str
    line: str
    text: str
    text2: str
    text3: str
    accent: str
    button: str
    button_hover: str
    button_pressed: str
    tint: str
    """The accent laid thinly over `raised`: what is chosen without being pressed."""
    ok: str
    warn: str
    error: str
    surround: str


DARK = Tokens(
    dark=True,
    ground="#161616",
    panel="#1e1e1e",
    raised="#262626",
    hover="#303030",
    line="#3a3a3a",
    text="#ececec",
    text2="#b4b4b4",
    text3="#9a9a9a",
    accent="#5b8def",
    button="#3b6fd9",
    button_hover="#4377e0",
    button_pressed="#3363c6",
    tint="#2a3243",
    ok="#4cb782",
    warn="#d9a441",
    error="#e8756d",
    surround="#242424",
)
LIGHT = Tokens(
    dark=False,
    ground="#dcdcdc",
    panel="#f2f2f2",
    raised="#fafafa",
    hover="#e6e6e6",
    line="#cfcfcf",
    text="#1c1c1c",
    text2="#4e4e4e",
    text3="#646464",
    accent="#2560cc",
    button="#2560cc",
    button_hover="#2b69da",
    button_pressed="#1e54b6",
    tint="#e3ebf9",
    ok="#207a4e",
    warn="#8a5d00",
    error="#b8322b",
    surround="#2b2b2b",
)
ON_BUTTON = "#ffffff"
_SURROUNDS = {Surround.BLACK: "#000000", Surround.MID: "#777777"}


@dataclass(frozen=True, slots=True)
class Look:
    """What a person chose about the look."""

    mode: Mode = Mode.SYSTEM
    text_percent: int = 100
    """90 to 150."""
    surround: Surround = Surround.DARK
    reduced_motion: bool = False


class Theme(QObject):
    """Lays palette, font and stylesheet over the whole program, and again when something changes.

    `changed` comes after the new look is in place.
    """

    changed = Signal()

    def __init__(
        self,
        app: QApplication,
        look: Look | None = None,
        scheme: Callable[[], Qt.ColorScheme] | None = None,
        *,
        fonts: bool = True,
    ) -> None:
        """`scheme` tells whether the desktop is dark or light; by itself Qt is asked.

        Without `fonts`, `load_fonts` is to be called before anything is written.
        """
        super().__init__(app)
        self._app = app
        self._scheme = scheme or app.styleHints().colorScheme
        self._look = look or Look()
        self._tokens = self._tokens_now()
        self._template = Template((_styles() / "window.qss").read_text(encoding="utf-8"))
        if fonts:
            load_fonts()
        self._lay()
        app.styleHints().colorSchemeChanged.connect(self._follow_system)

    @property
    def tokens(self) -> Tokens:
        """The colors in force, the surround included."""
        return self._tokens

    @property
    def look(self) -> Look:
        """What was chosen."""
        return self._look

    def show_look(self, look: Look) -> None:
        """Put another look in force at once."""
        if look == self._look:
            return
        self._look = look
        self._tokens = self._tokens_now()
        self._lay()
        self.changed.emit()

    def duration(self, milliseconds: int = 150) -> int:
        """How long a movement may last: nothing where movement is not wanted."""
        return 0 if self._look.reduced_motion else milliseconds

    def _follow_system(self) -> None:
        if self._look.mode is Mode.SYSTEM and self._tokens_now() != self._tokens:
            # Qt sends this from inside its own walk over all widgets.
            QTimer.singleShot(0, self, self._lay_system)

    def _lay_system(self) -> None:
        self._tokens = self._tokens_now()
        self._lay()
        self.changed.emit()

    def _tokens_now(self) -> Tokens:
        tokens = LIGHT if self._is_light() else DARK
        return replace(tokens, surround=_SURROUNDS.get(self._look.surround, tokens.surround))

    def _is_light(self) -> bool:
        if self._look.mode is Mode.SYSTEM:
            return self._scheme() is Qt.ColorScheme.Light
        return self._look.mode is Mode.LIGHT

    def _lay(self) -> None:
        percent = self._look.text_percent
        self._app.setProperty(CALM, self._look.reduced_motion)
        self._app.setFont(font_of(percent))
        self._app.setPalette(palette_of(self._tokens))
        self._app.setStyleSheet(self._template.substitute(style_values(self._tokens, percent)))


def load_fonts() -> None:
    """Make Inter known to Qt: 2 ms, and 5 more where Qt has not started its fonts yet."""
    folder = resources() / "fonts"
    for weight in _WEIGHTS:
        QFontDatabase.addApplicationFont(str(folder / f"{_FAMILY}-{weight}.otf"))


def font_of(text_percent: int) -> QFont:
    """The font of the program; figures all have one width, so that running numbers stand still."""
    font = QFont(_FAMILY)
    font.setPixelSize(_scaled(BODY_PIXELS, text_percent))
    font.setFeature(QFont.Tag.fromString("tnum"), 1)
    return font


def style_values(tokens: Tokens, text_percent: int) -> Mapping[str, str]:
    """Everything a `$token` of the stylesheet can stand for."""
    values = {name: str(value) for name, value in asdict(tokens).items()}
    values |= {
        "on_button": ON_BUTTON,
        "body": f"{_scaled(BODY_PIXELS, text_percent)}px",
        "small": f"{_scaled(SMALL_PIXELS, text_percent)}px",
        "large": f"{_scaled(15, text_percent)}px",
        "icons": (resources() / "icons").as_posix(),
        "drawn": (_styles() / ("dark" if tokens.dark else "light")).as_posix(),
    }
    return values


def palette_of(tokens: Tokens) -> QPalette:
    """The palette for Qt's own parts and for all that paint by hand."""
    palette = QPalette()
    role = QPalette.ColorRole
    colors = {
        role.Window: tokens.panel,
        role.WindowText: tokens.text,
        role.Base: tokens.raised,
        role.AlternateBase: tokens.panel,
        role.Text: tokens.text,
        role.Button: tokens.raised,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.error,
        role.ToolTipBase: tokens.raised,
        role.ToolTipText: tokens.text,
        role.PlaceholderText: tokens.text3,
        role.Highlight: tokens.button,
        role.HighlightedText: ON_BUTTON,
        role.Accent: tokens.accent,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.Light: tokens.hover,
        role.Midlight: tokens.hover,
        role.Mid: tokens.line,
        role.Dark: tokens.ground,
        role.Shadow: tokens.surround,
    }
    for which, color in colors.items():
        palette.setColor(which, QColor(color))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(tokens.text3))
    return palette


def tokens_of(palette: QPalette) -> Tokens:
    """The colors of the theme that a palette belongs to, with its surround."""
    # Stylesheets change Base, Window and Button of a widget's palette, but never Mid.
    is_dark = palette.color(QPalette.ColorRole.Mid).lightness() < 128
    return _tokens_with(palette.color(QPalette.ColorRole.Shadow).name(), dark=is_dark)


@cache
def _tokens_with(surround: str, *, dark: bool) -> Tokens:
    return replace(DARK if dark else LIGHT, surround=surround)


def surround_of(palette: QPalette) -> QColor:
    """What the stage shows behind pictures."""
    return palette.color(QPalette.ColorRole.Shadow)


def _styles() -> Path:
    return resources() / "styles"


def _scaled(pixels: int, percent: int) -> int:
    return round(pixels * percent / 100)
