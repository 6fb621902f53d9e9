"""Nothing is cut, nothing overlaps, everything has a name, at every size and in every theme."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QToolButton, QWidget

from kling_desktop.records.job import MadeBy
from kling_desktop.ui.action_list import Needs
from kling_desktop.ui.player.chip import Chip
from kling_desktop.ui.player.stars import Stars
from kling_desktop.ui.player.take_letters import MOST, around
from kling_desktop.ui.player.verbs import Verbs
from kling_desktop.ui.theme import Look, Mode
from tests.helpers.pseudo import cut, speaking_pseudo, untranslated
from tests.helpers.stage import Watched, clip_of

SIZES = [(404, 330), (652, 420), (757, 634), (2400, 1500)]
LOOKS = [Look(), Look(mode=Mode.LIGHT, text_percent=150), Look(text_percent=90)]


@pytest.fixture
def opened(qtbot, qapp):
    made = []

    def open_(size, look):
        watched = Watched(qtbot, qapp, look)
        made.append(watched)
        for need in Needs:
            watched.actions.allow(need, there=True)
        watched.open(*size)
        return watched

    yield open_
    for watched in made:
        watched.close()


def takes_of(path, plan, number=3, **changes):
    return [
        clip_of(path, plan, clip_id=f"take {take}", take=take, title="T", **changes)
        for take in range(number)
    ]


def cut_words(stage):
    """The buttons of the transport have a text for those who do not see, and paint none."""
    return [words for words in cut(stage) if not words.startswith("TransportButton")]


@pytest.mark.parametrize(("size", "look"), list(itertools.product(SIZES, LOOKS)))
def test_nothing_is_cut_or_overlaps(qtbot, opened, clips, slow, size, look):
    takes = takes_of(clips(slow), slow, made_by=MadeBy.REHEARSAL)
    with speaking_pseudo():
        watched = opened(size, look)
        watched.stage.show_clip(takes[1], takes, play=False)
        watched.wait_number(0)
        qtbot.wait(20)
    stage = watched.stage
    assert (stage.width(), stage.height()) == size
    assert cut_words(stage) == []
    assert untranslated(stage, frozenset("TABC")) == []
    for bar in (stage.transport, stage.verbs, stage._headline):
        parts = [part.geometry() for part in seen_in(bar)]
        for one, other in itertools.combinations(parts, 2):
            assert not one.intersects(other)
        assert all(bar.rect().contains(part) for part in parts)
    letters = stage._headline.stops()
    assert all(letter.width() >= letter.sizeHint().width() for letter in letters)


def seen_in(bar):
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    parts = bar.findChildren(QWidget, options=direct)
    return [part for part in parts if part.isVisible() and not part.isWindow()]


def test_everything_has_a_name(watched, clips, slow):
    takes = takes_of(clips(slow), slow)
    watched.stage.show_clip(takes[0], takes, play=False)
    for part in watched.stage.findChildren(QWidget):
        if isinstance(part, QAbstractButton | QAbstractSlider) and part.isVisible():
            assert part.accessibleName(), part


def test_the_canvas_says_what_is_on_it(qtbot, watched, clips, slow):
    clip = clip_of(clips(slow), slow, title="A fox")
    watched.stage.show_clip(clip, [], play=False)
    watched.wait_open()
    watched.stage.go_to(3)
    said = watched.stage.canvas.accessibleDescription
    assert said() == "A fox, paused, frame 3 of 8"
    watched.stage.toggle()
    assert said() == "A fox, playing, 8 frames"
    watched.stage.show_nothing()
    assert said() == "Your clip plays here."


def test_tab_follows_the_eye(qtbot, watched, clips, slow):
    stage = watched.stage
    for need in Needs:
        watched.actions.allow(need, there=True)
    takes = takes_of(clips(slow), slow)
    stage.show_clip(takes[0], takes, play=False)
    watched.wait_open()
    stage.activateWindow()
    stage.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    names = []
    for _ in range(7):
        QTest.keyClick(stage.window(), Qt.Key.Key_Tab)
        focus = stage.window().focusWidget()
        names.append(focus.accessibleName())
    assert names[:3] == ["Take A, on the stage", "Take B", "Take C"]
    assert names[3:] == ["Step back", "Play", "Step forward", "Position in the clip, in frames"]


def test_a_letter_leads_to_its_take(qtbot, watched, clips, slow):
    takes = takes_of(clips(slow), slow)
    stage = watched.stage
    stage.show_clip(takes[1], takes, play=False)
    letters = [part for part in stage._headline.stops() if isinstance(part, QToolButton)]
    assert [letter.isChecked() for letter in letters] == [False, True, False]
    with qtbot.waitSignal(stage.take_chosen) as chosen:
        qtbot.mouseClick(letters[2], Qt.MouseButton.LeftButton)
    assert chosen.args == ["take 2"]
    assert [letter.isChecked() for letter in letters] == [False, True, False]


def test_of_many_takes_the_neighbors_are_shown(tmp_path):
    takes = takes_of(tmp_path / "a.mp4", None, 30)
    for here in range(30):
        shown = around(takes, takes[here])
        assert len(shown) == MOST
        assert takes[here] in shown


def test_the_title_gives_way_to_letters_and_the_facts_go_first(qtbot, watched, clips, slow):
    takes = takes_of(clips(slow), slow, 8, made_by=MadeBy.REHEARSAL)
    long = [clip_of(clips(slow), slow, title="W" * 200, clip_id=t.clip_id, take=t.take,
                    made_by=MadeBy.REHEARSAL) for t in takes]  # fmt: skip
    watched.stage.resize(404, 400)
    watched.stage.show_clip(long[0], long, play=False)
    qtbot.wait(20)
    title, rehearsal, facts = sorted(
        watched.stage.canvas.findChildren(Chip), key=lambda chip: "WR".find(chip.full_text()[:1])
    )[::-1][:3]
    shown = {chip.full_text()[:1]: chip for chip in (title, rehearsal, facts)}
    assert "…" in shown["W"].shown_text()
    assert shown["R"].shown_text() == "Rehearsal"
    assert watched.stage._headline.width() <= 404


def test_stars_ask_and_wait_for_the_answer(qtbot):
    stars, asked = Stars(), []
    qtbot.addWidget(stars)
    stars.rated.connect(asked.append)
    stars.show_stars(3)
    assert stars.accessibleName() == "3 stars of 5"
    stars.show()
    for number in range(1, 6):
        place = stars._place(number).center().toPoint()
        qtbot.mouseClick(stars, Qt.MouseButton.LeftButton, pos=place)
    qtbot.keyClick(stars, Qt.Key.Key_Right)
    qtbot.keyClick(stars, Qt.Key.Key_Left)
    qtbot.keyClick(stars, Qt.Key.Key_0)
    qtbot.keyClick(stars, Qt.Key.Key_5)
    assert asked == [1, 2, 0, 4, 5, 4, 2, 0, 5]
    assert stars.value() == 3
    qtbot.mouseClick(stars, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert len(asked) == 9


def test_verbs_that_do_not_fit_are_in_the_menu(qtbot, watched):
    verbs = watched.stage.verbs
    for width in (300, 500, 700, 1500):
        watched.stage.resize(width, 500)
        qtbot.wait(10)
        shown = [b.defaultAction() for b in verbs.findChildren(QToolButton)
                 if b.isVisible() and b.defaultAction()]  # fmt: skip
        listed = [action for action in verbs._menu.actions() if not action.isSeparator()]
        assert set(shown).isdisjoint(listed)
        assert len(shown) + len(listed) == 7 + 3
    verbs.show_rehearsed(rehearsed=True)
    assert verbs.menu().actions()[0] is watched.actions.make_real


def test_verbs_follow_the_size_of_the_letters(qtbot, watched):
    assert isinstance(watched.stage.verbs, Verbs)
    watched.stage.resize(700, 500)
    watched.theme.show_look(Look(text_percent=150))
    qtbot.wait(20)
    assert cut_words(watched.stage) == []


def test_the_file_can_be_dragged_and_copied(watched, clips, slow, tmp_path):
    assert watched.stage.mime() is None
    clip = clip_of(clips(slow), slow)
    watched.stage.show_clip(clip, [], play=False)
    assert [url.toLocalFile() for url in watched.stage.mime().urls()] == [str(clip.path)]
    gone = clip_of(tmp_path / "gone.mp4", slow)
    watched.stage.show_clip(gone, [], play=False)
    assert watched.stage.mime() is None


def test_a_mouse_that_moves_far_drags_and_does_not_click(qtbot, watched):
    canvas, seen = watched.stage.canvas, []
    canvas.dragged.disconnect()
    canvas.dragged.connect(lambda: seen.append("drag"))
    canvas.clicked.connect(lambda: seen.append("click"))
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(50, 50))
    qtbot.mouseMove(canvas, QPoint(120, 90))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(120, 90))
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton)
    assert seen == ["drag", "click"]


def test_the_picture_keeps_clear_of_the_chips_where_there_is_room(qtbot, watched, clips, slow):
    watched.stage.show_clip(clip_of(clips(slow), slow), [], play=False)
    watched.wait_number(0)
    below = watched.stage._headline.geometry().bottom()
    assert watched.stage.canvas.picture_rect().top() >= below
    watched.stage.resize(400, 280)
    qtbot.wait(50)
    assert watched.stage.canvas.picture_rect().top() < below


def test_a_resized_picture_is_drawn_anew(qtbot, watched, clips, slow):
    canvas = watched.stage.canvas
    watched.stage.show_clip(clip_of(clips(slow), slow), [], play=False)
    watched.wait_number(0)
    watched.stage.resize(1200, 900)

    def fits():
        return canvas.image.size() == canvas.picture_rect().size().toSize()

    qtbot.waitUntil(fits)
    assert canvas.image.width() > 900
