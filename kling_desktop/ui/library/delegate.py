"""Paints the cards of the library; one delegate for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QApplication, QStyledItemDelegate, QStyleOptionViewItem

from kling_desktop.records.media import MediaKind
from kling_desktop.ui.icons import icon
from kling_desktop.ui.library import card
from kling_desktop.ui.library.card_words import is_rehearsal, length_of, meta_of
from kling_desktop.ui.library.stamps import Stamps
from kling_desktop.ui.theme import tokens_of

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex

    from kling_desktop.records.clip import Clip
    from kling_desktop.ui.library.model import ClipModel
    from kling_desktop.ui.library.posters import PosterShelf

translate = QCoreApplication.translate
_ICONS = {MediaKind.VIDEO: "film", MediaKind.AUDIO: "music"}


class ClipDelegate(QStyledItemDelegate):
    """Knows the shape of a card and where its poster comes from."""

    def __init__(
        self, posters: PosterShelf, clips: ClipModel, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._posters = posters
        self._clips = clips
        self._stamps: Stamps | None = None
        self._stamped_for: tuple[object, ...] = ()
        self.shape = card.CardShape.low(80)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return self.shape.grid

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        clip = self._clips.clip_at(index.row())
        rect = self.shape.poster_in(option.rect)
        stamps = self._stamps_for(painter, option.font)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if clip is None:
            card.paint_ground(painter, rect, stamps.tokens)
        else:
            self._paint_clip(painter, rect, clip, stamps)
            card.paint_ring(painter, rect, option.state, stamps.tokens)
        painter.restore()

    def _stamps_for(self, painter: QPainter, font: QFont) -> Stamps:
        device = painter.device()
        scale = device.devicePixelRatioF() if device is not None else 1.0
        # The palette of a view with a stylesheet is not the theme's.
        palette = QApplication.palette()
        key = (scale, font.pixelSize(), font.family(), palette.cacheKey())
        if self._stamps is None or self._stamped_for != key:
            self._stamps = Stamps(tokens_of(palette), _small(font), scale)
            self._stamped_for = key
        return self._stamps

    def _paint_clip(self, painter: QPainter, rect: QRect, clip: Clip, stamps: Stamps) -> None:
        self._paint_poster(painter, rect, clip, stamps)
        if not clip.seen or is_rehearsal(clip):
            card.paint_badges(painter, rect, _badges(clip), stamps)
        length = length_of(clip)
        if length:
            card.paint_length(painter, rect, length, stamps)
        if self.shape.line:
            place = card.words_place(rect, self.shape)
            meta = meta_of(clip, self._clips.model_name(clip))
            painter.drawPixmap(place, stamps.words(clip.title, meta, clip.stars, place.size()))

    def _paint_poster(self, painter: QPainter, rect: QRect, clip: Clip, stamps: Stamps) -> None:
        picture = self._posters.picture(clip, rect.size() * stamps.scale)
        if picture is not None:
            painter.drawPixmap(rect, picture)
            return
        card.paint_ground(painter, rect, stamps.tokens)
        side = min(28, rect.height() // 2)
        place = QRect(0, 0, side, side)
        place.moveCenter(rect.center())
        drawing = icon(_ICONS.get(clip.kind, "image"), "tertiary")
        drawing.paint(painter, place, Qt.AlignmentFlag.AlignCenter)


def _badges(clip: Clip) -> tuple[tuple[str, bool], ...]:
    badges: tuple[tuple[str, bool], ...] = ()
    if not clip.seen:
        badges += ((translate("Library", "new"), True),)
    if is_rehearsal(clip):
        badges += ((translate("Library", "rehearsal"), False),)
    return badges


def _small(font: QFont) -> QFont:
    small = QFont(font)
    if font.pixelSize() > 12:
        small.setPixelSize(font.pixelSize() - 1)
    return small
