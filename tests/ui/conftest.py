"""What the tests of the window share: each begins with the look of a fresh application."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from kling_desktop.ui.theme import Theme
from tests.helpers.look import make_plain


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
    make_plain(app)


@pytest.fixture(scope="session", autouse=True)
def clipboard_emptied_at_the_end():
    """Qt takes away what is left there after Python has ended, and would call into it."""
    yield
    app = QApplication.instance()
    if app is not None:
        app.clipboard().clear()
