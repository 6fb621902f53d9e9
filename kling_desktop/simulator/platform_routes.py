"""The platform API and the schemas: models, prices, request history, OpenAPI documents."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kling_desktop.simulator.accounts import Account, Host, platform_error
from kling_desktop.simulator.clock import rfc3339, unix_seconds
from kling_desktop.simulator.context import Context, origin_of
from kling_desktop.simulator.outputs import with_origin
from kling_desktop.simulator.replies import Reply, json_reply
from kling_desktop.simulator.requests import QueuedRequest, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aiohttp import web

    from kling_desktop.simulator.endpoints import Endpoint

_DAY = 86_400.0
_MOST_IDS = 50
"""That may be asked for at once (fal platform API docs)."""
_RELEASED = "2025-05-29T00:00:00.000Z"


class PlatformRoutes:
    """The answers of the platform host."""

    def __init__(self, context: Context) -> None:
        self._context = context

    async def models(self, request: web.Request) -> Reply:
        """All endpoints, or those asked for; a key is optional but must be good."""
        if request.headers.get("Authorization"):
            account = self._account(request)
            if isinstance(account, Reply):
                return account
        asked = _listed(request, "endpoint_id")
        if len(asked) > _MOST_IDS:
            return platform_error(400, "validation_error", "at most 50 endpoint_id values")
        found = self._endpoints(asked) if asked else self._context.endpoints.all()
        if found is None:
            return platform_error(404, "not_found", "Endpoint(s) not found")
        found = tuple(one for one in found if _fits(one, request))
        with_schema = "openapi-3.0" in _listed(request, "expand")
        return _page(request, "models", [_model(one, with_schema=with_schema) for one in found])

    async def pricing(self, request: web.Request) -> Reply:
        """The base price of each endpoint asked for."""
        account = self._account(request)
        if isinstance(account, Reply):
            return account
        asked = _listed(request, "endpoint_id")
        if not 0 < len(asked) <= _MOST_IDS:
            return platform_error(400, "validation_error", "1 to 50 endpoint_id values are needed")
        found = self._endpoints(asked)
        if found is None or any(one.price is None for one in found):
            return platform_error(404, "not_found", "Endpoint(s) not found")
        return _page(request, "prices", [_price(one) for one in found])

    async def history(self, request: web.Request) -> Reply:
        """The account's requests of some endpoints within a time, newest first."""
        account = self._account(request)
        if isinstance(account, Reply):
            return account
        try:
            window = _window(request, self._context.clock.now())
        except ValueError:
            return platform_error(400, "validation_error", "start and end must be ISO 8601 times")
        if not window.endpoint_ids:
            return platform_error(400, "validation_error", "endpoint_id is required")
        seen_before = self._context.clock.now() - self._context.settings.history_delay
        rows = [
            self._row(one, request)
            for one in reversed(self._context.queue.all())
            if one.account == account.fingerprint and window.holds(one, seen_before)
        ]
        return _page(request, "items", rows)

    async def openapi(self, request: web.Request) -> Reply:
        """The document of one endpoint, for anybody; 404 with `null` for an unknown one."""
        endpoint = self._context.endpoints.get(request.query.get("endpoint_id", ""))
        if endpoint is None:
            return json_reply(404, None)
        return json_reply(200, dict(endpoint.document))

    def _account(self, request: web.Request) -> Account | Reply:
        header = request.headers.get("Authorization", "")
        return self._context.accounts.find(header, Host.PLATFORM)

    def _endpoints(self, asked: Sequence[str]) -> tuple[Endpoint, ...] | None:
        found = tuple(self._context.endpoints.get(one) for one in asked)
        known = tuple(one for one in found if one is not None)
        return known if len(known) == len(found) else None

    def _row(self, found: QueuedRequest, request: web.Request) -> dict[str, Any]:
        row: dict[str, Any] = {
            "request_id": found.request_id,
            "endpoint_id": found.endpoint_id,
            "started_at": rfc3339(found.started_at or found.sent_at),
            "sent_at": rfc3339(found.sent_at),
            "ended_at": None if found.ended_at is None else rfc3339(found.ended_at),
            "status_code": None if found.ending is None else found.ending.status,
            "duration": None
            if found.ended_at is None or found.started_at is None
            else round(found.ended_at - found.started_at, 3),
        }
        if "payloads" in _listed(request, "expand") and found.keep_payload:
            row["json_input"] = dict(found.body)
            if found.ending is not None:
                row["json_output"] = with_origin(found.ending.body, origin_of(request))
        return row


@dataclass(frozen=True, slots=True, kw_only=True)
class _Window:
    endpoint_ids: tuple[str, ...]
    start: float
    end: float
    request_ids: tuple[str, ...]
    status: str

    def holds(self, one: QueuedRequest, seen_before: float) -> bool:
        if one.endpoint_id not in self.endpoint_ids or one.sent_at > seen_before:
            return False
        if self.request_ids and one.request_id not in self.request_ids:
            return False
        if self.status and self.status != _outcome(one):
            return False
        return self.start <= one.sent_at < self.end


def _window(request: web.Request, now: float) -> _Window:
    request_ids = _listed(request, "request_id")
    start, end = request.query.get("start"), request.query.get("end")
    usual = 90 * _DAY if request_ids else _DAY
    return _Window(
        endpoint_ids=_listed(request, "endpoint_id"),
        start=unix_seconds(start) if start else now - usual,
        end=unix_seconds(end) if end else float("inf"),
        request_ids=request_ids,
        status=request.query.get("status", ""),
    )


def _outcome(one: QueuedRequest) -> str:
    if one.status is not Status.COMPLETED or one.ending is None:
        return ""
    if one.ending.status < 400:
        return "success"
    return "user_error" if one.ending.status < 500 else "error"


def _listed(request: web.Request, name: str) -> tuple[str, ...]:
    """Lists come separated by commas, as repeated parameters, or both."""
    given = ",".join(request.query.getall(name, []))
    return tuple(one for one in given.split(",") if one)


def _page(request: web.Request, name: str, rows: list[dict[str, Any]]) -> Reply:
    limit, cursor = request.query.get("limit", "50"), request.query.get("cursor", "")
    try:
        size = max(1, min(100, int(limit)))
        start = int(base64.b64decode(cursor, validate=True)) if cursor else 0
    except (ValueError, binascii.Error):
        return platform_error(400, "validation_error", "limit or cursor is not valid")
    more = start + size < len(rows)
    following = base64.b64encode(str(start + size).encode()).decode() if more else None
    page = {name: rows[start : start + size], "next_cursor": following, "has_more": more}
    return json_reply(200, page)


def _fits(endpoint: Endpoint, request: web.Request) -> bool:
    """Whether a model is among those looked for: by words, kind or status."""
    words = request.query.get("q", "").lower()
    said = f"{endpoint.endpoint_id} {endpoint.title} {endpoint.description}".lower()
    status = request.query.get("status", "")
    return (
        words in said
        and request.query.get("category", endpoint.category) == endpoint.category
        and (not status or (status == "active") is endpoint.active)
    )


def _price(endpoint: Endpoint) -> dict[str, Any]:
    return {
        "endpoint_id": endpoint.endpoint_id,
        "unit_price": float(endpoint.price or 0),
        "unit": endpoint.unit,
        "currency": "USD",
    }


def _model(endpoint: Endpoint, *, with_schema: bool) -> dict[str, Any]:
    model: dict[str, Any] = {
        "endpoint_id": endpoint.endpoint_id,
        "metadata": {
            "display_name": endpoint.title,
            "category": endpoint.category,
            "description": endpoint.description,
            "status": "active" if endpoint.active else "deprecated",
            "tags": [],
            "updated_at": _RELEASED,
            "is_favorited": None,
            "thumbnail_url": "",
            "model_url": f"https://fal.run/{endpoint.endpoint_id}",
            "date": _RELEASED,
            "highlighted": False,
            "pinned": False,
        },
    }
    return {**model, "openapi": dict(endpoint.document)} if with_schema else model
