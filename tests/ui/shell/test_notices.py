import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QToolButton

from kling_desktop.ui import notices as room
from kling_desktop.ui.notices import Notice, Notices, NoticeTone
from kling_desktop.ui.told import Told


@pytest.fixture
def notices(shell, qtbot):
    shell.show(qtbot)
    return Notices(shell.window)


DELETED = Notice(key="deleted", text="Moved to the trash.", action="Undo")


def test_a_notice_takes_no_focus_and_offers_its_action(notices, shell, qtbot):
    shell.prompt.setFocus()
    notices.show_notice(DELETED)
    assert notices.isVisible()
    assert shell.prompt.hasFocus()
    undo = next(one for one in notices.findChildren(QPushButton) if one.text() == "Undo")
    with qtbot.waitSignal(notices.acted) as told:
        qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert told.args == ["deleted"]
    assert notices.shown_keys() == ()
    assert not notices.isVisible()


def test_it_lies_over_the_middle_column(notices, shell):
    notices.show_notice(DELETED)
    left = shell.window.centre.mapTo(shell.window, shell.window.centre.rect().topLeft()).x()
    assert notices.x() >= left
    assert notices.geometry().right() <= left + shell.window.centre.width()
    before = notices.y()
    shell.window.resize(1440, 700)
    assert notices.y() < before


def test_the_same_key_replaces(notices):
    notices.show_notice(DELETED)
    notices.show_notice(DELETED)
    assert notices.shown_keys() == ("deleted",)


def test_the_oldest_passing_one_gives_way(notices):
    notices.show_notice(Notice(key="key", text="No key.", tone=NoticeTone.PROBLEM, stays=True))
    for number in range(4):
        notices.show_notice(Notice(key=str(number), text="x"))
    assert notices.shown_keys() == ("key", "2", "3")


def test_one_that_stays_goes_by_hand_only(notices, qtbot):
    notices.show_notice(Notice(key="key", text="No key.", stays=True))
    cross = notices.findChild(QToolButton)
    with qtbot.waitSignal(notices.closed) as told:
        cross.click()
    assert told.args == ["key"]


def test_others_pass_by_themselves(notices, qtbot):
    notices.show_notice(Notice(key="seen", text="Draft kept."))
    toast = notices._shown["seen"]
    assert toast._timer.interval() == room.SHOWN_FOR
    with qtbot.waitSignal(notices.closed):
        toast._pass()


def test_taking_back_what_is_not_there(notices):
    notices.take_back("nothing")
    assert not notices.isVisible()


def _told(shell, seen):
    return Told(shell.window, lambda title, text: seen.append((title, text)), burst=5)


def test_a_burst_is_told_once(shell, qtbot):
    seen = []
    told = _told(shell, seen)
    for number in range(3):
        told.clip_ready(str(number), f"clip {number}")
    qtbot.waitUntil(lambda: seen == [("3 clips are ready", "clip 2")])
    told.clip_ready("9", "one more")
    qtbot.waitUntil(lambda: seen[1:] == [("1 clip is ready", "one more")])
    with qtbot.waitSignal(told.asked) as asked:
        told._ask()
    assert asked.args == ["9"]
    told.close()


def test_nothing_is_told_to_who_is_looking(shell, qtbot):
    seen = []
    told = _told(shell, seen)
    shell.show(qtbot)
    told.clip_ready("1", "clip")
    qtbot.waitUntil(lambda: not told._timer.isActive())
    assert seen == []


def test_nothing_is_told_to_who_does_not_want_it(shell, qtbot):
    seen = []
    told = _told(shell, seen)
    told.set_wanted(False)
    told.clip_ready("1", "clip")
    qtbot.waitUntil(lambda: not told._timer.isActive())
    assert seen == []


def test_without_a_tray_the_window_asks_for_attention(shell, qtbot):
    told = Told(shell.window, burst=1)
    told.clip_ready("1", "clip")
    qtbot.waitUntil(lambda: not told._timer.isActive())
    told.close()


def test_notices_on_a_plain_widget(qtbot):
    field = QLineEdit()
    qtbot.addWidget(field)
    field.resize(600, 300)
    field.show()
    notices = Notices(field)
    notices.show_notice(DELETED)
    assert field.rect().contains(notices.geometry())
