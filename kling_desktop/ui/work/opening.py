"""What the window is given for its first paint, before there is an engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kling_desktop.catalog.catalog import Catalog
    from kling_desktop.core.draft import Drafts
    from kling_desktop.core.folders import Folders
    from kling_desktop.core.projects import Project
    from kling_desktop.core.settings import SettingsStore
    from kling_desktop.records.job import Job
    from kling_desktop.records.media import MediaRef, StoredInput
    from kling_desktop.records.server import Server
    from kling_desktop.ui.library.ports import ClipPort
    from kling_desktop.ui.tour.plan import TourPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Files and records only; everything here is quick."""

    catalog: Callable[[], Catalog]
    """All models as they are known now."""
    drafts: Drafts
    folders: Folders
    settings: SettingsStore
    clips: ClipPort
    jobs: tuple[Job, ...]
    known_input: Callable[[MediaRef], StoredInput | None]
    project: Project
    server: Server
    """Where real work goes."""
    is_first_start: bool
    tour: TourPlan | None = None
    """Drives the window unattended; None shows it to a person."""

    def input_path(self, ref: MediaRef) -> Path:
        """Where a kept file lies."""
        return self.folders.inputs / ref.file_name
