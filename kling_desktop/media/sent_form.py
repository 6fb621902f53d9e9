"""In what form a picture leaves the computer, told by its facts alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kling_desktop.records.media import MediaKind

if TYPE_CHECKING:
    from kling_desktop.records.media import MediaFacts

SENT_AS_THEY_ARE = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp"}
LOSSLESS = frozenset(("image/png", "image/bmp", "image/gif", "image/tiff"))
_PLAIN_MODES = frozenset(("RGB", "RGBX"))


def may_stay(facts: MediaFacts) -> bool:
    """Whether its pixels can be sent as they are, as far as facts tell."""
    return (
        facts.content_type in SENT_AS_THEY_ARE
        and facts.mode in _PLAIN_MODES
        and not facts.rotated
        and not facts.animated
    )


def other_form(facts: MediaFacts) -> str:
    """JPEG or PNG where the file is in another form than what is sent; else empty."""
    if facts.kind is not MediaKind.IMAGE or facts.content_type in SENT_AS_THEY_ARE:
        return ""
    return "PNG" if facts.content_type in LOSSLESS else "JPEG"
