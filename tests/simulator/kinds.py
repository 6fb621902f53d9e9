"""Invented endpoints, one for each kind of request, in the shapes of fal's documents."""

from __future__ import annotations

from tests.helpers.simulator import openapi_document

TEXT = {"type": "string"}
NO = {"type": "null"}
PICTURE = {"type": "string", "ui": {"field": "image"}}
MASK = {"type": "string", "_fal_ui_field": "image_mask"}
CLIP = {"type": "string", "_fal_ui_field": "video"}
SOUND = {"type": "string", "_fal_ui_field": "audio"}
PICTURES = {"anyOf": [{"type": "array", "items": PICTURE}, NO]}
LENGTH = {"type": "string", "enum": ["1", "2", "3", "5"], "default": "2"}
RATIO = {"type": "string", "enum": ["16:9", "9:16", "1:1"], "default": "16:9"}
ELEMENTS = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "reference_image_urls": {"type": "array", "items": PICTURE},
            "frontal_image_url": PICTURE,
            "video_url": CLIP,
        },
    },
}
SHOTS = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["prompt"],
        "properties": {"prompt": TEXT, "duration": {"type": "string", "default": "5"}},
    },
}
AREAS = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["mask_url"],
        "properties": {
            "mask_url": MASK,
            "trajectories": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {"x": {"type": "integer"}, "y": {"type": "integer"}},
                },
            },
        },
    },
}
CAMERA = {
    "type": "object",
    "properties": {
        "movement_value": {"type": "integer", "minimum": -10, "maximum": 10},
        "movement_type": {"type": "string"},
    },
}
ON = {"type": "boolean", "default": True}
SPEED = {"type": "number", "default": 1}
FILE = {"$ref": "#/components/schemas/File"}

KINDS = {
    "words": {"prompt": TEXT, "duration": LENGTH, "aspect_ratio": RATIO, "seed": {}},
    "camera": {
        "prompt": TEXT,
        "duration": LENGTH,
        "camera_control": TEXT,
        "advanced_camera_control": CAMERA,
    },
    "picture": {
        "prompt": TEXT,
        "image_url": PICTURE,
        "tail_image_url": PICTURE,
        "duration": LENGTH,
        "seed": {},
    },
    "brush": {
        "prompt": TEXT,
        "image_url": PICTURE,
        "duration": LENGTH,
        "static_mask_url": {"anyOf": [MASK, NO]},
        "dynamic_masks": {"anyOf": [AREAS, NO]},
    },
    "things": {
        "prompt": TEXT,
        "input_image_urls": PICTURES,
        "duration": LENGTH,
        "aspect_ratio": RATIO,
    },
    "elements": {
        "prompt": TEXT,
        "start_image_url": PICTURE,
        "elements": ELEMENTS,
        "duration": LENGTH,
    },
    "effect": {"input_image_urls": PICTURES, "effect_scene": TEXT, "duration": LENGTH},
    "shots": {
        "prompt": {"anyOf": [TEXT, NO]},
        "multi_prompt": {"anyOf": [SHOTS, NO]},
        "image_url": PICTURE,
        "duration": LENGTH,
        "generate_audio": ON,
    },
    "edit": {"prompt": TEXT, "video_url": CLIP, "image_urls": PICTURES, "keep_audio": ON},
    "extend": {"prompt": TEXT, "video_url": CLIP, "aspect_ratio": RATIO, "duration": LENGTH},
    "follow": {"image_url": PICTURE, "video_url": CLIP, "keep_original_sound": ON},
    "lips": {"video_url": CLIP, "audio_url": SOUND},
    "say": {"video_url": CLIP, "text": TEXT, "voice_id": TEXT, "voice_speed": SPEED},
    "avatar": {"image_url": PICTURE, "audio_url": SOUND, "prompt": TEXT},
    "speak": {"text": TEXT, "voice_id": TEXT, "voice_speed": SPEED},
    "speak-wav": {"text": TEXT},
    "dub": {"video_url": CLIP, "sound_effect_prompt": TEXT},
    "voice": {"voice_url": SOUND},
    "draw": {
        "prompt": TEXT,
        "num_images": {"type": "integer", "default": 1},
        "aspect_ratio": RATIO,
        "output_format": TEXT,
        "seed": {},
        "sync_mode": {"type": "boolean", "default": False},
    },
}
OUTPUTS = {
    "avatar": {"video": FILE, "duration": {"type": "number"}},
    "speak": {"audio": FILE},
    "speak-wav": {"audio": {**FILE, "description": "A WAV file."}},
    "dub": {"audio": FILE, "video": FILE},
    "voice": {"voice_id": TEXT},
    "draw": {"images": {"type": "array", "items": FILE}, "seed": {"type": "integer"}},
}
FACTS = ("url", "content_type", "file_name", "file_size", "width", "height")


def documents():
    """One document for each kind; ids are `here/<kind>/v1`."""
    made = []
    for kind, properties in KINDS.items():
        document = openapi_document(f"here/{kind}/v1", properties, output=OUTPUTS.get(kind))
        file = document["components"]["schemas"]["File"]["properties"]
        file.update({name: {} for name in FACTS})
        made.append(document)
    return made
