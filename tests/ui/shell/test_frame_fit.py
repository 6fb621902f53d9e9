"""The frame round the window stays on the screen, above all its title bar."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMargins, QRect
from PySide6.QtWidgets import QWidget

from kling_desktop.ui.frame_fit import FrameFit, framed

SMALL = QRect(0, 0, 1024, 600)
FRAME = QMargins(1, 20, 1, 5)


@pytest.mark.parametrize(
    ("place", "kept"),
    [
        (QRect(0, 0, 1024, 600), QRect(1, 20, 1022, 575)),
        (QRect(100, 50, 800, 500), QRect(100, 50, 800, 500)),
        (QRect(100, 0, 800, 500), QRect(100, 20, 800, 500)),
        (QRect(-300, 50, 800, 500), QRect(-300, 50, 800, 500)),
    ],
)
def test_only_what_is_cut_is_moved(place, kept):
    assert framed(place, FRAME, SMALL) == kept


@given(
    x=st.integers(-2000, 3000),
    y=st.integers(-2000, 599),
    width=st.integers(800, 3000),
    height=st.integers(480, 3000),
)
def test_the_title_bar_can_always_be_reached(x, y, width, height):
    found = framed(QRect(x, y, width, height), FRAME, SMALL)
    assert found.top() >= SMALL.top() + FRAME.top()
    assert found.width() + FRAME.left() + FRAME.right() <= SMALL.width()
    assert found.height() + FRAME.top() + FRAME.bottom() <= SMALL.height()


def test_a_size_that_somebody_chose_is_left_alone(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    room = window.screen().availableGeometry()
    window.setGeometry(room)
    fit = FrameFit(window)
    window.resize(room.width() + 100, room.height() + 100)
    window.show()
    fit.begin()
    qtbot.wait(50)
    assert window.width() == room.width() + 100


def test_the_programs_own_choice_is_fitted(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    room = window.screen().availableGeometry()
    window.setGeometry(room)
    fit = FrameFit(window)
    window.show()
    margins = window.windowHandle().frameMargins()
    if margins.isNull():
        return
    fit.begin()
    qtbot.waitUntil(lambda: room.contains(window.frameGeometry()))
