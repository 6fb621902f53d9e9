"""Exact frames: by number, by time, in any order, from any sort of clip."""

from __future__ import annotations

import random
import subprocess
import threading
from fractions import Fraction

import pytest
from PIL import Image

from kling_desktop.media.frames import Frames, frame_png, last_frame_png
from kling_desktop.media.naming import free_name
from kling_desktop.media.problems import MediaRefused
from tests.helpers import media_zoo as zoo


def picture_of(shown):
    size = (shown.width, shown.height)
    assert len(shown.rgb) >= shown.stride * shown.height
    return Image.frombuffer("RGB", size, shown.rgb, "raw", "RGB", shown.stride, 1)


def number_of(shown):
    return zoo.number_in(picture_of(shown))


PLANS = {
    "gop 12": zoo.ClipPlan(),
    "gop 48 at 30": zoo.ClipPlan(gop=48, rate=Fraction(30), frames=100),
    "gop 250": zoo.ClipPlan(gop=250, frames=90),
    "no b frames": zoo.ClipPlan(b_frames=0),
    "many b frames": zoo.ClipPlan(b_frames=8, gop=30),
    "every frame a key": zoo.ClipPlan(gop=1, b_frames=0),
    "late first frame": zoo.ClipPlan(first_pts=7),
    "with sound": zoo.ClipPlan(sound=True),
    "late picture beside sound": zoo.ClipPlan(sound=True, first_pts=5),
    "23.976": zoo.ClipPlan(rate=Fraction(24000, 1001)),
    "open groups": zoo.ClipPlan(
        options=(("x264-params", "open-gop=1:keyint=12:min-keyint=12:bframes=3:scenecut=0"),)
    ),
    "fragments": zoo.ClipPlan(form="mov"),
    "webm": zoo.ClipPlan(codec="libvpx-vp9", form="webm", options=(("deadline", "realtime"),)),
    "hevc": zoo.ClipPlan(codec="libx265", options=(("x265-params", "log-level=none:keyint=12"),)),
}


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_every_frame_is_the_one_with_its_number(tmp_path, plan):
    path = zoo.numbered_clip(tmp_path / "clip", plan)
    order = list(range(plan.frames))
    random.Random(1).shuffle(order)

    with Frames(path) as frames:
        assert frames.count == plan.frames
        assert frames.frame_rate == plan.rate
        assert [number_of(frames.frame(index)) for index in order[:25]] == order[:25]
        forward = range(10, 30)
        assert [number_of(frames.frame(index)) for index in forward] == list(forward)
        back = range(40, 20, -1)
        assert [number_of(frames.frame(index)) for index in back] == list(back)
        assert number_of(frames.last()) == plan.frames - 1


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_time_and_number_agree(tmp_path, plan):
    path = zoo.numbered_clip(tmp_path / "clip", plan)
    with Frames(path) as frames:
        for index in range(frames.count):
            begin = frames.time_of(index)
            assert frames.index_at(begin) == index
            assert frames.index_at(frames.middle_of(index)) == index
            assert frames.index_at(begin - 0.002) == max(0, index - 1)
        assert frames.index_at(-1) == 0
        assert frames.index_at(1e6) == frames.count - 1
        late = plan.first_pts / plan.rate if plan.sound else 0
        assert frames.time_of(0) == pytest.approx(float(late), abs=0.03)
        length = plan.frames / plan.rate
        assert frames.duration == pytest.approx(float(late + length), abs=0.05)


@pytest.mark.parametrize("cache_bytes", [1, 400_000])
def test_a_small_cache_changes_nothing(tmp_path, cache_bytes):
    path = zoo.numbered_clip(tmp_path / "a.mp4", zoo.ClipPlan(gop=250))
    with Frames(path, cache_bytes) as frames:
        for index in (59, 58, 57, 0, 30, 29, 31, 59):
            assert number_of(frames.frame(index)) == index


def test_a_torn_end_is_found_by_decoding(tmp_path):
    """The header promises sixty frames; the file ends before."""
    path = zoo.numbered_clip(tmp_path / "a.mp4", zoo.ClipPlan(b_frames=0))
    fast = tmp_path / "fast.mp4"
    subprocess.run(
        ["ffmpeg", "-v", "error", "-i", path, "-c", "copy", "-movflags", "faststart", fast],
        check=True,
    )
    fast.write_bytes(fast.read_bytes()[: int(fast.stat().st_size * 0.8)])

    with Frames(fast) as frames:
        assert 30 < frames.count < 60
        assert number_of(frames.last()) == frames.count - 1


def test_a_damaged_middle_shows_what_stands_there(tmp_path):
    path = zoo.numbered_clip(tmp_path / "a.mp4", zoo.ClipPlan(gop=6, b_frames=0))
    data = bytearray(path.read_bytes())
    begin = data.index(b"mdat") + 1500
    data[begin : begin + 60] = bytes(60)
    path.write_bytes(bytes(data))

    with Frames(path) as frames:
        shown = [frames.frame(index) for index in range(frames.count)]
        assert number_of(shown[-1]) == 59
        assert all(one.width == 320 for one in shown)


def test_one_frame_alone(tmp_path):
    path = zoo.numbered_clip(tmp_path / "a.mp4", zoo.ClipPlan(frames=1, b_frames=0))
    with Frames(path) as frames:
        assert (frames.count, number_of(frames.last())) == (1, 0)
        assert frames.duration > 0


def test_a_turned_clip_is_shown_upright(tmp_path):
    path = zoo.numbered_clip(tmp_path / "a.mp4", zoo.ClipPlan(rotation=90))
    with Frames(path) as frames:
        shown = frames.frame(5)
    assert (shown.width, shown.height, shown.stride) == (192, 320, 576)
    assert zoo.number_in(picture_of(shown).transpose(Image.Transpose.ROTATE_270)) == 5


@pytest.mark.parametrize("tag", ["bt709", "smpte170m", ""])
@pytest.mark.parametrize("height", [360, 720])
def test_colours_come_by_the_matrix_of_the_clip(tmp_path, tag, height):
    """Red must stay red; where the clip does not say, by its height, as the player does it."""
    meant = tag or ("bt709" if height > 576 else "smpte170m")
    path = tmp_path / "red.mp4"
    source = f"color=c=0xd02010:s=640x{height}:r=24:d=0.2,format=gbrp"
    matrix = f"scale=out_color_matrix={meant}:out_range=tv,format=yuv420p"
    bare = [] if tag else ["-bsf:v", "h264_metadata=matrix_coefficients=2"]
    command = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", f"{source},{matrix}"]
    tagged = ["-colorspace", meant] if tag else []
    subprocess.run([*command, "-c:v", "libx264", *tagged, *bare, path], check=True)

    with Frames(path) as frames:
        for fine in (True, False):
            colour = picture_of(frames.frame(0, fine=fine)).getpixel((100, 100))
            assert colour == pytest.approx((0xD0, 0x20, 0x10), abs=6)


def test_the_last_frame_as_png_is_the_one_that_ffmpeg_decodes(tmp_path):
    path = zoo.numbered_clip(tmp_path / "a.mp4", zoo.ClipPlan(gop=250, sound=True))
    folder = tmp_path / "all"
    folder.mkdir()
    fine = "scale=flags=bicubic+full_chroma_int+full_chroma_inp+accurate_rnd,format=rgb24"
    subprocess.run(
        ["ffmpeg", "-v", "error", "-i", path, "-vf", fine, folder / "%03d.png"], check=True
    )
    expected = Image.open(sorted(folder.iterdir())[-1])

    made = last_frame_png(path, free_name(tmp_path, "last", ".png"))

    assert zoo.number_in(Image.open(made)) == 59
    assert zoo.difference(Image.open(made), expected) < 1


def test_a_saved_frame_takes_no_ones_place(tmp_path):
    path = zoo.numbered_clip(tmp_path / "a.mp4")
    target = frame_png(path, 7, tmp_path / "seven.png")

    assert zoo.number_in(Image.open(target)) == 7
    with pytest.raises(MediaRefused):
        frame_png(path, 8, target)
    assert zoo.number_in(Image.open(target)) == 7


def test_what_has_no_frames_is_refused(tmp_path):
    for path in (zoo.sound_only(tmp_path / "a.m4a"), zoo.camera_jpeg(tmp_path / "a.jpg")):
        with pytest.raises(MediaRefused) as caught:
            Frames(path)
        assert caught.value.problem.code == "media_nothing_to_show"


def test_beyond_the_clip_and_after_closing(tmp_path):
    frames = Frames(zoo.numbered_clip(tmp_path / "a.mp4"))
    for index in (-1, 60):
        with pytest.raises(IndexError):
            frames.frame(index)
    frames.close()
    frames.close()
    with pytest.raises(ValueError, match="closed"):
        frames.frame(0)


def test_closing_waits_for_a_frame_in_another_thread(tmp_path):
    frames = Frames(zoo.numbered_clip(tmp_path / "a.mp4", zoo.ClipPlan(gop=250)), 1)
    seen = []

    def step():
        try:
            for index in list(range(59, -1, -1)) * 3:
                is_right = number_of(frames.frame(index)) == index
                seen.append(is_right)
        except ValueError:
            pass

    worker = threading.Thread(target=step)
    worker.start()
    while len(seen) < 10 and worker.is_alive():
        threading.Event().wait(0.005)
    frames.close()
    worker.join()

    assert len(seen) >= 10
    assert all(seen)
