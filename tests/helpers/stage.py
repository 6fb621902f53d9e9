"""A stage with real clips on it, and everything that it showed."""

from __future__ import annotations

import time
from itertools import pairwise
from typing import TYPE_CHECKING

from PIL import Image
from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QImage

from kling_desktop.records.clip import Clip
from kling_desktop.records.job import MadeBy
from kling_desktop.records.media import MediaKind
from kling_desktop.ui.actions import Actions
from kling_desktop.ui.player.stage import Stage
from kling_desktop.ui.theme import Look, Theme
from tests.helpers import media_zoo as zoo

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from kling_desktop.ui.player.clip_player import ClipPlayer

BLACK = -1
"""In place of a number: a picture that is black all over."""


def clip_of(path: Path, plan: zoo.ClipPlan | None = None, **changes: object) -> Clip:
    """A clip of the library for a file of the zoo."""
    plan = plan or zoo.ClipPlan()
    values: dict[str, object] = {
        "clip_id": path.stem,
        "job_id": "job",
        "project_id": "project",
        "shot_id": "shot",
        "take": 1,
        "made_by": MadeBy.FAL,
        "kind": MediaKind.VIDEO,
        "path": path,
        "title": f"Clip {path.stem}",
        "prompt": "a prompt",
        "endpoint_id": "some/model",
        "created_at": 0.0,
        "sha256": "0" * 64,
        "size": 1,
        "width": plan.size[0],
        "height": plan.size[1],
        "duration": float(plan.frames / plan.rate),
        "frame_rate": float(plan.rate),
        "frames": plan.frames,
    }
    return Clip(**(values | changes))  # type: ignore[arg-type]  # names are the record's own


def number_on(image: QImage) -> int | None:
    """The number burnt into a picture, BLACK for a black one, None for none."""
    if image.isNull():
        return None
    flat = image.convertToFormat(QImage.Format.Format_RGB888)
    data = bytes(flat.constBits())
    size = (flat.width(), flat.height())
    picture = Image.frombytes("RGB", size, data, "raw", "RGB", flat.bytesPerLine(), 1)
    if max(high for _low, high in _extrema(picture)) < 16:
        return BLACK
    return zoo.number_in(picture)


def _extrema(picture: Image.Image) -> list[tuple[int, int]]:
    return [picture.getchannel(name).getextrema() for name in "RGB"]  # type: ignore[misc]  # bands


_LATE = 1.3
"""Times the length of a picture after which the next one is late."""


class Watched(QObject):
    """A stage in a window, that keeps the number of every picture that its canvas got."""

    def __init__(self, bot: QtBot, app: QApplication, look: Look | None = None) -> None:
        super().__init__()
        self._bot = bot
        self.theme = Theme(app, look or Look())
        self.actions = Actions(self)
        self.stage = Stage(self.actions)
        self.shown: list[int | None] = []
        self._times: list[float] = []
        show = self.stage.canvas.show_image

        def watch(image: QImage, source: QSize | None = None) -> None:
            show(image, source)
            self.shown.append(number_on(self.stage.canvas.image))
            self._times.append(time.monotonic())

        self._watch: Callable[[QImage, QSize | None], None] = watch
        self.stage.canvas.show_image = watch  # type: ignore[method-assign]  # sees, changes nothing
        bot.addWidget(self.stage)

    def open(self, width: int = 720, height: int = 560) -> None:
        """Puts the stage on the screen."""
        self.stage.resize(width, height)
        self.stage.show()
        self._bot.waitExposed(self.stage)

    @property
    def number(self) -> int | None:
        """What is burnt into the picture on the canvas."""
        return number_on(self.stage.canvas.image)

    def went_round(self, begin: int, plan: zoo.ClipPlan) -> bool:
        """Each picture from there on was followed by the next one of the clip.

        Some are forgiven right after one that came late, for then the machine stood still.
        """
        shown = self.shown[begin:]
        times = self._times[-len(shown) - 1 :]
        for at, (one, other) in enumerate(pairwise(shown)):
            gaps = [late - soon for soon, late in pairwise(times[at : at + 3])]
            stood_still = max(gaps) * float(plan.rate) > _LATE
            if other != ((one or 0) + 1) % plan.frames and not stood_still:
                return False
        return None not in shown

    def wait_number(self, number: int, timeout: int = 5000) -> None:
        """Until the picture of that number is on the canvas."""
        self._bot.waitUntil(lambda: self.number == number, timeout=timeout)

    def wait_open(self, timeout: int = 10_000) -> None:
        """Until all frames are known."""
        self._bot.waitUntil(lambda: self.player.times.known, timeout=timeout)

    @property
    def player(self) -> ClipPlayer:
        """The player behind the stage, which is made for the first clip that moves."""
        from kling_desktop.ui.player.clip_player import ClipPlayer

        found = self.stage.findChild(ClipPlayer)
        assert found is not None, "nothing that moves was shown yet"
        return found

    def close(self) -> None:
        """Ends playing and the threads."""
        self.stage.close_player()
        self.stage.hide()
