"""Which model comes next, and what leads the form."""

import pytest

from kling_desktop.catalog.choosing import (
    LIP_SYNC,
    MORE,
    START_END,
    arranged,
    end_of,
    intention_of,
    nearest,
    pair_of,
    purposes,
    taking,
)
from kling_desktop.catalog.endpoint import EndpointStatus
from kling_desktop.records.media import MediaFacts, MediaKind
from tests.helpers.catalog import OTHER_PICTURE, PICTURE, bundled

KLING = "fal-ai/kling-video/"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("v2.1/standard/image-to-video", "v2.1/pro/image-to-video"),
        ("v2.1/master/image-to-video", "v2.1/pro/image-to-video"),
        ("v2.1/pro/image-to-video", "v2.1/pro/image-to-video"),
        ("v2.5-turbo/standard/image-to-video", "v2.5-turbo/pro/image-to-video"),
        ("v3/turbo/pro/image-to-video", "v3/pro/image-to-video"),
        ("v3/turbo/standard/image-to-video", "v3/standard/image-to-video"),
        ("v1.6/standard/image-to-video", "v1.6/pro/image-to-video"),
    ],
)
def test_the_nearest_model_that_can_end_on_a_picture(before, after):
    assert nearest(bundled(), KLING + before, START_END).endpoint_id == KLING + after


@pytest.mark.parametrize("endpoint", bundled().endpoints, ids=lambda one: one.endpoint_id)
def test_from_anywhere_there_is_a_nearest_model_that_can(endpoint):
    found = nearest(bundled(), endpoint.endpoint_id, START_END)
    assert START_END in found.intentions
    assert found == endpoint or found.status is EndpointStatus.CURRENT
    assert end_of(bundled(), found.endpoint_id) is not None


def test_nothing_is_near_where_nothing_can():
    assert nearest(bundled(), "a/b", "dancing") is None
    assert nearest(bundled(), KLING + "v2.1/pro/image-to-video", "dancing") is None
    assert nearest(bundled(), "a/b", START_END) is not None


def test_start_and_end_are_found_whatever_they_are_called():
    catalog = bundled()
    for one in catalog.of_intention(START_END):
        pair = pair_of(catalog.request_type_of(one.endpoint_id))
        assert pair.start.title == "Start picture"
        assert pair.end.title == "End picture"
    assert pair_of(None) is None
    assert end_of(catalog, KLING + "v2.1/standard/image-to-video") is None
    assert end_of(catalog, "a/b") is None


def test_an_end_picture_among_the_values_is_start_and_end():
    endpoint_id = KLING + "v2.1/pro/image-to-video"
    start = {"image_url": PICTURE}
    assert intention_of(bundled(), endpoint_id, start) == "from_picture"
    both = {**start, "tail_image_url": OTHER_PICTURE}
    assert intention_of(bundled(), endpoint_id, both) == START_END
    assert intention_of(bundled(), "a/b", both) == ""


def test_what_stands_behind_more_has_models_and_a_name():
    found = dict(purposes(bundled()))
    assert {"Motion brush", "Camera moves", "Motion control", "Voices", "Sounds"} <= {*found}
    assert all(serving for serving in found.values())
    served = {one.endpoint_id for serving in found.values() for one in serving}
    assert served == {one.endpoint_id for one in bundled().of_intention(MORE)}


def test_the_motion_brush_leads_only_where_somebody_came_for_it():
    request_type = bundled().request_type_of(KLING + "v1.5/pro/image-to-video")
    assert arranged(request_type, "from_picture") is request_type
    brush = arranged(request_type, MORE)
    assert brush.field("dynamic_masks").first_rank
    assert not request_type.field("dynamic_masks").first_rank
    assert brush.schema == request_type.schema
    voices = bundled().request_type_of(KLING + "v1/tts")
    assert arranged(voices, MORE) is voices


def footage(seconds, short_side=720):
    return MediaFacts(
        kind=MediaKind.VIDEO,
        content_type="video/mp4",
        size=1000,
        width=1280,
        height=short_side,
        duration=seconds,
    )


@pytest.mark.parametrize(
    ("seconds", "first", "found"),
    [
        (5, "", "audio-to-video"),
        (5, "text-to-video", "text-to-video"),
        (5, "audio-to-video", "audio-to-video"),
        (30, "", "text-to-video"),
        (30, "audio-to-video", "text-to-video"),
        (300, "audio-to-video", "audio-to-video"),
    ],
)
def test_a_clip_goes_to_the_model_that_takes_its_length(seconds, first, found):
    lips = f"{KLING}lipsync/"
    endpoint, field = taking(bundled(), LIP_SYNC, footage(seconds), first and lips + first)
    assert endpoint.endpoint_id == lips + found
    assert field.name == "video_url"


def test_what_no_model_of_an_intention_can_hold_goes_nowhere():
    assert taking(bundled(), "from_text", footage(5)) is None
