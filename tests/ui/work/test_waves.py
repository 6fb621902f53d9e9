"""Waveforms, listened to beside the GUI thread."""

import threading

import pytest

from kling_desktop.ui.work.waves import Waves
from tests.helpers.sounds import stairs


@pytest.fixture
def waves(qapp):
    made = Waves()
    yield made
    made.close()
    made.deleteLater()


def test_it_is_listened_to_once_and_kept(qtbot, waves, tmp_path):
    path = stairs(tmp_path / "a.wav", 3)
    found = []
    for _ in range(2):
        waves.of_file(path, lambda one: found.append((one, threading.current_thread())))
    qtbot.waitUntil(lambda: len(found) == 2)
    assert found[0][0] is found[1][0]
    assert found[0][0].seconds == 3
    assert {thread for _, thread in found} == {threading.main_thread()}
    again = []
    waves.of_file(path, again.append)
    assert again == [found[0][0]]


def test_what_cannot_be_heard_is_nothing(qtbot, waves, tmp_path):
    path = tmp_path / "a.mp3"
    path.write_text("no sound")
    found = []
    waves.of_file(path, found.append)
    waves.of_file(tmp_path / "gone.mp3", found.append)
    qtbot.waitUntil(lambda: found == [None, None])


def test_what_is_not_wanted_any_more_is_not_told(qtbot, waves, tmp_path):
    long, short = stairs(tmp_path / "a.wav", 60), stairs(tmp_path / "b.wav", 1)
    found = []
    forget = waves.of_file(long, found.append)
    forget()
    forget()
    waves.of_file(short, found.append)
    qtbot.waitUntil(lambda: len(found) == 1)
    assert found[0].seconds == 1


def test_wanted_anew_it_is_told_after_all(qtbot, waves, tmp_path):
    path = stairs(tmp_path / "a.wav", 20)
    first, second = [], []
    waves.of_file(path, first.append)()
    waves.of_file(path, second.append)
    qtbot.waitUntil(lambda: len(second) == 1)
    assert second[0].seconds == 20
    assert first == []


def test_closing_does_not_wait_for_a_long_sound(qtbot, qapp, tmp_path):
    made = Waves()
    found = []
    made.of_file(stairs(tmp_path / "a.wav", 600, rate=8000), found.append)
    made.close()
    assert found == []
    made.of_file(tmp_path / "a.wav", found.append)
    qtbot.wait(20)
    assert found == []
    made.deleteLater()
