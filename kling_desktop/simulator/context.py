"""What the routes of the simulator share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import web

from kling_desktop.simulator.faults import Fault

if TYPE_CHECKING:
    from kling_desktop.simulator.accounts import Accounts
    from kling_desktop.simulator.clock import Clock
    from kling_desktop.simulator.endpoints import Endpoints
    from kling_desktop.simulator.faults import Faults
    from kling_desktop.simulator.files import Files
    from kling_desktop.simulator.ledger import Ledger
    from kling_desktop.simulator.queue import Queue
    from kling_desktop.simulator.settings import Settings

FAULT = web.RequestKey("fault", Fault)
"""What goes wrong with this request."""
NUMBER = web.RequestKey("number", int)
"""Its number in the ledger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """All parts of one running simulator."""

    settings: Settings
    clock: Clock
    endpoints: Endpoints
    accounts: Accounts
    files: Files
    queue: Queue
    faults: Faults
    ledger: Ledger


def origin_of(request: web.Request) -> str:
    """The origin under which the client reached us; handed-out addresses begin with it."""
    return f"{request.scheme}://{request.host}"
