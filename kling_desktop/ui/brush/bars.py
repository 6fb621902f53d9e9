"""The two bars below the picture: how the brush is, and what to do with the painting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSlider,
    QToolButton,
    QWidget,
)

from kling_desktop.ui.brush.session import LEAST_SIZE, MOST_SIZE
from kling_desktop.ui.flow import FlowLayout
from kling_desktop.ui.icons import IconLabel
from kling_desktop.ui.labels import ElidedLabel
from kling_desktop.ui.style import set_role

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QResizeEvent

    from kling_desktop.ui.brush.brush_actions import BrushActions
    from kling_desktop.ui.brush.session import BrushSession

_EDGE, _GAP = 12, 8
_SLIDER = 110


class SizeBar(QFrame):
    """Width of the brush and how strongly the areas show, with a line on the keys."""

    def __init__(self, session: BrushSession, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "bar")
        self.setAccessibleName(self.tr("Brush"))
        self._session = session
        self._size = self._slider(self.tr("Size of the brush"), LEAST_SIZE, MOST_SIZE)
        self._size.valueChanged.connect(session.set_size)
        self._opacity = self._slider(self.tr("How strongly the areas show"), 10, 100)
        self._opacity.valueChanged.connect(session.set_opacity)
        self._wide = QLabel(self)
        set_role(self._wide, "secondary")
        keys = self.tr("Space pan · [ ] size · E erase · Shift straight")
        self._hint = ElidedLabel(keys, "secondary", Qt.TextElideMode.ElideRight, self)
        self._hint.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(_EDGE, 6, _EDGE, 6)
        row.setSpacing(_GAP)
        row.addWidget(IconLabel("paintbrush", "secondary"))
        row.addWidget(self._label(self.tr("Size"), self._size))
        row.addWidget(self._size)
        row.addWidget(self._wide)
        row.addSpacing(8)
        row.addWidget(self._label(self.tr("Opacity"), self._opacity))
        row.addWidget(self._opacity)
        row.addStretch(1)
        row.addWidget(self._hint)
        session.look_changed.connect(self._show)
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Half a hint helps nobody."""
        super().resizeEvent(event)
        parts = [one for one in self.findChildren(QWidget) if one is not self._hint]
        taken = sum(one.sizeHint().width() + _GAP for one in parts) + 2 * _EDGE + 2 * _GAP
        self._hint.setVisible(self.width() - taken >= self._hint.sizeHint().width())

    def stops(self) -> tuple[QWidget, ...]:
        """In the order of Tab."""
        return self._size, self._opacity

    def _show(self) -> None:
        session = self._session
        shown = ((self._size, session.size), (self._opacity, session.opacity))
        for slider, value in shown:
            slider.blockSignals(True)
            slider.setValue(value)
            slider.blockSignals(False)
        text = self.tr("{pixels} px").format(pixels=round(session.width))
        self._wide.setText(text)
        most = self.tr("{pixels} px").format(pixels=8888)
        self._wide.setMinimumWidth(self._wide.fontMetrics().horizontalAdvance(most))
        self._size.setAccessibleDescription(text)

    def _slider(self, name: str, least: int, most: int) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal, self)
        slider.setRange(least, most)
        slider.setPageStep(10)
        slider.setAccessibleName(name)
        slider.setToolTip(name)
        slider.setMinimumWidth(48)
        slider.setMaximumWidth(_SLIDER)
        slider.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return slider

    def _label(self, text: str, target: QWidget) -> QLabel:
        label = QLabel(text, self)
        set_role(label, "secondary")
        label.setBuddy(target)
        return label


class DoneBar(QFrame):
    """Preview, clear, invert; and done."""

    def __init__(self, actions: BrushActions, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "bar")
        self.setAccessibleName(self.tr("Painting"))
        wide = QWidget(self)
        flow = FlowLayout(wide, across=8)
        shown = (actions.preview, actions.clear, actions.invert)
        self._buttons = [self._button(action) for action in shown]
        for button in self._buttons:
            flow.addWidget(button)
        self._done = self._button(actions.done)
        row = QHBoxLayout(self)
        row.setContentsMargins(_EDGE, 7, _EDGE, 7)
        row.setSpacing(8)
        row.addWidget(wide, 1)
        row.addWidget(self._done, 0, Qt.AlignmentFlag.AlignTop)

    def stops(self) -> tuple[QWidget, ...]:
        """In the order of Tab."""
        return (*self._buttons, self._done)

    def _button(self, action: QAction) -> QToolButton:
        button = QToolButton(self)
        set_role(button, "quiet")
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIconSize(QSize(16, 16))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        action.changed.connect(lambda: button.setAccessibleName(action.text()))
        button.setAccessibleName(action.text())
        return button
