"""What fal publishes of its models: their OpenAPI documents and a few words about each.

Both are public, so these calls go through the client that has no key.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kling_desktop.fal.answers import HISTORY_CAP, Answer
from kling_desktop.fal.dispatch import Call, Dispatch
from kling_desktop.fal.errors import CallRefused, FalError, NotFound
from kling_desktop.fal.retry import RetryPolicy

if TYPE_CHECKING:
    from kling_desktop.fal.hosts import Hosts
    from kling_desktop.records.json_values import Values

log = logging.getLogger(__name__)

DOCUMENT_CAP = 4 << 20
"""Bytes of one document after decoding; the largest today have some 100 000."""
_WITHIN = 20.0
_LIST_WITHIN = 60.0
_AT_ONCE = 50
_TWICE = RetryPolicy(attempts=2, first_delay=0.4, longest_delay=2.0)


class Documents:
    """The documents of one server."""

    def __init__(self, hosts: Hosts, open_to_all: Dispatch) -> None:
        """`open_to_all` must send no key."""
        self._site, self._platform = hosts.site, hosts.platform
        self._calls = open_to_all

    async def of(self, endpoint_id: str) -> dict[str, Any]:
        """`{endpoint_id, metadata, openapi}` of one model.

        The site's document is asked for first, else the platform API's. Raises NotFound where
        neither knows the model, another FalError where they cannot be asked.
        """
        try:
            openapi = await self._published(endpoint_id)
        except FalError as error:
            log.info("no document at the site: %s", error.problem.code)
            return await self._expanded(endpoint_id, error)
        return {
            "endpoint_id": endpoint_id,
            "metadata": await self._metadata(endpoint_id),
            "openapi": openapi,
        }

    async def of_all(self, endpoint_ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        """The same of many models, by id, from the platform API; unknown ones are left out.

        Raises FalError.
        """
        found: dict[str, dict[str, Any]] = {}
        for begin in range(0, len(endpoint_ids), _AT_ONCE):
            for model in await self._some(tuple(endpoint_ids[begin : begin + _AT_ONCE])):
                if isinstance(name := model.get("endpoint_id"), str):
                    found[name] = dict(model)
        return found

    async def _some(self, endpoint_ids: tuple[str, ...]) -> list[Values]:
        """One unknown id makes fal refuse all of them, so the list is halved until it is found."""
        try:
            return await self._models(endpoint_ids, expand=True)
        except (NotFound, CallRefused):
            if len(endpoint_ids) == 1:
                return []
        half = len(endpoint_ids) // 2
        return [*await self._some(endpoint_ids[:half]), *await self._some(endpoint_ids[half:])]

    async def _published(self, endpoint_id: str) -> Values:
        call = Call(
            method="GET",
            url=f"{self._site}/api/openapi/queue/openapi.json",
            params={"endpoint_id": endpoint_id},
            cap=DOCUMENT_CAP,
            within=_WITHIN,
        )
        return (await self._calls.ask(call, _TWICE, takes=_is_object)).fields

    async def _expanded(self, endpoint_id: str, before: FalError) -> dict[str, Any]:
        try:
            models = await self._models((endpoint_id,), expand=True)
        except FalError as error:
            # What the first one said is about the model; the second may only be missing.
            raise (error if isinstance(error, NotFound) else before) from error
        if not models:
            raise before
        return dict(models[0])

    async def _metadata(self, endpoint_id: str) -> Mapping[str, Any]:
        """Title and summary, which a form can do without."""
        try:
            models = await self._models((endpoint_id,), expand=False)
        except FalError as error:
            log.info("no words about the model: %s", error.problem.code)
            return {}
        found = models[0].get("metadata") if models else None
        return found if isinstance(found, Mapping) else {}

    async def _models(self, endpoint_ids: Sequence[str], *, expand: bool) -> list[Values]:
        params = {"endpoint_id": ",".join(endpoint_ids)}
        if expand:
            params |= {"expand": "openapi-3.0", "limit": str(_AT_ONCE)}
        many = len(endpoint_ids) > 1
        call = Call(
            method="GET",
            url=f"{self._platform}/models",
            params=params,
            cap=HISTORY_CAP if many else DOCUMENT_CAP,
            within=_LIST_WITHIN if many else _WITHIN,
        )
        listed = (await self._calls.ask(call, _TWICE, takes=_is_object)).fields.get("models")
        entries = listed if isinstance(listed, list) else []
        return [one for one in entries if isinstance(one, Mapping)]


def _is_object(answer: Answer) -> bool:
    return answer.succeeded and answer.is_object
