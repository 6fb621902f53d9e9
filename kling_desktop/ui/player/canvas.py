"""The picture on the stage: fitted, kept until the next one is there, never black in between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from kling_desktop.ui.player.fitted_size import fitted_size
from kling_desktop.ui.theme import DARK, surround_of

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QContextMenuEvent,
        QFocusEvent,
        QMouseEvent,
        QPaintEvent,
        QResizeEvent,
    )

_BY_KEY = frozenset(
    {
        Qt.FocusReason.TabFocusReason,
        Qt.FocusReason.BacktabFocusReason,
        Qt.FocusReason.ShortcutFocusReason,
    }
)
_ROUND = 4.0
_MARGIN = 12
_RING = 2.0
_ROOMY = 300
"""Logical pixels of height from which on the picture makes room for what lies above it."""


class Canvas(QWidget):
    """Shows one picture as large as it fits.

    Pictures come ready in `room()` size, so that painting is copying; any other size is scaled,
    which is slow and meant for the moment after a resize.
    """

    clicked = Signal()
    dragged = Signal()
    double_clicked = Signal()
    resized = Signal()
    menu_wished = Signal(QPoint)
    """In global coordinates."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 90)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Picture on the stage"))
        self._image = QImage()
        self._source = QSize()
        self._top = 0
        self._is_alone = False
        self._is_ringed = False
        self._pressed_at: QPoint | None = None

    @property
    def image(self) -> QImage:
        """What is shown now; null when nothing is."""
        return self._image

    def show_image(self, image: QImage, source: QSize | None = None) -> None:
        """Replaces the picture; a null image is ignored, so that nothing ever flashes.

        `source` is the size of what the image was scaled from.
        """
        if image.isNull():
            return
        source = source or image.size()
        same_place = source == self._source and image.size() == self._image.size()
        self._image, self._source = image, source
        self.update(self._picture_pixels() if same_place else self.rect())

    def clear(self) -> None:
        """Shows the bare surround."""
        self._image, self._source = QImage(), QSize()
        self.update()

    def keep_free(self, height: int) -> None:
        """How much of the top belongs to what is written there."""
        if height != self._top:
            self._top = height
            self.update()
            self.resized.emit()

    def set_alone(self, *, alone: bool) -> None:
        """On the whole screen the picture goes to the edges."""
        self._is_alone = alone
        self.update()
        self.resized.emit()

    def room(self) -> QSize:
        """The size that pictures should fit into, in device pixels."""
        return (self._room().size() * self.devicePixelRatioF()).toSize()

    def picture_rect(self) -> QRectF:
        """Where the picture stands, in the canvas' own coordinates."""
        ratio = self.devicePixelRatioF()
        size = fitted_size(self._source, self.room())
        if size.isEmpty():
            return QRectF()
        room = self._room()
        free = room.size() - size.toSizeF() / ratio
        left = round((room.left() + free.width() / 2) * ratio) / ratio
        top = round((room.top() + free.height() / 2) * ratio) / ratio
        return QRectF(left, top, size.width() / ratio, size.height() / ratio)

    def sizeHint(self) -> QSize:
        """Room for a picture of usual shape."""
        return QSize(640, 360)

    def event(self, event: QEvent) -> bool:
        """On another screen there are more pixels, or fewer."""
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self.resized.emit()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The surround where there is no picture, then the picture."""
        painter = QPainter(self)
        surround = QColor(Qt.GlobalColor.black) if self._is_alone else surround_of(self.palette())
        place = self.picture_rect()
        bare = event.region()
        if not self._image.isNull() and not self._image.hasAlphaChannel():
            bare = bare.subtracted(_whole_pixels_of(place))
        painter.setClipRegion(bare)
        painter.fillRect(self.rect(), surround)
        painter.setClipping(False)
        if not self._image.isNull():
            self._paint_picture(painter, place)
            if not self._is_alone:
                _round_corners(painter, place, surround)
        if self._is_ringed and not self._is_alone:
            self._paint_ring(painter, place)
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring is for those who came by key."""
        super().focusInEvent(event)
        self._is_ringed = event.reason() in _BY_KEY
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No ring elsewhere."""
        super().focusOutEvent(event)
        self._is_ringed = False
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click begins here, or a drag."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed_at = event.position().toPoint()
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Far enough from where the button went down, it is a drag."""
        held = event.buttons() & Qt.MouseButton.LeftButton
        if not held or self._pressed_at is None:
            event.ignore()
            return
        way = (event.position().toPoint() - self._pressed_at).manhattanLength()
        if way >= QApplication.startDragDistance():
            self._pressed_at = None
            self.dragged.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Without a drag it was a click."""
        if event.button() is Qt.MouseButton.LeftButton and self._pressed_at is not None:
            self._pressed_at = None
            self.clicked.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """To full screen and back. Its first click is undone by a second one."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed_at = None
            self.clicked.emit()
            self.double_clicked.emit()
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """By mouse or by key."""
        by_key = event.reason() is event.Reason.Keyboard
        middle = self.mapToGlobal(self.rect().center())
        self.menu_wished.emit(middle if by_key else event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tells those who lie on top, and those who make the pictures."""
        super().resizeEvent(event)
        self.resized.emit()

    def _room(self) -> QRectF:
        whole = QRectF(self.rect())
        if self._is_alone:
            return whole
        top = max(_MARGIN, self._top) if self.height() >= _ROOMY else _MARGIN
        room = whole.adjusted(_MARGIN, top, -_MARGIN, -_MARGIN)
        return room if room.isValid() else QRectF()

    def _picture_pixels(self) -> QRect:
        return self.picture_rect().toAlignedRect()

    def _paint_picture(self, painter: QPainter, place: QRectF) -> None:
        ratio = self.devicePixelRatioF()
        if (place.size() * ratio).toSize() == self._image.size():
            self._image.setDevicePixelRatio(ratio)
            painter.drawImage(place.topLeft(), self._image)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, self._image, QRectF(self._image.rect()))

    def _paint_ring(self, painter: QPainter, place: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(DARK.accent), _RING))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        around = place if not place.isEmpty() else QRectF(self.rect()).adjusted(6, 6, -6, -6)
        out = _RING + 1
        painter.drawRoundedRect(around.adjusted(-out, -out, out, out), _ROUND + 2, _ROUND + 2)


def _whole_pixels_of(place: QRectF) -> QRect:
    """The pixels that are covered to their edges."""
    rect = place.toAlignedRect()
    if QRectF(rect) == place:
        return rect
    return rect.adjusted(1, 1, -1, -1)


def _round_corners(painter: QPainter, place: QRectF, surround: QColor) -> None:
    """Paints the surround over the four corners: a rounded clip would slow each frame down."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(surround)
    rounded = QPainterPath()
    rounded.addRoundedRect(place, _ROUND, _ROUND)
    for x in (place.left(), place.right() - _ROUND):
        for y in (place.top(), place.bottom() - _ROUND):
            corner = QPainterPath()
            corner.addRect(QRectF(QPointF(x, y), QPointF(x + _ROUND, y + _ROUND)))
            painter.drawPath(corner.subtracted(rounded))
