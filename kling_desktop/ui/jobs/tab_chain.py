"""Makes the Tab key follow the eye where widgets come and go."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence


def chain(stops: Sequence[QWidget]) -> None:
    """Set the tab order to these widgets."""
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)
