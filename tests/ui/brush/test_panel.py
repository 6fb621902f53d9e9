"""The brush under a person's hands: mouse, wheel and keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QSlider, QToolButton, QWidget

from kling_desktop.media.raster import rastered
from kling_desktop.records.painting import STILL, Area, Inversion, Stroke
from kling_desktop.ui.brush.panel import BrushPanel
from kling_desktop.ui.brush.session import Tool
from tests.helpers.brush import SIZE, bare, drag, on_canvas, plain_picture

SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
WAY = ((60.0, 60.0), (120.0, 70.0), (200.0, 150.0))


@pytest.fixture
def panel(qtbot):
    made = BrushPanel(bare(), 6)
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show_picture(plain_picture())
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.canvas.setFocus()
    return made


def painted(panel, x, y):
    plane = rastered(panel.session.area.marks, SIZE)
    return plane[int(y) * SIZE[0] + int(x)] == 255


def key(panel, one, modifiers=NONE):
    QTest.keyClick(panel.canvas, one, modifiers)


def test_a_stroke_paints_where_the_mouse_went(panel):
    drag(panel.canvas, WAY)
    assert len(panel.session.area.marks) == 1
    for x, y in WAY:
        assert painted(panel, x, y)
    assert not painted(panel, 300, 20)


def test_shift_paints_one_straight_line(panel):
    drag(panel.canvas, ((40.0, 40.0), (90.0, 160.0), (240.0, 40.0)), SHIFT)
    (stroke,) = panel.session.area.marks
    assert len(stroke.points) == 2
    assert painted(panel, 140, 40)
    assert not painted(panel, 90, 120)


def test_the_eraser_takes_away(panel):
    drag(panel.canvas, WAY)
    key(panel, Qt.Key.Key_E)
    assert panel.session.tool is Tool.ERASER
    drag(panel.canvas, WAY[:1] * 2)
    assert not painted(panel, 60, 60)
    assert painted(panel, 120, 70)


def test_a_path_is_drawn_smoothed_and_shown(panel):
    key(panel, Qt.Key.Key_P)
    drag(panel.canvas, [(40 + step * 5, 40 + step * 2) for step in range(30)])
    path = panel.session.area.path
    assert 2 <= len(path) <= 5
    assert path[0] == pytest.approx((40, 40), abs=1.5)
    drag(panel.canvas, [(10.0, 10.0), (10.0, 10.0)])
    assert panel.session.area.path == path


def test_what_holds_still_has_no_path(panel):
    key(panel, Qt.Key.Key_0)
    key(panel, Qt.Key.Key_P)
    drag(panel.canvas, WAY)
    assert panel.session.chosen == STILL
    assert panel.session.area.path == ()


def test_fill_fills_a_ring(panel):
    corners = [(60.0, 40.0), (240.0, 40.0), (240.0, 160.0), (60.0, 160.0), (60.0, 40.0)]
    drag(panel.canvas, corners)
    assert not painted(panel, 150, 100)
    key(panel, Qt.Key.Key_G)
    place = on_canvas(panel.canvas, (150.0, 100.0))
    QTest.mouseClick(panel.canvas, Qt.MouseButton.LeftButton, NONE, place)
    assert painted(panel, 150, 100)
    assert not painted(panel, 10, 10)


def test_keys_do_what_they_say(panel):
    session = panel.session
    drag(panel.canvas, WAY)
    before = session.size
    key(panel, Qt.Key.Key_BracketRight)
    assert session.size > before
    key(panel, Qt.Key.Key_BracketLeft)
    assert session.size == before
    key(panel, Qt.Key.Key_I)
    assert isinstance(session.area.marks[-1], Inversion)
    key(panel, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(session.area.marks) == 1
    key(panel, Qt.Key.Key_Delete)
    assert session.area.is_bare
    undo = Qt.KeyboardModifier.ControlModifier
    key(panel, Qt.Key.Key_Z, undo)
    assert len(session.area.marks) == 1
    key(panel, Qt.Key.Key_Z, undo | SHIFT)
    assert session.area.is_bare
    key(panel, Qt.Key.Key_A)
    assert session.chosen == 2
    key(panel, Qt.Key.Key_1)
    assert session.chosen == 1


def test_all_of_it_goes_without_a_mouse(panel):
    drag(panel.canvas, ((160.0, 100.0), (160.0, 100.0)))
    key(panel, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    key(panel, Qt.Key.Key_Return)
    for _ in range(5):
        key(panel, Qt.Key.Key_Right)
    key(panel, Qt.Key.Key_Down, SHIFT)
    key(panel, Qt.Key.Key_Return)
    assert painted(panel, 160, 100)
    assert painted(panel, 174, 100)
    assert painted(panel, 175, 130)
    key(panel, Qt.Key.Key_P)
    key(panel, Qt.Key.Key_Return)
    for _ in range(4):
        key(panel, Qt.Key.Key_Left, SHIFT)
    key(panel, Qt.Key.Key_Return)
    assert len(panel.session.area.path) >= 2


def test_wheel_and_space_move_the_picture(panel):
    canvas = panel.canvas
    before, middle = canvas.view, on_canvas(canvas, (160.0, 100.0))
    wheel = QWheelEvent(
        QPointF(middle), QPointF(canvas.mapToGlobal(middle)), QPoint(), QPoint(0, 240),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas, wheel)
    assert canvas.view.scale > 1.4 * before.scale
    assert canvas.view.to_picture(QPointF(middle)) == pytest.approx((160, 100), abs=2)
    QTest.keyPress(canvas, Qt.Key.Key_Space)
    drag(canvas, ((160.0, 100.0), (120.0, 80.0)))
    QTest.keyRelease(canvas, Qt.Key.Key_Space)
    assert panel.session.area.is_bare
    assert canvas.view.middle != before.middle
    key(panel, Qt.Key.Key_Home)
    assert canvas.view == before


def test_painting_is_exact_when_it_is_seen_larger(panel):
    panel.canvas.zoom(8.0)
    drag(panel.canvas, ((160.0, 100.0), (170.0, 105.0)))
    (stroke,) = panel.session.area.marks
    assert stroke.points[0] == pytest.approx((160, 100), abs=0.2)
    assert stroke.points[-1] == pytest.approx((170, 105), abs=0.2)


def test_the_move_is_played_before_anything_is_paid(panel, qtbot):
    panel.session.set_path(((80.0, 100.0), (240.0, 100.0)))
    assert not panel.actions_.preview.isEnabled()
    picture = plain_picture(color="#000000")
    for x in range(70, 91):
        for y in range(90, 111):
            picture.setPixelColor(x, y, Qt.GlobalColor.white)
    panel.show_picture(picture)
    panel.session.add_mark(Stroke(((80.0, 100.0),), 40.0))
    key(panel, Qt.Key.Key_V)
    canvas = panel.canvas
    assert canvas.preview.is_playing
    canvas.preview.at = 2.5
    seen = canvas.grab().toImage()
    assert seen.pixelColor(on_canvas(canvas, (160.0, 100.0))).lightness() > 200
    assert seen.pixelColor(on_canvas(canvas, (80.0, 100.0))).lightness() < 60
    key(panel, Qt.Key.Key_Escape)
    assert not canvas.preview.is_playing


def test_escape_and_done_end_it(panel, qtbot):
    with qtbot.waitSignal(panel.done):
        key(panel, Qt.Key.Key_Escape)


def test_a_name_may_have_any_letter(panel):
    name = next(one for one in panel.findChildren(QLineEdit) if "Area 1" in one.accessibleName())
    name.setFocus()
    name.selectAll()
    QTest.keyClicks(name, "Big eel 1")
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert panel.session.area.name == "Big eel 1"
    assert panel.session.tool is Tool.BRUSH
    name.selectAll()
    QTest.keyClick(name, Qt.Key.Key_Delete)
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert panel.session.area.name == ""
    assert name.text() == "Area 1"


def test_the_list_says_what_is_there(panel, qtbot):
    drag(panel.canvas, WAY)
    panel.session.set_path(((60.0, 60.0), (90.0, 100.0), (200.0, 80.0)))
    panel.canvas.seats.look()
    row = panel.areas._rows[1]
    assert "3 points" in row._facts.full_text()
    assert "% of the picture is painted" in row.toolTip()
    assert "empty" in panel.areas._rows[STILL]._facts.full_text()
    for _ in range(5):
        panel.session.add_area()
    assert not panel.actions_.add.isEnabled()
    assert [*panel.areas._rows] == [0, 1, 2, 3, 4, 5, 6]


def test_hiding_an_area_takes_it_off_the_screen_and_painting_brings_it_back(panel):
    drag(panel.canvas, WAY)
    place = on_canvas(panel.canvas, (100.0, 66.0))
    panel.canvas.clearFocus()
    seen = panel.canvas.grab().toImage().pixelColor(place)
    panel.session.show_area(1, shown=False)
    hidden = panel.canvas.grab().toImage().pixelColor(place)
    assert seen != hidden
    drag(panel.canvas, ((20.0, 20.0), (30.0, 20.0)))
    assert panel.session.area.shown


def test_everything_has_a_name_and_tab_reaches_it(panel):
    kinds = (QToolButton, QSlider, QLineEdit)
    parts = [one for kind in kinds for one in panel.findChildren(kind) if one.isVisible()]
    assert all(one.accessibleName() for one in parts)
    stops, here = set(), panel.canvas
    for _ in range(200):
        here = here.nextInFocusChain()
        if here.focusPolicy() & Qt.FocusPolicy.TabFocus and here.isVisible():
            stops.add(here)
    assert all(one in stops for one in parts if one.isEnabled())


@pytest.mark.parametrize("size", [(1500, 1000), (640, 420), (360, 300)])
def test_nothing_lies_on_anything_else(panel, qtbot, size):
    for number in range(2, 7):
        panel.session.add_area()
        assert panel.session.chosen == number
    panel.resize(*size)
    QApplication.processEvents()
    tools = panel._tools.geometry()
    areas = panel.areas.geometry()
    assert not tools.intersects(areas)
    assert panel.canvas.rect().contains(tools)
    assert panel.canvas.rect().contains(areas)
    place = panel.canvas.view.place.toRect()
    assert not place.intersects(tools)
    assert not place.intersects(areas)


def test_the_folded_list_can_be_opened(panel):
    panel.resize(420, 400)
    QApplication.processEvents()
    assert panel.areas.is_short
    fold = [one for one in panel.areas.findChildren(QToolButton) if "names" in one.accessibleName()]
    fold[0].click()
    assert not panel.areas.is_short
    assert panel.areas._rows[1]._name.isVisible()


def test_a_painting_that_was_left_is_shown_again(qtbot):
    area = Area(number=4, name="Tail", marks=(Stroke(WAY, 20.0),), path=WAY[:2], shown=False)
    panel = BrushPanel(bare().with_area(area), 6)
    qtbot.addWidget(panel)
    panel.show()
    assert panel.session.chosen == 4
    assert panel.painting.area(4) == area
    assert isinstance(panel, QWidget)
