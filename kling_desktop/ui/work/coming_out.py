"""What shape a clip gets from a picture, in words under the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from kling_desktop.catalog.endpoint import Endpoint
    from kling_desktop.catalog.request_type import RequestType
    from kling_desktop.records.media import MediaFacts

translate = QCoreApplication.translate


def outcome_words(endpoint: Endpoint, request_type: RequestType | None, facts: MediaFacts) -> str:
    """Empty where nothing can be said, or where the picture is refused for its shape."""
    if not facts.width or not facts.height or not endpoint.short_side:
        return ""
    if request_type is not None and _is_refused_for_its_shape(request_type, facts):
        return ""
    from kling_desktop.media.outcome import what_comes_out

    outcome = what_comes_out(facts, endpoint.short_side)
    if outcome is None:
        return ""
    exact = translate("Making", "comes out {ratio}, {side}p")
    near = translate("Making", "comes out about {ratio}, {side}p")
    return (exact if outcome.is_exact else near).format(
        ratio=outcome.ratio, side=endpoint.short_side
    )


def _is_refused_for_its_shape(request_type: RequestType, facts: MediaFacts) -> bool:
    """Whether it is too long for every field that it could stand in."""
    ratio = facts.ratio
    bounds = [
        (one.limits.min_ratio, one.limits.max_ratio) if one.limits else (None, None)
        for one in request_type.fields
        if one.media is facts.kind
    ]
    if ratio is None or not bounds:
        return False
    return not any(
        (least is None or ratio >= least) and (most is None or ratio <= most)
        for least, most in bounds
    )
