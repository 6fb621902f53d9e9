"""The buttons of the stage's two bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QApplication, QStyleOptionToolButton, QToolButton, QWidget

from kling_desktop.ui.actions import plain_text
from kling_desktop.ui.style import set_role
from kling_desktop.ui.theme import tokens_of

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QPaintEvent

_AIR = "\u2005"
"""Qt sets icon and text four pixels apart; this space makes that a distance one can see."""
_DOT = 1.75


class VerbButton(QToolButton):
    """Icon and words of an action, with air between."""

    def __init__(self, action: QAction, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "quiet")
        self.setDefaultAction(action)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(16, 16))
        self.setAccessibleName(plain_text(action))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def initStyleOption(self, option: QStyleOptionToolButton) -> None:
        """For painting and for measuring alike."""
        super().initStyleOption(option)
        option.text = _AIR + option.text


class MoreButton(QToolButton):
    """Three dots that open a menu, without Qt's arrow on top of them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "quiet")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setIconSize(QSize(16, 16))

    def initStyleOption(self, option: QStyleOptionToolButton) -> None:
        """As a button without a menu."""
        super().initStyleOption(option)
        option.features = QStyleOptionToolButton.ToolButtonFeature.None_


class TransportButton(QToolButton):
    """The icon of an action; where nothing else tells that it is on, a dot below does."""

    def __init__(self, action: QAction, parent: QWidget, *, dotted: bool = False) -> None:
        super().__init__(parent)
        set_role(self, "icon")
        self._is_dotted = dotted
        self.setDefaultAction(action)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.setIconSize(QSize(18, 18))
        self.setAccessibleName(plain_text(action))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The button, then the dot."""
        super().paintEvent(event)
        if not (self._is_dotted and self.isChecked()):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens_of(QApplication.palette()).accent))
        painter.drawEllipse(QPointF(self.width() / 2, self.height() - 2.5), _DOT, _DOT)
        painter.end()
