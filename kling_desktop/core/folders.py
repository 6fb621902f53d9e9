"""Where everything the program writes lives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM_NAME = "Kling Desktop"


@dataclass(frozen=True, slots=True)
class Folders:
    """The data folder and what lies in it; clips lie where people find them."""

    data: Path
    clips: Path
    """The default; a setting can name another."""

    @classmethod
    def below(cls, data_dir: Path | None) -> Folders:
        """All below `data_dir`; without one, the platform's folders, and clips under Videos."""
        if data_dir is not None:
            root = data_dir.expanduser().resolve()
            return cls(root, root / "clips")
        import platformdirs

        root = platformdirs.user_data_path("kling-desktop", appauthor=False, roaming=False)
        return cls(root, platformdirs.user_videos_path() / PROGRAM_NAME)

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.data / "kling.sqlite3"

    @property
    def settings(self) -> Path:
        """Preferences as JSON."""
        return self.data / "settings.json"

    @property
    def window(self) -> Path:
        """Geometry of the window, an INI file."""
        return self.data / "window.ini"

    @property
    def inputs(self) -> Path:
        """Pictures and other files that were given, named by their hash."""
        return self.data / "inputs"

    @property
    def posters(self) -> Path:
        """Small pictures that can be made again."""
        return self.data / "posters"

    @property
    def outgoing(self) -> Path:
        """Copies on their way out, without place and camera."""
        return self.data / "outgoing"

    @property
    def logs(self) -> Path:
        """Log files and crash reports."""
        return self.data / "logs"

    @property
    def rehearsal(self) -> Path:
        """What the built-in simulator keeps."""
        return self.data / "rehearsal"

    @property
    def models(self) -> Path:
        """Documents of models that were added or refreshed, and their table."""
        return self.data / "models"

    def create(self) -> None:
        """Makes the folders. Raises OSError where the place cannot be written."""
        for folder in (self.data, self.inputs, self.posters, self.logs, self.rehearsal):
            folder.mkdir(parents=True, exist_ok=True)


def unused_below(folder: Path) -> Path:
    """A data folder that nothing has used, so that each tour begins as a first start does."""
    names = ("data", *(f"data-{number}" for number in range(2, 1000)))
    return next(folder / name for name in names if not (folder / name).exists())
