"""Where a clip goes and what it is called: `<clips>/<project>/<name>_<take>`, as it is set."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kling_desktop.core.naming import file_stem, folder_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from kling_desktop.core.folders import Folders
    from kling_desktop.core.settings import SettingsStore
    from kling_desktop.records.job import Job


@dataclass(frozen=True, slots=True)
class ClipPlace:
    """Where one file goes."""

    folder: Path
    stem: str
    """The name without suffix and counter."""


class ClipPlaces:
    """Reads the settings at each clip, so that another folder counts at once."""

    def __init__(
        self,
        folders: Folders,
        settings: SettingsStore,
        project_name: Callable[[str], str | None],
    ) -> None:
        self._folders = folders
        self._settings = settings
        self._project_name = project_name

    def place(self, job: Job, index: int, count: int) -> ClipPlace:
        """For the file number `index` of the `count` that a job made; the same at each call."""
        project = self._project_name(job.project_id) or "My clips"
        date = datetime.datetime.fromtimestamp(job.created_at, datetime.UTC).date().isoformat()
        stem = file_stem(self._settings.current.name_template, job, project, date)
        numbered = stem if count == 1 else f"{stem}_{index + 1}"
        return ClipPlace(self._root() / folder_name(project), numbered)

    def prepare(self, place: ClipPlace) -> None:
        """Makes the folder. Raises OSError; a folder that a person chose must be there already.

        A missing one is a drive that is not plugged in, and its name must not be filled elsewhere.
        """
        chosen = self._settings.current.clips_folder
        if chosen and not Path(chosen).is_dir():
            raise FileNotFoundError(2, "the folder is not there", chosen)
        place.folder.mkdir(parents=True, exist_ok=True)

    def _root(self) -> Path:
        chosen = self._settings.current.clips_folder
        return Path(chosen) if chosen else self._folders.clips
