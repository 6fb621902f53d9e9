"""The database with everything that is in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kling_desktop.store.clips import ClipStore
from kling_desktop.store.database import Database
from kling_desktop.store.drafts import DraftStore
from kling_desktop.store.inputs import InputStore
from kling_desktop.store.jobs import JobStore
from kling_desktop.store.projects import ProjectStore
from kling_desktop.store.refused_values import RefusedValueStore
from kling_desktop.store.result_urls import ResultUrlStore
from kling_desktop.store.told_prices import ToldPriceStore
from kling_desktop.store.uploads import UploadStore
from kling_desktop.store.voices import VoiceStore

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Stores:
    """The database and what is in it."""

    database: Database
    jobs: JobStore
    clips: ClipStore
    inputs: InputStore
    uploads: UploadStore
    drafts: DraftStore
    projects: ProjectStore
    refused: RefusedValueStore
    prices: ToldPriceStore
    voices: VoiceStore
    result_urls: ResultUrlStore


def open_stores(path: Path) -> Stores:
    """Opens the file, brings it up to date. Raises StoreError where it is damaged or too new."""
    database = Database(path)
    database.open()
    return Stores(
        database,
        JobStore(database),
        ClipStore(database),
        InputStore(database),
        UploadStore(database),
        DraftStore(database),
        ProjectStore(database),
        RefusedValueStore(database),
        ToldPriceStore(database),
        VoiceStore(database),
        ResultUrlStore(database),
    )
