"""Parts of sounds: at their place, never longer than asked, never heavier than allowed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kling_desktop.catalog.field_spec import FieldLimits
from kling_desktop.media.cut_sound import cut_sound
from kling_desktop.media.probe import probe
from kling_desktop.media.problems import MediaRefused
from kling_desktop.media.sound_plan import Source, plan_for
from kling_desktop.media.waveform import waveform_of
from kling_desktop.records.sound import Part
from tests.helpers.media_zoo import ClipPlan, numbered_clip
from tests.helpers.sounds import level_at, packed, stairs

MP3, M4A, WAV, AAC = "audio/mpeg", "audio/mp4", "audio/wav", "audio/aac"
LIP = FieldLimits(
    max_bytes=5_242_880, min_duration=2, max_duration=60, formats=(MP3, WAV, M4A, AAC)
)


def cut(path, folder, limits=LIP, part=None):
    made = cut_sound(path, probe(path), limits, folder, part)
    return made, probe(made)


@pytest.fixture(scope="module")
def sounds(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sounds")
    made = {
        one: packed(folder / f"a{one}", 9, sides=2) for one in (".mp3", ".m4a", ".flac", ".ogg")
    }
    return {**made, ".wav": stairs(folder / "a.wav", 9, sides=2)}


@pytest.mark.parametrize("suffix", [".mp3", ".m4a", ".flac", ".ogg", ".wav"])
@pytest.mark.parametrize("part", [Part(2.5, 6.25), Part(0, 3), Part(5.5, 99)])
def test_a_part_is_what_lies_between(sounds, tmp_path, suffix, part):
    made, facts = cut(sounds[suffix], tmp_path, part=part)
    wanted = min(part.end, 9.02) - part.start
    assert wanted - 0.06 <= facts.duration <= wanted + 1e-3
    found = waveform_of(made)
    for second in (0.6, 1.6, 2.6):
        place = part.start + second
        if int(place - 0.2) == int(place + 0.2):
            _, high = found.between(second - 0.05, second + 0.05)
            assert high == pytest.approx(level_at(place), abs=0.06)


def test_the_ends_are_exact_to_the_sample_where_nothing_is_left_out(sounds, tmp_path):
    made, facts = cut(sounds[".wav"], tmp_path, part=Part(1.25, 4.5))
    assert facts.content_type == WAV
    assert facts.duration == 3.25
    plain = sounds[".wav"].read_bytes()[44:]
    first = int(1.25 * 16_000) * 4
    data = made.read_bytes()
    assert plain[first : first + int(3.25 * 16_000) * 4] in data


def test_without_a_part_it_is_the_beginning(tmp_path):
    _, facts = cut(stairs(tmp_path / "a.wav", 70), tmp_path)
    assert 59.9 < facts.duration <= 60
    assert facts.content_type == WAV


@pytest.mark.parametrize(
    ("suffix", "becomes"),
    [(".flac", MP3), (".ogg", MP3), (".mp3", MP3), (".m4a", M4A), (".wav", WAV)],
)
def test_a_sound_stays_what_it_is_where_that_is_taken(sounds, tmp_path, suffix, becomes):
    assert cut(sounds[suffix], tmp_path)[1].content_type == becomes


@pytest.mark.parametrize("form", [MP3, M4A, WAV])
def test_the_one_form_that_is_taken(sounds, tmp_path, form):
    _, facts = cut(sounds[".ogg"], tmp_path, FieldLimits(formats=(form,)))
    assert facts.content_type == form
    assert facts.duration == pytest.approx(9, abs=0.05)


def test_a_heavy_wav_becomes_something_lighter(tmp_path):
    heavy = stairs(tmp_path / "a.wav", 40, rate=44_100, sides=2)
    made, facts = cut(heavy, tmp_path)
    assert heavy.stat().st_size > LIP.max_bytes > facts.size
    assert facts.content_type == MP3
    assert facts.duration == pytest.approx(40, abs=0.01)
    assert made.suffix == ".mp3"


def test_where_only_wav_is_taken_it_gets_fewer_samples(tmp_path):
    heavy = stairs(tmp_path / "a.wav", 20, rate=44_100, sides=2)
    _, facts = cut(heavy, tmp_path, FieldLimits(max_bytes=1_000_000, formats=(WAV,)))
    assert facts.size <= 1_000_000
    assert facts.duration == pytest.approx(20, abs=0.001)


def test_the_sound_of_a_clip(tmp_path):
    clip = numbered_clip(tmp_path / "a.mp4", ClipPlan(frames=72, sound=True))
    _, facts = cut(clip, tmp_path)
    assert (facts.content_type, facts.kind) == (MP3, "audio")
    assert facts.duration == pytest.approx(3, abs=0.05)


@pytest.mark.parametrize(
    ("limits", "part", "code"),
    [
        (FieldLimits(formats=("audio/x-odd",)), None, "media_no_form_of_sound"),
        (LIP, Part(1, 2.5), "media_part_too_short"),
        (LIP, Part(8, 20), "media_part_too_short"),
        (LIP, Part(6, 3), "media_part_too_short"),
        (FieldLimits(max_bytes=20_000, formats=(MP3,)), None, "media_sound_cannot_fit"),
        (FieldLimits(max_bytes=20_000, formats=(WAV,)), None, "media_sound_cannot_fit"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(sounds, tmp_path, limits, part, code):
    with pytest.raises(MediaRefused) as refused:
        cut(sounds[".mp3"], tmp_path, limits, part)
    assert refused.value.problem.code == code
    assert not list(tmp_path.iterdir())


def test_a_silent_clip_has_no_sound_to_take(tmp_path):
    clip = numbered_clip(tmp_path / "a.mp4", ClipPlan(frames=12))
    with pytest.raises(MediaRefused) as refused:
        cut(clip, tmp_path)
    assert refused.value.problem.code == "media_nothing_to_hear"
    assert list(tmp_path.iterdir()) == [clip]


def test_a_damaged_sound_is_cut_as_far_as_it_goes(sounds, tmp_path):
    data = sounds[".mp3"].read_bytes()
    half = tmp_path / "half.mp3"
    half.write_bytes(data[: len(data) * 2 // 3])
    _, facts = cut(half, tmp_path)
    assert 4 < facts.duration < 7


sources = st.builds(
    Source,
    content_type=st.sampled_from((MP3, M4A, WAV, AAC, "audio/flac", "video/mp4")),
    seconds=st.none() | st.floats(0.5, 4000),
    rate=st.sampled_from((8000, 16_000, 22_050, 44_100, 48_000, 96_000)),
    channels=st.integers(1, 6),
)
limits_ = st.builds(
    FieldLimits,
    max_bytes=st.none() | st.integers(50_000, 20_000_000),
    min_duration=st.none() | st.floats(0, 5),
    max_duration=st.floats(5, 300),
    formats=st.lists(st.sampled_from((MP3, M4A, WAV, "video/mp4")), max_size=3).map(tuple),
)
parts = st.none() | st.builds(Part, st.floats(-1, 500), st.floats(0, 900))


@given(sources, limits_, parts)
def test_a_plan_keeps_to_every_limit_or_is_refused(source, limits, part):
    try:
        plan = plan_for(source, limits, part)
    except MediaRefused:
        return
    seconds = plan.samples / plan.rate
    assert seconds <= limits.max_duration
    assert plan.part.start >= 0
    assert not part or (plan.part.start >= part.start and plan.part.end <= part.end)
    assert source.seconds is None or plan.part.end <= source.seconds
    assert plan.part.seconds >= (limits.min_duration or 0) - 0.01
    assert not limits.formats or plan.content_type in limits.formats
    assert plan.sides in (1, 2)
    bits = plan.bit_rate or plan.rate * plan.sides * 16
    assert limits.max_bytes is None or seconds * bits / 8 <= limits.max_bytes


@pytest.mark.parametrize("most", [120_000, 200_000, 1_000_000])
@pytest.mark.parametrize("form", [MP3, M4A])
def test_what_is_written_is_as_light_as_planned(tmp_path, most, form):
    path = stairs(tmp_path / "a.wav", 20, rate=44_100, sides=2)
    _, facts = cut(path, tmp_path, FieldLimits(max_bytes=most, max_duration=15, formats=(form,)))
    assert facts.size <= most
    assert 14.9 < facts.duration <= 15
