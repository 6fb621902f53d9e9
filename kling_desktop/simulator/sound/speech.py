"""Something like speech: tones in the rhythm of a text, at the pitch of a voice."""

from __future__ import annotations

import math
import re
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kling_desktop.simulator.dice import chance
from kling_desktop.simulator.sound.pcm import BYTES, RATE

if TYPE_CHECKING:
    from collections.abc import Iterator

_PARTS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+|[.!?。！？…]+|[^\w\s]+")
_PER_LETTER = 0.068
"""Seconds; some 150 words of English in a minute."""
_PER_SIGN = 0.24
"""Seconds of one Chinese character, kana or hangul block."""
_BETWEEN_WORDS, _AT_COMMAS, _AT_ENDS = 0.03, 0.16, 0.34
_SHORTEST = 0.6
_VOWELS = {"a": (730, 1090), "e": (530, 1840), "i": (270, 2290), "o": (570, 840), "u": (300, 870)}
"""The two strongest overtones of a vowel, in Hz."""


@dataclass(frozen=True, slots=True)
class Line:
    """What is said, by which voice, and how fast; 1 is the usual speed."""

    text: str
    voice: str = ""
    speed: float = 1.0

    @property
    def seconds(self) -> float:
        """How long it takes."""
        return max(_SHORTEST, sum(one for _, one in _rhythm(self.text)) / max(0.1, self.speed))


def spoken(line: Line) -> Iterator[bytes]:
    """The line, one syllable or pause at a time."""
    dice = chance(f"voice {line.voice}")
    pitch, breadth = 95 + 130 * dice[0], 0.85 + 0.35 * dice[1]
    rhythm = _rhythm(line.text)
    whole = sum(one for _, one in rhythm) or 1.0
    stretch, at = line.seconds / whole, 0.0
    for sound, seconds in rhythm:
        fall = 1.08 - 0.16 * at / whole + 0.05 * math.sin(at * 4.2)
        yield _said(sound, seconds * stretch, pitch * fall, breadth)
        at += seconds


def _rhythm(text: str) -> list[tuple[str, float]]:
    """Vowels with their seconds, pauses as an empty sound."""
    found: list[tuple[str, float]] = []
    for part in _PARTS.findall(text):
        if part[0] in ".!?。！？…":
            found.append(("", _AT_ENDS))
        elif not part[0].isalnum():
            found.append(("", _AT_COMMAS))
        elif ord(part[0]) >= 0x3040:
            found.append(("aeiou"[ord(part[0]) % 5], _PER_SIGN))
        else:
            for at in range(0, len(part), 3):
                letters = part[at : at + 3].lower()
                vowel = next((one for one in letters if one in _VOWELS), "aeiou"[len(part) % 5])
                found.append((vowel, _PER_LETTER * len(letters)))
            found.append(("", _BETWEEN_WORDS))
    return found


def _said(vowel: str, seconds: float, pitch: float, breadth: float) -> bytes:
    count = round(seconds * RATE)
    if not vowel:
        return bytes(count * BYTES)
    period = _period(vowel, pitch, breadth)
    samples = array("h")
    while len(samples) < count:
        part = len(samples) / count
        strength = min(1.0, part * 9, (1 - part) * 5)
        samples.extend(int(one * strength) for one in period)
    del samples[count:]
    both = array("h", bytes(count * BYTES))
    both[0::2] = both[1::2] = samples
    return both.tobytes()


def _period(vowel: str, pitch: float, breadth: float) -> list[float]:
    """One turn of the vocal cords: overtones, strongest where the vowel has its two peaks."""
    length = max(8, round(RATE / pitch))
    tones = [
        (number, _weight(number * pitch, vowel, breadth))
        for number in range(1, max(2, int(3200 / pitch)))
    ]
    full = sum(weight for _, weight in tones)
    return [
        9500 / full * sum(w * math.sin(2 * math.pi * n * step / length) for n, w in tones)
        for step in range(length)
    ]


def _weight(hertz: float, vowel: str, breadth: float) -> float:
    near = min(abs(hertz - peak * breadth) for peak in _VOWELS[vowel])
    return 1.0 / (1.0 + (near / 160) ** 2) + 0.04
