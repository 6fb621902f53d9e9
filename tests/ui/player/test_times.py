"""Frames and times turn into each other without loss."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kling_desktop.ui.player.clip_times import ClipTimes
from tests.helpers.stage import clip_of


@given(
    st.lists(st.floats(0.002, 2.0), min_size=1, max_size=60).map(
        lambda steps: [sum(steps[:n]) for n in range(len(steps) + 1)]
    )
)
def test_the_middle_of_a_frame_is_in_that_frame(marks):
    times = ClipTimes(starts=tuple(marks[:-1]), stop=marks[-1], rate=24.0)
    for index in range(times.count):
        middle = times.middle_of(index)
        assert times.index_at(middle) == index
        assert times.index_at(round(middle * 1000) / 1000) == index
    assert times.index_at(-1) == 0
    assert times.index_at(marks[-1] + 9) == times.last


@given(st.integers(1, 600), st.sampled_from([12.0, 24.0, 23.976, 30.0, 60.0]))
def test_even_frames(count, rate):
    times = ClipTimes.even(count, rate)
    assert [times.index_at(n / rate) for n in range(count)] == list(range(count))
    assert times.inside(-3) == 0
    assert times.inside(count + 5) == count - 1


def test_a_guess_from_the_library():
    clip = clip_of(Path("a.mp4"), frames=None, duration=5.0, frame_rate=24.0)
    assert ClipTimes.guessed(clip).count == 120
    bare = ClipTimes.guessed(clip_of(Path("a.mp4"), frames=None, duration=None, frame_rate=None))
    assert bare.count == 0
    assert bare.index_at(1.0) == 24
    assert bare.inside(7) == 7
    assert bare.middle_of(0) > 0
