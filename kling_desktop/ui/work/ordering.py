"""From a press to saved jobs: consent, the sum, the key, and only then the order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from kling_desktop.records.job import REHEARSAL_ORIGIN, MadeBy, Order
from kling_desktop.records.json_values import media_refs
from kling_desktop.ui.settings.consent import ConsentDialog
from kling_desktop.ui.words import about

if TYPE_CHECKING:
    from collections.abc import Callable

    from kling_desktop.core.studio import Studio
    from kling_desktop.records.job import Job
    from kling_desktop.records.media import MediaRef
    from kling_desktop.ui.make_column import MakeColumn
    from kling_desktop.ui.work.keys import Keys
    from kling_desktop.ui.work.making import Making

ASK, DROP, PRIVATE = "ask", "drop", "private"
KEYRING_TIME = 5.0
"""Seconds after which a person is asked for the key that the keyring keeps to itself."""


@dataclass(frozen=True, slots=True)
class Wish:
    """An order, and who wants to know of it; without anybody it is the form's own."""

    order: Order
    may_go: Callable[[], bool] | None = None
    """Asked when all questions are answered: False takes the order back."""
    ended: Callable[[tuple[Job, ...]], None] | None = None
    """Told the jobs, or none where they could not be saved."""


class Ordering(QObject):
    """Asks what must be asked before money is spent, then hands the order to the engine."""

    failed = Signal(object)
    said = Signal(str)
    """Why nothing happens for a moment."""

    def __init__(self, making: Making, column: MakeColumn, keys: Keys) -> None:
        super().__init__(column)
        self._making, self._column, self._keys = making, column, keys
        self._studio: Studio | None = None
        self._asked: Wish | None = None
        self._early: set[tuple[MediaRef, str]] = set()
        making.edited.connect(self._upload_early)
        column.answered.connect(self._answered)

    def attach(self, studio: Studio) -> None:
        """The engine is up."""
        self._studio = studio
        studio.credentials.changed.connect(lambda _state: self._upload_early())
        studio.settings.subscribe(lambda _settings: self._upload_early())
        self._upload_early()

    def begin(self, order: Order) -> None:
        """A press, or a held job of a batch; there is none before the engine is up."""
        self.carry_out(Wish(order))

    def carry_out(self, wish: Wish) -> None:
        """Asks what is to be asked, and places the order."""
        order = wish.order
        if self._studio is None:
            return
        if order.made_by is MadeBy.REHEARSAL or order.held:
            self._place(wish)
        elif self._studio.settings.current.uploads == ASK:
            self.ask_consent(lambda: self._weigh(wish))
        else:
            self._weigh(wish)

    def ask_consent(self, then: Callable[[], None] | None = None) -> None:
        """Nothing leaves this computer before this was answered once."""
        dialog = ConsentDialog(self._column.window(), self._keys.server)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.decided.connect(self._consent)
        if then is not None:
            dialog.decided.connect(lambda _choice: then())
        dialog.open()

    def _consent(self, choice: str) -> None:
        if self._studio is not None:
            self._studio.settings.change(uploads=choice)

    def _weigh(self, wish: Wish) -> None:
        """An order above the sum that was set asks once, in place of the button."""
        order = wish.order
        limit = self._limit()
        total = None if order.price_each is None else order.price_each * order.count
        if limit is None or (total is not None and total <= limit):
            self._place(wish)
            return
        if self._asked is not None:
            self.said.emit(self.tr("Answer the question about the order before this one first."))
            return
        self._asked = wish
        known = self.tr("This order costs {price}.").format(price=about(total))
        unknown = self.tr("What this order costs is not known before it is made.")
        self._column.ask(
            unknown if total is None else known, self.tr("Send it"), self.tr("Not now")
        )

    def _answered(self, yes: bool) -> None:
        wish, self._asked = self._asked, None
        if yes and wish is not None:
            self._place(wish)

    def _place(self, wish: Wish) -> None:
        if self._studio is None or (wish.may_go is not None and not wish.may_go()):
            return
        # As it was agreed to a moment ago, perhaps by this very press.
        is_private = self._studio.settings.current.uploads == PRIVATE
        agreed = replace(wish, order=replace(wish.order, private=is_private))
        self._studio.tasks.spawn(self._order(agreed), "order", self.failed.emit)

    async def _order(self, wish: Wish) -> None:
        if self._studio is None:
            return
        order = wish.order
        jobs: tuple[Job, ...] = ()
        try:
            jobs = await self._studio.jobs.order(order)
        finally:
            if wish.ended is not None:
                wish.ended(jobs)
        if order.held:
            return
        if wish.ended is None:
            self._making.ordered(order, jobs[0].shot_id)
        if order.made_by is MadeBy.FAL:
            await self._ask_for_key(self._studio)

    async def _ask_for_key(self, studio: Studio) -> None:
        """The keyring may have the key and not have answered yet."""
        if studio.credentials.is_asking:
            self.said.emit(self.tr("Waiting for your keyring to give the key."))
            await studio.credentials.answered(KEYRING_TIME)
        if studio.credentials.key() is None:
            self._keys.ask()

    def _limit(self) -> Decimal | None:
        text = self._studio.settings.current.ask_above_usd if self._studio else ""
        try:
            return Decimal(text) if text else None
        except InvalidOperation:
            return None

    def _upload_early(self) -> None:
        """What stands in the form goes up now: to fal where that was agreed to and there is a key.

        To the simulator always: it is started by this, and ready when a rehearsal is ordered.
        """
        if self._studio is None:
            return
        origin = self._early_origin(self._studio)
        refs = {ref for _loc, ref in media_refs(self._making.draft.values)}
        wanted = {(ref, origin) for ref in refs} if origin else set()
        for gone in self._early - wanted:
            self._studio.uploads.stop(*gone)
        for new in wanted - self._early:
            self._studio.uploads.start(*new)
        self._early = wanted

    def _early_origin(self, studio: Studio) -> str:
        if self._making.draft.made_by is MadeBy.REHEARSAL:
            return REHEARSAL_ORIGIN
        agreed = studio.settings.current.uploads == DROP
        return studio.fal_origin if agreed and studio.credentials.key() is not None else ""
