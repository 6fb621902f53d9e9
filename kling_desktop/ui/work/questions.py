"""Questions about what was dropped: several files at once, and files that are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, Qt, QUrl, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton, QWidget

from kling_desktop.ui.message_box import question
from kling_desktop.ui.words import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from kling_desktop.records.problem import ProblemError
    from kling_desktop.ui.work.media_desk import MediaDesk


class Questions(QObject):
    """`refused` carries a sentence about a file of a batch that cannot be used."""

    refused = Signal(str)
    picture_chosen = Signal(QMimeData)
    """A picture chosen from a folder, as if it had been dropped."""

    def __init__(self, window: QWidget, media: MediaDesk) -> None:
        super().__init__(window)
        self._window = window
        media.ask_many = self.ask_many
        media.refused = self._say_refused

    def ask_many(self, count: int, answer: Callable[[str], None]) -> None:
        """One slot, or one held job each; "" is neither."""
        box = question(
            self._window,
            self.tr("Several files"),
            self.tr("%n files were dropped.", "", count).replace("%n", str(count)),
            self.tr("Make a job of each, held until you send them, or use only the first?"),
        )
        each = box.addButton(self.tr("A held job of each"), QMessageBox.ButtonRole.AcceptRole)
        first = box.addButton(self.tr("Only the first"), QMessageBox.ButtonRole.ActionRole)
        none = box.addButton(self.tr("Neither"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(each)
        box.setEscapeButton(none)
        words = {each: "each", first: "first", none: ""}
        box.finished.connect(lambda _code: answer(_chosen(box, words)))
        box.open()

    def choose_picture(self) -> None:
        """A picture from a folder, for the form."""
        dialog = QFileDialog(self._window, self.tr("Open picture"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self._chosen_files)
        dialog.open()

    def _chosen_files(self, paths: list[str]) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(path) for path in paths])
        self.picture_chosen.emit(data)

    def _say_refused(self, name: str, error: ProblemError) -> None:
        text = self.tr("{name}: {reason}")
        self.refused.emit(text.format(name=name, reason=say(error.problem).what))


def _chosen(box: QMessageBox, words: dict[QPushButton, str]) -> str:
    clicked = box.clickedButton()
    return next((word for button, word in words.items() if button is clicked), "")
