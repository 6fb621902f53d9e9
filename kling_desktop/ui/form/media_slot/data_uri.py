"""Takes a `data:` address apart (RFC 2397)."""

from __future__ import annotations

import base64
import binascii
from urllib.parse import unquote_to_bytes

from kling_desktop.ui.form.ports import OfferedBytes

_ENDINGS = {"jpeg": "jpg", "svg+xml": "svg", "quicktime": "mov", "mpeg": "mp3", "x-wav": "wav"}


def bytes_of_data_uri(text: str) -> OfferedBytes | None:
    """The bytes and a name for them, or None where the text is broken or holds nothing."""
    head, comma, body = text.partition(",")
    if not comma or not head.lower().startswith("data:"):
        return None
    content_type, *parameters = head[5:].lower().split(";")
    try:
        data = _decode(body, in_base64="base64" in parameters)
    except (binascii.Error, ValueError):
        return None
    family, _, sort = content_type.partition("/")
    name = "picture" if family == "image" else family or "file"
    return OfferedBytes(data, f"{name}.{_ENDINGS.get(sort, sort or 'bin')}") if data else None


def _decode(body: str, *, in_base64: bool) -> bytes:
    raw = unquote_to_bytes(body)
    if not in_base64:
        return raw
    packed = b"".join(raw.split())
    return base64.b64decode(packed + b"=" * (-len(packed) % 4), validate=True)
