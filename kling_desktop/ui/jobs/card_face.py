"""The furnished part of a card: title and take, words, progress, links, the unfolded log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from kling_desktop.ui.flow import FlowLayout
from kling_desktop.ui.jobs import card_shape as shape
from kling_desktop.ui.jobs.labels import MiddleElidedLabel, WordsLabel
from kling_desktop.ui.jobs.link_button import PAD_X, LinkButton
from kling_desktop.ui.jobs.log_fold import LogFold
from kling_desktop.ui.style import set_role

if TYPE_CHECKING:
    from kling_desktop.ui.jobs.row import JobRow, Link, Verb

_THOUSAND = 1000


class CardFace(QWidget):
    """Everything in a card that is a widget. It grows and shrinks in place."""

    asked = Signal(str)
    laid_out = Signal()
    """Sizes inside may have changed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._links: dict[Verb, LinkButton] = {}
        self._progress: QProgressBar | None = None
        self._fold: LogFold | None = None
        self._title = MiddleElidedLabel(self)
        self._badge: QLabel | None = None
        self._letter = QLabel(self)
        set_role(self._letter, "title")
        self._words = WordsLabel(self)
        self._flow = FlowLayout(across=shape.LINK_GAP, down=shape.LINK_LINE_GAP)
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._head.setContentsMargins(PAD_X, 0, 0, 0)
        self._words.setContentsMargins(PAD_X, 0, 0, 0)
        self._head.addWidget(self._title, 1)
        self._head.addWidget(self._letter)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(self._head)
        self._column.addSpacing(shape.TITLE_GAP)
        self._column.addWidget(self._words)
        self._bar_room = QVBoxLayout()
        self._column.addLayout(self._bar_room)
        self._column.addLayout(self._flow)
        self._column.addStretch(1)

    @property
    def stops(self) -> list[QWidget]:
        """Links in their order, then the log."""
        fold = self._fold.stops if self._fold else ()
        return [*self._links.values(), *fold]

    def holds_focus(self) -> bool:
        """Whether the keyboard is on one of its parts."""
        return any(stop.hasFocus() for stop in self.stops)

    def show_row(self, row: JobRow) -> None:
        """Show other words."""
        self._title.show_text(row.title)
        self._letter.setText(row.letter)
        self._words.show_text("\n".join(row.lines))
        self._show_badge(new=row.new)
        self._show_progress(row.progress)
        self._show_links(row.links)

    def show_log(self, lines: tuple[str, ...] | None) -> None:
        """Unfold or fold the log."""
        if lines is None:
            if self._fold is not None:
                self._column.removeWidget(self._fold)
                self._fold.hide()
                self._fold.deleteLater()
                self._fold = None
            return
        if self._fold is None:
            self._fold = LogFold(self)
            self._fold.asked.connect(self.asked)
            self._column.insertWidget(self._column.count() - 1, self._fold)
        self._fold.show_lines(lines)

    def fit(self, card: QRect) -> None:
        """Take the place that a card of this size leaves."""
        left = shape.PAD + shape.THUMB + shape.THUMB_GAP - PAD_X
        self.setGeometry(card.adjusted(left, shape.PAD, -shape.PAD, -shape.PAD))

    def height_for(self, card_width: int) -> int:
        """How high the whole card is in this width."""
        inner = self._column.totalHeightForWidth(shape.text_width(card_width) + PAD_X)
        return max(inner, shape.THUMB) + 2 * shape.PAD

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.laid_out.emit()
        return done

    def _show_badge(self, *, new: bool) -> None:
        if new and self._badge is None:
            self._badge = QLabel(self.tr("new"), self)
            set_role(self._badge, "badge")
            self._head.insertWidget(1, self._badge)
        elif not new and self._badge is not None:
            self._head.removeWidget(self._badge)
            self._badge.hide()
            self._badge.deleteLater()
            self._badge = None

    def _show_progress(self, part: float | None) -> None:
        self._bar_room.setContentsMargins(PAD_X, 0 if part is None else shape.GAP, 0, 0)
        if self._progress is not None:
            self._progress.setVisible(part is not None)
        if part is None:
            return
        if self._progress is None:
            self._progress = QProgressBar(self)
            self._progress.setRange(0, _THOUSAND)
            self._progress.setTextVisible(False)
            self._progress.setAccessibleName(self.tr("Progress"))
            self._bar_room.addWidget(self._progress)
        self._progress.setValue(round(part * _THOUSAND))

    def _show_links(self, links: tuple[Link, ...]) -> None:
        wanted = {link.verb for link in links}
        for verb in [verb for verb in self._links if verb not in wanted]:
            gone = self._links.pop(verb)
            self._flow.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        if [link.verb for link in links] != list(self._links):
            self._order_links(links)
        for link in links:
            button = self._links[link.verb]
            button.show_text(link.text)
            button.setAccessibleName(link.text)
            button.setToolTip(link.tooltip)
            button.setAccessibleDescription(link.tooltip)
        self._flow.setContentsMargins(0, shape.GAP if links else 0, 0, 0)
        self._flow.invalidate()

    def _order_links(self, links: tuple[Link, ...]) -> None:
        ordered: dict[Verb, LinkButton] = {}
        for link in links:
            button = self._links.get(link.verb) or self._new_link(link.verb)
            self._flow.removeWidget(button)
            self._flow.addWidget(button)
            # Screen readers go by the order of siblings.
            button.raise_()
            button.show()
            ordered[link.verb] = button
        self._links = ordered

    def _new_link(self, verb: Verb) -> LinkButton:
        button = LinkButton(parent=self)
        button.clicked.connect(lambda: self.asked.emit(verb.value))
        button.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        return button
