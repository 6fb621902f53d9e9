"""The frame as a whole: the picture, the bars below it, and their keys."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QFrame, QLabel, QVBoxLayout, QWidget

from kling_desktop.ui.framing.bars import OutBar, ShapeBar
from kling_desktop.ui.framing.canvas import FrameCanvas
from kling_desktop.ui.framing.session import FrameSession
from kling_desktop.ui.style import set_role

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage

    from kling_desktop.ui.framing.session import FrameTask

_WINDOW_KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FramePanel(QFrame):
    """One picture, from opening to Apply or Cancel."""

    applied = Signal(object)
    """The Framing that was chosen."""
    cancelled = Signal()

    def __init__(self, task: FrameTask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "stage")
        self.setAccessibleName(self.tr("Frame of {name}").format(name=task.name))
        self.session = FrameSession(task, self)
        self.canvas = FrameCanvas(self.session, self)
        self._shape = ShapeBar(self.session, self)
        self._out = OutBar(self.session, self)
        self._wait = QLabel(self.tr("Reading…"), self.canvas)
        set_role(self._wait, "picture-chip")
        self._lay_out()
        self._out.cancelled.connect(self.cancelled)
        self._out.applied.connect(self.apply)
        self.session.changed.connect(self._describe)
        self._describe()

    def show_picture(self, picture: QImage | None) -> None:
        """What is framed; None where it cannot be shown, though it can be framed."""
        self._wait.setVisible(picture is None)
        if picture is None:
            self._wait.setText(self.tr("This picture cannot be shown here."))
            self._wait.adjustSize()
        else:
            self.canvas.show_picture(picture)

    def apply(self) -> None:
        """Hands the frame back, where the model takes what comes of it."""
        self.canvas.let_go()
        if self._out.can_apply:
            self.applied.emit(self.session.framing)

    def event(self, event: QEvent) -> bool:
        """Claims plain keys before the window sees them: its own mean a clip that is not shown."""
        is_key = event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_key and not event.modifiers() & _WINDOW_KEYS:  # type: ignore[attr-defined]  # a key
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that nobody inside used."""
        act = self._act_of(event)
        if act is None:
            super().keyPressEvent(event)
        else:
            act()

    def _act_of(self, event: QKeyEvent) -> Callable[[], None] | None:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return None
        if event.key() == Qt.Key.Key_Escape:
            return self.cancelled.emit
        is_free = not isinstance(QApplication.focusWidget(), QComboBox)
        return self.apply if event.key() in _ENTER and is_free else None

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.canvas, 1)
        for bar in (self._shape, self._out):
            rule = QFrame(self)
            set_role(rule, "rule")
            rule.setFixedHeight(1)
            column.addWidget(rule)
            column.addWidget(bar)
        self._wait.move(12, 12)
        self._wait.adjustSize()
        for before, after in pairwise((self.canvas, *self._shape.stops(), *self._out.stops())):
            QWidget.setTabOrder(before, after)

    def _describe(self) -> None:
        box = self.session.framing
        keys = self.tr("Arrows move the frame, with Shift they change its size.")
        where = self.tr("{left} from the left, {top} from the top.").format(
            left=box.left, top=box.top
        )
        self.canvas.setAccessibleDescription(f"{self._out.words()} {where} {keys}")
