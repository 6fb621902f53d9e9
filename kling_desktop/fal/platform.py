"""fal's platform API: is the key good, what was asked for lately, what does a model cost."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TYPE_CHECKING

from kling_desktop.fal.answers import HISTORY_CAP, STATUS_CAP, Answer
from kling_desktop.fal.dispatch import Call, Dispatch
from kling_desktop.fal.errors import (
    CallRefused,
    FalError,
    Forbidden,
    KeyRefused,
    NotFound,
    Unintelligible,
)
from kling_desktop.fal.problems import KEY_LIMITED, KEY_UNCHECKED, UNINTELLIGIBLE
from kling_desktop.fal.retry import READS, RetryPolicy
from kling_desktop.fal.verdicts import facts, host_in

if TYPE_CHECKING:
    from kling_desktop.fal.hosts import Hosts
    from kling_desktop.records.json_values import JsonValue, Values
    from kling_desktop.records.problem import Problem

log = logging.getLogger(__name__)

_CHECK = RetryPolicy(attempts=2, first_delay=0.3)
_CHECK_WITHIN = 10.0
_PAGE = 100
_MOST_PAGES = 20
_IDS_AT_ONCE = 50
_CANNOT_TELL = (Forbidden, NotFound, CallRefused, Unintelligible)


class KeyVerdict(StrEnum):
    """What a check of the key found out."""

    VALID = "valid"
    REFUSED = "refused"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class KeyCheck:
    """What is known of the key, with something to say where it is not simply valid."""

    verdict: KeyVerdict
    problem: Problem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """One request of the account. Times are Unix seconds."""

    request_id: str
    endpoint_id: str
    sent_at: float | None
    ended_at: float | None = None
    status_code: int | None = None
    input: Values | None = None
    """None where fal kept no payload."""
    output: JsonValue = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """fal's own price of an endpoint; it leaves out surcharges, so it is an estimate."""

    endpoint_id: str
    unit_price: Decimal
    unit: str
    currency: str


@dataclass(frozen=True, slots=True)
class Unavailable:
    """This key or this server cannot tell."""

    problem: Problem
    is_about_these: bool = False
    """It may well tell of others: one that it does not know spoils a whole list."""


class Platform:
    """The platform API of one server, which need not have one."""

    def __init__(self, hosts: Hosts, api: Dispatch) -> None:
        self._address = hosts.platform
        self._api = api

    async def check_key(self, endpoint_id: str = "") -> KeyCheck:
        """Asks for a price, which costs nothing and needs a key. Never raises.

        Without an endpoint id the first model of the public list is asked about.
        """
        try:
            await self._ask_price(endpoint_id or await self._any_endpoint())
        except KeyRefused as error:
            return KeyCheck(KeyVerdict.REFUSED, error.problem)
        except Forbidden as error:
            return KeyCheck(KeyVerdict.VALID, _noticed(error))
        except FalError as error:
            problem = KEY_UNCHECKED(reason=error.problem.said(), details=error.problem.details)
            return KeyCheck(KeyVerdict.UNCHECKED, problem)
        return KeyCheck(KeyVerdict.VALID)

    async def requests_by_endpoint(
        self, endpoint_id: str, start: float, *, end: float | None = None, payloads: bool = True
    ) -> tuple[HistoryRow, ...] | Unavailable:
        """The account's requests for an endpoint since `start` (Unix seconds), as fal lists them.

        A request that only waits may not be listed yet. Unavailable where the key may not read the
        history or the server has none; raises Unreachable where asking again may help.
        """
        params = {"endpoint_id": endpoint_id, "start": _moment(start), "limit": str(_PAGE)}
        if end is not None:
            params["end"] = _moment(end)
        if payloads:
            params["expand"] = "payloads"
        try:
            items = await self._pages("/models/requests/by-endpoint", params, "items")
        except _CANNOT_TELL as error:
            return Unavailable(error.problem)
        return tuple(row for row in map(_history_row, items) if row is not None)

    async def price(self, endpoint_ids: Sequence[str]) -> tuple[Price, ...] | Unavailable:
        """fal's prices. Raises Unreachable, and KeyRefused.

        Where one endpoint has none, fal answers for all that there is none; see `is_about_these`.
        """
        found: list[Price] = []
        try:
            for begin in range(0, len(endpoint_ids), _IDS_AT_ONCE):
                ids = ",".join(endpoint_ids[begin : begin + _IDS_AT_ONCE])
                items = await self._pages("/models/pricing", {"endpoint_id": ids}, "prices")
                found += [price for price in map(_price, items) if price is not None]
        except _CANNOT_TELL as error:
            return Unavailable(error.problem, is_about_these=isinstance(error, NotFound))
        return tuple(found)

    async def _ask_price(self, endpoint_id: str) -> None:
        call = self._call("/models/pricing", {"endpoint_id": endpoint_id}, within=_CHECK_WITHIN)
        await self._api.ask(call, _CHECK, takes=_is_object)

    async def _any_endpoint(self) -> str:
        call = self._call("/models", {"limit": "1"}, within=_CHECK_WITHIN)
        answer = await self._api.ask(call, _CHECK, takes=_is_object)
        for model in _objects(answer, "models"):
            if isinstance(endpoint_id := model.get("endpoint_id"), str):
                return endpoint_id
        raise Unintelligible(UNINTELLIGIBLE(host=host_in(answer.url), details=facts(answer)))

    async def _pages(self, path: str, params: dict[str, str], name: str) -> list[Values]:
        rows: list[Values] = []
        cursors: set[str] = set()
        for _ in range(_MOST_PAGES):
            call = self._call(path, params, cap=HISTORY_CAP)
            answer = await self._api.ask(call, READS, takes=_is_object)
            rows += _objects(answer, name)
            cursor = answer.word("next_cursor")
            if not cursor or cursor in cursors:
                return rows
            cursors.add(cursor)
            params = {**params, "cursor": cursor}
        log.info("%s has more than %d pages; the rest is left out", path, _MOST_PAGES)
        return rows

    def _call(
        self, path: str, params: dict[str, str], *, cap: int = STATUS_CAP, within: float = 30.0
    ) -> Call:
        return Call(
            method="GET", url=f"{self._address}{path}", params=params, cap=cap, within=within
        )


def _noticed(error: Forbidden) -> Problem:
    """fal knows the key, so it is good; what it may not do is worth a word."""
    if error.reason == "balance":
        return error.problem
    return KEY_LIMITED(details=error.problem.details)


def _is_object(answer: Answer) -> bool:
    return answer.succeeded and answer.is_object


def _objects(answer: Answer, name: str) -> list[Values]:
    listed = answer.fields.get(name)
    entries = listed if isinstance(listed, list) else []
    return [entry for entry in entries if isinstance(entry, Mapping)]


def _history_row(item: Values) -> HistoryRow | None:
    request_id, endpoint_id = item.get("request_id"), item.get("endpoint_id")
    if not isinstance(request_id, str) or not isinstance(endpoint_id, str):
        return None
    status, body = item.get("status_code"), item.get("json_input")
    return HistoryRow(
        request_id=request_id,
        endpoint_id=endpoint_id,
        sent_at=_time_in(item.get("sent_at")) or _time_in(item.get("started_at")),
        ended_at=_time_in(item.get("ended_at")),
        status_code=status if isinstance(status, int) else None,
        input=body if isinstance(body, Mapping) else None,
        output=item.get("json_output"),
    )


def _price(item: Values) -> Price | None:
    endpoint_id = item.get("endpoint_id")
    try:
        amount = Decimal(str(item.get("unit_price")))
    except InvalidOperation:
        return None
    if not isinstance(endpoint_id, str) or not amount.is_finite() or amount < 0:
        return None
    unit, currency = str(item.get("unit") or ""), str(item.get("currency") or "USD")
    return Price(endpoint_id=endpoint_id, unit_price=amount, unit=unit, currency=currency)


def _moment(seconds: float) -> str:
    """RFC 3339 in UTC, as the platform API wants it."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _time_in(said: JsonValue) -> float | None:
    if not isinstance(said, str):
        return None
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
