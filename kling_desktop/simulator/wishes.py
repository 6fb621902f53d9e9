"""Reads what is wished for out of an input, by the shape of its fields and their plain words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kling_desktop.simulator.brought import Brought, sorted_out
from kling_desktop.simulator.film_order import ClipUse, FilmOrder, Shot, Voice
from kling_desktop.simulator.products import product_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kling_desktop.simulator.endpoints import Endpoint
    from kling_desktop.simulator.film_order import Supplied

_RATIO = re.compile(r"(\d+):(\d+)\Z")
_NAMED_SIZE = re.compile(r"(square|portrait|landscape)(?:_(\d+)_(\d+))?")
_LONGEST = 60.0
_USUAL = 5.0
_LARGEST_CLIP = 1080
_LARGEST_PICTURE = 1440
_SIZES = {"480p": 480, "720p": 720, "1080p": 1080, "1k": 720, "2k": 1440, "4k": 2160}
_DIRECTIONS: dict[str, tuple[str, float]] = {
    "up": ("vertical", 0.7),
    "down": ("vertical", -0.7),
    "left": ("tilt", -0.7),
    "right": ("tilt", 0.7),
    "forward": ("zoom", -0.7),
    "back": ("zoom", 0.7),
}
"""What the words in the name of a preset camera move mean."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An input as it came, with its files."""

    endpoint: Endpoint
    body: Mapping[str, Any]
    supplied: tuple[Supplied, ...]
    seed: int
    """The simulator's own."""
    take: int = 0
    short_side: int | None = None
    """Overrides what the endpoint gives."""
    values: dict[str, Any] = field(init=False)
    """What was given, and for the rest what the schema says."""

    def __post_init__(self) -> None:
        usual = {
            name: schema["default"]
            for name, schema in self.endpoint.properties.items()
            if "default" in schema
        }
        object.__setattr__(self, "values", {**usual, **self.body})

    def called(self, *words: str) -> Iterator[tuple[str, Any]]:
        """Values whose name holds one of the words."""
        for name, value in self.values.items():
            if any(word in name for word in words):
                yield name, value

    def text(self, *names: str) -> str:
        """The first text that is given under one of the names."""
        found = (self.values.get(name) for name in names)
        return next((one for one in found if isinstance(one, str)), "")


def order_for(asked: Asked) -> FilmOrder:
    """What is to be made."""
    product, shots = product_of(asked.endpoint, asked.values), _shots(asked)
    brought, voice = sorted_out(asked.body, asked.supplied), _voice(asked)
    prompt = asked.text("prompt") or " ".join(shot.prompt for shot in shots)
    side = asked.short_side or wanted_side(asked)
    return FilmOrder(
        prompt=prompt,
        words=f"{asked.seed}/{asked.body.get('seed', asked.take)}/{prompt}",
        product=product,
        seconds=_seconds(asked, brought, shots),
        frame_rate=asked.endpoint.frame_rate,
        short_side=min(side, _LARGEST_PICTURE if product.pictures else _LARGEST_CLIP),
        most_short_side=min(asked.short_side or _LARGEST_CLIP, _LARGEST_CLIP),
        ratio=None if brought.start else _ratio(asked),
        start=brought.start,
        end=brought.end,
        cards=brought.things,
        clip=brought.clip,
        clip_use=_clip_use(brought, sounds=bool(voice or product.sound)),
        sound=brought.sound,
        still=brought.still,
        areas=brought.areas,
        shots=shots,
        camera=_camera(asked),
        scene=_scene(asked),
        voice=voice,
        keeps_sound=_is_on(asked, kept=True),
        makes_sound=_is_on(asked, kept=False),
    )


def wanted_side(asked: Asked) -> int:
    """Pixels of the shorter side that are asked and paid for, even if fewer are rendered."""
    return _SIZES.get(asked.text("resolution").lower(), asked.endpoint.short_side)


def _clip_use(brought: Brought, *, sounds: bool) -> ClipUse:
    if brought.start is not None:
        return ClipUse.FOLLOW
    return ClipUse.SHOW if sounds or brought.sound is not None else ClipUse.CHANGE


def _seconds(asked: Asked, brought: Brought, shots: tuple[Shot, ...]) -> float | None:
    """None where the length is that of what was given or is said."""
    if shots:
        return min(_LONGEST, sum(shot.seconds for shot in shots))
    for _, value in asked.called("duration", "seconds"):
        found = _number(value)
        if found is not None:
            return max(1.0, min(_LONGEST, found))
    speaks = bool(_voice(asked))
    return None if brought.clip or brought.sound or speaks else _USUAL


def _number(value: object) -> float | None:
    try:
        return float(str(value).removesuffix("s"))
    except ValueError:
        return None


def _ratio(asked: Asked) -> float | None:
    found = _RATIO.match(asked.text("aspect_ratio"))
    if found:
        return int(found[1]) / max(1, int(found[2]))
    for _, size in asked.called("image_size", "video_size"):
        if isinstance(size, dict) and {"width", "height"} <= set(size):
            return float(size["width"]) / max(1.0, float(size["height"]))
        named = _NAMED_SIZE.match(str(size))
        if named and named[1] == "square":
            return 1.0
        if named and named[2]:
            # "portrait_4_3" is three wide and four high.
            ratio = int(named[2]) / max(1, int(named[3]))
            return ratio if named[1] == "landscape" else 1 / max(0.1, ratio)
    return None


def _shots(asked: Asked) -> tuple[Shot, ...]:
    """A list of objects that each have a prompt."""
    for value in asked.values.values():
        if isinstance(value, list) and value and all(_is_shot(one) for one in value):
            return tuple(
                Shot(one["prompt"], max(1.0, _number(one.get("duration")) or _USUAL))
                for one in value
            )
    return ()


def _is_shot(value: object) -> bool:
    return isinstance(value, dict) and isinstance(value.get("prompt"), str)


def _camera(asked: Asked) -> dict[str, float]:
    axes: dict[str, float] = {}
    for _, value in asked.called("camera"):
        if isinstance(value, str):
            known = [_DIRECTIONS[word] for word in value.split("_") if word in _DIRECTIONS]
            axes.update(known)
        elif isinstance(value, dict):
            axis = next((one for one in value.values() if isinstance(one, str)), "")
            amount = next((one for one in value.values() if isinstance(one, int | float)), 0)
            axes[axis] = max(-1.0, min(1.0, amount / 10))
    return axes


def _scene(asked: Asked) -> str:
    return next((str(value) for _, value in asked.called("scene", "effect_")), "")


def _voice(asked: Asked) -> Voice | None:
    text = asked.text("text", "script")
    if not text:
        return None
    voice = next((one for _, one in asked.called("voice_id") if isinstance(one, str)), "")
    speed = next((_number(one) for _, one in asked.called("speed")), None)
    return Voice(text, voice, speed or 1.0)


def _is_on(asked: Asked, *, kept: bool) -> bool:
    """Whether a switch for sound is on: one that keeps it, or one that makes it."""
    return any(
        value is True and name.startswith("keep") is kept
        for name, value in asked.called("audio", "sound")
    )
