"""What a file must be after a refusal: the field's own limits, and those that fal named then."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from kling_desktop.catalog import refusal_problems as fal_says
from kling_desktop.catalog.field_spec import FieldLimits
from kling_desktop.catalog.media_limits import MEGABYTE
from kling_desktop.catalog.refused_values import REFUSAL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kling_desktop.records.problem import Problem

_A_LITTLE = 0.003
"""The part of a ratio by which a crop may miss it; pixels are whole."""
_HARDLY_MORE = 0.1
"""Seconds."""
_ROUNDED = 0.05
"""Megabytes by which a told limit may have been rounded up."""


def limits_after(limits: FieldLimits | None, problem: Problem | None) -> FieldLimits:
    """The limits that a file is fitted to, so that the problem is gone."""
    known = limits or FieldLimits()
    if problem is None:
        return known
    facts = {name: one for name, one in problem.values.items() if isinstance(one, int | float)}
    if "shape" in facts:
        least, most = facts["shape"] * (1 - _A_LITTLE), facts["shape"] * (1 + _A_LITTLE)
        return replace(known, min_ratio=least, max_ratio=most)
    return _refused(known, str(problem.values.get(REFUSAL, problem.code)), facts)


def most_seconds(problem: Problem | None) -> float | None:
    """How long a sound or video may be at most, where the problem says so.

    fal's own limits end in .05, which nobody has to see.
    """
    most = problem.values.get("most") if problem else None
    if not isinstance(most, int | float):
        return None
    whole = math.floor(most)
    return float(whole) if whole and most - whole < _HARDLY_MORE else float(most)


def _refused(known: FieldLimits, code: str, facts: Mapping[str, float]) -> FieldLimits:
    if code == fal_says.FAL_PICTURE_TOO_LARGE.code and "width" in facts and "height" in facts:
        return replace(
            known,
            max_width=_least(known.max_width, int(facts["width"])),
            max_height=_least(known.max_height, int(facts["height"])),
        )
    if code == fal_says.FAL_PICTURE_SHAPE.code and "least" in facts and "most" in facts:
        return replace(known, min_ratio=facts["least"], max_ratio=facts["most"])
    if code == fal_says.FAL_FILE_TOO_HEAVY.code and "most" in facts:
        most = int(max(facts["most"] - _ROUNDED, facts["most"] / 2) * MEGABYTE)
        return replace(known, max_bytes=_least(known.max_bytes, most))
    return known


def _least(known: int | None, told: int) -> int:
    return told if known is None else min(known, told)
