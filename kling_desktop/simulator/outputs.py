"""Lays a made file into the shape that an endpoint's output schema asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kling_desktop.simulator.endpoints import resolve
from kling_desktop.simulator.requests import OWN_FILE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kling_desktop.records.json_values import JsonValue
    from kling_desktop.simulator.endpoints import Endpoint
    from kling_desktop.simulator.files import StoredFile


def fill(endpoint: Endpoint, made: StoredFile) -> dict[str, Any]:
    """The result: every required field, files all being the one that was made."""
    schema = endpoint.output_schema
    names = schema.get("required") or list(schema.get("properties", {"video": {}}))
    properties = schema.get("properties", {})
    return {name: _value(properties.get(name, {}), endpoint.root, made) for name in names}


def with_origin(value: JsonValue, origin: str) -> JsonValue:
    """The same value with our own files at the origin where they are served now."""
    if isinstance(value, str):
        return origin + value.removeprefix(OWN_FILE) if value.startswith(OWN_FILE) else value
    if isinstance(value, dict):
        return {name: with_origin(inner, origin) for name, inner in value.items()}
    if isinstance(value, list):
        return [with_origin(inner, origin) for inner in value]
    return value


def _value(schema: Mapping[str, Any], root: Mapping[str, Any], made: StoredFile) -> JsonValue:
    schema = resolve(schema, root)
    kind = schema.get("type")
    if kind == "array":
        return [_value(schema.get("items", {}), root, made)]
    if kind in {"integer", "number"}:
        return 5
    if kind == "boolean":
        return True
    if kind == "string":
        return made.file_id
    return {
        "url": f"{OWN_FILE}{made.url_path}",
        "content_type": made.content_type,
        "file_name": made.name,
        "file_size": made.size,
    }
