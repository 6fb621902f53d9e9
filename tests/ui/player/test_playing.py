"""What the canvas shows while a clip plays, is stepped through, and is taken away."""

from __future__ import annotations

from fractions import Fraction

import pytest
from PySide6.QtCore import Qt

from kling_desktop.ui.words import timecode
from tests.helpers import media_zoo as zoo
from tests.helpers.stage import BLACK, clip_of


def shown_numbers(watched):
    return [number for number in watched.shown if number is not None]


@pytest.mark.parametrize("sound", [False, True])
def test_loop_has_no_seam(qtbot, watched, clips, slow, sound):
    plan = zoo.ClipPlan(frames=8, rate=Fraction(8), gop=4, sound=sound)
    watched.stage.show_clip(clip_of(clips(plan), plan), [])
    qtbot.waitUntil(lambda: watched.shown.count(7) >= 2 and watched.shown[-1] >= 1, timeout=9000)
    assert BLACK not in watched.shown
    assert watched.went_round(watched.shown.index(0), plan), watched.shown


def test_without_loop_the_last_frame_stays(qtbot, watched, clips, slow):
    watched.stage.set_loop(loop=False)
    watched.stage.show_clip(clip_of(clips(slow), slow), [])
    qtbot.waitUntil(lambda: watched.stage.is_idle, timeout=5000)
    watched.wait_number(7)
    qtbot.wait(200)
    assert watched.number == 7
    assert BLACK not in watched.shown
    assert watched.stage.frame == 7


def test_loop_turned_off_in_mid_clip_ends_at_the_last_frame(qtbot, watched, clips, slow):
    watched.stage.show_clip(clip_of(clips(slow), slow), [])
    watched.wait_number(2)
    watched.stage.set_loop(loop=False)
    qtbot.waitUntil(lambda: watched.stage.is_idle, timeout=5000)
    watched.wait_number(7)
    assert watched.shown[-1] == 7
    assert 0 not in watched.shown[watched.shown.index(2) :]


def test_playing_after_the_end_begins_again(qtbot, watched, clips, slow):
    watched.stage.set_loop(loop=False)
    watched.stage.show_clip(clip_of(clips(slow), slow), [])
    qtbot.waitUntil(lambda: watched.stage.is_idle, timeout=5000)
    watched.wait_number(7)
    watched.shown.clear()
    watched.stage.toggle()
    qtbot.waitUntil(lambda: len(watched.shown) >= 3)
    assert watched.shown[0] == 0
    assert watched.went_round(0, slow), watched.shown


@pytest.mark.parametrize(
    "plan",
    [
        zoo.ClipPlan(gop=12),
        zoo.ClipPlan(gop=48, rate=Fraction(30)),
        zoo.ClipPlan(gop=250, b_frames=0, first_pts=7),
    ],
)
def test_steps_are_exact_and_the_label_says_so(qtbot, watched, clips, plan):
    stage = watched.stage
    stage.show_clip(clip_of(clips(plan), plan), [], play=False)
    watched.wait_number(0)
    for go, number in (
        (lambda: stage.step(1), 1),
        (lambda: stage.step(1), 2),
        (lambda: stage.go_to(59), 59),
        (lambda: stage.step(1), 59),
        (lambda: stage.step(-1), 58),
        (lambda: stage.go_to(-1), 59),
        (lambda: stage.go_to(30), 30),
        (lambda: stage.step(-4), 26),
        (stage.stop, 0),
        (lambda: stage.step(-1), 0),
    ):
        go()
        watched.wait_number(number)
        assert stage.frame == number
        said = stage.transport.time_text()
        assert said == f"{timecode(number, float(plan.rate))} · frame {number}"


@pytest.mark.parametrize("start", [0, 3, 5])
def test_playing_goes_on_from_the_stepped_frame(qtbot, watched, clips, slow, start):
    stage = watched.stage
    stage.show_clip(clip_of(clips(slow), slow), [])
    watched.wait_open()
    stage.go_to(start)
    watched.wait_number(start)
    watched.shown.clear()
    stage.toggle()
    qtbot.waitUntil(lambda: len(watched.shown) >= 3)
    assert watched.shown[0] == start
    assert watched.went_round(0, slow), watched.shown


def test_pause_and_play_leaves_nothing_out(qtbot, watched, clips, slow):
    stage = watched.stage
    stage.show_clip(clip_of(clips(slow), slow), [])
    watched.wait_number(3)
    stage.toggle()
    qtbot.wait(300)
    held = watched.number
    assert held == stage.frame
    watched.shown.clear()
    stage.toggle()
    qtbot.waitUntil(lambda: len(watched.shown) >= 2)
    assert shown_numbers(watched)[0] in {held, held + 1}
    assert watched.went_round(0, slow), watched.shown


def test_stepping_before_the_clip_is_open_is_not_lost(qtbot, watched, clips):
    plan = zoo.ClipPlan()
    watched.stage.show_clip(clip_of(clips(plan), plan), [], play=False)
    watched.stage.go_to(17)
    watched.wait_number(17)
    assert watched.stage.frame == 17


def test_dragging_the_scrubber_ends_on_the_frame_under_the_mouse(qtbot, watched, clips):
    plan = zoo.ClipPlan(gop=48)
    stage, scrubber = watched.stage, watched.stage.transport.scrubber
    stage.show_clip(clip_of(clips(plan), plan), [])
    watched.wait_open()
    watched.shown.clear()
    middle = scrubber.rect().center()
    qtbot.mousePress(scrubber, Qt.MouseButton.LeftButton, pos=middle)
    for way in range(0, 60, 3):
        qtbot.mouseMove(scrubber, middle - middle.__class__(way, 0))
    assert stage.is_idle
    target = middle - middle.__class__(60, 0)
    qtbot.mouseMove(scrubber, target)
    wished = scrubber.value()
    watched.wait_number(wished)
    assert stage.frame == wished
    qtbot.mouseRelease(scrubber, Qt.MouseButton.LeftButton, pos=target)
    assert not stage.is_idle, "it played before the drag"


def test_a_drag_without_rest_shows_something_all_along(qtbot, watched, clips):
    plan = zoo.ClipPlan(frames=120, gop=60)
    stage = watched.stage
    stage.show_clip(clip_of(clips(plan), plan), [])
    watched.wait_open()
    stage.go_to(0)
    watched.wait_number(0)
    watched.shown.clear()
    for index in range(119, 19, -1):
        stage.go_to(index)
        assert stage.transport.time_text().endswith(f"frame {index}")
        qtbot.wait(5)
    assert len(set(watched.shown)) > 5
    watched.wait_number(20)
    qtbot.wait(100)
    assert watched.number == stage.frame == 20


def test_deleted_in_mid_play_plays_on_and_is_missing_after(qtbot, watched, clips, slow, tmp_path):
    path = tmp_path / "mine.mp4"
    path.write_bytes(clips(slow).read_bytes())
    watched.stage.show_clip(clip_of(path, slow), [])
    watched.wait_number(1)
    watched.wait_open()
    path.unlink()
    watched.stage.go_to(5)
    watched.wait_number(5)
    watched.stage.show_clip(clip_of(path, slow), [])
    qtbot.waitUntil(lambda: "mine.mp4 is not where" in watched.stage.words)
    assert watched.stage.canvas.image.isNull()


def test_fifty_clips_in_a_hurry_leave_nothing_behind(qtbot, watched, clips, slow):
    import threading

    plans = [slow, zoo.ClipPlan(), zoo.ClipPlan(gop=48)]
    for number in range(50):
        plan = plans[number % 3]
        watched.stage.show_clip(clip_of(clips(plan), plan, clip_id=str(number)), [])
        qtbot.wait(5)
    plan = plans[49 % 3]
    watched.shown.clear()
    watched.wait_open()
    qtbot.waitUntil(lambda: len(watched.shown) >= 3)
    assert watched.stage.transport.scrubber.maximum() == plan.frames - 1
    ours = [t for t in threading.enumerate() if t.name.startswith(("frames", "fitter"))]
    assert len(ours) == 2
    names = [child.metaObject().className() for child in watched.player.children()]
    assert names.count("QMediaPlayer") == 1
