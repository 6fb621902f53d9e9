"""One of many, with a search where there are really many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QListView, QVBoxLayout

from kling_desktop.ui.form.editors.choices import place_of, titles_of
from kling_desktop.ui.form.editors.editor import Editor
from kling_desktop.ui.form.parts.no_wheel import Combo
from kling_desktop.ui.form.parts.undo_keys import Line
from kling_desktop.ui.style import set_mark

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent

    from kling_desktop.catalog.field_spec import FieldSpec
    from kling_desktop.ui.form.context import Place
    from kling_desktop.ui.form.values import FieldValue

SEARCH_FROM = 9


class ChoiceEditor(Editor):
    """A list that drops down. From nine entries on, typing searches in it."""

    def __init__(self, spec: FieldSpec, place: Place) -> None:
        super().__init__(spec, place)
        titles = titles_of(spec)
        self._combo = SearchCombo(titles) if len(titles) >= SEARCH_FROM else Combo()
        if not isinstance(self._combo, SearchCombo):
            self._combo.addItems(titles)
            self._combo.activated.connect(self._on_pick)
        else:
            self._combo.picked.connect(self._on_pick)
        self._combo.setPlaceholderText(self.tr("not set"))
        self._target = self._combo
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._combo)

    def secondary(self) -> str:
        count = len(self.spec.enum)
        return self.tr("{count} to choose from").format(count=count) if count > 20 else ""

    def mark_wrong(self, *, wrong: bool) -> None:
        set_mark(self._combo, "problem", wrong)

    def _draws(self, value: FieldValue) -> bool:
        return place_of(value, self.spec) >= 0

    def _show(self, value: FieldValue) -> None:
        self._combo.setCurrentIndex(place_of(value, self.spec))

    def _on_pick(self, place: int) -> None:
        if place >= 0 and place != place_of(self._value, self.spec):
            self._edited(self.spec.enum[place])


class SearchCombo(Combo):
    """Typing narrows the list to what contains the typed text; only entries can be taken."""

    picked = Signal(int)

    def __init__(self, titles: tuple[str, ...]) -> None:
        super().__init__()
        self._titles = titles
        self.setModel(QStringListModel(list(titles), self))
        self.setEditable(True)
        self._line = Line()
        self.setLineEdit(self._line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        # Setting a line makes one; ours is made when the keyboard first comes here.
        self.setCompleter(None)  # type: ignore[arg-type]
        self.setCurrentIndex(-1)
        self.activated.connect(self._settle)
        self._line.editingFinished.connect(self._on_finished)

    def setPlaceholderText(self, text: str) -> None:
        super().setPlaceholderText(text)
        self._line.setPlaceholderText(text)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.completer() is None:
            self.setCompleter(self._completer())
        self._line.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._is_unsettled():
            self._restore()
            return
        super().keyPressEvent(event)

    def _completer(self) -> QCompleter:
        completer = QCompleter(self.model(), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setMaxVisibleItems(12)
        popup = QListView()
        popup.setUniformItemSizes(True)
        completer.setPopup(popup)
        return completer

    def _is_unsettled(self) -> bool:
        place = self.currentIndex()
        return self.currentText() != (self._titles[place] if place >= 0 else "")

    def _on_finished(self) -> None:
        if not self._is_unsettled():
            return
        place = self._meant(self.currentText())
        if place < 0:
            self._restore()
        else:
            self.setCurrentIndex(place)
            self._settle(place)

    def _meant(self, typed: str) -> int:
        """The entry of that name, or the only one that contains what was typed."""
        wanted = typed.strip().casefold()
        folded = [title.casefold() for title in self._titles]
        if wanted in folded:
            return folded.index(wanted)
        holding = [place for place, title in enumerate(folded) if wanted and wanted in title]
        return holding[0] if len(holding) == 1 else -1

    def _restore(self) -> None:
        place = self.currentIndex()
        self._line.setText(self._titles[place] if place >= 0 else "")

    def _settle(self, place: int) -> None:
        self._line.setCursorPosition(0)
        self.picked.emit(place)
