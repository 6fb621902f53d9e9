"""Looks into the clips and sounds of an input, and refuses what fal's models would refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kling_desktop.media.probe import probe
from kling_desktop.media.problems import MediaRefused
from kling_desktop.records.media import MediaFacts, MediaKind
from kling_desktop.simulator.complaints import Complaint, InputRefusedError

if TYPE_CHECKING:
    from kling_desktop.records.json_values import JsonValue
    from kling_desktop.simulator.film_order import Supplied

_FORMS: dict[str, list[JsonValue]] = {
    "video": [".mp4", ".mov", ".webm", ".m4v"],
    "audio": [".mp3", ".wav", ".m4a", ".aac", ".ogg"],
}


def look_at_clip(given: Supplied) -> MediaFacts:
    """What a clip is like. Raises InputRefusedError."""
    facts = _facts(given, "video")
    if facts.kind is not MediaKind.VIDEO or not facts.width or not facts.height:
        raise _unsupported(given, "video")
    _check_length(given, "video", facts.duration or 0.0)
    _check_size(given, facts)
    return facts


def look_at_sound(given: Supplied) -> MediaFacts:
    """What a sound is like, or the sound of a clip. Raises InputRefusedError."""
    facts = _facts(given, "audio")
    if not facts.has_audio:
        raise _unsupported(given, "audio")
    _check_length(given, "audio", facts.duration or 0.0)
    return facts


def _facts(given: Supplied, kind: str) -> MediaFacts:
    try:
        return probe(given.path)
    except MediaRefused as error:
        raise _unsupported(given, kind) from error


def _unsupported(given: Supplied, kind: str) -> InputRefusedError:
    forms = _FORMS[kind]
    text = f"Unsupported {kind} format. Supported formats are {', '.join(map(str, forms))}"
    url = given.wanted.url
    facts = {"supported_formats": forms}
    return InputRefusedError(
        Complaint(given.wanted.loc, f"unsupported_{kind}_format", text, url, facts)
    )


def _check_length(given: Supplied, kind: str, seconds: float) -> None:
    for limit, ending, words in (("max", "long", "exceeds"), ("min", "short", "is below")):
        bound = given.wanted.limits.get(f"{limit}_duration")
        if bound is None or (seconds <= bound if limit == "max" else seconds >= bound):
            continue
        text = (
            f"{kind.capitalize()} duration {words} the {limit}imum allowed. "
            f"{limit.capitalize()}imum is {bound:g} seconds, provided is {seconds:.2f} seconds."
        )
        facts: dict[str, JsonValue] = {
            f"{limit}_duration": bound,
            "provided_duration": round(seconds, 3),
        }
        raise InputRefusedError(
            Complaint(
                given.wanted.loc, f"{kind}_duration_too_{ending}", text, given.wanted.url, facts
            )
        )


def _check_size(given: Supplied, facts: MediaFacts) -> None:
    seen = {"width": facts.width or 0, "height": facts.height or 0, "fps": facts.frame_rate or 0}
    limits = given.wanted.limits
    for name, value in seen.items():
        low, high = limits.get(f"min_{name}", 0), limits.get(f"max_{name}", float("inf"))
        # Rates such as 23.976 are meant when 24 is written.
        if value and not low - 0.1 <= value <= high + 0.1:
            text = f"Video {name} must be between {low:g} and {high:g}, got {value:g}."
            raise InputRefusedError(
                Complaint(given.wanted.loc, "input_value_error", text, given.wanted.url)
            )
