"""Models that a person added or refreshed: a table and one document of fal for each, as files.

The table `models.json` has rows like the bundled one, each with the name of its document's file.
A row of a model that is bundled counts only where it was refreshed, and only for the program's
version that did: a newer program brings newer facts.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import kling_desktop
from kling_desktop.catalog.bundled_types import LayeredTypes
from kling_desktop.catalog.catalog import endpoint_from
from kling_desktop.catalog.openapi import read_document, with_words_of
from kling_desktop.catalog.problems import ModelUnreadable
from kling_desktop.catalog.request_type import RequestType

if TYPE_CHECKING:
    from pathlib import Path

    from kling_desktop.catalog.catalog import Catalog
    from kling_desktop.catalog.endpoint import Endpoint

TABLE = "models.json"
_WORDS = ("endpoint_id", "title", "family", "tier", "request_type", "summary", "file", "program")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptModel:
    """One row. `price` is as in the bundled table, or None."""

    endpoint: Endpoint
    file: str
    """The document's file, beside the table."""
    price: Mapping[str, Any] | None = None
    program: str = kling_desktop.__version__

    def to_json(self) -> dict[str, Any]:
        """The row as data."""
        one = self.endpoint
        return {
            "endpoint_id": one.endpoint_id,
            "title": one.title,
            "family": one.family,
            "tier": one.tier,
            "intentions": [one.intention, *one.also],
            "request_type": one.request_type,
            "status": one.status.value,
            "makes": one.makes.value,
            "summary": one.summary,
            "price": dict(self.price) if self.price else None,
            "added": one.added,
            "offered": one.offered,
            "file": self.file,
            "program": self.program,
        }


def read_kept(folder: Path) -> tuple[KeptModel, ...]:
    """The rows of a folder; what cannot be read is left out and said in the log."""
    try:
        table = json.loads((folder / TABLE).read_bytes())
        rows = table["models"]
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        _log.warning("the added models cannot be read: %r", error)
        return ()
    found = (_row(row) for row in rows) if isinstance(rows, list) else ()
    return tuple(one for one in found if one is not None and (folder / one.file).is_file())


def with_kept(bundled: Catalog, kept: tuple[KeptModel, ...], folder: Path) -> Catalog:
    """The bundled catalogue and what was kept; documents are read as they are needed."""
    names = {one.endpoint.endpoint_id: one for one in kept if _counts(one, bundled)}
    if not names:
        return bundled
    refreshed = tuple(
        _refreshed(one, names[one.endpoint_id]) if one.endpoint_id in names else one
        for one in bundled.endpoints
    )
    known = {one.endpoint_id for one in bundled.endpoints}
    added = tuple(one.endpoint for name, one in names.items() if name not in known)
    types = KeptTypes(folder, tuple(names.values()), bundled)
    return replace(
        bundled,
        endpoints=(*refreshed, *added),
        request_types=LayeredTypes(types, bundled.request_types),
    )


class KeptTypes(Mapping[str, RequestType]):
    """Their request types by name, each read from its document when it is first asked for.

    A document that cannot be read any more gives a type without fields.
    """

    def __init__(self, folder: Path, kept: tuple[KeptModel, ...], bundled: Catalog) -> None:
        self._folder, self._bundled = folder, bundled
        self._kept = {one.endpoint.request_type: one for one in kept}
        self._read: dict[str, RequestType] = {}

    def __getitem__(self, name: str) -> RequestType:
        if name not in self._read:
            self._read[name] = self._type(name, self._kept[name])
        return self._read[name]

    def __contains__(self, name: object) -> bool:
        return name in self._kept

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)

    def _type(self, name: str, kept: KeptModel) -> RequestType:
        try:
            document = json.loads((self._folder / kept.file).read_bytes())
            _, found = read_document(document)
        except (OSError, ValueError, RecursionError, ModelUnreadable) as error:
            _log.warning("the document of %s cannot be read: %r", name, error)
            return RequestType(name=name, schema={"type": "object"}, fields=())
        old = self._bundled.request_type_of(kept.endpoint.endpoint_id)
        return replace(with_words_of(found, old) if old else found, name=name)


def _refreshed(bundled: Endpoint, kept: KeptModel) -> Endpoint:
    """fal tells one base price, so ours stays where there is one."""
    new = kept.endpoint
    return replace(bundled, request_type=new.request_type, price=bundled.price or new.price)


def _counts(kept: KeptModel, bundled: Catalog) -> bool:
    if bundled.endpoint(kept.endpoint.endpoint_id) is None:
        return kept.endpoint.added
    return not kept.endpoint.added and kept.program == kling_desktop.__version__


def _row(row: object) -> KeptModel | None:
    try:
        if not isinstance(row, dict):
            raise TypeError("no object")
        if not all(isinstance(row[name], str) for name in _WORDS):
            raise TypeError("a word is missing")
        endpoint = replace(
            endpoint_from(row),
            added=row["added"] is True,
            offered=row["offered"] is not False,
        )
        file = row["file"]
        if "/" in file or "\\" in file or not file.endswith(".json"):
            raise ValueError("no plain name")
        return KeptModel(
            endpoint=endpoint, file=file, price=row.get("price"), program=row["program"]
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        _log.warning("an added model cannot be read: %r", error)
        return None
