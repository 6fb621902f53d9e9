"""How the painting would move, here and for nothing: cut-outs that glide along their paths."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QRegion

from kling_desktop.records.painting import STILL
from kling_desktop.records.paths import along

if TYPE_CHECKING:
    from kling_desktop.records.painting import Painting, Points
    from kling_desktop.ui.brush.layers import Layers, Sight

SECONDS = 5.0
"""What the motion brush makes."""
_FRAME = 16
_Mode = QPainter.CompositionMode


@dataclass(frozen=True, slots=True)
class _Cut:
    image: QImage
    path: Points


class MovePreview(QObject):
    """Plays over and over until it is stopped. Draws in device pixels of the canvas."""

    moved = Signal()
    playing_changed = Signal(bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._clock = QElapsedTimer()
        self._beat = QTimer(self, interval=_FRAME)
        self._beat.timeout.connect(self.moved)
        self._ground = QImage()
        self._cuts: list[_Cut] = []
        self._still: QImage | None = None
        self._scale = 1.0
        self.at: float | None = None
        """Seconds that are shown whatever the clock says; None goes with the clock."""

    @property
    def is_playing(self) -> bool:
        """Whether the canvas shows the move and not the areas."""
        return self._beat.isActive()

    @property
    def seconds(self) -> float:
        """How far it is."""
        if self.at is not None:
            return self.at
        return (self._clock.elapsed() / 1000) % SECONDS if self._clock.isValid() else 0.0

    def play(self, backdrop: QImage, layers: Layers, sight: Sight, painting: Painting) -> None:
        """From the beginning."""
        self._scale = sight.scale
        place = sight.view.mapRect(QRectF(0, 0, *sight.size))
        moving = [
            (layer, one.path)
            for one in painting.moving()
            if one.path and (layer := layers.opaque(one.number)) is not None
        ]
        still = layers.opaque(STILL)
        self._still = _cut_out(backdrop, still) if still is not None else None
        self._cuts = [_Cut(_cut_out(backdrop, layer), path) for layer, path in moving]
        self._ground = _ground(backdrop, place, [layer for layer, _ in moving])
        self._clock.restart()
        self._beat.start()
        self.playing_changed.emit(True)

    def stop(self) -> None:
        """Back to the areas."""
        if self.is_playing:
            self._beat.stop()
            self._cuts, self._still, self._ground = [], None, QImage()
            self.playing_changed.emit(False)

    def paint(self, painter: QPainter, place: QRectF) -> None:
        """The picture at this moment; nothing is drawn outside of `place`, the picture's own."""
        share = self.seconds / SECONDS
        painter.save()
        painter.setClipRect(place, Qt.ClipOperation.IntersectClip)
        painter.drawImage(0, 0, self._ground)
        for cut in self._cuts:
            (x, y), (from_x, from_y) = along(cut.path, share), cut.path[0]
            off = QPointF(x - from_x, y - from_y) * self._scale
            painter.drawImage(off, cut.image)
        if self._still is not None:
            painter.drawImage(0, 0, self._still)
        painter.restore()


def _cut_out(backdrop: QImage, layer: QImage) -> QImage:
    found = backdrop.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(found)
    painter.setCompositionMode(_Mode.CompositionMode_DestinationIn)
    painter.drawImage(0, 0, layer)
    painter.end()
    return found


def _ground(backdrop: QImage, place: QRectF, holes: list[QImage]) -> QImage:
    """The picture, with what is round a hole flowing into it where something goes away."""
    found = backdrop.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(found)
    painter.setCompositionMode(_Mode.CompositionMode_DestinationOut)
    for hole in holes:
        painter.drawImage(0, 0, hole)
    painter.setClipRegion(QRegion(found.rect()) - QRegion(place.toRect()))
    painter.fillRect(found.rect(), Qt.GlobalColor.black)
    painter.end()
    return _flowed_in(found) if holes else found


def _flowed_in(picture: QImage) -> QImage:
    """Holes filled from coarser and coarser copies of what is round them."""
    copies = [picture]
    while min(copies[-1].width(), copies[-1].height()) > 2:
        copies.append(_resized(copies[-1], copies[-1].size() / 2))
    ground = copies.pop()
    for copy in (*[ground] * 8, *reversed(copies)):
        ground = _resized(ground, copy.size())
        painter = QPainter(ground)
        painter.drawImage(0, 0, copy)
        painter.end()
    return ground


def _resized(image: QImage, size: QSize) -> QImage:
    free, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    return image.scaled(size.expandedTo(QSize(1, 1)), free, smooth).copy()
