"""The clips: real H.264 of the right length, rate, size and content."""

from __future__ import annotations

import asyncio
import io
import itertools
import json
from fractions import Fraction

import av
import pytest
from PIL import Image, ImageChops, ImageStat

from kling_desktop.simulator.dice import chance
from kling_desktop.simulator.film import FilmStoppedError, Shape, Take, film, shape_for
from kling_desktop.simulator.mark import Marked
from kling_desktop.simulator.moves import ease, move_for
from kling_desktop.simulator.scenes import Landscape
from tests.helpers.simulator import simulator_here
from tests.simulator.conftest import FROM_PICTURE, FROM_TEXT, START_END, Caller, picture

WARM, COLD = ("#d04030", "#e0a020"), ("#103050", "#20c0a0")


def frames_of(path):
    with av.open(str(path)) as container:
        return [frame.to_image() for frame in container.decode(video=0)]


def unlike(one, other):
    """Mean difference of two pictures, 0 to 255, seen small."""
    size = (64, 40)
    pair = [image.convert("RGB").resize(size, Image.Resampling.BOX) for image in (one, other)]
    return sum(ImageStat.Stat(ImageChops.difference(*pair)).mean) / 3


async def from_picture(caller, tmp_path, data, name="clip.mp4", **body):
    url = await caller.upload(data)
    given = {"prompt": "a slow push in", "image_url": url, **body}
    return await caller.clip(FROM_PICTURE, given, tmp_path / name)


@pytest.mark.parametrize(
    ("data", "seconds", "size"),
    [
        (picture(640, 400), "5", (154, 96)),
        (picture(400, 640), "10", (96, 154)),
        (picture(500, 500), "5", (96, 96)),
    ],
)
async def test_a_clip_has_the_asked_length_and_the_pictures_shape(
    caller, tmp_path, data, seconds, size
):
    path = await from_picture(caller, tmp_path, data, duration=seconds)
    command = ["ffprobe", "-v", "error", "-count_frames", "-show_streams", "-of", "json"]
    probed = await asyncio.create_subprocess_exec(
        *command, str(path), stdout=asyncio.subprocess.PIPE
    )
    (stream,) = json.loads((await probed.communicate())[0])["streams"]
    assert stream["codec_name"] == "h264"
    assert stream["pix_fmt"] == "yuv420p"
    assert (stream["width"], stream["height"]) == size
    assert Fraction(stream["r_frame_rate"]) == 24
    assert int(stream["nb_read_frames"]) == 24 * int(seconds)
    assert float(stream["duration"]) == int(seconds)


async def test_a_clip_starts_before_it_is_whole_and_can_be_sought(caller, tmp_path):
    path = await from_picture(caller, tmp_path, picture())
    data = path.read_bytes()
    assert data[4:8] == b"ftyp"
    assert data.index(b"moov") < data.index(b"mdat")
    with av.open(str(path)) as container:
        keys = [frame.pts for frame in container.decode(video=0) if frame.key_frame]
        step = container.streams.video[0].time_base
    gaps = [float((after - before) * step) for before, after in itertools.pairwise(keys)]
    assert max(gaps) <= 1.0


async def test_a_clip_resembles_its_picture_and_moves(caller, tmp_path):
    warm, cold = picture(colors=WARM), picture(colors=COLD)
    clips = {
        name: frames_of(await from_picture(caller, tmp_path, data, f"{name}.mp4"))
        for name, data in (("warm", warm), ("cold", cold))
    }
    for frames in clips.values():
        assert len({frame.tobytes() for frame in frames}) > 60
        assert unlike(frames[0], frames[-1]) > 1
    for mine, name, other in ((warm, "warm", "cold"), (cold, "cold", "warm")):
        source = Image.open(io.BytesIO(mine))
        for frame in (clips[name][0], clips[name][60], clips[name][-1]):
            assert unlike(frame, source) < 20
            assert unlike(clips[other][0], source) > 60


async def test_other_words_give_another_move(caller, tmp_path):
    data = picture()
    one = frames_of(await from_picture(caller, tmp_path, data, "1.mp4", prompt="a dog barks"))
    two = frames_of(await from_picture(caller, tmp_path, data, "2.mp4", prompt="rain sets in"))
    assert unlike(one[0], two[0]) + unlike(one[-1], two[-1]) > 1


async def test_the_same_seed_words_and_picture_give_the_same_clip(tmp_path):
    made = []
    for number in range(2):
        async with simulator_here(tmp_path / f"{number}", seed=7) as sim:
            caller = Caller(sim.url)
            path = await from_picture(caller, tmp_path, picture(), f"{number}.mp4")
            made.append(path.read_bytes())
            await caller.http.aclose()
    assert made[0] == made[1]


async def test_a_clip_ends_on_its_end_picture(caller, tmp_path):
    first, last = picture(colors=WARM), picture(colors=COLD)
    body = {
        "prompt": "dusk falls",
        "image_url": await caller.upload(first),
        "tail_image_url": await caller.upload(last),
    }
    frames = frames_of(await caller.clip(START_END, body, tmp_path / "clip.mp4"))
    assert unlike(frames[0], Image.open(io.BytesIO(first))) < 20
    assert unlike(frames[-1], Image.open(io.BytesIO(last))) < 20


@pytest.mark.parametrize(("ratio", "size"), [("16:9", (170, 96)), ("9:16", (96, 170))])
async def test_words_alone_give_a_picture_of_the_asked_shape(caller, tmp_path, ratio, size):
    body = {"prompt": "a boat at sunset", "aspect_ratio": ratio}
    frames = frames_of(await caller.clip(FROM_TEXT, body, tmp_path / "clip.mp4"))
    assert frames[0].size == size
    assert len(frames) == 120
    assert len({frame.tobytes() for frame in frames}) > 60
    assert all(deviation > 8 for deviation in ImageStat.Stat(frames[0]).stddev)


async def test_the_size_is_the_endpoints_own(tmp_path):
    async with simulator_here(tmp_path / "full", short_side=None) as sim:
        caller = Caller(sim.url)
        path = await from_picture(caller, tmp_path, picture(600, 400), duration="5")
        await caller.http.aclose()
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        assert (stream.width, stream.height, stream.frames) == (1080, 720, 120)


@pytest.mark.parametrize(
    "prepare",
    [
        lambda image: (image.convert("CMYK"), "JPEG", {}),
        lambda image: (image.convert("L"), "PNG", {}),
        lambda image: (image.convert("RGBA"), "WEBP", {}),
        lambda image: (image.convert("P"), "GIF", {}),
        lambda image: (image.convert("I").point(lambda v: v * 256).convert("I;16"), "PNG", {}),
    ],
)
async def test_pictures_of_every_kind_are_read(caller, tmp_path, prepare):
    image, kind, options = prepare(Image.open(io.BytesIO(picture())))
    out = io.BytesIO()
    image.save(out, kind, **options)
    (frame, *_) = frames_of(await from_picture(caller, tmp_path, out.getvalue()))
    assert unlike(frame, Image.open(io.BytesIO(picture())).convert("L")) < 90
    assert max(ImageStat.Stat(frame).stddev) > 5


async def test_a_turned_photograph_is_seen_upright(caller, tmp_path):
    image = Image.open(io.BytesIO(picture(640, 400)))
    exif = Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    (frame, *_) = frames_of(await from_picture(caller, tmp_path, out.getvalue()))
    assert frame.height > frame.width


def test_sizes_are_even_and_their_shorter_side_is_the_tiers():
    assert shape_for(16 / 9, 720, 24, 5) == Shape(width=1280, height=720, frame_rate=24, seconds=5)
    for ratio in (0.4, 0.6667, 1.0, 1.337, 2.5):
        shape = shape_for(ratio, 1080, 24, 5)
        assert shape.width % 2 == shape.height % 2 == 0
        assert min(shape.width, shape.height) == 1080
        assert abs(shape.width / shape.height - ratio) < 0.01


def test_a_stopped_render_leaves_off_in_mid_clip(tmp_path):
    shape = shape_for(1.0, 96, 24, 5)
    seen = []
    with pytest.raises(FilmStoppedError):
        film(
            Take(Marked(Landscape("x", "night", shape), shape), shape),
            tmp_path / "clip.mp4",
            seen.append,
            lambda: len(seen) >= 10,
        )
    assert len(seen) == 10


def test_moves_are_chosen_by_words_and_stay_inside_the_picture():
    moves = {move_for(f"words {number}") for number in range(200)}
    assert len(moves) == 200
    for move in moves:
        for moment in (0.0, 0.3, 1.0):
            view = move.at(moment)
            assert 1.0 <= view.zoom <= 1.25
            assert 0.0 <= view.x <= 1.0
            assert 0.0 <= view.y <= 1.0
    assert (ease(-1), ease(0), ease(1), ease(2)) == (0, 0, 1, 1)
    assert chance("a") == chance("a") != chance("b")
