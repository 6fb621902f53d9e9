"""The window paints with Qt and SQLite alone: nothing heavy may stand before it."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEAVY = {
    "aiohttp", "asyncio", "av", "concurrent.futures", "cryptography", "httpx", "jsonschema",
    "keyring", "PIL", "psygnal", "qasync", "send2trash", "ssl",
    "PySide6.QtMultimedia", "PySide6.QtNetwork",
}  # fmt: skip
PAINT = """
import sys
from pathlib import Path
from kling_desktop import app
from PySide6.QtWidgets import QApplication
ground = app.lay_ground(app.Options(data_dir=Path(sys.argv[1])))
from kling_desktop.ui import program
theme, desk = program.paint_first(app.opening_of(ground))
assert desk.window.isVisible()
print("\\n".join(sys.modules))
"""


def test_modules_at_first_paint(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", PAINT, str(tmp_path / "data")],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    loaded = set(done.stdout.split())
    assert "PySide6.QtWidgets" in loaded
    assert not HEAVY & loaded


def test_void_calls_of_qt_keep_the_count_of_none():
    """PySide6 6.12.0 below Python 3.12 loses a reference with each, and ends the process."""
    from PySide6.QtCore import QObject

    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(500):
        thing.setObjectName("name")
    lost = before - sys.getrefcount(None)
    assert sys.version_info >= (3, 12) or lost < 250
