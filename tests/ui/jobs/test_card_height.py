"""How high a card will be is known before it is furnished."""

import pytest
from PySide6.QtGui import QFont

from kling_desktop.ui.jobs.card import JobCard
from kling_desktop.ui.jobs.wording import row_of
from tests.helpers.queue import NOW, a_busy_queue, a_failing_queue

# The offscreen platform says this of every window with a least size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


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
