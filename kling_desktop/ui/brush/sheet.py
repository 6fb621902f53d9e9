"""What is seen of the painting: the picture in its view, the areas on it, paths and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QRegion

from kling_desktop.ui.brush import signs
from kling_desktop.ui.brush.layers import Layers, Sight
from kling_desktop.ui.brush.preview import MovePreview
from kling_desktop.ui.brush.seats import Seats
from kling_desktop.ui.picture_view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kling_desktop.records.painting import Area, Point
    from kling_desktop.ui.brush.session import BrushSession


class Sheet(QObject):
    """Draws into a widget that tells it its size. What costs time is made anew only when needed."""

    changed = Signal()

    def __init__(self, session: BrushSession, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._picture = QImage()
        self._backdrop = QImage()
        self._onto, self._ratio = QSize(1, 1), 1.0
        self._surround = QColor()
        self._is_old = True
        self.view = View(session.painting.size, QRectF(0, 0, 1, 1))
        self.layers = Layers()
        self.seats = Seats(self)
        self.preview = MovePreview(self)
        self.seats.known.connect(self.changed)
        self.preview.moved.connect(self.changed)
        self.preview.playing_changed.connect(lambda _playing: self.changed.emit())
        session.painting_changed.connect(self._on_painting)

    def show_picture(self, picture: QImage) -> None:
        """What is painted on; it may have fewer pixels than the picture itself."""
        self._picture = picture
        self.renew()

    def set_ground(self, size: QSize, ratio: float, surround: QColor) -> None:
        """The widget, in device pixels, and what is round the picture."""
        if (size, ratio, surround) != (self._onto, self._ratio, self._surround):
            self._onto, self._ratio, self._surround = size, ratio, surround
            self._is_old = True

    def set_view(self, view: View) -> None:
        """Nearer, farther, elsewhere."""
        if view != self.view:
            self.view = view
            self.renew()

    def renew(self) -> None:
        """Everything is drawn anew, once for however many changes there were."""
        self.preview.stop()
        self._is_old = True
        self.changed.emit()

    def play(self) -> None:
        """The move, from its beginning."""
        self._bring_up()
        self.preview.play(self._backdrop, self.layers, self._sight(), self._session.painting)

    def paint(self, painter: QPainter) -> None:
        """All but the brush."""
        self._bring_up()
        painter.save()
        painter.scale(1 / self._ratio, 1 / self._ratio)
        painter.drawImage(0, 0, self._backdrop)
        if self.preview.is_playing:
            self.preview.paint(painter, self._place())
            painter.restore()
            return
        painter.setOpacity(self._session.opacity / 100)
        self.layers.paint(painter)
        painter.restore()
        chosen = self._session.chosen
        areas = self._session.painting.areas
        for area in sorted(areas, key=lambda one: one.number == chosen):
            if area.shown:
                self._paint_sign(painter, area, is_chosen=area.number == chosen)

    def on_canvas(self, points: Sequence[Point]) -> list[QPointF]:
        """Points of the picture on the canvas."""
        return [self.view.to_canvas(one) for one in points]

    def logical(self, changed: QRegion) -> QRegion:
        """Device pixels in those of the widget."""
        if self._ratio == 1:
            return changed
        small = self._sight().view.fromScale(1 / self._ratio, 1 / self._ratio).map(changed)
        return small | small.translated(1, 1) | small.translated(-1, -1)

    def _on_painting(self) -> None:
        if not self._is_old:
            self.layers.renew(self._session.painting)
        self.seats.show(self._session.painting)
        self.changed.emit()

    def _paint_sign(self, painter: QPainter, area: Area, *, is_chosen: bool) -> None:
        points = self.on_canvas(area.path)
        signs.paint_path(painter, points, chosen=is_chosen)
        region = self.seats.of(area)
        seat = region.seat if region else None
        if points or seat:
            place = points[0] if points else self.view.to_canvas(seat or (0.0, 0.0))
            signs.paint_number(painter, place, area.number, chosen=is_chosen)

    def _sight(self) -> Sight:
        view = self.view.transform(self._ratio)
        return Sight(self.view.size, view, self._onto, self._ratio)

    def _place(self) -> QRectF:
        """The whole picture, in device pixels."""
        place = self.view.place
        return QRectF(place.topLeft() * self._ratio, place.size() * self._ratio)

    def _bring_up(self) -> None:
        if self._is_old:
            self._is_old = False
            self._backdrop = self._drawn_backdrop()
            self.layers.set_sight(self._sight(), self._session.painting)
            self.seats.show(self._session.painting)

    def _drawn_backdrop(self) -> QImage:
        found = QImage(self._onto.expandedTo(QSize(1, 1)), QImage.Format.Format_RGB32)
        found.fill(self._surround)
        place = self._place()
        seen = place & QRectF(found.rect())
        if self._picture.isNull() or seen.isEmpty():
            return found
        scale = self._picture.width() / place.width()
        part = QRectF((seen.topLeft() - place.topLeft()) * scale, seen.size() * scale)
        painter = QPainter(found)
        if scale > 1:
            whole = part.toAlignedRect() & self._picture.rect()
            size = QRectF(whole).size() / scale
            small = self._picture.copy(whole).scaled(
                size.toSize().expandedTo(QSize(1, 1)),
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(
                QRectF(QRectF(whole).topLeft() / scale + place.topLeft(), size), small
            )
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale > 0.25)
            painter.drawImage(seen, self._picture, part)
        painter.end()
        return found
