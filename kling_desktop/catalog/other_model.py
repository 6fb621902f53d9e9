"""A model that takes what another one does not: the same values, with nothing lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kling_desktop.catalog.carrying import carry_over
from kling_desktop.catalog.endpoint import EndpointStatus
from kling_desktop.catalog.problems import TEXT_TOO_LONG, TOO_MANY_ITEMS
from kling_desktop.catalog.refusal_problems import FAL_NOT_SUPPORTED
from kling_desktop.catalog.relation_problems import ONLY_WHEN, TOO_MANY_TOGETHER
from kling_desktop.catalog.validation import validate
from kling_desktop.records.json_values import is_aside, media_refs
from kling_desktop.records.problem import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kling_desktop.catalog.catalog import Catalog
    from kling_desktop.catalog.endpoint import Endpoint
    from kling_desktop.records.draft import Draft
    from kling_desktop.records.json_values import JsonValue, Values
    from kling_desktop.records.media import MediaFacts
    from kling_desktop.records.problem import Problem

_OF_MODELS = frozenset(
    one.code
    for one in (ONLY_WHEN, TOO_MANY_ITEMS, TOO_MANY_TOGETHER, TEXT_TOO_LONG, FAL_NOT_SUPPORTED)
)
"""What one model forbids and another may allow."""


def other_model(
    catalog: Catalog, draft: Draft, media: Mapping[str, MediaFacts], problem: Problem
) -> tuple[Endpoint, Values] | None:
    """The cheapest current model of the same intention that takes it all, and what it is given.

    Only for what a model forbids by itself; a warning sends nobody to another model.
    """
    old = catalog.request_type_of(draft.endpoint_id)
    if problem.code not in _OF_MODELS or problem.severity is Severity.WARNING or old is None:
        return None
    needed = {str(problem.loc[0])} | {
        str(problem.values[one]) for one in ("set",) if one in problem.values
    }
    values = {name: one for name, one in draft.values.items() if not is_aside(name)}
    for one in catalog.of_intention(draft.intention):
        new = catalog.request_type_of(one.endpoint_id)
        if one.status is not EndpointStatus.CURRENT or new is None or new.name == old.name:
            continue
        carried, parked = carry_over(old, new, values)
        if needed & {*parked} or _holds_files(parked):
            continue
        if not any(found.severity is Severity.ERROR for found in validate(new, carried, media)):
            return one, carried
    return None


def _holds_files(parked: Mapping[str, JsonValue]) -> bool:
    return next(media_refs(dict(parked)), None) is not None
