"""A clock and a scripted server for the tests of the engine."""

from __future__ import annotations

import pytest

from tests.helpers.scripted_fal import ScriptedFal
from tests.helpers.virtual_time import VirtualClock


@pytest.fixture
def clock():
    return VirtualClock()


@pytest.fixture
def fal(clock):
    return ScriptedFal(clock)
