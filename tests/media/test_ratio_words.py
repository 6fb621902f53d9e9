"""What the ratio of two sides is called."""

from __future__ import annotations

import pytest

from kling_desktop.media.ratio_words import ratio_words


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
