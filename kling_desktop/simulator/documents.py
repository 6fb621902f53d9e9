"""Writes the OpenAPI document that fal would publish for an endpoint of the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kling_desktop.records.json_values import JsonValue

OWN = "x-kling-desktop"
"""The keyword under which bundled schemas keep what fal does not publish."""
_STATUS: dict[str, Any] = {
    "type": "object",
    "title": "QueueStatus",
    "required": ["status", "request_id"],
    "properties": {
        "status": {"type": "string", "enum": ["IN_QUEUE", "IN_PROGRESS", "COMPLETED"]},
        "request_id": {"type": "string"},
        "response_url": {"type": "string"},
        "status_url": {"type": "string"},
        "cancel_url": {"type": "string"},
        "logs": {"type": "object"},
        "metrics": {"type": "object"},
        "queue_position": {"type": "integer"},
    },
}
_CANCELLED: dict[str, Any] = {"type": "object", "properties": {"success": {"type": "boolean"}}}
_REQUEST_ID = {
    "name": "request_id",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "format": "uuid"},
}
_LOGS = {"name": "logs", "in": "query", "required": False, "schema": {"type": "number"}}


def document_of(endpoint_id: str, schema: Mapping[str, Any], category: str) -> dict[str, Any]:
    """The document for a bundled schema, in the shape of fal's own."""
    words = endpoint_id.partition("/")[2].replace("/", "-").replace(".", "").split("-")
    stem = "".join(word[:1].upper() + word[1:] for word in words)
    mine = {key: value for key, value in schema.items() if key != "$defs"}
    schemas: dict[str, Any] = {"QueueStatus": _STATUS, f"{stem}Input": _published(mine, stem)}
    for name, one in schema.get("$defs", {}).items():
        schemas[_called(name, stem)] = _published(one, stem)
    output = _published(schema.get(OWN, {}).get("output", {}), stem)
    page = f"https://fal.ai/models/{endpoint_id}"
    return {
        "openapi": "3.0.4",
        "info": {
            "title": f"Queue OpenAPI for {endpoint_id}",
            "version": "1.0.0",
            "description": f"The OpenAPI schema for the {endpoint_id} queue.",
            "x-fal-metadata": {
                "endpointId": endpoint_id,
                "category": category,
                "thumbnailUrl": "",
                "playgroundUrl": page,
                "documentationUrl": f"{page}/api",
            },
        },
        "components": {
            "securitySchemes": {
                "apiKeyAuth": {
                    "type": "apiKey",
                    "in": "header",
                    "name": "Authorization",
                    "description": "Fal Key",
                }
            },
            "schemas": schemas,
        },
        "paths": _paths(endpoint_id, _ref(f"{stem}Input"), output),
        "servers": [{"url": "https://queue.fal.run"}],
        "security": [{"apiKeyAuth": []}],
    }


def _paths(endpoint_id: str, given: dict[str, Any], output: JsonValue) -> dict[str, Any]:
    one = f"/{endpoint_id}/requests/{{request_id}}"
    status = _answer(_ref("QueueStatus"))
    return {
        f"{one}/status": {"get": {"parameters": [_REQUEST_ID, _LOGS], "responses": status}},
        f"{one}/cancel": {"put": {"parameters": [_REQUEST_ID], "responses": _answer(_CANCELLED)}},
        f"/{endpoint_id}": {
            "post": {
                "parameters": [],
                "requestBody": {"required": True, "content": _json_of(given)},
                "responses": status,
            }
        },
        one: {"get": {"parameters": [_REQUEST_ID], "responses": _answer(output)}},
    }


def _answer(schema: JsonValue) -> dict[str, Any]:
    return {"200": {"description": "", "content": _json_of(schema)}}


def _json_of(schema: JsonValue) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _called(name: str, stem: str) -> str:
    """fal names the output after the endpoint; a bundled schema may serve several."""
    return f"{stem}Output" if name == "Output" else name


def _published(value: JsonValue, stem: str) -> JsonValue:
    """A bundled schema as fal would write it: its `$ref`s, and none of our own keywords."""
    if isinstance(value, dict):
        return {key: _published(inner, stem) for key, inner in value.items() if key != OWN}
    if isinstance(value, list):
        return [_published(inner, stem) for inner in value]
    if isinstance(value, str) and value.startswith("#/$defs/"):
        return f"#/components/schemas/{_called(value.removeprefix('#/$defs/'), stem)}"
    return value
