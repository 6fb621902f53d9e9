"""The catalogue as it is now: the bundled one, and what the person added to it or refreshed."""

from __future__ import annotations

import dataclasses
import json
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from kling_desktop.catalog.kept_models import TABLE, KeptModel, read_kept, with_kept

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from kling_desktop.catalog.catalog import Catalog
    from kling_desktop.catalog.endpoint import Endpoint
    from kling_desktop.records.told_price import ToldPrice


@dataclass(frozen=True, slots=True, kw_only=True)
class NewModel:
    """A model and the document that describes it, to be kept."""

    endpoint: Endpoint
    document: Mapping[str, Any]
    price: Mapping[str, Any] | None = None
    """As in the table of the catalogue."""


class Models:
    """Owns the catalogue, which is replaced whole. For one thread; writing may be in another.

    Files come first, then what is shown, so that a disk that refuses changes nothing.
    """

    def __init__(self, bundled: Catalog, folder: Path) -> None:
        self.bundled = bundled
        self._folder = folder
        self._kept = read_kept(folder)
        self._told: tuple[ToldPrice, ...] = ()
        self._usual: Mapping[str, tuple[int, int]] = {}
        self._listeners: list[Callable[[Catalog], None]] = []
        self.catalog = with_kept(bundled, self._kept, folder)

    @property
    def added(self) -> tuple[Endpoint, ...]:
        """What the person added and has not taken away."""
        return tuple(one for one in self.catalog.endpoints if one.added and one.offered)

    def subscribe(self, listener: Callable[[Catalog], None]) -> None:
        """Calls `listener` with the whole catalogue after each change."""
        self._listeners.append(listener)

    def rows_with(self, news: Sequence[NewModel]) -> tuple[KeptModel, ...]:
        """The table with these models in it; nothing is written yet."""
        rows = {one.endpoint.endpoint_id: one for one in self._kept}
        for new in news:
            name = new.endpoint.endpoint_id
            before = rows[name].price if name in rows else None
            file = _file_name(name, new.document)
            rows[name] = KeptModel(endpoint=new.endpoint, file=file, price=new.price or before)
        return tuple(rows.values())

    def rows_without(self, endpoint_id: str) -> tuple[KeptModel, ...]:
        """The table with a model that is not offered any more; its document stays."""
        return tuple(
            dataclasses.replace(one, endpoint=dataclasses.replace(one.endpoint, offered=False))
            if one.endpoint.endpoint_id == endpoint_id
            else one
            for one in self._kept
        )

    def write(self, rows: tuple[KeptModel, ...], news: Sequence[NewModel] = ()) -> None:
        """Documents first, then the table that names them. Raises OSError; blocks."""
        self._folder.mkdir(parents=True, exist_ok=True)
        for new in news:
            name = _file_name(new.endpoint.endpoint_id, new.document)
            _write(self._folder / name, new.document)
        table = {"format": 1, "models": [one.to_json() for one in rows]}
        _write(self._folder / TABLE, table)

    def show_kept(self) -> None:
        """Shows what was written."""
        self._kept = read_kept(self._folder)
        self._show(with_kept(self.bundled, self._kept, self._folder))

    def show_prices(self, told: Iterable[ToldPrice]) -> None:
        """What the server told of prices counts from now on."""
        self._told = tuple(told)
        self._show(with_kept(self.bundled, self._kept, self._folder), self.catalog)

    def show_usual(self, usual: Mapping[str, tuple[int, int]]) -> None:
        """How long the person's own clips took, in seconds, by endpoint."""
        self._usual = dict(usual)
        self._show(with_kept(self.bundled, self._kept, self._folder), self.catalog)

    def _show(self, catalog: Catalog, before: Catalog | None = None) -> None:
        """`before` is what is shown already, if nothing but its figures may be different."""
        from kling_desktop.catalog.live_prices import with_told
        from kling_desktop.catalog.usual import with_usual

        self.catalog = with_usual(with_told(catalog, self._told), self._usual)
        if before is not None and before.endpoints == self.catalog.endpoints:
            return
        for listener in list(self._listeners):
            listener(self.catalog)


def _file_name(endpoint_id: str, document: Mapping[str, Any]) -> str:
    """A new name for a new document, so that no table ever points to half a change."""
    plain = re.sub(r"[^a-z0-9]+", "-", endpoint_id.lower()).strip("-")[:60]
    text = json.dumps([endpoint_id, document], sort_keys=True)
    return f"{plain}-{sha256(text.encode()).hexdigest()[:12]}.json"


def _write(path: Path, value: Mapping[str, Any]) -> None:
    from kling_desktop.core.disk import put

    part = path.with_suffix(".part")
    part.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    put(part, path)
