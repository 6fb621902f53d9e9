"""Files that this program cannot show and keeps all the same: models in 3D, archives, weights."""

from __future__ import annotations

from kling_desktop.records.media import MediaKind

Found = tuple[MediaKind, str, str]
"""Kind, suffix with its dot, content type."""

_STARTS: tuple[tuple[bytes, str, str], ...] = (
    (b"glTF", ".glb", "model/gltf-binary"),
    (b"Kaydara FBX Binary", ".fbx", "application/octet-stream"),
    (b"ply\n", ".ply", "model/ply"),
    (b"ply\r\n", ".ply", "model/ply"),
    (b"solid ", ".stl", "model/stl"),
    (b"PK\x03\x04", ".zip", "application/zip"),
    (b"\x1f\x8b", ".gz", "application/gzip"),
    (b"%PDF-", ".pdf", "application/pdf"),
    (b"mtllib ", ".obj", "model/obj"),
)
_LONGEST_HEAD = 100 << 20
"""Bytes that the list of a safetensors file may have (its format's description)."""


def other_file(first_bytes: bytes) -> Found | None:
    """What a file is that begins so, or None. Needs 64 bytes.

    Text and web pages are none of these: they may be an error's words in place of a file.
    """
    for start, suffix, content_type in _STARTS:
        if first_bytes.startswith(start):
            return MediaKind.FILE, suffix, content_type
    head = int.from_bytes(first_bytes[:8], "little")
    if first_bytes[8:10] == b'{"' and 2 <= head <= _LONGEST_HEAD:
        return MediaKind.FILE, ".safetensors", "application/octet-stream"
    return None
