"""What the library's widgets need from elsewhere: rows and posters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QSize
    from PySide6.QtGui import QImage

    from kling_desktop.records.clip import Clip

PosterArrived: TypeAlias = "Callable[[QImage | None], None]"
"""Called once, on the thread of the window; None where there is nothing to show."""


class ClipPort(Protocol):
    """Rows of the library, straight from where they are kept."""

    def ids(self, search: str) -> list[str]:
        """Ids of the clips that match, newest first."""
        ...

    def window(self, ids: Sequence[str]) -> list[Clip]:
        """The clips of these ids; those that are gone are left out."""
        ...


class PosterPort(Protocol):
    """Posters, made or read elsewhere than in the window's thread."""

    def poster(self, clip: Clip, size: QSize, arrived: PosterArrived) -> None:
        """Ask for a picture that fills `size` (device pixels) or is somewhat larger."""
        ...
