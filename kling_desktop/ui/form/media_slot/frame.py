"""The face of a slot: takes drags, presses and keys, and says what was offered or wished."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from kling_desktop.records.media import MediaKind
from kling_desktop.ui.form.media_slot.canvas import Canvas, Face, Hover
from kling_desktop.ui.form.media_slot.mime import Refusal, glance
from kling_desktop.ui.form.media_slot.sentences import invitation, refusal

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QContextMenuEvent,
        QDragEnterEvent,
        QDragLeaveEvent,
        QDragMoveEvent,
        QDropEvent,
        QFocusEvent,
        QMouseEvent,
        QPaintEvent,
        QResizeEvent,
    )

    from kling_desktop.ui.form.media_slot.strip import Strip

_LEAST, _MOST = 104, 220
_SHAPE = 0.41
_SMALL = 84
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_ICONS = {
    MediaKind.IMAGE: "image",
    MediaKind.MASK: "image",
    MediaKind.VIDEO: "video",
    MediaKind.AUDIO: "audio-lines",
    MediaKind.FILE: "file-plus",
}


class _Wish(Enum):
    PASTE = auto()
    BROWSE = auto()
    COPY = auto()
    CLEAR = auto()


class SlotFrame(QWidget):
    """Knows nothing of what it shows but the picture and one line of words."""

    dropped = Signal(object)
    """The QMimeData of a drop or a paste."""
    browse_wanted = Signal()
    clear_wanted = Signal()
    copy_wanted = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, kind: MediaKind, strip: Strip, *, small: bool = False) -> None:
        super().__init__()
        self._kind = kind
        self._small = small
        self._canvas = Canvas()
        self._hover = Hover.NONE
        self._line = ""
        self._busy = ""
        self._filled = self._is_modest = False
        self._wrong = False
        self._strip = strip
        self._inside: QWidget | None = None
        strip.setParent(self)
        strip.hide()
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(not small)
        self.setSizePolicy(policy)

    def put_inside(self, widget: QWidget) -> None:
        """Let something stand above the strip in place of a picture, while there is a file."""
        self._inside = widget
        widget.setParent(self)
        self._place_strip()

    def show_content(self, *, filled: bool, image: QImage | None = None) -> None:
        """Whether there is something, and how it looks."""
        if filled != self._filled:
            self._filled = filled
            self.updateGeometry()
        self._canvas.set_image(image if image is not None else QImage())
        self._strip.setVisible(filled)
        self._cover(is_covered=bool(self._busy))
        self.setCursor(Qt.CursorShape.ArrowCursor if filled else Qt.CursorShape.PointingHandCursor)
        self._place_strip()
        self.update()

    def be_modest(self) -> None:
        """Take little room while there is nothing: what comes below is wanted sooner."""
        self._is_modest = True
        self.updateGeometry()

    def show_busy(self, words: str) -> None:
        """What is going on; empty when it is over."""
        self._busy = words
        self._cover(is_covered=bool(words))
        self.update()

    def mark_wrong(self, *, wrong: bool) -> None:
        """Frame it."""
        self._wrong = wrong
        self.update()

    def line(self) -> str:
        """The words on the face, if any are shown."""
        if self._hover is not Hover.NONE:
            return self._line
        if self._busy:
            return self._busy
        return "" if self._filled else invitation(self._kind)

    def sizeHint(self) -> QSize:
        return QSize(320, self.heightForWidth(320))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, _SMALL)

    def heightForWidth(self, width: int) -> int:
        if self._small or (self._is_modest and not self._filled):
            return _SMALL
        wanted = min(max(round(width * _SHAPE), _LEAST), _MOST)
        return max(wanted, self.fontMetrics().height() * 5)

    def event(self, event: QEvent) -> bool:
        # The window has its own Delete, Copy and Paste; on a slot they mean the slot.
        is_key = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_key and self._wish_of(event) is not None:  # type: ignore[arg-type]
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match self._wish_of(event):
            case _Wish.PASTE:
                self.dropped.emit(QGuiApplication.clipboard().mimeData())
            case _Wish.BROWSE:
                self.browse_wanted.emit()
            case _Wish.COPY:
                self.copy_wanted.emit()
            case _Wish.CLEAR:
                self.clear_wanted.emit()
            case None:
                super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if inside and event.button() == Qt.MouseButton.LeftButton and not self._filled:
            self.browse_wanted.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._filled:
            self.browse_wanted.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        reason = glance(event.mimeData(), self._kind)
        if reason is Refusal.NOTHING:
            event.ignore()
            return
        # Taken even where it will be refused: otherwise no one is told when the drag is gone.
        event.acceptProposedAction() if reason is None else event.accept()
        self._hover = Hover.WELCOME if reason is None else Hover.REFUSED
        self._line = self.tr("Let go to use it") if reason is None else refusal(reason, self._kind)
        self._strip.hide()
        self._cover(is_covered=True)
        self.update()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if self._hover is Hover.WELCOME:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._end_drag()

    def dropEvent(self, event: QDropEvent) -> None:
        self._end_drag()
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.dropped.emit(event.mimeData())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        is_busy = bool(self._busy) and self._hover is Hover.NONE
        face = Face(
            line=self.line(),
            icon_name="loader-circle" if is_busy else _ICONS[self._kind],
            hover=self._hover,
            is_filled=self._filled and not is_busy,
            is_wrong=self._wrong,
            has_focus=self.hasFocus(),
            is_pointed_at=self.underMouse(),
            is_covered=self._inside is not None and self._inside.isVisible(),
            bottom=self._strip.height() if self._filled else 0,
        )
        self._canvas.paint(QPainter(self), self.rect(), face)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_strip()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _end_drag(self) -> None:
        self._hover = Hover.NONE
        self._strip.setVisible(self._filled)
        self._cover(is_covered=bool(self._busy))
        self.update()

    def _cover(self, *, is_covered: bool) -> None:
        """Words take the place of what stands inside."""
        if self._inside is not None:
            self._inside.setVisible(self._filled and not is_covered)

    def _place_strip(self) -> None:
        height = self._strip.sizeHint().height()
        top = self.height() - height - 1
        self._strip.setGeometry(1, top, self.width() - 2, height)
        if self._inside is not None:
            self._inside.setGeometry(2, 2, self.width() - 4, top - 2)

    def _wish_of(self, event: QKeyEvent) -> _Wish | None:
        if event.matches(QKeySequence.StandardKey.Paste):
            return _Wish.PASTE
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            return None if event.modifiers() & ~_KEYPAD else _Wish.BROWSE
        if not self._filled:
            return None
        if event.matches(QKeySequence.StandardKey.Copy):
            return _Wish.COPY
        is_delete = event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}
        return _Wish.CLEAR if is_delete and not event.modifiers() & ~_KEYPAD else None
