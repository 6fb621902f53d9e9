"""What the tests of the window share: each begins with the look of a fresh application."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication

from kling_desktop.ui.theme import Theme


@pytest.fixture(autouse=True)
def plain_look():
    """Takes away the themes, letters and colors that a test laid over the whole application."""
    yield
    app = QApplication.instance()
    if app is None or not app.findChildren(Theme):
        return
    for theme in app.findChildren(Theme):
        theme.setParent(None)
        theme.deleteLater()
    app.setStyleSheet("")
    app.setPalette(QPalette())
    app.setFont(QFont())
