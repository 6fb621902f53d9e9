"""Looks models up at fal: one by its name, or all that are known for what has changed."""

from __future__ import annotations

import asyncio
import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from kling_desktop.catalog.changes import (
    ChangeKind,
    FieldChange,
    ModelChange,
    field_changes,
    shrunk,
)
from kling_desktop.catalog.endpoint import Endpoint, EndpointStatus
from kling_desktop.catalog.model_address import endpoint_id_in
from kling_desktop.catalog.openapi import read_document, with_words_of
from kling_desktop.catalog.pricing import pricing_from
from kling_desktop.catalog.problems import NO_SUCH_MODEL, ModelUnreadable
from kling_desktop.catalog.told_price import told_price
from kling_desktop.core.models import NewModel
from kling_desktop.fal.errors import FalError, NotFound
from kling_desktop.fal.platform import Unavailable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from kling_desktop.catalog.request_type import RequestType
    from kling_desktop.core.models import Models
    from kling_desktop.core.writer import Threads
    from kling_desktop.fal.platform import Price
    from kling_desktop.records.problem import Problem


_MOST_PRICES = 30
"""Asked for in one go, one after the other: one without a price spoils a list of them."""


class DocumentCalls(Protocol):
    """What fal publishes."""

    async def of(self, endpoint_id: str) -> dict[str, Any]:
        """One model. Raises FalError."""
        ...

    async def of_all(self, endpoint_ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        """Many models, by id. Raises FalError."""
        ...


class PriceCalls(Protocol):
    """What fal charges."""

    async def price(self, endpoint_ids: Sequence[str]) -> tuple[Price, ...] | Unavailable:
        """fal's prices. Raises FalError."""
        ...


class ModelCalls(Protocol):
    """The part of a client that is asked about models."""

    @property
    def documents(self) -> DocumentCalls:
        """What fal publishes."""
        ...

    @property
    def platform(self) -> PriceCalls:
        """What fal charges."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundModel:
    """A model as it would be added."""

    new: NewModel
    request_type: RequestType
    is_bundled: bool
    """It came with the program, so that there is nothing to add."""
    is_added: bool
    """It was added before; adding it again brings it up to date."""

    @property
    def endpoint(self) -> Endpoint:
        """Its row."""
        return self.new.endpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Refreshed:
    """What fal says of all known models now."""

    checked: int
    changes: tuple[ModelChange, ...]
    missing: tuple[str, ...]
    """Titles of those that fal does not describe any more; they stay as they are."""
    news: tuple[NewModel, ...]


class ModelSearch:
    """Asks fal about models, and keeps what the person takes."""

    def __init__(
        self,
        models: Models,
        connect: Callable[[], Awaitable[ModelCalls]],
        files: Threads,
        has_key: Callable[[], bool] = lambda: False,
    ) -> None:
        self._models, self._connect, self._files = models, connect, files
        self._has_key = has_key
        self._writing = asyncio.Lock()

    async def find(self, text: str) -> FoundModel:
        """The model that a person named by its id or an address.

        Raises ModelUnreadable where there is none or it describes no form, else FalError.
        """
        endpoint_id = endpoint_id_in(text)
        calls = await self._connect()
        try:
            document = await calls.documents.of(endpoint_id)
        except NotFound as error:
            raise ModelUnreadable(NO_SUCH_MODEL(details=error.problem.details)) from error
        document = {**document, "endpoint_id": endpoint_id}
        endpoint, request_type = await self._files.run(read_document, document)
        price = await self._price(calls, endpoint_id, request_type)
        known = self._models.catalog.endpoint(endpoint_id)
        return FoundModel(
            new=NewModel(
                endpoint=dataclasses.replace(
                    endpoint,
                    request_type=endpoint_id,
                    price=pricing_from(price) if price else None,
                    added=True,
                ),
                document=document,
                price=price,
            ),
            request_type=dataclasses.replace(request_type, name=endpoint_id),
            is_bundled=self._models.bundled.endpoint(endpoint_id) is not None,
            is_added=known is not None and known.added and known.offered,
        )

    async def add(self, found: FoundModel) -> None:
        """Keeps it, and shows it. Raises OSError where the disk refuses."""
        await self._keep((found.new,))

    async def remove(self, endpoint_id: str) -> None:
        """Offers it no more; work that was made with it still opens. Raises OSError."""
        async with self._writing:
            rows = self._models.rows_without(endpoint_id)
            await self._files.run(self._models.write, rows)
            self._models.show_kept()

    async def look_for_changes(self) -> Refreshed:
        """What is different at fal; nothing is taken yet.

        Raises ModelUnreadable where the answer is suspiciously small, else FalError.
        """
        asked = [
            one
            for one in self._models.catalog.endpoints
            if one.status is not EndpointStatus.WITHDRAWN and one.offered
        ]
        calls = await self._connect()
        documents = await calls.documents.of_all([one.endpoint_id for one in asked])
        unpriced = [one for one in asked if one.price is None][:_MOST_PRICES]
        prices = {one.endpoint_id: await self._price_now(calls, one) for one in unpriced}
        return await self._files.run(self._compared, asked, documents, prices)

    async def take(self, refreshed: Refreshed) -> None:
        """Keeps what has changed, and shows it. Raises OSError."""
        await self._keep(refreshed.news)

    async def _keep(self, news: tuple[NewModel, ...]) -> None:
        async with self._writing:
            rows = self._models.rows_with(news)
            await self._files.run(self._models.write, rows, news)
            self._models.show_kept()

    async def _price(
        self, calls: ModelCalls, endpoint_id: str, request_type: RequestType
    ) -> dict[str, Any] | None:
        """fal tells prices to those with a key."""
        if not self._has_key():
            return None
        try:
            prices = await calls.platform.price([endpoint_id])
        except FalError:
            return None
        if isinstance(prices, Unavailable):
            return None
        for one in prices:
            if one.endpoint_id == endpoint_id:
                return told_price(one.unit_price, one.unit, one.currency, request_type)
        return None

    async def _price_now(self, calls: ModelCalls, endpoint: Endpoint) -> dict[str, Any] | None:
        request_type = self._models.catalog.request_type_of(endpoint.endpoint_id)
        if request_type is None:
            return None
        return await self._price(calls, endpoint.endpoint_id, request_type)

    def _compared(
        self,
        asked: Sequence[Endpoint],
        documents: Mapping[str, Mapping[str, Any]],
        prices: Mapping[str, dict[str, Any] | None],
    ) -> Refreshed:
        changes: list[ModelChange] = []
        news: list[NewModel] = []
        missing: list[str] = []
        known_fields = lost_fields = 0
        for endpoint in asked:
            old = self._models.catalog.request_type_of(endpoint.endpoint_id)
            new = _read(documents.get(endpoint.endpoint_id), endpoint.endpoint_id)
            if old is None or new is None:
                missing.append(endpoint.title)
                continue
            price = prices.get(endpoint.endpoint_id)
            found = (*field_changes(old, with_words_of(new, old)), *_priced(price))
            known_fields += len(old.fields)
            lost = [one for one in old.fields if new.field(one.name) is None]
            lost_fields += len(lost)
            _refuse(shrunk(len(old.fields), len(lost)))
            if found:
                title = endpoint.title
                endpoint_id = endpoint.endpoint_id
                changes.append(ModelChange(endpoint_id=endpoint_id, title=title, fields=found))
                news.append(_renewed(endpoint, documents[endpoint_id], price))
        _refuse(shrunk(len(asked), len(missing)))
        _refuse(shrunk(known_fields, lost_fields))
        return Refreshed(
            checked=len(asked), changes=tuple(changes), missing=tuple(missing), news=tuple(news)
        )


def _read(document: Mapping[str, Any] | None, endpoint_id: str) -> RequestType | None:
    if document is None:
        return None
    try:
        return read_document({**document, "endpoint_id": endpoint_id})[1]
    except ModelUnreadable:
        return None


def _priced(price: Mapping[str, Any] | None) -> tuple[FieldChange, ...]:
    """That a price is known now."""
    if price is None:
        return ()
    aspect = "per_second" if "per_second" in price else "first"
    told = FieldChange(
        kind=ChangeKind.CHANGED, title="", name="", aspect=aspect, after=str(price[aspect])
    )
    return (told,)


def _renewed(
    endpoint: Endpoint, document: Mapping[str, Any], price: Mapping[str, Any] | None
) -> NewModel:
    return NewModel(
        price=price,
        endpoint=dataclasses.replace(endpoint, request_type=endpoint.endpoint_id),
        document={**document, "endpoint_id": endpoint.endpoint_id},
    )


def _refuse(problem: Problem | None) -> None:
    if problem is not None:
        raise ModelUnreadable(problem)
