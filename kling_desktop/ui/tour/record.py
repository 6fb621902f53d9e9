"""What a tour leaves behind: numbered pictures, and `tour.json` with what was seen and when."""

from __future__ import annotations

import json
import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from kling_desktop import __version__

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from kling_desktop.ui.tour.eyes import RowSeen
    from kling_desktop.ui.tour.plan import TourPlan

FACTS, CLIP = "tour.json", "clip.mp4"
_PICTURE = re.compile(r"\d\d-[a-z-]+\.png")


@dataclass(frozen=True, slots=True, kw_only=True)
class StepSeen:
    """One step, with the time at which it was seen: seconds since the process began."""

    name: str
    at: float
    seen: str
    picture: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StateSeen:
    """What the row of the job read, from when on."""

    at: float
    heading: str
    words: str


@dataclass(slots=True)
class _Facts:
    passed: bool = False
    failure: str = "the tour did not come to its end"
    program: str = __version__
    mode: str = "rehearsal"
    request_id: str = ""
    clip: str = ""
    moving_after: float | None = None
    steps: list[StepSeen] = field(default_factory=list)
    states_seen: list[StateSeen] = field(default_factory=list)


class TourRecord:
    """Writes as it goes, so that a tour that is killed leaves what it had seen."""

    def __init__(self, plan: TourPlan) -> None:
        """Makes the folder and takes an older tour's files away. Raises OSError."""
        self._folder, self._begun = plan.folder.absolute(), plan.begun
        self._facts = _Facts(mode="real" if plan.is_real else "rehearsal")
        self._saving = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pictures")
        self._pictures = 0
        self._kind: tuple[str, ...] = ()
        self._folder.mkdir(parents=True, exist_ok=True)
        for old in self._folder.iterdir():
            if old.name in {FACTS, CLIP} or _PICTURE.fullmatch(old.name):
                old.unlink()

    @property
    def clip(self) -> str:
        """Where the clip is to be saved, as one types it."""
        return str(self._folder / CLIP)

    @property
    def request_id(self) -> str:
        """What was copied from the row of the job."""
        return self._facts.request_id

    def now(self) -> float:
        """Seconds since the process began."""
        return round(time.monotonic() - self._begun, 3)

    def step(self, name: str, seen: str, picture: QImage | None = None) -> None:
        """A step was seen."""
        at = self.now()
        file = self._save(name, picture) if picture is not None else ""
        self._facts.steps.append(StepSeen(name=name, at=at, seen=seen, picture=file))
        self._write()

    def row(self, row: RowSeen) -> bool:
        """The row of the job reads like this now. True where that is another state."""
        if not row.words or row.kind == self._kind:
            return False
        self._kind = row.kind
        self._facts.states_seen.append(
            StateSeen(at=self.now(), heading=row.heading, words=row.said)
        )
        return True

    def moves(self) -> None:
        """The clip is seen moving."""
        self._facts.moving_after = self.now()

    def states(self) -> int:
        """How many different states were read."""
        return len(self._facts.states_seen)

    def copied(self, request_id: str) -> None:
        """The request id was copied from the row."""
        self._facts.request_id = request_id

    def saved(self) -> None:
        """The clip is on the disk."""
        self._facts.clip = CLIP

    def close(self, failure: str) -> None:
        """The last word; empty where every step was seen."""
        self._facts.passed, self._facts.failure = not failure, failure
        self._write()
        self._saving.shutdown(wait=True)

    def _save(self, name: str, picture: QImage) -> str:
        self._pictures += 1
        file = f"{self._pictures:02d}-{name.replace(' ', '-')}.png"
        self._saving.submit(picture.save, str(self._folder / file))
        return file

    def _write(self) -> None:
        text = json.dumps(asdict(self._facts), ensure_ascii=False, indent=2)
        (self._folder / FACTS).write_text(f"{text}\n", encoding="utf-8")
