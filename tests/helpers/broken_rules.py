"""What Kling asks beyond fal's schemas, one row each: the place, the problem, the ways out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kling_desktop.records.media import MediaFacts, MediaKind
from kling_desktop.records.problem import Remedy, Severity, WayKind
from tests.helpers.catalog import OTHER_PICTURE, PICTURE, picture, video

LINK = "https://example.org/a.png"
CLIP = f"media://{'c' * 64}.mp4"
SOUND = f"media://{'d' * 64}.mp3"
MASK = f"media://{'e' * 64}.png"
ERROR, WARNING = Severity.ERROR, Severity.WARNING
POINTS = [{"x": 0, "y": 0}, {"x": 10, "y": 10}]
AREA = {"mask_url": LINK, "trajectories": POINTS}
ELEMENT: dict[str, Any] = {"frontal_image_url": LINK, "reference_image_urls": [LINK]}
CLIP_ELEMENT: dict[str, Any] = {"video_url": LINK}


def sound(**changes: Any) -> MediaFacts:
    """Facts of a sound of nine seconds."""
    facts: dict[str, Any] = {
        "kind": MediaKind.AUDIO,
        "content_type": "audio/mpeg",
        "size": 90_000,
        "duration": 9.0,
    }
    return MediaFacts(**{**facts, **changes})


@dataclass(frozen=True)
class Row:
    """One broken rule: what is sent, and the only problem that comes of it."""

    type: str
    values: dict[str, Any]
    loc: tuple[str | int, ...]
    code: str
    severity: Severity = ERROR
    helps: tuple[Remedy | WayKind, ...] = ()
    media: dict[str, MediaFacts] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """A name for the row."""
        return f"{self.type}-{self.code}-{'.'.join(map(str, self.loc))}"


GOOD: dict[str, dict[str, Any]] = {
    "V1TextToVideoRequest": {"prompt": "a"},
    "V1ImageToVideoRequest": {"prompt": "a", "image_url": LINK},
    "KlingV15ProImageToVideoRequest": {"prompt": "a", "image_url": LINK},
    "ImageToVideoV21ProRequest": {"prompt": "a", "image_url": LINK},
    "ImageToVideoV26ProRequest": {"prompt": "a", "start_image_url": LINK},
    "MultiImageToVideoRequest": {"prompt": "a", "input_image_urls": [LINK]},
    "VideoEffectsRequest": {"effect_scene": "squish", "input_image_urls": [LINK]},
    "EarlyVideoEffectsRequest": {"effect_scene": "squish", "image_url": LINK},
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
EARLY = "EarlyVideoEffectsRequest"
A2V, LIP = "LipsyncA2VRequest", "LipsyncT2VRequest"
OUT, EITHER = (WayKind.LEAVE_OUT,), (WayKind.LEAVE_OUT, WayKind.LEAVE_OUT)
SET, SET_OR_OUT = (WayKind.SET,), (WayKind.SET, WayKind.LEAVE_OUT)
KEEP, WORDS = (WayKind.KEEP_FIRST,), (WayKind.TAKE_OUT_WORDS,)
SHOTS, EDGE, HERE = (WayKind.SHORTEN_SHOTS,), (WayKind.TO_THE_EDGE,), (WayKind.MOVE_HERE,)
CUT, CROP, SHRINK = (Remedy.SHORTEN,), (Remedy.CROP,), (Remedy.SHRINK,)
CONVERT, NOTHING = (Remedy.CONVERT,), ()
MASKS = {"image_url": PICTURE, "static_mask_url": MASK}
WIDE, TALL = {PICTURE: picture(width=1200, height=800)}, {MASK: picture(width=800, height=1200)}

ROWS = [
    # Pictures
    Row(V1, {"image_url": PICTURE}, ("image_url",), "picture_too_heavy", ERROR, SHRINK,
        {PICTURE: picture(size=10_485_761)}),
    Row(V1, {"image_url": PICTURE}, ("image_url",), "picture_too_small", ERROR, NOTHING,
        {PICTURE: picture(width=299, height=400)}),
    Row(V1, {"image_url": PICTURE}, ("image_url",), "picture_too_wide", ERROR, CROP,
        {PICTURE: picture(width=2600, height=1000)}),
    Row(V1, {"image_url": PICTURE}, ("image_url",), "picture_too_tall", ERROR, CROP,
        {PICTURE: picture(width=1000, height=2600)}),
    Row(V1, {"image_url": PICTURE}, ("image_url",), "wrong_format", ERROR, CONVERT,
        {PICTURE: picture(content_type="image/jxl")}),
    Row(V1, {"tail_image_url": PICTURE}, ("tail_image_url",), "picture_too_wide", WARNING,
        CROP, {PICTURE: picture(width=2600, height=1000)}),
    Row(FX, {"input_image_urls": [PICTURE]}, ("input_image_urls", 0), "picture_too_wide", WARNING,
        CROP, {PICTURE: picture(width=2600, height=1000)}),
    Row("ImageToVideoV21ProRequest", {"image_url": PICTURE, "tail_image_url": OTHER_PICTURE},
        ("tail_image_url",), "other_shape", WARNING, CROP,
        {**WIDE, OTHER_PICTURE: picture(width=800, height=800)}),
    Row(V1, {"image_url": None, "tail_image_url": LINK}, ("image_url",), "required_media", ERROR,
        HERE),
    # Camera
    Row(T2V, {"camera_control": "down_back", "advanced_camera_control": AXIS},
        ("advanced_camera_control",), "only_one_of", ERROR, EITHER),
    Row(T2V, {"camera_control": "down_back", "duration": "10"}, ("camera_control",), "only_when",
        ERROR, SET_OR_OUT),
    Row(T2V, {"advanced_camera_control": AXIS, "duration": "10"}, ("advanced_camera_control",),
        "only_when", ERROR, SET_OR_OUT),
    Row(T2V, {"advanced_camera_control": {**AXIS, "movement_value": 11}},
        ("advanced_camera_control", "movement_value"), "number_too_large", ERROR, SET),
    Row(T2V, {"advanced_camera_control": {"movement_value": 1}},
        ("advanced_camera_control", "movement_type"), "required_choice"),
    # Start and end, motion brush
    Row(V1, {"tail_image_url": LINK, "duration": "10"}, ("tail_image_url",), "only_when", ERROR,
        SET_OR_OUT),
    Row(V1, {"static_mask_url": LINK, "duration": "10"}, ("static_mask_url",), "only_when", ERROR,
        SET_OR_OUT),
    Row(V15, {"dynamic_masks": [AREA], "duration": "10"}, ("dynamic_masks",), "only_when", ERROR,
        SET_OR_OUT),
    Row(V1, {"tail_image_url": LINK, "static_mask_url": LINK}, ("static_mask_url",), "only_one_of",
        ERROR, EITHER),
    Row(V15, {"tail_image_url": LINK, "dynamic_masks": [AREA]}, ("dynamic_masks",), "only_one_of",
        ERROR, EITHER),
    Row(V1, {"dynamic_masks": [AREA] * 7}, ("dynamic_masks",), "too_many_items", ERROR, KEEP),
    Row(V1, {"dynamic_masks": [{**AREA, "trajectories": POINTS * 39}]},
        ("dynamic_masks", 0, "trajectories"), "too_many_items", ERROR, KEEP),
    Row(V1, {"dynamic_masks": [{**AREA, "trajectories": POINTS[:1]}]},
        ("dynamic_masks", 0, "trajectories"), "too_few_items"),
    Row(V1, {"dynamic_masks": [{"mask_url": LINK}]}, ("dynamic_masks", 0, "trajectories"),
        "required_value", WARNING),
    Row(V1, {"dynamic_masks": [{"trajectories": POINTS}]}, ("dynamic_masks", 0, "mask_url"),
        "required_media"),
    Row(V1, {"dynamic_masks": [{**AREA, "trajectories": [{"x": 1.5, "y": 1}, POINTS[0]]}]},
        ("dynamic_masks", 0, "trajectories", 0, "x"), "not_whole", ERROR, SET),
    Row(V1, {"image_url": PICTURE,
             "dynamic_masks": [{**AREA, "trajectories": [POINTS[0], {"x": 1201, "y": 0}]}]},
        ("dynamic_masks", 0, "trajectories", 1), "point_outside", ERROR, EDGE, WIDE),
    Row(V1, MASKS, ("static_mask_url",), "mask_of_other_shape", ERROR, OUT, {**WIDE, **TALL}),
    Row(V1, {**MASKS, "dynamic_masks": [{**AREA, "mask_url": OTHER_PICTURE}]},
        ("dynamic_masks", 0, "mask_url"), "mask_of_other_size", ERROR, OUT,
        {**WIDE, MASK: picture(), OTHER_PICTURE: picture(width=600, height=400)}),
    # Elements of 1.6
    Row("MultiImageToVideoRequest", {"input_image_urls": [LINK] * 5}, ("input_image_urls",),
        "too_many_items", ERROR, KEEP),
    Row("MultiImageToVideoRequest", {"input_image_urls": []}, ("input_image_urls",),
        "too_few_items"),
    # Effects
    Row(FX, {"effect_scene": "hug"}, ("input_image_urls",), "needs_count"),
    Row(FX, {"input_image_urls": [LINK, LINK]}, ("input_image_urls",), "needs_count", ERROR, KEEP),
    Row(FX, {"input_image_urls": None}, ("input_image_urls",), "required_media"),
    Row(FX, {"effect_scene": "hug_pro"}, ("input_image_urls",), "needs_count", WARNING),
    Row(FX, {"effect_scene": "cheers_2026"}, ("input_image_urls",), "needs_count", WARNING),
    Row(FX, {"duration": "10"}, ("duration",), "choice_only_when", WARNING, SET),
    Row(FX, {"effect_scene": "no_such"}, ("effect_scene",), "not_a_choice"),
    Row(EARLY, {"effect_scene": "hug"}, ("input_image_urls",), "needs_count", WARNING),
    Row(EARLY, {"effect_scene": "hug", "input_image_urls": [LINK] * 3}, ("input_image_urls",),
        "needs_count", WARNING, KEEP),
    Row(EARLY, {"input_image_urls": [LINK]}, ("input_image_urls",), "only_when", WARNING, OUT),
    Row(EARLY, {"duration": "10"}, ("duration",), "choice_only_when", WARNING, SET),
    # Lip sync, speech, avatars
    Row(A2V, {"video_url": CLIP}, ("video_url",), "too_long_to_take", ERROR, CUT,
        {CLIP: video(duration=10.5)}),
    Row(A2V, {"video_url": CLIP}, ("video_url",), "too_short_to_take", ERROR, NOTHING,
        {CLIP: video(duration=1.5)}),
    Row(LIP, {"video_url": CLIP}, ("video_url",), "too_long_to_take", ERROR, CUT,
        {CLIP: video(duration=61.0)}),
    Row(LIP, {"video_url": CLIP}, ("video_url",), "clip_too_large", ERROR, NOTHING,
        {CLIP: video(width=3840, height=2160)}),
    Row(LIP, {"video_url": CLIP}, ("video_url",), "clip_too_small", ERROR, NOTHING,
        {CLIP: video(width=640, height=360)}),
    Row(LIP, {"video_url": CLIP}, ("video_url",), "file_too_heavy", ERROR, NOTHING,
        {CLIP: video(size=104_857_601)}),
    Row(LIP, {"video_url": CLIP}, ("video_url",), "wrong_format_no_way", ERROR, NOTHING,
        {CLIP: video(content_type="video/webm")}),
    Row(LIP, {"text": "x" * 121}, ("text",), "text_too_long", ERROR, KEEP),
    Row(LIP, {"voice_language": "zh"}, ("voice_id",), "unfit", WARNING, SET),
    Row(LIP, {"voice_id": "mengwa-v1"}, ("voice_id",), "unfit", WARNING, SET),
    Row(LIP, {"voice_id": "reader_en_m-v1"}, ("voice_id",), "doubtful_choice", WARNING, SET),
    Row("TTSInput", {"voice_id": "commercial_lady_en_f-v1"}, ("voice_id",), "doubtful_choice",
        WARNING, SET),
    Row(A2V, {"audio_url": SOUND}, ("audio_url",), "too_long_to_take", ERROR, CUT,
        {SOUND: sound(duration=61.0)}),
    Row(A2V, {"audio_url": SOUND}, ("audio_url",), "sound_too_heavy", ERROR, SHRINK,
        {SOUND: sound(size=5_242_881)}),
    Row(A2V, {"audio_url": SOUND}, ("audio_url",), "wrong_format_of_sound", ERROR, CONVERT,
        {SOUND: sound(content_type="audio/flac")}),
    Row("AIAvatarInput", {"audio_url": SOUND}, ("audio_url",), "too_long_to_take", WARNING, CUT,
        {SOUND: sound(duration=61.0)}),
    Row("AIAvatarInput", {"audio_url": SOUND}, ("audio_url",), "wrong_format_of_sound", WARNING,
        CONVERT, {SOUND: sound(content_type="audio/flac")}),
    Row("CreateVoiceInput", {"voice_url": SOUND}, ("voice_url",), "too_short_to_take", ERROR,
        NOTHING, {SOUND: sound(duration=4.0)}),
    Row("VideoToAudioInput", {"video_url": CLIP}, ("video_url",), "too_long_to_take", ERROR, CUT,
        {CLIP: video(duration=21.0)}),
    # Voices, sound, shots
    Row("ImageToVideoV26ProRequest", {"voice_ids": ["1"], "generate_audio": False},
        ("voice_ids",), "only_when", WARNING, SET_OR_OUT),
    Row("ImageToVideoV26ProRequest", {"voice_ids": ["1", "2", "3"]}, ("voice_ids",),
        "too_many_items", ERROR, KEEP),
    Row("ImageToVideoV26ProRequest", {"prompt": "<<<voice_2>>> speaks", "voice_ids": ["1"]},
        ("prompt",), "nothing_named_so", WARNING, WORDS),
    Row("TextToVideoV3ProRequest", {"prompt": None}, ("prompt",), "required_text"),
    Row("TextToVideoV3ProRequest", {"multi_prompt": [{"prompt": "a"}]}, ("multi_prompt",),
        "only_one_of", ERROR, EITHER),
    Row("TextToVideoV3ProRequest", {"shot_type": "intelligent"}, ("shot_type",), "needs_other",
        WARNING, SET),
    Row("TextToVideoV3ProRequest", {"prompt": None, "multi_prompt": [{"prompt": "a"}] * 4},
        ("multi_prompt",), "total_too_large", WARNING, SHOTS),
    Row("KlingV3TurboTextToVideo",
        {"prompt": None, "multi_prompt": [{"prompt": "a", "duration": "8"}] * 2},
        ("multi_prompt",), "total_too_large", ERROR, SHOTS),
    Row("KlingV3TurboTextToVideo",
        {"prompt": None, "multi_prompt": [{"prompt": "a", "duration": "1"}] * 7},
        ("multi_prompt",), "too_many_items", ERROR, KEEP),
    # Elements and references
    Row(I3, {"elements": [{"voice_id": "1", **ELEMENT}]}, ("elements", 0, "voice_id"),
        "needs_other", ERROR, OUT),
    Row(I3, {"elements": [{"reference_image_urls": [LINK]}]},
        ("elements", 0, "frontal_image_url"), "required_media"),
    Row(I3, {"elements": [{"frontal_image_url": LINK}]}, ("elements", 0, "frontal_image_url"),
        "needs_other", WARNING),
    Row(I3, {"elements": [{**ELEMENT, **CLIP_ELEMENT}]}, ("elements", 0, "video_url"),
        "only_one_of", WARNING, OUT),
    Row(I3, {"elements": [CLIP_ELEMENT, CLIP_ELEMENT]}, ("elements", 1, "video_url"),
        "too_many_together", ERROR, OUT),
    Row(I3, {"elements": [{**ELEMENT, "reference_image_urls": [LINK] * 4}]},
        ("elements", 0, "reference_image_urls"), "too_many_items", ERROR, KEEP),
    Row("OmniVideoReferenceToVideoInput", {"elements": [ELEMENT] * 4, "image_urls": [LINK] * 4},
        ("image_urls", 3), "too_many_together", ERROR, KEEP),
    Row("OmniVideoReferenceToVideoInput", {"elements": [{"frontal_image_url": LINK}]},
        ("elements", 0, "reference_image_urls"), "required_media", WARNING),
    Row("OmniV2VEditInput", {"elements": [ELEMENT], "image_urls": [LINK] * 4},
        ("image_urls", 3), "too_many_together", ERROR, KEEP),
    Row("O3ProReferenceVideoI2VInput", {"elements": [CLIP_ELEMENT], "image_urls": [LINK] * 4},
        ("image_urls", 3), "too_many_together", ERROR, KEEP),
    Row("O3_4kReferenceVideoI2VInput", {"image_urls": [LINK] * 8}, ("image_urls", 7),
        "too_many_together", ERROR, KEEP),
    Row("OmniV2VEditInput", {"prompt": "put @Image1 into @Video1"}, ("prompt",),
        "nothing_named_so", WARNING, WORDS),
    Row("KlingO1Image", {"image_urls": [LINK] * 8, "elements": [ELEMENT] * 3}, ("image_urls", 7),
        "too_many_together", ERROR, KEEP),
    Row("KlingV4ReferenceToVideo", {"image_urls": [LINK] * 11}, ("image_urls",), "too_many_items",
        ERROR, KEEP),
    Row("O3TextToImageRequest", {"series_amount": 3}, ("series_amount",), "only_when", WARNING,
        SET_OR_OUT),
    Row("O3TextToImageRequest", {"result_type": "series", "num_images": 2}, ("num_images",),
        "only_when", WARNING, SET_OR_OUT),
    # Motion control
    Row("MotionControlRequest", {"video_url": CLIP}, ("video_url",), "too_long_for_choice", ERROR,
        CUT, {CLIP: video(duration=10.5)}),
    Row("MotionControlV3ProRequest", {"elements": [ELEMENT], "character_orientation": "image"},
        ("elements",), "only_when", ERROR, SET_OR_OUT),
    Row("MotionControlV3ProRequest", {"elements": [ELEMENT] * 2}, ("elements",), "too_many_items",
        ERROR, KEEP),
]  # fmt: skip
