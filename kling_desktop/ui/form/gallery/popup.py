"""The gallery itself: a search above, and everything that was found below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QLineEdit, QListView, QVBoxLayout

from kling_desktop.ui.form.gallery.entries import ENTRY, Entries, Entry
from kling_desktop.ui.form.gallery.tiles import Tiles, width_of
from kling_desktop.ui.icons import icon
from kling_desktop.ui.popup_place import place_below
from kling_desktop.ui.style import set_role
from kling_desktop.ui.words import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

_PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_ARROWS = {Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}
_MOST_COLUMNS = 3
_LINES_HIGH = 22
_LEAST_LINES = 12


class Gallery(QFrame):
    """Typing searches, arrow keys move, Enter or a click chooses, Escape leaves all as it was."""

    chosen = Signal(int)
    """The place of the entry."""

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        set_role(self, "popup")
        self.setAccessibleName(name)
        self._entries = Entries(self)
        self._tiles = Tiles(self)
        self._search = QLineEdit(self)
        self._search.setPlaceholderText(self.tr("Search"))
        self._search.setAccessibleName(self.tr("Search: {field}").format(field=name))
        self._search.setClearButtonEnabled(True)
        self._search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._search.textChanged.connect(self._on_search)
        self._search.installEventFilter(self)
        self._list = _Columns(self)
        self._list.setAccessibleName(name)
        self._list.setModel(self._entries)
        self._list.setItemDelegate(self._tiles)
        self._list.clicked.connect(self._choose)
        self._list.installEventFilter(self)
        self._list.viewport().installEventFilter(self)
        self._count = QLabel(self)
        set_role(self._count, "tertiary")
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addWidget(self._search)
        column.addWidget(self._list, 1)
        column.addWidget(self._count)

    def show_entries(self, entries: Sequence[Entry], chosen: int) -> None:
        """All there is, and the place of the one that is chosen now, or -1."""
        self._tiles.chosen = chosen
        self._entries.show_entries(entries)
        self._show_count()

    def open_below(self, anchor: QWidget, typed: str = "") -> None:
        """Open right below a widget, at least as wide; `typed` is searched for at once.

        Where hardly anything were to be seen there, it opens above.
        """
        room = anchor.screen().availableGeometry()
        size = self._wish(anchor.width()).boundedTo(room.size())
        top = anchor.mapToGlobal(QPoint(0, 0)).y()
        below, above = room.bottom() - top - anchor.height() - 4, top - room.top() - 4
        least = self.fontMetrics().lineSpacing() * _LEAST_LINES
        is_above = below < min(least, size.height()) and above > below
        size.setHeight(min(size.height(), max(least, above if is_above else below)))
        self.resize(size)
        place = place_below(self, anchor)
        if is_above:
            place.setY(max(room.top(), top - 4 - size.height()))
        self.move(place)
        self.show()
        self._lay_columns()
        self._search.setText(typed)
        self._search.setFocus(Qt.FocusReason.PopupFocusReason)
        self._go_to(self._tiles.chosen)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._take_key(watched, event)
        if watched is self._list.viewport() and event.type() == QEvent.Type.Resize:
            self._lay_columns()
        return super().eventFilter(watched, event)

    def _take_key(self, watched: QObject, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self._list.currentIndex())
        elif watched is self._search and event.key() in _ARROWS:
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)
            QApplication.sendEvent(self._list, event)
        elif watched is self._list and event.key() in _PAGES:
            self._turn_page(_PAGES[Qt.Key(event.key())])
        elif watched is self._list and (event.text().isprintable() and event.text()):
            self._search.setFocus(Qt.FocusReason.OtherFocusReason)
            QApplication.sendEvent(self._search, event)
        else:
            return False
        return True

    def _wish(self, least: int) -> QSize:
        widest = self._widest()
        wide = max(least, widest * 2 + 40)
        high = self.fontMetrics().lineSpacing() * _LINES_HIGH
        rows = self._entries.rowCount() * (self.fontMetrics().lineSpacing() + 14)
        return QSize(wide, min(high, rows // max(1, wide // widest) + 140))

    def _widest(self) -> int:
        metrics = self.fontMetrics()
        return max((width_of(one, metrics) for one in self._entries.entries()), default=120)

    def _lay_columns(self) -> None:
        room = self._list.viewport().width() - 1
        columns = max(1, min(_MOST_COLUMNS, room // max(1, self._widest_of_all)))
        if (room, room // columns) != (self._tiles.line, self._tiles.column):
            self._tiles.line, self._tiles.column = room, room // columns
            self._list.scheduleDelayedItemsLayout()

    def _on_search(self, text: str) -> None:
        self._entries.narrow(text)
        self._go_to(-1 if text else self._tiles.chosen)
        self._show_count()

    def _show_count(self) -> None:
        if not self._search.text():
            self._widest_of_all = self._widest()
        found = len(self._entries.entries())
        none = self.tr("Nothing is called so.")
        self._count.setText(counted(found, "%n entry", "%n entries", "Gallery") if found else none)

    def _go_to(self, place: int) -> None:
        row = self._entries.row_of(place)
        index = self._entries.index(row, 0)
        self._list.setCurrentIndex(index)
        self._list.scrollTo(index)

    def _turn_page(self, step: int) -> None:
        """Qt stays where it is when a heading stands where the page would end."""
        here = self._list.visualRect(self._list.currentIndex()).center()
        wanted = here + QPoint(0, step * self._list.viewport().height())
        rows = range(self._entries.rowCount())
        indexes = [self._entries.index(row, 0) for row in rows]
        ends = [one for one in indexes if isinstance(one.data(ENTRY), Entry)]

        def distance(one: QModelIndex) -> int:
            return (self._list.visualRect(one).center() - wanted).manhattanLength()

        nearest = min(ends, key=distance, default=None)
        if nearest is not None:
            self._list.setCurrentIndex(nearest)
            self._list.scrollTo(nearest)

    def _choose(self, index: QModelIndex) -> None:
        entry = index.data(ENTRY)
        if isinstance(entry, Entry):
            self.close()
            self.chosen.emit(entry.place)


class _Columns(QListView):
    """Lines of entries that break where the room ends."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.entered.connect(self.setCurrentIndex)
