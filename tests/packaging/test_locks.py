"""The lock files: whole, without a host, and of one mind with pyproject.toml."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements", "requirements-test")
NAME = re.compile(r"^[A-Za-z0-9._-]+")


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def text_of(lock):
    return (ROOT / "packaging" / f"{lock}.lock").read_text()


def blocks_of(lock):
    """Name, version and marker, and its hashes: one for each pinned line."""
    found = re.split(r"\n(?=\S)", text_of(lock).strip())
    for block in found:
        first, *rest = (line.strip().removesuffix("\\").strip() for line in block.splitlines())
        yield first, rest


def names_of(lock):
    return {normal(NAME.match(first)[0]) for first, _hashes in blocks_of(lock)}


def wanted_by(requirements):
    return {normal(NAME.match(one)[0]) for one in requirements}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_with_hashes(lock):
    for first, hashes in blocks_of(lock):
        assert re.fullmatch(r"[a-z0-9._-]+==[^ ;]+( ; .+)?", first), first
        assert hashes, first
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", one) for one in hashes), first


@pytest.mark.parametrize("lock", LOCKS)
def test_no_host_and_no_path_is_named(lock):
    text = text_of(lock)
    for word in ("http:", "https:", "file:", "index-url", "find-links", "#", "/", "@"):
        assert word not in text, word


def test_the_locks_hold_what_pyproject_wants():
    facts = tomllib.loads((ROOT / "pyproject.toml").read_text())
    runtime = wanted_by(facts["project"]["dependencies"])
    testing = wanted_by(facts["dependency-groups"]["test"])
    building = wanted_by(facts["build-system"]["requires"])
    assert runtime <= names_of("requirements")
    assert runtime | testing | building <= names_of("requirements-test")
    assert not (testing | building) & names_of("requirements")


def test_both_locks_pin_the_same_versions():
    testing = {first.partition(" ;")[0] for first, _hashes in blocks_of("requirements-test")}
    runtime = {first.partition(" ;")[0] for first, _hashes in blocks_of("requirements")}
    assert runtime <= testing


def test_the_pythons_are_those_of_pyproject(part):
    facts = tomllib.loads((ROOT / "pyproject.toml").read_text())
    oldest, newest = part("python_choice").OLDEST, part("python_choice").NEWEST
    wanted = f">={oldest[0]}.{oldest[1]},<{newest[0]}.{newest[1] + 1}"
    assert facts["project"]["requires-python"] == wanted


@pytest.mark.parametrize(("versions", "marker"), [("6.11.3", "< '3.12'"), ("6.12.0", ">= '3.12'")])
def test_qt_loses_no_reference_to_none_on_python_3_11(versions, marker):
    """PySide6 6.12 below Python 3.12 ends the process after some thousand calls."""
    pinned = [first for first, _ in blocks_of("requirements") if first.startswith("pyside6-")]
    fitting = [first for first in pinned if marker in first]
    assert len(fitting) == 2
    assert all(versions.rpartition(".")[0] in first for first in fitting)
