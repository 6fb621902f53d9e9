"""Posters in memory: a bounded shelf that asks for what is in sight, newest wish first."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPixmap

from kling_desktop.ui.library.card import RADIUS

if TYPE_CHECKING:
    from collections.abc import Callable

    from kling_desktop.records.clip import Clip
    from kling_desktop.ui.library.ports import PosterPort

_WIDTH = 168
"""Logical pixels of a poster's width on a full card."""
_SHELF_BYTES = 16_000_000
_AT_ONCE = 4
_MOST_WISHES = 128


class PosterShelf(QObject):
    """Pictures of clips by id. `arrived` tells the id of a clip whose picture is here now."""

    arrived = Signal(str)

    def __init__(
        self,
        port: PosterPort,
        in_sight: Callable[[str], bool],
        parent: QObject | None = None,
        *,
        limit: int = _SHELF_BYTES,
    ) -> None:
        super().__init__(parent)
        self._port = port
        self._in_sight = in_sight
        self._limit = limit
        self._pictures: OrderedDict[str, QPixmap] = OrderedDict()
        self._bytes = 0
        self._without: set[str] = set()
        self._wishes: OrderedDict[str, tuple[Clip, QSize]] = OrderedDict()
        self._under_way: set[str] = set()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._ask)

    def picture(self, clip: Clip, size: QSize) -> QPixmap | None:
        """The picture if it is here; else it is asked for and `arrived` follows."""
        kept = self._pictures.get(clip.clip_id)
        if kept is not None:
            self._pictures.move_to_end(clip.clip_id)
        if kept is None or kept.width() < size.width() - 1:
            self._wish(clip, size)
        return kept

    def forget(self, clip_id: str) -> None:
        """Ask again for this clip's picture the next time it is in sight."""
        self._without.discard(clip_id)
        kept = self._pictures.pop(clip_id, None)
        if kept is not None:
            self._bytes -= _bytes_of(kept)

    @property
    def bytes_kept(self) -> int:
        """What the pictures take in memory."""
        return self._bytes

    def _wish(self, clip: Clip, size: QSize) -> None:
        clip_id = clip.clip_id
        if clip_id in self._without or clip_id in self._under_way:
            return
        self._wishes[clip_id] = (clip, size)
        self._wishes.move_to_end(clip_id)
        while len(self._wishes) > _MOST_WISHES:
            self._wishes.popitem(last=False)
        if not self._soon.isActive():
            self._soon.start()

    def _ask(self) -> None:
        while self._wishes and len(self._under_way) < _AT_ONCE:
            clip_id, (clip, size) = self._wishes.popitem()
            if not self._in_sight(clip_id):
                continue
            self._under_way.add(clip_id)
            self._port.poster(clip, size, partial(self._arrive, clip_id, size))

    def _arrive(self, clip_id: str, size: QSize, image: QImage | None) -> None:
        self._under_way.discard(clip_id)
        if image is None or image.isNull():
            self._without.add(clip_id)
        else:
            self._keep(clip_id, _filling(image, size))
            self.arrived.emit(clip_id)
        if self._wishes and not self._soon.isActive():
            self._soon.start()

    def _keep(self, clip_id: str, picture: QPixmap) -> None:
        self.forget(clip_id)
        self._pictures[clip_id] = picture
        self._bytes += _bytes_of(picture)
        while self._bytes > self._limit and len(self._pictures) > 1:
            _, oldest = self._pictures.popitem(last=False)
            self._bytes -= _bytes_of(oldest)


def _filling(image: QImage, size: QSize) -> QPixmap:
    """The middle of a picture, cut and scaled to exactly this size."""
    whole = image.size()
    cut = size.scaled(whole, Qt.AspectRatioMode.KeepAspectRatio)
    place = QRect(QPoint(0, 0), cut)
    place.moveCenter(QRect(QPoint(0, 0), whole).center())
    smooth = Qt.TransformationMode.SmoothTransformation
    part = image.copy(place).scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
    return _round_cornered(part, RADIUS * size.width() / _WIDTH)


def _round_cornered(image: QImage, radius: float) -> QPixmap:
    """Cut once here, so that painting a card is one plain copy."""
    picture = QPixmap(image.size())
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(image)
    painter.drawRoundedRect(picture.rect(), radius, radius)
    painter.end()
    return picture


def _bytes_of(picture: QPixmap) -> int:
    return picture.width() * picture.height() * max(1, picture.depth() // 8)
