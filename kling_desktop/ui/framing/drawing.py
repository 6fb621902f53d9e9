"""Draws the picture with the frame on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap

from kling_desktop.records.framing import BLUR, EDGE
from kling_desktop.ui.framing.geometry import HANDLES

if TYPE_CHECKING:
    from kling_desktop.ui.framing.geometry import Handle

_DIM = QColor(0, 0, 0, 150)
_LINE = QColor(255, 255, 255)
_SHADE = QColor(0, 0, 0, 110)
_THIRD = QColor(255, 255, 255, 105)
_ARM, _THICK = 16.0, 3.0
_SOFT = 20
"""Pixels on the longer side of the picture that stands blurred behind."""
_SAMPLE = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameScene:
    """Where everything lies on the canvas, in logical pixels."""

    picture: QRectF
    frame: QRectF
    fill: str
    pads: bool
    is_busy: bool
    """Being moved: the thirds are drawn more clearly."""
    has_focus: bool
    accent: str


class PictureLayer:
    """The picture at the size in which it is shown, so that drawing is a copy of pixels."""

    def __init__(self) -> None:
        self._image = QImage()
        self._scaled = QPixmap()
        self._scaled_for = (QSizeF(), 0.0)
        self._soft = QPixmap()
        self.edge = QColor("#808080")

    @property
    def is_empty(self) -> bool:
        """Whether there is no picture yet."""
        return self._image.isNull()

    def set_image(self, image: QImage) -> None:
        """Another picture."""
        self._image = image
        self._scaled_for = (QSizeF(), 0.0)
        self._soft = QPixmap()
        self.edge = edge_of(image)

    def paint(self, painter: QPainter, place: QRectF, ratio: float) -> None:
        """At this place."""
        if self._scaled_for != (place.size(), ratio):
            self._scaled_for = (place.size(), ratio)
            size = (place.size() * ratio).toSize()
            smooth = Qt.TransformationMode.SmoothTransformation
            scaled = self._image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
            self._scaled = QPixmap.fromImage(scaled)
        painter.drawPixmap(place, self._scaled, QRectF(self._scaled.rect()))

    def paint_soft(self, painter: QPainter, frame: QRectF) -> None:
        """The picture blurred, so large that it fills the frame."""
        if self._soft.isNull():
            keep = Qt.AspectRatioMode.KeepAspectRatio
            smooth = Qt.TransformationMode.SmoothTransformation
            tiny = self._image.scaled(_SOFT, _SOFT, keep, smooth)
            large = tiny.scaled(tiny.size() * 20, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
            self._soft = QPixmap.fromImage(large)
        whole = QRectF(self._soft.rect())
        across = min(whole.width(), whole.height() * frame.width() / frame.height())
        down = min(whole.height(), whole.width() * frame.height() / frame.width())
        part = QRectF(QPointF(), QSizeF(across, down))
        part.moveCenter(whole.center())
        painter.drawPixmap(frame, self._soft, part)


def edge_of(image: QImage) -> QColor:
    """The color along the edges, found as it will be when the picture is made."""
    if image.isNull():
        return QColor("#808080")
    keep = Qt.AspectRatioMode.KeepAspectRatio
    small = image.scaled(_SAMPLE, _SAMPLE, keep, Qt.TransformationMode.SmoothTransformation)
    small = small.convertToFormat(QImage.Format.Format_RGB32)
    wide, high = small.width(), small.height()
    edge = [small.pixelColor(x, y) for x in range(wide) for y in (0, high - 1)]
    edge += [small.pixelColor(x, y) for y in range(high) for x in (0, wide - 1)]
    parts = ([one.red() for one in edge], [one.green() for one in edge], [o.blue() for o in edge])
    return QColor(*(sorted(levels)[len(levels) // 2] for levels in parts))


def paint_scene(painter: QPainter, layer: PictureLayer, scene: FrameScene, ratio: float) -> None:
    """Ground, picture, what falls away, frame."""
    if scene.pads:
        _paint_fill(painter, layer, scene)
    layer.paint(painter, scene.picture, ratio)
    if not scene.pads:
        _paint_dim(painter, scene)
    _paint_thirds(painter, scene)
    _paint_frame(painter, scene)


def handle_places(frame: QRectF) -> dict[Handle, QPointF]:
    """The middle of each handle; corners first."""
    middle = frame.center()
    return {
        (x, y): QPointF(
            middle.x() + x * frame.width() / 2,
            middle.y() + y * frame.height() / 2,
        )
        for x, y in HANDLES
    }


def _paint_fill(painter: QPainter, layer: PictureLayer, scene: FrameScene) -> None:
    if scene.fill == BLUR:
        layer.paint_soft(painter, scene.frame)
    else:
        color = layer.edge if scene.fill == EDGE else QColor(scene.fill)
        painter.fillRect(scene.frame, color)


def _paint_dim(painter: QPainter, scene: FrameScene) -> None:
    """Four strips: less to fill than the whole, and nothing over what is kept."""
    whole, frame = scene.picture, scene.frame
    strips = (
        (whole.topLeft(), QPointF(whole.right(), frame.top())),
        (QPointF(whole.left(), frame.bottom()), whole.bottomRight()),
        (QPointF(whole.left(), frame.top()), frame.bottomLeft()),
        (frame.topRight(), QPointF(whole.right(), frame.bottom())),
    )
    for begin, end in strips:
        painter.fillRect(QRectF(begin, end), _DIM)


def _paint_thirds(painter: QPainter, scene: FrameScene) -> None:
    frame = scene.frame
    color = QColor(_THIRD)
    color.setAlpha(170 if scene.is_busy else 105)
    for part in (1 / 3, 2 / 3):
        x, y = frame.left() + frame.width() * part, frame.top() + frame.height() * part
        for ink, shift in ((_SHADE, 1.0), (color, 0.0)):
            painter.setPen(QPen(ink, 1))
            top, bottom = QPointF(x + shift, frame.top()), QPointF(x + shift, frame.bottom())
            painter.drawLine(top, bottom)
            left, right = QPointF(frame.left(), y + shift), QPointF(frame.right(), y + shift)
            painter.drawLine(left, right)


def _paint_frame(painter: QPainter, scene: FrameScene) -> None:
    frame = scene.frame
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for color, width in ((_SHADE, 3.0), (_LINE, 1.0)):
        painter.setPen(QPen(color, width))
        painter.drawRect(frame)
    arm = min(_ARM, frame.width() / 3, frame.height() / 3)
    line = QColor(scene.accent) if scene.has_focus else _LINE
    for color, width in ((_SHADE, _THICK + 2), (line, _THICK)):
        painter.setPen(QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap))
        for (x, y), place in handle_places(frame).items():
            across, down = QPointF(arm, 0), QPointF(0, arm)
            if x and y:
                painter.drawLine(place, place - across * x)
                painter.drawLine(place, place - down * y)
            elif x:
                painter.drawLine(place - down / 2, place + down / 2)
            else:
                painter.drawLine(place - across / 2, place + across / 2)
