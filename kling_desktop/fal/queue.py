"""fal's queue: submit a job, ask for its status, fetch its result, ask to stop it."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kling_desktop.fal.addresses import below_mount, rebuilt, submit_url
from kling_desktop.fal.answers import RESULT_CAP, Answer
from kling_desktop.fal.dispatch import Call, Dispatch
from kling_desktop.fal.errors import FalError
from kling_desktop.fal.outcomes import (
    Accepted,
    AccountRefused,
    AlreadyCompleted,
    CancelOutcome,
    CancelRequested,
    Completed,
    Gone,
    InProgress,
    InQueue,
    Limited,
    ModelFailed,
    NotFound,
    NotReady,
    NotSent,
    Output,
    Refused,
    Removed,
    ResultOutcome,
    Status,
    SubmitOutcome,
    Unconfirmed,
    UnknownStatus,
)
from kling_desktop.fal.problems import INPUT_REFUSED, MODEL_UNKNOWN
from kling_desktop.fal.results import is_perhaps_passing, result_of
from kling_desktop.fal.retry import POLLS, VERDICTS, backoff
from kling_desktop.fal.statuses import cancel_outcome, status_of
from kling_desktop.fal.submission import outcome_of_answer, outcome_of_error

if TYPE_CHECKING:
    from kling_desktop.fal.hosts import Hosts
    from kling_desktop.records.job import Request
    from kling_desktop.records.json_values import Values

__all__ = [
    "Accepted", "AccountRefused", "AlreadyCompleted", "CancelOutcome", "CancelRequested",
    "Completed", "Gone", "InProgress", "InQueue", "Limited", "ModelFailed", "NotFound", "NotReady",
    "NotSent", "Output", "Queue", "Refused", "Removed", "ResultOutcome", "Status", "SubmitOptions",
    "SubmitOutcome", "Unconfirmed", "UnknownStatus", "rebuilt",
]  # fmt: skip

log = logging.getLogger(__name__)

SUBMIT_WITHIN = 120.0
POLL_WITHIN = 30.0
RESULT_WITHIN = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitOptions:
    """What may be asked of fal beside the input; the defaults ask for nothing."""

    low_priority: bool = False
    keep_payload: bool = True
    """False: fal does not store the JSON of input and output."""
    media_seconds: int | None = None
    """How long fal keeps the files it makes."""
    start_within: float | None = None
    """Seconds within which the job must have begun, else fal drops it unpaid."""
    no_fallback: bool = False
    """True: never another, equivalent model."""

    def headers(self) -> dict[str, str]:
        """As the fal queue API names them."""
        found: dict[str, str] = {}
        if self.low_priority:
            found["X-Fal-Queue-Priority"] = "low"
        if not self.keep_payload:
            found["X-Fal-Store-IO"] = "0"
        if self.media_seconds is not None:
            lifetime = {"expiration_duration_seconds": self.media_seconds}
            found["X-Fal-Object-Lifecycle-Preference"] = json.dumps(lifetime)
        if self.start_within is not None:
            found["X-Fal-Request-Start-Timeout"] = str(float(self.start_within))
        if self.no_fallback:
            found["x-app-fal-disable-fallback"] = "true"
        return found


class Queue:
    """The queue of one server. `submit` leaves through a client of its own."""

    def __init__(self, hosts: Hosts, api: Dispatch, submit: Dispatch) -> None:
        self._hosts = hosts
        self._api = api
        self._submit = submit
        self._knows_its_mount: bool | None = None

    async def submit(
        self, endpoint_id: str, body: Values, *, options: SubmitOptions | None = None
    ) -> SubmitOutcome:
        """Posts a job once, on a fresh connection, and says what is known afterwards.

        Never raises for trouble on the wire. `body` is posted exactly as it is.
        """
        url = submit_url(self._hosts, endpoint_id)
        if url is None:
            return Refused(MODEL_UNKNOWN(endpoint_id=endpoint_id))
        try:
            content = json.dumps(body, ensure_ascii=False, allow_nan=False).encode()
        except (TypeError, ValueError) as error:
            return Refused(INPUT_REFUSED(reason=str(error)[:200]))
        call = Call(
            method="POST",
            url=url,
            headers=(options or SubmitOptions()).headers(),
            content=content,
            within=SUBMIT_WITHIN,
            pause=SUBMIT_WITHIN,
        )
        outcome = await self._post_once(call, endpoint_id)
        log.info("submit %s: %s", endpoint_id, type(outcome).__name__)
        return outcome

    async def status(self, request: Request, *, logs: bool = False) -> Status:
        """Where a request is. Raises FalError: nothing is decided, ask again later."""
        params = {"logs": "1" if logs else "0"}
        call = Call(method="GET", url=request.status_url, params=params, within=POLL_WITHIN)
        answer = await self._follow(call)
        outcome = status_of(answer, self._api.hide, self._api.timing.now())
        if isinstance(outcome, FalError):
            raise outcome
        return outcome

    async def result(self, request: Request) -> ResultOutcome:
        """What a request came to. Raises FalError for trouble after which to ask again.

        A 5xx is asked for a few more times before it counts as the job's end.
        """
        call = Call(method="GET", url=request.response_url, cap=RESULT_CAP, within=RESULT_WITHIN)
        for number in range(1, VERDICTS.attempts):
            answer = await self._follow(call)
            outcome = result_of(answer, self._api.timing.now())
            if not is_perhaps_passing(outcome, answer):
                break
            await self._api.timing.sleep(backoff(VERDICTS, number, self._api.timing.chance()))
        else:
            outcome = result_of(await self._follow(call), self._api.timing.now())
        if isinstance(outcome, FalError):
            raise outcome
        return outcome

    async def cancel(self, request: Request) -> CancelOutcome:
        """Asks fal to stop. Raises FalError where the wish did not arrive."""
        call = Call(method="PUT", url=request.cancel_url, within=POLL_WITHIN)
        answer = await self._follow(call)
        outcome = cancel_outcome(answer, self._api.timing.now())
        if isinstance(outcome, FalError):
            raise outcome
        return outcome

    def rebuilt(self, endpoint_id: str, request_id: str) -> Request:
        """The addresses of a request at this server, from its ids alone."""
        return rebuilt(self._hosts, endpoint_id, request_id)

    async def _post_once(self, call: Call, endpoint_id: str) -> SubmitOutcome:
        try:
            answer = await self._submit.send(call)
        except FalError as error:
            return outcome_of_error(error)
        return outcome_of_answer(answer, self._hosts, endpoint_id, self._submit.timing.now())

    async def _follow(self, call: Call) -> Answer:
        """Sends a call to an address that the server gave, below its mount if it forgot that."""
        mounted = below_mount(self._hosts, call.url)
        if mounted is not None and self._knows_its_mount is False:
            return await self._read(replace(call, url=mounted))
        answer = await self._read(call)
        if mounted is None or _is_known(answer):
            return answer
        below = await self._read(replace(call, url=mounted))
        if _is_known(below):
            self._knows_its_mount = False
            return below
        return answer

    async def _read(self, call: Call) -> Answer:
        return await self._api.repeat(lambda: self._api.send(call), POLLS)


def _is_known(answer: Answer) -> bool:
    return answer.is_object and answer.status not in {404, 405}
