"""What a gallery holds: entries below the headings of their groups, narrowed by a search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from collections.abc import Sequence

    Index = QModelIndex | QPersistentModelIndex

ENTRY = Qt.ItemDataRole.UserRole + 1
_NOWHERE = QModelIndex()
"""What of an entry is told for a role; a heading is its text for all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing to choose."""

    place: int
    title: str
    group: str = ""
    badge: str = ""
    """A few words on what it asks for."""
    words: str = ""
    """Further words by which it is found."""
    remark: str = ""
    """What else there is to say of it, to who asks."""

    @property
    def said(self) -> str:
        """All of it in one line."""
        return ", ".join(part for part in (self.title, self.badge, self.group) if part)

    @property
    def tip(self) -> str:
        """All of it, and what else there is to say."""
        return "\n".join(part for part in (self.said, self.remark) if part)

    @property
    def found_by(self) -> str:
        """What the search looks through."""
        return f"{self.title} {self.group} {self.badge} {self.words}".casefold()


class Entries(QAbstractListModel):
    """Rows are entries and headings; a heading is a text, cannot be chosen, and takes a line."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._all: tuple[Entry, ...] = ()
        self._found_by: tuple[str, ...] = ()
        self._rows: list[Entry | str] = []

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Other entries; those of one group are brought together, groups as they first come."""
        groups = {group: place for place, group in enumerate(dict.fromkeys(_groups(entries)))}
        self._all = tuple(sorted(entries, key=lambda one: groups[one.group]))
        self._found_by = tuple(one.found_by for one in self._all)
        self.narrow("")

    def narrow(self, search: str) -> None:
        """Only those that have every word of the search somewhere."""
        wanted = search.casefold().split()
        pairs = zip(self._all, self._found_by, strict=True)
        found = [one for one, text in pairs if all(word in text for word in wanted)]
        self.beginResetModel()
        self._rows = list(_with_headings(found))
        self.endResetModel()

    def entries(self) -> tuple[Entry, ...]:
        """Those that are shown."""
        return tuple(one for one in self._rows if isinstance(one, Entry))

    def row_of(self, place: int) -> int:
        """The row of an entry, or of the first one."""
        rows = {one.place: row for row, one in enumerate(self._rows) if isinstance(one, Entry)}
        return rows.get(place, min(rows.values(), default=-1))

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        is_entry = isinstance(self.data(index, ENTRY), Entry)
        if not is_entry:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        return row if role == ENTRY else _told(row, role)


def _told(row: Entry | str, role: int) -> str | None:
    """A heading says itself in every role but the last."""
    match role:
        case Qt.ItemDataRole.DisplayRole:
            return row.title if isinstance(row, Entry) else row
        case Qt.ItemDataRole.AccessibleTextRole:
            return row.said if isinstance(row, Entry) else row
        case Qt.ItemDataRole.ToolTipRole:
            return row.tip if isinstance(row, Entry) else row
        case Qt.ItemDataRole.AccessibleDescriptionRole:
            return row.remark if isinstance(row, Entry) else ""
        case _:
            return None


def _groups(entries: Sequence[Entry]) -> list[str]:
    return [one.group for one in entries]


def _with_headings(entries: Sequence[Entry]) -> list[Entry | str]:
    rows: list[Entry | str] = []
    group = ""
    for one in entries:
        if one.group != group:
            group = one.group
            rows.append(group)
        rows.append(one)
    return rows
