"""Which of Debian's packages are missing."""

from __future__ import annotations

import pytest


@pytest.fixture
def parts(part):
    return part("system_parts")


def test_newer_names_count_as_the_older_ones(parts):
    installed = frozenset({"libglib2.0-0t64", "libgl1"})
    wanted = ("libglib2.0-0", "libgl1", "libpulse0")
    assert parts.still_missing(wanted, installed, needs_venv=False) == ("libpulse0",)


def test_nothing_is_missing_where_all_is_there(parts):
    assert parts.still_missing(("libgl1",), frozenset({"libgl1"}), needs_venv=False) == ()


def test_what_makes_environments_belongs_to_it(parts):
    assert parts.still_missing((), frozenset(), needs_venv=True) == ("python3-venv",)


def test_sound_belongs_to_the_program(parts):
    assert "libpulse0" in parts.PROGRAM
    assert set(parts.SCREEN) <= set(parts.TESTS)


def test_the_line_can_be_pasted(parts):
    line = parts.line_for(("libgl1", "xvfb"))
    assert line == "sudo apt-get install -y --no-install-recommends libgl1 xvfb"
