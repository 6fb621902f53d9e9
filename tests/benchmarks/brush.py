"""The motion brush: how long a move of the mouse takes until it is seen, on a 4K picture.

The canvas fills a window of 3840 × 2160 device pixels, all six areas and the one that holds still
are painted over each other, and every move is painted before the next one comes.
"""

from __future__ import annotations

import math
import os
import time
from typing import TYPE_CHECKING

from tests.benchmarks.table import machine, middle, percentile, show

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from kling_desktop.ui.brush.canvas import BrushCanvas
    from kling_desktop.ui.brush.panel import BrushPanel

LIMIT = 16.0
"""Milliseconds: one frame."""
SIZE = (3840, 2160)
MOVES = 240


def main() -> None:
    """Prints the table."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    rows: list[tuple[str, float, float, float, float, float]] = []
    for name, size, zoom in (
        ("the usual brush", 48, 1.0),
        ("a fine one", 8, 1.0),
        ("the widest one", 250, 1.0),
        ("the usual one, seen 4 times as large", 48, 4.0),
    ):
        panel = _panel(application)
        panel.session.set_size(size)
        panel.canvas.zoom(zoom)
        application.processEvents()
        moves = _moves(application, panel.canvas)
        typical, late = middle(moves), percentile(moves, 0.99)
        rows.append((name, typical, late, LIMIT, typical / LIMIT, late / LIMIT))
        panel.close()
        panel.deleteLater()
    heads = (
        "one move of the brush at 4K",
        "median ms",
        "p99 ms",
        "limit",
        "median/limit",
        "p99/limit",
    )
    show(f"Motion brush ({machine()})", heads, rows)
    written = [("masks of all areas, in a thread", _masks())]
    show("Motion brush, on Done", ("what", "ms"), written)


def _panel(application: QApplication) -> BrushPanel:
    from kling_desktop.records.painting import Area, Painting, Stroke
    from kling_desktop.ui.brush.panel import BrushPanel
    from tests.helpers.brush import plain_picture

    painting = Painting(picture="", width=SIZE[0], height=SIZE[1])
    for number in range(7):
        wave = tuple(
            (200 + step * 17.0, 1080 + 600 * math.sin(step / 20 + number)) for step in range(200)
        )
        painting = painting.with_area(Area(number=number, marks=(Stroke(wave, 200.0),)))
    panel = BrushPanel(painting, 6)
    panel.resize(*SIZE)
    panel.show_picture(plain_picture(SIZE))
    panel.show()
    for _ in range(5):
        application.processEvents()
    return panel


def _moves(application: QApplication, canvas: BrushCanvas) -> list[float]:
    from PySide6.QtCore import QPointF, Qt
    from PySide6.QtTest import QTest

    from tests.helpers.brush import move

    middle_of = canvas.view.room.center()
    found = []
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=middle_of.toPoint())
    application.processEvents()
    for number in range(MOVES):
        turn = number / 25
        reach = 60 + number * 3
        place = middle_of + QPointF(math.cos(turn) * reach, math.sin(turn) * reach * 0.5)
        began = time.perf_counter()
        move(canvas, place.toPoint(), Qt.KeyboardModifier.NoModifier)
        application.processEvents()
        found.append((time.perf_counter() - began) * 1000)
    return found


def _masks() -> float:
    from kling_desktop.media.masks import masks_of
    from kling_desktop.records.painting import Area, Painting, Stroke

    painting = Painting(picture="", width=SIZE[0], height=SIZE[1])
    for number in range(7):
        way = tuple((200 + step * 17.0, 300.0 * number + step) for step in range(200))
        painting = painting.with_area(Area(number=number, marks=(Stroke(way, 200.0),)))
    began = time.perf_counter()
    masks_of(painting)
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
