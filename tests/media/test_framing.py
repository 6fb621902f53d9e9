"""The arithmetic of framings: inside the picture, of the ratio within a pixel, never larger."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kling_desktop.catalog.field_spec import FieldLimits
from kling_desktop.media.framing import (
    Wanted,
    is_large_enough,
    is_of_ratio,
    is_within_ratios,
    made_size,
    suggested,
    wanted_ratio,
)

KLING = FieldLimits(min_width=300, min_height=300, min_ratio=0.4, max_ratio=2.5)
_sizes = st.tuples(st.integers(1, 9000), st.integers(1, 9000))
_ratios = st.sampled_from((16 / 9, 9 / 16, 1.0, 4 / 3, 2.39, 0.4, 2.5)) | st.floats(0.2, 5)


def off_by(framing, ratio):
    """Pixels that one side is away from the ratio."""
    width, height = framing.size
    return min(abs(width - height * ratio), abs(height - width / ratio))


@given(_sizes, _ratios)
def test_a_crop_lies_inside_in_the_middle_and_is_the_largest(size, ratio):
    found = suggested(size, Wanted(ratio), pads=False)
    assert found.left >= 0
    assert found.top >= 0
    assert found.left + found.width <= size[0]
    assert found.top + found.height <= size[1]
    assert found.width == size[0] or found.height == size[1]
    assert abs(size[0] - found.width - 2 * found.left) <= 1
    assert abs(size[1] - found.height - 2 * found.top) <= 1
    assume(min(found.size) > 1)
    assert off_by(found, ratio) <= 1


@given(_sizes, _ratios)
def test_a_pad_holds_the_whole_picture_and_is_the_smallest(size, ratio):
    found = suggested(size, Wanted(ratio), pads=True)
    assert found.left <= 0
    assert found.top <= 0
    assert found.left + found.width >= size[0]
    assert found.top + found.height >= size[1]
    assert found.width == size[0] or found.height == size[1]
    assert off_by(found, ratio) <= 1


@given(_sizes, st.booleans())
def test_what_one_click_makes_is_never_refused_for_its_shape(size, pads):
    wanted = wanted_ratio(size, KLING, "")
    assume(wanted is not None)
    framing = suggested(size, wanted, pads=pads)
    assume(min(framing.size) > 1)
    assert is_within_ratios(framing.size, KLING)


@given(_sizes, _ratios, st.booleans(), st.sampled_from((0, 1280, 3840)))
def test_nothing_is_ever_enlarged(size, ratio, pads, most):
    framing = suggested(size, Wanted(ratio), pads=pads)
    framing = type(framing)(left=0, top=0, width=framing.width, height=framing.height, most=most)
    width, height = made_size(framing, FieldLimits(max_width=4000))
    assert 1 <= width <= min(framing.width, 4000, most or 4000)
    assert 1 <= height <= framing.height
    assert not most or height <= most


@pytest.mark.parametrize(
    ("size", "limits", "delivery", "wanted"),
    [
        ((1500, 1000), KLING, "", None),
        ((1500, 1000), KLING, "16:9", Wanted(16 / 9, "16:9")),
        ((1920, 1080), KLING, "16:9", None),
        ((1920, 1088), KLING, "16:9", None),
        ((16, 9), None, "16:9", None),
        ((4000, 1000), KLING, "", Wanted(2.5)),
        ((1000, 4000), KLING, "", Wanted(0.4)),
        ((4000, 1000), KLING, "1:1", Wanted(1.0, "1:1")),
        # What the model refuses is no help, be it the project's ten times.
        ((1000, 1000), KLING, "3:1", None),
        ((4000, 1000), KLING, "3:1", Wanted(2.5)),
    ],
)
def test_which_ratio_is_wanted(size, limits, delivery, wanted):
    assert wanted_ratio(size, limits, delivery) == wanted


def test_small_and_odd():
    assert is_of_ratio((1778, 1000), 16 / 9)
    assert not is_of_ratio((1500, 1000), 16 / 9)
    assert is_large_enough((300, 300), KLING)
    assert not is_large_enough((300, 299), KLING)
    assert is_large_enough((1, 1), None)
    assert is_within_ratios((9, 1), None)
