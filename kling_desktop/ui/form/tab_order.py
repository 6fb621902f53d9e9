"""Makes Tab follow the eye. Qt puts what is made later behind everything else in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterator


def chain(root: QWidget) -> None:
    """Order all stops inside, as they are laid out, right behind the root itself."""
    before = root
    for stop in _stops(root):
        QWidget.setTabOrder(before, stop)
        before = stop


def _stops(widget: QWidget) -> Iterator[QWidget]:
    layout = widget.layout()
    inside = _in_layout(layout) if layout else _in_widget(widget)
    for inner in inside:
        # Those that Tab passes by now may be its stop later, as in a row of segments.
        if inner.focusProxy() is None and inner.focusPolicy() != Qt.FocusPolicy.NoFocus:
            yield inner
        yield from _stops(inner)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        widget, inner = (item.widget(), item.layout()) if item else (None, None)
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _in_layout(inner)


def _in_widget(widget: QWidget) -> Iterator[QWidget]:
    # children() would show Python what is no widget too, and Qt's nameless parts cost 70 ms there.
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    for inner in widget.findChildren(QWidget, options=direct):
        if not inner.isWindow():
            yield inner
