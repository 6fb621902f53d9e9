"""The house's rules that no linter knows, each with a sentence that says what to do instead."""

import ast
import re
import statistics
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "kling_desktop"
FILES = sorted(PACKAGE.rglob("*.py"))
WRITTEN = sorted((*FILES, *(ROOT / "tests").rglob("*.py"), *(ROOT / "packaging").glob("*.py")))
BANNED = ("Manager", "Handler", "Helper", "Util", "Controller", "Service", "Processor", "Base")
BROAD = {"core/tasks.py", "app.py", "simulator/server.py"}


def _lines(path):
    return path.read_text(encoding="utf-8").count("\n")


def _trees():
    return [(path, ast.parse(path.read_text(encoding="utf-8"))) for path in FILES]


def test_no_file_is_longer_than_a_room_can_be():
    long = [f"{path.name}: {_lines(path)}" for path in WRITTEN if _lines(path) > 400]
    assert not long, f"over 400 lines, so the design is talking: {long}"


def test_no_file_of_tests_is_empty():
    tests = (ROOT / "tests").rglob("test_*.py")
    empty = [path.name for path in tests if "def test_" not in path.read_text(encoding="utf-8")]
    assert not empty, f"write what these are named after, or take them away: {empty}"


def test_files_are_short_as_a_rule():
    sizes = [_lines(path) for path in FILES if _lines(path) > 8]
    assert statistics.median(sizes) <= 120


def test_no_function_is_longer_than_fifty_lines():
    long = []
    for path, tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                size = (node.end_lineno or node.lineno) - node.lineno + 1
                if size > 50:
                    long.append(f"{path.name}:{node.lineno} {node.name}: {size}")
    assert not long, f"cut these along what they do: {long}"


def test_names_are_the_words_of_the_field():
    bad = [
        f"{path.name}: {node.name}"
        for path, tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and re.search("|".join(BANNED), node.name)
    ]
    assert not bad, f"say what it is instead: {bad}"


def test_only_three_places_catch_everything():
    found = {
        path.relative_to(PACKAGE).as_posix()
        for path in FILES
        if re.search(r"except (Exception|BaseException)\b(?! as \w+:\n\s+raise)", path.read_text())
        and "except Exception" in path.read_text()
    }
    assert found <= BROAD, "catch what can really happen, by its name"


def test_nothing_knows_an_endpoint_by_name():
    knowing = [path.name for path in FILES if "kling-video" in path.read_text(encoding="utf-8")]
    assert not knowing, "endpoints are data: resources/catalogue"


@pytest.mark.parametrize(
    "folder", sorted({path.parent for path in FILES}), ids=lambda folder: folder.name
)
def test_each_package_opens_with_a_charter(folder):
    init = folder / "__init__.py"
    assert init.exists(), f"{folder.name} has no __init__.py to hold its charter"
    charter = ast.get_docstring(ast.parse(init.read_text(encoding="utf-8"))) or ""
    charter = " ".join(charter.split())
    assert len(charter) > 120
    if folder != PACKAGE:
        assert "ay import" in charter
        assert "ust not know" in charter


def test_the_top_level_is_as_it_was_decided():
    allowed = {"pyproject.toml", "kling_desktop", "resources", "tests", "packaging", "README.md"}
    present = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert present <= allowed
