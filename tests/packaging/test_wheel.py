"""A wheel holds all that the program needs, and the program finds it there."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOOK = """
from pathlib import Path
from kling_desktop import app, bundled
from kling_desktop.catalog.catalog import load_catalog
found = bundled.resources()
assert found == Path(bundled.__file__).parent / "resources", found
assert load_catalog(found / "catalogue").endpoints
ground = app.lay_ground(app.Options(data_dir=Path("data")))
assert ground.drafts.current.is_sample
ground.stores.database.close()
print("all found")
"""


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index"]
    command += ["--no-build-isolation", "--disable-pip-version-check"]
    subprocess.run([*command, "--wheel-dir", str(folder), str(ROOT)], check=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder / "site")
    return folder / "site"


@pytest.mark.slow
def test_the_wheel_holds_every_resource_and_nothing_else(unpacked):
    ours = {path.relative_to(ROOT) for path in (ROOT / "resources").rglob("*") if path.is_file()}
    packed = {
        path.relative_to(unpacked / "kling_desktop")
        for path in (unpacked / "kling_desktop" / "resources").rglob("*")
        if path.is_file()
    }
    assert packed == ours
    tops = {path.name for path in unpacked.iterdir()}
    assert {name for name in tops if not name.endswith(".dist-info")} == {"kling_desktop"}
    suffixes = {path.suffix for path in unpacked.rglob("*") if path.is_file()}
    assert ".pyc" not in suffixes
    assert list(unpacked.glob("*.dist-info/licenses/**/LICENSE"))


@pytest.mark.slow
def test_the_program_finds_its_resources_in_it(unpacked, tmp_path):
    done = subprocess.run(
        [sys.executable, "-P", "-c", LOOK],
        check=False,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={"PYTHONPATH": str(unpacked), "HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"},
    )
    assert done.stdout == "all found\n", done.stderr
