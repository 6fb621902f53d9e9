"""The recipe travels with the clip, and the clip stays what it was."""

from __future__ import annotations

import json
import subprocess
import threading

import av
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kling_desktop.media.frames import Frames
from kling_desktop.media.naming import free_name, safe_stem, sidecar_of, write_whole
from kling_desktop.media.probe import probe
from kling_desktop.media.problems import MediaRefused
from kling_desktop.media.recipe import read_recipe, write_recipe
from kling_desktop.records.job import MadeBy
from kling_desktop.records.recipe import Recipe, RecipeInput
from tests.helpers import media_zoo as zoo
from tests.helpers.records import json_values

_WORDS = st.text(st.characters(exclude_categories=()), max_size=200)
_NAMES = _WORDS.filter(lambda name: not set(name) & set("/\\"))
RECIPES = st.builds(
    Recipe,
    endpoint_id=_WORDS,
    values=st.dictionaries(_WORDS, json_values, max_size=4),
    inputs=st.lists(
        st.builds(RecipeInput, ref=_WORDS, name=_NAMES),
        max_size=3,
    ).map(tuple),
    request_id=_WORDS,
    made_by=st.sampled_from(MadeBy),
    title=_WORDS,
    take=st.integers(0, 900),
    made_at=_WORDS,
    program=_WORDS,
)


def a_recipe(**changes):
    told = {
        "endpoint_id": "fal-ai/example",
        "values": {"prompt": "船 on the sea 🚤 «slowly»\nsecond line; a=b # c", "duration": "5"},
        "inputs": (RecipeInput(ref="media://" + "0" * 64 + ".jpg", name="boat.jpg"),),
        "request_id": "8a1c",
        "made_by": MadeBy.FAL,
        "title": "Boat 🚤",
        "take": 1,
        "made_at": "2026-11-22T10:00:00Z",
        "program": "Kling Desktop 0.1.0",
    }
    return Recipe(**{**told, **changes})


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    plan = zoo.ClipPlan(frames=6, sound=True)
    return zoo.numbered_clip(tmp_path_factory.mktemp("clip") / "a.part", plan)


def tags_by_ffprobe(path):
    command = ["ffprobe", "-v", "error", "-of", "json", "-show_entries", "format_tags", path]
    done = subprocess.run(command, capture_output=True, check=True)
    return json.loads(done.stdout)["format"]["tags"]


def packets(path):
    with av.open(str(path)) as container:
        kept = [(one.stream_index, bytes(one)) for one in container.demux() if one.size]
    return sorted(kept)


def pixels(path):
    with Frames(path) as frames:
        return [(frames.frame(i).time, frames.frame(i).rgb) for i in range(frames.count)]


def test_is_read_back_from_the_file_and_by_ffprobe(tmp_path, clip):
    target = free_name(tmp_path, "boat_A", ".mp4")

    write_recipe(clip, a_recipe(), target)

    assert json.loads(tags_by_ffprobe(target)["comment"]) == a_recipe().to_json()
    assert tags_by_ffprobe(target)["title"] == "Boat 🚤"
    sidecar_of(target).unlink()
    assert read_recipe(target) == a_recipe()


def test_is_read_back_from_the_sidecar(tmp_path, clip):
    target = tmp_path / "boat.mp4"
    write_recipe(clip, a_recipe(), target)
    target.write_bytes(clip.read_bytes())

    assert sidecar_of(target).name == "boat.mp4.kling.json"
    assert read_recipe(target) == a_recipe()


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(recipe=RECIPES)
def test_any_recipe_comes_back_from_the_file(tmp_path_factory, clip, recipe):
    folder = tmp_path_factory.mktemp("any")
    write_recipe(clip, recipe, folder / "a.mp4")
    sidecar = sidecar_of(folder / "a.mp4")
    aside = sidecar.rename(folder / "aside")

    assert read_recipe(folder / "a.mp4") == recipe
    (folder / "a.mp4").write_bytes(b"no clip")
    aside.rename(sidecar)
    assert read_recipe(folder / "a.mp4") == recipe


def test_a_prompt_of_many_pages(tmp_path, clip):
    recipe = a_recipe(values={"prompt": "長い話🌊" * 20_000})
    write_recipe(clip, recipe, tmp_path / "a.mp4")

    sidecar_of(tmp_path / "a.mp4").unlink()
    assert read_recipe(tmp_path / "a.mp4") == recipe


@pytest.mark.parametrize(
    "plan",
    [
        zoo.ClipPlan(sound=True),
        zoo.ClipPlan(gop=250, b_frames=6),
        zoo.ClipPlan(first_pts=7, sound=True),
        zoo.ClipPlan(rotation=90),
        zoo.ClipPlan(form="mov"),
    ],
)
def test_not_a_frame_changes(tmp_path, plan):
    source = zoo.numbered_clip(tmp_path / "a.part", plan)
    target = tmp_path / "a.mp4"

    write_recipe(source, a_recipe(), target)

    assert packets(target) == packets(source)
    assert pixels(target) == pixels(source)
    data = target.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")
    before, after = probe(source), probe(target)
    assert (after.width, after.height, after.has_audio) == (
        before.width,
        before.height,
        before.has_audio,
    )
    assert after.duration == pytest.approx(before.duration, abs=0.001)


def test_colour_tags_and_what_was_said_before_stay(tmp_path):
    source = tmp_path / "a.part"
    picture = ["-f", "lavfi", "-i", "testsrc2=s=320x192:r=24:d=0.5", "-pix_fmt", "yuv420p"]
    colours = ["-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709"]
    said = ["-metadata", "AIGC={label}", "-movflags", "use_metadata_tags", "-f", "mp4"]
    subprocess.run(["ffmpeg", "-v", "error", *picture, *colours, *said, source], check=True)

    write_recipe(source, a_recipe(), tmp_path / "a.mp4")

    entries = "stream=color_space,color_transfer,color_primaries,color_range,nb_frames"
    command = ["ffprobe", "-v", "error", "-show_entries", entries]
    told = [
        subprocess.run([*command, one], capture_output=True, check=True).stdout
        for one in (source, tmp_path / "a.mp4")
    ]
    assert told[0] == told[1]
    assert b"color_space=bt709" in told[0]
    assert tags_by_ffprobe(tmp_path / "a.mp4")["AIGC"] == "{label}"
    assert read_recipe(tmp_path / "a.mp4") == a_recipe()


@pytest.mark.parametrize("kind", ["picture", "sound", "odd clip"])
def test_other_files_are_copied_with_a_sidecar(tmp_path, kind):
    source = {
        "picture": lambda: zoo.camera_jpeg(tmp_path / "source.jpg"),
        "sound": lambda: zoo.wav(tmp_path / "source.wav"),
        "odd clip": lambda: zoo.numbered_clip(
            tmp_path / "source.webm",
            zoo.ClipPlan(
                codec="libvpx",
                form="webm",
                frames=6,
                options=(("deadline", "realtime"), ("cpu-used", "8")),
            ),
        ),
    }[kind]()
    target = free_name(tmp_path, "made", source.suffix)

    write_recipe(source, a_recipe(), target)

    assert target.read_bytes() == source.read_bytes()
    assert read_recipe(target) == a_recipe()


def test_a_clip_that_cannot_be_packed_anew_is_kept_as_it_is(tmp_path, clip):
    broken = tmp_path / "a.part"
    broken.write_bytes(clip.read_bytes()[:3000])

    write_recipe(broken, a_recipe(), tmp_path / "a.mp4")

    assert (tmp_path / "a.mp4").read_bytes() == broken.read_bytes()
    assert read_recipe(tmp_path / "a.mp4") == a_recipe()
    assert len(list(tmp_path.iterdir())) == 3


def test_tells_no_folder_of_this_computer(tmp_path, clip):
    names = ("/home/anna/private/boat.jpg", "C:\\Users\\anna\\private\\boat.jpg")
    recipe = a_recipe(inputs=tuple(RecipeInput(ref="media://x", name=one) for one in names))
    target = tmp_path / "a.mp4"

    write_recipe(clip, recipe, target)

    for path in (target, sidecar_of(target)):
        data = path.read_bytes()
        assert b"private" not in data
        assert str(tmp_path).encode() not in data
        assert b"price" not in data


def test_nothing_is_overwritten(tmp_path, clip):
    target = tmp_path / "a.mp4"
    target.write_bytes(b"mine")

    with pytest.raises(MediaRefused) as caught:
        write_recipe(clip, a_recipe(), target)

    assert caught.value.problem.code == "media_name_taken"
    assert target.read_bytes() == b"mine"
    assert list(tmp_path.iterdir()) == [target]


def test_no_recipe_is_none(tmp_path, clip):
    (tmp_path / "a.mp4").write_bytes(clip.read_bytes())
    sidecar_of(tmp_path / "a.mp4").write_text('{"recipe": 99}')

    assert read_recipe(tmp_path / "a.mp4") is None
    assert read_recipe(tmp_path / "missing.mp4") is None
    sidecar_of(tmp_path / "a.mp4").write_text("[" * 100_000)
    assert read_recipe(tmp_path / "a.mp4") is None


def test_free_names_count_up_and_keep_off_sidecars(tmp_path):
    (tmp_path / "boat (2).mp4.kling.json").touch()

    names = [free_name(tmp_path, "boat", ".mp4").name for _ in range(3)]

    assert names == ["boat.mp4", "boat (3).mp4", "boat (4).mp4"]


def test_free_names_asked_for_at_the_same_moment_differ(tmp_path):
    found = []
    workers = [
        threading.Thread(
            target=lambda: found.extend(free_name(tmp_path, "boat", ".mp4") for _ in range(25))
        )
        for _ in range(4)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert len(set(found)) == 100


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(stem=st.text(st.characters(exclude_categories=("Cs",)), max_size=300))
def test_any_stem_gives_a_file(tmp_path_factory, stem):
    folder = tmp_path_factory.mktemp("any")
    path = free_name(folder, stem, ".mp4")
    sidecar_of(path).touch()

    assert path.parent == folder
    assert path.exists()
    assert safe_stem(safe_stem(stem)) == safe_stem(stem)


def test_a_failed_write_leaves_nothing(tmp_path):
    def fail(part):
        part.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        write_whole(tmp_path / "a.mp4", fail)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_refuses(tmp_path, clip):
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "gone"):
        with pytest.raises(OSError, match="directory"):
            free_name(folder, "a", ".mp4")
        with pytest.raises(OSError, match="directory"):
            write_recipe(clip, a_recipe(), folder / "a.mp4")
