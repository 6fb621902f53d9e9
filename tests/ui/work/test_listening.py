"""A part of a sound, played by QtMultimedia; on a computer without a device, in silence."""

import pytest

from kling_desktop.records.sound import Part
from kling_desktop.ui.work.listening import Listening
from tests.helpers.sounds import packed, stairs

pytestmark = pytest.mark.qt_log_ignore("PulseAudioService", "No RHI backend")


@pytest.fixture
def listening(qapp):
    made = Listening()
    yield made
    made.close()
    made.deleteLater()


def test_the_part_is_played_and_is_over(qtbot, listening, tmp_path):
    told = []
    listening.play(packed(tmp_path / "a.mp3", 3), Part(1.0, 1.8), told.append)
    qtbot.waitUntil(lambda: told[-1:] == [None], timeout=6000)
    places = told[:-1]
    assert told.count(None) == 1
    assert places == sorted(places)
    assert 1.0 <= places[0] <= 1.4
    assert places[-1] <= 1.95


def test_to_the_very_end(qtbot, listening, tmp_path):
    told = []
    listening.play(stairs(tmp_path / "a.wav", 1), Part(0.4, 5.0), told.append)
    qtbot.waitUntil(lambda: told[-1:] == [None], timeout=6000)
    assert max(told[:-1]) > 0.5


def test_another_sound_ends_the_first(qtbot, listening, tmp_path):
    path = stairs(tmp_path / "a.wav", 3)
    first, second, began = [], [], []
    listening.began.connect(lambda: began.append(1))
    listening.play(path, Part(0, 3), first.append)
    qtbot.waitUntil(lambda: bool(first), timeout=6000)
    listening.play(path, Part(2.0, 2.3), second.append)
    assert first[-1] is None
    qtbot.waitUntil(lambda: second[-1:] == [None], timeout=6000)
    assert min(second[:-1]) >= 2.0
    assert len(began) == 2


def test_it_stops_when_told_to(qtbot, listening, tmp_path):
    told = []
    listening.play(stairs(tmp_path / "a.wav", 3), Part(0, 3), told.append)
    listening.give_way(False)
    assert None not in told
    listening.give_way(True)
    assert told[-1] is None
    qtbot.wait(150)
    assert told.count(None) == 1


def test_what_cannot_be_played_is_over_at_once(qtbot, listening, tmp_path):
    path = tmp_path / "a.mp3"
    path.write_text("no sound")
    told = []
    listening.play(path, Part(0, 1), told.append)
    qtbot.waitUntil(lambda: told[-1:] == [None], timeout=6000)
