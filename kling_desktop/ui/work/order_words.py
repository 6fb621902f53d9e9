"""What the one button says for a draft: pure, from what is known now."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from kling_desktop.records.job import MadeBy
from kling_desktop.records.server import FAL
from kling_desktop.ui.order_bar import ButtonKind, ButtonLook
from kling_desktop.ui.words import about, money, say
from kling_desktop.ui.work.price_words import doubtful_words, shortly_doubtful

if TYPE_CHECKING:
    from decimal import Decimal

    from kling_desktop.records.problem import Problem
    from kling_desktop.records.server import Server

translate = QCoreApplication.translate


class Wait(StrEnum):
    """What a press waits for before it can order anything."""

    START = "start"
    """The rest of the program is still coming up."""
    MASKS = "masks"
    """What was painted is being written."""
    FILE = "file"
    """A file is being read, cut or framed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """All that decides what a press would do."""

    made_by: MadeBy
    count: int
    price_each: Decimal | None
    obstacle: Problem | None
    """The first error that keeps the draft from being sent."""
    unchanged: bool
    """The same draft was ordered already, so a press makes one more take."""
    server: Server = FAL
    wait: Wait | None = None
    price_in_doubt: bool = False
    """fal told another base price than the one that is known."""
    price_origin: str = ""
    """Who told the price and when."""

    @property
    def total(self) -> Decimal | None:
        """US dollars for the whole press."""
        return None if self.price_each is None else self.price_each * self.count


def button_look(standing: Standing) -> ButtonLook:
    """The words, the kind and the reason."""
    if standing.wait is not None:
        text, tip = _waiting(standing.wait)
        return ButtonLook(text=text, short=text, kind=_kind(standing), tooltip=tip)
    if standing.obstacle is not None:
        return ButtonLook(
            text=_text(standing),
            short=_short(standing),
            kind=_kind(standing),
            enabled=False,
            reason=say(standing.obstacle).what,
        )
    return ButtonLook(
        text=_text(standing),
        short=_short(standing),
        kind=_kind(standing),
        tooltip=_tip(standing),
    )


def switch_texts(standing: Standing) -> tuple[str, str]:
    """What stands on Rehearse and on Real."""
    real = translate("Make", "Real · {price}").format(price=_estimate(standing))
    return translate("Make", "Rehearse · free"), real


def short_switch_texts(standing: Standing) -> tuple[str, str]:
    """The same where there is little room."""
    real = translate("Make", "Real · {price}").format(price=_short_sum(standing))
    return translate("Make", "Rehearse"), real


def _waiting(wait: Wait) -> tuple[str, str]:
    match wait:
        case Wait.START:
            tip = translate("Make", "Ordered as soon as everything has started.")
            return translate("Make", "Starting…"), tip
        case Wait.MASKS:
            tip = translate("Make", "Ordered as soon as the masks are written.")
            return translate("Make", "Writing the masks…"), tip
        case Wait.FILE:
            tip = translate("Make", "Ordered as soon as the file is ready.")
            return translate("Make", "Getting the file ready…"), tip


def _short(standing: Standing) -> str:
    """The verb goes before the sum does."""
    if standing.made_by is MadeBy.REHEARSAL:
        return translate("Make", "Rehearse") if standing.count == 1 else ""
    if standing.unchanged:
        words = translate("Make", "Again · {price}")
    else:
        words = translate("Make", "Make · {price}")
    if standing.count > 1:
        words = translate("Make", "{count} · {price}")
    return words.format(count=standing.count, price=_short_sum(standing))


def _kind(standing: Standing) -> ButtonKind:
    if standing.unchanged:
        return ButtonKind.AGAIN
    return ButtonKind.REAL if standing.made_by is MadeBy.FAL else ButtonKind.REHEARSE


def _text(standing: Standing) -> str:
    price = _price(standing)
    if standing.unchanged and standing.count == 1:
        return translate("Make", "Another take · {price}").format(price=price)
    if standing.unchanged:
        words = translate("Make", "{count} more takes · {price}")
    else:
        words = _first_words(standing.made_by, one=standing.count == 1)
    return words.format(count=standing.count, price=price)


def _first_words(made_by: MadeBy, *, one: bool) -> str:
    if made_by is MadeBy.FAL:
        plural = translate("Make", "Generate {count} · {price}")
        return translate("Make", "Generate · {price}") if one else plural
    plural = translate("Make", "Rehearse {count} · {price}")
    return translate("Make", "Rehearse · {price}") if one else plural


def _price(standing: Standing) -> str:
    if standing.made_by is MadeBy.REHEARSAL:
        return translate("Make", "free")
    if standing.unchanged and standing.count == 1:
        return _sum(standing)
    return _estimate(standing)


def _sum(standing: Standing) -> str:
    return doubtful_words() if standing.price_in_doubt else money(standing.total)


def _short_sum(standing: Standing) -> str:
    return shortly_doubtful() if standing.price_in_doubt else money(standing.total)


def _estimate(standing: Standing) -> str:
    return doubtful_words() if standing.price_in_doubt else about(standing.total)


def _tip(standing: Standing) -> str:
    if standing.made_by is MadeBy.REHEARSAL:
        return translate("Make", "Made on this computer. Nothing is sent, nothing is charged.")
    words = translate("Make", "Sent to fal, which charges about that much for it.")
    if standing.price_in_doubt:
        words = translate("Make", "Sent to fal, which may charge more or less than before.")
    said = " ".join(part for part in (words, standing.price_origin) if part)
    return standing.server.named(said)
