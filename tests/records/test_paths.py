"""Paths: as few even points as say the same, always inside the picture."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kling_desktop.records.paths import (
    LEAST_POINTS,
    MOST_POINTS,
    along,
    evened,
    length,
    off_line,
    path_of,
    simplified,
    smoothed,
    thinned,
)
from tests.helpers.brush import lines, points

_long = st.lists(points, min_size=2, max_size=60)
SIZE = (1200, 800)


@given(_long)
def test_a_path_has_2_to_77_points_inside_the_picture(drawn):
    path = path_of(drawn, SIZE)
    if path:
        assert LEAST_POINTS <= len(path) <= MOST_POINTS
        assert all(0 <= x <= SIZE[0] and 0 <= y <= SIZE[1] for x, y in path)


@given(_long)
def test_a_path_begins_and_ends_where_the_hand_did(drawn):
    path = path_of(drawn, SIZE)
    if path:
        for end, wanted in ((path[0], drawn[0]), (path[-1], drawn[-1])):
            inside = min(max(wanted[0], 0), SIZE[0]), min(max(wanted[1], 0), SIZE[1])
            assert end == pytest.approx(inside, abs=0.06)


def test_a_straight_line_is_two_points_and_a_trembling_hand_is_calmed():
    shaky = [(10 + step * 5, 100 + (2 if step % 2 else -2)) for step in range(100)]
    assert len(path_of(shaky, SIZE)) <= 3
    assert path_of([(5, 5), (5, 6)], SIZE) == ()
    assert path_of([(5, 5)], SIZE) == ()


def test_a_bow_needs_more_points_and_keeps_its_shape():
    turns = [turn / 50 for turn in range(158)]
    bow = [(600 + 300 * math.cos(turn), 400 + 300 * math.sin(turn)) for turn in turns]
    path = path_of(bow, SIZE)
    assert 6 <= len(path) <= 40
    assert all(off_line(one, path) < 6 for one in bow)
    steps = [math.dist(one, other) for one, other in pairwise(path)]
    assert max(steps) < 1.1 * min(steps)


@given(_long, st.integers(2, 80))
def test_evened_points_lie_on_the_line(drawn, count):
    found = evened(drawn, count)
    assert len(found) == count
    assert (found[0], found[-1]) == (drawn[0], drawn[-1])
    assert all(off_line(one, drawn) < 0.05 for one in found)


@given(lines, st.floats(0, 1))
def test_one_is_always_somewhere_on_the_way(line, share):
    assert off_line(along(line, share), line) < 0.05
    assert along(line, 1.0) == pytest.approx(line[-1], abs=0.01)


@given(_long)
def test_smoothing_never_makes_it_longer(drawn):
    calm = smoothed(drawn, rounds=3)
    assert len(calm) == len(drawn)
    assert length(calm) <= length(drawn) * 1.0001 + 0.01


@given(_long, st.floats(0.1, 50))
def test_thinned_lines_lose_only_what_is_near(drawn, least):
    found = thinned(drawn, least)
    assert (found[0], found[-1]) == (drawn[0], drawn[-1])
    assert set(found) <= set(drawn)
    inner = pairwise(found[:-1])
    assert all(math.dist(one, other) >= least for one, other in inner)


@given(_long, st.floats(0.1, 50))
def test_simplified_lines_stray_less_than_was_allowed(drawn, tolerance):
    found = simplified(drawn, tolerance)
    assert all(off_line(one, found) <= tolerance + 0.01 for one in drawn)
