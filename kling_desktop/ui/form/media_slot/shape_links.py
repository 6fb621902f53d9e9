"""The links below a slot whose picture has another shape than what is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from kling_desktop.records.problem import Remedy
from kling_desktop.ui.flow import FlowLayout
from kling_desktop.ui.style import set_role

if TYPE_CHECKING:
    from collections.abc import Sequence


class ShapeLinks(QWidget):
    """Crop, Pad, Frame…: those of them that are offered."""

    pressed = Signal(object)
    """A Remedy."""

    def __init__(self, field: str) -> None:
        super().__init__()
        words = {
            Remedy.CROP: (self.tr("Crop"), self.tr("Cuts the edges, the same on both sides.")),
            Remedy.PAD: (
                self.tr("Pad"),
                self.tr("Puts room around it, colored like its edges."),
            ),
            Remedy.FRAME: (self.tr("Frame…"), self.tr("Choose what of the picture is used.")),
        }
        flow = FlowLayout(self, across=12)
        self._links: dict[Remedy, QPushButton] = {}
        for remedy, (text, tip) in words.items():
            link = QPushButton(text, self)
            link.setAutoDefault(False)
            link.setToolTip(tip)
            link.setAccessibleName(self.tr("{action}: {field}").format(action=text, field=field))
            set_role(link, "link")
            link.clicked.connect(lambda _=False, one=remedy: self.pressed.emit(one))
            flow.addWidget(link)
            self._links[remedy] = link

    def show_offers(self, offers: Sequence[Remedy]) -> None:
        """Show these, or nothing at all."""
        for remedy, link in self._links.items():
            link.setVisible(remedy in offers)
        self.setVisible(bool(offers))
