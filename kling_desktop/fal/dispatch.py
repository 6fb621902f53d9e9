"""The one place where a request leaves and an answer comes in."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias, TypeVar
from urllib.parse import urlencode

import httpx

from kling_desktop.fal.answers import ACCEPTED_CODINGS, STATUS_CAP, Answer, answer_of, read_within
from kling_desktop.fal.border import Departure, border
from kling_desktop.fal.errors import FalError
from kling_desktop.fal.hosts import url_of
from kling_desktop.fal.redaction import redacted
from kling_desktop.fal.retry import NEVER, RetryPolicy, delay_before_next
from kling_desktop.fal.verdicts import error_of, host_in

if TYPE_CHECKING:
    from kling_desktop.fal.timing import Timing

log = logging.getLogger(__name__)

CONNECT_WITHIN = 10.0

Result = TypeVar("Result")
Takes: TypeAlias = Callable[[Answer], bool]


def _succeeded(answer: Answer) -> bool:
    return answer.succeeded


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request. Times in seconds, `cap` in bytes of the decoded answer."""

    method: str
    url: str
    params: Mapping[str, str] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes | AsyncIterable[bytes] | None = None
    cap: int = STATUS_CAP
    within: float = 30.0
    """From the first look-up to the last byte, so that a dripping server cannot stretch it."""
    pause: float | None = 30.0
    """The longest silence in the middle; None where the caller watches over it."""


class Dispatch:
    """Sends calls through one client, a few at a time."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        *,
        at_once: int,
        timing: Timing,
        secrets: Callable[[], tuple[str, ...]] = tuple,
    ) -> None:
        self._client = client
        self._turns = asyncio.Semaphore(at_once)
        self._secrets = secrets
        self.timing = timing

    def hide(self, text: str) -> str:
        """The text without the key and the like."""
        return redacted(text, self._secrets())

    async def send(self, call: Call, departure: Departure | None = None) -> Answer:
        """The answer, whatever its status. Exactly one attempt.

        Raises NotConnected, AnswerLost, Unintelligible (body too long), KeyRefused (no header can
        hold the key).
        """
        async with self._turns:
            ends = asyncio.get_running_loop().time() + call.within
            async with self.opened(call, departure) as response, asyncio.timeout_at(ends):
                return await self._answer(call, response)

    async def ask(
        self, call: Call, policy: RetryPolicy = NEVER, *, takes: Takes = _succeeded
    ) -> Answer:
        """An answer that `takes` accepts, tried again as the policy allows; else a FalError."""

        async def once() -> Answer:
            answer = await self.send(call)
            if takes(answer):
                return answer
            raise error_of(answer, self.timing.now())

        return await self.repeat(once, policy)

    async def repeat(self, attempt: Callable[[], Awaitable[Result]], policy: RetryPolicy) -> Result:
        """What `attempt` returns, tried again as the policy allows."""
        number = 1
        while True:
            try:
                return await attempt()
            except FalError as error:
                delay = delay_before_next(policy, number, error, self.timing.chance())
                if delay is None:
                    raise
                log.debug("again in %.1f s: %s", delay, error.problem.code)
            await self.timing.sleep(delay)
            number += 1

    @contextlib.asynccontextmanager
    async def opened(
        self, call: Call, departure: Departure | None = None
    ) -> AsyncIterator[httpx.Response]:
        """The answer with its body still to come; httpx's errors in the block become ours."""
        departure = departure or Departure()
        with border(host_in(call.url), departure):
            request = self._request(call, departure)
            async with asyncio.timeout(call.within):
                response = await self._client.send(request, stream=True)
            try:
                yield response
            finally:
                await response.aclose()

    async def _answer(self, call: Call, response: httpx.Response) -> Answer:
        body = await read_within(
            response.aiter_raw(),
            coding=response.headers.get("content-encoding", ""),
            cap=call.cap,
            host=response.url.host,
        )
        headers = {name.lower(): value for name, value in response.headers.items()}
        url = str(response.url)
        return answer_of(response.status_code, headers, body, url, self._secrets())

    def _request(self, call: Call, departure: Departure) -> httpx.Request:
        headers = {"Accept": "application/json", "Accept-Encoding": ACCEPTED_CODINGS}
        if call.content is not None:
            headers["Content-Type"] = "application/json"
        return self._client.build_request(
            call.method,
            _with_params(call.url, call.params),
            headers={**headers, **call.headers},
            content=call.content,
            timeout=httpx.Timeout(call.pause, connect=CONNECT_WITHIN, pool=CONNECT_WITHIN),
            extensions={"trace": departure},
        )


def _with_params(address: str, params: Mapping[str, str] | None) -> httpx.URL:
    """The address to call; what the same polls ask again and again is taken apart once."""
    if not params:
        return url_of(address)
    question = "&" if "?" in address else "?"
    return url_of(f"{address}{question}{urlencode(params)}")
