"""The beginning of a clip: its own frames, untouched, and never more than asked."""

from fractions import Fraction

import av
import pytest

from kling_desktop.media.cut_clip import cut_clip
from kling_desktop.media.probe import probe
from kling_desktop.media.problems import MediaRefused
from tests.helpers.media_zoo import ClipPlan, number_in, numbered_clip


def numbers_of(path):
    with av.open(str(path)) as container:
        return [number_in(frame.to_image()) for frame in container.decode(video=0)]


PLANS = {
    "plain": ClipPlan(frames=75),
    "without B-frames": ClipPlan(frames=75, b_frames=0),
    "many B-frames": ClipPlan(frames=75, b_frames=8, gop=48),
    "late start": ClipPlan(frames=75, first_pts=7),
    "odd rate": ClipPlan(frames=75, rate=Fraction(30_000, 1001)),
    "with sound": ClipPlan(frames=75, sound=True),
    "turned": ClipPlan(frames=75, rotation=90),
    "as MOV": ClipPlan(frames=75, form="mov"),
}


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize("seconds", [1.0, 2.0, 2.37])
def test_the_frames_are_the_first_ones_in_order(tmp_path, name, seconds):
    plan = PLANS[name]
    whole = numbered_clip(tmp_path / f"a.{plan.form}", plan)
    made = cut_clip(whole, probe(whole), seconds, tmp_path)
    facts, kept = probe(made), numbers_of(made) if not plan.rotation else None
    assert facts.duration <= seconds + 1e-3
    assert facts.duration >= seconds - (plan.b_frames + 2) / plan.rate
    assert facts.has_audio == plan.sound
    assert (facts.width, facts.height) == (probe(whole).width, probe(whole).height)
    if kept is not None:
        assert kept == numbers_of(whole)[: len(kept)]
        assert len(kept) == facts.frames


def test_the_sound_ends_with_the_picture(tmp_path):
    whole = numbered_clip(tmp_path / "a.mp4", ClipPlan(frames=75, sound=True))
    made = cut_clip(whole, probe(whole), 2, tmp_path)
    with av.open(str(made)) as container:
        heard = sum(one.samples / one.sample_rate for one in container.decode(audio=0))
        assert 1.9 < heard <= 2.001
        assert container.duration / av.time_base <= 2.001


def test_a_clip_in_another_form_is_left_to_others(tmp_path):
    whole = numbered_clip(tmp_path / "a.mkv", ClipPlan(frames=24, form="matroska"))
    with pytest.raises(MediaRefused) as refused:
        cut_clip(whole, probe(whole), 0.5, tmp_path)
    assert refused.value.problem.code == "media_clip_not_cut"


def test_less_than_a_frame_is_nothing(tmp_path):
    whole = numbered_clip(tmp_path / "a.mp4", ClipPlan(frames=24))
    with pytest.raises(MediaRefused):
        cut_clip(whole, probe(whole), 0.001, tmp_path)
    assert list(tmp_path.iterdir()) == [whole]
