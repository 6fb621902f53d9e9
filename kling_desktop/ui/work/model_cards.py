"""From the catalogue to what the left column shows: intentions, models, parked values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from kling_desktop.catalog.endpoint import EndpointStatus
from kling_desktop.catalog.pricing import price_hint
from kling_desktop.records.json_values import media_refs
from kling_desktop.ui.intentions import Tile
from kling_desktop.ui.model_popup import ModelCard
from kling_desktop.ui.words import counted, price_chip, resolution, span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kling_desktop.catalog.catalog import Catalog
    from kling_desktop.catalog.endpoint import Endpoint
    from kling_desktop.records.json_values import JsonValue, Values

translate = QCoreApplication.translate

_LONGEST = 60
"""Letters of a kept value that are told."""


def tiles_of(catalog: Catalog) -> tuple[Tile, ...]:
    """The intentions that have a model."""
    tiles = (
        Tile(
            key="from_picture",
            short=translate("Make", "Picture"),
            long=translate("Make", "From picture"),
            icon="image",
            tip=translate("Make", "A picture begins to move."),
        ),
        Tile(
            key="from_text",
            short=translate("Make", "Text"),
            long=translate("Make", "From text"),
            icon="type",
            tip=translate("Make", "A clip from words alone."),
        ),
    )
    return tuple(tile for tile in tiles if catalog.of_intention(tile.key))


def cards_of(catalog: Catalog, intention: str) -> tuple[ModelCard, ...]:
    """The models of an intention, the cheapest current one first."""
    return tuple(_card(endpoint) for endpoint in catalog.of_intention(intention))


def parked_words(parked: Values, catalog: Catalog) -> tuple[str, str]:
    """ "2 values kept: not used by this model", and what they are."""
    if not parked:
        return "", ""
    count = len(parked)
    text = counted(
        count,
        "%n value kept: not used by this model",
        "%n values kept: not used by this model",
        "Make",
    )
    titles = _titles(catalog, parked)
    return text, "\n".join(_kept(titles.get(name, name), value) for name, value in parked.items())


def _kept(title: str, value: JsonValue) -> str:
    """A kept file goes without its value: how it is named inside tells nobody anything."""
    if next(media_refs({"": value}), None) is not None:
        return title
    said = str(value)
    return f"{title}: {said[:_LONGEST]}…" if len(said) > _LONGEST else f"{title}: {said}"


def _card(endpoint: Endpoint) -> ModelCard:
    hint = price_hint(endpoint)
    facts = [resolution(endpoint.short_side, endpoint.frame_rate)]
    if endpoint.usual_seconds:
        facts.append(span(*endpoint.usual_seconds))
    if endpoint.added:
        facts.append(translate("Make", "added by you"))
    return ModelCard(
        endpoint_id=endpoint.endpoint_id,
        title=translate("Catalogue", endpoint.title),
        facts=" · ".join(fact for fact in facts if fact),
        price=price_chip(*hint) if hint else translate("Make", "price unknown"),
        older=_older(endpoint.status),
    )


def _older(status: EndpointStatus) -> str:
    match status:
        case EndpointStatus.CURRENT:
            return ""
        case EndpointStatus.DEPRECATED:
            return translate("Make", "deprecated at fal")
        case EndpointStatus.WITHDRAWN:
            return translate("Make", "withdrawn by fal")


def _titles(catalog: Catalog, names: Iterable[str]) -> dict[str, str]:
    """The titles of these fields; no more request types are read than it takes."""
    wanted = set(names)
    found: dict[str, str] = {}
    for request_type in catalog.request_types.values():
        if wanted <= {*found}:
            break
        for field in request_type.fields:
            found.setdefault(field.name, translate("Catalogue", field.title))
    return found
