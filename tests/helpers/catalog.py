"""Schemas, documents and media facts that no bundled model has, to test with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from kling_desktop.bundled import resources
from kling_desktop.catalog.catalog import Catalog, load_catalog
from kling_desktop.catalog.request_type_reading import read_request_type
from kling_desktop.records.media import MediaFacts, MediaKind
from tests.helpers.records import json_values

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kling_desktop.catalog.request_type import RequestType

_KEYWORDS = st.sampled_from(
    [
        *("type", "enum", "const", "default", "nullable", "title", "description", "pattern"),
        *("minimum", "exclusiveMinimum", "maxLength", "multipleOf", "uniqueItems", "required"),
        *("properties", "additionalProperties", "items", "prefixItems", "anyOf", "oneOf", "allOf"),
        *("not", "if", "then", "else", "$ref", "$defs", "x-fal", "ui", "x-kling-desktop"),
    ]
)
odd_schemas = st.recursive(
    json_values
    | st.sampled_from(["string", "#/$defs/a", "#", "null", ["integer", "null"], "[", -1, True]),
    lambda inner: (
        st.dictionaries(_KEYWORDS, inner, max_size=5)
        | st.dictionaries(st.sampled_from(["a", "prompt", "image_url"]), inner, max_size=3)
        | st.lists(inner, max_size=3)
    ),
    max_leaves=25,
)

PICTURE = f"media://{'a' * 64}.jpg"
OTHER_PICTURE = f"media://{'b' * 64}.png"


def bundled() -> Catalog:
    """The catalogue that ships with the program."""
    return load_catalog(resources() / "catalogue")


def a_type(
    properties: Mapping[str, Any], *required: str, rules: list[Any] | None = None, **more: Any
) -> RequestType:
    """A request type with these properties."""
    own = {"rules": rules} if rules else {}
    schema = {
        "title": "InventedRequest",
        "type": "object",
        "properties": dict(properties),
        "required": list(required),
        "x-kling-desktop": own,
        **more,
    }
    return read_request_type(schema)


def a_document(schema: Any, output: Any = None, **schemas: Any) -> dict[str, Any]:
    """A queue document as fal publishes it, for an invented endpoint."""
    file = {"type": "object", "required": ["url"], "properties": {"url": {"type": "string"}}}
    made = output or {"type": "object", "properties": {"video": {"$ref": _at("File")}}}

    def answer(name: str) -> dict[str, Any]:
        return {"content": {"application/json": {"schema": {"$ref": _at(name)}}}}

    path = "/acme/dream/v9/pro"
    return {
        "openapi": "3.0.4",
        "info": {"x-fal-metadata": {"endpointId": path[1:], "category": "text-to-video"}},
        "components": {"schemas": {"DreamInput": schema, "Out": made, "File": file, **schemas}},
        "paths": {
            f"{path}/requests/{{request_id}}/status": {"get": {"responses": {"200": {}}}},
            f"{path}/requests/{{request_id}}/cancel": {"put": {"responses": {"200": {}}}},
            path: {"post": {"requestBody": answer("DreamInput"), "responses": {"200": {}}}},
            f"{path}/requests/{{request_id}}": {"get": {"responses": {"200": answer("Out")}}},
        },
    }


def picture(**changes: Any) -> MediaFacts:
    """A JPEG of 1200 × 800 pixels, with whatever is changed."""
    facts: dict[str, Any] = {
        "kind": MediaKind.IMAGE,
        "content_type": "image/jpeg",
        "size": 500_000,
        "width": 1200,
        "height": 800,
        "mode": "RGB",
    }
    return MediaFacts(**{**facts, **changes})


def video(**changes: Any) -> MediaFacts:
    """An MP4 of 5 seconds at 1280 × 720, with whatever is changed."""
    facts: dict[str, Any] = {
        "kind": MediaKind.VIDEO,
        "content_type": "video/mp4",
        "size": 5_000_000,
        "width": 1280,
        "height": 720,
        "duration": 5.0,
        "frame_rate": 24.0,
    }
    return MediaFacts(**{**facts, **changes})


def _at(name: str) -> str:
    return f"#/components/schemas/{name}"


def bodies(schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """Values that a schema in normal form takes; files are links."""
    if "const" in schema:
        return st.just(schema["const"])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    kinds = schema.get("type", "object")
    if isinstance(kinds, list):
        return st.one_of(*(bodies({**schema, "type": kind}) for kind in kinds))
    return _KINDS[kinds](schema)


def _texts(schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    if schema.get("ui") or schema.get("x-fal"):
        return st.sampled_from(["https://example.org/a.png", "https://example.org/b.mp4"])
    return st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20)


def _numbers(schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    return st.floats(schema["minimum"], schema["maximum"])


def _integers(schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    return st.integers(schema.get("minimum", 0), schema.get("maximum", 5000))


def _lists(schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    least = max(1, schema.get("minItems", 0))
    most = min(schema.get("maxItems", 3), least + 2)
    return st.lists(bodies(schema["items"]), min_size=least, max_size=most)


def _groups(schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    inner = {name: bodies(one) for name, one in schema.get("properties", {}).items()}
    must = set(schema.get("required", ()))
    return st.fixed_dictionaries(
        {name: one for name, one in inner.items() if name in must},
        optional={name: one for name, one in inner.items() if name not in must},
    )


_KINDS: Mapping[str, Callable[[Mapping[str, Any]], st.SearchStrategy[Any]]] = {
    "string": _texts,
    "number": _numbers,
    "integer": _integers,
    "boolean": lambda _: st.booleans(),
    "null": lambda _: st.none(),
    "array": _lists,
    "object": _groups,
}
