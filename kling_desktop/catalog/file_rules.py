"""Relations between files, and between a file and a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from kling_desktop.catalog import relation_problems as say
from kling_desktop.catalog.media_limits import can_be_shortened, neat
from kling_desktop.records.problem import Remedy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kling_desktop.catalog.asked import Asked, Rule
    from kling_desktop.records.json_values import JsonValue
    from kling_desktop.records.media import MediaFacts
    from kling_desktop.records.problem import Problem

_NEAR = 0.01
"""The part of a ratio by which two pictures of one shape may differ."""
_A_LITTLE = 0.05
"""Seconds that a file may be longer; fal's own limits end in .05."""


def _same_ratio(rule: Rule, asked: Asked) -> Iterator[Problem]:
    """`fields`: all files have the ratio of the first, `within` a part of it."""
    first, *others = rule["fields"]
    for _, _, wanted in asked.pictures(first):
        for path in others:
            for loc, _, ratio in asked.pictures(path):
                if abs(ratio - wanted) > wanted * rule.get("within", _NEAR):
                    one, other = asked.title(first), asked.title(path)
                    yield say.OTHER_SHAPE(*loc, field=one, other=other, shape=wanted)


def _same_size(rule: Rule, asked: Asked) -> Iterator[Problem]:
    """`fields`: all files have the pixels of the first that is there."""
    found = [(path, *file) for path in rule["fields"] for file in asked.pictures(path)]
    for path, loc, facts, _ in found[1:]:
        first, _, wanted, _ = found[0]
        if _pixels(facts) != _pixels(wanted):
            yield say.OTHER_SIZE(*loc, field=asked.title(first), other=asked.title(path))


def _mask_fits(rule: Rule, asked: Asked) -> Iterator[Problem]:
    """`masks` have the ratio of the `picture`, and all of them one size."""
    wanted = next((ratio for _, _, ratio in asked.pictures(rule["picture"])), None)
    size = None
    for path in rule["masks"]:
        for loc, facts, ratio in asked.pictures(path):
            size = size or _pixels(facts)
            if wanted is not None and abs(ratio - wanted) > wanted * _NEAR:
                yield say.MASK_OF_OTHER_SHAPE(*loc, field=asked.title(path))
            elif _pixels(facts) != size:
                yield say.MASK_OF_OTHER_SIZE(*loc, field=asked.title(path))


def _pixels(facts: MediaFacts) -> tuple[int | None, int | None]:
    return facts.width, facts.height


def _points_inside(rule: Rule, asked: Asked) -> Iterator[Problem]:
    """`points`: each lies inside the `picture`."""
    picture = next((facts for _, facts, _ in asked.pictures(rule["picture"])), None)
    if picture is None:
        return
    width, height = picture.width or 0, picture.height or 0
    for loc, point in asked.at(rule["points"]):
        x, y = _coordinate(point, "x"), _coordinate(point, "y")
        if not (0 <= x <= width and 0 <= y <= height):
            yield say.POINT_OUTSIDE(*loc, x=neat(x), y=neat(y), width=width, height=height)


def _coordinate(point: JsonValue, name: str) -> float:
    value = point.get(name) if isinstance(point, Mapping) else None
    return value if isinstance(value, int | float) else 0


def _longest_by(rule: Rule, asked: Asked) -> Iterator[Problem]:
    """`file` lasts at most the `seconds` that stand for the value of `other`."""
    other = rule["other"]
    most = rule["seconds"].get(str(asked.value(other)))
    for loc, facts in asked.files(rule["file"]) if most else ():
        if facts.duration is not None and facts.duration > most + _A_LITTLE:
            problem = say.TOO_LONG_FOR_CHOICE(
                *loc,
                seconds=neat(facts.duration),
                most=most,
                other=asked.title(other),
                value=asked.choice(other, asked.value(other)),
            )
            can = can_be_shortened(facts)
            yield problem if can else replace(problem, remedy=Remedy.NONE)


FILE_RULES: Mapping[str, Callable[[Rule, Asked], Iterator[Problem]]] = {
    "same_ratio": _same_ratio,
    "same_size": _same_size,
    "mask_fits": _mask_fits,
    "points_inside": _points_inside,
    "longest_by": _longest_by,
}
