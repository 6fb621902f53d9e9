"""Where a price comes from, and what is said in place of one that is in doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from kling_desktop.catalog.pricing import price_hint
from kling_desktop.ui.words import money, price_chip

if TYPE_CHECKING:
    from kling_desktop.catalog.endpoint import Endpoint

translate = QCoreApplication.translate


def doubtful_words() -> str:
    """In place of a sum."""
    return translate("Prices", "price may have changed")


def shortly_doubtful() -> str:
    """The same where there is little room."""
    return translate("Prices", "price changed?")


def chip_of(endpoint: Endpoint) -> str:
    """What stands beside the name of a model."""
    hint = price_hint(endpoint)
    if hint is not None:
        return price_chip(*hint)
    if endpoint.price_doubt is not None:
        return shortly_doubtful()
    return translate("Make", "price unknown")


def origin_words(endpoint: Endpoint | None) -> str:
    """Who said it and when; empty where it is the program's own list."""
    if endpoint is None:
        return ""
    is_base = endpoint.price is not None and endpoint.price.base_only
    if endpoint.price_told_at is None:
        return _base_words() if is_base else ""
    day = _day(endpoint.price_told_at)
    if is_base:
        said = translate(
            "Prices",
            "fal's base price of {day}. Sound, more pixels and other extras may come on top.",
        )
        return said.format(day=day)
    if endpoint.price_doubt is None:
        return translate("Prices", "fal's price of {day}.").format(day=day)
    said = translate(
        "Prices",
        "On {day} fal said {sum} as the base price, which is none that is known here. Sound and"
        " other extras may come on top; the model's page at fal tells all of it.",
    )
    return said.format(day=day, sum=money(endpoint.price_doubt))


def _base_words() -> str:
    """Of a model that a person added: it was told then, and never since."""
    return translate(
        "Prices", "fal's base price. Sound, more pixels and other extras may come on top."
    )


def _day(seconds: float) -> str:
    """ "22 Nov 2026"."""
    moment = QDateTime.fromSecsSinceEpoch(int(seconds))
    return QLocale().toString(moment.date(), "d MMM yyyy")
