"""The left column: what from, which model, the form, and the pinned bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from kling_desktop.ui.icons import IconLabel
from kling_desktop.ui.intentions import Intentions, Tile
from kling_desktop.ui.labels import ElidedButton, ElidedLabel
from kling_desktop.ui.order_bar import ButtonLook, OrderBar
from kling_desktop.ui.pair_bar import PairBar
from kling_desktop.ui.problem_strip import ProblemStrip, WayOut
from kling_desktop.ui.style import set_role

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QResizeEvent

    from kling_desktop.records.job import MadeBy
    from kling_desktop.records.problem import Problem
    from kling_desktop.ui.model_card import ModelCard, Purpose
    from kling_desktop.ui.model_popup import ModelPopup
    from kling_desktop.ui.more_popup import MorePopup

LOW = 620
"""Below this height, in logical pixels, the intentions fold to one line."""
LEAST_WIDTH = 320
MORE = "more"
"""The tile that opens a list in place of choosing at once."""
_EDGE = 16


class MakeColumn(QFrame):
    """Everything needed to order a clip. Shows and asks; decides nothing.

    `problem_acted` carries a way out of the strip, `parked_asked` wants to see the parked values,
    `purpose_chosen` one of the things behind *More*, `model_favored` an id and whether it is one.
    """

    intention_chosen = Signal(str)
    purpose_chosen = Signal(str)
    model_chosen = Signal(str)
    model_favored = Signal(str, bool)
    made_by_chosen = Signal(str)
    count_chosen = Signal(int)
    pressed = Signal()
    answered = Signal(bool)
    reason_pressed = Signal()
    problem_acted = Signal(str)
    parked_asked = Signal()
    end_wished = Signal()
    """An end picture, on a model that has none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "panel")
        self.setAccessibleName(self.tr("Make a clip"))
        self.setMinimumWidth(LEAST_WIDTH)
        self.intentions = Intentions(self)
        self.model_card = _ModelCard(self)
        self.problem_strip = ProblemStrip(self)
        self.order_bar = OrderBar(self)
        self._cards: tuple[ModelCard, ...] = ()
        self._chosen_model = ""
        self._popup: ModelPopup | None = None
        self._purposes: tuple[Purpose, ...] = ()
        self._chosen_purpose: str | None = None
        self._more: MorePopup | None = None
        self._intention = ""
        self._model_label = QLabel(self)
        self.pair_bar = PairBar(self)
        self._parked = ElidedButton(self)
        self._end = ElidedButton(self)
        self._scroll = QScrollArea(self)
        self._content = QWidget(self._scroll)
        self._room = QVBoxLayout(self._content)
        self._form: QWidget | None = None
        self._lay()
        self._tie()

    def show_intentions(self, tiles: tuple[Tile, ...], chosen: str) -> None:
        """Show what clips can be made from, and which of it is chosen."""
        self._intention = chosen
        self.intentions.show_tiles(tiles, chosen)
        self._fit_intentions()

    def show_purposes(self, purposes: tuple[Purpose, ...], chosen: str | None) -> None:
        """Keep what stands behind *More*; `chosen` is None while that is not chosen."""
        self._purposes, self._chosen_purpose = purposes, chosen
        title = next((one.title for one in purposes if one.key == chosen), "")
        words = self.tr("Model · {purpose}").format(purpose=title) if title else self.tr("Model")
        self._model_label.setText(words)

    def show_models(self, cards: tuple[ModelCard, ...], chosen: str) -> None:
        """Show the chosen model; the others wait in the list below its card."""
        self._cards, self._chosen_model = cards, chosen
        card = next((one for one in cards if one.endpoint_id == chosen), None)
        self.model_card.show_card(card)

    def show_favorite(self, endpoint_id: str, *, is_favorite: bool) -> None:
        """Its star in the list that is open."""
        if self._popup is not None:
            self._popup.show_favorite(endpoint_id, is_favorite=is_favorite)

    def set_form(self, form: QWidget) -> None:
        """Put another form into the scroll area; the one before is given back to nobody."""
        if self._form is not None and self._form is not form:
            self._room.removeWidget(self._form)
            self._form.hide()
            self._form.deleteLater()
        self._form = form
        self._room.insertWidget(1, form)
        form.show()

    def show_made_by(
        self, made_by: MadeBy, rehearse_text: str, real_text: str, short: tuple[str, ...] = ()
    ) -> None:
        """Show which of the two is chosen, and what each would cost; `short` for narrow places."""
        self.order_bar.show_made_by(made_by, rehearse_text, real_text, short)

    def show_count(self, count: int, most: int = 9) -> None:
        """Show how many clips one press makes."""
        self.order_bar.show_count(count, most)

    def show_button(self, look: ButtonLook) -> None:
        """Show what a press would do."""
        self.order_bar.show_button(look)

    def ask(self, question: str, yes: str, no: str) -> None:
        """Put a question in place of the button; `answered` comes once."""
        self.order_bar.ask(question, yes, no)

    def show_problem(self, problem: Problem | None, ways_out: tuple[WayOut, ...] = ()) -> None:
        """Show a problem of the whole form above the button; None takes it away."""
        self.problem_strip.show_problem(problem, ways_out)

    def show_parked(self, text: str, tip: str = "") -> None:
        """Say that values are kept for another model; empty where none are."""
        self._parked.setText(text)
        self._parked.setToolTip(tip)
        self._parked.setVisible(bool(text))

    def offer_end(self, *, is_offered: bool) -> None:
        """Offer to go where an end picture is possible."""
        self._end.setVisible(is_offered)

    def open_models(self) -> None:
        """Open the list of models."""
        from kling_desktop.ui.model_popup import ModelPopup

        if self._popup is None:
            self._popup = ModelPopup(self)
            self._popup.chosen.connect(self.model_chosen)
            self._popup.favored.connect(self.model_favored)
        self._popup.show_models(self._cards, self._chosen_model)
        self._popup.open_below(self.model_card)

    def open_more(self) -> None:
        """Open the list of what stands behind *More*."""
        from kling_desktop.ui.more_popup import MorePopup

        if self._more is None:
            self._more = MorePopup(self)
            self._more.closed.connect(lambda: self.intentions.choose(self._intention))
            self._more.chosen.connect(self.purpose_chosen)
        self._more.show_purposes(self._purposes, self._chosen_purpose)
        self._more.open_below(self.intentions)

    def show_top(self) -> None:
        """Scroll to where the form begins."""
        self._scroll.verticalScrollBar().setValue(0)

    @property
    def sections(self) -> tuple[QWidget, ...]:
        """Its parts from above, for the keyboard."""
        return (
            self.intentions,
            self.model_card,
            self.pair_bar,
            self._content,
            self._end,
            self._parked,
            self.problem_strip,
            self.order_bar,
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_intentions()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (event.Type.FontChange, event.Type.StyleChange):
            self._fit_intentions()

    def _fit_intentions(self) -> None:
        room = self.width() - 2 * _EDGE
        self.intentions.fit(room, self.height(), low=self.height() < LOW)

    def choose_intention(self, key: str) -> None:
        """As a click on its tile; *More* opens its list."""
        if key == MORE and len(self._purposes) > 1:
            self.open_more()
        else:
            self.intention_chosen.emit(key)

    def _tie(self) -> None:
        self.intentions.chosen.connect(self.choose_intention)
        self.model_card.clicked.connect(self.open_models)
        self.order_bar.made_by_chosen.connect(self.made_by_chosen)
        self.order_bar.count_chosen.connect(self.count_chosen)
        self.order_bar.pressed.connect(self.pressed)
        self.order_bar.answered.connect(self.answered)
        self.order_bar.reason_pressed.connect(self.reason_pressed)
        self.problem_strip.acted.connect(self.problem_acted)
        self._parked.clicked.connect(self.parked_asked)
        self._end.clicked.connect(self.end_wished)

    def _lay(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._top())
        column.addSpacing(10)
        column.addWidget(self._scroll, 1)
        column.addLayout(self._foot())
        column.addWidget(rule(self))
        column.addWidget(self.order_bar)
        self._lay_scroll()

    def _top(self) -> QVBoxLayout:
        label = self._model_label
        label.setText(self.tr("Model"))
        set_role(label, "label")
        label.setBuddy(self.model_card)
        top = QVBoxLayout()
        top.setContentsMargins(_EDGE, 12, _EDGE, 0)
        top.setSpacing(6)
        top.addWidget(self.intentions)
        top.addSpacing(6)
        top.addWidget(label)
        top.addWidget(self.model_card)
        return top

    def _foot(self) -> QVBoxLayout:
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 0, 16, 8)
        foot.addWidget(self.problem_strip)
        return foot

    def _lay_scroll(self) -> None:
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setAccessibleName(self.tr("The settings of the clip"))
        self._end.setText(self.tr("Add an end picture"))
        self._end.setToolTip(self.tr("On the nearest model that can arrive at a picture"))
        kept = QVBoxLayout()
        kept.setContentsMargins(13, 0, 16, 0)
        kept.setSpacing(2)
        for link in (self._end, self._parked):
            set_role(link, "link")
            link.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            link.hide()
            kept.addWidget(link)
        pair = QVBoxLayout()
        pair.setContentsMargins(_EDGE, 0, _EDGE, 6)
        pair.addWidget(self.pair_bar)
        self._room.setContentsMargins(0, 0, 0, 8)
        self._room.setSpacing(4)
        self._room.addLayout(pair)
        self._room.addLayout(kept)
        self._room.addStretch(1)
        self._scroll.setWidget(self._content)


class _ModelCard(QPushButton):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "model")
        self._title = ElidedLabel(parent=self)
        self._facts = ElidedLabel(role="secondary", mode=Qt.TextElideMode.ElideRight, parent=self)
        self._price = ElidedLabel(role="chip", mode=Qt.TextElideMode.ElideRight, parent=self)
        self._price.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._endpoint_id = ""
        self._row = QHBoxLayout(self)
        copy = QAction(self.tr("Copy endpoint id"), self)
        copy.triggered.connect(self._copy_id)
        self.addAction(copy)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._lay()

    def show_card(self, card: ModelCard | None) -> None:
        self._endpoint_id = card.endpoint_id if card else ""
        self._title.setText(card.title if card else self.tr("No model"))
        self._facts.setText(card.line if card else "")
        self._price.setText(card.price if card else "")
        self._price.setVisible(bool(card and card.price))
        self.setToolTip(card.tip if card else "")
        said = card.said if card else self.tr("No model")
        self.setAccessibleName(self.tr("Model: {model}").format(model=said))
        self.setAccessibleDescription(card.tip if card else "")

    def _copy_id(self) -> None:
        QGuiApplication.clipboard().setText(self._endpoint_id)

    def _lay(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(self._title)
        texts.addWidget(self._facts)
        row = self._row
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(8)
        row.addLayout(texts, 1)
        row.addWidget(self._price)
        row.addWidget(IconLabel("chevron-down", "text", self))
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        return self._row.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._row.minimumSize()


def rule(parent: QWidget) -> QFrame:
    """A line of one pixel between two surfaces."""
    line = QFrame(parent)
    line.setFixedHeight(1)
    set_role(line, "rule")
    return line
