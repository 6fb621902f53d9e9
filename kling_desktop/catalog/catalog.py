"""The catalogue: all endpoints and request types that are known, never changed in place."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kling_desktop.catalog.bundled_types import BundledTypes, LayeredTypes, read_json
from kling_desktop.catalog.endpoint import INTENTIONS, Endpoint, EndpointStatus
from kling_desktop.catalog.hearing import hearing_from
from kling_desktop.catalog.openapi import read_document, with_words_of
from kling_desktop.catalog.pricing import listed_price, pricing_from
from kling_desktop.catalog.problems import CATALOGUE_BROKEN, CatalogueBroken
from kling_desktop.records.media import MediaKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kling_desktop.catalog.field_spec import FieldSpec
    from kling_desktop.catalog.request_type import RequestType


@dataclass(frozen=True, slots=True)
class Catalog:
    """Endpoints in the order of the table, request types by name."""

    endpoints: tuple[Endpoint, ...]
    request_types: Mapping[str, RequestType] = field(default_factory=dict)

    def endpoint(self, endpoint_id: str) -> Endpoint | None:
        """The endpoint of that id."""
        return next((one for one in self.endpoints if one.endpoint_id == endpoint_id), None)

    def request_type(self, name: str) -> RequestType | None:
        """The request type of that name, or of the endpoint of that id."""
        return self.request_types.get(name) or self.request_type_of(name)

    def request_type_of(self, endpoint_id: str) -> RequestType | None:
        """The request type that an endpoint takes."""
        endpoint = self.endpoint(endpoint_id)
        return self.request_types.get(endpoint.request_type) if endpoint else None

    def intentions(self) -> tuple[str, ...]:
        """All intentions that some endpoint serves, the usual ones first and in their order."""
        served = dict.fromkeys(name for one in self.endpoints for name in one.intentions)
        usual = [name for name in INTENTIONS if name in served]
        return tuple(dict.fromkeys((*usual, *served)))

    def of_intention(self, intention: str) -> tuple[Endpoint, ...]:
        """Its endpoints: current ones first, the cheapest first, unknown prices last."""
        serving = (one for one in self.endpoints if intention in one.intentions)
        return tuple(sorted(serving, key=_place))

    def with_document(self, document: Mapping[str, Any]) -> Catalog:
        """A new catalogue that also has the model of a document of fal.

        For an endpoint that is known already the document says what is posted, and the catalogue
        keeps its own titles, texts and price. Raises ModelUnreadable.
        """
        endpoint, request_type = read_document(document)
        known = self.endpoint(endpoint.endpoint_id)
        old = self.request_type_of(endpoint.endpoint_id)
        if known is not None and old is not None:
            request_type = with_words_of(request_type, old)
            endpoint = replace(known, status=_status(known.status, endpoint.status))
        request_type = self._under_own_name(request_type, endpoint.endpoint_id)
        return self.with_model(replace(endpoint, request_type=request_type.name), request_type)

    def _under_own_name(self, request_type: RequestType, endpoint_id: str) -> RequestType:
        """The one that is here already if it has the same fields; else under a name not in use."""
        taken = self.request_types.get(request_type.name)
        if taken is None:
            return request_type
        if taken.fields == request_type.fields:
            return taken
        users = {one.endpoint_id for one in self.endpoints if one.request_type == taken.name}
        if users == {endpoint_id}:
            return request_type
        return replace(request_type, name=f"{request_type.name} ({endpoint_id})")

    def with_model(self, endpoint: Endpoint, request_type: RequestType) -> Catalog:
        """A new catalogue with this endpoint added or replaced, and its request type."""
        kept = [one for one in self.endpoints if one.endpoint_id != endpoint.endpoint_id]
        place = next(
            (i for i, one in enumerate(self.endpoints) if one.endpoint_id == endpoint.endpoint_id),
            len(kept),
        )
        endpoints = (*kept[:place], endpoint, *kept[place:])
        return replace(
            self,
            endpoints=endpoints,
            request_types=LayeredTypes({request_type.name: request_type}, self.request_types),
        )

    def texts(self) -> Iterator[str]:
        """Every text for people, for the translators; none of it twice."""
        found = (
            text
            for one in self.endpoints
            for text in (one.title, one.summary, one.purpose, *one.lacks)
        )
        inner = (
            text
            for request_type in self.request_types.values()
            for outer in request_type.fields
            for one in outer.walk()
            for text in _texts_of(one)
        )
        yield from dict.fromkeys(text for text in (*found, *inner) if text)


def load_catalog(folder: Path) -> Catalog:
    """The bundled catalogue; its request types are read as they are needed.

    Raises CatalogueBroken where the table or a file that it names is missing or damaged.
    """
    table = read_json(folder / "endpoints.json")
    try:
        endpoints = tuple(endpoint_from(row) for row in table["endpoints"])
    except (ValueError, KeyError, TypeError) as error:
        raise CatalogueBroken(CATALOGUE_BROKEN(details=repr(error))) from error
    names = tuple(dict.fromkeys(one.request_type for one in endpoints))
    missing = {f"{name}.json" for name in names} - {
        path.name for path in (folder / "request_types").glob("*.json")
    }
    if missing:
        raise CatalogueBroken(CATALOGUE_BROKEN(details=f"missing: {sorted(missing)}"))
    return Catalog(endpoints, BundledTypes(folder, names))


def _status(known: EndpointStatus, told: EndpointStatus) -> EndpointStatus:
    """fal's documents call active what its pages call deprecated already."""
    is_old = known is EndpointStatus.DEPRECATED and told is EndpointStatus.CURRENT
    return known if is_old else told


def _place(endpoint: Endpoint) -> tuple[int, bool, Decimal]:
    price = listed_price(endpoint, {})
    age = list(EndpointStatus).index(endpoint.status)
    return age, price is None, price or Decimal(0)


def endpoint_from(row: Mapping[str, Any]) -> Endpoint:
    """One row of the table. Raises KeyError, TypeError or ValueError where it is wrong."""
    first, *also = row["intentions"]
    usual = row.get("usual_seconds")
    return Endpoint(
        endpoint_id=row["endpoint_id"],
        title=row["title"],
        family=row["family"],
        tier=row["tier"],
        intention=first,
        also=tuple(also),
        request_type=row["request_type"],
        status=EndpointStatus(row["status"]),
        makes=MediaKind(row["makes"]),
        short_side=row.get("short_side"),
        frame_rate=row.get("frame_rate"),
        price=pricing_from(row["price"]) if row.get("price") else None,
        summary=row.get("summary", ""),
        usual_seconds=(usual[0], usual[1]) if usual else None,
        lacks=tuple(row.get("lacks", ())),
        purpose=row.get("purpose", ""),
        hearing=hearing_from(row["hearing"]) if "hearing" in row else None,
        voice_at=row.get("voice_at", ""),
    )


def _texts_of(field: FieldSpec) -> Iterator[str]:
    yield from (field.title, field.help, field.note, field.ask, *field.enum_groups)
    for value, title in zip(field.enum, field.enum_titles, strict=True):
        if title not in (str(value), f"{value} {field.unit}"):
            yield title
