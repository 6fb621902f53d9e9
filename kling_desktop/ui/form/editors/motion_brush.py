"""The motion brush in the form: what was painted, in one line, and the way to paint on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from kling_desktop.records.media import MediaRef
from kling_desktop.records.painting import STILL, Painting, painting_in
from kling_desktop.ui.area_look import name_of, paint_badge
from kling_desktop.ui.flow import FlowLayout
from kling_desktop.ui.form.brush_wish import BrushWish
from kling_desktop.ui.form.editors.editor import Editor
from kling_desktop.ui.form.problems import (
    AREA_WITHOUT_PAINT,
    AREA_WITHOUT_PATH,
    BRUSH_OTHER_PICTURE,
)
from kling_desktop.ui.icons import icon
from kling_desktop.ui.labels import ElidedLabel
from kling_desktop.ui.style import set_mark, set_role

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from kling_desktop.catalog.field_spec import FieldSpec
    from kling_desktop.catalog.motion_brush import BrushFields
    from kling_desktop.records.json_values import Values
    from kling_desktop.records.problem import Problem
    from kling_desktop.ui.form.context import Place
    from kling_desktop.ui.form.values import FieldValue

_BADGE = 18


class MotionBrushEditor(Editor):
    """Shows and asks; what is painted arrives as values of the form."""

    can_reset = False

    def __init__(self, spec: FieldSpec, place: Place) -> None:
        super().__init__(spec, place)
        self._painting: Painting | None = None
        self._picture = ""
        self._masks = 0
        self._paths = 0
        self._frame = QFrame(self)
        set_role(self._frame, "raised")
        self._badges = _Badges(self._frame)
        self._words = ElidedLabel("", "secondary", Qt.TextElideMode.ElideRight, self._frame)
        self._paint = self._button(self.tr("Paint…"), "quiet", BrushWish.OPEN)
        self._paint.setIcon(icon("paintbrush"))
        self._keep = self._button(self.tr("Keep it, scaled"), "link", BrushWish.KEEP)
        self._drop = self._button(self.tr("Drop it"), "link", BrushWish.DROP)
        self._target = self._paint
        self._lay_out()
        self._say()

    def show_around(self, fields: BrushFields, values: Values) -> None:
        """The other values of the form, among them the painting itself."""
        areas = values.get(fields.areas)
        items = areas if isinstance(areas, Sequence) and not isinstance(areas, str) else ()
        self._masks = len(items) + bool(fields.still and values.get(fields.still))
        self._paths = sum(bool(isinstance(one, dict) and one.get(fields.path)) for one in items)
        self._painting = painting_in(values)
        picture = values.get(fields.picture)
        self._picture = picture if isinstance(picture, str) else ""
        self._say()
        self.looks_changed.emit()

    def own_problems(self) -> tuple[Problem, ...]:
        painting = self._painting
        if painting is None or painting.is_bare or not self._picture:
            return ()
        if self._is_of_other_picture():
            return (BRUSH_OTHER_PICTURE(),)
        moving = painting.moving()
        bare = (AREA_WITHOUT_PAINT(area=name_of(one)) for one in moving if not one.marks)
        lost = (AREA_WITHOUT_PATH(area=name_of(one)) for one in moving if not one.path)
        return (*bare, *lost)

    def mark_wrong(self, *, wrong: bool) -> None:
        set_mark(self._frame, "problem", wrong)

    def label_target(self) -> QWidget | None:
        return None

    def words(self) -> str:
        """What it says of the painting."""
        return self._words.full_text()

    def _draws(self, value: FieldValue) -> bool:
        return isinstance(value, Sequence) and not isinstance(value, str)

    def _show(self, value: FieldValue) -> None:
        del value
        self._say()

    def _say(self) -> None:
        painting, is_other = self._painting, self._is_of_other_picture()
        is_bare = (painting is None or painting.is_bare) and not self._masks
        self._words.setText(self._summary())
        self._badges.show_numbers(
            [one.number for one in painting.areas if not one.is_bare] if painting else []
        )
        has_file = MediaRef.parse(self._picture) is not None
        self._paint.setEnabled(has_file)
        self._paint.setVisible(not is_other)
        self._keep.setVisible(is_other)
        self._drop.setVisible(is_other or not is_bare)
        text = self.tr("Drop it") if is_other else self.tr("Remove the painting")
        self._drop.setText(text)
        self._drop.setAccessibleName(text)

    def _summary(self) -> str:
        if not self._picture:
            return self.tr("Choose a start picture first.")
        if MediaRef.parse(self._picture) is None:
            return self.tr("Painting needs a picture that is on this computer.")
        painting = self._painting
        if painting is not None and not painting.is_bare:
            moving = painting.moving()
            paths = sum(bool(one.path) for one in moving)
            still = painting.area(STILL)
            return _counted(len(moving), paths, holds_still=bool(still and still.marks))
        if self._masks:
            return self.tr("Masks from elsewhere. Painting begins anew.")
        return self.tr("Nothing is painted yet.")

    def _is_of_other_picture(self) -> bool:
        ref = MediaRef.parse(self._picture)
        painting = self._painting
        if ref is None or painting is None or painting.is_bare:
            return False
        return painting.picture != ref.file_name

    def _button(self, text: str, role: str, wish: BrushWish) -> QPushButton:
        button = QPushButton(text, self._frame)
        button.setAutoDefault(False)
        button.setAccessibleName(text)
        set_role(button, role)
        button.clicked.connect(lambda: self.context.signals.brush_wanted.emit(wish))
        return button

    def _lay_out(self) -> None:
        title = self.spec.title or self.spec.name
        self._paint.setAccessibleName(f"{title}: {self._paint.text()}")
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._badges)
        top.addWidget(self._words, 1)
        links = QWidget(self._frame)
        flow = FlowLayout(links, across=8)
        for button in (self._paint, self._keep, self._drop):
            flow.addWidget(button)
        inside = QVBoxLayout(self._frame)
        inside.setContentsMargins(10, 8, 10, 8)
        inside.setSpacing(8)
        inside.addLayout(top)
        inside.addWidget(links)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._frame)


class _Badges(QWidget):
    """The numbers of the areas that something was painted on."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._numbers: list[int] = []
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_numbers(self, numbers: list[int]) -> None:
        """In this order."""
        self._numbers = numbers
        self.setVisible(bool(numbers))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        count = len(self._numbers)
        return QSize(max(0, count * (_BADGE + 3) - 3), _BADGE)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        for place, number in enumerate(self._numbers):
            frame = QRectF(place * (_BADGE + 3), 0, _BADGE, _BADGE).adjusted(1, 1, -1, -1)
            paint_badge(painter, frame, number, square=True)
        painter.end()


def _counted(areas: int, paths: int, *, holds_still: bool) -> str:
    translate = QCoreApplication.translate
    one_area = translate("MotionBrush", "1 area")
    more_areas = translate("MotionBrush", "{count} areas")
    one_path = translate("MotionBrush", "1 path")
    more_paths = translate("MotionBrush", "{count} paths")
    parts = []
    if areas:
        parts.append((one_area if areas == 1 else more_areas).format(count=areas))
        parts.append((one_path if paths == 1 else more_paths).format(count=paths))
    if holds_still:
        parts.append(translate("MotionBrush", "holds still"))
    return ", ".join(parts)
