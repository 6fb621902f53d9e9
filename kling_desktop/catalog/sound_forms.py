"""Into which form a sound is brought for a field. Pure; the making itself is elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kling_desktop.catalog.field_spec import FieldLimits

MP3, M4A, WAV = "audio/mpeg", "audio/mp4", "audio/wav"
MADE = (MP3, M4A, WAV)
"""The forms that can be made here, the one that is read everywhere first."""


def forms_taken(limits: FieldLimits) -> tuple[str, ...]:
    """Those of the forms made here that a field takes, in order."""
    return tuple(one for one in MADE if not limits.formats or one in limits.formats)


def form_for(content_type: str, limits: FieldLimits) -> str:
    """What a sound of that content type is made into: itself where that is taken.

    Empty where the field takes nothing that can be made.
    """
    taken = forms_taken(limits)
    if content_type in taken:
        return content_type
    return taken[0] if taken else ""
