"""Outline icons that take their color from the theme at each paint.

The drawings are Lucide's, as SVG under `resources/icons`; `icon("play")` finds them by that name.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap, QPixmapCache
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from kling_desktop.bundled import resources
from kling_desktop.ui.theme import ICON_PIXELS, ON_BUTTON, tokens_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPaintEvent

    from kling_desktop.ui.theme import Tokens

_INK: dict[str, Callable[[Tokens], str]] = {
    "text": lambda tokens: tokens.text,
    "secondary": lambda tokens: tokens.text2,
    "tertiary": lambda tokens: tokens.text3,
    "accent": lambda tokens: tokens.accent,
    "ok": lambda tokens: tokens.ok,
    "warn": lambda tokens: tokens.warn,
    "error": lambda tokens: tokens.error,
    "on_button": lambda _tokens: ON_BUTTON,
    "on_picture": lambda _tokens: "#ececec",
}


def icon(name: str, ink: str = "secondary", *, checked: str = "") -> QIcon:
    """An icon that recolors itself with the theme.

    `ink` is text, secondary, tertiary, accent, ok, warn, error, on_button, or on_picture (always
    light). `checked` names another drawing for the On state, as with play and pause. Raises
    KeyError for an unknown ink; the drawing itself is read at the first paint.
    """
    return QIcon(_Engine(name, ink, checked))


def has_icon(name: str) -> bool:
    """Whether there is a drawing of that name."""
    return (resources() / "icons" / f"{name}.svg").is_file()


class _Engine(QIconEngine):
    def __init__(self, name: str, ink: str, checked: str) -> None:
        super().__init__()
        self._name, self._ink, self._checked = name, ink, checked
        self._ink_of = _INK[ink]

    def clone(self) -> QIconEngine:
        # Qt takes the copy over without PySide (6.11) knowing, which would free it at once.
        import ctypes

        copy = _Engine(self._name, self._ink, self._checked)
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(copy))
        return copy

    def key(self) -> str:
        return "lucide"

    def iconName(self) -> str:
        return self._name

    def isNull(self) -> bool:
        return False

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        # The device itself would say it too, but costs PySide 20 ms to show to Python.
        scale = painter.deviceTransform().m11()
        picture = self._picture(rect.size() * scale, mode, state)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(QRectF(rect), picture, QRectF(picture.rect()))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self._picture(size, mode, state)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        # Since Qt 6.9 the size comes in logical pixels.
        picture = self._picture(size * scale, mode, state)
        picture.setDevicePixelRatio(scale)
        return picture

    def _picture(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        is_on = state == QIcon.State.On
        name = self._checked if is_on and self._checked else self._name
        return drawn(name, self._color(mode, is_on=is_on), size)

    def _color(self, mode: QIcon.Mode, *, is_on: bool) -> str:
        tokens = tokens_of(QApplication.palette())
        if mode == QIcon.Mode.Disabled:
            return QColor(tokens.text3).name() if self._ink != "on_button" else ON_BUTTON
        if self._ink == "secondary" and (is_on or mode == QIcon.Mode.Active):
            return tokens.text
        return self._ink_of(tokens)


def drawn(name: str, color: str, size: QSize) -> QPixmap:
    """One drawing in one color, at a size in device pixels; nothing where there is no room."""
    if size.isEmpty():
        return QPixmap()
    key = f"lucide/{name}/{color}/{size.width()}x{size.height()}"
    kept = QPixmap()
    if QPixmapCache.find(key, kept):
        return QPixmap(kept)
    picture = QPixmap(size)
    picture.fill(QColor(0, 0, 0, 0))
    _render(name, color, picture)
    QPixmapCache.insert(key, picture)
    return picture


def _render(name: str, color: str, picture: QPixmap) -> None:
    from PySide6.QtSvg import QSvgRenderer

    svg = _drawing(name).replace("currentColor", color)
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    painter = QPainter(picture)
    side = min(picture.width(), picture.height())
    square = QRectF(0, 0, side, side)
    square.moveCenter(QRectF(picture.rect()).center())
    renderer.render(painter, square)
    painter.end()


@cache
def _drawing(name: str) -> str:
    return (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


class IconLabel(QWidget):
    """A picture of an icon that takes part in a layout and follows the theme."""

    def __init__(self, name: str, ink: str = "secondary", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon(name, ink)
        self._side = ICON_PIXELS
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, name: str, ink: str = "secondary") -> None:
        """Show another icon."""
        self._icon = icon(name, ink)
        self.update()

    def set_side(self, pixels: int) -> None:
        """How large, in logical pixels."""
        self._side = pixels
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        mode = QIcon.Mode.Normal if self.isEnabled() else QIcon.Mode.Disabled
        self._icon.paint(QPainter(self), self.rect(), Qt.AlignmentFlag.AlignCenter, mode)
