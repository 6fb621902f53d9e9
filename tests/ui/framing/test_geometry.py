"""However a frame is pulled, it stays within what the picture allows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kling_desktop.ui.framing.geometry import (
    HANDLES,
    Box,
    Rules,
    moved,
    pulled,
    reshaped,
    resized,
    whole_pixels,
)

SLACK = 1e-6
_ratios = st.sampled_from((None, 16 / 9, 9 / 16, 1.0, 2.39))
_rules = st.builds(
    Rules,
    size=st.tuples(st.integers(64, 6000), st.integers(64, 6000)),
    pads=st.booleans(),
    ratio=_ratios,
)
_ways = st.floats(-4000, 4000)
_acts = st.lists(
    st.tuples(st.sampled_from(("pull", "move", "size")), st.sampled_from(HANDLES), _ways, _ways),
    max_size=8,
)


def whole(rules):
    return reshaped(Box(0, 0, *rules.size), rules)


def is_allowed(box, rules):
    width, height = rules.size
    if rules.pads:
        reaches = box.left <= SLACK and box.top <= SLACK
        return reaches and box.right >= width - SLACK and box.bottom >= height - SLACK
    inside = box.left >= -SLACK and box.top >= -SLACK
    return inside and box.right <= width + SLACK and box.bottom <= height + SLACK


@given(_rules, _acts)
def test_it_is_allowed_at_every_step_and_in_whole_pixels(rules, acts):
    box = whole(rules)
    for act, handle, across, down in acts:
        if act == "pull":
            box = pulled(box, rules, handle, across, down)
        else:
            box = (moved if act == "move" else resized)(box, rules, across, down)
        assert is_allowed(box, rules)
        if rules.ratio:
            assert box.width / box.height == pytest.approx(rules.ratio)
    left, top, width, height = whole_pixels(box, rules)
    assert is_allowed(Box(left, top, width, height), rules)
    assert min(width, height) >= 1
    if rules.ratio:
        off = min(abs(width - height * rules.ratio), abs(height - width / rules.ratio))
        assert off <= 1


@pytest.mark.parametrize("handle", HANDLES)
def test_the_side_that_is_not_pulled_stays(handle):
    rules = Rules(size=(1000, 800))
    before = Box(200, 200, 400, 300)
    after = pulled(before, rules, handle, 30 * handle[0], 20 * handle[1])
    x, y = handle
    assert after.left == (before.left if x >= 0 else before.left - 30)
    assert after.right == (before.right if x <= 0 else before.right + 30)
    assert after.top == (before.top if y >= 0 else before.top - 20)
    assert after.bottom == (before.bottom if y <= 0 else before.bottom + 20)


def test_a_frame_at_the_edge_grows_to_the_other_side():
    rules = Rules(size=(1000, 800))
    after = resized(Box(0, 0, 100, 100), rules, 50, 0)
    assert (after.left, after.width, after.height) == (0, 150, 100)


def test_a_crop_of_another_ratio_is_as_large_as_can_be_where_it_was():
    rules = Rules(size=(1600, 900), ratio=1.0)
    after = reshaped(Box(1200, 100, 300, 300), rules)
    assert (after.left, after.top, after.width, after.height) == (700, 0, 900, 900)


def test_a_pad_of_another_ratio_is_as_small_as_can_be_in_the_middle():
    rules = Rules(size=(1600, 900), ratio=1.0, pads=True)
    after = reshaped(Box(-400, -900, 2400, 2400), rules)
    assert (after.left, after.top, after.width, after.height) == (0, -350, 1600, 1600)
