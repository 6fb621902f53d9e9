"""One-click ways out of problems: what the form holds is changed, or a file put right."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kling_desktop.catalog.choosing import FROM_PICTURE, START_END, end_of
from kling_desktop.catalog.replacing import applied, value_at
from kling_desktop.records.media import MediaRef
from kling_desktop.records.problem import Problem, Remedy, Way, WayKind
from kling_desktop.ui.form.parts.way_words import way_text

if TYPE_CHECKING:
    from kling_desktop.core.inputs import Inputs
    from kling_desktop.core.studio import Studio
    from kling_desktop.records.json_values import Loc
    from kling_desktop.records.media import StoredInput
    from kling_desktop.ui.work.making import Making

_OF_PICTURES = frozenset({Remedy.CONVERT, Remedy.SHRINK, Remedy.CROP})


class Remedies(QObject):
    """`made` carries the place, the file that was replaced and the one that takes its place."""

    made = Signal(object, str, str)
    failed = Signal(object)
    said = Signal(str)
    model_wished = Signal(str)
    """The endpoint to go on with."""

    def __init__(self, making: Making) -> None:
        super().__init__(making)
        self._making = making
        self._studio: Studio | None = None

    def attach(self, studio: Studio) -> None:
        """The engine is up."""
        self._studio = studio

    def take(self, way: Way) -> None:
        """A person pressed a way out."""
        if way.kind is WayKind.OTHER_MODEL:
            self.model_wished.emit(way.to)
        elif way.kind is WayKind.FORGET:
            self._making.forget_refusal(way.loc)
        else:
            self._change(way)

    def apply(self, loc: object, remedy: object, problem: object = None) -> None:
        """A person wants the file at that place of the form put right."""
        studio, place = self._studio, tuple(loc) if isinstance(loc, tuple | list) else ()
        ref = MediaRef.parse(str(value_at(self._making.draft.values, place)))
        about = problem if isinstance(problem, Problem) else None
        if studio is None or ref is None:
            return
        from kling_desktop.catalog.refused_limits import most_seconds

        if remedy in _OF_PICTURES:
            work = self._fit(studio.inputs, place, ref, about, cut=remedy is Remedy.CROP)
            studio.tasks.spawn(work, "fit a picture", self.failed.emit)
        elif remedy is Remedy.SHORTEN and (seconds := most_seconds(about)) is not None:
            cut = self._shorten(studio.inputs, place, ref, seconds)
            studio.tasks.spawn(cut, "shorten a file", self.failed.emit)

    def _change(self, way: Way) -> None:
        draft = self._making.draft
        values = applied(draft.values, way.changes)
        if self._ends_the_pair(way):
            after = replace(draft, intention=FROM_PICTURE, values=values)
            self._making.step(way_text(way), after)
            return
        self._making.put_values(values, step=way_text(way))
        self._making.check()

    def _ends_the_pair(self, way: Way) -> bool:
        """Whether it takes out the picture that *Start + end* is about."""
        draft, studio = self._making.draft, self._studio
        if studio is None or draft.intention != START_END:
            return False
        pair = end_of(studio.catalog, draft.endpoint_id)
        endpoint = studio.catalog.endpoint(draft.endpoint_id)
        is_left_out = pair is not None and way.changes.get(pair.end.name, "") is None
        return is_left_out and endpoint is not None and FROM_PICTURE in endpoint.intentions

    async def _fit(
        self, inputs: Inputs, place: Loc, ref: MediaRef, about: Problem | None, *, cut: bool
    ) -> None:
        from kling_desktop.catalog.refused_limits import limits_after

        request_type = self._making.request_type()
        field = request_type.field_at(place) if request_type else None
        limits = limits_after(field.limits if field else None, about)
        self._tell(place, ref, await inputs.fitted(ref, limits, cut=cut))

    async def _shorten(self, inputs: Inputs, place: Loc, ref: MediaRef, seconds: float) -> None:
        self._tell(place, ref, await inputs.shortened(ref, seconds))

    def _tell(self, place: Loc, before: MediaRef, made: StoredInput) -> None:
        if made.ref == before:
            self.said.emit(self.tr("Nothing about this file can be changed that way."))
        else:
            self.made.emit(place, str(before), str(made.ref))
