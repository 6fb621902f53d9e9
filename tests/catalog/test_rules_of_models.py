"""What Kling asks beyond fal's schemas, one row each: the place, the problem, the way out."""

from dataclasses import dataclass, field

import pytest

from kling_desktop.catalog.rules import wanted_count
from kling_desktop.catalog.validation import validate
from kling_desktop.records.media import MediaFacts, MediaKind
from kling_desktop.records.problem import Remedy, Severity
from tests.helpers.catalog import OTHER_PICTURE, PICTURE, bundled, picture, video

CATALOG = bundled()
LINK = "https://example.org/a.png"
CLIP = f"media://{'c' * 64}.mp4"
SOUND = f"media://{'d' * 64}.mp3"
MASK = f"media://{'e' * 64}.png"
ERROR, WARNING = Severity.ERROR, Severity.WARNING
POINTS = [{"x": 0, "y": 0}, {"x": 10, "y": 10}]
AREA = {"mask_url": LINK, "trajectories": POINTS}
ELEMENT = {"frontal_image_url": LINK, "reference_image_urls": [LINK]}
CLIP_ELEMENT = {"video_url": LINK}


def sound(**changes):
    facts = {"kind": MediaKind.AUDIO, "content_type": "audio/mpeg", "size": 90_000, "duration": 9.0}
    return MediaFacts(**{**facts, **changes})


@dataclass(frozen=True)
class Row:
    """One broken rule: what is sent, and the only problem that comes of it."""

    type: str
    values: dict
    loc: tuple
    code: str
    severity: Severity = ERROR
    remedy: Remedy = Remedy.NONE
    media: dict = field(default_factory=dict)

    @property
    def label(self):
        return f"{self.type}-{self.code}-{'.'.join(map(str, self.loc))}"


GOOD = {
    "V1TextToVideoRequest": {"prompt": "a"},
    "V1ImageToVideoRequest": {"prompt": "a", "image_url": LINK},
    "KlingV15ProImageToVideoRequest": {"prompt": "a", "image_url": LINK},
    "ImageToVideoV21ProRequest": {"prompt": "a", "image_url": LINK},
    "ImageToVideoV26ProRequest": {"prompt": "a", "start_image_url": LINK},
    "MultiImageToVideoRequest": {"prompt": "a", "input_image_urls": [LINK]},
    "VideoEffectsRequest": {"effect_scene": "squish", "input_image_urls": [LINK]},
    "LipsyncA2VRequest": {"video_url": LINK, "audio_url": LINK},
    "LipsyncT2VRequest": {"video_url": LINK, "text": "a", "voice_id": "uk_man2"},
    "TTSInput": {"text": "a"},
    "AIAvatarInput": {"image_url": LINK, "audio_url": LINK},
    "CreateVoiceInput": {"voice_url": LINK},
    "VideoToAudioInput": {"video_url": LINK},
    "MotionControlRequest": {
        "image_url": LINK, "video_url": LINK, "character_orientation": "image",
    },
    "MotionControlV3ProRequest": {
        "image_url": LINK, "video_url": LINK, "character_orientation": "video",
    },
    "TextToVideoV3ProRequest": {"prompt": "a"},
    "ImageToVideoV3ProRequest": {"prompt": "a", "start_image_url": LINK},
    "OmniVideoReferenceToVideoInput": {"prompt": "a"},
    "OmniV2VEditInput": {"prompt": "a", "video_url": LINK},
    "O3ProReferenceVideoI2VInput": {"prompt": "a"},
    "O3_4kReferenceVideoI2VInput": {"prompt": "a"},
    "O3TextToImageRequest": {"prompt": "a"},
    "KlingO1Image": {"prompt": "a", "image_urls": [LINK]},
    "KlingV3TurboTextToVideo": {"prompt": "a"},
    "KlingV4ReferenceToVideo": {"prompt": "a"},
}  # fmt: skip
AXIS = {"movement_type": "zoom", "movement_value": 3}
V1, V15 = "V1ImageToVideoRequest", "KlingV15ProImageToVideoRequest"
T2V, FX, I3 = "V1TextToVideoRequest", "VideoEffectsRequest", "ImageToVideoV3ProRequest"
A2V, LIP = "LipsyncA2VRequest", "LipsyncT2VRequest"
OUT, SET, CUT = Remedy.LEAVE_OUT, Remedy.SET_OTHER, Remedy.SHORTEN
MASKS = {"image_url": PICTURE, "static_mask_url": MASK}
WIDE, TALL = {PICTURE: picture(width=1200, height=800)}, {MASK: picture(width=800, height=1200)}

ROWS = [
    # Pictures
    Row(V1, {"image_url": PICTURE}, ("image_url",), "picture_too_heavy", ERROR, Remedy.SHRINK,
        {PICTURE: picture(size=10_485_761)}),
    Row(V1, {"image_url": PICTURE}, ("image_url",), "picture_too_small", ERROR, Remedy.NONE,
        {PICTURE: picture(width=299, height=400)}),
    Row(V1, {"image_url": PICTURE}, ("image_url",), "picture_too_wide", ERROR, Remedy.CROP,
        {PICTURE: picture(width=2600, height=1000)}),
    Row(V1, {"image_url": PICTURE}, ("image_url",), "picture_too_tall", ERROR, Remedy.CROP,
        {PICTURE: picture(width=1000, height=2600)}),
    Row(V1, {"image_url": PICTURE}, ("image_url",), "wrong_format", ERROR, Remedy.CONVERT,
        {PICTURE: picture(content_type="image/heic")}),
    Row(V1, {"tail_image_url": PICTURE}, ("tail_image_url",), "picture_too_wide", WARNING,
        Remedy.CROP, {PICTURE: picture(width=2600, height=1000)}),
    Row(FX, {"input_image_urls": [PICTURE]}, ("input_image_urls", 0), "picture_too_wide", WARNING,
        Remedy.CROP, {PICTURE: picture(width=2600, height=1000)}),
    Row("ImageToVideoV21ProRequest", {"image_url": PICTURE, "tail_image_url": OTHER_PICTURE},
        ("tail_image_url",), "other_shape", WARNING, Remedy.CROP,
        {**WIDE, OTHER_PICTURE: picture(width=800, height=800)}),
    # Camera
    Row(T2V, {"camera_control": "down_back", "advanced_camera_control": AXIS},
        ("advanced_camera_control",), "only_one_of", ERROR, OUT),
    Row(T2V, {"camera_control": "down_back", "duration": "10"}, ("camera_control",), "only_when",
        ERROR, SET),
    Row(T2V, {"advanced_camera_control": AXIS, "duration": "10"}, ("advanced_camera_control",),
        "only_when", ERROR, SET),
    Row(T2V, {"advanced_camera_control": {**AXIS, "movement_value": 11}},
        ("advanced_camera_control", "movement_value"), "number_too_large"),
    Row(T2V, {"advanced_camera_control": {"movement_value": 1}},
        ("advanced_camera_control", "movement_type"), "required_choice"),
    # Start and end, motion brush
    Row(V1, {"tail_image_url": LINK, "duration": "10"}, ("tail_image_url",), "only_when", ERROR,
        SET),
    Row(V1, {"static_mask_url": LINK, "duration": "10"}, ("static_mask_url",), "only_when", ERROR,
        SET),
    Row(V15, {"dynamic_masks": [AREA], "duration": "10"}, ("dynamic_masks",), "only_when", ERROR,
        SET),
    Row(V1, {"tail_image_url": LINK, "static_mask_url": LINK}, ("static_mask_url",), "only_one_of",
        ERROR, OUT),
    Row(V15, {"tail_image_url": LINK, "dynamic_masks": [AREA]}, ("dynamic_masks",), "only_one_of",
        ERROR, OUT),
    Row(V1, {"dynamic_masks": [AREA] * 7}, ("dynamic_masks",), "too_many_items"),
    Row(V1, {"dynamic_masks": [{**AREA, "trajectories": POINTS * 39}]},
        ("dynamic_masks", 0, "trajectories"), "too_many_items"),
    Row(V1, {"dynamic_masks": [{**AREA, "trajectories": POINTS[:1]}]},
        ("dynamic_masks", 0, "trajectories"), "too_few_items"),
    Row(V1, {"dynamic_masks": [{"mask_url": LINK}]}, ("dynamic_masks", 0, "trajectories"),
        "required_value", WARNING),
    Row(V1, {"dynamic_masks": [{"trajectories": POINTS}]}, ("dynamic_masks", 0, "mask_url"),
        "required_media"),
    Row(V1, {"dynamic_masks": [{**AREA, "trajectories": [{"x": 1.5, "y": 1}, POINTS[0]]}]},
        ("dynamic_masks", 0, "trajectories", 0, "x"), "not_whole"),
    Row(V1, {"image_url": PICTURE,
             "dynamic_masks": [{**AREA, "trajectories": [POINTS[0], {"x": 1201, "y": 0}]}]},
        ("dynamic_masks", 0, "trajectories", 1), "point_outside", ERROR, OUT, WIDE),
    Row(V1, MASKS, ("static_mask_url",), "mask_of_other_shape", ERROR, OUT, {**WIDE, **TALL}),
    Row(V1, {**MASKS, "dynamic_masks": [{**AREA, "mask_url": OTHER_PICTURE}]},
        ("dynamic_masks", 0, "mask_url"), "mask_of_other_size", ERROR, OUT,
        {**WIDE, MASK: picture(), OTHER_PICTURE: picture(width=600, height=400)}),
    # Elements of 1.6
    Row("MultiImageToVideoRequest", {"input_image_urls": [LINK] * 5}, ("input_image_urls",),
        "too_many_items"),
    Row("MultiImageToVideoRequest", {"input_image_urls": []}, ("input_image_urls",),
        "too_few_items"),
    # Effects
    Row(FX, {"effect_scene": "hug"}, ("input_image_urls",), "needs_count"),
    Row(FX, {"input_image_urls": [LINK, LINK]}, ("input_image_urls",), "needs_count"),
    Row(FX, {"input_image_urls": None}, ("input_image_urls",), "required_media"),
    Row(FX, {"effect_scene": "hug_pro"}, ("input_image_urls",), "needs_count", WARNING),
    Row(FX, {"effect_scene": "cheers_2026"}, ("input_image_urls",), "needs_count", WARNING),
    Row(FX, {"duration": "10"}, ("duration",), "choice_only_when", WARNING),
    Row(FX, {"effect_scene": "no_such"}, ("effect_scene",), "not_a_choice"),
    # Lip sync, speech, avatars
    Row(A2V, {"video_url": CLIP}, ("video_url",), "too_long_to_take", ERROR, CUT,
        {CLIP: video(duration=10.5)}),
    Row(A2V, {"video_url": CLIP}, ("video_url",), "too_short_to_take", ERROR, Remedy.NONE,
        {CLIP: video(duration=1.5)}),
    Row(LIP, {"video_url": CLIP}, ("video_url",), "too_long_to_take", ERROR, CUT,
        {CLIP: video(duration=61.0)}),
    Row(LIP, {"video_url": CLIP}, ("video_url",), "clip_too_large", ERROR, Remedy.NONE,
        {CLIP: video(width=3840, height=2160)}),
    Row(LIP, {"video_url": CLIP}, ("video_url",), "clip_too_small", ERROR, Remedy.NONE,
        {CLIP: video(width=640, height=360)}),
    Row(LIP, {"video_url": CLIP}, ("video_url",), "file_too_heavy", ERROR, Remedy.NONE,
        {CLIP: video(size=104_857_601)}),
    Row(LIP, {"video_url": CLIP}, ("video_url",), "wrong_format_no_way", ERROR, Remedy.NONE,
        {CLIP: video(content_type="video/webm")}),
    Row(LIP, {"text": "x" * 121}, ("text",), "text_too_long"),
    Row(LIP, {"voice_language": "zh"}, ("voice_id",), "unfit", WARNING),
    Row(LIP, {"voice_id": "mengwa-v1"}, ("voice_id",), "unfit", WARNING),
    Row(LIP, {"voice_id": "reader_en_m-v1"}, ("voice_id",), "doubtful_choice", WARNING),
    Row("TTSInput", {"voice_id": "commercial_lady_en_f-v1"}, ("voice_id",), "doubtful_choice",
        WARNING),
    Row(A2V, {"audio_url": SOUND}, ("audio_url",), "too_long_to_take", ERROR, CUT,
        {SOUND: sound(duration=61.0)}),
    Row(A2V, {"audio_url": SOUND}, ("audio_url",), "file_too_heavy", ERROR, Remedy.NONE,
        {SOUND: sound(size=5_242_881)}),
    Row(A2V, {"audio_url": SOUND}, ("audio_url",), "wrong_format_no_way", ERROR, Remedy.NONE,
        {SOUND: sound(content_type="audio/flac")}),
    Row("AIAvatarInput", {"audio_url": SOUND}, ("audio_url",), "too_long_to_take", WARNING, CUT,
        {SOUND: sound(duration=61.0)}),
    Row("AIAvatarInput", {"audio_url": SOUND}, ("audio_url",), "wrong_format_no_way", WARNING,
        Remedy.NONE, {SOUND: sound(content_type="audio/flac")}),
    Row("CreateVoiceInput", {"voice_url": SOUND}, ("voice_url",), "too_short_to_take", ERROR,
        Remedy.NONE, {SOUND: sound(duration=4.0)}),
    Row("VideoToAudioInput", {"video_url": CLIP}, ("video_url",), "too_long_to_take", ERROR, CUT,
        {CLIP: video(duration=21.0)}),
    # Voices, sound, shots
    Row("ImageToVideoV26ProRequest", {"voice_ids": ["1"], "generate_audio": False},
        ("voice_ids",), "only_when", WARNING, SET),
    Row("ImageToVideoV26ProRequest", {"voice_ids": ["1", "2", "3"]}, ("voice_ids",),
        "too_many_items"),
    Row("ImageToVideoV26ProRequest", {"prompt": "<<<voice_2>>> speaks", "voice_ids": ["1"]},
        ("prompt",), "nothing_named_so", WARNING),
    Row("TextToVideoV3ProRequest", {"prompt": None}, ("prompt",), "required_text"),
    Row("TextToVideoV3ProRequest", {"multi_prompt": [{"prompt": "a"}]}, ("multi_prompt",),
        "only_one_of", ERROR, OUT),
    Row("TextToVideoV3ProRequest", {"shot_type": "intelligent"}, ("shot_type",), "needs_other",
        WARNING),
    Row("TextToVideoV3ProRequest", {"prompt": None, "multi_prompt": [{"prompt": "a"}] * 4},
        ("multi_prompt",), "total_too_large", WARNING),
    Row("KlingV3TurboTextToVideo",
        {"prompt": None, "multi_prompt": [{"prompt": "a", "duration": "8"}] * 2},
        ("multi_prompt",), "total_too_large"),
    Row("KlingV3TurboTextToVideo",
        {"prompt": None, "multi_prompt": [{"prompt": "a", "duration": "1"}] * 7},
        ("multi_prompt",), "too_many_items"),
    # Elements and references
    Row(I3, {"elements": [{"voice_id": "1", **ELEMENT}]}, ("elements", 0, "voice_id"),
        "needs_other"),
    Row(I3, {"elements": [{"reference_image_urls": [LINK]}]},
        ("elements", 0, "frontal_image_url"), "required_media"),
    Row(I3, {"elements": [{"frontal_image_url": LINK}]}, ("elements", 0, "frontal_image_url"),
        "needs_other", WARNING),
    Row(I3, {"elements": [{**ELEMENT, **CLIP_ELEMENT}]}, ("elements", 0, "video_url"),
        "only_one_of", WARNING, OUT),
    Row(I3, {"elements": [CLIP_ELEMENT, CLIP_ELEMENT]}, ("elements", 1, "video_url"),
        "too_many_together"),
    Row(I3, {"elements": [{**ELEMENT, "reference_image_urls": [LINK] * 4}]},
        ("elements", 0, "reference_image_urls"), "too_many_items"),
    Row("OmniVideoReferenceToVideoInput", {"elements": [ELEMENT] * 4, "image_urls": [LINK] * 4},
        ("image_urls", 3), "too_many_together"),
    Row("OmniVideoReferenceToVideoInput", {"elements": [{"frontal_image_url": LINK}]},
        ("elements", 0, "reference_image_urls"), "required_media", WARNING),
    Row("OmniV2VEditInput", {"elements": [ELEMENT], "image_urls": [LINK] * 4},
        ("image_urls", 3), "too_many_together"),
    Row("O3ProReferenceVideoI2VInput", {"elements": [CLIP_ELEMENT], "image_urls": [LINK] * 4},
        ("image_urls", 3), "too_many_together"),
    Row("O3_4kReferenceVideoI2VInput", {"image_urls": [LINK] * 8}, ("image_urls", 7),
        "too_many_together"),
    Row("OmniV2VEditInput", {"prompt": "put @Image1 into @Video1"}, ("prompt",),
        "nothing_named_so", WARNING),
    Row("KlingO1Image", {"image_urls": [LINK] * 8, "elements": [ELEMENT] * 3}, ("image_urls", 7),
        "too_many_together"),
    Row("KlingV4ReferenceToVideo", {"image_urls": [LINK] * 11}, ("image_urls",), "too_many_items"),
    Row("O3TextToImageRequest", {"series_amount": 3}, ("series_amount",), "only_when", WARNING,
        SET),
    Row("O3TextToImageRequest", {"result_type": "series", "num_images": 2}, ("num_images",),
        "only_when", WARNING, SET),
    # Motion control
    Row("MotionControlRequest", {"video_url": CLIP}, ("video_url",), "too_long_for_choice", ERROR,
        CUT, {CLIP: video(duration=10.5)}),
    Row("MotionControlV3ProRequest", {"elements": [ELEMENT], "character_orientation": "image"},
        ("elements",), "only_when", ERROR, SET),
    Row("MotionControlV3ProRequest", {"elements": [ELEMENT] * 2}, ("elements",), "too_many_items"),
]  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_what_is_right_has_no_problem(name):
    assert validate(CATALOG.request_type(name), GOOD[name], {}) == ()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.label)
def test_each_rule(row):
    request_type = CATALOG.request_type(row.type)
    problems = validate(request_type, {**GOOD[row.type], **row.values}, row.media)
    assert [(one.loc, one.code) for one in problems] == [(row.loc, row.code)]
    problem = problems[0]
    assert (problem.severity, problem.remedy) == (row.severity, row.remedy)
    assert problem.what
    assert problem.what == problem.what.strip()
    assert "{" not in problem.said()


@pytest.mark.parametrize(
    ("name", "values", "media"),
    [
        (V1, {"dynamic_masks": [{**AREA, "trajectories": [*POINTS * 38, POINTS[0]]}]}, {}),
        (V1, MASKS, {**WIDE, MASK: picture(width=600, height=400)}),
        (V1, {"static_mask_url": LINK, "dynamic_masks": [AREA] * 6}, {}),
        (V15, {"tail_image_url": LINK, "duration": "10"}, {}),
        (FX, {"effect_scene": "hug", "input_image_urls": [LINK, LINK], "duration": "10"}, {}),
        (A2V, {"video_url": CLIP}, {CLIP: video(duration=10.0)}),
        ("CreateVoiceInput", {"voice_url": CLIP}, {CLIP: video(duration=20.0)}),
        ("MotionControlRequest", {"video_url": CLIP}, {CLIP: video(duration=10.04)}),
        (I3, {"elements": [ELEMENT, CLIP_ELEMENT], "prompt": "@Element2 meets @Element1"}, {}),
        ("O3ProReferenceVideoI2VInput", {"image_urls": [LINK] * 7, "elements": [ELEMENT]}, {}),
        ("TextToVideoV3ProRequest", {"prompt": None, "multi_prompt": [{"prompt": "a"}] * 3}, {}),
        (LIP, {"voice_id": "cartoon-boy-07", "voice_language": "zh"}, {}),
    ],
)
def test_just_inside_is_taken(name, values, media):
    assert validate(CATALOG.request_type(name), {**GOOD[name], **values}, media) == ()


def test_the_way_out_of_a_condition_says_what_to_set():
    request_type = CATALOG.request_type(T2V)
    values = {"prompt": "a", "camera_control": "down_back", "duration": "10"}
    problem = validate(request_type, values, {})[0]
    way = {problem.values["set"]: problem.values["to"]}
    assert way == {"duration": "5"}
    assert validate(request_type, values | way, {}) == ()
    assert problem.said().startswith("“Camera move” works only when “Length” is 5 s.")


def test_how_many_pictures_an_effect_takes():
    effects = CATALOG.request_type(FX)
    for scene in effects.field("effect_scene").enum:
        group = effects.field("effect_scene").enum_groups[
            effects.field("effect_scene").enum.index(scene)
        ]
        count = wanted_count(effects, "input_image_urls", {"effect_scene": scene})
        assert count == (2 if group == "Two pictures" else 1)
    assert wanted_count(effects, "duration", {}) is None
    assert wanted_count(CATALOG.request_type(V1), "image_url", {}) is None
