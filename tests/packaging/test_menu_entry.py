"""The entry in the menu of programs."""

from __future__ import annotations

import configparser
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QIcon

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def menu(part):
    return part("menu_entry")


def entry_in(text):
    parser = configparser.RawConfigParser()
    parser.optionxform = str
    parser.read_string(text)
    return parser["Desktop Entry"]


def arguments_in(line):
    """What a desktop starts, by the rules of the specification: string escapes, then quotes."""
    unescaped = line.replace("\\\\", "\0").replace("\\n", "\n").replace("\0", "\\")
    found, signs = [], iter(unescaped)
    for sign in signs:
        if sign != '"':
            assert sign == " "
            continue
        word = ""
        for inner in signs:
            if inner == '"':
                break
            word += next(signs) if inner == "\\" else inner
        found.append(word.replace("%%", "%"))
    return found


def test_the_entry_says_what_a_menu_needs(menu):
    entry = entry_in(menu.desktop_entry("/usr/bin/python3", Path("/home/a b/run.py")))
    assert entry["Type"] == "Application"
    assert entry["Name"] == "Kling Desktop"
    assert entry["Terminal"] == "false"
    assert entry["StartupWMClass"] == "kling-desktop"
    assert entry["Categories"].endswith(";")
    assert arguments_in(entry["Exec"]) == ["/usr/bin/python3", "/home/a b/run.py"]


@given(st.text("ab /\\\"'`$%&;~é", min_size=1).map(lambda name: f"/{name}"))
def test_every_path_comes_back_as_it_was(name):
    from importlib.util import module_from_spec, spec_from_file_location

    sys.path.insert(0, str(ROOT / "packaging"))
    try:
        spec = spec_from_file_location("menu_entry_alone", ROOT / "packaging" / "menu_entry.py")
        menu = module_from_spec(spec)
        spec.loader.exec_module(menu)
    finally:
        sys.path.pop(0)
        sys.modules.pop("setup_steps", None)
    entry = entry_in(menu.desktop_entry(name, Path("/run.py")))
    assert arguments_in(entry["Exec"]) == [name, "/run.py"]


def test_the_icon_is_there_and_can_be_drawn(qapp):
    icon = QIcon(str(ROOT / "resources" / "program.svg"))
    drawn = icon.pixmap(64, 64).toImage()
    assert drawn.pixelColor(32, 32) != drawn.pixelColor(10, 32)


def test_it_is_added_where_the_desktop_looks(menu, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    added = menu.add_entry()
    assert added == tmp_path / "share" / "applications" / "kling-desktop.desktop"
    python, run = arguments_in(entry_in(added.read_text())["Exec"])
    assert os.access(python, os.X_OK)
    assert Path(run).name == "run.py"
    assert Path(run).exists()


def test_nobody_is_asked_where_nobody_can_answer(menu, tmp_path):
    menu.offer_once(tmp_path / "menu-offered")
    assert not (tmp_path / "menu-offered").exists()
