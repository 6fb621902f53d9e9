"""`run.py` as a person calls it, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

HIDES_ENSUREPIP = "import sys\nsys.modules['ensurepip'] = None\n"
DPKG_KNOWS_ALL = '#!/bin/sh\nshift 3\nfor name in "$@"; do echo "installed $name"; done\n'
DPKG_KNOWS_NONE = "#!/bin/sh\nexit 1\n"
APT_REFUSES = '#!/bin/sh\necho "$@" >> "$0.log"\nexit 100\n'


@pytest.fixture
def bare(tmp_path):
    """A system with nothing on it but a package list, and a Debian Python without ensurepip."""
    folder = tmp_path / "bare"
    folder.mkdir()

    def lay(name, text):
        file = folder / name
        file.write_text(text)
        file.chmod(0o755)
        return file

    return lay


def called(checkout, words, **environment):
    command = [sys.executable, str(checkout / "packaging" / "run.py"), *words]
    kept = {"PATH": os.environ["PATH"], "HOME": os.environ["HOME"], "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        command,
        check=False,
        capture_output=True,
        text=True,
        env={**kept, **environment},
        timeout=60,
    )


def test_an_unknown_word_names_the_known_ones(checkout):
    done = called(checkout, ["dmeo"])
    assert done.returncode == 3
    assert done.stderr == "\nThere is no command 'dmeo'. There are: demo, test, bench, or none.\n"


def test_help_names_the_commands_and_touches_nothing(checkout):
    before = sorted(checkout.rglob("*"))
    done = called(checkout, ["--help"])
    assert done.returncode == 0
    assert "run.py demo" in done.stdout
    assert sorted(checkout.rglob("*")) == before


def test_without_a_screen_the_start_names_the_demo(checkout):
    done = called(checkout, [])
    assert done.returncode == 3
    assert "packaging/run.py demo" in done.stderr


def test_a_python_without_ensurepip_wants_python3_venv(checkout, bare, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(HIDES_ENSUREPIP)
    bare("dpkg-query", DPKG_KNOWS_ALL)
    apt = bare("apt-get", APT_REFUSES)
    done = called(checkout, ["demo"], PATH=str(apt.parent), PYTHONPATH=str(tmp_path), DISPLAY=":7")
    assert done.returncode == 3
    line = "apt-get install -y --no-install-recommends python3-venv"
    assert f"\n  sudo {line}\n" in done.stderr
    if os.geteuid() == 0:
        asked = (apt.parent / "apt-get.log").read_text().splitlines()
        assert asked == ["update -qq", line.removeprefix("apt-get ")]


def test_what_is_missing_is_one_line_to_run(checkout, bare):
    bare("dpkg-query", DPKG_KNOWS_NONE)
    apt = bare("apt-get", APT_REFUSES)
    done = called(checkout, ["demo"], PATH=str(apt.parent), DISPLAY=":7")
    assert done.returncode == 3
    lines = [line for line in done.stderr.splitlines() if "apt-get" in line]
    assert len(lines) == 1
    assert "libpulse0" in lines[0]
    assert "xvfb" not in lines[0], "a screen is there"
    done = called(checkout, ["demo"], PATH=str(apt.parent))
    assert "xvfb" in done.stderr
