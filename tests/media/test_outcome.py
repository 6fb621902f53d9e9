"""What comes out, in words and numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kling_desktop.media.outcome import ratio_words, size_for, what_comes_out
from kling_desktop.records.media import MediaFacts, MediaKind


def facts(width, height):
    return MediaFacts(
        kind=MediaKind.IMAGE, content_type="image/png", size=1, width=width, height=height
    )


@pytest.mark.parametrize(
    ("width", "height", "words", "exact"),
    [
        (1500, 1000, "3:2", True),
        (4000, 3000, "4:3", True),
        (1000, 1500, "2:3", True),
        (1080, 1920, "9:16", True),
        (1024, 683, "3:2", True),
        (1500, 1010, "3:2", False),
        (1000, 1000, "1:1", True),
        (2560, 1080, "21:9", False),
        (1870, 1000, "1.87:1", False),
        (1000, 1870, "1:1.87", False),
        (5000, 100, "50.00:1", False),
    ],
)
def test_ratios_have_names(width, height, words, exact):
    assert ratio_words(width, height) == (words, exact)


def test_what_comes_out_of_a_photo():
    outcome = what_comes_out(facts(4032, 3024), 720)

    assert (outcome.ratio, outcome.is_exact) == ("4:3", True)
    assert (outcome.width, outcome.height, outcome.short_side) == (960, 720, 720)


def test_sound_has_no_shape():
    assert what_comes_out(facts(None, None), 720) is None


@given(st.integers(300, 9000), st.integers(300, 9000), st.sampled_from((720, 1080)))
def test_sizes_are_even_and_keep_the_ratio(width, height, short_side):
    made = size_for(width, height, short_side)

    assert min(made) == short_side
    assert made[0] % 2 == made[1] % 2 == 0
    assert made[0] / made[1] == pytest.approx(width / height, rel=0.003)
