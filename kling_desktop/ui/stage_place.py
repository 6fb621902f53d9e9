"""The place in the window where clips are shown, painted on, or pictures framed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

if TYPE_CHECKING:
    from kling_desktop.ui.brush.panel import BrushPanel
    from kling_desktop.ui.framing.panel import FramePanel


class StagePlace(QStackedWidget):
    """The stage, and in front of it the brush or the frame as long as one is open."""

    brush_changed = Signal()
    """It was opened or closed."""

    def __init__(self, stage: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self.addWidget(stage)
        self.brush: BrushPanel | None = None
        self.frame: FramePanel | None = None

    @property
    def is_taken(self) -> bool:
        """Whether something else than the stage is shown."""
        return self.brush is not None or self.frame is not None

    def open(self, panel: BrushPanel) -> None:
        """The brush takes the place of the stage."""
        self.close_brush()
        self.close_frame()
        self.brush = panel
        self._put(panel)
        self.brush_changed.emit()

    def open_frame(self, panel: FramePanel) -> None:
        """The frame takes the place of the stage."""
        self.close_brush()
        self.close_frame()
        self.frame = panel
        self._put(panel)

    def close_brush(self) -> None:
        """The stage is back; the panel is gone for good."""
        panel, self.brush = self.brush, None
        self._drop(panel)

    def close_frame(self) -> None:
        """The stage is back; the panel is gone for good."""
        panel, self.frame = self.frame, None
        self._drop(panel)

    def _put(self, panel: QWidget) -> None:
        self.addWidget(panel)
        self.setCurrentWidget(panel)

    def _drop(self, panel: QWidget | None) -> None:
        if panel is not None:
            self.setCurrentWidget(self._stage)
            self.removeWidget(panel)
            panel.hide()
            panel.deleteLater()
            self.brush_changed.emit()
