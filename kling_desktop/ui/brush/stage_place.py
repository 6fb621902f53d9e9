"""The place in the window where clips are shown, or painted on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

if TYPE_CHECKING:
    from kling_desktop.ui.brush.panel import BrushPanel


class StagePlace(QStackedWidget):
    """The stage, and in front of it the brush as long as it is open."""

    brush_changed = Signal()
    """It was opened or closed."""

    def __init__(self, stage: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self.addWidget(stage)
        self.brush: BrushPanel | None = None

    def open(self, panel: BrushPanel) -> None:
        """The brush takes the place of the stage."""
        self.close_brush()
        self.brush = panel
        self.addWidget(panel)
        self.setCurrentWidget(panel)
        self.brush_changed.emit()

    def close_brush(self) -> None:
        """The stage is back; the panel is gone for good."""
        panel, self.brush = self.brush, None
        if panel is not None:
            self.setCurrentWidget(self._stage)
            self.removeWidget(panel)
            panel.hide()
            panel.deleteLater()
            self.brush_changed.emit()
