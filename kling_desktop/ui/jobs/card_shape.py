"""The measures of a card in the queue, and how high one will be before it is furnished."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics

from kling_desktop.ui.flow import lines_of
from kling_desktop.ui.jobs.link_button import PAD_X, link_height, link_size

if TYPE_CHECKING:
    from kling_desktop.ui.jobs.row import JobRow

PAD = 10
THUMB = 48
THUMB_GAP = 10
TITLE_GAP = 2
LINK_GAP = 14
LINK_LINE_GAP = 2
GAP = 4
"""Logical pixels between title, lines, progress and links."""
BAR = 4


def text_width(card_width: int) -> int:
    """What is left of a card for words."""
    return max(1, card_width - 2 * PAD - THUMB - THUMB_GAP)


def expected_height(row: JobRow, card_width: int, title: QFont, small: QFont) -> int:
    """The height that a furnished card of this row will have, in logical pixels."""
    width = text_width(card_width)
    height = QFontMetrics(title).height() + TITLE_GAP + lines_height(row.lines, width, small)
    if row.progress is not None:
        height += GAP + BAR
    if row.links:
        height += GAP + links_height([link.text for link in row.links], width + PAD_X, small)
    return max(height, THUMB) + 2 * PAD


def lines_height(lines: tuple[str, ...], width: int, font: QFont) -> int:
    """Wrapped words."""
    flags = Qt.TextFlag.TextWordWrap.value
    room = QRect(0, 0, width, 10_000)
    return QFontMetrics(font).boundingRect(room, flags, "\n".join(lines)).height()


def links_height(texts: list[str], width: int, font: QFont) -> int:
    """Links set line by line."""
    sizes = [link_size(text, font) for text in texts]
    lines = lines_of([size.width() for size in sizes], width, LINK_GAP)
    heights = [
        max(
            sizes[place].height()
            if sizes[place].width() <= width
            else link_height(texts[place], font, width)
            for place in line
        )
        for line in lines
    ]
    return sum(heights) + LINK_LINE_GAP * (len(heights) - 1)
