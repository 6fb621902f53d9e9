"""One job's card: a light shell that is furnished with words and links when it comes into sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from kling_desktop.ui.icons import icon
from kling_desktop.ui.jobs import card_shape as shape
from kling_desktop.ui.jobs.card_face import CardFace
from kling_desktop.ui.jobs.link_button import small_font
from kling_desktop.ui.jobs.wording import spoken
from kling_desktop.ui.style import set_role
from kling_desktop.ui.theme import tokens_of

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QContextMenuEvent,
        QFocusEvent,
        QImage,
        QKeyEvent,
        QMouseEvent,
        QPaintEvent,
    )

    from kling_desktop.ui.jobs.row import JobRow

_RADIUS = 6


class JobCard(QFrame):
    """Shows one JobRow. Knows no rules: it is told what to show and says what was asked."""

    asked = Signal(str, str)
    """Verb and job id."""
    chosen = Signal(str)
    menu_asked = Signal(str, object)
    """Job id and the place on the screen."""
    step_asked = Signal(str, int)
    """Job id and 1 for the next card, -1 for the one before."""
    end_asked = Signal(str)

    def __init__(self, job_id: str, row: JobRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.job_id = job_id
        self._row = row
        self._face: CardFace | None = None
        self._picture = QPixmap()
        self._log: tuple[str, ...] | None = None
        self._height_at: tuple[int, int] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(spoken(row))
        set_role(self, "card-alert" if row.alert else "card")

    @property
    def row(self) -> JobRow:
        """What it shows."""
        return self._row

    @property
    def is_furnished(self) -> bool:
        """Whether its words and links exist as widgets."""
        return self._face is not None

    @property
    def stops(self) -> list[QWidget]:
        """Where the Tab key stops, in the order of the eye."""
        return [self, *(self._face.stops if self._face else ())]

    def show_row(self, row: JobRow) -> None:
        """Show other words; what is the same stays as it is, and so does the focus."""
        if row == self._row:
            return
        self._row = row
        self._height_at = None
        self.setAccessibleName(spoken(row))
        set_role(self, "card-alert" if row.alert else "card")
        if self._face is not None:
            had_focus = self._face.holds_focus()
            self._face.show_row(row)
            if had_focus and not self._face.holds_focus():
                self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.updateGeometry()

    def furnish(self) -> None:
        """Make the widgets for its words and links."""
        if self._face is not None:
            return
        self._face = CardFace(self)
        self._face.asked.connect(lambda verb: self.asked.emit(verb, self.job_id))
        self._face.laid_out.connect(self._measure_again)
        self._face.show_row(self._row)
        if self._log is not None:
            self._face.show_log(self._log)
        self._face.fit(self.rect())
        self._face.show()

    def strip(self) -> None:
        """Give up the widgets of a card that is far out of sight; its height stays."""
        if self._face is not None and not self._face.holds_focus() and self._log is None:
            self._face.deleteLater()
            self._face.hide()
            self._face = None

    def show_picture(self, image: QImage | None) -> None:
        """Show its thumbnail, cut to a square; None shows the drawing of a film."""
        self._picture = QPixmap() if image is None else _square(image, self.devicePixelRatioF())
        self.update()

    def show_log(self, lines: tuple[str, ...] | None) -> None:
        """Unfold the job's log below its links; None folds it away."""
        self._log = lines
        self._height_at = None
        if self._face is not None:
            self._face.show_log(lines)
        self.updateGeometry()

    @property
    def shows_log(self) -> bool:
        """Whether the log is unfolded."""
        return self._log is not None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if self._height_at is None or self._height_at[0] != width:
            self._height_at = (width, self._measured(width))
        return self._height_at[1]

    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(max(self.width(), 200)))

    def forget_height(self) -> None:
        """The font changed: measure again."""
        self._height_at = None

    def _measure_again(self) -> None:
        if self._height_at is not None and self._measured(self._height_at[0]) != self._height_at[1]:
            self._height_at = None
            self.updateGeometry()

    def _measured(self, width: int) -> int:
        if self._face is not None:
            return self._face.height_for(width)
        title = QFont(QApplication.font())
        title.setWeight(QFont.Weight.DemiBold)
        return shape.expected_height(self._row, width, title, small_font())

    def resizeEvent(self, event: QEvent) -> None:
        if self._face is not None:
            self._face.fit(self.rect())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._paint_picture(painter)
        if self.hasFocus():
            pen = QPen(QColor(tokens_of(QApplication.palette()).accent), 2)
            painter.setPen(pen)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 9, 9)

    def _paint_picture(self, painter: QPainter) -> None:
        place = QRect(shape.PAD, shape.PAD, shape.THUMB, shape.THUMB)
        path = QPainterPath()
        path.addRoundedRect(QRectF(place), _RADIUS, _RADIUS)
        if self._picture.isNull():
            painter.fillPath(path, QColor(tokens_of(QApplication.palette()).hover))
            drawing = place.adjusted(14, 14, -14, -14)
            _film().paint(painter, drawing)
            return
        painter.save()
        painter.setClipPath(path)
        painter.drawPixmap(place, self._picture)
        painter.restore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()
        self.chosen.emit(self.job_id)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._act()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Down:
                self.step_asked.emit(self.job_id, 1)
            case Qt.Key.Key_Up:
                self.step_asked.emit(self.job_id, -1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._act()
            case Qt.Key.Key_Delete:
                self.end_asked.emit(self.job_id)
            case _:
                super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.menu_asked.emit(self.job_id, event.globalPos())

    def _act(self) -> None:
        """Return and a double click show the clip, where there is one."""
        verbs = {link.verb for link in self._row.links}
        if "show" in verbs or self._row.new:
            self.asked.emit("show", self.job_id)


def _film() -> QIcon:
    return icon("film", "tertiary")


def _square(image: QImage, scale: float) -> QPixmap:
    """The middle of a picture as a square of the card's size."""
    side = min(image.width(), image.height())
    left, top = (image.width() - side) // 2, (image.height() - side) // 2
    pixels = round(shape.THUMB * scale)
    part = image.copy(left, top, side, side)
    return QPixmap.fromImage(
        part.scaled(
            pixels,
            pixels,
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    )
