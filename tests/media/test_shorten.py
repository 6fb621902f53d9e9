"""The beginning of a clip or sound: as long as asked, whole frames, playable to its end."""

from __future__ import annotations

import av
import pytest

from kling_desktop.media.probe import probe
from kling_desktop.media.problems import MediaRefused
from kling_desktop.media.shorten import shortened
from tests.helpers.media_zoo import ClipPlan, number_in, numbered_clip, scene, sound_only, wav


def frames_in(path):
    with av.open(str(path)) as container:
        return sum(1 for _ in container.decode(video=0))


@pytest.mark.parametrize(
    "plan",
    [
        ClipPlan(frames=75, sound=True),
        ClipPlan(frames=75, b_frames=3),
        ClipPlan(frames=75, first_pts=10),
        ClipPlan(frames=75, form="mov"),
    ],
)
def test_a_clip_is_cut_after_its_seconds(tmp_path, plan):
    path = numbered_clip(tmp_path / f"clip.{plan.form}", plan)
    facts = probe(path)
    made = shortened(path, facts, 2.0, tmp_path)
    found = probe(made)
    assert 1.75 <= found.duration <= 2.0
    assert (found.width, found.height, found.content_type) == (
        facts.width, facts.height, facts.content_type,
    )  # fmt: skip
    count = frames_in(made)
    assert 2.0 * float(plan.rate) - 5 <= count <= 2.0 * float(plan.rate)
    assert probe(path) == facts


def test_the_frames_are_the_first_ones(tmp_path):
    path = numbered_clip(tmp_path / "clip.mp4", ClipPlan(frames=75, b_frames=3))
    made = shortened(path, probe(path), 2.0, tmp_path)
    with av.open(str(made)) as container:
        numbers = [number_in(one.to_image()) for one in container.decode(video=0)]
    assert numbers == list(range(len(numbers)))


@pytest.mark.parametrize("make", [sound_only, wav])
def test_a_sound_is_cut_after_its_seconds(tmp_path, make):
    path = make(tmp_path / ("sound.wav" if make is wav else "sound.m4a"), 5.0)
    facts = probe(path)
    made = shortened(path, facts, 3.0, tmp_path)
    assert 2.85 <= probe(made).duration <= 3.0
    assert probe(made).content_type == facts.content_type


def test_what_has_no_length_is_refused(tmp_path):
    path = tmp_path / "picture.png"
    scene().save(path)
    with pytest.raises(MediaRefused):
        shortened(path, probe(path), 3.0, tmp_path)
