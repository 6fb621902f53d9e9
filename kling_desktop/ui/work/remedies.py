"""One-click ways out of problems: what the form holds is changed, or a file put right."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kling_desktop.catalog.choosing import FROM_PICTURE, START_END, end_of
from kling_desktop.catalog.field_spec import FieldLimits
from kling_desktop.catalog.replacing import applied, value_at
from kling_desktop.records.media import MediaRef
from kling_desktop.records.problem import Problem, Remedy, Way, WayKind
from kling_desktop.records.sound import Part
from kling_desktop.ui.form.parts.way_words import way_text
from kling_desktop.ui.work.coming_out import gives_shape

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from kling_desktop.catalog.field_spec import FieldSpec
    from kling_desktop.core.projects import Project
    from kling_desktop.core.studio import Studio
    from kling_desktop.records.framing import Framing
    from kling_desktop.records.json_values import JsonValue, Loc
    from kling_desktop.records.media import StoredInput
    from kling_desktop.ui.work.making import Making


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A stored picture at its place in the form."""

    place: Loc
    stored: StoredInput
    origin: StoredInput
    """What it was made of; itself where it was given so."""
    framing: Framing
    """In pixels of the origin."""
    limits: FieldLimits
    """Of the field."""
    delivery: str
    """The ratio that is wished for at this place; empty is none."""


class Remedies(QObject):
    """`made` carries the place, the file that was replaced and the one that takes its place."""

    made = Signal(object, str, str)
    failed = Signal(object)
    said = Signal(str)
    work_changed = Signal(str, bool)
    """A file that another one is made of, and whether that still goes on."""
    written = Signal(bool)
    """The last file that was in work is in the form now, or is not."""
    frame_wished = Signal(object)
    """The place of a picture of which a person wants to choose what is used."""
    model_wished = Signal(str)
    """The endpoint to go on with."""

    def __init__(self, making: Making, project: Project) -> None:
        super().__init__(making)
        self._making, self._project = making, project
        self._in_work: list[str] = []
        """The fields whose files are in work."""
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
        found = self._file(loc)
        if remedy is Remedy.FRAME:
            self.frame_wished.emit(loc)
            return
        if found is None or not isinstance(remedy, Remedy):
            return
        from kling_desktop.core.mending import put_right

        studio, place, field, stored = found
        about = problem if isinstance(problem, Problem) else None
        delivery = self._delivery(place)
        work = put_right(studio.inputs, stored, field, remedy, about, delivery)
        self._replace(studio, place, stored.ref, work)

    def use_part(self, loc: object, part: object) -> None:
        """A person chose a part of the file at that place of the form."""
        found = self._file(loc)
        if found is None or not isinstance(part, Part):
            return
        from kling_desktop.core.mending import part_of

        studio, place, field, stored = found
        self._replace(studio, place, stored.ref, part_of(studio.inputs, stored, field, part))

    def fit(self, standing: Standing, framing: Framing) -> None:
        """Makes the picture anew, framed so, and puts it in its place as one step."""
        if self._studio is not None:
            work = self._studio.inputs.fitted(standing.stored.ref, standing.limits, framing)
            self._replace(self._studio, standing.place, standing.stored.ref, work)

    def writes_first(self) -> frozenset[str]:
        """The fields whose files are in work."""
        return frozenset(self._in_work)

    def standing(self, loc: object) -> Standing | None:
        """The picture at that place; None where there is no stored one."""
        found = self._file(loc)
        if found is None or not found[3].facts.width:
            return None
        studio, place, field, stored = found
        origin, framing = studio.inputs.original(stored.ref)
        return Standing(
            place=place,
            stored=stored,
            origin=origin,
            framing=framing,
            limits=field.limits or FieldLimits(),
            delivery=self._delivery(place),
        )

    def text_at(self, place: Loc) -> JsonValue:
        """What stands at that place of the form."""
        return value_at(self._making.draft.values, place)

    def _delivery(self, place: Loc) -> str:
        """Only pictures that give the clip its shape are to have that of the project."""
        endpoint, request_type = self._making.endpoint(), self._making.request_type()
        if request_type is None or endpoint is None or len(place) != 1:
            return ""
        return self._project.ratio if gives_shape(endpoint, request_type) else ""

    def _file(self, loc: object) -> tuple[Studio, Loc, FieldSpec, StoredInput] | None:
        """What stands at that place, once the engine is up."""
        studio, place = self._studio, tuple(loc) if isinstance(loc, tuple | list) else ()
        request_type = self._making.request_type()
        field = request_type.field_at(place) if request_type and place else None
        ref = MediaRef.parse(str(value_at(self._making.draft.values, place)))
        stored = studio.inputs.get(ref) if studio and ref else None
        return (studio, place, field, stored) if studio and field and stored else None

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

    def _replace(
        self,
        studio: Studio,
        place: Loc,
        before: MediaRef,
        work: Coroutine[object, object, StoredInput],
    ) -> None:
        name = str(place[0])
        self._in_work.append(name)

        async def run() -> None:
            self.work_changed.emit(str(before), True)
            try:
                made = await work
            finally:
                self.work_changed.emit(str(before), False)
            done(self._put(place, before, made))

        def failed(error: BaseException) -> None:
            self.failed.emit(error)
            done(False)

        def done(is_there: bool) -> None:
            self._in_work.remove(name)
            self.written.emit(is_there)

        studio.tasks.spawn(run(), "fit a file", failed)

    def _put(self, place: Loc, before: MediaRef, made: StoredInput) -> bool:
        """Whether the form holds it now; it may have another file by this time."""
        if made.ref == before:
            self.said.emit(self.tr("Nothing about this file can be changed that way."))
            return True
        if self.text_at(place) != str(before):
            return False
        self.made.emit(place, str(before), str(made.ref))
        return True
