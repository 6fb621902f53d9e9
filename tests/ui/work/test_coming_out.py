"""What is said below a picture, and what is offered."""

from __future__ import annotations

import dataclasses

import pytest

from kling_desktop.bundled import resources
from kling_desktop.catalog.catalog import load_catalog
from kling_desktop.records.framing import Framing, Made
from kling_desktop.records.media import MediaFacts, MediaKind, MediaRef, StoredInput
from kling_desktop.records.problem import Remedy
from kling_desktop.ui.work.coming_out import Asked, coming_out, gives_shape, ratios_of

CATALOG = load_catalog(resources() / "catalogue")
PLAIN = "fal-ai/kling-video/v2.5-turbo/standard/image-to-video"
WAYS = (Remedy.CROP, Remedy.PAD, Remedy.FRAME)


def photo(width=1500, height=1000, **more):
    facts = {"kind": MediaKind.IMAGE, "content_type": "image/jpeg", "size": 9, "mode": "RGB"}
    facts = MediaFacts(**{**facts, "width": width, "height": height, **more})
    ref = MediaRef("a" * 64, ".jpg")
    return StoredInput(ref=ref, name="a.jpg", facts=facts, added_at=1.0)


def said(stored, delivery="", endpoint_id=PLAIN, field="image_url", origin=None):
    asked = Asked(
        endpoint=CATALOG.endpoint(endpoint_id),
        request_type=CATALOG.request_type_of(endpoint_id),
        values={field: str(stored.ref)},
        delivery=delivery,
    )
    found = coming_out(asked, stored, origin)
    return found.words.replace("\u00a0", " "), found.offers


@pytest.mark.parametrize(
    ("size", "delivery", "words", "offers"),
    [
        ((1500, 1000), "", "comes out 3:2, 720p", ()),
        ((1500, 1000), "3:2", "comes out 3:2, 720p", ()),
        ((1500, 1000), "16:9", "Comes out 3:2, 720p; the project is 16:9", WAYS),
        ((1510, 1000), "9:16", "Comes out about 3:2, 720p; the project is 9:16", WAYS),
        ((1920, 1088), "16:9", "comes out about 16:9, 720p", ()),
        # A crop would be smaller than the model takes.
        ((320, 480), "16:9", "Comes out 2:3, 720p; the project is 16:9", WAYS[1:]),
        # The model takes no such clip, so that one click cannot bring it about.
        ((1500, 1000), "3:1", "Comes out 3:2, 720p; the project is 3:1", WAYS[2:]),
        # Its problem says what is wrong, and offers the ways out.
        ((4000, 1000), "16:9", "", ()),
    ],
)
def test_a_start_picture_says_what_comes_out(size, delivery, words, offers):
    assert said(photo(*size), delivery) == (words, offers)


def test_only_pictures_that_give_the_clip_its_shape_are_asked_for_another():
    video = "fal-ai/kling-video/v2.6/standard/motion-control"
    assert said(photo(), "16:9", video) == ("", ())
    references = "fal-ai/kling-video/o3/standard/reference-to-video"
    assert said(photo(), "16:9", references, "start_image_url") == ("", ())
    older = "fal-ai/kling-video/v1.6/pro/image-to-video"
    assert said(photo(), "16:9", older, "tail_image_url")[1] == WAYS
    assert said(photo(), "16:9", field="other")[1] == ()
    shaping = [
        one
        for one in CATALOG.endpoints
        if one.intention == "from_picture"
        and not gives_shape(one, CATALOG.request_type_of(one.endpoint_id))
    ]
    assert shaping == []


def test_without_a_known_size_the_ratio_is_said_all_the_same():
    newer = "fal-ai/kling-video/v3/standard/image-to-video"
    assert CATALOG.endpoint(newer).short_side is None
    assert said(photo(), "", newer, "start_image_url") == ("comes out 3:2", ())


def test_what_was_done_to_a_picture_is_said_for_as_long_as_it_is_there():
    origin = photo(4000, 3000)
    for framing, size, words in (
        (Framing(left=0, top=375, width=4000, height=2250), (4000, 2250), "cropped"),
        (Framing(left=-667, top=0, width=5334, height=3000), (5334, 3000), "padded"),
        (Framing.whole((4000, 3000)), (2000, 1500), "shrunk"),
    ):
        made = dataclasses.replace(photo(*size), made=Made(origin.ref, framing))
        assert said(made, origin=origin)[0].endswith(f" · {words}, from 4000 × 3000")
    turned = dataclasses.replace(origin, made=Made(origin.ref, Framing.whole((4000, 3000))))
    assert "from" not in said(turned, origin=origin)[0]
    assert "from" not in said(made)[0]


def test_another_form_is_said():
    assert said(photo(content_type="image/heic"))[0] == "comes out 3:2, 720p · sent as JPEG"
    assert said(photo(content_type="image/tiff"))[0].endswith("sent as PNG")


def test_ratios_to_choose_from():
    images = "fal-ai/kling-image/v3/image-to-image"
    assert ratios_of(CATALOG.request_type_of(images))[-1] == "21:9"
    assert ratios_of(CATALOG.request_type_of(PLAIN))[:3] == ("16:9", "9:16", "1:1")
    assert ratios_of(None)[:3] == ("16:9", "9:16", "1:1")
