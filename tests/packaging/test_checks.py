"""The test command: what counts as good, and that nothing hangs for ever."""

from __future__ import annotations

import os
import sys
import time

import pytest


@pytest.fixture
def run(part, checkout):
    checks = part("checks")

    def step(code, longest=20.0):
        return checks.run_step("a step", [sys.executable, "-c", code], dict(os.environ), longest)

    return step


def test_a_step_is_good_where_it_ends_with_nothing(run, capfd):
    assert run("print('12 passed')").is_good
    said = capfd.readouterr().out
    assert "12 passed" in said
    assert "a step: good" in said


@pytest.mark.parametrize("code", [1, 2, 5])
def test_a_failure_and_no_test_at_all_are_not_good(run, code):
    assert not run(f"raise SystemExit({code})").is_good


def test_a_step_that_hangs_is_ended_with_its_children(run, tmp_path):
    beat = tmp_path / "beat"
    child = f"import time\nwhile True:\n open({str(beat)!r}, 'a').write('x'); time.sleep(0.05)"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    assert not run(code, longest=1.5).is_good
    length = beat.stat().st_size
    time.sleep(0.3)
    assert beat.stat().st_size == length


def test_nothing_of_the_person_reaches_the_tests(part, monkeypatch):
    monkeypatch.setenv("FAL_KEY", "one:two")
    monkeypatch.setenv("QT_SCALE_FACTOR", "2")
    kept = part("checks")._clean_environment()
    assert "FAL_KEY" not in kept
    assert "QT_SCALE_FACTOR" not in kept
