"""Which endpoints exist, read from schemas by a few lines of the simulator's own."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kling_desktop.simulator.disk import read_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kling_desktop.records.json_values import JsonValue

_NAMESPACES = frozenset({"workflows", "comfy"})
_OWN = "x-kling-desktop"


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One model at one address."""

    endpoint_id: str
    title: str
    input_schema: Mapping[str, Any]
    output_schema: Mapping[str, Any]
    root: Mapping[str, Any]
    """What the schemas' `$ref`s point into."""
    category: str = ""
    description: str = ""
    active: bool = True
    makes: str = ""
    short_side: int = 720
    """Pixels of the clip's shorter side."""
    frame_rate: int = 24
    per_second: Decimal | None = None
    """US dollars."""
    document: Mapping[str, Any] = field(default_factory=dict)
    """The OpenAPI document that fal publishes for it."""

    @property
    def app(self) -> str:
        """`owner/app`, under which its requests are followed."""
        return app_of(self.endpoint_id)

    @property
    def properties(self) -> Mapping[str, Any]:
        """Schemas of the input's fields."""
        found: Mapping[str, Any] = self.input_schema.get("properties", {})
        return found


class Endpoints:
    """All endpoints of a folder."""

    def __init__(self, all_of_them: Iterator[Endpoint]) -> None:
        self._by_id = {one.endpoint_id: one for one in all_of_them}
        self._apps = {one.app for one in self._by_id.values()}

    def get(self, endpoint_id: str) -> Endpoint | None:
        """The endpoint at an address."""
        return self._by_id.get(endpoint_id)

    def has_app(self, app: str) -> bool:
        """Whether any endpoint lies under `owner/app`."""
        return app in self._apps

    def all(self) -> tuple[Endpoint, ...]:
        """In the order of the folder."""
        return tuple(self._by_id.values())


def app_of(path: str) -> str:
    """`owner/app` of an endpoint id, with its namespace where it has one (fal's own clients)."""
    parts = path.split("/")
    return "/".join(parts[:3] if parts[0] in _NAMESPACES else parts[:2])


def read_endpoints(folder: Path) -> Endpoints:
    """Reads the bundled catalogue, or a folder of fal's OpenAPI documents."""
    table = read_json(folder / "endpoints.json")
    return Endpoints(_of_documents(folder) if table is None else _of_catalogue(folder, table))


def resolve(schema: Mapping[str, Any], root: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema behind a `$ref`, with what stands beside the `$ref` laid over it."""
    for _ in range(20):
        ref = schema.get("$ref")
        if not isinstance(ref, str):
            return schema
        target: Any = root
        for part in ref.removeprefix("#/").split("/"):
            target = target[part]
        schema = {**target, **{key: value for key, value in schema.items() if key != "$ref"}}
    return schema


def _of_catalogue(folder: Path, table: Mapping[str, Any]) -> Iterator[Endpoint]:
    for row in table["endpoints"]:
        schema = read_json(folder / "request_types" / f"{row['request_type']}.json")
        if schema is None:
            continue
        output = schema.get(_OWN, {}).get("output", {})
        price = row.get("price") or {}
        per_second = price.get("per_second")
        yield Endpoint(
            endpoint_id=row["endpoint_id"],
            title=row["title"],
            input_schema=schema,
            output_schema=resolve(output, schema),
            root=schema,
            category=row["endpoint_id"].rsplit("/", 1)[-1],
            description=row.get("summary", ""),
            active=row.get("status", "current") == "current",
            makes=row.get("makes") or "",
            short_side=row.get("short_side") or 720,
            frame_rate=round(row.get("frame_rate") or 24),
            per_second=None if per_second is None else Decimal(str(per_second)),
            document=_document(row["endpoint_id"], schema, output),
        )


def _of_documents(folder: Path) -> Iterator[Endpoint]:
    for path in sorted(folder.glob("*.json")):
        model = read_json(path) or {}
        document = model.get("openapi")
        if not isinstance(document, dict):
            document = model
        if "paths" not in document:
            continue
        metadata = model.get("metadata") or {}
        endpoint_id = document["info"]["x-fal-metadata"]["endpointId"]
        yield Endpoint(
            endpoint_id=endpoint_id,
            title=metadata.get("display_name", endpoint_id),
            input_schema=_schema_at(document, f"/{endpoint_id}", "post", "requestBody"),
            output_schema=_output_of(document, endpoint_id),
            root=document,
            category=metadata.get("category", ""),
            description=metadata.get("description", ""),
            document=document,
        )


def _schema_at(document: Mapping[str, Any], path: str, method: str, part: str) -> Mapping[str, Any]:
    operation = document["paths"][path][method]
    holder = operation[part] if part == "requestBody" else operation["responses"]["200"]
    return resolve(holder["content"]["application/json"]["schema"], document)


def _output_of(document: Mapping[str, Any], endpoint_id: str) -> Mapping[str, Any]:
    return _schema_at(document, f"/{endpoint_id}/requests/{{request_id}}", "get", "responses")


def _document(
    endpoint_id: str, schema: Mapping[str, Any], output: Mapping[str, Any]
) -> dict[str, Any]:
    words = endpoint_id.replace("/", "-").replace(".", "").split("-")
    stem = "".join(word.capitalize() for word in words)
    own = {key: value for key, value in schema.items() if key != "$defs"}
    schemas = {f"{stem}Input": _as_published(own)}
    for name, one in schema.get("$defs", {}).items():
        schemas[name] = _as_published(one)
    answer = {"200": {"content": _json_of(_as_published(output))}}
    request = {"content": _json_of({"$ref": f"#/components/schemas/{stem}Input"})}
    return {
        "openapi": "3.0.4",
        "info": {
            "title": f"Queue OpenAPI for {endpoint_id}",
            "version": "1.0.0",
            "x-fal-metadata": {
                "endpointId": endpoint_id,
                "category": endpoint_id.rsplit("/", 1)[-1],
            },
        },
        "components": {"schemas": schemas},
        "paths": {
            f"/{endpoint_id}": {"post": {"requestBody": request, "responses": {"200": {}}}},
            f"/{endpoint_id}/requests/{{request_id}}": {"get": {"responses": answer}},
        },
        "servers": [{"url": "https://queue.fal.run"}],
    }


def _json_of(schema: JsonValue) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def _as_published(value: JsonValue) -> JsonValue:
    """A bundled schema as fal would write it: its `$ref`s, and none of our own keywords."""
    if isinstance(value, dict):
        return {key: _as_published(inner) for key, inner in value.items() if key != _OWN}
    if isinstance(value, list):
        return [_as_published(inner) for inner in value]
    if isinstance(value, str) and value.startswith("#/$defs/"):
        return value.replace("#/$defs/", "#/components/schemas/", 1)
    return value
