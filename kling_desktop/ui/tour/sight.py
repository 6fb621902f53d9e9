"""All that a step works with: the window, hands, eyes, the plan and the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kling_desktop.ui.tour.eyes import Eyes
from kling_desktop.ui.tour.hands import Hands
from kling_desktop.ui.tour.pictures import photograph

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kling_desktop.ui.tour.plan import TourPlan
    from kling_desktop.ui.tour.record import TourRecord


class Sight:
    """A person with a camera in front of the window."""

    def __init__(self, window: QWidget, plan: TourPlan, record: TourRecord) -> None:
        self.window, self.plan, self.record = window, plan, record
        self.eyes, self.hands = Eyes(window), Hands(window)

    def saw(self, name: str, seen: str) -> None:
        """A step was seen: note it and take a picture."""
        self.record.step(name, seen, photograph(self.window))
