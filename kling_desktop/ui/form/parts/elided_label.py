"""A label that shortens itself to its room, and tells the whole in its tooltip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget


class ElidedLabel(QLabel):
    """`text()` stays whole; only what is drawn is shortened."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        color: str = "",
        least: int = 3,
    ) -> None:
        """`least` is the number of characters that are never given up."""
        super().__init__(text, parent)
        self._mode = mode
        self._color = color
        self._least = least
        self._own_tip = False
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        whole = self.sizeHint()
        least = self.fontMetrics().averageCharWidth() * self._least
        return QSize(min(whole.width(), least), whole.height())

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        # One pixel more: a text that just fits must not lose its end to rounding.
        return QSize(metrics.horizontalAdvance(self.text()) + 1, metrics.height())

    def shown_text(self) -> str:
        """What there is room for."""
        return self.fontMetrics().elidedText(self.text(), self._mode, self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_short = self.shown_text() != self.text()
        if is_short or self._own_tip:
            self.setToolTip(self.text() if is_short else "")
            self._own_tip = is_short

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        pen = self._color or self.palette().color(self.foregroundRole())
        painter.setPen(pen)
        align = QStyle.visualAlignment(self.layoutDirection(), self.alignment())
        painter.drawText(self.rect(), int(align | Qt.AlignmentFlag.AlignVCenter), self.shown_text())
