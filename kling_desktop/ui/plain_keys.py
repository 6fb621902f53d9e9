"""Who gets a key without Ctrl or Alt: what has the focus, or a shortcut of the window.

Playback lives on plain keys (Space, arrows, letters, digits). Text fields claim theirs by
themselves; buttons, lists and sliders do not, so the window claims for them what they use.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

_K = Qt.Key
_ARROWS = frozenset({_K.Key_Left, _K.Key_Right, _K.Key_Up, _K.Key_Down})
_ENDS = frozenset({_K.Key_Home, _K.Key_End, _K.Key_PageUp, _K.Key_PageDown})
_PRESS = frozenset({_K.Key_Space, _K.Key_Return, _K.Key_Enter})
_MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


class PlainKeys(QObject):
    """Claims keys for the focus before the window's shortcuts see them; filters the window."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        del watched
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        is_taken = belongs_to_focus(event, QApplication.focusWidget())
        event.setAccepted(is_taken)
        return is_taken


def belongs_to_focus(event: QKeyEvent, focus: QWidget | None) -> bool:
    """Whether the widget with the focus uses this key itself, so that no shortcut may take it."""
    if focus is None or event.modifiers() & _MODIFIERS:
        return False
    if _is_writing(focus):
        return bool(event.text()) or event.key() in _ARROWS | _ENDS | {_K.Key_Delete}
    key = Qt.Key(event.key())
    if isinstance(focus, QAbstractButton):
        return key in _PRESS or (key in _ARROWS and focus.group() is not None)
    if isinstance(focus, QComboBox):
        return key in _PRESS | _ARROWS | _ENDS or bool(event.text().strip())
    if isinstance(focus, QAbstractSlider | QAbstractItemView | QTabBar):
        return key in _ARROWS | _ENDS
    return False


def _is_writing(focus: QWidget) -> bool:
    if isinstance(focus, QLineEdit | QPlainTextEdit | QTextEdit):
        return not focus.isReadOnly()
    if isinstance(focus, QComboBox):
        return focus.isEditable()
    selectable = Qt.TextInteractionFlag.TextSelectableByKeyboard
    if isinstance(focus, QLabel):
        return bool(focus.textInteractionFlags() & selectable)
    return isinstance(focus, QAbstractSpinBox) and not focus.isReadOnly()
