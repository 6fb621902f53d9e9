"""The Qt model of the library: ids for every clip, records for a window of them."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from kling_desktop.ui.library.card_words import spoken, tooltip_of
from kling_desktop.ui.library.files import files_mime

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kling_desktop.records.clip import Clip
    from kling_desktop.ui.library.ports import ClipPort

CLIP_ROLE = Qt.ItemDataRole.UserRole + 1
"""The Clip of a row, or None where it is gone."""
_WINDOW = 64
_KEPT = 512
_MOST_STEPS = 40
"""Above so many separate changes a reset is quicker than telling each."""

Index = QModelIndex | QPersistentModelIndex


class ClipModel(QAbstractListModel):
    """Holds order and ids; a row is asked of the port when it comes into sight."""

    def __init__(
        self, clips: ClipPort, model_name: Callable[[str], str], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._clips = clips
        self._model_name = model_name
        self._ids: list[str] = []
        self._row_of: dict[str, int] = {}
        self._known: OrderedDict[str, Clip] = OrderedDict()
        self._search = ""
        self._least_stars = 0

    @property
    def ids(self) -> list[str]:
        """The ids in order, newest first."""
        return list(self._ids)

    @property
    def is_filtered(self) -> bool:
        """Whether a search or a number of stars leaves clips out."""
        return bool(self._search) or self._least_stars > 0

    def show_matching(self, search: str, least_stars: int = 0) -> None:
        """Show only the clips that match the text and have at least so many stars."""
        self._search, self._least_stars = search.strip(), least_stars
        self.refresh()

    def refresh(self) -> None:
        """Ask for the ids again and tell the view no more than what changed."""
        self._become(self._matching_ids())

    def renew(self, clip_id: str) -> None:
        """A clip changed: read its row again."""
        self._known.pop(clip_id, None)
        if self._least_stars:
            self.refresh()
        row = self.row_of(clip_id)
        if row is not None:
            index = self.index(row)
            self.dataChanged.emit(index, index)

    def clip_at(self, row: int) -> Clip | None:
        """The clip of a row."""
        if not 0 <= row < len(self._ids):
            return None
        clip_id = self._ids[row]
        if clip_id not in self._known:
            self._read_around(row)
        clip = self._known.get(clip_id)
        if clip is not None:
            self._known.move_to_end(clip_id)
        return clip

    def id_at(self, row: int) -> str:
        """The id of a row, or ""."""
        return self._ids[row] if 0 <= row < len(self._ids) else ""

    def row_of(self, clip_id: str) -> int | None:
        """Where a clip stands now."""
        return self._row_of.get(clip_id)

    def model_name(self, clip: Clip) -> str:
        """The short name of the model that made a clip."""
        return self._model_name(clip.endpoint_id)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        clip = self.clip_at(index.row())
        match role:
            case _ if clip is None:
                return None
            case _ if role == CLIP_ROLE:
                return clip
            case Qt.ItemDataRole.DisplayRole:
                return clip.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return spoken(clip, self.model_name(clip))
            case Qt.ItemDataRole.ToolTipRole:
                return tooltip_of(clip, self.model_name(clip))
            case _:
                return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flag = Qt.ItemFlag
        return (
            flag.ItemIsEnabled
            | flag.ItemIsSelectable
            | flag.ItemIsDragEnabled
            | flag.ItemNeverHasChildren
        )

    def mimeTypes(self) -> list[str]:
        return ["text/uri-list"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        rows = sorted(index.row() for index in indexes)
        return files_mime([clip for row in rows if (clip := self.clip_at(row))])

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction

    def _matching_ids(self) -> list[str]:
        ids = self._clips.ids(self._search)
        if not self._least_stars:
            return ids
        rated = (clip for part in _parts(ids) for clip in self._clips.window(part))
        enough = {clip.clip_id for clip in rated if clip.stars >= self._least_stars}
        return [clip_id for clip_id in ids if clip_id in enough]

    def _read_around(self, row: int) -> None:
        start = row - row % _WINDOW
        missing = [one for one in self._ids[start : start + _WINDOW] if one not in self._known]
        for clip in self._clips.window(missing):
            self._known[clip.clip_id] = clip
        while len(self._known) > _KEPT:
            self._known.popitem(last=False)

    def _become(self, ids: list[str]) -> None:
        if ids == self._ids:
            return
        steps = _steps(self._ids, ids)
        if steps is None:
            self.beginResetModel()
            self._keep(ids)
            self.endResetModel()
            return
        removals, insertions = steps
        for first, last in reversed(removals):
            self.beginRemoveRows(QModelIndex(), first, last)
            self._keep(self._ids[:first] + self._ids[last + 1 :])
            self.endRemoveRows()
        for first, last in insertions:
            self.beginInsertRows(QModelIndex(), first, last)
            self._keep(self._ids[:first] + ids[first : last + 1] + self._ids[first:])
            self.endInsertRows()

    def _keep(self, ids: list[str]) -> None:
        self._ids = ids
        self._row_of = {clip_id: row for row, clip_id in enumerate(ids)}


Runs = list[tuple[int, int]]


def _steps(old: list[str], new: list[str]) -> tuple[Runs, Runs] | None:
    """Runs to remove from old and to insert so that it becomes new; None where a reset is due."""
    in_old, in_new = set(old), set(new)
    stay = [one for one in old if one in in_new]
    if not stay or stay != [one for one in new if one in in_old]:
        return None
    removals = _runs([row for row, one in enumerate(old) if one not in in_new])
    insertions = _runs([row for row, one in enumerate(new) if one not in in_old])
    if len(removals) + len(insertions) > _MOST_STEPS:
        return None
    return removals, insertions


def _runs(rows: list[int]) -> Runs:
    """[1, 2, 3, 7] → [(1, 3), (7, 7)]."""
    runs: Runs = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs


def _parts(ids: list[str], size: int = 500) -> Iterator[list[str]]:
    for start in range(0, len(ids), size):
        yield ids[start : start + size]
