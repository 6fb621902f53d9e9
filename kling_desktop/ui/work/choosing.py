"""What to make and with which model: tiles, models, favorites, and the end of a clip."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from kling_desktop.catalog.choosing import (
    FROM_PICTURE,
    MORE,
    START_END,
    arranged,
    end_of,
    nearest,
    purposes,
)
from kling_desktop.catalog.problems import END_PICTURE_MISSING
from kling_desktop.core.draft import moved
from kling_desktop.ui.pair_bar import PairLook
from kling_desktop.ui.work.model_cards import cards_of, parked_words, purposes_of, tiles_of

if TYPE_CHECKING:
    from kling_desktop.catalog.catalog import Catalog
    from kling_desktop.catalog.endpoint import Endpoint
    from kling_desktop.catalog.request_type import RequestType
    from kling_desktop.core.draft import Drafts
    from kling_desktop.core.settings import Settings, SettingsStore
    from kling_desktop.records.draft import Draft
    from kling_desktop.records.json_values import Values
    from kling_desktop.records.problem import Problem
    from kling_desktop.ui.make_column import MakeColumn
    from kling_desktop.ui.model_card import ModelCard

_KEPT_RECENT = 24
_SHOWN_RECENT = 3


class Choosing(QObject):
    """Shows the choice in the left column, and says where a choice leads.

    `step_wished` carries the words of a step of undo and the draft that it goes to,
    `values_wished` such words and the values that the form should hold.
    """

    step_wished = Signal(str, object)
    shown = Signal()
    """Another intention or model stands in the column, or other ways are open."""
    values_wished = Signal(str, object)

    def __init__(
        self, column: MakeColumn, catalog: Catalog, settings: SettingsStore, drafts: Drafts
    ) -> None:
        super().__init__(column)
        self.catalog = catalog
        self._column, self._settings, self._drafts = column, settings, drafts
        self._last: dict[str, str] = {}
        self.pair = PairLook()
        """What can be done with two pictures."""
        self.can_add_end = False
        self._moved_by_end = ""
        """The draft that an end picture brought to *Start + end*."""
        self._shown_settings = settings.current
        self._tie()

    @property
    def draft(self) -> Draft:
        """What the form holds."""
        return self._drafts.current

    @property
    def is_favorite(self) -> bool:
        """Whether the chosen model stands at the top of its list."""
        return self.draft.endpoint_id in self._settings.current.favorite_models.split()

    def request_type(self) -> RequestType | None:
        """What the form is made from: with what the intention is about in first rank."""
        found = self.catalog.request_type_of(self.draft.endpoint_id)
        return arranged(found, self.draft.intention) if found else None

    def show(self) -> None:
        """The draft is another one."""
        draft, settings = self.draft, self._settings.current
        self._last[draft.intention] = draft.endpoint_id
        self._shown_settings = settings
        now = self.catalog.endpoint(draft.endpoint_id)
        purpose = now.purpose if now and draft.intention == MORE else None
        self._column.show_purposes(purposes_of(self.catalog), purpose)
        self._column.show_intentions(
            tiles_of(self.catalog, settings.intention_order.split()), draft.intention
        )
        self._column.show_models(self._cards(), draft.endpoint_id)
        here = self.catalog.request_type_of(draft.endpoint_id)
        self._column.show_parked(*parked_words(draft.parked, self.catalog, here))
        self._column.pair_bar.say("")
        self._show_pair()

    def edited(self) -> None:
        """A person changed the form: an end picture makes it *Start + end*, and its loss undoes
        that again."""
        pair = end_of(self.catalog, self.draft.endpoint_id)
        has_end = bool(pair and self.draft.values.get(pair.end.name))
        if has_end and self.draft.intention == FROM_PICTURE:
            self._moved_by_end = self.draft.draft_id
            self._put_intention(START_END)
            words = self.tr("With an end picture this is Start + end.")
            self._column.pair_bar.say(words)
        elif self._was_moved() and not has_end and self.draft.intention == START_END:
            self._moved_by_end = ""
            self._put_intention(FROM_PICTURE)
        else:
            self._column.pair_bar.say("")
            self._show_pair()

    def missing(self) -> tuple[Problem, ...]:
        """What the intention needs, though the model would do without."""
        pair = end_of(self.catalog, self.draft.endpoint_id)
        if self.draft.intention != START_END or pair is None or pair.end.required:
            return ()
        if self.draft.values.get(pair.end.name):
            return ()
        return (END_PICTURE_MISSING(pair.end.name),)

    def used(self, endpoint_id: str) -> None:
        """Something was ordered of a model."""
        before = self._settings.current.recent_models.split()
        kept = [endpoint_id, *(one for one in before if one != endpoint_id)]
        self._settings.change(recent_models=" ".join(kept[:_KEPT_RECENT]))

    def choose_intention(self, intention: str) -> None:
        """Another way to begin, with what carries over."""
        before = self.draft
        if intention == before.intention:
            return
        after = self._first_of(intention)
        if after is None:
            return
        self._moved_by_end = ""
        self._step(self.tr("Choose what to begin with"), after, intention)
        self._say_move(before, after, intention)

    def choose_purpose(self, purpose: str) -> None:
        """One of the things behind *More*."""
        serving = dict(purposes(self.catalog)).get(purpose, ())
        now = self.catalog.endpoint(self.draft.endpoint_id)
        last = self._last.get(MORE)
        able = [one for one in serving if one == now or one.endpoint_id == last] or serving
        if able and (self.draft.intention != MORE or now not in serving):
            self._step(self.tr("Choose what to begin with"), able[0], MORE)

    def choose_model(self, endpoint_id: str) -> None:
        """Another model; what it has no field for is parked."""
        endpoint = self.catalog.endpoint(endpoint_id)
        if endpoint is not None and endpoint_id != self.draft.endpoint_id:
            self._step(self.tr("Choose a model"), endpoint, self.draft.intention)

    def take_up(self, endpoint_id: str) -> None:
        """A model by its id, under whatever it is for."""
        endpoint = self.catalog.endpoint(endpoint_id)
        if endpoint is not None:
            self._step(self.tr("Choose a model"), endpoint, endpoint.intention)

    def add_end(self) -> None:
        """Where a clip can arrive at a picture."""
        self.choose_intention(START_END)

    def last_of(self, intention: str) -> str:
        """The model that served an intention last in this run; empty where there was none."""
        return self._last.get(intention, "")

    def bring(self, text: str, endpoint_id: str, intention: str, files: Values) -> None:
        """Another model with these files in its form, as one step; what it lacks is parked."""
        after = moved(self.draft, endpoint_id, intention, self.catalog)
        values = {**after.values, **files}
        if (endpoint_id, values) != (self.draft.endpoint_id, dict(self.draft.values)):
            self._moved_by_end = ""
            after = dataclasses.replace(after, values=values, shot_id="", is_sample=False)
            self.step_wished.emit(text, after)

    def _first_of(self, intention: str) -> Endpoint | None:
        """The nearest model where a picture stays what it is; else the last one, or the first."""
        before = self.draft
        if intention == START_END or (intention, before.intention) == (FROM_PICTURE, START_END):
            return nearest(self.catalog, before.endpoint_id, intention)
        serving = self.catalog.of_intention(intention)
        last = self._last.get(intention, "")
        return next((one for one in serving if one.endpoint_id == last), next(iter(serving), None))

    def _say_move(self, before: Draft, after: Endpoint, intention: str) -> None:
        old = self.catalog.endpoint(before.endpoint_id)
        is_told = intention == START_END and before.intention == FROM_PICTURE
        if old is None or old == after or not is_told:
            return
        price = next(one.price for one in self._cards() if one.endpoint_id == after.endpoint_id)
        words = self.tr("{old} cannot end on a picture. {new} can, so it is chosen now: {price}.")
        translate = QCoreApplication.translate
        self._column.pair_bar.say(
            words.format(
                old=translate("Catalogue", old.title),
                new=translate("Catalogue", after.title),
                price=price,
            )
        )

    def _step(self, text: str, after: Endpoint, intention: str) -> None:
        self.step_wished.emit(text, moved(self.draft, after.endpoint_id, intention, self.catalog))

    def _was_moved(self) -> bool:
        return self._moved_by_end == self.draft.draft_id

    def _put_intention(self, intention: str) -> None:
        self._drafts.replace(dataclasses.replace(self.draft, intention=intention))
        self.show()

    def _cards(self) -> tuple[ModelCard, ...]:
        settings = self._settings.current
        serving = {one.endpoint_id: one for one in self.catalog.of_intention(self.draft.intention)}
        recent = [one for one in settings.recent_models.split() if one in serving]
        return cards_of(
            self.catalog, self.draft, settings.favorite_models.split(), recent[:_SHOWN_RECENT]
        )

    def _show_pair(self) -> None:
        self.pair = self._pair_look()
        self.can_add_end = self._can_add_end()
        self._column.offer_end(is_offered=self.can_add_end)
        self._column.pair_bar.show_look(self.pair)
        self.shown.emit()

    def _can_add_end(self) -> bool:
        draft = self.draft
        if draft.intention != FROM_PICTURE or end_of(self.catalog, draft.endpoint_id) is not None:
            return False
        return bool(self.catalog.of_intention(START_END))

    def _pair_look(self) -> PairLook:
        draft = self.draft
        pair = end_of(self.catalog, draft.endpoint_id)
        if pair is None or draft.intention != START_END:
            return PairLook()
        start, end = (draft.values.get(one.name) for one in (pair.start, pair.end))
        return PairLook(
            is_pair=True,
            can_swap=bool(start or end) and start != end,
            can_loop=bool(start) and start != end,
            loops=bool(start) and start == end,
        )

    def swap(self) -> None:
        """The end picture first."""
        pair = end_of(self.catalog, self.draft.endpoint_id)
        if pair is not None:
            values = dict(self.draft.values)
            start, end = values.pop(pair.start.name, None), values.pop(pair.end.name, None)
            changed = {pair.start.name: end, pair.end.name: start}
            values.update({name: value for name, value in changed.items() if value})
            self.values_wished.emit(self.tr("Swap the pictures"), values)

    def loop(self) -> None:
        """The same picture at both ends."""
        pair = end_of(self.catalog, self.draft.endpoint_id)
        if pair is not None:
            start = self.draft.values[pair.start.name]
            values = {**self.draft.values, pair.end.name: start}
            self.values_wished.emit(self.tr("End on the start picture"), values)

    def favor(self, endpoint_id: str, is_favorite: bool) -> None:
        """At the top of its list, or no longer."""
        kept = [one for one in self._settings.current.favorite_models.split() if one != endpoint_id]
        ids = [*kept, endpoint_id] if is_favorite else kept
        self._settings.change(favorite_models=" ".join(ids))
        self._column.show_favorite(endpoint_id, is_favorite=is_favorite)

    def _keep_order(self, keys: tuple[str, ...]) -> None:
        self._settings.change(intention_order=" ".join(keys))

    def _settings_changed(self, settings: Settings) -> None:
        if _of_choice(settings) == _of_choice(self._shown_settings):
            return
        self._shown_settings = settings
        order = settings.intention_order.split()
        self._column.show_intentions(tiles_of(self.catalog, order), self.draft.intention)
        self._column.show_models(self._cards(), self.draft.endpoint_id)
        self.shown.emit()

    def _tie(self) -> None:
        column = self._column
        column.intention_chosen.connect(self.choose_intention)
        column.purpose_chosen.connect(self.choose_purpose)
        column.model_chosen.connect(self.choose_model)
        column.model_favored.connect(self.favor)
        column.intentions.order_changed.connect(self._keep_order)
        column.pair_bar.swap_wished.connect(self.swap)
        column.pair_bar.loop_wished.connect(self.loop)
        column.end_wished.connect(self.add_end)
        self.destroyed.connect(self._settings.subscribe(self._settings_changed))


def _of_choice(settings: Settings) -> tuple[str, str, str]:
    return settings.intention_order, settings.favorite_models, settings.recent_models
