"""How a sound looks: true to the file, and small whatever its length."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kling_desktop.media.problems import MediaRefused
from kling_desktop.media.waveform import MOST, waveform_of
from kling_desktop.records.sound import Part, Waveform
from tests.helpers.media_zoo import ClipPlan, numbered_clip, scene
from tests.helpers.sounds import level_at, packed, stairs


@pytest.mark.parametrize("suffix", [".mp3", ".m4a", ".flac", ".ogg"])
def test_each_second_is_as_loud_as_it_is(tmp_path, suffix):
    found = waveform_of(packed(tmp_path / f"a{suffix}", 4))
    assert found.seconds == pytest.approx(4, abs=0.05)
    for second in range(4):
        low, high = found.between(second + 0.3, second + 0.7)
        assert high == pytest.approx(level_at(second), abs=0.04)
        assert low == pytest.approx(-level_at(second), abs=0.04)


def test_a_long_sound_has_no_more_stretches_than_a_short_one(tmp_path):
    found = waveform_of(stairs(tmp_path / "a.wav", 100, rate=8000))
    assert MOST / 2 <= len(found.lows) == len(found.highs) <= MOST
    assert found.seconds == pytest.approx(100)
    assert found.between(87.3, 87.6)[1] == pytest.approx(level_at(87), abs=0.01)


def test_high_tones_are_seen_too(tmp_path):
    found = waveform_of(stairs(tmp_path / "a.wav", 2, rate=96_000, sides=2))
    assert found.between(1.2, 1.8)[1] == pytest.approx(0.2, abs=0.01)


def test_the_sound_of_a_clip(tmp_path):
    clip = numbered_clip(tmp_path / "a.mp4", ClipPlan(frames=48, sound=True))
    found = waveform_of(clip)
    assert found.seconds == pytest.approx(2, abs=0.05)
    assert found.between(0.5, 1)[1] == pytest.approx(0.3, abs=0.05)


def test_silence_is_flat(tmp_path):
    path = stairs(tmp_path / "a.wav", 1)
    path.write_bytes(path.read_bytes()[:44] + bytes(32_000))
    assert waveform_of(path).loudest == 0


def test_it_can_be_stopped(tmp_path):
    path, asked = stairs(tmp_path / "a.wav", 30), []

    def is_stopped():
        asked.append(1)
        return len(asked) > 3

    assert waveform_of(path, is_stopped) is None
    assert len(asked) == 4


def test_a_damaged_end_is_left_out(tmp_path):
    path = packed(tmp_path / "a.mp3", 4)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    assert 1.5 < waveform_of(path).seconds < 2.5


def test_what_cannot_be_heard_is_refused(tmp_path):
    silent = numbered_clip(tmp_path / "a.mp4", ClipPlan(frames=12))
    picture = tmp_path / "a.png"
    scene().save(picture)
    for path in (silent, picture):
        with pytest.raises(MediaRefused) as refused:
            waveform_of(path)
        assert refused.value.problem.code == "media_nothing_to_hear"
    text = tmp_path / "a.mp3"
    text.write_text("not a sound at all, and long enough to be looked at by its first bytes")
    with pytest.raises(MediaRefused):
        waveform_of(text)


waveforms = st.lists(st.tuples(st.floats(-1, 0), st.floats(0, 1)), min_size=1, max_size=50).map(
    lambda pairs: Waveform(7.0, *map(tuple, zip(*pairs, strict=True)))
)


@given(waveforms, st.floats(-1, 9), st.floats(0, 3))
def test_any_stretch_lies_within_the_whole(wave, start, length):
    low, high = wave.between(start, start + length)
    assert -wave.loudest <= low <= high <= wave.loudest


def test_a_part_backwards_has_no_length():
    assert Part(5, 3).seconds == 0
