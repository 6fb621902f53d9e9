"""Pictures as a result: scenes from words, with the pictures of things that were given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kling_desktop.simulator.film import picture_of
from kling_desktop.simulator.footage.cards import ALONE, Arranged
from kling_desktop.simulator.mark import Marked
from kling_desktop.simulator.scenes import Landscape

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PIL import Image

    from kling_desktop.simulator.film import Footage, Shape
    from kling_desktop.simulator.film_order import FilmOrder


def draw(
    order: FilmOrder, things: Sequence[Image.Image], shape: Shape, folder: Path
) -> tuple[Path, ...]:
    """Writes as many pictures as are asked for, each unlike the others."""
    form = order.product.picture_form
    found = []
    for number in range(order.product.pictures):
        footage: Footage = Landscape(f"{order.words}/{number}", order.prompt, shape)
        if things:
            footage = Arranged(footage, things, shape, ALONE)
        target = folder / f"picture-{number}.{form}"
        options = {"compress_level": 1} if form == "png" else {"quality": 88}
        picture_of(Marked(footage, shape).frame(0.5)).save(target, form.upper(), **options)
        found.append(target)
    return tuple(found)
