"""The frame under a person's hands: mouse, wheel, keys, and what is said meanwhile."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QPushButton

from kling_desktop.catalog.field_spec import FieldLimits
from kling_desktop.records.framing import BLUR, EDGE, WHITE, Framing
from kling_desktop.ui.framing.canvas import HIT
from kling_desktop.ui.framing.drawing import handle_places
from kling_desktop.ui.framing.geometry import HANDLES, Box
from kling_desktop.ui.framing.panel import FramePanel
from kling_desktop.ui.framing.session import FrameTask

SIZE = (1200, 800)
LIMITS = FieldLimits(min_width=300, min_height=300, min_ratio=0.4, max_ratio=2.5)
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def opened(qtbot):
    """Opens the frame; the answers to Apply and Cancel are kept in `.answers`."""

    def start(framing=None, **more):
        task = FrameTask(
            name="fox.jpg", size=SIZE, framing=framing or Framing.whole(SIZE), limits=LIMITS, **more
        )
        panel = FramePanel(task)
        qtbot.addWidget(panel)
        panel.answers = []
        panel.applied.connect(panel.answers.append)
        panel.cancelled.connect(lambda: panel.answers.append(None))
        panel.resize(800, 640)
        panel.show_picture(picture())
        panel.show()
        qtbot.waitExposed(panel)
        panel.activateWindow()
        panel.canvas.setFocus()
        return panel

    return start


def picture(size=SIZE):
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor(30, 60, 90))
    return image


def drag(panel, begin, end):
    """From one point of the canvas to another, in three steps."""
    canvas = panel.canvas
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, NONE, begin.toPoint())
    for part in (0.4, 0.8, 1.0):
        QTest.mouseMove(canvas, (begin + (end - begin) * part).toPoint())
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, NONE, end.toPoint())


def pull(panel, handle, across, down):
    """A handle by so many pixels of the picture."""
    begin = handle_places(panel.canvas.frame_place())[handle]
    scale = panel.canvas._view.scale
    drag(panel, begin, begin + QPointF(across, down) * scale)


def button(panel, text):
    return next(
        one
        for one in panel.findChildren(QAbstractButton)
        if text in (one.text(), one.accessibleName())
    )


def words(panel):
    return " ".join(one.text() for one in panel.findChildren(QLabel) if one.isVisible())


def test_a_corner_crops_and_apply_hands_the_frame_back(opened):
    panel = opened()
    pull(panel, (1, 1), -300, -200)
    framing = panel.session.framing
    assert (framing.left, framing.top) == (0, 0)
    assert framing.width == pytest.approx(900, abs=3)
    assert framing.height == pytest.approx(600, abs=3)
    assert f"{framing.width} × {framing.height}" in words(panel)
    button(panel, "Apply").click()
    assert panel.answers == [framing]


def test_the_inside_moves_and_stops_at_the_edge(opened):
    panel = opened(Framing(left=300, top=200, width=600, height=400))
    middle = panel.canvas.frame_place().center()
    drag(panel, middle, middle + QPointF(900, -30))
    framing = panel.session.framing
    assert framing.left == 600
    assert framing.top < 200
    assert framing.size == (600, 400)


@pytest.mark.parametrize("handle", HANDLES)
def test_handles_are_caught_in_a_wide_place(opened, handle):
    assert HIT >= 24
    panel = opened(Framing(left=300, top=200, width=600, height=400))
    middle = handle_places(panel.canvas.frame_place())[handle]
    for shift in (QPointF(11, 11), QPointF(-11, -11)):
        assert panel.canvas._handle_at(middle + shift) == handle


def test_what_lies_outside_the_frame_catches_nothing(opened):
    panel = opened(Framing(left=300, top=200, width=600, height=400))
    before = panel.session.framing
    drag(panel, QPointF(40, 40), QPointF(90, 90))
    assert panel.session.framing == before


def test_a_chosen_ratio_holds_while_a_side_is_pulled(opened):
    panel = opened()
    button(panel, "16:9").click()
    assert panel.session.framing.size == (1200, 675)
    pull(panel, (1, 0), -400, 0)
    framing = panel.session.framing
    assert framing.width == pytest.approx(800, abs=3)
    assert abs(framing.width - framing.height * 16 / 9) <= 1
    assert framing.ratio == "16:9"


def test_arrows_move_and_with_shift_they_resize(opened):
    panel = opened(Framing(left=300, top=200, width=600, height=400))
    QTest.keyClick(panel.canvas, Qt.Key.Key_Right)
    QTest.keyClick(panel.canvas, Qt.Key.Key_Up)
    assert (panel.session.framing.left, panel.session.framing.top) == (312, 188)
    QTest.keyClick(panel.canvas, Qt.Key.Key_Right, SHIFT)
    QTest.keyClick(panel.canvas, Qt.Key.Key_Up, SHIFT)
    assert panel.session.framing.size == (612, 388)
    QTest.keyClick(panel.canvas, Qt.Key.Key_Left, CTRL)
    assert panel.session.framing.left == 305
    QTest.keyClick(panel.canvas, Qt.Key.Key_Down, CTRL | SHIFT)
    assert panel.session.framing.height == 389


def test_enter_applies_and_escape_leaves(opened):
    panel = opened()
    QTest.keyClick(panel.canvas, Qt.Key.Key_Escape)
    assert panel.answers == [None]
    QTest.keyClick(panel.canvas, Qt.Key.Key_Return)
    assert panel.answers == [None, Framing.whole(SIZE)]


def test_the_wheel_resizes_about_the_middle(opened):
    panel = opened(Framing(left=300, top=200, width=600, height=400))
    at = QPointF(panel.canvas.rect().center())
    event = QWheelEvent(
        at, at, QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, NONE,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(panel.canvas, event)
    framing = panel.session.framing
    assert framing.width < 600
    assert framing.left + framing.width / 2 == pytest.approx(600, abs=1)


def test_a_frame_below_the_models_least_says_so_and_cannot_be_applied(opened):
    panel = opened()
    panel.session.put(Box(0, 0, 290, 290))
    assert "at least 300 × 300" in words(panel)
    assert not button(panel, "Apply").isEnabled()
    assert "at least" in panel.canvas.accessibleDescription()
    QTest.keyClick(panel.canvas, Qt.Key.Key_Return)
    assert panel.answers == []
    panel.session.put(Box(0, 0, 1200, 300))
    assert "Too wide" in words(panel)
    panel.session.put(Box(0, 0, 310, 800))
    assert "Too tall" in words(panel)
    panel.session.put(Box(0, 0, 300, 300))
    assert button(panel, "Apply").isEnabled()


def test_a_pad_holds_the_picture_and_takes_a_color(opened):
    panel = opened(delivery="16:9")
    fill = next(one for one in panel.findChildren(QComboBox) if "Color" in one.accessibleName())
    assert not fill.isVisible()
    button(panel, "16:9").click()
    button(panel, "Pad").click()
    assert fill.isVisible()
    framing = panel.session.framing
    assert (framing.size, framing.fill) == ((1422, 800), EDGE)
    assert (framing.left, framing.top) == (-111, 0)
    fill.activated.emit(fill.findText("White"))
    assert panel.session.framing.fill == WHITE
    pull(panel, (1, 1), 200, 100)
    grown = panel.session.framing
    assert grown.width > 1500
    assert grown.left == -111
    assert grown.left + grown.width >= SIZE[0]
    button(panel, "Crop").click()
    assert not panel.session.framing.adds(SIZE)


def test_the_pad_is_painted_in_the_color_it_will_have(opened):
    panel = opened()
    button(panel, "1:1").click()
    button(panel, "Pad").click()
    spot = panel.canvas.frame_place()
    shown = panel.canvas.grab().toImage()
    ratio = shown.devicePixelRatio()
    inside = shown.pixelColor(round((spot.left() + 30) * ratio), round((spot.top() + 25) * ratio))
    assert inside == QColor(30, 60, 90)
    panel.session.use_fill(WHITE)
    shown = panel.canvas.grab().toImage()
    inside = shown.pixelColor(round((spot.left() + 30) * ratio), round((spot.top() + 25) * ratio))
    assert inside == QColor("white")
    panel.session.use_fill(BLUR)
    assert not panel.canvas.grab().isNull()


def test_it_begins_where_it_was_left(opened):
    last = Framing(
        left=-100, top=0, width=1422, height=800, fill="#102030", most=1280, ratio="16:9"
    )
    panel = opened(last)
    assert panel.session.framing == last
    assert button(panel, "Pad").isChecked()
    assert button(panel, "16:9").isChecked()
    fill, most = panel.findChildren(QComboBox)
    assert fill.currentText() == "#102030"
    assert most.currentText() == "1280 px"
    assert "made 1280 × 720" in words(panel)
    button(panel, "Whole picture").click()
    assert panel.session.framing == Framing.whole(SIZE)


def test_shrinking_alone(opened):
    panel = opened()
    most = panel.findChildren(QComboBox)[1]
    assert [most.itemText(at) for at in range(most.count())] == ["All pixels"]
    assert not most.isVisible()
    panel = opened(Framing(left=0, top=0, width=1200, height=800, most=900))
    assert panel.session.look.made == (900, 600)


def test_everything_is_reached_by_tab_and_has_a_name(opened):
    panel = opened(delivery="2.39:1")
    button(panel, "2.39:1").click()
    button(panel, "Pad").click()
    panel.canvas.setFocus()
    seen = []
    for _ in range(30):
        seen.append(panel.focusWidget().accessibleName())
        QTest.keyClick(panel.focusWidget(), Qt.Key.Key_Tab)
        if panel.focusWidget() is panel.canvas:
            break
    assert seen[0] == "Frame on the picture"
    assert all(seen)
    assert seen[-2:] == ["Cancel", "Apply"]
    assert "Color around the picture" in seen
    assert "Whole picture" in seen
    assert panel.accessibleName() == "Frame of fox.jpg"
    assert [one.accessibleName() for one in panel.findChildren(QPushButton) if not one.text()] == []


def test_a_picture_that_cannot_be_shown_can_be_framed_all_the_same(opened, qtbot):
    panel = FramePanel(FrameTask(name="a.heic", size=SIZE, framing=Framing.whole(SIZE)))
    qtbot.addWidget(panel)
    panel.show()
    panel.show_picture(None)
    assert "cannot be shown" in words(panel)
    button(panel, "1:1").click()
    assert panel.session.framing.size == (800, 800)


def test_drawing_keeps_up_with_the_hand(opened):
    panel = opened()
    panel.canvas.show_picture(picture((3840, 2560)))
    panel.canvas.grab()
    spent = []
    for step in range(20):
        panel.session.put(Box(step, step, 900, 500))
        begin = time.perf_counter()
        panel.canvas.grab()
        spent.append(time.perf_counter() - begin)
    assert sorted(spent)[len(spent) // 2] < 0.05, "a busy computer is given three times as long"
