"""The switches: what tests and people may ask of the simulator that fal does not offer.

Under `/_simulator/`, as JSON; only from loopback, where the simulator listens anyway.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kling_desktop.simulator.faults import Fault
from kling_desktop.simulator.incoming import json_object
from kling_desktop.simulator.replies import Reply, detail_reply, json_reply
from kling_desktop.simulator.requests import Ending, Status

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiohttp import web

    from kling_desktop.simulator.context import Context

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})


class ControlRoutes:
    """The answers of the control address."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._switches: dict[str, Callable[[dict[str, Any]], None]] = {
            "faults": self._add_fault,
            "endings": self._add_ending,
            "hold": self._hold,
            "clock": self._move_clock,
            "accounts": self._change_accounts,
        }

    async def show(self, request: web.Request) -> Reply:
        """`requests`: everything that was asked. `queue`: everything that was submitted."""
        what = request.match_info["what"]
        if not _is_near(request):
            return detail_reply(403, "only from this computer")
        if what == "requests":
            route = request.query.get("route", "")
            seen = [one.to_json() for one in self._context.ledger.all(route)]
            return json_reply(200, seen)
        if what == "queue":
            return json_reply(200, [one.to_json() for one in self._context.queue.all()])
        return detail_reply(404, "no such switch")

    async def switch(self, request: web.Request) -> Reply:
        """Turns one of the switches."""
        turn = self._switches.get(request.match_info["what"])
        body = await json_object(request, self._context.ledger)
        if not _is_near(request) or turn is None or body is None:
            return detail_reply(400, "no such switch, or no JSON object")
        try:
            turn(body)
        except (KeyError, TypeError, ValueError) as error:
            return detail_reply(400, f"not understood: {error}")
        return json_reply(200, {})

    async def clear(self, request: web.Request) -> Reply:
        """Takes all faults away, or forgets the requests seen so far."""
        what = request.match_info["what"]
        if what == "faults":
            self._context.faults.clear()
        elif what == "requests":
            self._context.ledger.clear()
        else:
            return detail_reply(404, "no such switch")
        return json_reply(200, {})

    def _add_fault(self, body: dict[str, Any]) -> None:
        self._context.faults.add(Fault.from_json(body))

    def _add_ending(self, body: dict[str, Any]) -> None:
        self._context.queue.end_next_with(Ending(**body))

    def _hold(self, body: dict[str, Any]) -> None:
        at = body["at"]
        self._context.queue.hold(None if at is None else Status(at))

    def _move_clock(self, body: dict[str, Any]) -> None:
        self._context.clock.advance(float(body["advance"]))

    def _change_accounts(self, body: dict[str, Any]) -> None:
        if "accept_only" in body:
            self._context.accounts.accept_only(body["accept_only"])
        if "empty" in body:
            self._context.accounts.empty(body["empty"])


def _is_near(request: web.Request) -> bool:
    """A page in a browser that was lured here by a name of its own is turned away."""
    return request.host.rpartition(":")[0] in _LOOPBACK
