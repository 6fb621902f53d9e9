"""Reads the endpoint id out of what a person typed or pasted to name a model."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit

from kling_desktop.catalog.problems import NO_MODEL_ADDRESS, ModelUnreadable

_AROUND = " \t\r\n\"'`<>()[],;./\u200b\u200c\u200d\ufeff\u00a0"
_SEGMENT = re.compile(r"[\w.@:+~-]+\Z", re.ASCII)
_HOSTS = ("fal.ai", "fal.run")
_PAGES = frozenset({"api", "playground", "examples", "llms.txt", "requests", "edit-requests"})
"""What fal's site puts behind the id of a model."""
_BEFORE = frozenset({"models"})
_LONGEST = 200


def endpoint_id_in(text: str) -> str:
    """The id in `owner/app/path`, in the address of a model's page or in that of its queue.

    Raises ModelUnreadable where there is none.
    """
    plain = text.strip(_AROUND)
    is_address = "://" in plain or plain.lower().startswith(("www.", *_HOSTS))
    found = _in_address(plain) if is_address else plain
    parts = found.split("/")
    sound = all(_SEGMENT.match(part) and not part.endswith(".") for part in parts)
    if not 2 <= len(parts) <= 12 or not sound or len(found) > _LONGEST:
        raise ModelUnreadable(NO_MODEL_ADDRESS())
    return found


def _in_address(text: str) -> str:
    try:
        url = urlsplit(text if "://" in text else f"https://{text}")
        host = url.hostname or ""
    except ValueError:
        return ""
    named = parse_qs(url.query).get("endpoint_id", [""])[0]
    if named:
        return named.strip("/")
    parts = [unquote(part) for part in url.path.split("/") if part]
    is_page = bool(parts) and parts[0] in _BEFORE
    if not is_page and not host.endswith(".run"):
        return ""
    if not _is_fal(host):
        return ""
    parts = parts[1:] if is_page else parts
    ends = next((at for at, part in enumerate(parts) if at > 1 and part in _PAGES), len(parts))
    return "/".join(parts[:ends])


def _is_fal(host: str) -> bool:
    """fal's own hosts, and this computer, where a simulator may be."""
    own = any(host == one or host.endswith(f".{one}") for one in _HOSTS)
    return own or host in {"localhost", "127.0.0.1"}
