"""The list of models that opens below the model card: favorites, search, the folded older ones."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QMenu,
    QPushButton,
    QVBoxLayout,
)

from kling_desktop.ui.icons import icon
from kling_desktop.ui.labels import ElidedLabel, wrapped
from kling_desktop.ui.model_card import ModelCard
from kling_desktop.ui.model_rows import ENDPOINT, FOLD, HEADING, STARRED, ModelRows
from kling_desktop.ui.popup_place import place_below
from kling_desktop.ui.style import set_role
from kling_desktop.ui.two_lines import FACTS, PRICE

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_MOST_ROWS, _LEAST_ROWS = 9, 5
_SIGNS = 54
"""Letters in a line of the list, at least."""
_WRAPPED = Qt.TextFlag.TextWordWrap


class ModelPopup(QFrame):
    """Opens, is searched by typing, and closes with a choice or Escape.

    `favored` carries an endpoint id and whether it is a favorite from now on.
    """

    chosen = Signal(str)
    favored = Signal(str, bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        set_role(self, "popup")
        self.setAccessibleName(self.tr("Models"))
        self._cards: tuple[ModelCard, ...] = ()
        self._unfolded = False
        self._search = QLineEdit(self)
        self._model = QStandardItemModel(self)
        self._list = QListView(self)
        self._rows = ModelRows(self._list)
        self._summary = wrapped(parent=self)
        self._id = ElidedLabel(role="tertiary", parent=self)
        self._star = QPushButton(self)
        self._copy = QPushButton(self)
        self._furnish()
        self._lay()

    def show_models(self, cards: tuple[ModelCard, ...], chosen: str) -> None:
        """Give the list, current ones first, and which one is chosen now."""
        self._cards = cards
        self._unfolded = any(card.endpoint_id == chosen and card.older for card in cards)
        self._search.clear()
        self._fill()
        self._select(chosen)

    def show_favorite(self, endpoint_id: str, *, is_favorite: bool) -> None:
        """Its star, without moving a row under the pointer: the order changes the next time."""
        self._cards = tuple(
            dataclasses.replace(card, is_favorite=is_favorite)
            if card.endpoint_id == endpoint_id
            else card
            for card in self._cards
        )
        for row in range(self._model.rowCount()):
            item = self._model.item(row)
            if item.data(ENDPOINT) == endpoint_id:
                item.setData(is_favorite, STARRED)
                item.setData(
                    self._said(self._card(endpoint_id)), Qt.ItemDataRole.AccessibleTextRole
                )
        self._show_details(self._list.currentIndex())

    def open_below(self, anchor: QWidget) -> None:
        """Open right below a widget, as wide as it is or wider."""
        self.ensurePolished()
        room = anchor.screen().availableGeometry()
        signs = self.fontMetrics().averageCharWidth() * _SIGNS
        self.setFixedWidth(min(room.width(), max(anchor.width(), signs)))
        rows = min(_MOST_ROWS, max(1, self._model.rowCount()))
        height = sum(self._list.sizeHintForRow(row) for row in range(rows)) + 4
        self._summary.setFixedHeight(self._tallest_summary())
        least = self._list.sizeHintForRow(0) + 4
        rest = self._search.sizeHint().height() + self._summary.height() + 70
        below = room.bottom() - anchor.mapToGlobal(QPoint(0, anchor.height())).y() - rest
        # Over its own card only where there would be no list otherwise.
        roomy = max(below, min(_LEAST_ROWS * least, room.height() - rest))
        self._list.setFixedHeight(max(least, min(height, roomy)))
        self.adjustSize()
        self.move(place_below(self, anchor))
        self.show()
        self._list.scrollTo(self._list.currentIndex())
        self._search.setFocus()

    def menu(self, endpoint_id: str) -> QMenu:
        """What can be done with one model besides choosing it."""
        card = self._card(endpoint_id)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(card.title)
        words = self.tr("Not a favorite") if card.is_favorite else self.tr("Make it a favorite")
        star = menu.addAction(icon("star-off" if card.is_favorite else "star"), words)
        star.triggered.connect(lambda: self.favored.emit(endpoint_id, not card.is_favorite))
        copy = menu.addAction(icon("copy"), self.tr("Copy endpoint id"))
        copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(endpoint_id))
        return menu

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return watched is self._search and self._take_key(event)
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            is_left = event.button() is Qt.MouseButton.LeftButton
            return is_left and watched is self._list.viewport() and self._take_star(event)
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._move(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self._list.currentIndex())
        elif key == Qt.Key.Key_D and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._favor()
        else:
            return False
        return True

    def _take_star(self, event: QMouseEvent) -> bool:
        place = event.position().toPoint()
        index = self._list.indexAt(place)
        if not index.isValid() or index.data(STARRED) is None:
            return False
        if not self._rows.star(self._list.visualRect(index), self._list.fontMetrics()).contains(
            place
        ):
            return False
        self.favored.emit(index.data(ENDPOINT), not index.data(STARRED))
        return True

    def _move(self, step: int) -> None:
        row = self._list.currentIndex().row() + step
        while 0 <= row < self._model.rowCount():
            index = self._model.index(row, 0)
            if index.data(ENDPOINT) != HEADING:
                self._list.setCurrentIndex(index)
                return
            row += step

    def _fill(self) -> None:
        wanted = self._search.text().casefold().split()
        found = [card for card in self._cards if _matches(card, wanted)]
        self._model.clear()
        if wanted:
            self._append(found)
        else:
            self._append_sections(found)
        self._list.setCurrentIndex(QModelIndex())
        self._move(1)

    def _append_sections(self, cards: list[ModelCard]) -> None:
        favorites = [card for card in cards if card.is_favorite]
        recent = [card for card in cards if card.is_recent and not card.is_favorite]
        rest = [card for card in cards if card not in favorites and card not in recent]
        current = [card for card in rest if not card.older]
        older = [card for card in rest if card.older]
        for title, some in ((self.tr("Favorites"), favorites), (self.tr("Recent"), recent)):
            self._append(some, title)
        self._append(current, self.tr("All current models") if favorites or recent else "")
        if older and not self._unfolded:
            self._model.appendRow(self._folded(older))
        else:
            self._append(older)

    def _append(self, cards: list[ModelCard], title: str = "") -> None:
        if cards and title:
            heading = QStandardItem(title)
            heading.setData(HEADING, ENDPOINT)
            heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self._model.appendRow(heading)
        for card in cards:
            self._model.appendRow(self._row(card))

    def _folded(self, older: list[ModelCard]) -> QStandardItem:
        text = self.tr("Older models, %n", "", len(older)).replace("%n", str(len(older)))
        fold = QStandardItem(icon("chevron-right"), text)
        fold.setData(FOLD, ENDPOINT)
        fold.setData(" · ".join(dict.fromkeys(card.older for card in older)), FACTS)
        return fold

    def _row(self, card: ModelCard) -> QStandardItem:
        item = QStandardItem(card.title)
        item.setData(card.endpoint_id, ENDPOINT)
        item.setData(card.line, FACTS)
        item.setData(card.price, PRICE)
        item.setData(card.is_favorite, STARRED)
        item.setData(self._said(card), Qt.ItemDataRole.AccessibleTextRole)
        item.setToolTip(card.tip)
        return item

    def _said(self, card: ModelCard) -> str:
        favorite = self.tr("a favorite")
        return f"{card.said}, {favorite}" if card.is_favorite else card.said

    def _select(self, endpoint_id: str) -> None:
        for row in range(self._model.rowCount()):
            if self._model.index(row, 0).data(ENDPOINT) == endpoint_id:
                self._list.setCurrentIndex(self._model.index(row, 0))

    def _choose(self, index: QModelIndex) -> None:
        endpoint_id = index.data(ENDPOINT) if index.isValid() else HEADING
        if endpoint_id == HEADING:
            return
        if endpoint_id == FOLD:
            row = index.row()
            self._unfolded = True
            self._fill()
            self._list.setCurrentIndex(self._model.index(row, 0))
            self._list.scrollTo(self._list.currentIndex())
            return
        self.close()
        self.chosen.emit(endpoint_id)

    def _show_details(self, index: QModelIndex) -> None:
        card = self._card(index.data(ENDPOINT) or "")
        self._id.setText(card.endpoint_id)
        self._summary.setText(card.summary)
        words = self.tr("Not a favorite") if card.is_favorite else self.tr("Favorite")
        self._star.setText(words)
        for button in (self._copy, self._star):
            button.setEnabled(bool(card.endpoint_id))

    def _card(self, endpoint_id: str) -> ModelCard:
        empty = ModelCard(endpoint_id="", title="")
        return next((card for card in self._cards if card.endpoint_id == endpoint_id), empty)

    def _favor(self) -> None:
        card = self._card(self._list.currentIndex().data(ENDPOINT) or "")
        if card.endpoint_id:
            self.favored.emit(card.endpoint_id, not card.is_favorite)

    def _copy_id(self) -> None:
        QGuiApplication.clipboard().setText(self._id.full_text())

    def _open_menu(self, spot: QPoint) -> None:
        index = self._list.indexAt(spot)
        if index.isValid() and index.data(STARRED) is not None:
            self._list.setCurrentIndex(index)
            self.menu(index.data(ENDPOINT)).popup(self._list.viewport().mapToGlobal(spot))

    def _tallest_summary(self) -> int:
        metrics = self._summary.fontMetrics()
        room = QRect(0, 0, self.width() - 2 * 14, 10_000)
        texts = [card.summary for card in self._cards]
        return max(
            (metrics.boundingRect(room, int(_WRAPPED), text).height() for text in texts), default=0
        )

    def _furnish(self) -> None:
        self._search.setPlaceholderText(self.tr("Find a model"))
        self._search.setAccessibleName(self.tr("Find a model"))
        self._search.setClearButtonEnabled(True)
        self._search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._search.textChanged.connect(self._fill)
        self._search.installEventFilter(self)
        models = self._list
        models.setModel(self._model)
        models.setItemDelegate(self._rows)
        models.setAccessibleName(self.tr("Models"))
        models.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        models.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        models.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        models.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        models.setMouseTracking(True)
        models.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        models.customContextMenuRequested.connect(self._open_menu)
        models.clicked.connect(self._choose)
        models.viewport().installEventFilter(self)
        models.selectionModel().currentChanged.connect(self._show_details)

    def _lay(self) -> None:
        for button, text in ((self._star, self.tr("Favorite")), (self._copy, self.tr("Copy id"))):
            set_role(button, "link")
            button.setText(text)
            button.setAutoDefault(False)
        self._star.setToolTip(self.tr("Ctrl+D"))
        self._star.clicked.connect(self._favor)
        self._copy.clicked.connect(self._copy_id)
        self._summary.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._summary.setContentsMargins(6, 0, 6, 0)
        foot = QHBoxLayout()
        foot.setContentsMargins(6, 0, 4, 0)
        foot.addWidget(self._id, 1)
        foot.addWidget(self._star)
        foot.addWidget(self._copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addWidget(self._search)
        column.addWidget(self._list)
        column.addWidget(self._summary)
        column.addLayout(foot)


def _matches(card: ModelCard, wanted: list[str]) -> bool:
    text = f"{card.said} {card.summary} {card.endpoint_id}".casefold()
    return all(word in text for word in wanted)
