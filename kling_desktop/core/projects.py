"""The project that is worked in: its name, and the ratio in which its clips are delivered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from kling_desktop.records.framing import ratio_of

if TYPE_CHECKING:
    from collections.abc import Callable


class ProjectRows(Protocol):
    """What is needed of the store."""

    def name(self, project_id: str) -> str | None: ...

    def ratio(self, project_id: str) -> str: ...

    def set_ratio(self, project_id: str, ratio: str) -> None: ...


class Project:
    """Reads once, writes each change at once and tells those who asked. For one thread."""

    def __init__(self, rows: ProjectRows, project_id: str) -> None:
        self._rows, self._project_id = rows, project_id
        self._listeners: list[Callable[[], None]] = []
        self.name = rows.name(project_id) or ""
        kept = rows.ratio(project_id)
        self.ratio = kept if ratio_of(kept) else ""
        """As "16:9"; empty where clips may have any."""

    def deliver_in(self, ratio: str) -> None:
        """Another ratio, or none. Raises ValueError for what is no ratio, and StoreError."""
        if ratio and ratio_of(ratio) is None:
            raise ValueError(f"no ratio: {ratio!r}")
        if ratio == self.ratio:
            return
        self._rows.set_ratio(self._project_id, ratio)
        self.ratio = ratio
        for listener in list(self._listeners):
            listener()

    def subscribe(self, listener: Callable[[], None]) -> None:
        """Calls it after each change."""
        self._listeners.append(listener)
