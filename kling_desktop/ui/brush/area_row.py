"""One area in the list: number, name, what is there of it, seen or not, away with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QLineEdit, QToolButton, QWidget

from kling_desktop.records.painting import STILL
from kling_desktop.ui.area_look import name_of, paint_badge
from kling_desktop.ui.icons import icon
from kling_desktop.ui.labels import ElidedLabel
from kling_desktop.ui.style import set_mark, set_role
from kling_desktop.ui.theme import tokens_of

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from kling_desktop.media.regions import Region
    from kling_desktop.records.painting import Area

_LONGEST_NAME = 40


class AreaRow(QFrame):
    """Shows an area that it is told, and says what a person does with it."""

    chosen = Signal(int)
    renamed = Signal(int, str)
    shown_changed = Signal(int, bool)
    removed = Signal(int)

    def __init__(self, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "area-row")
        self.number = number
        self._is_short = False
        self._said = ""
        self._badge = _Badge(number, self)
        self._badge.clicked.connect(lambda: self.chosen.emit(number))
        self._name = _Name(self)
        self._name.entered.connect(lambda: self.chosen.emit(number))
        self._name.editingFinished.connect(self._on_name)
        self._facts = ElidedLabel("", "tertiary", Qt.TextElideMode.ElideRight, self)
        self._eye = _small("eye", self)
        self._eye.setCheckable(True)
        self._eye.setIcon(icon("eye-off", checked="eye"))
        self._eye.clicked.connect(lambda seen: self.shown_changed.emit(number, seen))
        self._trash = _small("trash-2", self)
        self._trash.clicked.connect(lambda: self.removed.emit(number))
        row = self._line = QHBoxLayout(self)
        row.setContentsMargins(4, 3, 4, 3)
        row.setSpacing(6)
        row.addWidget(self._badge)
        row.addWidget(self._name, 1)
        row.addWidget(self._facts)
        row.addWidget(self._eye)
        row.addWidget(self._trash)

    def show_area(self, area: Area, region: Region | None, *, is_chosen: bool) -> None:
        """How it is now."""
        name = self._said = name_of(area)
        if not self._name.hasFocus() and self._name.text() != name:
            self._name.setText(name)
            self._name.setCursorPosition(0)
        self._facts.setText(_short_facts(self, area, region))
        facts = _facts(self, area, region)
        self.setToolTip(facts)
        set_mark(self, "chosen", is_chosen)
        self._badge.setChecked(is_chosen)
        self._trash.setVisible(is_chosen and not self._is_short)
        self._eye.setChecked(area.shown)
        self._describe(name, facts, shown=area.shown)

    def show_short(self, *, short: bool) -> None:
        """Only the number, or all."""
        self._is_short = short
        for part in (self._name, self._facts, self._eye):
            part.setVisible(not short)
        self._trash.setVisible(not short and self._badge.isChecked())
        self._line.invalidate()

    def stops(self) -> tuple[QWidget, ...]:
        """In the order of Tab."""
        return self._badge, self._name, self._eye, self._trash

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Anywhere on the row chooses it."""
        super().mousePressEvent(event)
        self.chosen.emit(self.number)

    def _on_name(self) -> None:
        text = " ".join(self._name.text().split())
        self.renamed.emit(self.number, text)
        self._name.setText(self._said)

    def _describe(self, name: str, facts: str, *, shown: bool) -> None:
        chosen = self.tr("Paint on {area}").format(area=name)
        self._badge.setAccessibleName(chosen)
        self._badge.setAccessibleDescription(facts)
        self._badge.setToolTip(chosen)
        self._name.setAccessibleName(self.tr("Name of {area}").format(area=name))
        hide = self.tr("Hide {area} on the screen. It is sent all the same.")
        words = hide if shown else self.tr("Show {area}")
        delete = self.tr("Clear {area}") if self.number == STILL else self.tr("Delete {area}")
        for button, text in ((self._eye, words), (self._trash, delete)):
            said = text.format(area=name)
            button.setToolTip(said)
            button.setAccessibleName(said)


class _Badge(QAbstractButton):
    """The number on its color, with a pin for what holds still."""

    def __init__(self, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._number = number
        self.setCheckable(True)
        self.setFixedSize(QSize(24, 24))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def nextCheckState(self) -> None:
        """Who is chosen is told from outside."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """The badge, and a ring where the keyboard is."""
        del event
        painter = QPainter(self)
        paint_badge(painter, QRectF(self.rect()).adjusted(3, 3, -3, -3), self._number, square=True)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(tokens_of(self.palette()).accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)
        painter.end()


class _Name(QLineEdit):
    """A name that looks like a label until someone writes."""

    entered = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "name")
        self.setMaxLength(_LONGEST_NAME)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("mmmm"))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Who names an area paints on it next."""
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The beginning is what is read."""
        super().focusOutEvent(event)
        self.setCursorPosition(0)


def _small(drawing: str, parent: QWidget) -> QToolButton:
    button = QToolButton(parent)
    set_role(button, "icon")
    button.setIcon(icon(drawing))
    button.setIconSize(QSize(16, 16))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _percent(region: Region) -> str:
    share = region.share * 100
    return "<1" if 0 < share < 1 else f"{share:.0f}"


def _short_facts(row: AreaRow, area: Area, region: Region | None) -> str:
    if not area.marks or region is None or not region.share:
        return row.tr("empty")
    if area.number == STILL:
        return row.tr("{percent} %").format(percent=_percent(region))
    if not area.path:
        return row.tr("no path")
    return row.tr("{count} points").format(count=len(area.path))


def _facts(row: AreaRow, area: Area, region: Region | None) -> str:
    if not area.marks or region is None or not region.share:
        painted = row.tr("Nothing is painted yet.")
    else:
        percent = _percent(region)
        painted = row.tr("{percent} % of the picture is painted.").format(percent=percent)
    if area.number == STILL:
        return painted
    if not area.path:
        return f"{painted} " + row.tr("It has no path yet.")
    return f"{painted} " + row.tr("Its path has {count} points.").format(count=len(area.path))
