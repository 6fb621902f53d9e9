"""The sound of a place: a soft chord and a breath of wind, both chosen by words."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, cast

import av
import av.filter

from kling_desktop.simulator.dice import chance
from kling_desktop.simulator.sound.pcm import BYTES, RATE

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHORDS = ((1.0, 1.26, 1.498), (1.0, 1.189, 1.498), (1.0, 1.335, 1.782))
_WINDS = ("brown", "pink", "brown", "violet")


def ambience(words: str) -> Iterator[bytes]:
    """Without end."""
    dice = chance(f"sound {words}")
    ground = 110 * 2 ** (dice[0] * 1.2)
    chord = _CHORDS[int(dice[1] * 2.99)]
    wind = _WINDS[int(dice[2] * 3.99)]
    graph = av.filter.Graph()
    tones = [
        graph.add("sine", f"frequency={ground * step:.2f}:sample_rate={RATE}") for step in chord
    ]
    breath = f"color={wind}:amplitude=0.5:seed={int(dice[3] * 255)}:sample_rate={RATE}"
    mix = graph.add("amix", "inputs=4:weights=1 0.7 0.6 0.8:normalize=0")
    for index, source in enumerate([*tones, graph.add("anoisesrc", breath)]):
        source.link_to(mix, 0, index)
    chain = [
        mix,
        graph.add("tremolo", f"f={0.2 + 0.8 * dice[4]:.3f}:d=0.5"),
        graph.add("volume", "0.7"),
        graph.add("aformat", f"sample_fmts=s16:channel_layouts=stereo:sample_rates={RATE}"),
        graph.add("abuffersink"),
    ]
    for one, following in itertools.pairwise(chain):
        one.link_to(following)
    graph.configure()
    while True:
        frame = cast(av.AudioFrame, chain[-1].pull())
        yield bytes(frame.planes[0])[: frame.samples * BYTES]
