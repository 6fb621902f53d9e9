"""Lays what was made into the shape that an endpoint's output schema asks for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kling_desktop.simulator.film_order import Made
from kling_desktop.simulator.products import kind_of_file, real
from kling_desktop.simulator.requests import OWN_FILE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kling_desktop.records.json_values import JsonValue
    from kling_desktop.simulator.endpoints import Endpoint
    from kling_desktop.simulator.files import StoredFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What there is to say about a request that succeeded."""

    mark: str
    """21 letters and digits of its own."""
    files: Mapping[str, Sequence[StoredFile]] = field(default_factory=dict)
    """By kind: video, sound, picture."""
    inline: Mapping[str, str] = field(default_factory=dict)
    """Addresses that hold the whole file, by file id."""
    made: Made = field(default_factory=Made)
    seed: int = 0
    prompt: str = ""


def fill(endpoint: Endpoint, result: Result) -> dict[str, Any]:
    """The result: every field that is required or for which there is something to say."""
    properties = endpoint.output_schema.get("properties") or {"video": {"type": "object"}}
    required = set(endpoint.output_schema.get("required", ()))
    filled: dict[str, Any] = {}
    for name, schema in properties.items():
        value = _value(name, schema, endpoint, result)
        if value is not None:
            filled[name] = value
        elif name in required:
            filled[name] = _anything(real(schema, endpoint.root), result)
    return filled


def with_origin(value: JsonValue, origin: str) -> JsonValue:
    """The same value with our own files at the origin where they are served now."""
    if isinstance(value, str):
        return origin + value.removeprefix(OWN_FILE) if value.startswith(OWN_FILE) else value
    if isinstance(value, dict):
        return {name: with_origin(inner, origin) for name, inner in value.items()}
    if isinstance(value, list):
        return [with_origin(inner, origin) for inner in value]
    return value


def _value(
    name: str, schema: Mapping[str, Any], endpoint: Endpoint, result: Result
) -> JsonValue | None:
    kind = kind_of_file(name, schema, endpoint)
    schema = real(schema, endpoint.root)
    if kind:
        files = result.files.get(kind) or next(iter(result.files.values()), ())
        if schema.get("type") == "array":
            shape = real(schema.get("items", {}), endpoint.root)
            made = [_file(shape, one, result) for one in files]
            return [one["url"] for one in made] if shape.get("type") == "string" else made
        if not files:
            return None
        file = _file(schema, files[0], result)
        return file["url"] if schema.get("type") == "string" else file
    if schema.get("type") == "object" and name == "video" and "video" in result.files:
        return _file(schema, result.files["video"][0], result)
    return _fact(name, schema, result)


def _fact(name: str, schema: Mapping[str, Any], result: Result) -> JsonValue | None:
    known: dict[str, JsonValue] = {
        "duration": round(result.made.seconds, 3),
        "seed": result.seed,
        "prompt": result.prompt,
    }
    if name in known:
        number = known[name]
        whole = schema.get("type") == "integer" and isinstance(number, float)
        return round(number) if whole and isinstance(number, float) else number
    if schema.get("type") == "string" and name.endswith("_id"):
        return result.mark
    return None


def _anything(schema: Mapping[str, Any], result: Result) -> JsonValue:
    """Something that a required field takes, where nothing is known of it."""
    for key in ("default", "const"):
        if key in schema:
            found: JsonValue = schema[key]
            return found
    if schema.get("enum"):
        first: JsonValue = schema["enum"][0]
        return first
    plain: dict[str, JsonValue] = {
        "array": [],
        "integer": int(schema.get("minimum", 5)),
        "number": float(schema.get("minimum", 5)),
        "boolean": True,
        "object": {},
    }
    return plain.get(str(schema.get("type")), result.mark)


def _file(schema: Mapping[str, Any], stored: StoredFile, result: Result) -> dict[str, Any]:
    made = result.made
    facts: dict[str, JsonValue] = {
        "url": result.inline.get(stored.file_id, f"{OWN_FILE}{stored.url_path}"),
        "content_type": stored.content_type,
        "file_name": stored.name,
        "file_size": stored.size,
    }
    if stored.content_type.startswith("video/"):
        facts |= {"width": made.width, "height": made.height, "duration": made.seconds}
        facts |= {"fps": made.frame_rate, "num_frames": round(made.seconds * made.frame_rate)}
    elif stored.content_type.startswith("audio/"):
        facts["duration"] = made.seconds
    elif made.width:
        facts |= {"width": made.width, "height": made.height}
    asked = schema.get("properties")
    return {name: value for name, value in facts.items() if not asked or name in asked}
