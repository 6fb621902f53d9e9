"""From a press to what it orders: once, and for what stood in the form at that moment."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kling_desktop.catalog.motion_brush import brush_fields, without_painting
from kling_desktop.core.draft import prompt_of
from kling_desktop.core.naming import title_of
from kling_desktop.records.job import Order
from kling_desktop.records.json_values import media_refs
from kling_desktop.ui.work.order_words import Wait
from kling_desktop.ui.work.slips import Slips

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from decimal import Decimal

    from kling_desktop.core.studio import Studio
    from kling_desktop.records.json_values import Values
    from kling_desktop.records.media import StoredInput
    from kling_desktop.ui.form.ports import SlotToken
    from kling_desktop.ui.make_column import MakeColumn
    from kling_desktop.ui.work.making import Making
    from kling_desktop.ui.work.media_desk import MediaDesk


class Pressing(QObject):
    """`order_wished` carries what a press asks for, `said` why a press came to nothing.

    A press that has to wait is kept, never a second one beside it; it is let go where the form
    holds something else by the time its turn comes.
    """

    order_wished = Signal(object)
    said = Signal(str)

    def __init__(self, making: Making, column: MakeColumn, desk: MediaDesk) -> None:
        super().__init__(making)
        self._making, self._desk = making, desk
        self._studio: Studio | None = None
        self._kept: object = None
        self._written: frozenset[str] = frozenset()
        self._slips = Slips()
        self._total: Decimal | None = None
        """What the button said when a press was kept."""
        self.first: list[tuple[Wait, Callable[[], frozenset[str] | None]]] = []
        """Who has something to finish: the fields that are written now, or None for not now.

        `go_on` tells the end of writing.
        """
        desk.batch = self._hold_each
        column.pressed.connect(self.press)
        making.edited.connect(self._look)

    def attach(self, studio: Studio) -> None:
        """The engine is up: a press that came before has its turn."""
        self._studio = studio
        self.go_on()

    def press(self) -> None:
        """The one button, or its key."""
        if self._kept is not None:
            return
        if self._slips.is_one():
            return
        if self._studio is None:
            self._keep(Wait.START, frozenset())
            return
        begun: dict[Wait, frozenset[str]] = {}
        for wait, writes in self.first:
            names = writes()
            if names is None:
                return
            if names:
                begun[wait] = names
        if begun:
            self._keep(next(iter(begun)), frozenset[str]().union(*begun.values()))
        else:
            self._order()

    def go_on(self, is_written: bool = True) -> None:
        """What a press waited for is there, or will not be."""
        kept, self._kept = self._kept, None
        if kept is None:
            return
        self._making.show_wait(None)
        if not is_written:
            self.said.emit(self.tr("Nothing was ordered: the file could not be made ready."))
        elif kept != self._asked():
            self.said.emit(
                self.tr("Nothing was ordered: the form was changed after the press. Press again.")
            )
        elif self._is_dearer():
            self.said.emit(self.tr("Nothing was ordered: it costs more by now. Press again."))
        else:
            self.press()

    def _look(self) -> None:
        """A press is let go as soon as the form is another one."""
        if self._kept is not None and self._kept != self._asked():
            self.go_on()

    def _is_dearer(self) -> bool:
        """Than what the button said; where it could not say a sum, no sum is too much."""
        now = self._making.standing.price_each
        return self._total is not None and (now is None or now > self._total)

    def _order(self) -> None:
        self._making.look_closely()
        if self._making.obstacle is not None:
            self._making.lead_to_obstacle()
            return
        self._slips.pressed()
        self.order_wished.emit(self._asked_for())

    def _keep(self, wait: Wait, written: frozenset[str]) -> None:
        self._written = written
        self._total = None if wait is Wait.START else self._making.standing.price_each
        self._kept = self._asked()
        self._making.show_wait(wait)

    def _asked(self) -> object:
        """What must be the same still when the turn comes, but for what is waited for."""
        draft = self._making.draft
        values = {name: one for name, one in draft.values.items() if name not in self._written}
        return (draft.draft_id, draft.endpoint_id, draft.made_by, draft.count, values)

    def _asked_for(self) -> Order:
        draft = self._making.draft
        return Order(
            endpoint_id=draft.endpoint_id,
            values=dict(draft.values),
            made_by=draft.made_by,
            title=self._title(),
            count=draft.count,
            price_each=self._making.standing.price_each,
            shot_id=draft.shot_id,
            project_id=draft.project_id,
        )

    def _title(self) -> str:
        values = self._making.draft.values
        known = (self._desk.known(ref) for _loc, ref in media_refs(values))
        name = next((stored.name for stored in known if stored is not None), "")
        return title_of(prompt_of(values), name)

    def _hold_each(self, token: SlotToken, taken: Sequence[StoredInput]) -> None:
        """One held job per file, each with the rest of the form as it is."""
        name = str(token.loc[0])
        for stored in taken:
            order = self._asked_for()
            rest = self._unpainted(order.values, name)
            values = {**rest, name: str(stored.ref)}
            title = title_of("", stored.name)
            self.order_wished.emit(
                replace(order, values=values, title=title, count=1, held=True, shot_id="")
            )

    def _unpainted(self, values: Values, picture: str) -> Values:
        """Without what was painted over the picture that another one takes the place of."""
        request_type = self._making.request_type()
        fields = brush_fields(request_type.fields) if request_type else None
        if fields is None or fields.picture != picture:
            return values
        return without_painting(fields, values)
