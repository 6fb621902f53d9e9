"""What is wrong with a draft, with every way out of it, the models that would take it included."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from kling_desktop.catalog.pricing import price_of
from kling_desktop.records.problem import Way, WayKind
from kling_desktop.ui.words import money

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kling_desktop.catalog.catalog import Catalog
    from kling_desktop.catalog.request_type import RequestType
    from kling_desktop.records.draft import Draft
    from kling_desktop.records.media import MediaFacts
    from kling_desktop.records.problem import Problem


def checked(
    catalog: Catalog, draft: Draft, request_type: RequestType, media: Mapping[str, MediaFacts]
) -> tuple[Problem, ...]:
    """All problems of what the draft holds, in the order of the form."""
    # The first check comes after the first paint, and brings what it needs.
    from kling_desktop.catalog.validation import validate
    from kling_desktop.catalog.ways import with_ways

    found = with_ways(
        request_type, draft.values, media, validate(request_type, draft.values, media)
    )
    return tuple(with_other_model(catalog, draft, media, one) for one in found)


def with_other_model(
    catalog: Catalog, draft: Draft, media: Mapping[str, MediaFacts], problem: Problem
) -> Problem:
    """The problem with a model as its last way out, where one takes the draft as it is."""
    from kling_desktop.catalog.other_model import other_model

    found = other_model(catalog, draft, media, problem)
    if found is None:
        return problem
    endpoint, values = found
    way = Way(
        kind=WayKind.OTHER_MODEL,
        title=QCoreApplication.translate("Catalogue", endpoint.title),
        choice=money(price_of(endpoint, values, media)),
        to=endpoint.endpoint_id,
    )
    return replace(problem, ways=(*problem.ways, way))
