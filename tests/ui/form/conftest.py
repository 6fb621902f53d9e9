"""A form in a narrow scrolling column, with a port that keeps what it is offered."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea

from kling_desktop.ui.form.form import Form
from tests.helpers.form import KeepingPort


class Clock:
    """Seconds that pass only when a test says so."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def port():
    return KeepingPort()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def form(qtbot, port, clock):
    column = QScrollArea()
    column.setWidgetResizable(True)
    column.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made = Form(port, clock=clock)
    column.setWidget(made)
    column.resize(340, 600)
    qtbot.addWidget(column)
    column.show()
    qtbot.waitExposed(column)
    yield made
    column.hide()
