"""The picture with the frame on it, under mouse and keys."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from kling_desktop.ui.framing.drawing import FrameScene, PictureLayer, handle_places, paint_scene
from kling_desktop.ui.framing.geometry import Box, Handle, moved, pulled, resized
from kling_desktop.ui.picture_view import View
from kling_desktop.ui.theme import DARK, surround_of

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QFocusEvent,
        QImage,
        QMouseEvent,
        QPaintEvent,
        QResizeEvent,
        QWheelEvent,
    )

    from kling_desktop.ui.framing.session import FrameSession

HIT = 28.0
"""Logical pixels across the place where a handle is caught."""
_MARGIN = 24
_AROUND = 0.18
"""Room around a padded frame for making it larger, as a part of it."""
_STEP = 0.01
"""Of the longer side of the picture, for one press of an arrow key."""
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_SHIFT, _CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
_INSIDE: Handle = (0, 0)
_SLANTS = {1: Qt.CursorShape.SizeFDiagCursor, -1: Qt.CursorShape.SizeBDiagCursor}


class FrameCanvas(QWidget):
    """Told the picture once; the frame it takes from the session, and changes it there."""

    def __init__(self, session: FrameSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._layer = PictureLayer()
        self._view = View(session.task.size, QRectF(0, 0, 100, 100))
        self._held: tuple[Handle, QPointF, Box] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 120)
        self.setAccessibleName(self.tr("Frame on the picture"))
        session.changed.connect(self._on_changed)

    @property
    def has_picture(self) -> bool:
        """Whether there is something to see yet."""
        return not self._layer.is_empty

    def show_picture(self, picture: QImage) -> None:
        """What is framed; it may have fewer pixels than the picture itself."""
        self._layer.set_image(picture)
        self.update()

    def frame_place(self) -> QRectF:
        """Where the frame lies on the canvas."""
        box = self._session.box
        corner = self._view.to_canvas((box.left, box.top))
        return QRectF(corner, QSizeF(box.width, box.height) * self._view.scale)

    def sizeHint(self) -> QSize:
        """Room for a picture of usual shape."""
        return QSize(640, 360)

    def event(self, event: QEvent) -> bool:
        """Takes its keys before any shortcut of the window does."""
        is_claim = event.type() is QEvent.Type.ShortcutOverride
        if is_claim and isinstance(event, QKeyEvent) and event.key() in _ARROWS:
            event.accept()
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """All of it: a copy of pixels and a few lines."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), surround_of(self.palette()))
        if self.has_picture:
            scene = FrameScene(
                picture=self._view.place,
                frame=self.frame_place(),
                fill=self._session.fill,
                pads=self._session.pads,
                is_busy=self._held is not None,
                has_focus=self.hasFocus(),
                accent=DARK.accent,
            )
            paint_scene(painter, self._layer, scene, self.devicePixelRatioF())
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The picture takes the new room."""
        super().resizeEvent(event)
        self._fit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Catch a handle, or the frame as a whole."""
        handle = self._handle_at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and handle is not None:
            self._held = (handle, event.position(), self._session.box)
            self.setCursor(_cursor(handle, held=True))
            self.update()
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pull it; without a press only the pointer tells what could be caught."""
        if self._held is None:
            self.setCursor(_cursor(self._handle_at(event.position())))
            return
        handle, begin, box = self._held
        way = (event.position() - begin) / self._view.scale
        self._session.put(pulled(box, self._session.rules, handle, way.x(), way.y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let it go."""
        if self._held is not None and event.button() is Qt.MouseButton.LeftButton:
            self.let_go()
            self.setCursor(_cursor(self._handle_at(event.position())))

    def let_go(self) -> None:
        """Ends a pull."""
        if self._held is not None:
            self._held = None
            self._session.settle()
            self._on_changed()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Larger and smaller about the middle."""
        step = event.angleDelta().y() / 120 * self._step() * 2
        if step and self._held is None:
            box = self._session.box
            by = step, step * box.height / box.width
            self._session.put(resized(box, self._session.rules, *by))
            self._session.settle()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, with Shift they change the size; with Ctrl by single pixels."""
        if event.key() not in _ARROWS:
            super().keyPressEvent(event)
            return
        x, y = _ARROWS[Qt.Key(event.key())]
        step = 1.0 if event.modifiers() & _CONTROL else self._step()
        change = resized if event.modifiers() & _SHIFT else moved
        self._session.put(change(self._session.box, self._session.rules, x * step, y * step))
        self._session.settle()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The handles say who has the keys."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A pull ends with it."""
        super().focusOutEvent(event)
        self.let_go()
        self.update()

    def _step(self) -> float:
        return max(1.0, max(self._session.task.size) * _STEP)

    def _on_changed(self) -> None:
        # The picture stands still while the frame is pulled, or both would run away.
        if self._held is None:
            self._fit()
        self.update()

    def _fit(self) -> None:
        """All of the picture, and all of the frame, are to be seen."""
        room = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        if room.width() < 40 or room.height() < 40:
            room = QRectF(self.rect())
        self._view = replace(_seen(self._session, room), room=room)
        self.update()

    def _handle_at(self, place: QPointF) -> Handle | None:
        frame = self.frame_place()
        near = {
            handle: max(abs(middle.x() - place.x()), abs(middle.y() - place.y()))
            for handle, middle in handle_places(frame).items()
        }
        handle = min(near, key=lambda one: near[one])
        if near[handle] <= HIT / 2:
            return handle
        return _INSIDE if frame.contains(place) else None


def _seen(session: FrameSession, room: QRectF) -> View:
    """The picture fitted into the room, or smaller, so that a frame around it is seen as well."""
    view = View(session.task.size, room)
    if not session.pads:
        return view
    box, (width, height) = session.box, session.task.size
    across, down = box.width * (1 + _AROUND), box.height * (1 + _AROUND)
    wanted = min(room.width() / across, room.height() / down)
    x, y = box.middle
    return View(view.size, room, min(wanted / view.scale, 1.0), (x / width, y / height))


def _cursor(handle: Handle | None, *, held: bool = False) -> Qt.CursorShape:
    if handle is None:
        return Qt.CursorShape.ArrowCursor
    if handle == _INSIDE:
        return Qt.CursorShape.ClosedHandCursor if held else Qt.CursorShape.OpenHandCursor
    x, y = handle
    if x and y:
        return _SLANTS[x * y]
    return Qt.CursorShape.SizeHorCursor if x else Qt.CursorShape.SizeVerCursor
