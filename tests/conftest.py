"""What every test may rely on: a home of its own, silence, and nothing left behind."""

from __future__ import annotations

import gc
import logging
import os
import threading

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia*=false;qt.qpa.theme*=false")
os.environ.setdefault("QT_API", "pyside6")

from hypothesis import HealthCheck, settings

from tests.helpers.silence import NoiseCollector, leftover_threads, stay_at_home

stay_at_home()
# How quickly examples are made says more about the machine than about the test.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

_HOMES = {
    "HOME": "",
    "XDG_DATA_HOME": ".local/share",
    "XDG_CONFIG_HOME": ".config",
    "XDG_CACHE_HOME": ".cache",
    "XDG_STATE_HOME": ".local/state",
}
_FOREIGN = (
    "FAL_KEY", "FAL_KEY_ID", "FAL_KEY_SECRET",
    "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy",
)  # fmt: skip
_ROUNDS = 40
"""Tests after which all of Python's memory is looked through, which takes a while."""


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory, monkeypatch, request):
    """A fresh home folder, no key and no proxy; the keyring is out of reach unless marked."""
    home = tmp_path_factory.mktemp("home")
    for name, below in _HOMES.items():
        monkeypatch.setenv(name, str(home / below))
    for name in _FOREIGN:
        monkeypatch.delenv(name, raising=False)
    if request.node.get_closest_marker("secret_service") is None:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:")
    return home


@pytest.fixture(autouse=True)
def noise():
    """Fails the test on a log record of WARNING or above; `noise.allow(pattern)` expects one."""
    collector = NoiseCollector()
    logging.getLogger().addHandler(collector)
    yield collector
    logging.getLogger().removeHandler(collector)
    assert not collector.heard, f"logged and not expected: {collector.heard}"


@pytest.fixture(scope="session", autouse=True)
def no_garbage_rounds():
    """Widgets may not be taken apart by whichever thread happens to make objects."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def no_garbage_left(no_garbage_rounds):
    """Looks for garbage after each test, in the thread of the tests; now and then for all."""
    yield
    gc.collect(2 if gc.get_count()[2] > _ROUNDS else 1)


@pytest.fixture(autouse=True)
def no_threads_left():
    """Fails the test where it leaves a non-daemon thread running."""
    before = set(threading.enumerate())
    yield
    left = leftover_threads(before)
    assert not left, f"threads left running: {left}"
