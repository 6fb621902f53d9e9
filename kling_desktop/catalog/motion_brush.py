"""The motion brush in a request type: recognised by its shape, and filled from a painting.

What fal takes (its documents of the endpoints with `dynamic_masks`; Kling API, image to video):
masks are pictures of exactly the size of the start picture, see `media.masks`; a path is a list of
whole pixels inside the picture, counted from its bottom left corner, in the order of the move.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kling_desktop.catalog.field_spec import FieldSpec, FieldType
from kling_desktop.records.media import MediaKind
from kling_desktop.records.painting import MOST_AREAS, PAINTING, STILL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kling_desktop.records.json_values import JsonValue, Values
    from kling_desktop.records.painting import Painting, Points


@dataclass(frozen=True, slots=True, kw_only=True)
class BrushFields:
    """What the parts of the brush are called in one request type."""

    picture: str
    areas: str
    mask: str
    """Inside an area."""
    path: str
    """Inside an area."""
    still: str = ""
    """The mask of what holds still; empty where the model has none."""
    most_areas: int = MOST_AREAS

    @property
    def names(self) -> tuple[str, ...]:
        """The fields that one painting fills."""
        return (self.still, self.areas) if self.still else (self.areas,)


def brush_fields(fields: Iterable[FieldSpec]) -> BrushFields | None:
    """The brush among the fields: a list of masks with lists of points; else None."""
    known = tuple(fields)
    pictures = [one for one in known if one.media is MediaKind.IMAGE]
    picture = next((one for one in (*[p for p in pictures if p.required], *pictures)), None)
    areas = next((one for one in known if _is_areas(one)), None)
    if picture is None or areas is None or areas.items is None:
        return None
    inner = areas.items.properties
    return BrushFields(
        picture=picture.name,
        areas=areas.name,
        mask=next(one.name for one in inner if one.media is MediaKind.MASK),
        path=next(one.name for one in inner if _is_path(one)),
        still=next((one.name for one in known if one.media is MediaKind.MASK), ""),
        most_areas=min(areas.max_items or MOST_AREAS, MOST_AREAS),
    )


def without_painting(fields: BrushFields, values: Values) -> dict[str, JsonValue]:
    """The values without the painting and without what was made of it."""
    gone = {*fields.names, PAINTING}
    return {name: one for name, one in values.items() if name not in gone}


def trajectory(path: Points, size: tuple[int, int]) -> list[JsonValue]:
    """The points as fal takes them: whole pixels, y counted from the bottom, none twice in a row.

    A point that lies outside is moved to the nearest pixel of the picture.
    """
    width, height = size
    found: list[JsonValue] = []
    for x, y in path:
        row = _inside(math.floor(y), height)
        point = {"x": _inside(math.floor(x), width), "y": height - 1 - row}
        if not found or found[-1] != point:
            found.append(point)
    return found


def values_of(
    fields: BrushFields, painting: Painting, masks: Mapping[int, str]
) -> dict[str, JsonValue]:
    """What stands in the fields of the brush; a field that nothing is for is not in it.

    `masks` has the reference of each area's mask by its number; an area without one is left out.
    """
    found: dict[str, JsonValue] = {}
    if fields.still and STILL in masks:
        found[fields.still] = masks[STILL]
    areas: Sequence[JsonValue] = [
        {fields.mask: masks[one.number], fields.path: trajectory(one.path, painting.size)}
        for one in painting.moving()
        if one.number in masks
    ]
    if areas:
        found[fields.areas] = areas
    return found


def _is_areas(field: FieldSpec) -> bool:
    items = field.items
    if field.type is not FieldType.ARRAY or items is None:
        return False
    has_mask = any(one.media is MediaKind.MASK for one in items.properties)
    return has_mask and any(_is_path(one) for one in items.properties)


def _is_path(field: FieldSpec) -> bool:
    items = field.items
    if field.type is not FieldType.ARRAY or items is None:
        return False
    numbers = {one.name for one in items.properties if one.type in _NUMBERS}
    return numbers == {"x", "y"}


def _inside(value: int, size: int) -> int:
    return min(max(value, 0), size - 1)


_NUMBERS = (FieldType.INTEGER, FieldType.NUMBER)
