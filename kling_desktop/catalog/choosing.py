"""Which model comes next: the nearest one that can, the end of a clip, and what leads the form."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kling_desktop.catalog.endpoint import EndpointStatus
from kling_desktop.catalog.media_limits import media_problems
from kling_desktop.catalog.pricing import listed_price
from kling_desktop.records.media import MediaKind
from kling_desktop.records.problem import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from kling_desktop.catalog.catalog import Catalog
    from kling_desktop.catalog.endpoint import Endpoint
    from kling_desktop.catalog.field_spec import FieldSpec
    from kling_desktop.catalog.request_type import RequestType
    from kling_desktop.records.json_values import Values
    from kling_desktop.records.media import MediaFacts

FROM_PICTURE = "from_picture"
START_END = "start_end"
LIP_SYNC = "lip_sync"
MORE = "more"

_START = frozenset({"image_url", "start_image_url"})
_END = frozenset({"tail_image_url", "end_image_url"})
_LEADING = frozenset({"camera_control", "motion_brush"})
"""Editors that are the reason why somebody came through MORE."""


@dataclass(frozen=True, slots=True)
class Pair:
    """The fields for the first and the last frame."""

    start: FieldSpec
    end: FieldSpec


def pair_of(request_type: RequestType | None) -> Pair | None:
    """The two fields, where a request type has both."""
    fields = request_type.fields if request_type else ()
    start, end = _picture(fields, _START), _picture(fields, _END)
    return Pair(start, end) if start and end else None


def end_of(catalog: Catalog, endpoint_id: str) -> Pair | None:
    """The two fields of a model that serves *Start + end*."""
    endpoint = catalog.endpoint(endpoint_id)
    if endpoint is None or START_END not in endpoint.intentions:
        return None
    return pair_of(catalog.request_type_of(endpoint_id))


def intention_of(catalog: Catalog, endpoint_id: str, values: Values) -> str:
    """What these values want of a model; empty where it is not known."""
    endpoint = catalog.endpoint(endpoint_id)
    if endpoint is None:
        return ""
    pair = end_of(catalog, endpoint_id)
    return START_END if pair and values.get(pair.end.name) else endpoint.intention


def nearest(catalog: Catalog, endpoint_id: str, intention: str) -> Endpoint | None:
    """The model of an intention that is most like another one; that one itself where it can.

    First the same family, then the same tier, then the nearest price; current ones before all.
    """
    able = catalog.of_intention(intention)
    before = catalog.endpoint(endpoint_id)
    if before is None or before in able:
        return before or next(iter(able), None)
    price = listed_price(before, {})

    def distance(one: Endpoint) -> tuple[bool, int, bool, Decimal]:
        return (
            one.status is not EndpointStatus.CURRENT,
            _strangeness(one.family, before.family),
            one.tier != before.tier,
            _apart(price, listed_price(one, {})),
        )

    return min(able, key=distance, default=None)


def taking(
    catalog: Catalog, intention: str, facts: MediaFacts, first: str = ""
) -> tuple[Endpoint, FieldSpec] | None:
    """The model of an intention for a file, and the field that holds it.

    The one called `first` comes before the others, and one that takes the file as it is before all
    that have something against it.
    """
    serving = sorted(catalog.of_intention(intention), key=lambda one: one.endpoint_id != first)
    able = [(one, field) for one in serving if (field := _field_for(catalog, one, facts.kind))]
    fitting = [pair for pair in able if not _is_refused(pair[1], facts)]
    return next(iter((*fitting, *able)), None)


def purposes(catalog: Catalog) -> tuple[tuple[str, tuple[Endpoint, ...]], ...]:
    """What MORE has, by purpose, and its models: those that fal still offers first."""
    found: dict[str, list[Endpoint]] = {}
    for one in catalog.of_intention(MORE):
        found.setdefault(one.purpose, []).append(one)
    # What has no name yet comes last: models that somebody added.
    return tuple((name, tuple(found[name])) for name in sorted(found, key=lambda name: not name))


def arranged(request_type: RequestType, intention: str) -> RequestType:
    """The request type with what an intention is about in first rank."""
    if intention != MORE or not any(_leads(one) for one in request_type.fields):
        return request_type
    fields = tuple(
        replace(one, first_rank=True) if _leads(one) else one for one in request_type.fields
    )
    return replace(request_type, fields=fields)


def _leads(field: FieldSpec) -> bool:
    return field.editor in _LEADING or bool(field.over)


def _field_for(catalog: Catalog, endpoint: Endpoint, kind: MediaKind) -> FieldSpec | None:
    request_type = catalog.request_type_of(endpoint.endpoint_id)
    fields = request_type.fields if request_type else ()
    return next((one for one in fields if one.media is kind), None)


def _is_refused(field: FieldSpec, facts: MediaFacts) -> bool:
    return any(one.severity is Severity.ERROR for one in media_problems(field, facts, ()))


def _picture(fields: Iterable[FieldSpec], names: frozenset[str]) -> FieldSpec | None:
    for one in fields:
        if one.media is MediaKind.IMAGE and names & {one.name, *one.same_as}:
            return one
    return None


def _strangeness(family: str, other: str) -> int:
    """0 for the same family, 1 for its own branch ("Kling 3" and "Kling 3 Turbo"), else 2."""
    if family == other:
        return 0
    short, long = sorted((family.split(), other.split()), key=len)
    return 1 if long[: len(short)] == short else 2


def _apart(one: Decimal | None, other: Decimal | None) -> Decimal:
    """A price that is not known is as far away as can be."""
    from decimal import Decimal

    return Decimal("Infinity") if one is None or other is None else abs(one - other)
