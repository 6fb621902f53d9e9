"""What a person meets in a window, in words: the accessible tree, as a screen reader walks it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QRect
    from PySide6.QtWidgets import QWidget

_STATES = (
    ("disabled", "disabled"),
    ("checked", "checked"),
    ("expanded", "expanded"),
    ("selected", "selected"),
    ("readOnly", "read only"),
    ("focused", "focused"),
)
_ROOMS = frozenset({"Client", "Pane", "Grouping", "Border", "Splitter", "LayeredPane"})
"""Roles of what only holds other things; without a name nobody hears of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One thing on the screen, and what is in it."""

    role: str
    name: str
    description: str
    value: str
    states: tuple[str, ...]
    place: tuple[int, int, int, int]
    """Left, top, width, height on the screen, in logical pixels."""
    takes_focus: bool
    parts: tuple[Seen, ...] = field(default=())

    def walk(self) -> Iterator[Seen]:
        """Itself and everything in it, from above."""
        yield self
        for part in self.parts:
            yield from part.walk()

    @property
    def said(self) -> str:
        """All its words."""
        return " | ".join(text for text in (self.name, self.description, self.value) if text)

    @property
    def middle(self) -> tuple[int, int]:
        """Where one would click."""
        left, top, width, height = self.place
        return left + width // 2, top + height // 2


def look_at(widget: QWidget) -> Seen:
    """What is visible of a widget. What is hidden is not in it."""
    found = QAccessible.queryAccessibleInterface(widget)
    if found is None:
        raise ValueError(f"nothing is known of {widget}")
    return _seen(found)


def windows() -> list[QWidget]:
    """The visible windows, the one in front last."""
    return [one for one in QApplication.topLevelWidgets() if one.isVisible()]


def look() -> list[Seen]:
    """Everything in all visible windows."""
    return [one for window in windows() for one in look_at(window).walk()]


def heard(widget: QWidget | None = None) -> str:
    """All words in sight, one thing a line."""
    seen = look() if widget is None else look_at(widget).walk()
    return "\n".join(one.said for one in seen if one.said)


def told(tree: Seen) -> str:
    """The tree as a text to keep: role, name, description, value and states, indented.

    What stands side by side comes from above and from the left, as the eye goes.
    """
    return "\n".join(_lines(tree, 0)) + "\n"


def _seen(found: QAccessibleInterface) -> Seen:
    state, rect = found.state(), found.rect()
    parts = (found.child(place) for place in range(found.childCount()))
    shown = [part for part in parts if part is not None and part.isValid() and _is_shown(part)]
    return Seen(
        role=found.role().name,
        name=_text(found, QAccessible.Text.Name),
        description=_text(found, QAccessible.Text.Description),
        value=_text(found, QAccessible.Text.Value),
        states=tuple(word for name, word in _STATES if getattr(state, name)),
        place=_place(rect),
        takes_focus=bool(getattr(state, "focusable")),  # noqa: B009 - a bit field without types
        parts=tuple(_seen(part) for part in shown),
    )


def _is_shown(found: QAccessibleInterface) -> bool:
    return not getattr(found.state(), "invisible")  # noqa: B009 - a bit field without types


def _text(found: QAccessibleInterface, which: QAccessible.Text) -> str:
    return " ".join(found.text(which).replace("\u00ad", "").split())


def _place(rect: QRect) -> tuple[int, int, int, int]:
    return rect.x(), rect.y(), rect.width(), rect.height()


def _lines(seen: Seen, depth: int) -> Iterator[str]:
    is_room = seen.role in _ROOMS and not seen.said
    if not is_room:
        yield "  " * depth + _line(seen)
    for part in sorted(seen.parts, key=lambda one: (one.place[1], one.place[0])):
        yield from _lines(part, depth if is_room else depth + 1)


def _line(seen: Seen) -> str:
    words = [seen.role]
    if seen.name:
        words.append(f'"{seen.name}"')
    if seen.value and seen.value != seen.name:
        words.append(f"= {seen.value}")
    if seen.description and seen.description != seen.name:
        words.append(f"({seen.description})")
    states = [one for one in seen.states if one != "focused"]
    return " ".join([*words, *(f"[{state}]" for state in states)])
