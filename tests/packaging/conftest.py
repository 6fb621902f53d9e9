"""The files of `packaging`, imported as run.py imports them: beside one another, by bare names."""

from __future__ import annotations

import importlib
import shutil
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def checkout(tmp_path):
    """A folder like a checkout, with `packaging` alone in it."""
    folder = tmp_path / "check out"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "packaging", folder / "packaging", ignore=ignored)
    return folder


@pytest.fixture
def part(checkout, monkeypatch):
    """Imports a file of that checkout's `packaging` by its name."""
    folder = checkout / "packaging"
    monkeypatch.syspath_prepend(str(folder))
    names = [path.stem for path in folder.glob("*.py")]
    for name in names:
        monkeypatch.delitem(sys.modules, name, raising=False)
    yield importlib.import_module
    for name in names:
        sys.modules.pop(name, None)
