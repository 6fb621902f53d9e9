from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from kling_desktop.ui.jobs.card import JobCard
from kling_desktop.ui.jobs.flow import FlowLayout, lines_of
from kling_desktop.ui.jobs.link_button import LinkButton
from kling_desktop.ui.jobs.wording import row_of
from tests.helpers.queue import NOW, a_busy_queue, a_failing_queue

# The offscreen platform says this of every window with a least size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@given(st.lists(st.integers(1, 300), max_size=12), st.integers(1, 400), st.integers(0, 20))
def test_lines_hold_every_item_once_and_only_what_fits(sizes, width, gap):
    lines = lines_of(sizes, width, gap)
    assert [place for line in lines for place in line] == list(range(len(sizes)))
    for line in lines:
        taken = sum(sizes[place] for place in line) + gap * (len(line) - 1)
        assert taken <= width or len(line) == 1


def test_a_link_that_is_too_long_wraps_inside_its_line(qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    flow = FlowLayout(host)
    link = LinkButton("Ask fal to stop · probably still charged")
    flow.addWidget(link)
    host.resize(120, flow.heightForWidth(120))
    host.show()
    assert link.width() <= 120
    assert link.height() >= 2 * link.fontMetrics().height()


def test_a_bare_card_expects_the_height_that_it_will_have(qtbot, qapp):
    font = QFont(qapp.font())
    font.setPixelSize(13)
    before = qapp.font()
    qapp.setFont(font)
    for job in [*a_busy_queue(), *a_failing_queue()]:
        card = JobCard(job.job_id, row_of(job, NOW))
        qtbot.addWidget(card)
        expected = card.heightForWidth(276)
        card.resize(276, expected)
        card.show()
        card.furnish()
        card.forget_height()
        assert abs(card.heightForWidth(276) - expected) <= 20
    qapp.setFont(before)
