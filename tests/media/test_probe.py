"""Every awkward file ends in facts or in a refusal with plain words, quickly and safely."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import textwrap
import threading
import time
from fractions import Fraction

import pytest
from PIL import Image

from kling_desktop.media.magic import kind_of, refusal
from kling_desktop.media.probe import probe
from kling_desktop.media.problems import MediaRefused
from kling_desktop.records.media import MediaKind
from tests.helpers import media_zoo as zoo


def refused(path):
    with pytest.raises(MediaRefused) as caught:
        probe(path)
    problem = caught.value.problem
    assert problem.what.endswith(".")
    assert "{" not in problem.said()
    return problem.code


@pytest.mark.parametrize(
    ("suffix", "content_type"),
    [
        (".jpg", "image/jpeg"),
        (".png", "image/png"),
        (".webp", "image/webp"),
        (".gif", "image/gif"),
        (".bmp", "image/bmp"),
        (".tiff", "image/tiff"),
        (".avif", "image/avif"),
    ],
)
def test_pictures_are_known_by_content(tmp_path, suffix, content_type):
    made = tmp_path / f"made{suffix}"
    zoo.scene().save(made)
    path = made.rename(tmp_path / "misleading.txt")

    facts = probe(path)

    assert (facts.kind, facts.content_type) == (MediaKind.IMAGE, content_type)
    assert (facts.width, facts.height) == (480, 320)
    assert facts.size == path.stat().st_size
    assert not facts.rotated
    assert not facts.animated


@pytest.mark.parametrize("orientation", range(1, 9))
def test_size_is_as_shown_whatever_exif_asks_for(tmp_path, orientation):
    facts = probe(zoo.camera_jpeg(tmp_path / "a.jpg", orientation))

    assert (facts.width, facts.height) == (480, 320)
    assert facts.rotated is (orientation != 1)


@pytest.mark.parametrize("suffix", [".png", ".webp", ".tiff", ".avif"])
def test_exif_turns_in_other_formats(tmp_path, suffix):
    exif = Image.Exif()
    exif[zoo.ORIENTATION] = 6
    zoo.scene().save(tmp_path / f"a{suffix}", exif=exif)

    facts = probe(tmp_path / f"a{suffix}")

    assert (facts.width, facts.height) == (320, 480)


@pytest.mark.parametrize("suffix", [".gif", ".webp", ".png", ".avif"])
def test_moving_pictures_are_told_apart(tmp_path, suffix):
    assert probe(zoo.animation(tmp_path / f"a{suffix}")).animated


@pytest.mark.parametrize(
    ("mode", "suffix", "expected"),
    [
        ("CMYK", ".jpg", "CMYK"),
        ("L", ".jpg", "L"),
        ("L", ".png", "L"),
        ("P", ".png", "P"),
        ("RGBA", ".png", "RGBX"),
        ("RGBA", ".webp", "RGB"),
        ("1", ".png", "1"),
    ],
)
def test_modes(tmp_path, mode, suffix, expected):
    zoo.scene().convert(mode).save(tmp_path / f"a{suffix}", lossless=True)

    assert probe(tmp_path / f"a{suffix}").mode == expected


@pytest.mark.parametrize("suffix", [".png", ".webp", ".avif"])
@pytest.mark.parametrize("lossless", [True, False])
def test_see_through_parts_are_noticed(tmp_path, suffix, lossless):
    picture = zoo.scene().convert("RGBA")
    picture.putalpha(Image.linear_gradient("L").resize(picture.size))
    picture.save(tmp_path / f"a{suffix}", lossless=lossless)

    assert probe(tmp_path / f"a{suffix}").mode == "RGBA"


def test_see_through_palette(tmp_path):
    zoo.scene().quantize(16).save(tmp_path / "a.png", transparency=3)

    assert probe(tmp_path / "a.png").mode == "PA"


def test_deep_pngs(tmp_path):
    assert probe(zoo.deep_png(tmp_path / "grey.png", colour=False)).mode == "I;16"
    assert probe(zoo.deep_png(tmp_path / "colour.png", colour=True)).mode == "RGB;16"


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "AVIF"])
@pytest.mark.parametrize("part", [0.02, 0.5, 0.97])
def test_cut_pictures_are_refused(tmp_path, form, part):
    whole = zoo.as_bytes(zoo.scene(), form)
    path = tmp_path / "cut"
    path.write_bytes(whole[: int(len(whole) * part)])

    assert refused(path) == "media_picture_broken"


def test_an_empty_file(tmp_path):
    (tmp_path / "a.png").touch()

    assert refused(tmp_path / "a.png") == "media_empty"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<!DOCTYPE html><html><body>403</body></html>", "media_web_page"),
        (b"\xef\xbb\xbf  <html lang='en'>", "media_web_page"),
        (b"<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg'/>", "media_drawing"),
        (b"%PDF-1.7\n", "media_document"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "media_picture_broken"),
        (b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1heic", "media_picture_broken"),
        (b"8BPS\x00\x01", "media_other_picture"),
        (b"\x00\x00\x00\x0cJXL \r\n\x87\n", "media_other_picture"),
        (b"#EXTM3U\nfile:///etc/passwd", "media_unknown_content"),
        (b"ffconcat version 1.0\nfile /etc/passwd", "media_unknown_content"),
        (b"MZ\x90\x00", "media_unknown_content"),
        (b"hello", "media_unknown_content"),
    ],
)
def test_what_is_not_taken_is_named(tmp_path, content, code):
    path = tmp_path / "a.png"
    path.write_bytes(content + bytes(100))

    assert refused(path) == code


def test_a_raw_camera_picture_is_not_taken_for_its_thumbnail(tmp_path):
    zoo.scene().save(tmp_path / "a.tiff")

    assert refused((tmp_path / "a.tiff").rename(tmp_path / "a.NEF")) == "media_camera_raw"


def test_bombs_are_refused_before_they_unpack(tmp_path):
    """In a process that may not have the memory that unpacking takes."""
    paths = [zoo.bomb_png(tmp_path / "a.png"), zoo.bomb_webp(tmp_path / "a.webp")]
    script = textwrap.dedent("""
        import resource, sys
        from pathlib import Path
        from kling_desktop.media.probe import probe
        from kling_desktop.media.problems import MediaRefused
        resource.setrlimit(resource.RLIMIT_AS, (900_000_000, 900_000_000))
        for name in sys.argv[1:]:
            try:
                probe(Path(name))
            except MediaRefused as error:
                sys.stdout.write(error.problem.code + " ")
    """)

    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, paths)],
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )

    assert done.stdout.split() == ["media_too_many_pixels"] * 2
    assert not done.stderr


def test_two_hundred_megapixels_are_refused_at_once(tmp_path):
    path = zoo.bomb_png(tmp_path / "a.png", side=14_200)
    began = time.perf_counter()

    assert refused(path) == "media_too_many_pixels"
    assert time.perf_counter() - began < 0.5


def test_things_that_are_no_files(tmp_path):
    os.mkfifo(tmp_path / "pipe.png")
    (tmp_path / "to_pipe.png").symlink_to("pipe.png")
    (tmp_path / "loop.png").symlink_to("loop.png")
    (tmp_path / "dangling.png").symlink_to("nothing.png")

    assert refused(tmp_path / "pipe.png") == "media_not_a_file"
    assert refused(tmp_path / "to_pipe.png") == "media_not_a_file"
    assert refused(tmp_path) == "media_not_a_file"
    assert refused(tmp_path / "loop.png") == "media_unreadable"
    assert refused(tmp_path / "dangling.png") == "media_unreadable"
    assert refused(tmp_path / "null\0byte.png") == "media_unreadable"


def test_a_link_to_a_picture_is_followed(tmp_path):
    zoo.camera_jpeg(tmp_path / "real.jpg")
    (tmp_path / "link").symlink_to("real.jpg")

    assert probe(tmp_path / "link").width == 480


def test_a_file_of_ten_gigabytes_is_not_read(tmp_path):
    with (tmp_path / "a.mp4").open("wb") as file:
        file.truncate(10_000_000_000)

    assert refused(tmp_path / "a.mp4") == "media_file_too_large"


@pytest.mark.parametrize("name", ["🚤🌊 Boot am Meer 船.jpg", "x" * 200 + ".jpg", " -o %03d '.jpg"])
def test_names_do_not_matter(tmp_path, name):
    assert probe(zoo.camera_jpeg(tmp_path / name)).width == 480
    assert probe(zoo.numbered_clip(tmp_path / (name[:-4] + ".mp4"))).frames == 60


def test_a_clip(tmp_path):
    plan = zoo.ClipPlan(sound=True, rate=Fraction(30), frames=45)

    facts = probe(zoo.numbered_clip(tmp_path / "a.mp4", plan))

    assert (facts.kind, facts.content_type) == (MediaKind.VIDEO, "video/mp4")
    assert (facts.width, facts.height, facts.frames) == (320, 192, 45)
    assert facts.duration == pytest.approx(1.5, abs=0.01)
    assert facts.frame_rate == pytest.approx(30)
    assert facts.has_audio


def test_a_turned_clip_is_upright(tmp_path):
    facts = probe(zoo.numbered_clip(tmp_path / "a.mp4", zoo.ClipPlan(rotation=90)))

    assert (facts.width, facts.height) == (192, 320)


def test_a_webm_without_a_duration(tmp_path):
    plan = zoo.ClipPlan(codec="libvpx", form="webm", frames=24, options=(("deadline", "realtime"),))

    facts = probe(zoo.numbered_clip(tmp_path / "a.webm", plan))

    assert facts.content_type == "video/webm"
    assert facts.duration == pytest.approx(1.0, abs=0.05)


def test_sound(tmp_path):
    m4a, wav = probe(zoo.sound_only(tmp_path / "a.m4a")), probe(zoo.wav(tmp_path / "a.wav"))

    assert (m4a.kind, m4a.content_type) == (MediaKind.AUDIO, "audio/mp4")
    assert (wav.kind, wav.content_type) == (MediaKind.AUDIO, "audio/wav")
    assert m4a.duration == pytest.approx(2.0, abs=0.1)
    assert wav.duration == pytest.approx(2.0, abs=0.01)


def test_an_mp4_with_sound_alone_is_sound(tmp_path):
    path = zoo.sound_only(tmp_path / "a.m4a")
    data = bytearray(path.read_bytes())
    data[8:12] = b"isom"
    path.write_bytes(bytes(data))

    assert probe(path).kind is MediaKind.AUDIO


@pytest.mark.parametrize("part", [0.01, 0.5])
def test_a_cut_clip_without_its_index_is_refused(tmp_path, part):
    path = zoo.numbered_clip(tmp_path / "a.mp4")
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * part)])

    assert refused(path) == "media_clip_broken"


def longest_silence(path):
    """Of this thread while another looks into the file: the part of the whole time, 0 to 1."""
    done = threading.Event()
    worker = threading.Thread(target=lambda: (probe(path), done.set()))
    moments = [time.perf_counter()]
    worker.start()
    while not done.wait(0.001):
        moments.append(time.perf_counter())
    worker.join()
    moments.append(time.perf_counter())
    return max(b - a for a, b in itertools.pairwise(moments)) / (moments[-1] - moments[0])


def test_twelve_megapixels_leave_other_threads_running(tmp_path):
    """Nothing is asserted about the machine's speed: only that the interpreter was shared.

    Where it is not, this thread is silent for nearly the whole time at every try.
    """
    path = tmp_path / "a.jpg"
    zoo.scene(4000, 3000).save(path, quality=92)
    probe(path)
    assert any(longest_silence(path) < 0.6 for _ in range(10))


def test_sixty_four_bytes_are_enough_to_know_the_kind(tmp_path):
    first = zoo.numbered_clip(tmp_path / "a.mp4").read_bytes()[:64]

    assert kind_of(first) == (MediaKind.VIDEO, ".mp4", "video/mp4")
    assert kind_of(b"") is None
    assert kind_of(b"ID3\x04") == (MediaKind.AUDIO, ".mp3", "audio/mpeg")
    assert kind_of(b"\xff\xfb\x90\x64") == (MediaKind.AUDIO, ".mp3", "audio/mpeg")
    assert kind_of(b"\xff\xf1\x50\x80") == (MediaKind.AUDIO, ".aac", "audio/aac")
    assert refusal(first) is None
