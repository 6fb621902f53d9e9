"""One of many named things in groups: voices, scenes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from kling_desktop.ui.form.bounds import FREE, Bound
from kling_desktop.ui.form.editors.choices import place_of, titles_of
from kling_desktop.ui.form.editors.editor import Editor
from kling_desktop.ui.form.localized import CONTEXT
from kling_desktop.ui.form.parts.no_wheel import Combo
from kling_desktop.ui.form.values import effective
from kling_desktop.ui.style import set_mark
from kling_desktop.ui.words import counted

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from kling_desktop.catalog.field_spec import FieldSpec
    from kling_desktop.ui.form.context import Place
    from kling_desktop.ui.form.gallery.entries import Entry
    from kling_desktop.ui.form.gallery.popup import Gallery
    from kling_desktop.ui.form.values import FieldValue


class GalleryEditor(Editor):
    """A box that shows the choice and opens the gallery, which is made when it first opens."""

    def __init__(self, spec: FieldSpec, place: Place) -> None:
        super().__init__(spec, place)
        self._bound = FREE
        self._gallery: Gallery | None = None
        self._box = GalleryBox(titles_of(spec))
        self._box.setPlaceholderText(self.tr("Choose…"))
        self._box.wanted.connect(self._open)
        self._box.activated.connect(self._on_pick)
        self._target = self._box
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._box)

    def secondary(self) -> str:
        place = place_of(effective(self._value, self.spec), self.spec)
        if place < 0:
            return self.tr("{count} to choose from").format(count=len(self.spec.enum))
        return self._badge(place) or self._group(place)

    def mark_wrong(self, *, wrong: bool) -> None:
        set_mark(self._box, "problem", wrong)

    def show_bound(self, bound: Bound) -> None:
        if bound != self._bound:
            self._bound = bound
            self.secondary_changed.emit()

    def gallery(self) -> Gallery | None:
        """What opens, once it was opened."""
        return self._gallery

    def entries(self) -> tuple[Entry, ...]:
        """All that can be chosen; what does not go with another field comes last."""
        from kling_desktop.ui.form.gallery.entries import Entry

        found = tuple(
            Entry(
                place=place,
                title=title,
                group=self._heading(place),
                badge="" if self._is_unfit(place) else self._badge(place),
                words=self._words(place),
                remark=self._remark(place),
            )
            for place, title in enumerate(titles_of(self.spec))
        )
        return tuple(sorted(found, key=lambda one: self._is_unfit(one.place)))

    def _draws(self, value: FieldValue) -> bool:
        return place_of(value, self.spec) >= 0

    def _show(self, value: FieldValue) -> None:
        self._box.setCurrentIndex(place_of(value, self.spec))
        self.secondary_changed.emit()

    def _open(self, typed: str) -> None:
        from kling_desktop.ui.form.gallery.popup import Gallery

        if self._gallery is None:
            self._gallery = Gallery(self, self.spec.title or self.spec.name)
            self._gallery.chosen.connect(self._on_pick)
        self._gallery.show_entries(self.entries(), self._box.currentIndex())
        self._gallery.open_below(self._box, typed)

    def _on_pick(self, place: int) -> None:
        self._box.setCurrentIndex(place)
        if place >= 0 and place != place_of(self._value, self.spec):
            self._edited(self.spec.enum[place])

    def _group(self, place: int) -> str:
        groups = self.spec.enum_groups
        return groups[place] if place < len(groups) else ""

    def _heading(self, place: int) -> str:
        """Groups go by what counts here: one that does not fit says so once for all in it."""
        parts = (self._group(place), self._badge(place) if self._is_unfit(place) else "")
        return " · ".join(part for part in parts if part)

    def _badge(self, place: int) -> str:
        value = str(self.spec.enum[place])
        if self._is_unfit(place):
            name = QCoreApplication.translate(CONTEXT, self._bound.unfit_for)
            return self.tr("not for {choice}").format(choice=name)
        if value in self._bound.doubtful:
            return self.tr("may be refused")
        count = self._bound.counts.get(value, 0)
        return counted(count, "%n picture", "%n pictures", "GalleryEditor") if count else ""

    def _is_unfit(self, place: int) -> bool:
        return str(self.spec.enum[place]) in self._bound.unfit

    def _words(self, place: int) -> str:
        given = self.spec.enum_words
        further = given[place] if place < len(given) else ""
        value = str(self.spec.enum[place])
        return f"{value} {value.replace('_', ' ')} {further}".strip()

    def _remark(self, place: int) -> str:
        value = self.spec.enum[place]
        if value in self.spec.unverified:
            return self.tr("{id}. Nobody has confirmed this name and group.").format(id=value)
        return str(value)


class GalleryBox(Combo):
    """Looks and answers like a list that drops down, but opens something larger."""

    wanted = Signal(str)
    """To open, with what was typed already."""

    def __init__(self, titles: tuple[str, ...]) -> None:
        super().__init__()
        self.addItems(titles)
        self.setCurrentIndex(-1)

    def showPopup(self) -> None:
        self.wanted.emit("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        with_keys = event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier
            | Qt.KeyboardModifier.AltModifier
            | Qt.KeyboardModifier.MetaModifier
        )
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.wanted.emit("")
        elif text.strip() and text.isprintable() and not with_keys:
            self.wanted.emit(text)
        else:
            super().keyPressEvent(event)
