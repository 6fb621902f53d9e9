"""Paintings of any kind, a request type with a motion brush, and hands on its canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from kling_desktop.records.painting import (
    MOST_AREAS,
    Area,
    Inversion,
    Painting,
    Patch,
    Stroke,
)
from tests.helpers.catalog import a_document, a_type

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from kling_desktop.catalog.request_type import RequestType
    from kling_desktop.records.painting import Mark, Point
    from kling_desktop.ui.brush.canvas import BrushCanvas

SIZE = (320, 200)
"""Of the invented picture."""
NAME = f"{'a' * 64}.png"

_numbers = st.floats(-400, 4000, allow_nan=False, width=32)
points = st.tuples(_numbers, _numbers)
lines = st.lists(points, min_size=1, max_size=6).map(tuple)
strokes = st.builds(Stroke, lines, st.floats(0.5, 300, width=32), st.booleans())
patches = st.builds(
    Patch, st.lists(st.lists(points, min_size=3, max_size=5).map(tuple), max_size=3).map(tuple)
)
marks: st.SearchStrategy[Mark] = strokes | patches | st.builds(Inversion)
areas = st.builds(
    Area,
    number=st.integers(0, MOST_AREAS),
    name=st.text(max_size=8),
    marks=st.lists(marks, max_size=4).map(tuple),
    path=st.lists(points, max_size=5).map(tuple),
    shown=st.booleans(),
)
paintings = st.builds(
    Painting,
    picture=st.just(NAME),
    width=st.integers(1, 5000),
    height=st.integers(1, 5000),
    areas=st.lists(areas, max_size=4, unique_by=lambda one: one.number).map(
        lambda found: tuple(sorted(found, key=lambda one: one.number))
    ),
    is_open=st.booleans(),
)

_MASK = {"type": "string", "_fal_ui_field": "image_mask", "title": "Mask Url"}
_POINT = {
    "type": "object",
    "title": "Trajectory",
    "required": ["x", "y"],
    "properties": {"x": {"type": "integer", "title": "X"}, "y": {"type": "integer", "title": "Y"}},
}
_AREA = {
    "type": "object",
    "title": "DynamicMask",
    "required": ["mask_url"],
    "properties": {"mask_url": _MASK, "trajectories": {"type": "array", "items": _POINT}},
}
PROPERTIES: dict[str, Any] = {
    "prompt": {"type": "string", "maxLength": 2500, "title": "Prompt"},
    "image_url": {"type": "string", "_fal_ui_field": "image", "title": "Image Url"},
    "duration": {"type": "string", "enum": ["5", "10"], "default": "5", "title": "Duration"},
    "static_mask_url": {"anyOf": [_MASK, {"type": "null"}], "title": "Static Mask Url"},
    "dynamic_masks": {
        "title": "Dynamic Masks",
        "anyOf": [{"type": "array", "items": _AREA}, {"type": "null"}],
    },
}


def brush_type(**more: Any) -> RequestType:
    """As fal describes its endpoints with a motion brush."""
    return a_type({**PROPERTIES, **more}, "prompt", "image_url")


def brush_document() -> dict[str, Any]:
    """The same as a document of fal, for an invented endpoint."""
    schema = {
        "type": "object",
        "title": "DreamRequest",
        "required": ["prompt", "image_url"],
        "x-fal-order-properties": [*PROPERTIES],
        "properties": PROPERTIES,
    }
    return a_document(schema)


def bare(size: tuple[int, int] = SIZE) -> Painting:
    """Nothing painted yet."""
    return Painting(picture=NAME, width=size[0], height=size[1])


def plain_picture(size: tuple[int, int] = SIZE, color: str = "#406080") -> QImage:
    """One color."""
    found = QImage(*size, QImage.Format.Format_RGB32)
    found.fill(QColor(color))
    return found


def on_canvas(canvas: BrushCanvas, point: Point) -> QPoint:
    """Where a pixel of the picture lies."""
    return canvas.view.to_canvas(point).toPoint()


def drag(
    canvas: BrushCanvas,
    way: Sequence[Point],
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Press, move and release with the left button, in pixels of the picture."""
    places = [on_canvas(canvas, one) for one in way]
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, modifiers, places[0])
    for place in places[1:]:
        move(canvas, place, modifiers)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, modifiers, places[-1])


def move(widget: QWidget, place: QPoint, modifiers: Qt.KeyboardModifier) -> None:
    """A move with the left button down; QTest sends those without one."""
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(place),
        QPointF(widget.mapToGlobal(place)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        modifiers,
    )
    QApplication.sendEvent(widget, event)
