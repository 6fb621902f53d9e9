"""Draws the face of a slot: picture, invitation, highlight of a drag, focus ring."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QImage, QPainter, QPainterPath, QPen, QPixmap

from kling_desktop.ui.icons import icon
from kling_desktop.ui.theme import Tokens, tokens_of

_RADIUS = 8
_ICON = 20
_GAP = 6


class Hover(StrEnum):
    """What a drag over the slot would come to."""

    NONE = ""
    WELCOME = "welcome"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """All that is drawn, apart from the strip."""

    line: str
    """The invitation, what is going on, or the reason of a refusal."""
    icon_name: str
    hover: Hover = Hover.NONE
    is_filled: bool = False
    is_wrong: bool = False
    has_focus: bool = False
    is_pointed_at: bool = False
    is_covered: bool = False
    """Something else stands in the place of the picture."""
    bottom: int = 0
    """Height of what covers the foot of the face."""


class Canvas:
    """Keeps the picture scaled for its present place, so that painting again costs nothing."""

    def __init__(self) -> None:
        self._image = QImage()
        self._scaled = QPixmap()
        self._scaled_for = QSize()

    def set_image(self, image: QImage) -> None:
        """Another picture, or a null one."""
        self._image = image
        self._scaled = QPixmap()
        self._scaled_for = QSize()

    def paint(self, painter: QPainter, rect: QRect, face: Face) -> None:
        """Draw it all."""
        tokens = tokens_of(painter.device().palette())  # type: ignore[attr-defined]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5)
        shape = QPainterPath()
        shape.addRoundedRect(frame, _RADIUS, _RADIUS)
        painter.fillPath(shape, QColor(_ground(tokens, face)))
        painter.save()
        painter.setClipPath(shape)
        if face.is_filled and not face.is_covered and face.hover is not Hover.REFUSED:
            self._paint_picture(painter, rect, face, tokens)
        painter.restore()
        if not face.is_filled or face.hover is not Hover.NONE:
            _paint_words(painter, rect, face, tokens)
        _paint_border(painter, frame, face, tokens)

    def _paint_picture(self, painter: QPainter, rect: QRect, face: Face, tokens: Tokens) -> None:
        if self._image.isNull():
            inside = rect.adjusted(0, 0, 0, -face.bottom)
            place = QRect(0, 0, _ICON + 8, _ICON + 8)
            place.moveCenter(inside.center())
            ink = "on_picture" if face.is_filled else "tertiary"
            icon(face.icon_name, ink).paint(painter, place)
            return
        ratio = painter.device().devicePixelRatioF()
        picture = self._fitted(rect.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        size = picture.deviceIndependentSize()
        left = rect.x() + (rect.width() - size.width()) / 2
        top = rect.y() + (rect.height() - size.height()) / 2
        painter.drawPixmap(round(left), round(top), picture)
        if face.hover is Hover.WELCOME:
            veil = QColor(tokens.tint)
            veil.setAlpha(225)
            painter.fillRect(rect, veil)

    def _fitted(self, size: QSize) -> QPixmap:
        if self._scaled_for != size:
            self._scaled_for = size
            keep = Qt.AspectRatioMode.KeepAspectRatio
            smooth = Qt.TransformationMode.SmoothTransformation
            self._scaled = QPixmap.fromImage(self._image.scaled(size, keep, smooth))
        return self._scaled


def _ground(tokens: Tokens, face: Face) -> str:
    if face.hover is Hover.WELCOME:
        return tokens.tint
    if face.is_filled and face.hover is Hover.NONE:
        return tokens.raised if face.is_covered else tokens.surround
    return tokens.hover if face.is_pointed_at else tokens.raised


def _paint_words(painter: QPainter, rect: QRect, face: Face, tokens: Tokens) -> None:
    metrics = painter.fontMetrics()
    room = rect.adjusted(12, 8, -12, -8)
    flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap)
    text = metrics.boundingRect(QRect(0, 0, room.width(), 1000), flags, face.line)
    whole = _ICON + _GAP + text.height()
    has_icon = whole <= room.height()
    top = room.y() + (room.height() - (whole if has_icon else text.height())) // 2
    if has_icon:
        place = QRect(room.center().x() - _ICON // 2, top, _ICON, _ICON)
        icon(*_sign(face)).paint(painter, place, mode=QIcon.Mode.Normal)
        top += _ICON + _GAP
    is_refused = face.hover is Hover.REFUSED
    font = QFont(painter.font())
    font.setWeight(QFont.Weight.Medium if face.hover is not Hover.NONE else QFont.Weight.Normal)
    painter.setFont(font)
    painter.setPen(QColor(tokens.error if is_refused else _ink(tokens, face)))
    painter.drawText(QRect(room.x(), top, room.width(), text.height() + 4), flags, face.line)


def _ink(tokens: Tokens, face: Face) -> str:
    return tokens.text if face.hover is Hover.WELCOME else tokens.text2


def _sign(face: Face) -> tuple[str, str]:
    match face.hover:
        case Hover.WELCOME:
            return "image-down", "accent"
        case Hover.REFUSED:
            return "ban", "error"
        case Hover.NONE:
            return face.icon_name, "tertiary"


def _paint_border(painter: QPainter, frame: QRectF, face: Face, tokens: Tokens) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if face.hover is Hover.WELCOME or face.has_focus:
        color, width = tokens.accent, 2.0
    elif face.hover is Hover.REFUSED or face.is_wrong:
        color, width = tokens.error, 1.0
    else:
        color, width = tokens.line, 1.0
    pen = QPen(QColor(color), width)
    if not face.is_filled and face.hover is Hover.NONE and not face.has_focus:
        pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    inset = (width - 1) / 2
    painter.drawRoundedRect(frame.adjusted(inset, inset, -inset, -inset), _RADIUS, _RADIUS)
