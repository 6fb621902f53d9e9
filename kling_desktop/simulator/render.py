"""From a film order to a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kling_desktop.simulator.film import film, shape_for
from kling_desktop.simulator.mark import Marked
from kling_desktop.simulator.moves import Joined, MovingPicture, move_for
from kling_desktop.simulator.pictures import open_picture
from kling_desktop.simulator.scenes import Landscape

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PIL import Image

    from kling_desktop.simulator.film import Footage, Shape
    from kling_desktop.simulator.film_order import FilmOrder

_WIDEST = 2.5
"""No clip is rendered wider or narrower, whatever a schema allows."""


def render(
    order: FilmOrder,
    target: Path,
    progress: Callable[[float], None],
    stopped: Callable[[], bool],
) -> None:
    """Makes the clip. Raises InputRefusedError, or FilmStoppedError where it was stopped."""
    pictures = [open_picture(path, wanted) for wanted, path in order.pictures]
    ratio = pictures[0].width / pictures[0].height if pictures else order.ratio
    ratio = min(_WIDEST, max(1 / _WIDEST, ratio))
    shape = shape_for(ratio, order.short_side, order.frame_rate, order.seconds)
    footage = _footage(order, pictures, shape)
    film(Marked(footage, shape), shape, target, progress, stopped)


def _footage(order: FilmOrder, pictures: list[Image.Image], shape: Shape) -> Footage:
    if not pictures:
        return Landscape(order.words, order.prompt, shape)
    first = MovingPicture(pictures[0], shape, move_for(order.words))
    if len(pictures) == 1:
        return first
    return Joined(first, MovingPicture(pictures[1], shape, move_for(f"{order.words} end")))
