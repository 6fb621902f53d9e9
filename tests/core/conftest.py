"""A clock and a scripted server for the tests of the engine."""

from __future__ import annotations

import pytest

from tests.helpers.engine import ScriptedFal, VirtualClock


@pytest.fixture
def clock():
    return VirtualClock()


@pytest.fixture
def fal(clock):
    return ScriptedFal(clock)
