"""The pieces of footage by themselves: ways, looks, sounds."""

from __future__ import annotations

import itertools

import av
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from kling_desktop.simulator.film import Planes, Shape, picture_of, shape_for
from kling_desktop.simulator.footage.brush import BrushedPicture, Region, grey_mask
from kling_desktop.simulator.footage.camera import CameraWay, drift_of
from kling_desktop.simulator.footage.reel import Reel
from kling_desktop.simulator.footage.shots import Cut
from kling_desktop.simulator.moves import Move, MovingPicture, View
from kling_desktop.simulator.sound.ambience import ambience
from kling_desktop.simulator.sound.pcm import BYTES, RATE, frames, lasting, loudness
from kling_desktop.simulator.sound.speech import Line, spoken
from tests.helpers.footage import clip, middle_of_color, unlike
from tests.helpers.media_zoo import ClipPlan, numbered_clip

AXES = st.dictionaries(
    st.sampled_from(["horizontal", "vertical", "pan", "tilt", "roll", "zoom", "other"]),
    st.floats(-1, 1),
    max_size=6,
)
SHAPE = shape_for(1.6, 100, 10, 2)


@given(AXES, st.floats(0, 1))
def test_the_camera_never_leaves_the_picture(axes, moment):
    view = CameraWay(axes).at(moment)
    assert 0 <= view.x <= 1
    assert 0 <= view.y <= 1
    assert 1.0 <= view.zoom <= 2.0
    assert abs(view.turn) <= 14


def test_only_travels_pass_what_is_near_faster():
    assert drift_of({"horizontal": 0.5}) == (0.5, 0.0)
    assert drift_of({"horizontal": 0.5, "zoom": 0.0}) == (0.5, 0.0)
    assert drift_of({"horizontal": 0.5, "zoom": 0.1}) is None
    assert drift_of({"pan": 1.0}) is None
    assert drift_of({}) is None


def test_a_turned_picture_turns_about_its_middle():
    picture = Image.new("RGB", (160, 100), "#808080")
    picture.paste("#e02020", (70, 10, 90, 30))
    view = View(1.0, 0.5, 0.5, turn=90)
    moving = MovingPicture(picture, SHAPE, Move(view, view), detail=1.0)
    x, y = middle_of_color(picture_of(moving.seen(view)), (224, 32, 32))
    # What is above the middle goes to the left of it, against the clock.
    assert abs(x - 50) < 2
    assert abs(y - 50) < 2


@pytest.mark.parametrize(
    ("points", "ends_at"),
    [
        ((), (40, 50)),
        (((5, 5),), (40, 50)),
        (((5, 5), (5, 5)), (40, 50)),
        (((0, 0), (60, 0)), (100, 50)),
        (((0, 0), (60, 0), (60, 20), (0, 20)), (40, 30)),
        (((0, 50), (0, 10)), (40, 90)),
    ],
)
def test_an_area_ends_where_its_path_does(points, ends_at):
    picture = Image.new("RGB", (160, 100), "#808080")
    picture.paste("#e02020", (30, 40, 50, 60))
    mask = Image.new("L", (160, 100), 0)
    mask.paste(255, (28, 38, 52, 62))
    brushed = BrushedPicture(picture, SHAPE, [Region(mask, points)])
    x, y = middle_of_color(picture_of(brushed.frame(1.0)), (224, 32, 32))
    assert abs(x - ends_at[0]) < 3
    assert abs(y - ends_at[1]) < 3


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(-50, 300), st.integers(-50, 300)), max_size=77))
def test_any_path_can_be_gone_along(points):
    picture = Image.new("RGB", (64, 40), "#808080")
    mask = Image.new("L", (64, 40), 0)
    mask.paste(255, (10, 10, 20, 20))
    shape = Shape(width=64, height=40, frame_rate=5, seconds=1)
    brushed = BrushedPicture(picture, shape, [Region(mask, tuple(points))])
    for moment in (0.0, 0.4, 1.0):
        assert brushed.frame(moment).y.size == (64, 40)


def test_masks_are_read_by_their_light_or_by_what_is_cut_out():
    black = Image.new("L", (4, 4), 0)
    assert grey_mask(black).getextrema() == (0, 0)
    whole = Image.new("RGBA", (4, 4), (255, 255, 255, 255))
    assert grey_mask(whole).getextrema() == (255, 255)
    cut = Image.new("RGBA", (4, 4), (0, 0, 0, 0))
    cut.putpixel((1, 1), (0, 0, 0, 255))
    assert grey_mask(cut).getextrema() == (0, 255)


def test_shots_are_cut_at_their_seconds():
    class Flat:
        def __init__(self, value):
            self.value = value

        def frame(self, at):
            assert 0 <= at <= 1
            return Planes(*(Image.new("L", (2, 2), self.value) for _ in range(3)))

    cut = Cut([(Flat(1), 1.0), (Flat(2), 3.0)])
    seen = [cut.frame(moment).y.getpixel((0, 0)) for moment in (0, 0.2, 0.26, 1.0)]
    assert seen == [1, 1, 2, 2]


def test_a_reel_begins_again_when_it_is_too_short(tmp_path):
    (tmp_path / "in.mp4").write_bytes(clip(tmp_path, seconds=0.5, heard=False))
    shape = shape_for(16 / 9, 120, 24, 1.0)
    reel = Reel(tmp_path / "in.mp4", shape)
    seen = [picture_of(reel.frame(index / 23)) for index in range(24)]
    reel.close()
    for index in range(11):
        assert unlike(seen[index], seen[index + 12]) < 1
    assert unlike(seen[0], seen[11]) > 0.3


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_clip_held_on_its_side_is_seen_upright(tmp_path, rotation):
    # The numbers stand upright in the file, so they are turned where the file says so.
    path = numbered_clip(tmp_path / "in.mp4", ClipPlan(rotation=rotation))
    with av.open(str(path)) as container:
        decoded = next(container.decode(video=0))
        width, height, turned = decoded.width, decoded.height, decoded.rotation
        stored = decoded.to_image()
    upright = stored.rotate(turned, expand=True)
    ratio = height / width if turned % 180 else width / height
    reel = Reel(path, shape_for(ratio, min(width, height), 24, 0.2))
    seen = picture_of(reel.frame(0.0))
    reel.close()
    assert seen.size == upright.size
    assert unlike(seen, upright) < 6


@given(st.floats(0.01, 1.5))
@settings(max_examples=20, deadline=None)
def test_a_sound_lasts_as_long_as_it_is_asked_to(seconds):
    for source in (ambience("x"), spoken(Line("Yes.")), iter(())):
        pieces = list(lasting(source, seconds))
        assert sum(map(len, pieces)) == round(seconds * RATE) * BYTES
        assert sum(one.samples for one in frames(iter(pieces))) == round(seconds * RATE)


def test_loudness_is_measured_per_picture():
    loud = loudness(lasting(spoken(Line("Yes, it is.")), 2.0), 24)
    assert len(loud) == 48
    assert max(loud) > 0.1
    assert loud[-1] == 0
    assert loudness(lasting(iter(()), 1.0), 10) == [0.0] * 10


@pytest.mark.parametrize("text", ["", "...", "你好，世界。", "¡Hola!", "😀", "a" * 120])
def test_any_text_can_be_said(text):
    line = Line(text, "anybody", 1.5)
    said = sum(map(len, spoken(line))) / BYTES / RATE
    assert 0.5 < line.seconds < 10
    assert abs(said - line.seconds) < 0.1 or not any(letter.isalnum() for letter in text)


def test_ambience_belongs_to_its_words():
    one, again, other = (b"".join(itertools.islice(ambience(w), 20)) for w in ("a", "a", "b"))
    assert one == again != other
