"""Puts the simulator together and serves it on loopback."""

from __future__ import annotations

import asyncio
import logging
import shutil
from typing import TYPE_CHECKING, TypeVar

from aiohttp import web

from kling_desktop.simulator.accounts import Accounts
from kling_desktop.simulator.clock import Clock
from kling_desktop.simulator.context import FAULT, NUMBER, Context
from kling_desktop.simulator.control_routes import ControlRoutes
from kling_desktop.simulator.endpoints import read_endpoints
from kling_desktop.simulator.faults import Drop, Faults
from kling_desktop.simulator.files import Files
from kling_desktop.simulator.inputs import Fetcher
from kling_desktop.simulator.ledger import Ledger
from kling_desktop.simulator.listening import listen
from kling_desktop.simulator.media_routes import MediaRoutes
from kling_desktop.simulator.platform_routes import PlatformRoutes
from kling_desktop.simulator.queue import Queue
from kling_desktop.simulator.queue_routes import QueueRoutes
from kling_desktop.simulator.replies import Reply, detail_reply
from kling_desktop.simulator.requests import Ending, RequestFolder
from kling_desktop.simulator.sending import hang_up, reply_instead, reply_with, send
from kling_desktop.simulator.storage_routes import StorageRoutes
from kling_desktop.simulator.studio import Studio
from kling_desktop.simulator.workshop import WORK_PREFIX, Workshop

if TYPE_CHECKING:
    import socket
    from collections.abc import Awaitable, Callable
    from typing import TypeAlias

    from kling_desktop.simulator.settings import Settings

    Answer: TypeAlias = Callable[[web.Request], Awaitable[Reply | web.StreamResponse]]

_DAY = 86_400.0
_READ_AHEAD = 256 * 1024
_log = logging.getLogger(__name__)
_T = TypeVar("_T")


class Simulator:
    """One imitation of fal: all its hosts on one origin."""

    def __init__(self, settings: Settings) -> None:
        folder = settings.data_dir
        folder.mkdir(parents=True, exist_ok=True)
        clock, endpoints = (
            Clock(settings.speed),
            read_endpoints(settings.schema_folder, settings.added),
        )
        files = Files(folder / "files")
        files.forget_before(clock.now() - settings.keep_days * _DAY)
        for left in folder.glob(f"{WORK_PREFIX}*"):
            shutil.rmtree(left, ignore_errors=True)
        self._studio = Studio()
        fetcher = Fetcher(files, private_allowed=settings.private_inputs)
        workshop = Workshop(settings, clock, endpoints, files, fetcher, self._studio)
        self.context = Context(
            settings=settings,
            clock=clock,
            endpoints=endpoints,
            accounts=Accounts(),
            files=files,
            queue=Queue(
                settings, clock, RequestFolder(folder / "requests"), workshop, _survive_work
            ),
            faults=Faults(),
            ledger=Ledger(),
        )
        self._runner: web.AppRunner | None = None

    async def start(self, port: int = 0) -> str:
        """Listens on loopback and goes on with what was left undone. Returns the origin."""
        return await self.serve_on(listen(port, self.context.settings.receive_buffer))

    async def serve_on(self, listening: socket.socket) -> str:
        """The same on a socket that listens already."""
        app = web.Application(client_max_size=self.context.settings.max_json_bytes)
        self._add_routes(app.router)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1, read_bufsize=_READ_AHEAD)
        await runner.setup()
        self._runner = runner
        await web.SockSite(runner, listening).start()
        self.context.queue.start()
        return f"http://127.0.0.1:{listening.getsockname()[1]}"

    async def stop(self) -> None:
        """Stops at once; what is undone goes on at the next start."""
        await self.context.queue.stop()
        if self._runner is not None:
            await self._runner.cleanup()
        await self._studio.close()

    def _add_routes(self, router: web.UrlDispatcher) -> None:
        queue, storage = QueueRoutes(self.context), StorageRoutes(self.context)
        media, platform = MediaRoutes(self.context), PlatformRoutes(self.context)
        control = ControlRoutes(self.context)
        one = r"/{prefix:.+}/requests/{request_id}"
        table: tuple[tuple[str, str, str, Answer], ...] = (
            ("control", "GET", "/_simulator/{what}", control.show),
            ("control", "POST", "/_simulator/{what}", control.switch),
            ("control", "DELETE", "/_simulator/{what}", control.clear),
            ("initiate", "POST", "/storage/upload/initiate", storage.initiate),
            ("upload", "PUT", "/storage/put/{file_id}", storage.put),
            ("token", "POST", "/storage/auth/token", storage.token),
            ("upload", "POST", "/files/upload", storage.upload),
            ("file", "GET", "/files/b/{store}/{name}", media.file),
            ("file", "HEAD", "/files/b/{store}/{name}", media.file),
            ("models", "GET", "/v1/models", platform.models),
            ("pricing", "GET", "/v1/models/pricing", platform.pricing),
            ("history", "GET", "/v1/models/requests/by-endpoint", platform.history),
            ("openapi", "GET", "/api/openapi/queue/openapi.json", platform.openapi),
            ("stream", "GET", one + r"/status/stream{slash:/?}", queue.stream),
            ("status", "GET", one + r"/status{slash:/?}", queue.status),
            ("result", "GET", one + r"/response{slash:/?}", queue.result),
            ("result", "GET", one + r"{slash:/?}", queue.result),
            ("cancel", "PUT", one + r"/cancel{slash:/?}", queue.cancel),
            ("wrong method", "*", one + r"{rest:.*}", _wrong_method),
            ("submit", "POST", r"/{endpoint_id:[^/]+/.+}", queue.submit),
            ("unknown", "*", r"/{rest:.*}", _not_found),
        )
        for name, method, path, answer in table:
            router.add_route(method, path, self._door(name, answer))

    def _door(self, name: str, answer: Answer) -> Callable[..., Awaitable[web.StreamResponse]]:
        async def serve(request: web.Request) -> web.StreamResponse:
            seen = self.context.ledger.note(request, name, self.context.clock.now())
            fault = self.context.faults.take(name, request.method, request.path)
            request[NUMBER], request[FAULT] = seen.number, fault
            await asyncio.sleep(fault.delay)
            if fault.drop is Drop.BEFORE:
                return hang_up(request)
            reply: Reply | web.StreamResponse | None = reply_instead(fault)
            if reply is None:
                reply = await _survive_request(answer, request)
                await asyncio.sleep(fault.delay_after)
            response = await _deliver(request, reply)
            self.context.ledger.note_answer(seen.number, response.status)
            return response

        return serve


async def _deliver(request: web.Request, reply: Reply | web.StreamResponse) -> web.StreamResponse:
    if isinstance(reply, web.StreamResponse):
        return reply
    fault = request[FAULT]
    try:
        return await send(request, reply_with(fault, reply), fault)
    except ConnectionError:
        return hang_up(request)


async def _survive_work(work: Awaitable[Ending]) -> Ending:
    return await _survive(work, _WORK_FAILED)


async def _survive_request(answer: Answer, request: web.Request) -> Reply | web.StreamResponse:
    broken: Reply | web.StreamResponse = detail_reply(500, "Internal Server Error")
    try:
        return await _survive(answer(request), broken)
    except web.HTTPException as error:
        return detail_reply(error.status, error.reason)


async def _survive(work: Awaitable[_T], otherwise: _T) -> _T:
    try:
        return await work
    except web.HTTPException:
        raise
    except ConnectionError:
        return otherwise
    except Exception:  # noqa: BLE001 - one of the three places where anything may be caught
        # One bad request must not end the server, and one bad clip not the queue.
        _log.exception("the simulator failed at a request")
        return otherwise


async def _wrong_method(_request: web.Request) -> Reply:
    return detail_reply(405, "Method Not Allowed")


async def _not_found(_request: web.Request) -> Reply:
    return detail_reply(404, "Not Found")


_WORK_FAILED = Ending(
    status=500,
    body={"detail": "Internal Server Error", "error_type": "internal_error"},
    headers={"X-Fal-Error-Type": "internal_error"},
    error="Internal Server Error",
    error_type="internal_error",
)
