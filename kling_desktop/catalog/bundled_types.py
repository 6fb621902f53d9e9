"""The bundled request types, each read from its file when it is first asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kling_desktop.catalog.problems import CATALOGUE_BROKEN, CatalogueBroken
from kling_desktop.catalog.request_type_reading import read_request_type

if TYPE_CHECKING:
    from pathlib import Path

    from kling_desktop.catalog.request_type import RequestType


class BundledTypes(Mapping[str, "RequestType"]):
    """Request types by name. Asking for one raises CatalogueBroken where its file is damaged."""

    def __init__(self, folder: Path, names: tuple[str, ...]) -> None:
        self._folder = folder
        self._names = dict.fromkeys(names)
        self._read: dict[str, RequestType] = {}

    def __getitem__(self, name: str) -> RequestType:
        if name not in self._names:
            raise KeyError(name)
        if name not in self._read:
            schema = read_json(self._folder / "request_types" / f"{name}.json")
            self._read[name] = read_request_type(schema, parts=self._parts)
        return self._read[name]

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    @cached_property
    def _parts(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = read_json(self._folder / "parts.json").get("$defs", {})
        return found


class LayeredTypes(Mapping[str, "RequestType"]):
    """Further request types over others; what lies below is still read only when asked for."""

    def __init__(self, over: Mapping[str, RequestType], under: Mapping[str, RequestType]) -> None:
        self._over: Mapping[str, RequestType] = over
        self._under: Mapping[str, RequestType] = under
        if isinstance(under, LayeredTypes):
            self._over, self._under = {**under._over, **over}, under._under

    def __getitem__(self, name: str) -> RequestType:
        return self._over[name] if name in self._over else self._under[name]

    def __contains__(self, name: object) -> bool:
        return name in self._over or name in self._under

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*self._under, *self._over)))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def read_json(path: Path) -> dict[str, Any]:
    """One file of the catalogue. Raises CatalogueBroken."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CatalogueBroken(CATALOGUE_BROKEN(details=repr(error))) from error
    if not isinstance(found, dict):
        raise CatalogueBroken(CATALOGUE_BROKEN(details=f"{path.name} holds no object"))
    return found
