"""Takes bodies in as they arrive, at the speed that a fault allows."""

from __future__ import annotations

import asyncio
import hashlib
import json
from typing import TYPE_CHECKING, Any

from kling_desktop.simulator.context import FAULT, NUMBER

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from aiohttp import web

    from kling_desktop.simulator.ledger import Ledger


async def body_chunks(request: web.Request) -> AsyncIterator[bytes]:
    """The body in pieces."""
    rate = request[FAULT].read_rate
    async for chunk in request.content.iter_any():
        yield chunk
        if rate:
            await asyncio.sleep(len(chunk) / rate)


async def json_object(request: web.Request, ledger: Ledger) -> dict[str, Any] | None:
    """The body as a JSON object, or None for anything else. Raises web.HTTPException for 413."""
    data = await request.read()
    ledger.note_body(request[NUMBER], len(data), hashlib.sha256(data).hexdigest())
    try:
        found = json.loads(data) if data else {}
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
