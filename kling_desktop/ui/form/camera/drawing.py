"""A move of the camera, drawn live: a small place, as it is seen on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from kling_desktop.ui.form.camera.moves import Pose, pose_at
from kling_desktop.ui.theme import CALM, tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QEnterEvent, QHideEvent, QPaintEvent

    from kling_desktop.ui.form.camera.moves import Move, Point

    Line = tuple[Point, Point]

_STEP = 33
_MOVES = 2000
_RESTS = 700
_ROUNDS = 2
_RADIUS = 7.0
_GROUND = -1.0
_LINES_HIGH = 7


class CameraDrawing(QWidget):
    """Moves twice after each change, and while the mouse is on it; then it shows the end.

    The dashed outline is where the house stood at first.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._move: Move = ()
        self._moment = 1.0
        self._rounds = 0
        self._passed = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(_STEP)
        self._timer.timeout.connect(self._on_tick)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Drawing of the camera move"))

    def show_move(self, move: Move) -> None:
        """Another move; an empty one stands still."""
        if move == self._move:
            return
        self._move = move
        self._moment = 1.0
        self._start(_ROUNDS)
        self.update()

    def move_shown(self) -> Move:
        """What is drawn."""
        return self._move

    def is_moving(self) -> bool:
        """Whether it is on its way."""
        return self._timer.isActive()

    def sizeHint(self) -> QSize:
        high = self.fontMetrics().lineSpacing() * _LINES_HIGH
        return QSize(high * 16 // 9, high)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().height(), self.sizeHint().height())

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._start(1_000_000)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._rounds = 0

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        tokens = tokens_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        shape = QPainterPath()
        shape.addRoundedRect(frame, _RADIUS, _RADIUS)
        painter.fillPath(shape, QColor(tokens.raised))
        painter.save()
        painter.setClipPath(shape)
        pose = pose_at(self._move, self._moment)
        self._draw(painter, pose, _PLACE, QPen(QColor(tokens.line), 1.2))
        if self._move:
            before = QPen(QColor(tokens.text3), 1.2, Qt.PenStyle.DashLine)
            self._draw(painter, Pose(), _HOUSE, before)
        self._draw(painter, pose, _TREES, QPen(QColor(tokens.text3), 1.6))
        self._draw(painter, pose, _HOUSE, QPen(QColor(tokens.accent), 2.2))
        painter.restore()
        painter.setPen(QPen(QColor(tokens.line), 1.0))
        painter.drawPath(shape)

    def _draw(self, painter: QPainter, pose: Pose, lines: Iterable[Line], pen: QPen) -> None:
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        scale, middle = self.height() / 2, QPointF(self.width() / 2, self.height() / 2)
        for start, end in lines:
            found = pose.line(start, end)
            if found is not None:
                one, other = (QPointF(x * scale, -y * scale) + middle for x, y in found)
                painter.drawLine(one, other)

    def _start(self, rounds: int) -> None:
        app = QApplication.instance()
        is_calm = app is not None and app.property(CALM)
        if not self._move or not self.isVisible() or is_calm:
            return
        self._rounds = rounds
        self._moment = 0.0
        self._passed.start()
        self._timer.start()

    def _stop(self) -> None:
        self._timer.stop()
        self._moment = 1.0
        self.update()

    def _on_tick(self) -> None:
        passed = self._passed.elapsed()
        self._moment = min(1.0, passed / _MOVES)
        if passed > _MOVES + _RESTS:
            self._rounds -= 1
            if self._rounds <= 0:
                self._stop()
            self._passed.restart()
        self.update()


def _box(left: float, right: float, top: float, near: float, far: float) -> tuple[Line, ...]:
    low = _GROUND
    floor = ((left, low, near), (right, low, near), (right, low, far), (left, low, far))
    roof = tuple((x, top, z) for x, _, z in floor)
    around = [(ring[at], ring[(at + 1) % 4]) for ring in (floor, roof) for at in range(4)]
    return (*around, *zip(floor, roof, strict=True))


def _gable(left: float, right: float, top: float, near: float, far: float) -> tuple[Line, ...]:
    middle, peak = (left + right) / 2, top + 0.45
    ends = tuple((middle, peak, z) for z in (near, far))
    slopes = (((x, top, end[2]), end) for end in ends for x in (left, right))
    return (*slopes, (ends[0], ends[1]))


def _tree(x: float, z: float) -> tuple[Line, ...]:
    top = (x, 0.5, z)
    left, right = (x - 0.35, -0.4, z), (x + 0.35, -0.4, z)
    return ((x, _GROUND, z), (x, -0.4, z)), (left, top), (right, top), (left, right)


_AWAY = (2, 3, 4, 5.5, 7.5, 10, 14, 20, 40)
_PLACE: tuple[Line, ...] = (
    *(((-40.0, _GROUND, z), (40.0, _GROUND, z)) for z in map(float, _AWAY)),
    *(((float(x), _GROUND, 0.0), (float(x), _GROUND, 40.0)) for x in range(-12, 13, 2)),
)
_HOUSE = (*_box(-0.8, 0.8, 0.1, 4.0, 5.4), *_gable(-0.8, 0.8, 0.1, 4.0, 5.4))
_TREES = (*_tree(-2.4, 5.0), *_tree(2.6, 6.5), *_tree(-4.6, 9.0), *_tree(4.9, 10.0))
