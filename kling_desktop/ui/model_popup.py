"""The list of models that opens below the model card: search, price, the folded older ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QListView, QPushButton, QVBoxLayout

from kling_desktop.ui.icons import icon
from kling_desktop.ui.labels import ElidedLabel
from kling_desktop.ui.style import set_role
from kling_desktop.ui.two_lines import FACTS, PRICE, TwoLines

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_ID = Qt.ItemDataRole.UserRole + 10
_FOLD = "\0fold"
_MOST_ROWS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCard:
    """One model as it is shown."""

    endpoint_id: str
    title: str
    facts: str = ""
    """ "720p · 24 fps · 2 to 4 min"."""
    price: str = ""
    """ "$0.28 / 5 s"."""
    older: str = ""
    """Empty for a current model, else the word for its state: "deprecated at fal"."""

    @property
    def said(self) -> str:
        """All of it in one line."""
        parts = (self.title, self.facts, self.older, self.price)
        return ", ".join(part for part in parts if part)


class ModelPopup(QFrame):
    """Opens, is searched by typing, and closes with a choice or Escape."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        set_role(self, "popup")
        self.setAccessibleName(self.tr("Models"))
        self._cards: tuple[ModelCard, ...] = ()
        self._unfolded = False
        self._search = QLineEdit(self)
        self._search.setPlaceholderText(self.tr("Find a model"))
        self._search.setAccessibleName(self.tr("Find a model"))
        self._search.setClearButtonEnabled(True)
        self._search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._search.textChanged.connect(self._fill)
        self._search.installEventFilter(self)
        self._model = QStandardItemModel(self)
        self._list = QListView(self)
        self._list.setModel(self._model)
        self._list.setItemDelegate(TwoLines(self._list))
        self._list.setAccessibleName(self.tr("Models"))
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setMouseTracking(True)
        self._list.entered.connect(self._list.setCurrentIndex)
        self._list.clicked.connect(self._choose)
        self._list.selectionModel().currentChanged.connect(self._show_id)
        self._id = ElidedLabel(role="tertiary", parent=self)
        self._copy = QPushButton(self)
        self._lay()

    def show_models(self, cards: tuple[ModelCard, ...], chosen: str) -> None:
        """Give the list, current ones first, and which one is chosen now."""
        self._cards = cards
        self._unfolded = any(card.endpoint_id == chosen and card.older for card in cards)
        self._search.clear()
        self._fill()
        self._select(chosen)

    def open_below(self, anchor: QWidget) -> None:
        """Open right below a widget, as wide as it is."""
        rows = min(_MOST_ROWS, max(1, self._model.rowCount()))
        height = sum(self._list.sizeHintForRow(row) for row in range(rows)) + 4
        self._list.setFixedHeight(height)
        self.setFixedWidth(max(anchor.width(), self.fontMetrics().averageCharWidth() * 46))
        self.adjustSize()
        self.move(self._place(anchor))
        self.show()
        self._search.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._take_key(event)
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._move(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self._list.currentIndex())
        else:
            return False
        return True

    def _move(self, step: int) -> None:
        row = self._list.currentIndex().row() + step
        if 0 <= row < self._model.rowCount():
            self._list.setCurrentIndex(self._model.index(row, 0))

    def _fill(self) -> None:
        wanted = self._search.text().casefold().split()
        found = [
            card
            for card in self._cards
            if all(word in f"{card.said} {card.endpoint_id}".casefold() for word in wanted)
        ]
        folded = [] if wanted or self._unfolded else [card for card in found if card.older]
        self._model.clear()
        for card in found:
            if card not in folded:
                self._model.appendRow(_row(card))
        if folded:
            text = self.tr("Older models, %n", "", len(folded)).replace("%n", str(len(folded)))
            fold = QStandardItem(text)
            fold.setData(_FOLD, _ID)
            self._model.appendRow(fold)
        if self._model.rowCount():
            self._list.setCurrentIndex(self._model.index(0, 0))

    def _select(self, endpoint_id: str) -> None:
        for row in range(self._model.rowCount()):
            if self._model.index(row, 0).data(_ID) == endpoint_id:
                self._list.setCurrentIndex(self._model.index(row, 0))

    def _choose(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        endpoint_id = index.data(_ID)
        if endpoint_id == _FOLD:
            self._unfolded = True
            self._fill()
            return
        self.close()
        self.chosen.emit(endpoint_id)

    def _show_id(self, index: QModelIndex) -> None:
        endpoint_id = index.data(_ID) or ""
        self._id.setText("" if endpoint_id == _FOLD else endpoint_id)
        self._copy.setEnabled(bool(self._id.full_text()))

    def _copy_id(self) -> None:
        QGuiApplication.clipboard().setText(self._id.full_text())

    def _place(self, anchor: QWidget) -> QPoint:
        below = anchor.mapToGlobal(QPoint(0, anchor.height() + 4))
        room = anchor.screen().availableGeometry()
        x = max(room.left(), min(below.x(), room.right() - self.width()))
        y = max(room.top(), min(below.y(), room.bottom() - self.height()))
        return QPoint(x, y)

    def _lay(self) -> None:
        set_role(self._copy, "link")
        self._copy.setText(self.tr("Copy id"))
        self._copy.clicked.connect(self._copy_id)
        foot = QHBoxLayout()
        foot.setContentsMargins(6, 0, 4, 0)
        foot.addWidget(self._id, 1)
        foot.addWidget(self._copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addWidget(self._search)
        column.addWidget(self._list)
        column.addLayout(foot)


def _row(card: ModelCard) -> QStandardItem:
    item = QStandardItem(card.title)
    item.setData(card.endpoint_id, _ID)
    item.setData(" · ".join(part for part in (card.facts, card.older) if part), FACTS)
    item.setData(card.price, PRICE)
    item.setData(card.said, Qt.ItemDataRole.AccessibleTextRole)
    item.setToolTip(card.endpoint_id)
    return item
