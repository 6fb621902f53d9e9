"""The program runs on its own loop here, and real work goes to a simulator of its own."""

from __future__ import annotations

import functools
import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from kling_desktop.ui.loop import QtLoop
from tests.helpers.program import program
from tests.helpers.simulator import simulator_process

_SAID_BY_QT = (
    "PulseAudioService",
    "No RHI backend",
    "This plugin does not support",
    "propagateSizeHints",
)
"""What the offscreen platform lacks."""
KEY = "id:a-secret-of-some-length"


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore(*_SAID_BY_QT))


def pytest_asyncio_loop_factories(config, item):
    """Every async test here runs on the loop of the program."""
    return {"qt": _qt_loop}


def _qt_loop():
    app = QApplication.instance() or QApplication([])
    app.setQuitOnLastWindowClosed(False)
    return QtLoop(app)


@pytest.fixture
def folder(tmp_path):
    """The data folder of the program."""
    return tmp_path / "data"


@pytest.fixture
def fal(tmp_path):
    """What stands for fal: quick and small."""
    with simulator_process(tmp_path / "fal") as server:
        yield server


@pytest.fixture
def settings(folder):
    """Writes preferences before the program starts."""

    def write(**changes):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "settings.json").write_text(json.dumps(changes))

    return write


@pytest.fixture
def rehearse(qapp, folder):
    """Starts the program on `folder`, without a key. Again and again, if wished.

    A context and no fixture of its own: between fixtures and test nobody runs the loop.
    """
    return functools.partial(program, folder)


@pytest.fixture
def fresh(qapp, folder, fal):
    """Starts the program against `fal`; nothing was agreed to, and there is no key."""
    return functools.partial(program, folder, fal_url=fal.url)


@pytest.fixture
def real(fresh, settings, monkeypatch):
    """The same with a good key in the environment and all questions answered."""
    settings(uploads="drop", said_fal_goes_on=True)

    def start(**more):
        # The program takes it out of the environment, so that no child inherits it.
        monkeypatch.setenv("FAL_KEY", KEY)
        return fresh(**more)

    return start
