"""The composition root: with network.py beside it, the one place that knows everyone.

The window comes first: its outline needs Qt and the settings, what is in it SQLite and the
catalogue. The engine, with the network, the media libraries and the keyring behind it, is built
afterwards. So most imports here are late.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kling_desktop.bundled import resources
from kling_desktop.core.core_dumps import no_core_dumps
from kling_desktop.core.folders import Folders, unused_below
from kling_desktop.core.settings import SettingsStore
from kling_desktop.store.migrations import DEFAULT_PROJECT

if TYPE_CHECKING:
    from pathlib import Path

    from kling_desktop.catalog.catalog import Catalog
    from kling_desktop.core.credentials import Credentials
    from kling_desktop.core.draft import Drafts
    from kling_desktop.core.figures import Figures
    from kling_desktop.core.inputs import Inputs
    from kling_desktop.core.jobs import Jobs
    from kling_desktop.core.model_search import ModelSearch
    from kling_desktop.core.models import Models
    from kling_desktop.core.origins import Origins
    from kling_desktop.core.parts import Surroundings
    from kling_desktop.core.result_urls import ResultUrls
    from kling_desktop.core.studio import Studio
    from kling_desktop.core.tasks import Tasks
    from kling_desktop.core.uploads import Uploads
    from kling_desktop.core.voices import Voices
    from kling_desktop.core.writer import Writer
    from kling_desktop.network import Network
    from kling_desktop.records.draft import Draft
    from kling_desktop.store.stores import Stores
    from kling_desktop.ui.work.opening import Opening

INTENTIONS = ("from_picture", "from_text")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the command line said."""

    data_dir: Path | None = None
    fal_url: str | None = None
    tour: Path | None = None
    demo: bool = False
    first_line: float = field(default_factory=time.monotonic)
    """When the program's first line ran, in seconds of `time.monotonic`."""

    @property
    def is_plain_demo(self) -> bool:
        """Whether no key is to be read from anywhere."""
        return self.demo and self.fal_url is None


@dataclass(frozen=True, slots=True)
class Ground:
    """What stands before the engine: files and records, no network, no loop."""

    options: Options
    folders: Folders
    settings: SettingsStore
    stores: Stores
    models: Models
    drafts: Drafts
    is_first_start: bool


def run(options: Options) -> int:
    """Runs the program until its window is closed; returns the exit code."""
    no_core_dumps()
    try:
        folders, settings = lay_folders(options)
        return _run_window(options, folders, settings)
    except OSError as error:
        sys.stderr.write(f"The data folder cannot be used: {error}\n")
        return 2


def lay_folders(options: Options) -> tuple[Folders, SettingsStore]:
    """Makes the folders and reads the settings: all that the first paint needs. Raises OSError."""
    folders = Folders.below(_data_dir(options))
    folders.create()
    return folders, SettingsStore(folders.settings)


def _run_window(options: Options, folders: Folders, settings: SettingsStore) -> int:
    from kling_desktop.ui.qt_imports import plain_imports

    plain_imports()
    from kling_desktop.ui.program import furnish, run_furnished, show_window

    theme, window = show_window(settings, folders.window)
    from kling_desktop.records.problem import ProblemError

    try:
        ground = lay_ground(options, folders, settings)
    except ProblemError as error:
        sys.stderr.write(f"{error.problem.said()}\n")
        return 2
    try:
        desk = furnish(opening_of(ground), theme, window)
        return run_furnished(desk, lambda: build_studio(ground))
    finally:
        ground.stores.database.close()


def lay_ground(
    options: Options, folders: Folders | None = None, settings: SettingsStore | None = None
) -> Ground:
    """Opens database and catalogue, and what `lay_folders` does. Raises ProblemError or OSError."""
    from kling_desktop.catalog.catalog import load_catalog
    from kling_desktop.core.draft import Drafts
    from kling_desktop.core.models import Models
    from kling_desktop.store.stores import open_stores

    if folders is None or settings is None:
        folders, settings = lay_folders(options)
    stores = open_stores(folders.database)
    models = Models(load_catalog(resources() / "catalogue"), folders.models)
    kept = stores.drafts.current(DEFAULT_PROJECT)
    return Ground(
        options,
        folders,
        settings,
        stores,
        models,
        Drafts(kept or _sample_draft(folders, stores, models.catalog)),
        is_first_start=kept is None,
    )


def _sample_draft(folders: Folders, stores: Stores, catalog: Catalog) -> Draft:
    from kling_desktop.core.draft import first_draft
    from kling_desktop.core.sample import with_sample

    empty = first_draft(DEFAULT_PROJECT, catalog, INTENTIONS)
    request_type = catalog.request_type_of(empty.endpoint_id)
    if request_type is None:
        return empty
    picture = resources() / "samples" / "raccoon.jpg"
    return with_sample(empty, request_type, picture, folders.inputs, stores.inputs)


def opening_of(ground: Ground) -> Opening:
    """What the window needs to be furnished."""
    from kling_desktop.core.projects import Project
    from kling_desktop.records.server import server_at
    from kling_desktop.ui.tour.plan import TourPlan, process_began
    from kling_desktop.ui.work.opening import Opening

    options = ground.options
    stores = ground.stores
    return Opening(
        catalog=lambda: ground.models.catalog,
        drafts=ground.drafts,
        folders=ground.folders,
        settings=ground.settings,
        clips=stores.clips,
        jobs=(*stores.jobs.open_jobs(), *stores.jobs.recent()),
        known_input=stores.inputs.get,
        project=Project(stores.projects, DEFAULT_PROJECT),
        server=server_at(options.fal_url or ""),
        is_first_start=ground.is_first_start,
        tour=None
        if options.tour is None
        else TourPlan(
            folder=options.tour,
            picture=resources() / "samples" / "coffee.jpg",
            begun=process_began(options.first_line),
            is_real=options.fal_url is not None,
            expects_sample=ground.is_first_start,
        ),
    )


def _data_dir(options: Options) -> Path | None:
    if options.data_dir is not None:
        return options.data_dir
    if options.tour is not None:
        return unused_below(options.tour)
    if options.demo:
        import platformdirs

        return platformdirs.user_data_path("kling-desktop-demo", appauthor=False)
    return None


async def build_studio(ground: Ground) -> Studio:
    """Builds the engine, with everything slow in a thread. Starts nothing yet."""
    import asyncio

    await asyncio.to_thread(_import_engine)
    return _studio(ground)


def _import_engine() -> None:
    """Imports what the engine needs. In a thread, so that the window answers meanwhile."""
    import jsonschema

    import kling_desktop.core.jobs
    import kling_desktop.core.library
    import kling_desktop.core.uploads
    import kling_desktop.fal.client  # noqa: F401 - only that they are there

    jsonschema.validators.validator_for({})


def _studio(ground: Ground) -> Studio:
    from kling_desktop.core.credentials import credentials_for
    from kling_desktop.core.diagnostics import diagnostics
    from kling_desktop.core.inputs import Inputs
    from kling_desktop.core.jobs import Jobs
    from kling_desktop.core.library import Library
    from kling_desktop.core.log import log_all_to
    from kling_desktop.core.studio import Studio
    from kling_desktop.core.tasks import Tasks
    from kling_desktop.core.writer import Writer
    from kling_desktop.network import Network

    folders, stores, settings = ground.folders, ground.stores, ground.settings
    tasks, writer, files = Tasks(), Writer(), Writer("files", threads=3)
    credentials = credentials_for(settings, reads_nothing=ground.options.is_plain_demo)
    log_all_to(folders.logs, credentials.secrets)
    network = Network(folders, settings, credentials.key, ground.options.fal_url)
    inputs = Inputs(folders.inputs, folders.outgoing, stores.inputs, writer, network.fetch)
    uploads, results = _uploads(ground, network, inputs, writer, tasks)
    library = Library(stores.clips, writer, folders.posters)
    around = _surroundings(ground, network.origins, uploads, writer, files)
    jobs = Jobs(around, paused=settings.current.sending_paused)
    voices = _voices(ground, jobs, writer, tasks)
    figures = _figures(ground, network, writer, files)
    for hears in (library.tell_added, results.keep):
        jobs.clip_made.connect(hears)
    _tie(jobs, uploads, credentials, figures)
    _keep_drafts(ground, tasks, writer)
    return Studio(
        models=ground.models,
        model_search=_model_search(ground, network, files),
        folders=folders,
        settings=settings,
        drafts=ground.drafts,
        recent_drafts=lambda: stores.drafts.recent(DEFAULT_PROJECT),
        credentials=credentials,
        inputs=inputs,
        uploads=uploads,
        library=library,
        voices=voices,
        jobs=jobs,
        refused=around.refused,
        figures=figures,
        tasks=tasks,
        writer=writer,
        files=files,
        check_key=network.check_key,
        fal_origin=network.origins.fal_origin,
        diagnostics=lambda: diagnostics(ground.options.fal_url, ground.models.catalog),
    )


def _uploads(
    ground: Ground, network: Network, inputs: Inputs, writer: Writer, tasks: Tasks
) -> tuple[Uploads, ResultUrls]:
    """What is sent, and what need not be since its server has it still."""
    from kling_desktop.core.result_urls import ResultUrls
    from kling_desktop.core.uploads import Uploads

    results = ResultUrls(ground.stores, writer, tasks, network.is_there)
    return Uploads(inputs, network.send, ground.stores.uploads, writer, tasks, results), results


def _voices(ground: Ground, jobs: Jobs, writer: Writer, tasks: Tasks) -> Voices:
    from kling_desktop.core.voices import Voices

    models = ground.models
    return Voices(jobs.changed, ground.stores.voices, writer, tasks, lambda: models.catalog)


def _figures(ground: Ground, network: Network, writer: Writer, files: Writer) -> Figures:
    from kling_desktop.core.figures import Figures

    stores = ground.stores
    return Figures(ground.models, stores.prices, stores.jobs, network.prices(), writer, files)


def _model_search(ground: Ground, network: Network, files: Writer) -> ModelSearch:
    from kling_desktop.core.model_search import ModelSearch

    return ModelSearch(ground.models, network.fal, files, network.origins.has_key)


def _keep_drafts(ground: Ground, tasks: Tasks, writer: Writer) -> None:
    ground.drafts.keep_by(
        lambda draft: tasks.spawn(
            writer.run(ground.stores.drafts.save, draft),
            "keep the draft",
            on_error=lambda _error: ground.drafts.not_kept(),
        )
    )


def _tie(jobs: Jobs, uploads: Uploads, credentials: Credentials, figures: Figures) -> None:
    """Who hears of what."""
    uploads.changed.connect(jobs.upload_moved)
    credentials.changed.connect(lambda _state: jobs.key_changed())
    credentials.changed.connect(lambda _state: figures.key_changed())
    jobs.changed.connect(figures.job_changed)


def _surroundings(
    ground: Ground,
    origins: Origins,
    uploads: Uploads,
    writer: Writer,
    files: Writer,
) -> Surroundings:
    import random

    import uuid6

    from kling_desktop.core.clip_places import ClipPlaces
    from kling_desktop.core.clock import SystemClock
    from kling_desktop.core.journal import Journal
    from kling_desktop.core.parts import Surroundings
    from kling_desktop.core.refused import Refused

    stores, clock = ground.stores, SystemClock()
    return Surroundings(
        journal=Journal(stores.jobs, writer, clock),
        clips=stores.clips,
        shots=stores.projects,
        writer=writer,
        files=files,
        origins=origins,
        uploads=uploads,
        input_name=lambda ref: stored.name if (stored := stores.inputs.get(ref)) else "",
        places=ClipPlaces(ground.folders, ground.settings, stores.projects.name),
        catalog=lambda: ground.models.catalog,
        refused=Refused(stores.refused, writer),
        clock=clock,
        chance=random.random,
        new_id=lambda: str(uuid6.uuid7()),
    )
