"""A furnished window with plain panels, for the tests of the shell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QFrame, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from kling_desktop.ui.actions import Actions
from kling_desktop.ui.intentions import Tile
from kling_desktop.ui.main_window import MainWindow, Panels
from kling_desktop.ui.make_column import MakeColumn
from kling_desktop.ui.model_card import ModelCard
from kling_desktop.ui.status_strip import StatusStrip
from kling_desktop.ui.style import set_role
from kling_desktop.ui.theme import Look, Theme

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

TILES = (
    Tile(key="picture", short="Picture", long="From picture", icon="image", tip="A picture moves."),
    Tile(key="text", short="Text", long="From text", icon="type", tip="Words alone."),
)
CARDS = (
    ModelCard(
        endpoint_id="a/one", title="One Standard", facts="720p · 24 fps", price="$0.28 / 5 s"
    ),
    ModelCard(endpoint_id="a/two", title="Two Pro", facts="1080p · 24 fps", price="$0.49 / 5 s"),
    ModelCard(endpoint_id="a/old", title="Old Pro", price="$0.50 / 5 s", older="deprecated"),
)


class Shell:
    """The window and its parts."""

    def __init__(self, bot: QtBot, look: Look | None = None) -> None:
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            raise TypeError("no application")
        self.theme = Theme(app, look or Look())
        self.actions = Actions()
        self.make = filled_column()
        self.prompt = QPlainTextEdit()
        self.prompt.setAccessibleName("Prompt")
        self.make.set_form(self.prompt)
        self.stage = _plain("stage", "stage")
        self.library = _plain("panel", "library")
        self.queue = _plain("panel", "queue")
        self.queue.setMinimumWidth(300)
        self.rail = _plain("panel", "2")
        self.status = StatusStrip()
        self.panels = Panels(
            make=self.make,
            stage=self.stage,
            library=self.library,
            queue=self.queue,
            rail=self.rail,
            status=self.status,
        )
        self.window = MainWindow()
        self.window.furnish(self.panels, self.actions)
        bot.addWidget(self.window, before_close_func=lambda window: window.allow_close())

    def show(self, bot: QtBot, width: int = 1440, height: int = 900) -> None:
        """Show the window at a size, and wait until it is there."""
        self.window.setGeometry(0, 0, width, height)
        self.window.show()
        bot.waitExposed(self.window)
        self.window.activateWindow()
        bot.waitUntil(self.window.isActiveWindow)


def filled_column() -> MakeColumn:
    """A left column with two intentions and three models."""
    column = MakeColumn()
    column.show_intentions(TILES, "picture")
    column.show_models(CARDS, "a/one")
    column.show_count(2)
    return column


def _plain(role: str, text: str) -> QWidget:
    frame = QFrame()
    set_role(frame, role)
    QVBoxLayout(frame).addWidget(QLabel(text))
    return frame
