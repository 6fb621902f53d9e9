"""Works on a request as an app behind fal would: checks, fetches, makes, answers."""

from __future__ import annotations

import base64
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kling_desktop.simulator.complaints import InputRefusedError, refusal
from kling_desktop.simulator.files import file_id_for
from kling_desktop.simulator.film_order import Supplied
from kling_desktop.simulator.inputs import input_files
from kling_desktop.simulator.outputs import Result, fill
from kling_desktop.simulator.requests import Ending
from kling_desktop.simulator.strictness import complaints_about, contradictions
from kling_desktop.simulator.wishes import Asked, order_for, wanted_side

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kling_desktop.simulator.clock import Clock
    from kling_desktop.simulator.complaints import Complaint
    from kling_desktop.simulator.endpoints import Endpoint, Endpoints
    from kling_desktop.simulator.files import Files, StoredFile
    from kling_desktop.simulator.film_order import Made
    from kling_desktop.simulator.inputs import Fetcher
    from kling_desktop.simulator.requests import QueuedRequest
    from kling_desktop.simulator.settings import Settings
    from kling_desktop.simulator.studio import Studio

WORK_PREFIX = "work-"
_TYPES = {
    ".mp4": "video/mp4",
    ".mp3": "audio/mpeg",
    ".wav": "audio/wav",
    ".png": "image/png",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
}


class Workshop:
    """The maker behind the queue."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        endpoints: Endpoints,
        files: Files,
        fetcher: Fetcher,
        studio: Studio,
    ) -> None:
        self._settings, self._clock, self._endpoints = settings, clock, endpoints
        self._files, self._fetcher, self._studio = files, fetcher, studio

    async def make(self, request: QueuedRequest, log: Callable[[str], None]) -> Ending:
        """Ends with what the request has earned."""
        endpoint = self._endpoints.get(request.endpoint_id)
        if endpoint is None:
            path = request.endpoint_id.removeprefix(request.app)
            return _ending(404, {"detail": f"Path {path} not found"})
        body = dict(request.body)
        wrong = complaints_about(body, endpoint.input_schema, endpoint.root)
        wrong = wrong or contradictions(body, endpoint.input_schema)
        if wrong:
            return _refused(wrong)
        log("Reading the inputs.")
        with self._scratch() as folder:
            return await self._make_in(Path(folder), endpoint, request, log)

    async def _make_in(
        self, folder: Path, endpoint: Endpoint, request: QueuedRequest, log: Callable[[str], None]
    ) -> Ending:
        supplied: list[Supplied] = []
        wrong: list[Complaint] = []
        for number, wanted in enumerate(input_files(endpoint, request.body)):
            try:
                path = await self._fetcher.fetch(wanted, folder / f"input-{number}")
            except InputRefusedError as error:
                wrong.append(error.complaint)
            else:
                supplied.append(Supplied(wanted, path))
        if wrong:
            return _refused(wrong)
        asked = Asked(
            endpoint=endpoint,
            body=request.body,
            supplied=tuple(supplied),
            seed=self._settings.seed,
            take=request.take,
            short_side=self._settings.short_side,
        )
        try:
            result = await self._result(folder, asked, request.request_id, log)
        except InputRefusedError as error:
            return _refused([error.complaint])
        return Ending(status=200, body=fill(endpoint, result), billed=True)

    async def _result(
        self, folder: Path, asked: Asked, request_id: str, log: Callable[[str], None]
    ) -> Result:
        order = order_for(asked)
        if wanted_side(asked) > order.short_side and not asked.short_side:
            log(f"The model gives {wanted_side(asked)} lines; this rehearsal {order.short_side}.")
        made = await self._studio.make(
            order, folder, lambda part: log(f"rendering {part * 100:.0f} %")
        )
        log("Storing the result.")
        files = self._adopted(made, request_id)
        seed = asked.body.get("seed")
        return Result(
            mark=file_id_for(request_id),
            files=files,
            inline=self._inline(files) if asked.values.get("sync_mode") is True else {},
            made=made,
            seed=seed if isinstance(seed, int) else asked.seed + asked.take,
            prompt=order.prompt,
        )

    def _adopted(self, made: Made, request_id: str) -> dict[str, list[StoredFile]]:
        found: dict[str, list[StoredFile]] = {}
        parts = [("video", made.video), ("sound", made.sound)]
        parts += [("picture", path) for path in made.pictures]
        for kind, path in parts:
            if path is None:
                continue
            # The first file is named after the request alone, however many follow it.
            name = f"output{path.suffix}"
            mark = request_id if not found else f"{request_id}/{path.name}"
            stored = self._files.adopt(
                path, file_id_for(mark), name, _TYPES[path.suffix], self._clock.now()
            )
            found.setdefault(kind, []).append(stored)
        return found

    def _inline(self, files: Mapping[str, list[StoredFile]]) -> dict[str, str]:
        """Pictures that are asked for as part of the answer."""
        return {
            one.file_id: f"data:{one.content_type};base64,"
            + base64.b64encode(self._files.path(one.file_id).read_bytes()).decode()
            for one in files.get("picture", ())
        }

    def _scratch(self) -> tempfile.TemporaryDirectory[str]:
        # A render that is being stopped may still have its file open, which Windows minds.
        return tempfile.TemporaryDirectory(
            dir=self._settings.data_dir, prefix=WORK_PREFIX, ignore_cleanup_errors=True
        )


def _refused(complaints: list[Complaint]) -> Ending:
    reply = refusal(complaints)
    return _ending(reply.status, {"detail": [one.to_json() for one in complaints]}, reply.headers)


def _ending(status: int, body: dict[str, Any], headers: Mapping[str, str] | None = None) -> Ending:
    return Ending(status=status, body=body, headers=dict(headers or {"x-fal-billable-units": "0"}))
