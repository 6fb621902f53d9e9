"""One-click fixes: the same picture in a form that the model takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kling_desktop.records.media import MediaRef
from kling_desktop.records.problem import Remedy

if TYPE_CHECKING:
    from kling_desktop.catalog.field_spec import FieldSpec
    from kling_desktop.core.studio import Studio
    from kling_desktop.records.json_values import JsonValue, Loc
    from kling_desktop.ui.work.making import Making

_OF_PICTURES = frozenset({Remedy.CONVERT, Remedy.SHRINK, Remedy.CROP})


class Remedies(QObject):
    """`made` carries the place, the file that was replaced and the one that takes its place."""

    made = Signal(object, str, str)
    failed = Signal(object)

    def __init__(self, making: Making) -> None:
        super().__init__(making)
        self._making = making
        self._studio: Studio | None = None

    def attach(self, studio: Studio) -> None:
        """The engine is up."""
        self._studio = studio

    def apply(self, loc: object, remedy: object) -> None:
        """A person pressed the fix at that place of the form."""
        studio, place = self._studio, tuple(loc) if isinstance(loc, tuple | list) else ()
        field, ref = self._field(place), MediaRef.parse(str(self._value(place)))
        if studio is None or field is None or ref is None or remedy not in _OF_PICTURES:
            return
        work = self._fit(studio, place, field, ref, cut=remedy is Remedy.CROP)
        studio.tasks.spawn(work, "fit a picture", self.failed.emit)

    async def _fit(
        self, studio: Studio, place: Loc, field: FieldSpec, ref: MediaRef, *, cut: bool
    ) -> None:
        if field.limits is not None:
            stored = await studio.inputs.fitted(ref, field.limits, cut=cut)
            self.made.emit(place, str(ref), str(stored.ref))

    def _field(self, place: Loc) -> FieldSpec | None:
        draft = self._making.draft
        request_type = (
            self._studio.catalog.request_type_of(draft.endpoint_id) if self._studio else None
        )
        return request_type.field_at(place) if request_type and place else None

    def _value(self, place: Loc) -> JsonValue:
        found: object = self._making.draft.values
        for step in place:
            try:
                found = found[step]  # type: ignore[index]  # anything that has no such part is caught
            except (KeyError, IndexError, TypeError):
                return None
        return found  # type: ignore[return-value]  # inside plain JSON everything is plain JSON
