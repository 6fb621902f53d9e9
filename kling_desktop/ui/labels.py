"""Labels and buttons that shorten their text with an ellipsis instead of being cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy

from kling_desktop.ui.style import set_role

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QStyleOptionButton, QWidget

_LEAST_SIGNS = 4
"""An elided text may shrink to about so many letters and no further."""


class ElidedLabel(QLabel):
    """One line that elides, in the middle unless told otherwise; the whole text is the tooltip.

    `text()` is what is shown; `full_text()` is what was given.
    """

    def __init__(
        self,
        text: str = "",
        role: str = "",
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._full = ""
        self._mode = mode
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setIndent(0)  # with padding Qt adds half a letter that no size hint here counts
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if role:
            set_role(self, role)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Give the whole text."""
        if text == self._full and self.text():
            return
        self._full = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self._shorten()

    def full_text(self) -> str:
        """The text as given."""
        return self._full

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        width = self.fontMetrics().horizontalAdvance(self._full) + 1
        return QSize(width + self._frame_width(), hint.height())

    def minimumSizeHint(self) -> QSize:
        least = self.fontMetrics().horizontalAdvance("m" * _LEAST_SIGNS)
        hint = self.sizeHint()
        return QSize(min(hint.width(), least + self._frame_width()), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shorten()

    def _frame_width(self) -> int:
        return self.width() - self.contentsRect().width() if self.width() > 0 else 0

    def _shorten(self) -> None:
        room = self.contentsRect().width()
        shown = self.fontMetrics().elidedText(self._full, self._mode, max(room, 0))
        super().setText(shown if room > 0 else self._full)
        self.setToolTip(self._full if shown != self._full else "")


class ElidedButton(QPushButton):
    """A push button whose text elides in the middle, so that a price at its end stays in sight.

    It may have a short text for narrow places; what is read aloud stays the whole one.
    """

    _is_measuring = False
    _short = ""

    def set_texts(self, text: str, short: str = "") -> None:
        """The whole text, and one that takes its place where that does not fit."""
        self._short = short
        self.setText(text)
        self.update()

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        super().initStyleOption(option)
        if not self._is_measuring:
            option.text = self.shown_text()

    def sizeHint(self) -> QSize:
        self._is_measuring = True
        hint = super().sizeHint()
        self._is_measuring = False
        return hint

    def shown_text(self) -> str:
        """The text as it is painted."""
        font = QFont(self.font())
        if self.isChecked():
            font.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetrics(font)
        plain, strong = (
            one.horizontalAdvance(self.text()) for one in (self.fontMetrics(), metrics)
        )
        frame = self.sizeHint().width() - plain
        if strong + frame <= self.width():
            return self.text()
        room = max(0, self.width() - frame)
        if self._short and metrics.horizontalAdvance(self._short) <= room:
            return self._short
        return metrics.elidedText(self.text(), Qt.TextElideMode.ElideMiddle, room)

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        least = self.fontMetrics().horizontalAdvance("m" * (2 * _LEAST_SIGNS))
        return QSize(min(hint.width(), least), hint.height())


def wrapped(text: str = "", role: str = "secondary", parent: QWidget | None = None) -> QLabel:
    """A label of several lines that never asks for width."""
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setMinimumWidth(1)
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    label.setSizePolicy(policy)
    set_role(label, role)
    return label


def fit_to_text(window: QWidget, signs: int) -> None:
    """Make a dialog about so many letters wide, and just as high as its wrapped text needs."""
    layout = window.layout()
    if layout is None:
        return
    room = window.screen().availableGeometry()
    width = min(room.width(), window.fontMetrics().averageCharWidth() * signs)
    width = max(width, layout.totalMinimumSize().width())
    height = min(room.height(), layout.totalHeightForWidth(width))
    window.setMinimumSize(width, height)
    window.resize(width, height)
