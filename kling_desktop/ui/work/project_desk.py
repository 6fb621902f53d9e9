"""The project's own menu: its folder, and the ratio in which its clips are delivered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from kling_desktop.records.problem import ProblemError
from kling_desktop.ui.icons import icon
from kling_desktop.ui.popup_place import place_below

if TYPE_CHECKING:
    from kling_desktop.core.projects import Project
    from kling_desktop.ui.main_window import MainWindow
    from kling_desktop.ui.work.chrome import Chrome

RATIOS = ("16:9", "9:16", "1:1", "4:3", "3:4", "4:5", "3:2", "2:3", "21:9", "2.39:1")
"""Those in which pictures and films are commonly delivered."""


class ProjectDesk(QObject):
    """Names the project at the top of the window, with its ratio where it has one."""

    def __init__(self, window: MainWindow, project: Project, chrome: Chrome) -> None:
        super().__init__(window)
        self._window, self._project, self._chrome = window, project, chrome
        window.project_asked.connect(self.open_menu)
        project.subscribe(self._show)
        self._show()

    def open_menu(self, anchor: QWidget) -> QMenu:
        """Below the button that names the project."""
        menu = QMenu(anchor)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(self.tr("Project"))
        folder = menu.addAction(icon("folder-open"), self.tr("Open the folder of its clips"))
        folder.triggered.connect(self._chrome.open_clips_folder)
        menu.addSeparator()
        menu.addAction(icon("proportions"), self.tr("Clips are delivered in")).setEnabled(False)
        choices = QActionGroup(menu)
        now = self._project.ratio
        for ratio in ("", *RATIOS, *((now,) if now not in {"", *RATIOS} else ())):
            action = menu.addAction(ratio or self.tr("Any ratio, as the pictures have it"))
            action.setCheckable(True)
            action.setChecked(ratio == now)
            action.triggered.connect(lambda _=False, one=ratio: self._deliver_in(one))
            choices.addAction(action)
        menu.adjustSize()
        menu.popup(place_below(menu, anchor))
        return menu

    def _deliver_in(self, ratio: str) -> None:
        try:
            self._project.deliver_in(ratio)
        except ProblemError as error:
            self._chrome.say_error(error)

    def _show(self) -> None:
        name, ratio = self._project.name, self._project.ratio
        self._window.show_project(f"{name} · {ratio}" if ratio else name)
