"""The current draft: edits, switches that park, and restoring that loses nothing."""

from __future__ import annotations

import dataclasses
import time
import uuid
from typing import TYPE_CHECKING

from kling_desktop.catalog.choosing import FROM_PICTURE, START_END, end_of
from kling_desktop.catalog.validation import carry_over
from kling_desktop.records.draft import Draft
from kling_desktop.records.job import MadeBy
from kling_desktop.records.json_values import is_aside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kling_desktop.catalog.catalog import Catalog
    from kling_desktop.catalog.request_type import RequestType
    from kling_desktop.records.json_values import JsonValue, Values


def switched(draft: Draft, endpoint_id: str, catalog: Catalog) -> Draft:
    """The draft on another model: what the new one lacks is parked, what it has comes back.

    What the new one could hold only in a form from which there is no way back ("05" as 5) is
    parked too, as it was typed.
    """
    new = catalog.request_type_of(endpoint_id)
    if new is None:
        return draft
    old = catalog.request_type_of(draft.endpoint_id) or new
    everything = {**draft.parked, **draft.values}
    values: dict[str, JsonValue] = {
        name: everything.pop(name) for name in [*everything] if is_aside(name)
    }
    parked: dict[str, JsonValue] = {}
    for name in sorted(everything, key=lambda name: new.field(name) is None):
        typed = everything[name]
        carried, _ = carry_over(_knowing(name, old, catalog), new, {name: typed})
        place, kept = next(iter(carried.items()), (name, None))
        is_taken = place in values or place in {*everything} - {name}
        if carried and not is_taken and _goes_back(typed, kept):
            values[place] = kept
        else:
            parked[name] = typed
    return dataclasses.replace(draft, endpoint_id=endpoint_id, values=values, parked=parked)


def moved(draft: Draft, endpoint_id: str, intention: str, catalog: Catalog) -> Draft:
    """The draft with another intention on another model.

    Only *Start + end* brings an end picture along; elsewhere it is parked until it is wanted again.
    """
    after = switched(dataclasses.replace(draft, intention=intention), endpoint_id, catalog)
    keeps = intention == START_END or (intention == draft.intention != FROM_PICTURE)
    pair = None if keeps else end_of(catalog, endpoint_id)
    if pair is None or not after.values.get(pair.end.name):
        return after
    values = dict(after.values)
    parked = {**after.parked, pair.end.name: values.pop(pair.end.name)}
    return dataclasses.replace(after, values=values, parked=parked)


def _knowing(name: str, old: RequestType, catalog: Catalog) -> RequestType:
    """A type that says what a name stands for: what is parked may come from any model."""
    every = (old, *catalog.request_types.values())
    return next((one for one in every if one.field(name) is not None), old)


def _goes_back(typed: JsonValue, kept: JsonValue) -> bool:
    """Whether it is held as it is, or as the same whole number in or out of quotes."""
    is_number = isinstance(typed, str | int) and len(str(typed)) < 10 and str(typed).isdecimal()
    return kept == typed or (is_number and str(kept) == str(typed))


def recalled(draft: Draft, endpoint_id: str, values: Values, *, shot_id: str = "") -> Draft:
    """A new draft with the settings of something made before, its choices about money as now."""
    return dataclasses.replace(
        draft,
        draft_id=uuid.uuid4().hex,
        endpoint_id=endpoint_id,
        values=dict(values),
        parked={},
        shot_id=shot_id,
        is_sample=False,
    )


def prompt_of(values: Values) -> str:
    """The words in it: the field called prompt, else the longest text."""
    prompt = values.get("prompt")
    if isinstance(prompt, str):
        return prompt
    texts = [text for text in values.values() if isinstance(text, str)]
    return max((text for text in texts if "://" not in text), key=len, default="")


class Drafts:
    """Owns the current draft. What is typed before there is a way to keep it is kept then."""

    def __init__(self, current: Draft, clock: Callable[[], float] = time.time) -> None:
        self.current = current
        self._replaced: Draft | None = None
        self._keep: Callable[[Draft], object] | None = None
        self._clock = clock
        self._unsaved = False

    def keep_by(self, keep: Callable[[Draft], object]) -> None:
        """From now on `keep` puts drafts on disk."""
        self._keep = keep
        self.save()

    def replace(self, draft: Draft) -> None:
        """Makes it the current one. A draft with another id leaves the old one among the recent."""
        if draft == self.current:
            return
        if draft.draft_id != self.current.draft_id:
            self.save()
            self._replaced = self.current
        self.current = draft
        self._unsaved = True

    def step_back(self) -> bool:
        """The draft that was replaced last comes back whole; once more, and it goes again.

        False where none was replaced in this run.
        """
        if self._replaced is None:
            return False
        self.replace(self._replaced)
        return True

    def edit(self, values: Values) -> None:
        """What the form holds now."""
        if dict(values) != dict(self.current.values):
            self.replace(dataclasses.replace(self.current, values=dict(values), is_sample=False))

    def save(self) -> None:
        """Puts the draft on disk if it changed since."""
        if self._unsaved and self._keep is not None:
            self.current = dataclasses.replace(self.current, saved_at=self._clock())
            self._keep(self.current)
            self._unsaved = False

    def not_kept(self) -> None:
        """The disk refused the last one; the next `save` tries again."""
        self._unsaved = True


def first_draft(project_id: str, catalog: Catalog, intentions: tuple[str, ...]) -> Draft:
    """An empty draft on the first model of the first intention that has one.

    Raises LookupError where the catalogue is empty.
    """
    for intention, endpoint_id in _first_models(catalog, intentions):
        return Draft(
            draft_id=uuid.uuid4().hex,
            project_id=project_id,
            intention=intention,
            endpoint_id=endpoint_id,
            made_by=MadeBy.REHEARSAL,
        )
    raise LookupError("the catalogue has no model for any intention")


def _first_models(catalog: Catalog, intentions: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for intention in intentions:
        for endpoint in catalog.of_intention(intention):
            yield intention, endpoint.endpoint_id
