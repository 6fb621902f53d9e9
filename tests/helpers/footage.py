"""Looking at what the simulator rendered: frames as pictures, sounds as numbers."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import av
from PIL import Image, ImageChops, ImageDraw, ImageStat

from kling_desktop.simulator.film import Take, film, shape_for
from kling_desktop.simulator.scenes import Landscape
from kling_desktop.simulator.sound.ambience import ambience
from kling_desktop.simulator.sound.speech import Line, spoken
from kling_desktop.simulator.sound.writing import write_sound

if TYPE_CHECKING:
    from pathlib import Path

    Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Watched:
    """A decoded clip. Seconds of its picture and of its sound, 0 where there is none."""

    frames: tuple[Image.Image, ...]
    rate: float
    seconds: float
    sound_seconds: float
    key_times: tuple[float, ...]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return self.frames[0].size


def watch(data: bytes) -> Watched:
    """Decodes a whole clip."""
    with av.open(io.BytesIO(data), "r") as container:
        stream = container.streams.video[0]
        found = list(container.decode(stream))
        rate = float(stream.average_rate or 0)
    heard = 0.0
    with av.open(io.BytesIO(data), "r") as container:
        if container.streams.audio:
            heard = sum(
                frame.samples / frame.sample_rate
                for frame in container.decode(container.streams.audio[0])
            )
    return Watched(
        frames=tuple(
            frame.to_image()  # type: ignore[no-untyped-call]
            for frame in found
        ),
        rate=rate,
        seconds=len(found) / rate,
        sound_seconds=heard,
        key_times=tuple(frame.time or 0.0 for frame in found if frame.key_frame),
    )


def listen(data: bytes) -> tuple[float, int, str]:
    """Seconds, the loudest sample (0 to 32767) and the container of a sound."""
    with av.open(io.BytesIO(data), "r") as container:
        form = container.format.name
        converter = av.AudioResampler(format="s16", layout="mono", rate=44_100)
        samples, loudest = 0, 0
        for frame in container.decode(container.streams.audio[0]):
            for one in converter.resample(frame):
                part = memoryview(bytes(one.planes[0])[: one.samples * 2]).cast("h")
                samples += one.samples
                loudest = max(loudest, *map(abs, part.tolist()))
    return samples / 44_100, loudest, form


def unlike(one: Image.Image, other: Image.Image, box: Box | None = None) -> float:
    """Mean difference of two pictures of one size, 0 to 255, or of a part of them."""
    pair = [image.convert("RGB").crop(box or (0, 0, *image.size)) for image in (one, other)]
    return sum(ImageStat.Stat(ImageChops.difference(*pair)).mean) / 3


def middle_of_color(image: Image.Image, color: tuple[int, int, int]) -> tuple[float, float]:
    """Where a color is found, from the top left. Raises ValueError where it is not."""
    ground = Image.new("RGB", image.size, color)
    bands = ImageChops.difference(image.convert("RGB"), ground).split()
    near = [band.point([255 if value < 60 else 0 for value in range(256)]) for band in bands]
    mask = ImageChops.multiply(ImageChops.multiply(near[0], near[1]), near[2])
    if mask.getbbox() is None:
        raise ValueError("the color is not there")
    columns = mask.resize((mask.width, 1), Image.Resampling.BOX).tobytes()
    rows = mask.resize((1, mask.height), Image.Resampling.BOX).tobytes()
    return _middle(columns), _middle(rows)


def png(image: Image.Image) -> bytes:
    """The bytes of a picture file."""
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def plain(color: str, size: tuple[int, int] = (640, 400)) -> bytes:
    """A picture of one color."""
    return png(Image.new("RGB", size, color))


def mask(box: Box, size: tuple[int, int] = (640, 400)) -> bytes:
    """A mask that is white inside a box, from the top left."""
    image = Image.new("L", size, 0)
    ImageDraw.Draw(image).rectangle(box, fill=255)
    return png(image)


def clip(folder: Path, *, seconds: float = 2.0, side: int = 120, heard: bool = True) -> bytes:
    """A small landscape at 24 frames per second, with a sound of its own or without."""
    shape = shape_for(16 / 9, side, 24, seconds)
    target = folder / f"clip-{seconds}-{side}-{heard}.mp4"
    take = Take(Landscape("clip", "sea", shape), shape, ambience("clip") if heard else None)
    film(take, target, lambda _: None, lambda: False)
    return target.read_bytes()


def speech(folder: Path, text: str = "One two three four five six.", form: str = "mp3") -> bytes:
    """A sound file with something like speech."""
    target = folder / f"speech.{form}"
    write_sound(spoken(Line(text)), target, form)
    return target.read_bytes()


def _middle(values: bytes) -> float:
    return sum(index * value for index, value in enumerate(values)) / sum(values)
