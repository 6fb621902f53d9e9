import pytest

from kling_desktop.catalog.mentions import Mention, mentions
from kling_desktop.catalog.validation import validate
from tests.helpers.catalog import bundled

CATALOG = bundled()
LINK = "https://example.org/a.png"
EDIT = CATALOG.request_type("OmniV2VEditInput")


def test_what_can_be_named_now():
    values = {"video_url": LINK, "image_urls": [LINK, LINK], "elements": [{}]}
    assert mentions(EDIT.field("prompt"), values) == (
        Mention("@Video1", ("video_url",)),
        Mention("@Image1", ("image_urls", 0)),
        Mention("@Image2", ("image_urls", 1)),
        Mention("@Element1", ("elements", 0)),
    )
    assert mentions(EDIT.field("prompt"), {"video_url": "", "image_urls": None}) == ()
    assert mentions(EDIT.field("video_url"), values) == ()


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        ("put @Image2 beside @Image1", []),
        ("put @Image3 and @Element1 beside @Image12", ["@Image3", "@Image12", "@Element1"]),
        ("mail me@Image", []),
        ("@image3", []),
        ("@Video2 is not there", ["@Video2"]),
    ],
)
def test_words_that_name_nothing_are_warned_about(prompt, words):
    values = {"prompt": prompt, "video_url": LINK, "image_urls": [LINK, LINK]}
    found = [one.values["words"] for one in validate(EDIT, values, {})]
    assert found == ([", ".join(words)] if words else [])


def test_start_and_end_are_numbered():
    omni = CATALOG.request_type("OmniVideoImageToVideoInput")
    values = {"prompt": "@Image1 becomes @Image2", "start_image_url": LINK}
    assert [one.values["words"] for one in validate(omni, values, {})] == ["@Image2"]
    assert validate(omni, values | {"end_image_url": LINK}, {}) == ()
