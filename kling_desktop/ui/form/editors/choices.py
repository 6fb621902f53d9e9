"""The words for the entries of an enum, and which editor suits them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kling_desktop.ui.form.values import FieldValue, same

if TYPE_CHECKING:
    from kling_desktop.catalog.field_spec import FieldSpec

SEGMENTS_AT_MOST = 4
RATIOS_AT_MOST = 10
_LONGEST_SEGMENT = 18
_ALL_SEGMENTS = 44
_RATIO = re.compile(r"(\d{1,3}):(\d{1,3})\Z")
_NUMBER = re.compile(r"\d+(\.\d+)?\Z")


def titles_of(spec: FieldSpec) -> tuple[str, ...]:
    """One for each entry, with the unit where the entry is a bare number."""
    return tuple(_title(spec, index) for index in range(len(spec.enum)))


def place_of(value: FieldValue, spec: FieldSpec) -> int:
    """Which entry it is, or -1."""
    return next((place for place, one in enumerate(spec.enum) if same(one, value)), -1)


def ratio_of(text: object) -> tuple[int, int] | None:
    """Width and height of "16:9"."""
    found = _RATIO.match(text) if isinstance(text, str) else None
    if not found:
        return None
    width, height = int(found[1]), int(found[2])
    return (width, height) if width and height else None


def are_ratios(spec: FieldSpec) -> bool:
    """Whether the entries are shapes, up to one that is not, such as "auto"."""
    shapes = sum(ratio_of(one) is not None for one in spec.enum)
    return shapes >= 2 and len(spec.enum) - shapes <= 1 and len(spec.enum) <= RATIOS_AT_MOST


def fit_segments(spec: FieldSpec) -> bool:
    """Few and short enough to stand side by side."""
    titles = titles_of(spec)
    return (
        0 < len(titles) <= SEGMENTS_AT_MOST
        and max(map(len, titles)) <= _LONGEST_SEGMENT
        and sum(map(len, titles)) <= _ALL_SEGMENTS
    )


def _title(spec: FieldSpec, index: int) -> str:
    value = spec.enum[index]
    given = spec.enum_titles[index] if index < len(spec.enum_titles) else ""
    title = given or ("–" if value is None else str(value))
    return f"{title} {spec.unit}" if spec.unit and _NUMBER.match(title) else title
