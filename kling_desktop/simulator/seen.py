"""Which footage an order gets, told by what it brings along."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from av.error import FFmpegError

from kling_desktop.simulator.complaints import Complaint, InputRefusedError
from kling_desktop.simulator.film import picture_of
from kling_desktop.simulator.film_order import ClipUse
from kling_desktop.simulator.footage.brush import BrushedPicture, Region, grey_mask
from kling_desktop.simulator.footage.camera import DETAIL, CameraWay, drift_of
from kling_desktop.simulator.footage.cards import ALONE, BESIDE, Arranged
from kling_desktop.simulator.footage.effects import Lit, SceneWay, Together
from kling_desktop.simulator.footage.followed import Driven, Talking, inset_of
from kling_desktop.simulator.footage.reel import Reel
from kling_desktop.simulator.footage.shots import Cut
from kling_desktop.simulator.footage.treated import Treated
from kling_desktop.simulator.moves import Joined, MovingPicture, move_for
from kling_desktop.simulator.pictures import open_mask, open_picture, open_thing
from kling_desktop.simulator.scenes import Landscape

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import ExitStack

    from PIL import Image

    from kling_desktop.simulator.film import Footage, Shape
    from kling_desktop.simulator.film_order import FilmOrder, Supplied

_SAME_RATIO = 0.02


@dataclass(frozen=True, slots=True)
class Inputs:
    """The pictures of an order, opened and found good."""

    start: Image.Image | None
    end: Image.Image | None
    things: tuple[Image.Image, ...]
    still: Image.Image | None
    regions: tuple[Region, ...]
    clip_ratio: float | None = None

    @property
    def first_ratio(self) -> float | None:
        """Width by height of the picture that leads, if one does."""
        lead = self.start or self.end or (self.things[0] if len(self.things) == 1 else None)
        return None if lead is None else lead.width / lead.height


def open_inputs(order: FilmOrder, clip_ratio: float | None = None) -> Inputs:
    """Opens every picture. Raises InputRefusedError for the first that cannot be used."""
    opened = Inputs(
        start=None if order.start is None else open_picture(order.start.path, order.start.wanted),
        end=None if order.end is None else open_picture(order.end.path, order.end.wanted),
        things=tuple(open_thing(one) for one in order.cards),
        still=None if order.still is None else _mask(order.still),
        regions=tuple(Region(_mask(area.mask), area.points) for area in order.areas),
        clip_ratio=clip_ratio,
    )
    _check_masks(order, opened)
    return opened


def footage_of(
    order: FilmOrder,
    inputs: Inputs,
    shape: Shape,
    loudness: Sequence[float],
    open_files: ExitStack,
) -> Footage:
    """What is filmed. Clips stay open until `open_files` closes."""
    if order.clip is not None:
        return _of_clip(order, inputs, shape, open_files)
    if order.scene and inputs.things:
        return _of_scene(order, inputs, shape)
    if order.sound is not None and inputs.start is not None:
        still = MovingPicture(inputs.start, shape, move_for(order.words))
        return _with_things(Talking(still, loudness, shape), inputs, shape)
    if inputs.start is not None and (inputs.regions or inputs.still):
        return BrushedPicture(inputs.start, shape, inputs.regions, inputs.still)
    if len(order.shots) > 1:
        return _with_things(_of_shots(order, inputs, shape), inputs, shape)
    return _with_things(_one_shot(order, inputs, shape, order.words), inputs, shape)


def _of_clip(order: FilmOrder, inputs: Inputs, shape: Shape, open_files: ExitStack) -> Footage:
    lead = inputs.start or (inputs.things[0] if inputs.things else None)
    if order.clip_use is ClipUse.FOLLOW and lead is not None:
        picture = MovingPicture(lead, shape, move_for(order.words), detail=1.2)
        small = inset_of(shape, inputs.clip_ratio or lead.width / lead.height)
        driven: Footage = Driven(picture, _reel(order.clip, small, open_files), shape)
        return driven if inputs.start is None else _with_things(driven, inputs, shape)
    reel = _reel(order.clip, shape, open_files)
    if order.clip_use is ClipUse.SHOW:
        return reel
    return _with_things(Treated(reel, f"{order.words} {order.prompt}"), inputs, shape)


def _reel(clip: Supplied | None, shape: Shape, open_files: ExitStack) -> Reel:
    if clip is None:
        raise ValueError("no clip")
    try:
        reel = Reel(clip.path, shape)
    except (FFmpegError, EOFError, ValueError) as error:
        text = "Failed to read the video. Please ensure the file is not corrupted."
        raise InputRefusedError(
            Complaint(clip.wanted.loc, "input_value_error", text, clip.wanted.url)
        ) from error
    open_files.callback(reel.close)
    return reel


def _of_scene(order: FilmOrder, inputs: Inputs, shape: Shape) -> Footage:
    if len(inputs.things) > 1:
        return Lit(Together(inputs.things[0], inputs.things[1], shape), order.scene)
    way = SceneWay(f"{order.scene}/{order.words}")
    return Lit(MovingPicture(inputs.things[0], shape, way, detail=1.2), order.scene)


def _of_shots(order: FilmOrder, inputs: Inputs, shape: Shape) -> Footage:
    parts: list[tuple[Footage, float]] = []
    last = len(order.shots) - 1
    for number, shot in enumerate(order.shots):
        words = f"{order.words}/{number}/{shot.prompt}"
        mine = replace(order, prompt=shot.prompt)
        # What the clip begins with is seen in the first shot, what it ends on in the last.
        here = replace(
            inputs,
            start=inputs.start if number == 0 else None,
            end=inputs.end if number == last else None,
        )
        footage = _one_shot(mine, here, shape, words)
        if number and inputs.start is not None and here.end is None:
            again = MovingPicture(inputs.start, shape, move_for(words))
            footage = Treated(again, words)
        parts.append((footage, shot.seconds))
    return Cut(parts)


def _one_shot(order: FilmOrder, inputs: Inputs, shape: Shape, words: str) -> Footage:
    first, last = inputs.start, inputs.end
    if first is None and last is None:
        return _of_words(order, shape, words)
    end = None if last is None else MovingPicture(last, shape, move_for(f"{words} end"))
    if first is None:
        ground = _of_words(order, shape, words)
        return ground if end is None else Joined(ground, end)
    if order.camera:
        return MovingPicture(first, shape, CameraWay(order.camera), DETAIL)
    start = MovingPicture(first, shape, move_for(words))
    return start if end is None else Joined(start, end)


def _of_words(order: FilmOrder, shape: Shape, words: str) -> Footage:
    if not order.camera:
        return Landscape(words, order.prompt, shape)
    drift = drift_of(order.camera)
    if drift is not None:
        return Landscape(words, order.prompt, shape, drift)
    view = picture_of(Landscape(words, order.prompt, shape).frame(0.5))
    return MovingPicture(view, shape, CameraWay(order.camera), DETAIL)


def _with_things(ground: Footage, inputs: Inputs, shape: Shape) -> Footage:
    if not inputs.things:
        return ground
    alone = isinstance(ground, Landscape | Cut) and inputs.start is None
    return Arranged(ground, inputs.things, shape, ALONE if alone else BESIDE)


def _mask(given: Supplied) -> Image.Image:
    return grey_mask(open_mask(given.path, given.wanted))


def _check_masks(order: FilmOrder, inputs: Inputs) -> None:
    """Kling takes masks of another shape and fails later (Kling API docs)."""
    masks = [
        (area.mask, region.mask) for area, region in zip(order.areas, inputs.regions, strict=True)
    ]
    if order.still is not None and inputs.still is not None:
        masks.insert(0, (order.still, inputs.still))
    for given, mask in masks:
        if mask.size != masks[0][1].size:
            raise _unfit(given, "All masks must have the same resolution.")
        if inputs.start is not None:
            ratio = inputs.start.width / inputs.start.height
            if abs(mask.width / mask.height / ratio - 1) > _SAME_RATIO:
                raise _unfit(given, "The mask must have the aspect ratio of the image.")


def _unfit(given: Supplied, text: str) -> InputRefusedError:
    return InputRefusedError(
        Complaint(given.wanted.loc, "input_value_error", text, given.wanted.url)
    )
