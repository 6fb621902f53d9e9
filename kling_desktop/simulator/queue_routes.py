"""fal's queue over HTTP: submit, status, status stream, result, cancel (fal queue API docs)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from aiohttp import web

from kling_desktop.simulator.accounts import Account, Host, locked
from kling_desktop.simulator.context import Context, origin_of
from kling_desktop.simulator.endpoints import app_of
from kling_desktop.simulator.incoming import json_object
from kling_desktop.simulator.outputs import with_origin
from kling_desktop.simulator.queue import CancelWord, Submission
from kling_desktop.simulator.replies import Reply, detail_reply, json_reply
from kling_desktop.simulator.requests import QueuedRequest, Status

if TYPE_CHECKING:
    from kling_desktop.records.json_values import JsonValue
    from kling_desktop.simulator.requests import LogEntry

_TRUE = frozenset({"1", "true", "True"})
_KEEP_ALIVE = 15.0
_NOT_FOUND = {"status": "NOT_FOUND"}


class QueueRoutes:
    """The answers of the queue host."""

    def __init__(self, context: Context) -> None:
        self._context = context

    async def submit(self, request: web.Request) -> Reply:
        """Takes any JSON object for a known app; mistakes in it show only in the result."""
        endpoint_id = request.match_info["endpoint_id"].strip("/")
        account = self._account(request, app_of(endpoint_id))
        if isinstance(account, Reply):
            return account
        if not self._context.endpoints.has_app(app_of(endpoint_id)):
            return detail_reply(404, f'Application "{app_of(endpoint_id)}" not found')
        if not account.has_balance:
            return locked()
        body = await json_object(request, self._context.ledger)
        if body is None:
            return detail_reply(422, "Invalid JSON: the request body must be an object")
        if self._is_full(request, endpoint_id):
            return detail_reply(429, "The queue of this endpoint is longer than allowed.")
        queued = self._context.queue.submit(
            Submission(
                endpoint_id=endpoint_id,
                account=account.fingerprint,
                body=body,
                start_timeout=_start_timeout(request),
                keep_payload=request.headers.get("X-Fal-Store-IO") != "0",
            )
        )
        return self._about(queued, request, self._status_of(queued, request, logs=None), 200)

    async def status(self, request: web.Request) -> Reply:
        """202 while it waits or runs, 200 once it is completed."""
        found = self._find(request)
        if isinstance(found, Reply):
            return found
        logs = found.logs if request.query.get("logs") in _TRUE else None
        code = 200 if found.status is Status.COMPLETED else 202
        return self._about(found, request, self._status_of(found, request, logs=logs), code)

    async def stream(self, request: web.Request) -> Reply | web.StreamResponse:
        """The status as server-sent events, each with the log lines that are new."""
        found = self._find(request)
        if isinstance(found, Reply):
            return found
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"}
        )
        await response.prepare(request)
        with_logs = request.query.get("logs") in _TRUE
        said: dict[str, Any] | None = None
        lines = 0
        while True:
            found = self._context.queue.find(found.request_id) or found
            new = found.logs[lines:] if with_logs else None
            status = self._status_of(found, request, logs=new)
            if status != said:
                said, lines = {**status, "logs": []} if new else status, len(found.logs)
                await response.write(f"data: {json.dumps(status)}\n\n".encode())
            if found.status is Status.COMPLETED:
                break
            if not await self._context.queue.change(_KEEP_ALIVE):
                await response.write(b": keep-alive\n\n")
        await response.write_eof()
        return response

    async def result(self, request: web.Request) -> Reply:
        """What the model answered, as it answered it; 400 as long as it has not."""
        found = self._find(request, {"detail": "Request not found"})
        if isinstance(found, Reply):
            return found
        if found.ending is None or found.status is not Status.COMPLETED:
            text = "Request is still in progress"
            return self._about(found, request, {"detail": text, **_urls(found, request)}, 400)
        headers = dict(found.ending.headers)
        if found.ending.billed:
            headers["x-fal-billable-units"] = "1"
        body = with_origin(found.ending.body, origin_of(request))
        return self._about(found, request, body, found.ending.status, headers)

    async def cancel(self, request: web.Request) -> Reply:
        """200 for what was removed from the queue, 202 for a wish, 400 for too late."""
        found = self._find(request)
        if isinstance(found, Reply):
            return found
        match self._context.queue.cancel(found.request_id):
            case CancelWord.REMOVED:
                return self._about(found, request, {"status": "OK"}, 200)
            case CancelWord.REQUESTED:
                return self._about(found, request, {"status": "CANCELLATION_REQUESTED"}, 202)
            case CancelWord.TOO_LATE:
                return self._about(found, request, {"status": "ALREADY_COMPLETED"}, 400)

    def _find(
        self, request: web.Request, not_found: dict[str, str] = _NOT_FOUND
    ) -> QueuedRequest | Reply:
        prefix = request.match_info["prefix"]
        account = self._account(request, app_of(prefix))
        if isinstance(account, Reply):
            return account
        found = self._context.queue.find(request.match_info["request_id"])
        if found is None or found.account != account.fingerprint:
            return json_reply(404, not_found)
        return found if prefix in {found.app, found.endpoint_id} else json_reply(404, not_found)

    def _account(self, request: web.Request, app: str) -> Account | Reply:
        header = request.headers.get("Authorization", "")
        return self._context.accounts.find(header, Host.QUEUE, app)

    def _is_full(self, request: web.Request, endpoint_id: str) -> bool:
        most = request.query.get("fal_max_queue_length", "")
        return most.isdecimal() and self._context.queue.waiting(endpoint_id) > int(most)

    def _status_of(
        self, found: QueuedRequest, request: web.Request, logs: tuple[LogEntry, ...] | None
    ) -> dict[str, Any]:
        said: dict[str, Any] = {
            "status": found.status.value,
            "request_id": found.request_id,
            **_urls(found, request),
        }
        if found.status is Status.IN_QUEUE:
            return {**said, "queue_position": self._context.queue.position(found)}
        said["logs"] = None if logs is None else [_log_line(one) for one in logs]
        if found.status is Status.COMPLETED and found.ending is not None:
            said["metrics"] = {"inference_time": _inference_time(found)}
            if found.ending.error:
                said["error"] = found.ending.error
                said["error_type"] = found.ending.error_type
        return said

    def _about(
        self,
        found: QueuedRequest,
        request: web.Request,
        body: JsonValue,
        status: int,
        headers: dict[str, str] | None = None,
    ) -> Reply:
        return json_reply(status, body, {**(headers or {}), "x-fal-request-id": found.request_id})


def _urls(found: QueuedRequest, request: web.Request) -> dict[str, str]:
    url = f"{origin_of(request)}/{found.app}/requests/{found.request_id}"
    return {
        "response_url": url,
        "status_url": f"{url}/status",
        "cancel_url": f"{url}/cancel",
    }


def _log_line(entry: LogEntry) -> dict[str, str]:
    return {
        "message": entry.message,
        "level": entry.level,
        "source": entry.source,
        "timestamp": entry.timestamp,
    }


def _inference_time(found: QueuedRequest) -> float | None:
    if found.started_at is None or found.ended_at is None:
        return None
    return round(found.ended_at - found.started_at, 3)


def _start_timeout(request: web.Request) -> float | None:
    old = request.headers.get("X-Fal-Request-Timeout", "")
    given = request.headers.get("X-Fal-Request-Start-Timeout", old)
    try:
        return max(0.1, float(given))
    except ValueError:
        return None
