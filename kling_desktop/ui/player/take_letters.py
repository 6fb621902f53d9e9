"""The letters of a shot's takes, the one on the stage in bold: A · B · C."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from kling_desktop.ui.player.chip import INK, chip_font, chip_height, paint_ground
from kling_desktop.ui.theme import DARK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from kling_desktop.records.clip import Clip

MOST = 8
_EDGE = 6


class TakeLetters(QWidget):
    """Each letter leads to its take. Of many takes those around the present one are shown."""

    take_chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Takes of this shot"))
        self._letters: list[_Letter] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(_EDGE, 0, _EDGE, 0)
        self._row.setSpacing(0)

    def show_takes(self, clip: Clip, takes: Sequence[Clip]) -> None:
        """The takes of the clip's shot, A first. One take alone needs no letter."""
        shown = around(takes, clip) if len(takes) > 1 else []
        ids = [take.clip_id for take in shown]
        if ids != [letter.clip_id for letter in self._letters]:
            self._build(shown)
        for letter in self._letters:
            letter.set_chosen(chosen=letter.clip_id == clip.clip_id)
        self.setVisible(bool(shown))

    def stops(self) -> list[QWidget]:
        """What Tab comes to."""
        return list(self._letters)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """One pill behind all, and the dots between."""
        painter = QPainter(self)
        paint_ground(painter, QRectF(self.rect()))
        painter.setPen(QColor(DARK.text2))
        painter.setFont(chip_font())
        for before, after in zip(self._letters, self._letters[1:], strict=False):
            between = before.geometry().united(after.geometry())
            painter.drawText(between, Qt.AlignmentFlag.AlignCenter, "·")
        painter.end()

    def _build(self, takes: Sequence[Clip]) -> None:
        for letter in self._letters:
            self._row.removeWidget(letter)
            letter.hide()
            letter.deleteLater()
        self._letters = [_Letter(take, self) for take in takes]
        for letter in self._letters:
            self._row.addWidget(letter)
            letter.clicked.connect(lambda _=False, one=letter.clip_id: self.take_chosen.emit(one))
            letter.show()


class _Letter(QToolButton):
    def __init__(self, take: Clip, parent: QWidget) -> None:
        super().__init__(parent)
        self.clip_id = take.clip_id
        self._is_chosen = False
        self.setText(take.take_letter)
        self.setToolTip(self.tr("Show take {letter}.").format(letter=take.take_letter))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_chosen(self, *, chosen: bool) -> None:
        """Whether that take is on the stage."""
        self._is_chosen = chosen
        self.setChecked(chosen)
        name = self.tr("Take {letter}, on the stage") if chosen else self.tr("Take {letter}")
        self.setAccessibleName(name.format(letter=self.text()))
        self.update()

    def nextCheckState(self) -> None:
        """Only what is on the stage decides which letter is bold."""

    def sizeHint(self) -> QSize:
        """A bold letter, with room for half a dot on either side."""
        metrics = QFontMetrics(_font(bold=True))
        width = metrics.horizontalAdvance(self.text()) + metrics.height() * 0.75
        return QSize(math.ceil(width), chip_height())

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The letter, and a ring where the focus is."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(QColor(DARK.accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 6, 6)
        is_lit = self._is_chosen or self.underMouse()
        painter.setPen(INK if is_lit else QColor(DARK.text2))
        painter.setFont(_font(bold=self._is_chosen))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()


def around(takes: Sequence[Clip], clip: Clip) -> list[Clip]:
    """At most MOST neighbors, the present one among them."""
    here = next((n for n, take in enumerate(takes) if take.clip_id == clip.clip_id), 0)
    first = max(0, min(here - MOST // 2, len(takes) - MOST))
    return list(takes[first : first + MOST])


def _font(*, bold: bool) -> QFont:
    font = chip_font()
    if bold:
        font.setWeight(QFont.Weight.DemiBold)
    return font
