from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QApplication

from kling_desktop.records.job import JobState, LogLine, WaitingFor
from kling_desktop.records.problem import Charge
from kling_desktop.ui.jobs.card import JobCard
from kling_desktop.ui.jobs.group_header import GroupHeader
from kling_desktop.ui.jobs.link_button import LinkButton
from kling_desktop.ui.jobs.queue_panel import QueuePanel
from kling_desktop.ui.jobs.rail import QueueRail
from kling_desktop.ui.jobs.row import Group, JobFacts
from kling_desktop.ui.jobs.soon import Soon
from tests.helpers.look import make_plain
from tests.helpers.queue import (
    NOW,
    REQUEST,
    SENT,
    Thumbnails,
    a_busy_queue,
    a_problem,
    numbered,
    rehearsal,
)

# The offscreen platform says this of every window with a least size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


class Clock:
    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def thumbnails():
    return Thumbnails()


@pytest.fixture
def panel(qtbot, clock, thumbnails):
    facts = JobFacts(usual=(120, 240), real_price=Decimal("0.28"))
    action = QAction("Pause sending")
    action.setCheckable(True)
    panel = QueuePanel(thumbnails, action, lambda _job: facts, clock)
    qtbot.addWidget(panel)
    panel.action = action
    panel.resize(300, 600)
    with qtbot.waitExposed(panel):
        panel.show()
    panel.activateWindow()
    return panel


def settle():
    """Returns when nothing is gathered any more."""
    QApplication.processEvents()
    tops = QApplication.topLevelWidgets()
    while any(soon.isActive() for top in tops for soon in top.findChildren(Soon)):
        QApplication.processEvents()


def shown(panel, jobs):
    panel.show_jobs(jobs)
    settle()
    return panel


def card_of(panel, job_id):
    return next(card for card in panel.findChildren(JobCard) if card.job_id == job_id)


def links_of(card):
    return [link for link in card.findChildren(LinkButton) if not link.isHidden()]


def bar_of(panel):
    return panel.findChild(JobCard).parentWidget().parentWidget().parentWidget().verticalScrollBar()


def headers(panel):
    found = [one for one in panel.findChildren(GroupHeader) if not one.isHidden()]
    return [one.text for one in sorted(found, key=lambda one: one.y())]


def waiting(number, **changes):
    return numbered(number, state=JobState.IN_QUEUE, request=REQUEST, attempts=SENT, **changes)


def test_groups_stand_in_the_order_of_what_matters_with_their_counts(panel):
    shown(panel, a_busy_queue())
    assert headers(panel) == [
        "Needs you, 2",
        "At fal, 3",
        "Rehearsing, 1",
        "Here, free to change, 2",
        "Made, 2",
    ]


def test_the_empty_queue_says_what_will_stand_here(panel):
    shown(panel, [])
    words = [label.text() for label in panel.findChildren(type(panel._empty.children()[1]))]
    assert any("until it is made" in text for text in words)


def test_a_link_asks_with_its_verb_and_its_job(panel, qtbot):
    shown(panel, [waiting(1)])
    with qtbot.waitSignal(panel.asked) as asked:
        qtbot.mouseClick(links_of(card_of(panel, "0190-00001"))[0], Qt.MouseButton.LeftButton)
    assert asked.args == ["cancel", "0190-00001"]


def test_an_update_keeps_the_card_its_links_and_the_focus(panel):
    shown(panel, [waiting(1, queue_position=12), waiting(2)])
    card = card_of(panel, "0190-00001")
    link = links_of(card)[0]
    link.setFocus()
    panel.replace(waiting(1, queue_position=3))
    settle()
    assert card_of(panel, "0190-00001") is card
    assert links_of(card)[0] is link
    assert link.hasFocus()
    assert "3 ahead" in card.accessibleName()


def test_focus_on_a_link_that_goes_stays_on_its_card(panel):
    shown(panel, [waiting(1), waiting(2)])
    card = card_of(panel, "0190-00001")
    links_of(card)[0].setFocus()
    panel.replace(waiting(1, cancel_wished=True))
    settle()
    assert card.hasFocus()


def test_a_card_keeps_focus_while_it_moves_to_another_group(panel):
    shown(panel, [waiting(1), waiting(2)])
    card = card_of(panel, "0190-00001")
    card.setFocus()
    done = replace(
        waiting(1), state=JobState.FINISHED, charge=Charge.CHARGED, clip_ids=("c",), changed_at=NOW
    )
    panel.replace(done)
    settle()
    assert card.hasFocus()
    assert headers(panel) == ["At fal, 1", "Made, 1"]


def test_focus_goes_to_the_next_row_when_its_row_is_removed(panel):
    shown(panel, [waiting(1), waiting(2), waiting(3)])
    panel.choose("0190-00002")
    panel.remove("0190-00002")
    settle()
    assert card_of(panel, "0190-00003").hasFocus()
    panel.remove("0190-00003")
    settle()
    assert card_of(panel, "0190-00001").hasFocus()
    panel.remove("0190-00001")
    settle()
    assert panel.chosen_id == ""


def test_what_is_read_stays_in_place_while_rows_come_above_it(panel):
    jobs = [waiting(number) for number in range(40)]
    shown(panel, jobs)
    bar = bar_of(panel)
    bar.setValue(1500)
    settle()
    seen = next(card for card in panel.findChildren(JobCard) if card.y() >= bar.value())
    before = seen.mapTo(panel, QPoint(0, 0)).y()
    failed = numbered(99, state=JobState.FAILED, problem=a_problem(), attempts=SENT)
    panel.replace(failed)
    settle()
    assert seen.mapTo(panel, QPoint(0, 0)).y() == before
    panel.remove(failed.job_id)
    settle()
    assert seen.mapTo(panel, QPoint(0, 0)).y() == before


def test_only_cards_in_sight_or_near_are_furnished_and_ask_for_pictures(panel, thumbnails):
    shown(panel, [waiting(number) for number in range(300)])
    furnished = [card for card in panel.findChildren(JobCard) if card.is_furnished]
    assert len(panel.findChildren(JobCard)) == 300
    assert 4 <= len(furnished) <= 20
    assert sorted(thumbnails.asked) == sorted(card.job_id for card in furnished)


def test_a_thumbnail_is_asked_again_only_when_the_clip_is_there(panel, thumbnails):
    shown(panel, [waiting(1)])
    panel.replace(waiting(1, queue_position=3))
    assert thumbnails.asked == ["0190-00001"]
    panel.replace(replace(waiting(1), state=JobState.FINISHED, clip_ids=("c",)))
    assert thumbnails.asked == ["0190-00001"] * 2


def test_a_thumbnail_that_comes_after_its_row_is_gone_is_dropped(panel, qtbot):
    late = []

    class Late:
        def thumbnail(self, job, longest, arrived):
            late.append(arrived)

    slow = QueuePanel(Late(), panel.action)
    qtbot.addWidget(slow)
    slow.show()
    shown(slow, [waiting(1)])
    slow.remove("0190-00001")
    late[0](None)


def test_elapsed_time_ticks_once_a_second_in_sight(panel, clock, qtbot):
    making = numbered(1, state=JobState.IN_PROGRESS, request=REQUEST)
    shown(panel, [making])
    clock.now += 60
    card = card_of(panel, "0190-00001")
    qtbot.waitUntil(lambda: "making · 1:01" in card.accessibleName(), timeout=1500)


def test_up_and_down_walk_the_rows_over_groups(panel, qtbot):
    shown(panel, [waiting(1), numbered(2, waiting_for=WaitingFor.PERSON)])
    panel.choose("0190-00001")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert card_of(panel, "0190-00002").hasFocus()
    assert panel.chosen_id == "0190-00002"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert panel.chosen_id == "0190-00002"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up)
    assert panel.chosen_id == "0190-00001"


def test_tab_follows_the_eye(panel, qtbot):
    shown(panel, [waiting(2), waiting(1), numbered(3, waiting_for=WaitingFor.PERSON)])
    panel.choose("0190-00001")
    walk = []
    for _ in range(7):
        widget = QApplication.focusWidget()
        walk.append(widget.text() if isinstance(widget, LinkButton) else widget.job_id[-1])
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
    cancel = "Cancel, free while it waits"
    assert walk == ["1", cancel, "2", cancel, "3", "Edit", "Send now · $0.28"]


@pytest.mark.parametrize(
    ("job", "asked"),
    [
        (rehearsal(1, state=JobState.FINISHED), ["remove"]),
        (numbered(1, waiting_for=WaitingFor.PERSON), ["cancel"]),
        (waiting(1), []),
    ],
)
def test_delete_ends_only_what_costs_nothing(panel, qtbot, job, asked):
    shown(panel, [job])
    verbs = []
    panel.asked.connect(lambda verb, _id: verbs.append(verb))
    panel.choose(job.job_id)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Delete)
    assert verbs == asked


def test_the_log_unfolds_asks_for_its_lines_and_keeps_following(panel, qtbot):
    shown(panel, [numbered(1, state=JobState.IN_PROGRESS, request=REQUEST)])
    with qtbot.waitSignal(panel.asked) as asked:
        panel.unfold_log("0190-00001")
    assert asked.args == ["show_log", "0190-00001"]
    panel.show_log("0190-00001", [LogLine(message="warming up", at="2026-11-22T14:05:09Z")])
    settle()
    card = card_of(panel, "0190-00001")
    text = card.findChild(type(card._face._fold._text))
    assert text.toPlainText() == "14:05:09  warming up"
    assert panel.log_shown == {"0190-00001"}
    tall = card.height()
    panel.unfold_log("0190-00001", shown=False)
    settle()
    assert card.height() < tall


def test_copying_goes_to_the_clipboard(panel):
    shown(panel, [waiting(1, problem=a_problem())])
    menu = {action.text(): action for action in panel.menu_for("0190-00001").actions()}
    menu["Copy request id"].trigger()
    assert QGuiApplication.clipboard().text() == "req-019f"
    menu["Copy details"].trigger()
    assert "content_policy_violation" in QGuiApplication.clipboard().text()


def test_the_menu_offers_only_what_is_possible(panel):
    shown(panel, [waiting(1), numbered(2)])
    at_fal = [action.text() for action in panel.menu_for("0190-00001").actions() if action.text()]
    here = [action.text() for action in panel.menu_for("0190-00002").actions() if action.text()]
    assert at_fal == [
        "Edit as new",
        "Show log",
        "Copy request id",
        "Copy details",
        "Cancel, free while it waits",
    ]
    assert here == ["Edit as new", "Edit", "Hold", "Show log", "Copy details", "Cancel"]


def test_clearing_what_is_made_asks_for_each_row(panel, qtbot):
    made = [rehearsal(number, state=JobState.FINISHED, clip_ids=("c",)) for number in (1, 2)]
    shown(panel, made)
    asked = []
    panel.asked.connect(lambda verb, job_id: asked.append((verb, job_id)))
    clear = panel.findChild(GroupHeader).findChild(LinkButton)
    qtbot.mouseClick(clear, Qt.MouseButton.LeftButton)
    assert asked == [("remove", "0190-00001"), ("remove", "0190-00002")]


def test_pausing_is_said_on_top_and_on_the_rows(panel):
    shown(panel, [numbered(1)])
    panel.show_sending_paused(paused=True)
    labels = [one.text() for one in panel.findChildren(type(panel._head._paused))]
    assert "Sending is paused. What fal has goes on there." in labels
    assert not panel._head._paused.isHidden()


def test_a_bad_title_is_plain_text_on_one_line(panel):
    shown(panel, [waiting(1, title="<b>bold</b>\nsecond line")])
    assert card_of(panel, "0190-00001").accessibleName().startswith("<b>bold</b>")


def test_larger_text_reaches_cards_that_are_shown(panel, qapp):
    shown(panel, [waiting(number) for number in range(40)])
    before = [card.height() for card in panel.findChildren(JobCard)]
    larger = qapp.font()
    larger.setPixelSize(26)
    qapp.setFont(larger)
    qapp.setStyleSheet("QLabel { margin: 0px; }")
    settle()
    after = [card.height() for card in panel.findChildren(JobCard)]
    make_plain(qapp)
    assert all(high > low for high, low in zip(after, before, strict=True))


def test_counts_reach_the_rail(panel, qtbot):
    rail = QueueRail()
    qtbot.addWidget(rail)
    panel.counts_changed.connect(rail.show_counts)
    shown(panel, a_busy_queue())
    rail.show()
    said = [one.accessibleName() for one in rail.findChildren(type(rail._open)) if one.isVisible()]
    assert said == [
        "Show the queue",
        "Needs you, 2",
        "At fal, 3",
        "Rehearsing, 1",
        "Here, free to change, 2",
        "Made, 2",
    ]
    with qtbot.waitSignal(rail.group_asked) as asked:
        rail._buttons[Group.AT_FAL].click()
    panel.show_group(Group(asked.args[0]))
    assert panel.chosen_id == "0190-00003"
