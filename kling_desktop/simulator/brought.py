"""What the files of an input are for, told by their kind and by where they stand in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kling_desktop.simulator.film_order import Area

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kling_desktop.simulator.film_order import Supplied

_LAST_WORDS = frozenset({"tail", "end", "last"})
_SECOND_WORDS = ("reference", "additional", "extra")
"""In the names of further views of a thing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """The files of an input by their part in it."""

    start: Supplied | None = None
    end: Supplied | None = None
    things: tuple[Supplied, ...] = ()
    clip: Supplied | None = None
    sound: Supplied | None = None
    still: Supplied | None = None
    areas: tuple[Area, ...] = ()


def sorted_out(body: Mapping[str, Any], supplied: Iterable[Supplied]) -> Brought:
    """Finds out what each file is for."""
    given = tuple(supplied)
    top = [one for one in given if len(one.wanted.loc) == 1]
    pictures = [one for one in top if one.wanted.kind == "image"]
    ends = [one for one in pictures if _LAST_WORDS & set(one.wanted.name.split("_"))]
    starts = [one for one in pictures if one not in ends]
    return Brought(
        start=next(iter(starts), None),
        end=next(iter(ends), None),
        things=(*starts[1:], *_things(given)),
        clip=_first(top, "video"),
        sound=_first(top, "audio"),
        still=_first(top, "image_mask"),
        areas=tuple(
            Area(one, _points(body, one))
            for one in given
            if one.wanted.kind == "image_mask" and len(one.wanted.loc) > 1
        ),
    )


def _first(given: list[Supplied], kind: str) -> Supplied | None:
    return next((one for one in given if one.wanted.kind == kind), None)


def _things(given: tuple[Supplied, ...]) -> tuple[Supplied, ...]:
    """Pictures in lists, and one view of each object that has several."""
    views: dict[tuple[str | int, ...], list[Supplied]] = {}
    for one in given:
        if len(one.wanted.loc) > 1 and one.wanted.kind in {"image", "video"}:
            views.setdefault(tuple(one.wanted.loc[:2]), []).append(one)
    return tuple(min(all_of_it, key=_rank) for all_of_it in views.values())


def _rank(one: Supplied) -> tuple[bool, bool]:
    name = str(one.wanted.loc[2]) if len(one.wanted.loc) > 2 else ""
    return one.wanted.kind == "video", name.startswith(_SECOND_WORDS)


def _points(body: Mapping[str, Any], mask: Supplied) -> tuple[tuple[int, int], ...]:
    """The list of x and y that stands beside a mask."""
    area: Any = body
    for step in mask.wanted.loc[:-1]:
        area = area[step]
    for value in area.values() if isinstance(area, dict) else ():
        if isinstance(value, list) and all(isinstance(one, dict) for one in value):
            return tuple((int(one["x"]), int(one["y"])) for one in value if {"x", "y"} <= set(one))
    return ()
