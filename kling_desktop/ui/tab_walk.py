"""Walks the keyboard through a window section by section, as the eye goes.

Qt's own chain is the order in which widgets were made. Forms and lists make theirs late, so the
chain is only trusted inside a section.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence


def stops(window: QWidget, sections: Sequence[QWidget]) -> list[QWidget]:
    """Everything that Tab can reach now, in the order of the sections.

    What lies in no section (a notice, the palette) comes last.
    """
    ranks = {section: rank for rank, section in enumerate(sections)}
    found: list[tuple[int, int, QWidget]] = []
    widget = window.nextInFocusChain()
    while widget is not None and widget is not window:
        if _is_stop(widget, window):
            found.append((_rank(widget, ranks), len(found), widget))
        widget = widget.nextInFocusChain()
    return [widget for _rank, _order, widget in sorted(found, key=lambda one: one[:2])]


def step(window: QWidget, sections: Sequence[QWidget], *, forward: bool) -> bool:
    """Move the focus one stop on, round at the end. False where there is no stop at all."""
    order = stops(window, sections)
    if not order:
        return False
    now = window.focusWidget()
    at = order.index(now) if now in order else (-1 if forward else 0)
    target = order[(at + (1 if forward else -1)) % len(order)]
    reasons = Qt.FocusReason
    target.setFocus(reasons.TabFocusReason if forward else reasons.BacktabFocusReason)
    _bring_into_view(target)
    return True


def _is_stop(widget: QWidget, window: QWidget) -> bool:
    takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    is_there = widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None
    return takes_tab and is_there and widget.window() is window


def _rank(widget: QWidget, ranks: dict[QWidget, int]) -> int:
    part: QWidget | None = widget
    while part is not None:
        if part in ranks:
            return ranks[part]
        part = part.parentWidget()
    return len(ranks)


def _bring_into_view(target: QWidget) -> None:
    parent = target.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(target, 8, 24)
        parent = parent.parentWidget()
