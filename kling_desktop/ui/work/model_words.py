"""What was found of a model at fal, in words for a person."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from kling_desktop.catalog.changes import ChangeKind
from kling_desktop.catalog.pricing import price_hint
from kling_desktop.records.media import MediaKind
from kling_desktop.ui.catalogue.add_dialog import FoundView
from kling_desktop.ui.catalogue.refresh_dialog import ChangedView
from kling_desktop.ui.words import counted, money, price_chip

if TYPE_CHECKING:
    from kling_desktop.catalog.changes import FieldChange, ModelChange
    from kling_desktop.catalog.request_type import RequestType
    from kling_desktop.core.model_search import FoundModel, Refreshed

translate = QCoreApplication.translate

_LONGEST = 220
"""Letters of a summary that are shown."""


def found_view(found: FoundModel) -> FoundView:
    """The model as the dialog shows it."""
    endpoint = found.endpoint
    hint = price_hint(endpoint)
    note, button = "", ""
    if found.is_bundled:
        note = translate("Models", "This model came with the program.")
        button = translate("Models", "Use this model")
    elif found.is_added:
        note = translate("Models", "You added this model before. Its form can be renewed.")
        button = translate("Models", "Renew this model")
    summary = endpoint.summary
    return FoundView(
        title=endpoint.title,
        endpoint_id=endpoint.endpoint_id,
        summary=f"{summary[:_LONGEST]}…" if len(summary) > _LONGEST else summary,
        takes=_takes(found.request_type),
        makes=_makes(endpoint.makes),
        price=price_chip(*hint) if hint else translate("Models", "price unknown"),
        note=note,
        button=button,
    )


def changed_views(changes: tuple[ModelChange, ...]) -> tuple[ChangedView, ...]:
    """Each model with one line for each change."""
    return tuple(
        ChangedView(translate("Catalogue", one.title), tuple(map(_line, one.fields)))
        for one in changes
    )


def refreshed_words(refreshed: Refreshed) -> str:
    """How many were looked at, and how many are different."""
    changed = len(refreshed.changes)
    if not changed:
        said = translate("Models", "Nothing changed. {count} models were compared.")
        return said.format(count=refreshed.checked)
    return counted(changed, "%n model changed at fal.", "%n models changed at fal.", "Models")


def missing_words(missing: tuple[str, ...]) -> str:
    """What fal says nothing of, which stays as it is."""
    if not missing:
        return ""
    said = translate("Models", "fal says nothing of these now, so they stay as they are: {titles}.")
    return said.format(titles=", ".join(missing[:8]) + (" …" if len(missing) > 8 else ""))


def _takes(request_type: RequestType) -> str:
    shown = [one for one in request_type.fields if not one.hidden]
    needed = [one.title for one in shown if one.required]
    optional = len(shown) - len(needed)
    if not optional:
        return ", ".join(needed)
    more = counted(optional, "%n field more if you like", "%n fields more if you like", "Models")
    return ", ".join((*needed, more))


def _makes(kind: MediaKind) -> str:
    match kind:
        case MediaKind.VIDEO:
            return translate("Models", "a clip")
        case MediaKind.IMAGE | MediaKind.MASK:
            return translate("Models", "a picture")
        case MediaKind.AUDIO:
            return translate("Models", "sound")
        case _:
            return translate("Models", "a file")


def _line(change: FieldChange) -> str:
    if change.aspect in ("first", "per_second"):
        each = translate("Models", "The price is known now: {price} each")
        second = translate("Models", "The price is known now: {price} for each second")
        said = each if change.aspect == "first" else second
        return said.format(price=money(Decimal(change.after)))
    title = translate("Catalogue", change.title)
    if change.kind is ChangeKind.ADDED:
        return translate("Models", "New: {field}").format(field=title)
    if change.kind is ChangeKind.REMOVED:
        return translate("Models", "Gone: {field}").format(field=title)
    aspect = _aspect(change.aspect)
    nothing = translate("Models", "nothing")
    if change.aspect == "enum":
        said = translate("Models", "{field}: {aspect}, without {before}, with {after}")
    else:
        said = translate("Models", "{field}: {aspect}, {before} becomes {after}")
    return said.format(
        field=title,
        aspect=aspect,
        before=change.before or nothing,
        after=change.after or nothing,
    )


def _aspect(word: str) -> str:
    words = {
        "type": translate("Models", "kind of value"),
        "required": translate("Models", "must be given"),
        "default": translate("Models", "usual value"),
        "enum": translate("Models", "choices"),
        "minimum": translate("Models", "least"),
        "exclusive_minimum": translate("Models", "least"),
        "maximum": translate("Models", "most"),
        "exclusive_maximum": translate("Models", "most"),
        "min_length": translate("Models", "fewest letters"),
        "max_length": translate("Models", "most letters"),
        "min_items": translate("Models", "fewest entries"),
        "max_items": translate("Models", "most entries"),
        "media": translate("Models", "kind of file"),
    }
    return words.get(word, word)
