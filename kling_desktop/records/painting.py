"""What was painted for the motion brush: strokes that stay strokes, areas, paths.

Points are pixels of the upright picture with the origin at its top left, as a person paints them;
(0, 0) is the outer corner of the first pixel. What fal gets is made from this in
`catalog.motion_brush` and `media.masks`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kling_desktop.records.json_values import JsonValue

PAINTING = "x-painting"
"""The name under which a painting stands among the values: kept with them, never posted."""
PAINTING_VERSION = 1
STILL = 0
"""The number of the area that holds still; those that move count from 1."""
MOST_AREAS = 6
"""Areas that can move (Kling API, image to video, `dynamic_masks`)."""

Point: TypeAlias = tuple[float, float]
Points: TypeAlias = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line with round ends; one point alone is a dot."""

    points: Points
    width: float
    erases: bool = False


@dataclass(frozen=True, slots=True)
class Patch:
    """A filled shape. Where its rings overlap an even number of times it is not filled."""

    rings: tuple[Points, ...]


@dataclass(frozen=True, slots=True)
class Inversion:
    """From here on what was painted is bare, and what was bare is painted."""


Mark: TypeAlias = Stroke | Patch | Inversion


@dataclass(frozen=True, slots=True)
class PictureMap:
    """Where the points of one picture lie on another one made from it."""

    scale_x: float
    scale_y: float
    shift_x: float = 0.0
    shift_y: float = 0.0

    def point(self, point: Point) -> Point:
        """One point."""
        return point[0] * self.scale_x + self.shift_x, point[1] * self.scale_y + self.shift_y

    def points(self, points: Points) -> Points:
        """Many."""
        return tuple(self.point(one) for one in points)

    @property
    def scale(self) -> float:
        """How much wider a round brush gets."""
        return float((self.scale_x * self.scale_y) ** 0.5)

    @property
    def inverse(self) -> PictureMap:
        """The way back."""
        across, down = 1 / self.scale_x, 1 / self.scale_y
        return PictureMap(across, down, -self.shift_x * across, -self.shift_y * down)

    def then(self, other: PictureMap) -> PictureMap:
        """This one first, the other one after it."""
        shift = other.point((self.shift_x, self.shift_y))
        return PictureMap(self.scale_x * other.scale_x, self.scale_y * other.scale_y, *shift)

    @classmethod
    def stretched(cls, old: tuple[int, int], new: tuple[int, int]) -> PictureMap:
        """Corner to corner, for a picture of another shape."""
        return cls(new[0] / old[0], new[1] / old[1])

    @classmethod
    def fitted(cls, old: tuple[int, int], new: tuple[int, int]) -> PictureMap:
        """For the same picture after it was shrunk, or cut the same on both sides and shrunk."""
        scale = max(new[0] / old[0], new[1] / old[1])
        return cls(scale, scale, (new[0] - scale * old[0]) / 2, (new[1] - scale * old[1]) / 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """One region of the picture and how it moves."""

    number: int
    """STILL, or 1 to MOST_AREAS: the person's name for it, also after another one was deleted."""
    name: str = ""
    marks: tuple[Mark, ...] = ()
    """In the order in which they were made."""
    path: Points = ()
    """Where it goes, from first to last; empty is nowhere yet."""
    shown: bool = True
    """Only on the screen: a hidden area counts as much as the others."""

    @property
    def is_bare(self) -> bool:
        """Whether nothing was ever painted or drawn."""
        return not self.marks and not self.path


@dataclass(frozen=True, slots=True, kw_only=True)
class Painting:
    """All areas over one picture; replaced whole at each edit."""

    picture: str
    """The file name of the stored picture, which is no `media://` text: it is not sent again."""
    width: int
    height: int
    areas: tuple[Area, ...] = ()
    """By number."""
    is_open: bool = False
    """Whether there are no masks of it yet."""

    @property
    def size(self) -> tuple[int, int]:
        """Of the picture, in pixels."""
        return self.width, self.height

    @property
    def is_bare(self) -> bool:
        """Whether nothing was painted at all."""
        return all(one.is_bare for one in self.areas)

    def area(self, number: int) -> Area | None:
        """The area of that number."""
        return next((one for one in self.areas if one.number == number), None)

    def moving(self) -> tuple[Area, ...]:
        """The areas that move and are not bare."""
        return tuple(one for one in self.areas if one.number != STILL and not one.is_bare)

    def free_number(self) -> int | None:
        """The number that the next area gets; None where there are enough."""
        taken = {one.number for one in self.areas}
        return next((one for one in range(1, MOST_AREAS + 1) if one not in taken), None)

    def with_area(self, area: Area) -> Painting:
        """With this area, in place of the one of its number."""
        others = [one for one in self.areas if one.number != area.number]
        areas = sorted([*others, area], key=lambda one: one.number)
        return replace(self, areas=tuple(areas))

    def without(self, number: int) -> Painting:
        """Without the area of that number."""
        return replace(self, areas=tuple(one for one in self.areas if one.number != number))

    def mapped(self, onto: PictureMap, picture: str, size: tuple[int, int]) -> Painting:
        """The same painting over another picture."""
        areas = tuple(
            replace(
                one,
                marks=tuple(_mapped(mark, onto) for mark in one.marks),
                path=onto.points(one.path),
            )
            for one in self.areas
        )
        return replace(self, picture=picture, width=size[0], height=size[1], areas=areas)

    def to_json(self) -> dict[str, JsonValue]:
        """Plain JSON for drafts and recipes."""
        found: dict[str, JsonValue] = {
            "painting": PAINTING_VERSION,
            "picture": self.picture,
            "size": [self.width, self.height],
            "areas": [_area_json(one) for one in self.areas],
        }
        return {**found, "is_open": True} if self.is_open else found

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Painting:
        """What to_json wrote. Raises KeyError, TypeError or ValueError for anything else."""
        if data["painting"] != PAINTING_VERSION:
            raise ValueError(f"painting version {data['painting']!r} is not known")
        width, height = data["size"]
        if not (isinstance(width, int) and isinstance(height, int) and min(width, height) > 0):
            raise ValueError(f"no picture has the size {data['size']!r}")
        return cls(
            picture=str(data["picture"]),
            width=width,
            height=height,
            areas=tuple(_area_of(one) for one in data["areas"]),
            is_open=bool(data.get("is_open", False)),
        )


def painting_in(values: Mapping[str, Any]) -> Painting | None:
    """The painting that stands among values; None where there is none that can be read."""
    try:
        return Painting.from_json(values[PAINTING])
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        return None


def _mapped(mark: Mark, onto: PictureMap) -> Mark:
    match mark:
        case Stroke(points, width, erases):
            return Stroke(onto.points(points), width * onto.scale, erases)
        case Patch(rings):
            return Patch(tuple(onto.points(ring) for ring in rings))
        case Inversion():
            return mark


def _area_json(area: Area) -> dict[str, JsonValue]:
    found: dict[str, JsonValue] = {
        "number": area.number,
        "name": area.name,
        "marks": [_mark_json(mark) for mark in area.marks],
        "path": _flat(area.path),
    }
    return found if area.shown else {**found, "shown": False}


def _area_of(data: Mapping[str, Any]) -> Area:
    number = data["number"]
    if number not in range(MOST_AREAS + 1):
        raise ValueError(f"there is no area {number!r}")
    return Area(
        number=int(number),
        name=str(data["name"]),
        marks=tuple(_mark_of(one) for one in data["marks"]),
        path=_points(data["path"]),
        shown=bool(data.get("shown", True)),
    )


def _mark_json(mark: Mark) -> dict[str, JsonValue]:
    match mark:
        case Stroke(points, width, erases):
            kind = "erase" if erases else "stroke"
            return {kind: _flat(points), "width": width}
        case Patch(rings):
            return {"patch": [_flat(ring) for ring in rings]}
        case Inversion():
            return {"invert": True}


def _mark_of(data: Mapping[str, Any]) -> Mark:
    if "patch" in data:
        return Patch(tuple(_points(ring) for ring in data["patch"]))
    if "invert" in data:
        return Inversion()
    kind = "erase" if "erase" in data else "stroke"
    return Stroke(_points(data[kind]), float(data["width"]), erases=kind == "erase")


def _flat(points: Points) -> list[JsonValue]:
    return list(chain.from_iterable(points))


def _points(flat: Sequence[Any]) -> Points:
    numbers = [float(one) for one in flat]
    return tuple(zip(numbers[::2], numbers[1::2], strict=True))
