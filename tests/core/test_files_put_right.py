"""What is wrong with a real file is gone after the one click that its problem offers."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

import pytest
from PIL import Image

from kling_desktop.catalog.problems import PICTURE_TOO_HEAVY
from kling_desktop.catalog.refusals import problems_from_422
from kling_desktop.catalog.refused_limits import limits_after, most_seconds
from kling_desktop.catalog.refused_values import Asked, refused_problems, refused_values
from kling_desktop.catalog.validation import validate
from kling_desktop.core.mending import put_right
from kling_desktop.records.problem import Remedy
from kling_desktop.store.database import Database
from tests.helpers.catalog import a_type, bundled
from tests.helpers.inputs import inputs_in
from tests.helpers.media_zoo import ClipPlan, numbered_clip, scene, sound_only

CATALOG = bundled()
START_END = CATALOG.request_type("ImageToVideoV21ProRequest")
SMALL = a_type(
    {
        "image_url": {
            "type": "string",
            "ui": {"field": "image"},
            "x-fal": {"max_file_size": 60_000, "max_width": 500},
        }
    }
)


@pytest.fixture
def inputs(tmp_path):
    database = Database(tmp_path / "kling.sqlite3")
    database.open()
    made = inputs_in(tmp_path, database, {})
    yield made
    made._writer.close()
    database.close()


@dataclass(frozen=True)
class Case:
    """One file at one field, and the problem that it makes there."""

    code: str
    make: object
    request_type: object = START_END
    name: str = "image_url"
    values: dict = field(default_factory=dict)


def saved(size, form="JPEG"):
    def make(folder):
        path = folder / f"picture.{form.lower()}"
        scene(*size).save(path, form)
        return path

    return make


def noise(folder):
    path = folder / "noise.png"
    Image.effect_noise((400, 400), 80).convert("RGB").save(path)
    return path


def long_sound(folder):
    return sound_only(folder / "sound.m4a", 61.5)


def long_clip(folder):
    plan = ClipPlan(frames=60, rate=Fraction(5), size=(384, 384), gop=5)
    return numbered_clip(folder / "clip.mp4", plan)


LIP = CATALOG.request_type("LipsyncA2VRequest")
MOTION = CATALOG.request_type("MotionControlRequest")
CASES = [
    Case("picture_too_wide", saved((1200, 400))),
    Case("picture_too_tall", saved((400, 1200))),
    Case("picture_too_heavy", noise, SMALL),
    Case("picture_too_large", saved((900, 600)), SMALL),
    Case("too_long_to_take", long_sound, LIP, "audio_url"),
    Case("too_long_for_choice", long_clip, MOTION, "video_url", {"character_orientation": "image"}),
]


async def mended(inputs, ref, request_type, problem):
    """Does what the window does."""
    field = request_type.field_at(problem.loc)
    return await put_right(inputs, inputs.get(ref), field, problem.remedy, problem)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
async def test_after_one_click_it_is_right(tmp_path, inputs, case):
    stored = await inputs.take_file(case.make(tmp_path))

    def wrong(one):
        values = {**case.values, case.name: str(one.ref)}
        found = validate(case.request_type, values, {str(one.ref): one.facts})
        return {problem.code: problem for problem in found if problem.loc[:1] == (case.name,)}

    problem = wrong(stored)[case.code]
    made = await mended(inputs, stored.ref, case.request_type, problem)
    assert wrong(made) == {}
    assert made.ref != stored.ref
    assert inputs.get(stored.ref) == stored


async def test_an_end_picture_gets_the_shape_of_the_start(tmp_path, inputs):
    start = await inputs.take_file(saved((900, 600))(tmp_path))
    for size in ((600, 600), (1000, 450), (611, 803)):
        end = await inputs.take_file(saved(size, "PNG")(tmp_path))
        facts = {str(one.ref): one.facts for one in (start, end)}
        values = {
            "prompt": "a", "image_url": str(start.ref), "tail_image_url": str(end.ref),
        }  # fmt: skip
        (problem,) = validate(START_END, values, facts)
        assert (problem.code, problem.remedy) == ("other_shape", Remedy.CROP)
        made = await mended(inputs, end.ref, START_END, problem)
        facts[str(made.ref)] = made.facts
        assert validate(START_END, {**values, "tail_image_url": str(made.ref)}, facts) == ()


def refusal(kind, ctx):
    return [{"loc": ["body", "image_url"], "type": kind, "msg": "No", "ctx": ctx}]


@pytest.mark.parametrize(
    ("detail", "is_right"),
    [
        (
            refusal("image_too_large", {"max_width": 500, "max_height": 500}),
            lambda facts: max(facts.width, facts.height) <= 500,
        ),
        (
            refusal("image_aspect_ratio_error", {"min_aspect_ratio": 0.8, "max_aspect_ratio": 1.2}),
            lambda facts: 0.8 <= facts.ratio <= 1.2,
        ),
        (
            refusal("file_too_large", {"max_size": 52_429}),
            lambda facts: facts.size <= 52_429,
        ),
        (refusal("image_load_error", {}), lambda facts: facts.content_type == "image/png"),
    ],
)
@pytest.mark.parametrize("is_remembered", [False, True])
async def test_what_fal_refuses_of_a_picture_is_put_right(
    tmp_path, inputs, detail, is_right, is_remembered
):
    stored = await inputs.take_file(saved((900, 600), "PNG")(tmp_path))
    values = {"prompt": "a", "image_url": str(stored.ref)}
    (problem,) = problems_from_422(detail, START_END)
    if is_remembered:
        asked = Asked(origin="fal", endpoint_id="a/b", values=values, now=1.0)
        (problem,) = refused_problems(START_END, values, refused_values(asked, [problem]))
    made = await mended(inputs, stored.ref, START_END, problem)
    assert is_right(made.facts)


def test_without_numbers_the_limits_of_the_field_count():
    known = SMALL.field("image_url").limits
    assert limits_after(known, None) == known
    assert limits_after(known, PICTURE_TOO_HEAVY("image_url", size=2, most=1)) == known
    assert most_seconds(PICTURE_TOO_HEAVY("image_url")) is None
