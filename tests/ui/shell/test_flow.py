"""A line that breaks where its room ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QWidget

from kling_desktop.ui.flow import FlowLayout, lines_of
from kling_desktop.ui.jobs.link_button import LinkButton

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
