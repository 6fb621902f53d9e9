"""The command palette: every enabled action, found by a few of its letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, Qt
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from kling_desktop.ui.icons import icon
from kling_desktop.ui.style import set_role
from kling_desktop.ui.two_lines import FACTS, PRICE, TwoLines

if TYPE_CHECKING:
    from kling_desktop.ui.actions import Actions, Command

_ROWS = 9


class CommandPalette(QFrame):
    """Lies over the upper part of a window while it is open; gives the focus back when it goes.

    The action chosen is triggered after the palette is gone, so that it acts on the window.
    """

    def __init__(self, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        set_role(self, "floating")
        self.setAccessibleName(self.tr("All commands"))
        self._actions = actions
        self._offered: list[Command] = []
        self._came_from: QWidget | None = None
        self._search = QLineEdit(self)
        self._search.setPlaceholderText(self.tr("What would you like to do?"))
        self._search.setAccessibleName(self.tr("Find a command"))
        self._search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._search.textChanged.connect(self._fill)
        self._search.installEventFilter(self)
        self._model = QStandardItemModel(self)
        self._list = QListView(self)
        self._lay_list()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 8, 8, 8)
        self._column.setSpacing(6)
        self._column.addWidget(self._search)
        self._column.addWidget(self._list)
        self.hide()

    def open(self) -> None:
        """Show it over the window, with an empty search."""
        if self.isVisible():
            return
        self._came_from = QApplication.focusWidget()
        self._search.clear()
        self._fill()
        self.show()
        self.raise_()
        self._search.setFocus(Qt.FocusReason.PopupFocusReason)

    def dismiss(self) -> None:
        """Close without doing anything."""
        if not self.isVisible():
            return
        self.hide()
        if self._came_from is not None:
            self._came_from.setFocus(Qt.FocusReason.PopupFocusReason)
        self._came_from = None

    def shown_texts(self) -> list[str]:
        """What is listed now, from above."""
        return [self._model.index(row, 0).data() for row in range(self._model.rowCount())]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._take_key(event)
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.dismiss()
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: _ROWS,
            Qt.Key.Key_PageUp: -_ROWS,
            Qt.Key.Key_Tab: 1,
            Qt.Key.Key_Backtab: -1,
        }
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.dismiss()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(self._list.currentIndex())
        elif key in steps:
            self._move(steps[key])
        else:
            return False
        return True

    def _move(self, step: int) -> None:
        last = self._model.rowCount() - 1
        row = max(0, min(last, self._list.currentIndex().row() + step))
        self._list.setCurrentIndex(self._model.index(row, 0))

    def _run(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        command = self._offered[index.row()]
        self.dismiss()
        command.action.trigger()

    def _fill(self) -> None:
        wanted = self._search.text()
        ranked = []
        for order, command in enumerate(self._actions.all()):
            action = command.action
            if not action.isEnabled() or action is self._actions.command_palette:
                continue
            points = score(wanted, f"{command.text} {command.title}")
            if points is not None:
                ranked.append((-points, order, command))
        self._offered = [command for *_, command in sorted(ranked, key=lambda one: one[:2])]
        self._model.clear()
        for command in self._offered:
            self._model.appendRow(_row(command))
        if self._offered:
            self._list.setCurrentIndex(self._model.index(0, 0))
        self._place()

    def _lay_list(self) -> None:
        self._list.setModel(self._model)
        self._list.setItemDelegate(TwoLines(self._list))
        self._list.setAccessibleName(self.tr("Commands"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setMouseTracking(True)
        self._list.setUniformItemSizes(True)
        self._list.entered.connect(self._list.setCurrentIndex)
        self._list.clicked.connect(self._run)

    def _place(self) -> None:
        room = self.window().rect()
        width = min(room.width() - 40, max(560, self.fontMetrics().averageCharWidth() * 80))
        row = max(1, self._list.sizeHintForRow(0))
        rows = max(1, min(_ROWS, self._model.rowCount()))
        self._list.setFixedHeight(min(row * rows + 2, room.height() - 160))
        height = self._column.totalSizeHint().height()
        self.setGeometry(QRect((room.width() - width) // 2, 64, width, height))


def _row(command: Command) -> QStandardItem:
    item = QStandardItem(command.text)
    if not command.action.icon().isNull():
        item.setIcon(command.action.icon())
    item.setData(command.keys, PRICE)
    item.setData(command.tip, FACTS)
    said = ", ".join(part for part in (command.text, command.keys) if part)
    item.setData(said, Qt.ItemDataRole.AccessibleTextRole)
    return item


def score(wanted: str, text: str) -> int | None:
    """How well the letters of `wanted` fit into a text, in their order; None where they do not.

    Letters in a row and at the beginning of words count more; so does an early first letter.
    """
    letters = [letter for letter in wanted.casefold() if not letter.isspace()]
    text = text.casefold()
    places = _places(letters, text, by_word=True) or _places(letters, text, by_word=False)
    if places is None:
        return None
    points, run, before = 0, 0, -2
    for here in places:
        run = run + 1 if here == before + 1 else 1
        points += 4 * run + (6 if _starts_word(text, here) else 0) - here // 10
        before = here
    return points


def _places(letters: list[str], text: str, *, by_word: bool) -> list[int] | None:
    """Where each letter is found, one after the other; beginnings of words first if wanted."""
    places: list[int] = []
    start = 0
    for letter in letters:
        here = text.find(letter, start)
        if here < 0:
            return None
        if by_word and here > start:
            here = _at_word(letter, text, here)
        places.append(here)
        start = here + 1
    return places


def _at_word(letter: str, text: str, here: int) -> int:
    later = here
    while later >= 0:
        if _starts_word(text, later):
            return later
        later = text.find(letter, later + 1)
    return here


def _starts_word(text: str, at: int) -> bool:
    return at == 0 or not text[at - 1].isalnum()
