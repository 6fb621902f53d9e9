"""Which files an endpoint gives back, told by its output schema."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kling_desktop.simulator.endpoints import resolve
from kling_desktop.simulator.film_order import Product

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kling_desktop.simulator.endpoints import Endpoint

_WORDS = {
    "video": ("video", "clip", "movie"),
    "sound": ("audio", "sound", "speech", "music"),
    "picture": ("image", "picture", "thumbnail", "frame"),
}
_FORMS = {"png": "png", "jpeg": "jpeg", "jpg": "jpeg", "webp": "webp"}
_SOUNDS = ("mp3", "wav")
_MOST_PICTURES = 9


def product_of(endpoint: Endpoint, values: Mapping[str, Any]) -> Product:
    """What has to be made so that the output can be filled."""
    properties = endpoint.output_schema.get("properties", {})
    kinds = {kind_of_file(name, one, endpoint) for name, one in properties.items()}
    if not properties:
        kinds = {"video"}
    return Product(
        video="video" in kinds,
        sound=_sound_form(endpoint, values) if "sound" in kinds else "",
        pictures=_count(values) if "picture" in kinds and "video" not in kinds else 0,
        picture_form=_FORMS.get(str(values.get("output_format", "png")), "png"),
    )


def real(schema: Mapping[str, Any], root: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema without its way of saying that there may be nothing."""
    schema = resolve(schema, root)
    for option in schema.get("anyOf", ()):
        inner = resolve(option, root)
        if inner.get("type") != "null":
            return {**{key: value for key, value in schema.items() if key != "anyOf"}, **inner}
    for part in schema.get("allOf", ()):
        schema = {**resolve(part, root), **schema}
    return schema


def kind_of_file(name: str, schema: Mapping[str, Any], endpoint: Endpoint) -> str:
    """video, sound or picture for a file, or a list of them; "" for anything else."""
    schema = real(schema, endpoint.root)
    if schema.get("type") == "array":
        return kind_of_file(name, schema.get("items", {}), endpoint)
    is_address = schema.get("type") == "string" and name.endswith(("url", "urls"))
    if "url" not in schema.get("properties", {}) and not is_address:
        return ""
    made = endpoint.makes or endpoint.category.rpartition("-to-")[2]
    for said in (name, str(schema.get("title", "")).lower(), made):
        for kind, words in _WORDS.items():
            if any(word in said for word in words):
                return kind
    return "video"


def _sound_form(endpoint: Endpoint, values: Mapping[str, Any]) -> str:
    asked = str(values.get("output_format") or values.get("audio_format") or "")
    if asked in _SOUNDS:
        return asked
    said = json.dumps(dict(endpoint.output_schema)).lower()
    return "wav" if "wav" in said and "mp3" not in said else "mp3"


def _count(values: Mapping[str, Any]) -> int:
    numbers = {name: one for name, one in values.items() if isinstance(one, int)}
    series = next((one for name, one in numbers.items() if name.startswith("series")), 0)
    if series and "series" in values.values():
        return min(_MOST_PICTURES, series)
    usual = next((one for name, one in numbers.items() if name.startswith("num_")), 1)
    return max(1, min(_MOST_PICTURES, usual))
