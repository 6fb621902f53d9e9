"""A clip: a finished file in the library, of whatever kind the model made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kling_desktop.records.job import MadeBy, take_letter

if TYPE_CHECKING:
    from pathlib import Path

    from kling_desktop.records.media import MediaKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """One file in the library. Sizes in pixels, times in seconds."""

    clip_id: str
    job_id: str
    project_id: str
    shot_id: str
    take: int
    made_by: MadeBy
    kind: MediaKind
    path: Path
    title: str
    prompt: str
    endpoint_id: str
    created_at: float
    sha256: str
    size: int
    content_type: str = ""
    width: int | None = None
    height: int | None = None
    duration: float | None = None
    frame_rate: float | None = None
    frames: int | None = None
    stars: int = 0
    seen: bool = False
    """False until it was on the stage."""
    deleted_at: float | None = None
    """When it was put into the system trash; the row stays so that undo is whole."""

    @property
    def take_letter(self) -> str:
        """A, B … Z, AA, AB …"""
        return take_letter(self.take)
