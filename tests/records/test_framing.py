"""A framing comes back from JSON, and says where each point of the picture went."""

from __future__ import annotations

import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kling_desktop.records.framing import (
    BLUR,
    EDGE,
    WHITE,
    Framing,
    Made,
    is_fill,
    map_between,
    ratio_of,
)
from kling_desktop.records.media import MediaFacts, MediaKind, MediaRef, StoredInput
from kling_desktop.records.painting import PictureMap

ORIGINAL = MediaRef("a" * 64, ".jpg")
_side = st.integers(1, 9000)
framings = st.builds(
    Framing,
    left=st.integers(-5000, 5000),
    top=st.integers(-5000, 5000),
    width=_side,
    height=_side,
    fill=st.sampled_from((EDGE, BLUR, WHITE, "#12ab9f")),
    most=st.sampled_from((0, 1920)),
    ratio=st.sampled_from(("", "original", "16:9")),
)


def stored(digit, size, made=None):
    facts = MediaFacts(
        kind=MediaKind.IMAGE, content_type="image/jpeg", size=9, width=size[0], height=size[1]
    )
    ref = MediaRef(digit * 64, ".jpg")
    return StoredInput(ref=ref, name="a.jpg", facts=facts, added_at=1.0, made=made)


@given(framings)
def test_it_comes_back_from_json_as_it_was(framing):
    made = Made(ORIGINAL, framing)
    assert Made.from_json(json.loads(json.dumps(made.to_json()))) == made


@pytest.mark.parametrize(
    "change",
    [{"box": [0, 0, 0, 5]}, {"box": [1]}, {"fill": "pink"}, {"fill": "#12AB9F"}, {"source": "x"}],
)
def test_damage_is_told(change):
    whole = Made(ORIGINAL, Framing.whole((4, 4))).to_json()
    with pytest.raises(ValueError):  # noqa: PT011 - any of them
        Made.from_json({**whole, **change})


def test_what_adds_and_what_is_whole():
    whole = Framing.whole((300, 200))
    assert whole.is_whole((300, 200))
    assert not whole.is_whole((300, 201))
    assert not whole.adds((300, 200))
    assert dataclasses.replace(whole, left=-1).adds((300, 200))
    assert dataclasses.replace(whole, height=201).adds((300, 200))
    assert not dataclasses.replace(whole, left=10, width=290).adds((300, 200))


@pytest.mark.parametrize(
    ("text", "ratio"),
    [("16:9", 16 / 9), ("2.39:1", 2.39), ("1:1", 1), ("", None), ("0:1", None), ("16/9", None)],
)
def test_ratios_in_words(text, ratio):
    assert ratio_of(text) == ratio
    assert not is_fill(text)


_maps = st.builds(
    PictureMap,
    st.floats(0.1, 9),
    st.floats(0.1, 9),
    st.floats(-900, 900),
    st.floats(-900, 900),
)
_points = st.tuples(st.floats(-900, 900), st.floats(-900, 900))


@given(_maps, _maps, _points)
def test_maps_go_back_and_on(one, other, point):
    assert one.inverse.point(one.point(point)) == pytest.approx(point, abs=1e-6)
    assert one.then(other).point(point) == pytest.approx(other.point(one.point(point)), abs=1e-6)


def test_a_point_keeps_its_place_through_crop_pad_and_shrink():
    first = stored("a", (1000, 500))
    crop = Framing(left=100, top=50, width=400, height=400)
    pad = Framing(left=0, top=-250, width=1000, height=1000)
    cropped = stored("b", (400, 400), Made(first.ref, crop))
    small = stored("c", (200, 200), Made(first.ref, crop))
    padded = stored("d", (500, 500), Made(first.ref, pad))
    spot = (300.0, 150.0)
    assert map_between(first, cropped).point(spot) == (200, 100)
    assert map_between(first, small).point(spot) == (100, 50)
    assert map_between(first, padded).point(spot) == (150, 200)
    assert map_between(small, padded).point((100, 50)) == pytest.approx((150, 200))
    assert map_between(cropped, first).point((200, 100)) == pytest.approx(spot)
    assert map_between(cropped, small).scale == pytest.approx(0.5)
    assert map_between(first, stored("e", (1000, 500))) is None
