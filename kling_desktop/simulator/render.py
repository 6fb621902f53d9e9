"""From an order to files: decides what is seen and heard, and has it written."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kling_desktop.simulator.clips import look_at_clip, look_at_sound
from kling_desktop.simulator.film import Shape, Take, film, shape_for
from kling_desktop.simulator.film_order import ClipUse, Made
from kling_desktop.simulator.mark import Marked
from kling_desktop.simulator.seen import Inputs, footage_of, open_inputs
from kling_desktop.simulator.sound.ambience import ambience
from kling_desktop.simulator.sound.pcm import lasting, loudness
from kling_desktop.simulator.sound.recorded import recorded
from kling_desktop.simulator.sound.speech import Line, spoken
from kling_desktop.simulator.sound.writing import write_sound
from kling_desktop.simulator.stills import draw

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kling_desktop.records.media import MediaFacts
    from kling_desktop.simulator.film_order import FilmOrder

_WIDEST = 2.5
"""No clip is rendered wider or narrower, whatever a schema allows."""
_WIDE = 16 / 9
_USUAL_SECONDS = 5.0
_LONGEST = 60.0
_SLOWEST, _FASTEST = 10, 60


def render(
    order: FilmOrder,
    folder: Path,
    progress: Callable[[float], None],
    stopped: Callable[[], bool],
) -> Made:
    """Makes what is asked for. Raises InputRefusedError, or FilmStoppedError where stopped."""
    work = _Work(order, *_looked(order))
    if order.product.pictures:
        inputs = open_inputs(order)
        shape = work.shape(inputs)
        paths = draw(order, inputs.things, shape, folder)
        progress(1.0)
        return Made(pictures=paths, width=shape.width, height=shape.height)
    if order.product.video:
        return _film(work, folder, progress, stopped)
    target = _sound_file(work, folder) if order.product.sound else None
    progress(1.0)
    return Made(sound=target, seconds=work.seconds)


@dataclass(frozen=True, slots=True)
class _Work:
    """An order with what its clip and its sound turned out to be like."""

    order: FilmOrder
    clip: MediaFacts | None
    sound: MediaFacts | None

    @property
    def seconds(self) -> float:
        """How long the result is."""
        order = self.order
        if order.seconds is not None:
            return min(_LONGEST, order.seconds)
        if self.clip is not None:
            return min(_LONGEST, self.clip.duration or _USUAL_SECONDS)
        if self.sound is not None:
            return min(_LONGEST, self.sound.duration or _USUAL_SECONDS)
        if order.voice is not None:
            return min(_LONGEST, _line(order).seconds)
        return _USUAL_SECONDS

    @property
    def clip_ratio(self) -> float | None:
        """Width by height of the clip that is given."""
        if self.clip is None or not self.clip.width or not self.clip.height:
            return None
        return self.clip.width / self.clip.height

    def shape(self, inputs: Inputs) -> Shape:
        """The size that the order, its picture or its clip asks for."""
        order, side, rate = self.order, self.order.short_side, self.order.frame_rate
        ratio = order.ratio
        if self.clip is not None and order.clip_use is not ClipUse.FOLLOW:
            width, height = self.clip.width or 16, self.clip.height or 9
            ratio = ratio or width / height
            if order.clip_use is ClipUse.SHOW:
                side = min(width, height, order.most_short_side)
            if order.seconds is None:
                rate = min(_FASTEST, max(_SLOWEST, round(self.clip.frame_rate or rate)))
        elif ratio is None:
            ratio = inputs.first_ratio or _WIDE
        ratio = min(_WIDEST, max(1 / _WIDEST, ratio))
        return shape_for(ratio, side, rate, self.seconds)

    def heard(self) -> Iterator[bytes] | None:
        """The sound of the result, if it has any."""
        order = self.order
        if order.sound is not None:
            return recorded(order.sound.path)
        if order.voice is not None:
            return spoken(_line(order))
        if order.makes_sound or order.product.sound:
            return ambience(order.words)
        if order.keeps_sound and order.clip and self.clip and self.clip.has_audio:
            return recorded(order.clip.path)
        return None


def _looked(order: FilmOrder) -> tuple[MediaFacts | None, MediaFacts | None]:
    clip = None if order.clip is None else look_at_clip(order.clip)
    return clip, None if order.sound is None else look_at_sound(order.sound)


def _film(
    work: _Work, folder: Path, progress: Callable[[float], None], stopped: Callable[[], bool]
) -> Made:
    order = work.order
    inputs = open_inputs(order, work.clip_ratio)
    shape, target = work.shape(inputs), folder / "clip.mp4"
    levels: list[float] = []
    if order.sound is not None and order.clip is None:
        levels = loudness(lasting(recorded(order.sound.path), work.seconds), shape.frame_rate)
    with ExitStack() as open_files:
        footage = Marked(footage_of(order, inputs, shape, levels, open_files), shape)
        film(Take(footage, shape, work.heard()), target, progress, stopped)
    sound = _sound_file(work, folder) if order.product.sound else None
    return Made(
        video=target,
        sound=sound,
        seconds=shape.frames / shape.frame_rate,
        frame_rate=shape.frame_rate,
        width=shape.width,
        height=shape.height,
    )


def _sound_file(work: _Work, folder: Path) -> Path:
    form = work.order.product.sound
    target = folder / f"sound.{form}"
    write_sound(lasting(work.heard() or iter(()), work.seconds), target, form)
    return target


def _line(order: FilmOrder) -> Line:
    voice = order.voice
    return Line("") if voice is None else Line(voice.text, voice.voice, voice.speed)
