"""Another program on the same screen: files are dragged to it, or out of it.

`python -m tests.helpers.neighbor take FOLDER` copies what is dropped on it into the folder.
`python -m tests.helpers.neighbor give FILE…` lets its files be dragged away.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QApplication, QLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QMouseEvent


class Taker(QLabel):
    """Copies dropped files."""

    def __init__(self, folder: Path) -> None:
        super().__init__("drop here")
        self._folder = folder
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Copies them."""
        for url in event.mimeData().urls():
            shutil.copy(url.toLocalFile(), self._folder)
        event.acceptProposedAction()


class Giver(QLabel):
    """Begins a drag as soon as the pressed mouse moves."""

    def __init__(self, files: list[str]) -> None:
        super().__init__("drag from here")
        self._files = files

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Gives the files."""
        del event
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(one) for one in self._files])
        drag = QDrag(self)
        drag.setMimeData(data)
        drag.exec(Qt.DropAction.CopyAction)


def main() -> int:
    """Shows one small window until it is killed."""
    app = QApplication(sys.argv[:1])
    wish, *rest = sys.argv[1:]
    label = Taker(Path(rest[0])) if wish == "take" else Giver(rest)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setWindowTitle(f"Neighbor: {wish}")
    label.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint)
    label.setGeometry(1150, 500, 200, 200)
    label.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
