"""From the catalogue to what the left column shows: intentions, models, parked values."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from kling_desktop.catalog.choosing import MORE, purposes
from kling_desktop.catalog.endpoint import EndpointStatus
from kling_desktop.catalog.pricing import price_hint
from kling_desktop.records.json_values import media_refs
from kling_desktop.ui.form.editors.choices import place_of, titles_of
from kling_desktop.ui.model_card import ModelCard, Purpose
from kling_desktop.ui.words import counted, money, resolution, span
from kling_desktop.ui.work.price_words import chip_of, origin_words
from kling_desktop.ui.work.tile_words import purpose_sentences, usual_tiles

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kling_desktop.catalog.catalog import Catalog
    from kling_desktop.catalog.endpoint import Endpoint
    from kling_desktop.catalog.field_spec import FieldSpec
    from kling_desktop.catalog.request_type import RequestType
    from kling_desktop.records.draft import Draft
    from kling_desktop.records.json_values import JsonValue, Values
    from kling_desktop.ui.intentions import Tile

translate = QCoreApplication.translate

_LONGEST = 60
"""Letters of a kept value that are told."""


def tiles_of(catalog: Catalog, order: Sequence[str] = ()) -> tuple[Tile, ...]:
    """The intentions that have a model, those of `order` first and in that order."""
    known = {tile.key: tile for tile in usual_tiles()}
    there = [name for name in catalog.intentions() if name in known]
    wished = [name for name in order if name in there]
    return tuple(known[name] for name in dict.fromkeys((*wished, *there)))


def purposes_of(catalog: Catalog) -> tuple[Purpose, ...]:
    """What stands behind *More*."""
    there = dict(purposes(catalog))
    sentences = purpose_sentences()
    names = [*(name for name in sentences if name in there)]
    names += [name for name in there if name not in sentences]
    return tuple(_purpose(name, there[name], sentences.get(name, "")) for name in names)


def cards_of(
    catalog: Catalog, draft: Draft, favorites: Sequence[str] = (), recent: Sequence[str] = ()
) -> tuple[ModelCard, ...]:
    """The models of what the draft is about, the cheapest current one first."""
    serving = catalog.of_intention(draft.intention)
    if draft.intention == MORE:
        now = catalog.endpoint(draft.endpoint_id)
        serving = tuple(one for one in serving if now is None or one.purpose == now.purpose)
    return tuple(
        dataclasses.replace(
            _card(one),
            is_favorite=one.endpoint_id in favorites,
            is_recent=one.endpoint_id in recent,
        )
        for one in serving
    )


def parked_words(
    parked: Values, catalog: Catalog, here: RequestType | None = None
) -> tuple[str, str]:
    """ "2 values kept: not used by this model", and what they are.

    What `here` could hold is an end picture that waits for *Start + end*.
    """
    if not parked:
        return "", ""
    count = len(parked)
    if here is not None and all(here.field(name) is not None for name in parked):
        text = counted(
            count, "%n value kept for Start + end", "%n values kept for Start + end", "Make"
        )
    else:
        text = counted(
            count,
            "%n value kept: not used by this model",
            "%n values kept: not used by this model",
            "Make",
        )
    fields = _fields(catalog, parked)
    return text, "\n".join(_kept(name, fields.get(name), one) for name, one in parked.items())


def _kept(name: str, field: FieldSpec | None, value: JsonValue) -> str:
    """A kept file goes without its value: how it is named inside tells nobody anything."""
    title = translate("Catalogue", field.title) if field else name
    said = "" if next(media_refs({"": value}), None) else _said(field, value)
    said = f"{said[:_LONGEST]}…" if len(said) > _LONGEST else said
    return f"{title}: {said}" if said else title


def _said(field: FieldSpec | None, value: JsonValue) -> str:
    """As the form writes it; nothing for what it shows in fields of its own."""
    place = place_of(value, field) if field else -1
    if field and place >= 0:
        return titles_of(field)[place]
    match value:
        case bool():
            return translate("Make", "on") if value else translate("Make", "off")
        case str() | int() | float():
            return str(value)
        case list():
            return counted(len(value), "%n entry", "%n entries", "Make")
        case _:
            return ""


def _card(endpoint: Endpoint) -> ModelCard:
    # The facts say "720p" already.
    said = {one for one in endpoint.lacks if one.startswith(f"{endpoint.short_side}p")}
    facts = [resolution(endpoint.short_side, endpoint.frame_rate)]
    if endpoint.usual_seconds:
        facts.append(span(*endpoint.usual_seconds))
    if endpoint.added:
        facts.append(translate("Make", "added by you"))
    return ModelCard(
        endpoint_id=endpoint.endpoint_id,
        title=translate("Catalogue", endpoint.title),
        facts=" · ".join(fact for fact in facts if fact),
        lacks=" · ".join(translate("Catalogue", one) for one in endpoint.lacks if one not in said),
        price=chip_of(endpoint),
        price_origin=origin_words(endpoint),
        older=_older(endpoint.status),
        summary=translate("Catalogue", endpoint.summary) if endpoint.summary else "",
    )


def _purpose(name: str, serving: Sequence[Endpoint], sentence: str) -> Purpose:
    first = serving[0]
    price = price_hint(first)
    least = translate("Make", "from {sum}").format(sum=money(price[0])) if price else ""
    is_old = first.status is not EndpointStatus.CURRENT
    said = translate("Make", "Its models are {state}.").format(state=_older(first.status))
    return Purpose(
        key=name,
        title=translate("Catalogue", name) if name else translate("Make", "Other models"),
        sentence=sentence or (translate("Catalogue", first.summary) if first.summary else ""),
        price=least,
        older=said if is_old else "",
    )


def _older(status: EndpointStatus) -> str:
    match status:
        case EndpointStatus.CURRENT:
            return ""
        case EndpointStatus.DEPRECATED:
            return translate("Make", "deprecated at fal")
        case EndpointStatus.WITHDRAWN:
            return translate("Make", "withdrawn by fal")


def _fields(catalog: Catalog, names: Iterable[str]) -> dict[str, FieldSpec]:
    """What these fields are; no more request types are read than it takes."""
    wanted = set(names)
    found: dict[str, FieldSpec] = {}
    for request_type in catalog.request_types.values():
        if wanted <= {*found}:
            break
        for field in request_type.fields:
            found.setdefault(field.name, field)
    return found
