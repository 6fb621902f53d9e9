"""The motion brush at work: opened on the stage, its painting kept, its masks written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from kling_desktop.catalog.motion_brush import brush_fields, values_of, without_painting
from kling_desktop.records.framing import map_between
from kling_desktop.records.media import MediaRef
from kling_desktop.records.painting import PAINTING, Painting, PictureMap, painting_in
from kling_desktop.ui.form.brush_wish import BrushWish

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage

    from kling_desktop.catalog.motion_brush import BrushFields
    from kling_desktop.core.inputs import Inputs
    from kling_desktop.core.studio import Studio
    from kling_desktop.records.json_values import JsonValue, Loc
    from kling_desktop.records.media import StoredInput
    from kling_desktop.ui.brush.panel import BrushPanel
    from kling_desktop.ui.player.stage import Stage
    from kling_desktop.ui.stage_place import StagePlace
    from kling_desktop.ui.work.making import Making
    from kling_desktop.ui.work.media_desk import MediaDesk
    from kling_desktop.ui.work.pictures import Pictures

_LARGEST_SHOWN = 4096
"""Pixels on the longer side of the picture that is painted on; masks have its own size always."""


class BrushDesk(QObject):
    """While the brush is open every stroke goes into the draft; masks are made when it closes."""

    failed = Signal(object)
    ready_changed = Signal(bool)
    """Whether there is a picture to paint on."""
    written = Signal(bool)
    """Masks stand in the form now, or could not be made."""

    def __init__(
        self, place: StagePlace, stage: Stage, making: Making, media: MediaDesk, pictures: Pictures
    ) -> None:
        super().__init__(making)
        self._place, self._stage, self._making = place, stage, making
        self._media, self._pictures = media, pictures
        self._studio: Studio | None = None
        self._draft_id = ""
        self._before: JsonValue = None
        self.make_room: Callable[[], None] = lambda: None
        """Ends what else is going on where the brush will be."""
        self._writing = 0
        self._names: frozenset[str] = frozenset()
        """The fields that are written to."""
        self._refused: Painting | None = None
        self._written: dict[object, str] = {}
        self._keep_soon = QTimer(self, singleShot=True, interval=0)
        self._keep_soon.timeout.connect(self._keep)
        making.edited.connect(self.look)

    def attach(self, studio: Studio) -> None:
        """The engine is up: a painting that a crash left open gets its masks."""
        self._studio = studio
        self.look()

    def wish(self, wish: BrushWish) -> None:
        """What a person asked for in the form."""
        match wish:
            case BrushWish.OPEN:
                self.open()
            case BrushWish.KEEP:
                self._keep_scaled()
            case BrushWish.DROP:
                self._drop()

    def open(self) -> None:
        """The brush takes the place of the stage."""
        found = self._picture()
        if found is None or self._studio is None or self._place.brush is not None:
            return
        self.make_room()
        fields, stored = found
        from kling_desktop.ui.brush.panel import BrushPanel

        if not self._stage.is_idle:
            self._stage.toggle()
        values = self._making.draft.values
        self._before = self._aside()
        self._draft_id = self._making.draft.draft_id
        panel = BrushPanel(self._brought(painting_in(values), stored), fields.most_areas)
        panel.painting_changed.connect(self._keep_soon.start)
        panel.done.connect(self.finish)
        self._place.open(panel)
        self._show_picture(panel, stored)
        panel.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self) -> None:
        """The brush closes, and what was painted becomes values of the form."""
        panel = self._place.brush
        if panel is None:
            return
        panel.canvas.let_go()
        painting = panel.painting
        if self._keep_soon.isActive():
            self._keep_soon.stop()
            self._keep()
        self._place.close_brush()
        if _plain(painting) != _plain(painting_in({PAINTING: self._before})):
            self._write(painting, self.tr("Paint the motion"), self._before)
        else:
            self._put_aside(self._before)

    def look(self) -> None:
        """The draft may be another one by now, or have another picture."""
        found = self._picture()
        self.ready_changed.emit(found is not None and self._studio is not None)
        panel, painting = self._place.brush, painting_in(self._making.draft.values)
        if panel is not None:
            is_same = found is not None and panel.painting.picture == found[1].ref.file_name
            if not is_same or self._making.draft.draft_id != self._draft_id:
                self._keep_soon.stop()
                self._place.close_brush()
        elif found and painting and painting != self._refused:
            self._finish_left_open(painting, found[1])

    def writes_first(self) -> frozenset[str]:
        """Closes the brush; the fields that masks are still being made for."""
        self.finish()
        found, painting = self._picture(), painting_in(self._making.draft.values)
        if found and painting:
            self._finish_left_open(painting, found[1])
        return self._names if self._writing else frozenset()

    def _finish_left_open(self, painting: Painting, stored: StoredInput) -> None:
        """An open painting has no masks yet, or older ones."""
        is_over_it = painting.picture == stored.ref.file_name
        if painting.is_open and is_over_it and not self._writing:
            self._write(painting, "", None)

    def put_picture(self, loc: Loc, before: str, after: str) -> None:
        """A file of the form was replaced by another form of itself; the painting goes along."""
        if self._place.brush is not None:
            self._keep_soon.stop()
            self._keep()
        found, painting = self._picture(), painting_in(self._making.draft.values)
        old, new = MediaRef.parse(before), MediaRef.parse(after)
        stored = self._studio.inputs.get(new) if self._studio and new else None
        is_ours = found is not None and tuple(loc) == (found[0].picture,)
        if not (is_ours and painting and old and stored and painting.picture == old.file_name):
            self._making.put_value(loc, before, after)
            return
        mapped = _over(painting, stored, self._media.known(old))
        changes: dict[str, JsonValue] = {str(loc[0]): after}
        self._write(mapped, self.tr("Fit the picture"), self._aside(), changes)

    def _keep(self) -> None:
        """Into the draft, which is on disk a moment later."""
        panel = self._place.brush
        if panel is not None:
            self._put_aside(replace(panel.painting, is_open=True).to_json())

    def _aside(self) -> JsonValue:
        """The painting as it stands in the draft."""
        return self._making.draft.values.get(PAINTING)

    def _put_aside(self, painting: JsonValue) -> None:
        values = {name: one for name, one in self._making.draft.values.items() if name != PAINTING}
        self._making.put_values(values if painting is None else {**values, PAINTING: painting})

    def _keep_scaled(self) -> None:
        found, painting = self._picture(), painting_in(self._making.draft.values)
        if found is not None and painting is not None:
            self._write(
                self._brought(painting, found[1]), self.tr("Keep the painting"), self._aside()
            )

    def _drop(self) -> None:
        fields = self._fields()
        if fields is not None:
            kept = without_painting(fields, self._making.draft.values)
            self._making.put_values(kept, step=self.tr("Remove the painting"))

    def _write(
        self,
        painting: Painting,
        step: str,
        before: JsonValue,
        changes: dict[str, JsonValue] | None = None,
    ) -> None:
        if self._studio is None:
            return
        self._writing += 1
        self._refused = None
        fields = self._fields()
        self._names = frozenset((PAINTING, *(fields.names if fields else ()), *(changes or ())))
        place = self._painted_place()
        inputs = self._studio.inputs

        async def run() -> None:
            try:
                values = await self._written_values(inputs, painting)
                # Meanwhile the form may have another picture, whose masks these are not.
                is_there = self._painted_place() == place
                if is_there:
                    self._put(painting, {**(changes or {}), **values}, step, before)
            finally:
                self._writing -= 1
            self.written.emit(is_there)

        def not_written(error: BaseException) -> None:
            self._refused = painting_in(self._making.draft.values)
            self.failed.emit(error)
            self.written.emit(False)

        self._studio.tasks.spawn(run(), "write masks", not_written)

    def _painted_place(self) -> tuple[str, JsonValue]:
        """The draft and its picture."""
        draft, fields = self._making.draft, self._fields()
        return draft.draft_id, draft.values.get(fields.picture) if fields else None

    async def _written_values(self, inputs: Inputs, painting: Painting) -> dict[str, JsonValue]:
        import asyncio

        from kling_desktop.media.masks import masks_of

        known = {
            one.number: text
            for one in painting.areas
            if (text := self._written.get((one.marks, painting.size)))
        }
        rest = replace(
            painting, areas=tuple(one for one in painting.areas if one.number not in known)
        )
        for number, data in (await asyncio.to_thread(masks_of, rest)).items():
            stored = await inputs.take_bytes(data, f"mask {number}.png")
            known[number] = str(stored.ref)
            area = painting.area(number)
            if area is not None:
                self._written[area.marks, painting.size] = known[number]
        fields = self._fields()
        return values_of(fields, painting, known) if fields else {}

    def _put(
        self, painting: Painting, made: dict[str, JsonValue], step: str, before: JsonValue
    ) -> None:
        fields = self._fields()
        if fields is None:
            return
        if step and before != self._aside():
            # What was kept stroke by stroke is one step from where it began.
            self._put_aside(before)
        kept = without_painting(fields, self._making.draft.values)
        closed = replace(painting, is_open=False)
        aside: dict[str, JsonValue] = {} if closed.is_bare else {PAINTING: closed.to_json()}
        self._making.put_values({**kept, **made, **aside}, step=step)

    def _show_picture(self, panel: BrushPanel, stored: StoredInput) -> None:
        def arrived(image: QImage | None) -> None:
            if image is not None and isValid(panel):
                panel.show_picture(image)

        self._pictures.of_file(self._media.path_of(stored.ref), _LARGEST_SHOWN, arrived)

    def _brought(self, painting: Painting | None, stored: StoredInput) -> Painting:
        """The painting over that picture: as it is, where its points went, or an empty one.

        Over a picture that has nothing to do with its own it is stretched from corner to corner.
        """
        size, name = stored.size, stored.ref.file_name
        if painting is None:
            return Painting(picture=name, width=size[0], height=size[1])
        if painting.picture == name:
            return painting
        ref = MediaRef.parse(f"media://{painting.picture}")
        old = self._media.known(ref) if ref else None
        onto = map_between(old, stored) if old else None
        return painting.mapped(onto or PictureMap.stretched(painting.size, size), name, size)

    def _fields(self) -> BrushFields | None:
        request_type = self._making.request_type()
        return brush_fields(request_type.fields) if request_type else None

    def _picture(self) -> tuple[BrushFields, StoredInput] | None:
        """The fields of the brush and the picture to paint on, where there are both."""
        fields = self._fields()
        text = self._making.draft.values.get(fields.picture) if fields else None
        ref = MediaRef.parse(text) if isinstance(text, str) else None
        stored = self._media.known(ref) if ref else None
        if fields is None or stored is None or not stored.facts.width or not stored.facts.height:
            return None
        return fields, stored


def _over(painting: Painting, stored: StoredInput, old: StoredInput | None) -> Painting:
    """The painting over a picture that was made of the one it is on, point by point.

    How it was made is not known of what was made by an early version: then it is taken for shrunk,
    or cut the same on both sides.
    """
    onto = map_between(old, stored) if old else None
    onto = onto or PictureMap.fitted(painting.size, stored.size)
    return painting.mapped(onto, stored.ref.file_name, stored.size)


def _plain(painting: Painting | None) -> object:
    """What counts when two paintings are compared."""
    if painting is None:
        return ()
    areas = tuple(replace(one, shown=True) for one in painting.areas if not one.is_bare or one.name)
    return (areas, painting.picture, painting.is_open) if areas else ()
