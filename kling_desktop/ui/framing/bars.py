"""The two bars below the picture: what shape and color, and what comes out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractButton,
    QColorDialog,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from kling_desktop.media.ratio_words import ratio_words
from kling_desktop.records.framing import BLACK, BLUR, EDGE, WHITE
from kling_desktop.ui.flow import FlowLayout
from kling_desktop.ui.framing.session import FREE, ORIGINAL, SIDES
from kling_desktop.ui.icons import IconLabel
from kling_desktop.ui.segments import Segments
from kling_desktop.ui.style import set_role
from kling_desktop.ui.words import pixels

if TYPE_CHECKING:
    from kling_desktop.ui.framing.session import FrameLook, FrameSession

_EDGE, _GAP = 12, 8
_CROP, _PAD = "crop", "pad"
_OTHER = "other"
_SWATCH = 14


class ShapeBar(QFrame):
    """Crop or pad, the ratio, the color beside it, and how many pixels are kept."""

    def __init__(self, session: FrameSession, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "bar")
        self.setAccessibleName(self.tr("Shape"))
        self._session = session
        self._kind = Segments((_CROP, _PAD), self)
        self._kind.show_texts((self.tr("Crop"), self.tr("Pad")))
        self._kind.setAccessibleName(self.tr("Crop or pad"))
        self._ratios = _ratio_keys(session)
        self._ratio = Segments(self._ratios, self)
        self._ratio.show_texts(tuple(self._ratio_text(one) for one in self._ratios))
        self._ratio.setAccessibleName(self.tr("Ratio"))
        self._fill = _FillBox(session, self)
        self._most = _MostBox(session, self)
        flow = FlowLayout(self, across=_GAP)
        flow.setContentsMargins(_EDGE, 7, _EDGE, 7)
        letter = self.fontMetrics().averageCharWidth()
        for part, count, letters in ((self._kind, 2, 5), (self._ratio, len(self._ratios), 5)):
            part.setMinimumWidth(count * (letter * letters + 16))
            flow.addWidget(part)
        self._whole = quiet_button(self.tr("Whole picture"), "quiet", self)
        self._whole.clicked.connect(session.use_whole)
        for other in (self._fill, self._most, self._whole):
            flow.addWidget(other)
        self._kind.chosen.connect(lambda key: session.use_pad(pads=key == _PAD))
        self._ratio.chosen.connect(session.use_ratio)
        session.changed.connect(self._show)
        self._show()

    def stops(self) -> tuple[QWidget, ...]:
        """In the order of Tab."""
        parts = (self._kind, self._ratio)
        buttons = [one for part in parts for one in part.findChildren(QAbstractButton)]
        return (*buttons, self._fill, self._most, self._whole)

    def _show(self) -> None:
        session = self._session
        self._kind.choose(_PAD if session.pads else _CROP)
        self._ratio.choose(session.ratio if session.ratio in self._ratios else FREE)
        self._fill.setVisible(session.pads)
        self._whole.setEnabled(not session.is_whole)
        self._fill.show_fill()
        self._most.show_most()

    def _ratio_text(self, key: str) -> str:
        if key == FREE:
            return self.tr("Free")
        return ratio_words(*self._session.task.size)[0] if key == ORIGINAL else key


class _FillBox(QComboBox):
    """What stands beside a padded picture."""

    def __init__(self, session: FrameSession, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.setAccessibleName(self.tr("Color around the picture"))
        self.setToolTip(self.tr("What stands around the picture."))
        for text, fill in (
            (self.tr("Edge color"), EDGE),
            (self.tr("Black"), BLACK),
            (self.tr("White"), WHITE),
            (self.tr("Blurred picture"), BLUR),
            (self.tr("Other color…"), _OTHER),
        ):
            self.addItem(text, fill)
        self.activated.connect(self._on_activated)

    def show_fill(self) -> None:
        """As the session has it; a color of one's own gets its swatch."""
        fill = self._session.fill
        place = self.findData(fill)
        other = self.findData(_OTHER)
        self.setItemIcon(other, QIcon() if place >= 0 else _swatch(fill))
        self.setItemText(other, self.tr("Other color…") if place >= 0 else fill)
        self.setCurrentIndex(place if place >= 0 else other)

    def _on_activated(self, place: int) -> None:
        fill = self.itemData(place)
        if fill != _OTHER:
            self._session.use_fill(fill)
            return
        known = self._session.fill
        first = QColor(known) if known.startswith("#") else QColor(BLACK)
        dialog = QColorDialog(first, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.tr("Color around the picture"))
        dialog.colorSelected.connect(lambda color: self._session.use_fill(color.name()))
        dialog.rejected.connect(self.show_fill)
        dialog.open()


class _MostBox(QComboBox):
    """How many pixels are kept."""

    def __init__(self, session: FrameSession, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.setAccessibleName(self.tr("Longer side"))
        self.setToolTip(self.tr("Shrinks what is made, so that it uploads faster."))
        self.addItem(self.tr("All pixels"), 0)
        sides = {*SIDES, session.most} - {0}
        for side in sorted(sides, reverse=True):
            if side < max(session.task.size) or side == session.most:
                self.addItem(self.tr("{pixels} px").format(pixels=side), side)
        self.setVisible(self.count() > 1)
        self.activated.connect(lambda place: session.use_most(self.itemData(place)))

    def show_most(self) -> None:
        """As the session has it."""
        self.setCurrentIndex(max(0, self.findData(self._session.most)))


class OutBar(QFrame):
    """What comes out, whether the model takes it, and the way out of here."""

    cancelled = Signal()
    applied = Signal()

    def __init__(self, session: FrameSession, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "bar")
        self.setAccessibleName(self.tr("Result"))
        self._session = session
        self._size = QLabel(self)
        self._size.setWordWrap(True)
        self._size.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._warn = QWidget(self)
        self._words = QLabel(self._warn)
        self._words.setWordWrap(True)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.MinimumExpanding)
        set_role(self._words, "problem")
        warning = QHBoxLayout(self._warn)
        warning.setContentsMargins(0, 0, 0, 0)
        warning.setSpacing(6)
        warning.addWidget(IconLabel("triangle-alert", "error"), 0, Qt.AlignmentFlag.AlignTop)
        warning.addWidget(self._words, 1)
        self._cancel = quiet_button(self.tr("Cancel"), "quiet", self)
        self._cancel.clicked.connect(self.cancelled)
        self._apply = quiet_button(self.tr("Apply"), "outlined", self)
        self._apply.clicked.connect(self.applied)
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(self._size)
        said.addWidget(self._warn)
        row = QHBoxLayout(self)
        row.setContentsMargins(_EDGE, 7, _EDGE, 7)
        row.setSpacing(_GAP)
        row.addLayout(said, 1)
        for button in self.stops():
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        session.changed.connect(self._show)
        self._show()

    @property
    def can_apply(self) -> bool:
        """Whether the model would take it."""
        return self._apply.isEnabled()

    def words(self) -> str:
        """What is said, for those who do not see it."""
        look = self._session.look
        return " ".join(part for part in (self._size_words(look), self._warning(look)) if part)

    def stops(self) -> tuple[QWidget, ...]:
        """In the order of Tab."""
        return self._cancel, self._apply

    def _show(self) -> None:
        look = self._session.look
        self._size.setText(self._size_words(look))
        warning = self._warning(look)
        self._words.setText(warning)
        self._warn.setVisible(bool(warning))
        self._apply.setEnabled(look.is_taken)
        self._apply.setAccessibleDescription(self.words())

    def _size_words(self, look: FrameLook) -> str:
        framed = pixels(*look.framed)
        ratio, is_exact = ratio_words(*look.framed)
        asked = self._session.ratio
        if asked and asked != ORIGINAL:
            ratio, is_exact = asked, True
        about = ratio if is_exact else self.tr("about {ratio}").format(ratio=ratio)
        if look.made == look.framed:
            return self.tr("{size} pixels, {ratio}").format(size=framed, ratio=about)
        text = self.tr("{size} pixels, {ratio}, made {smaller}")
        return text.format(size=framed, ratio=about, smaller=pixels(*look.made))

    def _warning(self, look: FrameLook) -> str:
        if not look.is_large_enough:
            text = self.tr("Too small: this model needs at least {size}.")
            return text.format(size=pixels(*self._session.least))
        if look.has_right_shape:
            return ""
        if look.made[0] > look.made[1]:
            return self.tr("Too wide for this model.")
        return self.tr("Too tall for this model.")


def _ratio_keys(session: FrameSession) -> tuple[str, ...]:
    """The project's first, then the model's; one that was chosen before stays to be seen."""
    task = session.task
    wished = (task.delivery, *task.ratios, session.ratio)
    named = [one for one in dict.fromkeys(wished) if one not in {FREE, ORIGINAL}]
    own = ratio_words(*task.size)[0]
    return (FREE, *(() if own in named and session.ratio != ORIGINAL else (ORIGINAL,)), *named)


def quiet_button(text: str, role: str, parent: QWidget) -> QPushButton:
    """That no Enter presses from elsewhere."""
    button = QPushButton(text, parent)
    set_role(button, role)
    button.setAutoDefault(False)
    button.setAccessibleName(text)
    return button


def _swatch(color: str) -> QIcon:
    drawing = QPixmap(QSize(_SWATCH, _SWATCH))
    drawing.fill(QColor(color))
    painter = QPainter(drawing)
    painter.setPen(QColor("#888888"))
    painter.drawRect(0, 0, _SWATCH - 1, _SWATCH - 1)
    painter.end()
    return QIcon(drawing)
