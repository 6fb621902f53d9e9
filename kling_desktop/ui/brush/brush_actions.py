"""The actions of the brush. They work while the focus is in it, and ask no one else for keys."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QKeyCombination, QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from kling_desktop.ui.brush.session import BrushSession, Tool
from kling_desktop.ui.icons import icon

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from kling_desktop.ui.brush.canvas import BrushCanvas

_STEP = 1.5
_SIZE_STEP = 1.25


class BrushActions(QObject):
    """Every action by name; `tools` in the order of the column, `all` as in a menu."""

    def __init__(self, session: BrushSession, canvas: BrushCanvas, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._canvas = session, canvas
        self._by_key: dict[str, QAction] = {}
        self._tools = QActionGroup(self)
        self.tools = self._make_tools()
        self._make_steps()
        self._make_sight()
        self._make_area()
        self._make_numbers()
        self.preview = self._action(
            self.tr("Preview the move, free"), "V", "play", self.tr("Play the move here, for free.")
        )
        self.preview.setCheckable(True)
        self.preview.triggered.connect(canvas.toggle_preview)
        self.done = self._action(
            self.tr("Done"), "Esc", "check", self.tr("Keep the painting and go back to the stage.")
        )
        session.painting_changed.connect(self._allow)
        session.chosen_changed.connect(self._allow)
        session.tool_changed.connect(self._allow)
        canvas.preview.playing_changed.connect(self._on_playing)
        self._allow()

    def of_key(self, event: QKeyEvent) -> QAction | None:
        """The action that a key stands for."""
        keys = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        pressed = QKeySequence(QKeyCombination(keys, Qt.Key(event.key()))).toString()
        # What needs Shift or AltGr on some keyboards, such as the plus and the brackets.
        return self._by_key.get(pressed) or self._by_key.get(event.text())

    def beside_the_programs(self) -> tuple[QAction, ...]:
        """All but those that the program has an action for; that one does this here."""
        known = (None, self.undo, self.redo)
        return tuple(one for one in self.in_menu() if one not in known)

    def in_menu(self) -> tuple[QAction | None, ...]:
        """For the menu on the picture; None is a line between."""
        more = (self.larger, self.smaller, None, self.invert, self.clear, self.add, None)
        sight = (self.nearer, self.farther, self.fit, None, self.preview, self.done)
        return (*self.tools, None, self.undo, self.redo, None, *more, *sight)

    def _make_tools(self) -> tuple[QAction, ...]:
        said = {
            Tool.BRUSH: (
                self.tr("Brush"), "B", "paintbrush",
                self.tr("Paint. Hold Shift for a straight line."),
            ),
            Tool.ERASER: (
                self.tr("Eraser"), "E", "eraser",
                self.tr("Take paint away. Hold Shift for a straight line."),
            ),
            Tool.PATH: (
                self.tr("Path"), "P", "spline",
                self.tr("Draw where the area goes. Hold Shift for a straight line."),
            ),
            Tool.FILL: (
                self.tr("Fill"), "G", "paint-bucket",
                self.tr("Fill what your lines enclose."),
            ),
            Tool.HAND: (
                self.tr("Hand"), "H", "hand",
                self.tr("Move the picture about. Holding Space does it with any tool."),
            ),
            Tool.ZOOM: (
                self.tr("Zoom"), "Z", "zoom-in",
                self.tr("Click to see it larger, with Shift smaller. Ctrl and wheel do it too."),
            ),
        }  # fmt: skip
        found = []
        for tool, words in said.items():
            action = self._action(*words)
            action.setCheckable(True)
            action.setData(tool)
            action.triggered.connect(partial(self._session.use, tool))
            self._tools.addAction(action)
            found.append(action)
        return tuple(found)

    def _make_steps(self) -> None:
        session = self._session
        self.undo = self._action(
            self.tr("Undo"), "Ctrl+Z", "undo-2", self.tr("Take back what was painted last.")
        )
        self.redo = self._action(
            self.tr("Redo"), "Ctrl+Shift+Z", "redo-2", self.tr("Paint it again."), "Ctrl+Y"
        )
        self.undo.triggered.connect(session.undo)
        self.redo.triggered.connect(session.redo)

    def _make_sight(self) -> None:
        canvas = self._canvas
        self.nearer = self._action(
            self.tr("Larger"), "+", "zoom-in", self.tr("See the picture larger."), "="
        )
        self.farther = self._action(
            self.tr("Smaller"), "-", "zoom-out", self.tr("See the picture smaller.")
        )
        self.fit = self._action(
            self.tr("Whole picture"), "Home", "scan", self.tr("See all of the picture.")
        )
        self.nearer.triggered.connect(lambda: canvas.zoom(_STEP))
        self.farther.triggered.connect(lambda: canvas.zoom(1 / _STEP))
        self.fit.triggered.connect(canvas.fit)

    def _make_area(self) -> None:
        session = self._session
        self.larger = self._action(
            self.tr("Wider brush"), "]", "circle", self.tr("Make the brush wider.")
        )
        self.smaller = self._action(
            self.tr("Finer brush"), "[", "dot", self.tr("Make the brush finer.")
        )
        self.invert = self._action(
            self.tr("Invert"), "I", "contrast",
            self.tr("Paint what is bare in this area, and bare what is painted."),
        )  # fmt: skip
        self.clear = self._action(
            self.tr("Clear"), "Del", "trash-2",
            self.tr("Take all paint and the path from this area."),
        )  # fmt: skip
        self.add = self._action(
            self.tr("Add an area"), "A", "plus", self.tr("One more part that moves by itself.")
        )
        self.larger.triggered.connect(lambda: self._resize(_SIZE_STEP))
        self.smaller.triggered.connect(lambda: self._resize(1 / _SIZE_STEP))
        self.invert.triggered.connect(session.invert)
        self.clear.triggered.connect(session.clear)
        self.add.triggered.connect(session.add_area)

    def _make_numbers(self) -> None:
        for number in range(7):
            text = self.tr("Area {number}").format(number=number)
            action = self._action(text, str(number), "", self.tr("Paint on this area."))
            action.triggered.connect(partial(self._session.choose, number))

    def _action(self, text: str, key: str, drawing: str, tip: str, *more: str) -> QAction:
        action = QAction(text, self)
        if drawing:
            action.setIcon(icon(drawing))
        keys = [QKeySequence(one) for one in (key, *more)]
        # Told and shown, but asked for by the panel: the window has some of these keys too.
        action.setShortcuts(keys)
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        said = keys[0].toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{tip} ({said})")
        action.setStatusTip(tip)
        for one in keys:
            self._by_key[one.toString()] = action
        return action

    def _resize(self, times: float) -> None:
        size = self._session.size
        wanted = round(size * times)
        self._session.set_size(wanted if wanted != size else size + (1 if times > 1 else -1))

    def _on_playing(self, playing: bool) -> None:
        self.preview.setChecked(playing)
        words = self.tr("Stop the preview") if playing else self.tr("Preview the move, free")
        self.preview.setText(words)
        self.preview.setIcon(icon("square" if playing else "play"))

    def _allow(self) -> None:
        session = self._session
        for action in self.tools:
            action.setChecked(action.data() == session.tool)
        self.undo.setEnabled(session.history.can_undo)
        self.redo.setEnabled(session.history.can_redo)
        self.clear.setEnabled(not session.area.is_bare)
        self.add.setEnabled(session.areas_left > 0)
        self.preview.setEnabled(any(one.marks and one.path for one in session.painting.moving()))
