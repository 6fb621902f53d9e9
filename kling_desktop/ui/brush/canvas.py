"""The paper for the tools: mouse, wheel and keys on the picture that is painted on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMargins, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QRegion
from PySide6.QtWidgets import QSizePolicy, QWidget

from kling_desktop.ui.brush import signs
from kling_desktop.ui.brush.gestures import PaintGesture, PathGesture
from kling_desktop.ui.brush.rings import ring
from kling_desktop.ui.brush.session import Tool
from kling_desktop.ui.brush.sheet import Sheet
from kling_desktop.ui.picture_view import View
from kling_desktop.ui.theme import DARK, surround_of

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QContextMenuEvent,
        QFocusEvent,
        QImage,
        QMouseEvent,
        QPaintEvent,
        QResizeEvent,
        QWheelEvent,
    )

    from kling_desktop.records.painting import Point
    from kling_desktop.ui.brush.gestures import Gesture
    from kling_desktop.ui.brush.preview import MovePreview
    from kling_desktop.ui.brush.seats import Seats
    from kling_desktop.ui.brush.session import BrushSession

_STEP = 1.25
_PEN_STEP = 0.01
"""Of the longer side, for one press of an arrow key; ten times with Shift."""
_MARGIN = 12
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_PEN_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_AWAY = _SHIFT | Qt.KeyboardModifier.AltModifier
_DRAWS = (Tool.BRUSH, Tool.ERASER, Tool.PATH)
_BY_KEY = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
_CURSORS = {
    Tool.BRUSH: Qt.CursorShape.BlankCursor,
    Tool.ERASER: Qt.CursorShape.BlankCursor,
    Tool.HAND: Qt.CursorShape.OpenHandCursor,
    Tool.ZOOM: Qt.CursorShape.PointingHandCursor,
}


class BrushCanvas(QWidget):
    """Told the picture once; everything else it takes from the session."""

    menu_wished = Signal(QPoint)
    poured = Signal(object)
    """A point of the picture where paint was poured in."""

    def __init__(self, session: BrushSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._sheet = Sheet(session, self)
        self._margins = QMargins()
        self._gesture: Gesture | None = None
        self._panned_from: QPointF | None = None
        self._has_hand = False
        self._pointer: QPointF | None = None
        self._is_ringed = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Picture to paint on"))
        for told in (self._sheet.changed, session.chosen_changed, session.look_changed):
            told.connect(self.update)
        session.tool_changed.connect(self._on_tool)
        self._on_tool()

    @property
    def view(self) -> View:
        """Where the picture lies."""
        return self._sheet.view

    @property
    def seats(self) -> Seats:
        """What is known of the areas."""
        return self._sheet.seats

    @property
    def preview(self) -> MovePreview:
        """The move, while it is played."""
        return self._sheet.preview

    def show_picture(self, picture: QImage) -> None:
        """What is painted on; it may have fewer pixels than the picture itself."""
        self._sheet.show_picture(picture)

    def keep_free(self, margins: QMargins) -> None:
        """The edges where something else lies."""
        if margins != self._margins:
            self._margins = margins
            self._fit_room()

    def zoom(self, times: float, around: QPointF | None = None) -> None:
        """Nearer or farther."""
        self._sheet.set_view(self.view.zoomed(times, around or self.view.room.center()))

    def fit(self) -> None:
        """All of the picture."""
        self._sheet.set_view(View(self.view.size, self.view.room))

    def toggle_preview(self) -> None:
        """Play the move, or stop it."""
        if self.preview.is_playing:
            self.preview.stop()
        else:
            self._finish()
            self._sheet.play()

    def let_go(self) -> bool:
        """Ends what is going on by key or by mouse; False where nothing was."""
        was_busy = self._gesture is not None or self.preview.is_playing
        self.preview.stop()
        self._finish()
        return was_busy

    def sizeHint(self) -> QSize:
        """Room for a picture of usual shape."""
        return QSize(640, 360)

    def event(self, event: QEvent) -> bool:
        """Takes its keys before any shortcut does."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            bare = not event.modifiers() & ~(_SHIFT | Qt.KeyboardModifier.KeypadModifier)
            if bare and event.key() in {*_ARROWS, *_PEN_KEYS, Qt.Key.Key_Space}:
                event.accept()
                return True
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self._sheet.renew()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture with everything on it, then the brush."""
        ratio = self.devicePixelRatioF()
        size = (QRectF(self.rect()).size() * ratio).toSize()
        self._sheet.set_ground(size, ratio, surround_of(self.palette()))
        painter = QPainter(self)
        del event
        self._sheet.paint(painter)
        if not self.preview.is_playing:
            self._paint_hand(painter)
        if self._is_ringed:
            painter.setPen(QPen(QColor(DARK.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The picture takes the new room."""
        super().resizeEvent(event)
        self._fit_room()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A tool begins its work."""
        self.preview.stop()
        self._pointer = event.position()
        is_left = event.button() is Qt.MouseButton.LeftButton
        is_hand = self._has_hand or self._session.tool is Tool.HAND
        if event.button() is Qt.MouseButton.MiddleButton or (is_left and is_hand):
            self._panned_from = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif is_left:
            self._begin(event.position(), event.modifiers())
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """On with it; without a press only the brush's outline follows."""
        before, self._pointer = self._pointer, event.position()
        if self._panned_from is not None:
            self._sheet.set_view(self.view.moved(event.position() - self._panned_from))
            self._panned_from = event.position()
        else:
            self._go_on(event.position(), straight=bool(event.modifiers() & _SHIFT))
        self._update_brush(before)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Done."""
        if self._panned_from is not None:
            self._panned_from = None
            self._on_tool()
        elif event.button() is Qt.MouseButton.LeftButton:
            self._finish()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl nearer and farther, else up, down and aside."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(_STEP ** (event.angleDelta().y() / 120), event.position())
        else:
            fine = event.pixelDelta()
            by = QPointF(fine) if not fine.isNull() else QPointF(event.angleDelta()) / 2
            self._sheet.set_view(self.view.moved(by))
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """No brush where no pointer is."""
        super().leaveEvent(event)
        if self._gesture is None:
            before, self._pointer = self._pointer, None
            self._update_brush(before)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """By mouse or by key."""
        by_key = event.reason() is event.Reason.Keyboard
        middle = self.mapToGlobal(self.rect().center())
        self.menu_wished.emit(middle if by_key else event.globalPos())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring, and a brush in the middle, are for those who came by key."""
        super().focusInEvent(event)
        self._is_ringed = event.reason() in _BY_KEY
        if self._is_ringed:
            self._pointer = self._pen
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A stroke by key ends here."""
        super().focusOutEvent(event)
        self._is_ringed = self._has_hand = False
        self._finish()
        self._on_tool()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the pen, Enter sets it down and lifts it, Space lends the hand."""
        if event.key() in _ARROWS:
            self._move_pen(event)
        elif event.key() in _PEN_KEYS:
            self._toggle_pen()
        elif event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat() and self._gesture is None:
                self._has_hand = True
                self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """The hand goes back."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._has_hand = False
            self._on_tool()
        else:
            super().keyReleaseEvent(event)

    @property
    def _pen(self) -> QPointF:
        """Where the next stroke by key begins: the pointer, else the middle."""
        return self._pointer or self.view.room.center()

    def _begin(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        # A stroke by key that a press of the mouse comes into.
        self._finish()
        session, point = self._session, self.view.to_picture(place)
        match session.tool:
            case Tool.FILL:
                self.poured.emit(point)
            case Tool.ZOOM:
                self.zoom(_STEP ** (-2 if modifiers & _AWAY else 2), place)
            case Tool.PATH:
                self._gesture = PathGesture(session, point)
            case Tool.BRUSH | Tool.ERASER:
                session.show_area(session.chosen, shown=True)
                erases = session.tool is Tool.ERASER
                gesture = PaintGesture(session, self._sheet.layers, point, erases=erases)
                self.update(self._sheet.logical(gesture.first))
                self._gesture = gesture
            case Tool.HAND:
                pass
        self._update_brush(place)

    def _go_on(self, place: QPointF, *, straight: bool) -> None:
        if self._gesture is None:
            return
        before = self._gesture.trail
        changed = self._gesture.move(self.view.to_picture(place), straight=straight)
        self.update(self._sheet.logical(changed))
        self._update_trail(before)
        self._update_trail(self._gesture.trail)

    def _finish(self) -> None:
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            gesture.end()
            self.update()

    def _toggle_pen(self) -> None:
        if self._gesture is not None:
            self._finish()
        else:
            self._pointer = self._pen
            self._begin(self._pointer, Qt.KeyboardModifier.NoModifier)

    def _move_pen(self, event: QKeyEvent) -> None:
        x, y = _ARROWS[Qt.Key(event.key())]
        step = max(self.view.size) * _PEN_STEP * self.view.scale
        way = QPointF(x, y) * step * (10 if event.modifiers() & _SHIFT else 1)
        if self._session.tool is Tool.HAND:
            self._sheet.set_view(self.view.moved(-way))
            return
        before, place = self._pen, self.view.place
        after = before + way
        self._pointer = QPointF(
            min(max(after.x(), place.left()), place.right()),
            min(max(after.y(), place.top()), place.bottom()),
        )
        self._go_on(self._pointer, straight=False)
        self._update_brush(before)

    def _on_tool(self) -> None:
        self.setCursor(_CURSORS.get(self._session.tool, Qt.CursorShape.CrossCursor))
        self.update()

    def _fit_room(self) -> None:
        inner = self.rect().marginsRemoved(self._margins)
        room = QRectF(inner.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN))
        if room.width() < 40 or room.height() < 40:
            room = QRectF(self.rect())
        self._sheet.set_view(replace(self.view, room=room))

    def _paint_hand(self, painter: QPainter) -> None:
        if self._gesture is not None:
            trail = self._sheet.on_canvas(self._gesture.trail)
            signs.paint_path(painter, trail, chosen=False)
        if self._pointer is not None and self._session.tool in _DRAWS and not self._has_hand:
            is_down = self._gesture is not None
            signs.paint_brush(painter, self._pointer, self._radius(), down=is_down)

    def _radius(self) -> float:
        if self._session.tool is Tool.PATH:
            return 3.0
        return self._session.width / 2 * self.view.scale

    def _update_trail(self, trail: tuple[Point, ...]) -> None:
        """The last pieces and the head; the first ones stand already."""
        points = self._sheet.on_canvas(trail[-8:])
        if points:
            around = QRectF(points[0], QSize(1, 1))
            for point in points[1:]:
                around |= QRectF(point, QSize(1, 1))
            self.update(around.toAlignedRect().adjusted(-24, -24, 24, 24))

    def _update_brush(self, before: QPointF | None) -> None:
        """The ring, and not the whole disk within."""
        radius = self._radius()
        for place in (before, self._pointer):
            if place is not None:
                middle = QRect(place.toPoint(), QSize(1, 1)).adjusted(-6, -6, 6, 6)
                self.update(ring(place, radius - 6, radius + 6) | QRegion(middle))
