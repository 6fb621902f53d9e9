"""A few choices side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from kling_desktop.ui.form.editors.choices import place_of, titles_of
from kling_desktop.ui.form.editors.editor import Editor
from kling_desktop.ui.form.parts.even_columns import EvenColumns
from kling_desktop.ui.style import set_mark, set_role

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon, QKeyEvent

    from kling_desktop.catalog.field_spec import FieldSpec
    from kling_desktop.ui.form.context import Place
    from kling_desktop.ui.form.values import FieldValue


class SegmentsEditor(Editor):
    """One of a few, as joined buttons; they part into a grid where the room is too small."""

    compact = True

    def __init__(self, spec: FieldSpec, place: Place) -> None:
        super().__init__(spec, place)
        self._row = self._new_row()
        self._row.picked.connect(self._on_pick)
        self._row.show_name(spec.title or spec.name)
        self._lay_out()

    def focus_target(self) -> QWidget:
        return self._row.tab_stop()

    def described_widget(self) -> QWidget:
        return self._row

    def label_target(self) -> QWidget | None:
        return None

    def mark_wrong(self, *, wrong: bool) -> None:
        self._row.mark_wrong(wrong=wrong)

    def _new_row(self) -> SegmentRow:
        return SegmentRow(titles_of(self.spec), tuple(map(self._icon, self.spec.enum)))

    def _lay_out(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._row)
        line.addStretch(1)

    def _on_pick(self, place: int) -> None:
        self._edited(self.spec.enum[place])

    def _icon(self, _value: object) -> QIcon | None:
        return None

    def _draws(self, value: FieldValue) -> bool:
        return place_of(value, self.spec) >= 0

    def _show(self, value: FieldValue) -> None:
        self._row.show_place(place_of(value, self.spec))


class SegmentRow(QWidget):
    """The buttons: one stop for Tab, arrow keys within."""

    picked = Signal(int)

    def __init__(self, titles: tuple[str, ...], icons: tuple[QIcon | None, ...]) -> None:
        super().__init__()
        self._place = -1
        self._flow = EvenColumns(self, across=0)
        self._buttons = [_Segment(title, icon) for title, icon in zip(titles, icons, strict=True)]
        for place, button in enumerate(self._buttons):
            button.clicked.connect(lambda _checked=False, place=place: self._pick(place))
            button.moved.connect(lambda step, place=place: self._move(place, step))
            self._flow.addWidget(button)
        set_role(self, "segments")
        self._flow.setContentsMargins(1, 1, 1, 1)
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_place(-1)

    def show_name(self, name: str) -> None:
        """The name of the field, which each button says together with its own."""
        self.setAccessibleName(name)
        for button in self._buttons:
            button.setAccessibleName(
                self.tr("{field}: {choice}").format(field=name, choice=button.text())
            )

    def show_place(self, place: int) -> None:
        """Which one is chosen; -1 for none."""
        self._place = place
        stop = max(place, 0)
        for index, button in enumerate(self._buttons):
            button.setChecked(index == place)
            policy = Qt.FocusPolicy.StrongFocus if index == stop else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)

    def tab_stop(self) -> QWidget:
        """The button that Tab goes to."""
        return self._buttons[max(self._place, 0)]

    def mark_wrong(self, *, wrong: bool) -> None:
        """Frame all of them."""
        set_mark(self, "problem", wrong)

    def _pick(self, place: int) -> None:
        if place == self._place:
            self._buttons[place].setChecked(True)
            return
        self.show_place(place)
        self.picked.emit(place)

    def _move(self, place: int, step: int) -> None:
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        new = place + (-step if mirrored else step)
        if 0 <= new < len(self._buttons):
            self._pick(new)
            self._buttons[new].setFocus(Qt.FocusReason.OtherFocusReason)


class _Segment(QToolButton):
    moved = Signal(int)
    """-1 or 1, as an arrow key points."""

    def __init__(self, title: str, icon: QIcon | None) -> None:
        super().__init__()
        self.setText(title)
        self.setCheckable(True)
        if icon is not None:
            self.setIcon(icon)
            self.setIconSize(QSize(16, 16))
            self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        # What is chosen fills its place also where the row became a grid.
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        set_role(self, "segment")

    def sizeHint(self) -> QSize:
        """Room for the heavier letters of the chosen one, so that nothing moves when it changes."""
        heavy = QFont(self.font())
        heavy.setWeight(QFont.Weight.DemiBold)
        text = self.text()
        more = QFontMetrics(heavy).horizontalAdvance(text) - self.fontMetrics().horizontalAdvance(
            text
        )
        hint = super().sizeHint()
        return QSize(hint.width() + max(0, more) + 2, hint.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Down: 1,
        }.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.moved.emit(step)
