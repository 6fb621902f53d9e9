"""What fal asks for each model, as its pages and public notes said in 2026."""

from decimal import Decimal

import pytest

from kling_desktop.catalog.pricing import price_hint, price_of
from tests.helpers.catalog import bundled, video

CATALOG = bundled()
KLING = "fal-ai/kling-video/"
CLIP = f"media://{'c' * 64}.mp4"
OTHER_CLIP = f"media://{'d' * 64}.mp4"
QUIET, LOUD = {"generate_audio": False}, {"generate_audio": True}

# Dollars for 5 and 10 seconds
BY_LENGTH = [
    ("v1/standard/text-to-video", {}, "0.225", "0.45"),
    ("v1/standard/image-to-video", {}, "0.225", "0.45"),
    ("v1/standard/effects", {}, "0.225", "0.45"),
    ("v1/pro/text-to-video", {}, "0.50", "1.00"),
    ("v1/pro/image-to-video", {}, "0.50", "1.00"),
    ("v1.5/pro/text-to-video", {}, "0.50", "1.00"),
    ("v1.5/pro/image-to-video", {}, "0.50", "1.00"),
    ("v1.5/pro/effects", {}, "0.50", "1.00"),
    ("v1.6/pro/text-to-video", {}, "0.475", "0.95"),
    ("v1.6/pro/image-to-video", {}, "0.475", "0.95"),
    ("v1.6/standard/elements", {}, "0.28", "0.56"),
    ("v1.6/pro/elements", {}, "0.49", "0.98"),
    ("v1.6/pro/effects", {}, "0.49", "0.98"),
    ("v2/master/text-to-video", {}, "1.40", "2.80"),
    ("v2/master/image-to-video", {}, "1.40", "2.80"),
    ("v2.1/master/text-to-video", {}, "1.40", "2.80"),
    ("v2.1/master/image-to-video", {}, "1.40", "2.80"),
    ("v2.1/pro/image-to-video", {}, "0.49", "0.98"),
    ("v2.1/standard/image-to-video", {}, "0.28", "0.56"),
    ("v2.5-turbo/pro/text-to-video", {}, "0.35", "0.70"),
    ("v2.5-turbo/pro/image-to-video", {}, "0.35", "0.70"),
    ("v2.5-turbo/standard/image-to-video", {}, "0.21", "0.42"),
    ("v2.6/pro/text-to-video", {}, "0.70", "1.40"),
    ("v2.6/pro/text-to-video", QUIET, "0.35", "0.70"),
    ("v2.6/pro/image-to-video", LOUD, "0.70", "1.40"),
    ("v2.6/pro/image-to-video", QUIET, "0.35", "0.70"),
    ("v2.6/pro/image-to-video", {"voice_ids": ["829877809978941442"]}, "0.84", "1.68"),
    ("v2.6/pro/image-to-video", {"voice_ids": [""]}, "0.70", "1.40"),
    ("v3/standard/text-to-video", {}, "0.63", "1.26"),
    ("v3/standard/text-to-video", QUIET, "0.42", "0.84"),
    ("v3/standard/image-to-video", {}, "0.63", "1.26"),
    ("v3/standard/image-to-video", QUIET, "0.42", "0.84"),
    ("v3/standard/image-to-video", {"elements": [{"voice_id": "1"}]}, "0.77", "1.54"),
    ("v3/standard/image-to-video", {"elements": [{"voice_id": None}]}, "0.63", "1.26"),
    ("v3/pro/text-to-video", {}, "0.84", "1.68"),
    ("v3/pro/image-to-video", QUIET, "0.56", "1.12"),
    ("v3/pro/image-to-video", {"elements": [{"voice_id": "1"}]}, "0.98", "1.96"),
    ("v3/4k/text-to-video", QUIET, "2.10", "4.20"),
    ("v3/4k/image-to-video", LOUD, "2.10", "4.20"),
    ("v3/turbo/standard/text-to-video", {}, "0.56", "1.12"),
    ("v3/turbo/standard/image-to-video", {}, "0.56", "1.12"),
    ("v3/turbo/pro/text-to-video", {}, "0.70", "1.40"),
    ("v3/turbo/pro/image-to-video", {}, "0.70", "1.40"),
    ("o1/reference-to-video", {}, "0.56", "1.12"),
    ("o3/standard/image-to-video", {}, "0.42", "0.84"),
    ("o3/standard/image-to-video", LOUD, "0.56", "1.12"),
    ("o3/pro/reference-to-video", {}, "0.56", "1.12"),
    ("o3/pro/reference-to-video", LOUD, "0.70", "1.40"),
    ("o3/4k/image-to-video", {}, "2.10", "4.20"),
    ("o3/4k/text-to-video", LOUD, "2.10", "4.20"),
    ("o3/4k/reference-to-video", {}, "2.10", "4.20"),
]

# Dollars for a file of 5.2 and one of 10 seconds
BY_FILE = [
    ("lipsync/audio-to-video", "video_url", "0.14", "0.14"),
    ("lipsync/text-to-video", "video_url", "0.14", "0.14"),
    ("ai-avatar/v2/standard", "audio_url", "0.29224", "0.562"),
    ("ai-avatar/v2/pro", "audio_url", "0.598", "1.15"),
    ("v2.6/standard/motion-control", "video_url", "0.364", "0.70"),
    ("v3/standard/motion-control", "video_url", "0.6552", "1.26"),
    ("v3/pro/motion-control", "video_url", "0.8736", "1.68"),
    ("o3/pro/video-to-video/edit", "video_url", "1.7472", "3.36"),
    ("o3/4k/video-to-video/edit", "video_url", "2.184", "4.20"),
]
BY_CALL = [
    (f"{KLING}v1/tts", "0.007"),
    (f"{KLING}video-to-audio", "0.035"),
    ("fal-ai/kling/v1-5/kolors-virtual-try-on", "0.07"),
]
FOURTH = [
    *[f"kling/v4/{one}" for one in ("text-to-video", "image-to-video", "reference-to-video")],
    f"{KLING}v4/image-to-video",
]
UNKNOWN = {
    "v1/pro/ai-avatar", "v1/standard/ai-avatar", "v1/pro/effects", "v1.5/standard/effects",
    "v1.6/standard/text-to-video", "v1.6/standard/image-to-video", "v1.6/standard/effects",
    "v2.6/pro/motion-control", "create-voice", "o1/image-to-video", "o1/standard/image-to-video",
    "o1/standard/reference-to-video", "o1/video-to-video/edit", "o1/video-to-video/reference",
    "o1/standard/video-to-video/edit", "o1/standard/video-to-video/reference",
    "o3/pro/image-to-video", "o3/pro/text-to-video", "o3/pro/video-to-video/reference",
    "o3/standard/text-to-video", "o3/standard/reference-to-video",
    "o3/standard/video-to-video/edit", "o3/standard/video-to-video/reference",
}  # fmt: skip


def price(endpoint_id, values, media=None):
    return price_of(CATALOG.endpoint(endpoint_id), values, media)


@pytest.mark.parametrize(("name", "values", "five", "ten"), BY_LENGTH)
def test_by_the_length_of_the_clip(name, values, five, ten):
    assert price(KLING + name, values) == Decimal(five)
    assert price(KLING + name, {**values, "duration": "10"}) == Decimal(ten)
    assert price_hint(CATALOG.endpoint(KLING + name))[1] == 5


@pytest.mark.parametrize(("name", "field", "longer", "ten"), BY_FILE)
def test_by_the_length_of_a_file(name, field, longer, ten):
    def of(seconds):
        return price(KLING + name, {field: CLIP}, {CLIP: video(duration=seconds)})

    assert of(5.2) == Decimal(longer)
    assert of(10.0) == Decimal(ten)
    assert price(KLING + name, {field: CLIP}) is None
    assert price(KLING + name, {field: "https://example.org/a.mp4"}) is None
    assert price(KLING + name, {}) == price_hint(CATALOG.endpoint(KLING + name))[0]


@pytest.mark.parametrize(
    ("seconds", "dollars"), [(2.0, "0.07"), (5.0, "0.07"), (5.01, "0.14"), (59.9, "0.84")]
)
def test_lip_sync_is_billed_in_fives(seconds, dollars):
    name = f"{KLING}lipsync/text-to-video"
    assert price(name, {"video_url": CLIP}, {CLIP: video(duration=seconds)}) == Decimal(dollars)


@pytest.mark.parametrize(("endpoint_id", "dollars"), BY_CALL)
def test_by_the_call(endpoint_id, dollars):
    assert price(endpoint_id, {"text": "x" * 500}) == Decimal(dollars)
    assert price_hint(CATALOG.endpoint(endpoint_id)) == (Decimal(dollars), 0)


@pytest.mark.parametrize("endpoint_id", FOURTH)
def test_the_fourth_kling_has_a_price_for_each_resolution(endpoint_id):
    assert price(endpoint_id, {}) is None
    assert price(endpoint_id, {"resolution": "720p"}) == Decimal("0.785")
    assert price(endpoint_id, {"resolution": "1080p", "duration": 10}) == Decimal("2.35")


def test_seconds_of_videos_that_go_in_are_billed_too():
    name = "kling/v4/reference-to-video"
    media = {CLIP: video(duration=3.0), OTHER_CLIP: video(duration=9.0)}
    fine = {"resolution": "1080p", "duration": 5}
    assert price(name, {**fine, "video_urls": [CLIP]}, media) == Decimal("1.41")
    assert price(name, {**fine, "video_urls": [CLIP, OTHER_CLIP]}, media) == Decimal("2.397")
    assert price(name, {**fine, "video_urls": [CLIP]}) is None
    edit = {"resolution": "720p", "video_url": CLIP}
    assert price("kling/v4/video-to-video/edit", edit, media) == Decimal("0.564")


def test_shots_are_billed_by_their_lengths():
    name = f"{KLING}v3/standard/text-to-video"
    shots = [{"prompt": "a", "duration": "3"}, {"prompt": "b"}]
    assert price(name, {"multi_prompt": shots, "duration": "15"}) == Decimal("1.008")
    assert price(name, {"multi_prompt": [], "duration": "10"}) == Decimal("1.26")
    assert price(name, {"multi_prompt": [{"duration": "long"}]}) is None


def test_every_model_has_its_row_here():
    known = {KLING + row[0] for row in (*BY_LENGTH, *BY_FILE)}
    known |= {row[0] for row in BY_CALL} | set(FOURTH) | {"kling/v4/video-to-video/edit"}
    without = {one.endpoint_id for one in CATALOG.endpoints if one.price is None}
    unknown = {name for name in without if name.startswith(KLING)}
    assert unknown == {KLING + one for one in UNKNOWN}
    assert known == {one.endpoint_id for one in CATALOG.endpoints} - without


def test_prices_hang_on_fields_that_are_there():
    for endpoint in CATALOG.endpoints:
        fields = {one.name for one in CATALOG.request_type_of(endpoint.endpoint_id).fields}
        if endpoint.price and endpoint.endpoint_id != "kling/v4/video-to-video/edit":
            assert {path.partition(".")[0] for path in paths_in(endpoint.price)} <= fields
            assert endpoint.price.source


def paths_in(pricing):
    rates = [one.rate for one in pricing.variants] + ([pricing.rate] if pricing.rate else [])
    found = {pricing.seconds_field, pricing.seconds_of, pricing.shots, pricing.count_field}
    found |= {one.plus_seconds_of for one in rates}
    for one in pricing.variants:
        found |= {*one.when, *one.having}
    return found - {""}
