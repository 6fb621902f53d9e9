"""Works on a request as an app behind fal would: checks, fetches, renders, answers."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kling_desktop.simulator.complaints import InputRefusedError, refusal
from kling_desktop.simulator.files import file_id_for
from kling_desktop.simulator.film_order import FilmOrder
from kling_desktop.simulator.inputs import InputFile, input_files
from kling_desktop.simulator.outputs import fill
from kling_desktop.simulator.requests import Ending
from kling_desktop.simulator.strictness import complaints_about

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kling_desktop.simulator.clock import Clock
    from kling_desktop.simulator.complaints import Complaint
    from kling_desktop.simulator.endpoints import Endpoint, Endpoints
    from kling_desktop.simulator.files import Files, StoredFile
    from kling_desktop.simulator.inputs import Fetcher
    from kling_desktop.simulator.requests import QueuedRequest
    from kling_desktop.simulator.settings import Settings
    from kling_desktop.simulator.studio import Studio

_LAST_WORDS = ("tail", "end", "last")
_RATIO = re.compile(r"(\d+):(\d+)\Z")
_LONGEST = 60
WORK_PREFIX = "work-"


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
        wrong = complaints_about(dict(request.body), endpoint.input_schema, endpoint.root)
        if wrong:
            return _refused(wrong)
        log("Reading the inputs.")
        with self._scratch() as folder:
            return await self._make_in(Path(folder), endpoint, request, log)

    async def _make_in(
        self, folder: Path, endpoint: Endpoint, request: QueuedRequest, log: Callable[[str], None]
    ) -> Ending:
        fetched: list[tuple[InputFile, Path]] = []
        wrong: list[Complaint] = []
        for number, wanted in enumerate(input_files(endpoint, request.body)):
            try:
                path = await self._fetcher.fetch(wanted, folder / f"input-{number}")
            except InputRefusedError as error:
                wrong.append(error.complaint)
            else:
                fetched.append((wanted, path))
        if wrong:
            return _refused(wrong)
        try:
            made = await self._film(folder / "clip.mp4", endpoint, request, fetched, log)
        except InputRefusedError as error:
            return _refused([error.complaint])
        return Ending(status=200, body=fill(endpoint, made), billed=True)

    async def _film(
        self,
        target: Path,
        endpoint: Endpoint,
        request: QueuedRequest,
        fetched: list[tuple[InputFile, Path]],
        log: Callable[[str], None],
    ) -> StoredFile:
        order = self._order(endpoint, request, fetched)
        await self._studio.film(order, target, lambda part: log(f"rendering {part * 100:.0f} %"))
        log("Storing the clip.")
        file_id = file_id_for(request.request_id)
        return self._files.adopt(target, file_id, "output.mp4", "video/mp4", self._clock.now())

    def _scratch(self) -> tempfile.TemporaryDirectory[str]:
        # A render that is being stopped may still have its file open, which Windows minds.
        return tempfile.TemporaryDirectory(
            dir=self._settings.data_dir, prefix=WORK_PREFIX, ignore_cleanup_errors=True
        )

    def _order(
        self, endpoint: Endpoint, request: QueuedRequest, fetched: list[tuple[InputFile, Path]]
    ) -> FilmOrder:
        body = request.body
        pictures = [one for one in fetched if one[0].kind == "image"]
        ends = [one for one in pictures if one[0].name.split("_")[0] in _LAST_WORDS]
        starts = [one for one in pictures if one not in ends]
        prompt = str(body.get("prompt", ""))
        seed = body.get("seed", request.take)
        return FilmOrder(
            prompt=prompt,
            words=f"{self._settings.seed}/{seed}/{prompt}",
            seconds=_seconds(endpoint, body),
            frame_rate=endpoint.frame_rate,
            short_side=self._settings.short_side or endpoint.short_side,
            ratio=_ratio(endpoint, body),
            pictures=(*starts[:1], *ends[:1]),
        )


def _given(endpoint: Endpoint, body: Mapping[str, Any], name: str) -> str:
    return str(body.get(name, endpoint.properties.get(name, {}).get("default")))


def _seconds(endpoint: Endpoint, body: Mapping[str, Any]) -> int:
    try:
        return max(1, min(_LONGEST, round(float(_given(endpoint, body, "duration")))))
    except ValueError:
        return 5


def _ratio(endpoint: Endpoint, body: Mapping[str, Any]) -> float:
    found = _RATIO.match(_given(endpoint, body, "aspect_ratio"))
    return int(found[1]) / max(1, int(found[2])) if found else 16 / 9


def _refused(complaints: list[Complaint]) -> Ending:
    reply = refusal(complaints)
    return _ending(reply.status, {"detail": [one.to_json() for one in complaints]}, reply.headers)


def _ending(status: int, body: dict[str, Any], headers: Mapping[str, str] | None = None) -> Ending:
    return Ending(status=status, body=body, headers=dict(headers or {"x-fal-billable-units": "0"}))
