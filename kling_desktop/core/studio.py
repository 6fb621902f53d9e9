"""Everything below the window, put together: what app.py builds and the window works with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from kling_desktop.catalog.catalog import Catalog
    from kling_desktop.core.credentials import Credentials
    from kling_desktop.core.draft import Drafts
    from kling_desktop.core.figures import Figures
    from kling_desktop.core.folders import Folders
    from kling_desktop.core.inputs import Inputs
    from kling_desktop.core.jobs import Jobs
    from kling_desktop.core.library import Library
    from kling_desktop.core.model_search import ModelSearch
    from kling_desktop.core.models import Models
    from kling_desktop.core.refused import Refused
    from kling_desktop.core.settings import SettingsStore
    from kling_desktop.core.tasks import Tasks
    from kling_desktop.core.uploads import Uploads
    from kling_desktop.core.voices import Voices
    from kling_desktop.core.writer import Writer
    from kling_desktop.fal.platform import KeyCheck
    from kling_desktop.records.draft import Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Studio:
    """The owners of state, each named once."""

    models: Models
    model_search: ModelSearch
    folders: Folders
    settings: SettingsStore
    drafts: Drafts
    recent_drafts: Callable[[], Sequence[Draft]]
    """Forms that others took the place of, newest first."""
    credentials: Credentials
    inputs: Inputs
    uploads: Uploads
    library: Library
    voices: Voices
    jobs: Jobs
    refused: Refused
    figures: Figures
    tasks: Tasks
    writer: Writer
    """The one thread that writes to the database."""
    files: Writer
    """The threads that copy, hash and read files."""
    check_key: Callable[[str], Awaitable[KeyCheck]]
    """A free call with a key."""
    fal_origin: str
    """Where real work goes: fal, or what --fal-url named."""
    diagnostics: Callable[[], str]
    """Facts for a question to the makers, without secrets."""

    @property
    def catalog(self) -> Catalog:
        """All models as they are known now."""
        return self.models.catalog
