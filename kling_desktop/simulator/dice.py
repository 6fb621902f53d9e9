"""Chance that belongs to words: always the same for the same ones."""

from __future__ import annotations

import hashlib


def chance(words: str) -> list[float]:
    """32 numbers from 0 to 1, always the same for the same words."""
    return [byte / 255 for byte in hashlib.sha256(words.encode()).digest()]
