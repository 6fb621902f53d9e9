"""The look that the tests of the window begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QFontDatabase, QPalette

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


def make_plain(app: QApplication) -> None:
    """Takes away the letters and colors that were laid over the whole application.

    The stylesheet does not become empty: Qt would forget which widgets it has seen, while those
    that were never polished keep their mark, and it would later call on dead ones.
    """
    app.setStyleSheet("QWidget#nobody { }")
    app.setPalette(QPalette())
    # Not QFont(), which is a copy of what was laid over the application.
    app.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont))
