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
LATE = {
    "kling_desktop.catalog.catalog",
    "kling_desktop.store.database",
    "kling_desktop.ui.work.desk",
}
PAINT = """
import sys
from pathlib import Path
from kling_desktop import app
from kling_desktop.ui import program
options = app.Options(data_dir=Path(sys.argv[1]))
folders, settings = app.lay_folders(options)
theme, window = program.show_window(settings, folders.window)
assert window.isVisible() and window.outline.was_painted
print(*sys.modules)
opening = app.opening_of(app.lay_ground(options, folders, settings))
desk = program.furnish(opening, theme, window)
assert desk.column.isVisible()
print(*sys.modules)
"""


def test_modules_at_first_paint(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", PAINT, str(tmp_path / "data")],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    painted, furnished = (set(line.split()) for line in done.stdout.splitlines())
    assert "PySide6.QtWidgets" in painted
    assert not LATE & painted
    assert furnished >= LATE
    assert not HEAVY & furnished


def test_void_calls_of_qt_keep_the_count_of_none():
    """PySide6 6.12.0 below Python 3.12 loses a reference with each, and ends the process."""
    from PySide6.QtCore import QObject

    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(500):
        thing.setObjectName("name")
    lost = before - sys.getrefcount(None)
    assert sys.version_info >= (3, 12) or lost < 250
