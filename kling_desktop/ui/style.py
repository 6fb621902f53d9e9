"""Says which part a widget plays; the one stylesheet says how that part looks.

Roles: "panel", "bar", "card", "card-alert", "raised", "stage", "chip-row" for surfaces; "title",
"label", "secondary", "tertiary", "problem", "warning", "ok", "badge", "chip", "mono" for labels;
"primary", "outlined", "quiet", "link", "icon", "segment", "intention" for buttons.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget its part, now and live: it is polished again if it was shown already."""
    set_mark(widget, "role", role)
    if role not in _PLAIN_LABELS:
        widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, on=True)


def set_mark(widget: QWidget, name: str, value: str | bool) -> None:
    """Set a property that the stylesheet asks for, such as `side` or `chosen`."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        style = widget.style()
        style.unpolish(widget)
        style.polish(widget)
        widget.update()


_PLAIN_LABELS = frozenset(
    {"title", "label", "secondary", "tertiary", "problem", "warning", "ok", "mono", "link"}
)
