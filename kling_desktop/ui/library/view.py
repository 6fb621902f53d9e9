"""The list of cards: one row where it is low, a grid where it is high, with keys and a drag out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QDrag, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from kling_desktop.ui.library.card import GAP, CardShape
from kling_desktop.ui.library.delegate import ClipDelegate
from kling_desktop.ui.library.files import copied_files_mime
from kling_desktop.ui.library.posters import PosterShelf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QItemSelection, QMimeData, QModelIndex
    from PySide6.QtGui import QContextMenuEvent, QResizeEvent

    from kling_desktop.records.clip import Clip
    from kling_desktop.ui.library.model import ClipModel
    from kling_desktop.ui.library.ports import PosterPort

_OWN_KEYS = frozenset(
    {
        Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home,
        Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Return,
        Qt.Key.Key_Enter, Qt.Key.Key_Delete,
    }
)  # fmt: skip
_INDENT = 11
"""Brings the first poster in line with the head, in logical pixels."""
_STARS = {getattr(Qt.Key, f"Key_{number}"): number for number in range(6)}


class ClipView(QListView):
    """Shows a ClipModel. Ids go out, nothing is changed here."""

    open_asked = Signal(str)
    ids_selected = Signal(list)
    trash_asked = Signal(list)
    rate_asked = Signal(str, int)
    menu_asked = Signal(QPoint)

    def __init__(
        self, model: ClipModel, posters: PosterPort, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._clips = model
        self.shelf = PosterShelf(posters, self._in_sight, self)
        self._cards = ClipDelegate(self.shelf, model, self)
        self._before: tuple[list[str], str, str] | None = None
        self._told: list[str] = []
        self.setAccessibleName(self.tr("Clips"))
        self._behave()
        self.setItemDelegate(self._cards)
        self.shelf.arrived.connect(self._repaint)
        model.modelAboutToBeReset.connect(self._remember)
        self.setModel(model)
        # After the view's own, which forgets the selection.
        model.modelReset.connect(self._recall)
        self.doubleClicked.connect(self._open)

    @property
    def selected_ids(self) -> list[str]:
        """Ids of the chosen clips in the order of the list."""
        return [self._clips.id_at(row) for row in self._selected_rows()]

    @property
    def selected_clips(self) -> list[Clip]:
        """The chosen clips in the order of the list."""
        clips = (self._clips.clip_at(row) for row in self._selected_rows())
        return [clip for clip in clips if clip is not None]

    @property
    def current_id(self) -> str:
        """The clip that the keyboard is on, or ""."""
        return self._clips.id_at(self.currentIndex().row())

    @property
    def shape(self) -> CardShape:
        """The sizes of a card now."""
        return self._cards.shape

    def select_ids(self, ids: Sequence[str]) -> None:
        """Choose exactly these clips, as far as they are here, and bring the first into sight."""
        rows = [row for one in ids if (row := self._clips.row_of(one)) is not None]
        picks = QItemSelectionModel.SelectionFlag
        self.selectionModel().clearSelection()
        for row in rows:
            self.selectionModel().select(self._clips.index(row), picks.Select)
        if rows:
            first = self._clips.index(rows[0])
            self.selectionModel().setCurrentIndex(first, picks.NoUpdate)
            self.scrollTo(first)

    def mime_of_selection(self) -> QMimeData:
        """What a drag of the selection carries: the files, for copying."""
        return self._clips.mimeData(self.selectedIndexes())

    def copy_files(self) -> None:
        """Put the files of the chosen clips on the clipboard."""
        mime = copied_files_mime(self.selected_clips)
        if mime.hasUrls():
            QGuiApplication.clipboard().setMimeData(mime)

    def fit(self) -> None:
        """Choose the shape of the cards for the room there is."""
        room = self._height()
        full = CardShape.full(self.font())
        low = room < full.grid.height() + GAP // 2
        shape = CardShape.low(room) if low else full
        wraps = not low and room >= 1.6 * shape.grid.height()
        if shape != self._cards.shape or wraps != self.isWrapping():
            self._cards.shape = shape
            self._set_flow(wraps=wraps)

    def startDrag(self, supportedActions: Qt.DropAction) -> None:  # noqa: N803
        mime = self.mime_of_selection()
        if not mime.hasUrls():
            return
        drag = QDrag(self)
        drag.setMimeData(mime)
        clip = self.selected_clips[0]
        picture = self.shelf.picture(clip, self.shape.poster * self.devicePixelRatioF())
        if picture is not None:
            scaled = picture.scaledToHeight(round(54 * self.devicePixelRatioF()))
            scaled.setDevicePixelRatio(self.devicePixelRatioF())
            drag.setPixmap(scaled)
            drag.setHotSpot(QPoint(12, 12))
        drag.exec(Qt.DropAction.CopyAction, Qt.DropAction.CopyAction)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        }
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_files()
        elif plain and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex())
        elif plain and event.key() == Qt.Key.Key_Delete:
            self._ask_trash()
        elif plain and event.key() in _STARS:
            for clip_id in self.selected_ids:
                self.rate_asked.emit(clip_id, _STARS[event.key()])
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are shortcuts of the window, not a search through every row."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            copies = event.matches(QKeySequence.StandardKey.Copy)
            all_of_it = event.matches(QKeySequence.StandardKey.SelectAll)
            held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            free = held in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier}
            if copies or all_of_it or (free and event.key() in {*_OWN_KEYS, *_STARS}):
                event.accept()
                return True
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange}:
            self.fit()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press beside the cards clears the selection; a right press keeps it."""
        if event.button() is Qt.MouseButton.RightButton:
            at = self.indexAt(event.position().toPoint())
            if at.isValid() and not self.selectionModel().isSelected(at):
                picks = QItemSelectionModel.SelectionFlag
                self.selectionModel().setCurrentIndex(at, picks.ClearAndSelect)
            return
        super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.selectedIndexes():
            self.menu_asked.emit(event.globalPos())

    def _behave(self) -> None:
        mode = QAbstractItemView
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(mode.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setDragDropMode(mode.DragDropMode.DragOnly)
        self.setVerticalScrollMode(mode.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(mode.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(mode.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setViewportMargins(_INDENT, 0, 4, 0)
        self.setAttribute(Qt.WidgetAttribute.WA_MacShowFocusRect, on=False)

    def _set_flow(self, *, wraps: bool) -> None:
        anchor = self._first_in_sight()
        policy = Qt.ScrollBarPolicy
        off, needed = policy.ScrollBarAlwaysOff, policy.ScrollBarAsNeeded
        self.setWrapping(wraps)
        self.setHorizontalScrollBarPolicy(off if wraps else needed)
        self.setVerticalScrollBarPolicy(needed if wraps else off)
        self.setGridSize(QSize(self.shape.grid))
        self.verticalScrollBar().setSingleStep(self.shape.grid.height() // 3)
        self.horizontalScrollBar().setSingleStep(self.shape.grid.width() // 3)
        row = self._clips.row_of(anchor)
        if row:
            where = QAbstractItemView.ScrollHint.PositionAtTop
            self.scrollTo(self._clips.index(row), where)

    def _selected_rows(self) -> list[int]:
        return sorted(index.row() for index in self.selectedIndexes())

    def _height(self) -> int:
        """Of the viewport, which PySide takes 20 ms to show to Python for the first time."""
        bar = self.horizontalScrollBar()
        return self.maximumViewportSize().height() - (bar.height() if bar.isVisible() else 0)

    def _first_in_sight(self) -> str:
        """The clip at the top left; "" where nothing is scrolled away (asking lays out all)."""
        if not self.verticalScrollBar().value() and not self.horizontalScrollBar().value():
            return ""
        return self._clips.id_at(self.indexAt(QPoint(GAP, GAP)).row())

    def _in_sight(self, clip_id: str) -> bool:
        row = self._clips.row_of(clip_id)
        if row is None:
            return False
        room = QRect(0, 0, self.maximumViewportSize().width(), self._height())
        return self.visualRect(self._clips.index(row)).intersects(room)

    def _repaint(self, clip_id: str) -> None:
        row = self._clips.row_of(clip_id)
        if row is not None:
            self.update(self._clips.index(row))

    def _remember(self) -> None:
        self._before = (self.selected_ids, self.current_id, self._first_in_sight())

    def _recall(self) -> None:
        """After a reset: the same clips are chosen, and the same clip stands at the top."""
        if self._before is None:
            return
        selected, current, anchor = self._before
        self._before = None
        picks = QItemSelectionModel.SelectionFlag
        for clip_id in selected:
            row = self._clips.row_of(clip_id)
            if row is not None:
                self.selectionModel().select(self._clips.index(row), picks.Select)
        row = self._clips.row_of(current)
        if row is not None:
            self.selectionModel().setCurrentIndex(self._clips.index(row), picks.NoUpdate)
        row = self._clips.row_of(anchor)
        if row is not None:
            where = QAbstractItemView.ScrollHint.PositionAtTop
            self.scrollTo(self._clips.index(row), where)
        self._tell()

    def _tell(self) -> None:
        ids = self.selected_ids
        if self._before is None and ids != self._told:
            self._told = ids
            self.ids_selected.emit(ids)

    def _open(self, index: QModelIndex) -> None:
        clip_id = self._clips.id_at(index.row())
        if clip_id:
            self.open_asked.emit(clip_id)

    def _ask_trash(self) -> None:
        if self.selected_ids:
            self.trash_asked.emit(self.selected_ids)
