"""Which endpoints exist, read from schemas by a few lines of the simulator's own."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kling_desktop.simulator.disk import read_json
from kling_desktop.simulator.documents import OWN, document_of
from kling_desktop.simulator.parts import whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_NAMESPACES = frozenset({"workflows", "comfy"})
_TIERS = {"4k": 2160, "pro": 1080, "master": 1080}
"""Lines of the tiers that name themselves in an id; the others have 720."""


@dataclass(frozen=True, kw_only=True)
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
    price: Decimal | None = None
    """US dollars for one unit."""
    unit: str = "seconds"
    """What the price is for."""
    published: Mapping[str, Any] | None = None
    """The OpenAPI document that fal publishes for it; None has one written."""

    @cached_property
    def document(self) -> Mapping[str, Any]:
        """Its OpenAPI document."""
        if self.published is not None:
            return self.published
        return document_of(self.endpoint_id, self.input_schema, self.category)

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
    """All endpoints of a folder, and of documents that may be added while this runs."""

    def __init__(self, all_of_them: Iterator[Endpoint], added: Path | None = None) -> None:
        self._by_id = {one.endpoint_id: one for one in all_of_them}
        self._added, self._read = added, frozenset[Path]()
        self._look_for_more()

    def get(self, endpoint_id: str) -> Endpoint | None:
        """The endpoint at an address."""
        if endpoint_id not in self._by_id:
            self._look_for_more()
        return self._by_id.get(endpoint_id)

    def has_app(self, app: str) -> bool:
        """Whether any endpoint lies under `owner/app`."""
        if not self._knows_app(app):
            self._look_for_more()
        return self._knows_app(app)

    def all(self) -> tuple[Endpoint, ...]:
        """In the order of the folder."""
        return tuple(self._by_id.values())

    def _knows_app(self, app: str) -> bool:
        return any(one.app == app for one in self._by_id.values())

    def _look_for_more(self) -> None:
        if self._added is None:
            return
        present = frozenset(self._added.glob("*.json"))
        for one in _of_documents(sorted(present - self._read)):
            self._by_id.setdefault(one.endpoint_id, one)
        self._read = present


def app_of(path: str) -> str:
    """`owner/app` of an endpoint id, with its namespace where it has one (fal's own clients)."""
    parts = path.split("/")
    return "/".join(parts[:3] if parts[0] in _NAMESPACES else parts[:2])


def read_endpoints(folder: Path, added: Path | None = None) -> Endpoints:
    """Reads the bundled catalogue, or a folder of fal's OpenAPI documents.

    `added` is a folder of further documents, which is looked through again for unknown ids.
    """
    table = read_json(folder / "endpoints.json")
    if table is not None:
        return Endpoints(_of_catalogue(folder, table), added)
    return Endpoints(_of_documents(sorted(folder.glob("*.json"))), added)


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
    parts = (read_json(folder / "parts.json") or {}).get("$defs", {})
    schemas: dict[str, Mapping[str, Any] | None] = {}
    for row in table["endpoints"]:
        name = row.get("request_type")
        if name not in schemas:
            alone = read_json(folder / "request_types" / f"{name}.json")
            schemas[name] = None if alone is None else whole(alone, parts)
        schema = schemas[name]
        # fal knows nothing of what it has withdrawn.
        if schema is None or row.get("status") == "withdrawn":
            continue
        amount, unit = _price(row.get("price") or {})
        yield Endpoint(
            endpoint_id=row["endpoint_id"],
            title=row["title"],
            input_schema=schema,
            output_schema=resolve(schema.get(OWN, {}).get("output", {}), schema),
            root=schema,
            category=row.get("category") or row["endpoint_id"].rsplit("/", 1)[-1],
            description=row.get("summary", ""),
            active=row.get("status", "current") != "deprecated",
            makes=row.get("makes") or "",
            short_side=row.get("short_side") or _tier(row["endpoint_id"]),
            frame_rate=round(row.get("frame_rate") or 24),
            price=amount,
            unit=unit,
        )


def _price(price: Mapping[str, Any]) -> tuple[Decimal | None, str]:
    """fal has one base price: of a second where seconds are counted, else of the whole."""
    per_second, first = price.get("per_second"), price.get("first")
    if per_second is not None and Decimal(str(per_second)):
        return Decimal(str(per_second)), "seconds"
    return (None, "") if first is None else (Decimal(str(first)), "generations")


def _tier(endpoint_id: str) -> int:
    return next((_TIERS[part] for part in endpoint_id.split("/") if part in _TIERS), 720)


def _of_documents(paths: Iterable[Path]) -> Iterator[Endpoint]:
    for path in paths:
        model = read_json(path) or {}
        document = model.get("openapi")
        if not isinstance(document, dict):
            document = model
        if "paths" not in document:
            continue
        with contextlib.suppress(KeyError, TypeError, AttributeError):
            # What is not as fal writes it is no endpoint here; the others are.
            yield _of_document(model, document)


def _of_document(model: Mapping[str, Any], document: Mapping[str, Any]) -> Endpoint:
    metadata = model.get("metadata") or {}
    endpoint_id = model.get("endpoint_id") or document["info"]["x-fal-metadata"]["endpointId"]
    return Endpoint(
        endpoint_id=endpoint_id,
        title=metadata.get("display_name", endpoint_id),
        input_schema=_schema_at(document, f"/{endpoint_id}", "post", "requestBody"),
        output_schema=_output_of(document, endpoint_id),
        root=document,
        category=metadata.get("category") or _category_of(document),
        description=metadata.get("description", ""),
        active=metadata.get("status", "active") == "active",
        short_side=_tier(endpoint_id),
        published=document,
    )


def _schema_at(document: Mapping[str, Any], path: str, method: str, part: str) -> Mapping[str, Any]:
    operation = document["paths"][path][method]
    holder = operation[part] if part == "requestBody" else operation["responses"]["200"]
    return resolve(holder["content"]["application/json"]["schema"], document)


def _output_of(document: Mapping[str, Any], endpoint_id: str) -> Mapping[str, Any]:
    return _schema_at(document, f"/{endpoint_id}/requests/{{request_id}}", "get", "responses")


def _category_of(document: Mapping[str, Any]) -> str:
    told = document.get("info", {}).get("x-fal-metadata", {})
    return str(told.get("category", ""))
