import json

import pytest

from kling_desktop.catalog.refusals import problems_from_422
from kling_desktop.catalog.refused_values import Asked, refused_problems, refused_values
from kling_desktop.catalog.ways import with_ways_of_refusal
from kling_desktop.records.job import REHEARSAL_ORIGIN
from kling_desktop.records.problem import Remedy, Severity, WayKind
from kling_desktop.records.refused_value import RefusedValue
from tests.helpers.catalog import PICTURE, bundled

SPEECH = bundled().request_type("TTSInput")
SHOTS = bundled().request_type("TextToVideoV3ProRequest")
VALUES = {"text": "hello", "voice_id": "uk_man2"}
NOW = 1_790_000_000.0
FAL = "https://queue.fal.run"


def refusal(loc, kind="value_error", msg="Voice id not found"):
    return [{"loc": ["body", *loc], "type": kind, "msg": msg}]


def remembered(detail, values=VALUES, request_type=SPEECH, origin=FAL):
    asked = Asked(origin=origin, endpoint_id="acme/speech", values=values, now=NOW)
    return refused_values(asked, problems_from_422(detail, request_type))


def test_the_same_value_is_warned_about():
    kept = remembered(refusal(["voice_id"]))
    assert [(one.loc, one.message, one.refused_at) for one in kept] == [
        (("voice_id",), "Voice id not found", NOW)
    ]
    problem, *rest = refused_problems(SPEECH, VALUES, kept)
    assert not rest
    assert (problem.loc, problem.severity) == (("voice_id",), Severity.WARNING)
    assert problem.said() == (
        "fal refused this for “Voice” on an earlier try. fal said: Voice id not found "
        "Change it, or try once more."
    )


@pytest.mark.parametrize("values", [{"voice_id": "uk_boy1"}, {"text": "hello"}, {}])
def test_another_value_is_not(values):
    assert list(refused_problems(SPEECH, values, remembered(refusal(["voice_id"])))) == []


def test_deep_inside():
    values = {"multi_prompt": [{"prompt": "a"}, {"prompt": "b", "duration": "3"}]}
    kept = remembered(refusal(["multi_prompt", 1, "duration"]), values, SHOTS)
    assert [one.loc for one in refused_problems(SHOTS, values, kept)] == [
        ("multi_prompt", 1, "duration")
    ]
    moved = {"multi_prompt": values["multi_prompt"][:1]}
    assert list(refused_problems(SHOTS, moved, kept)) == []


def test_each_place_is_told_once_and_reasons_that_were_not_given_are_not_invented():
    kept = remembered(refusal(["voice_id"], msg=""))
    problem, *rest = refused_problems(SPEECH, VALUES, [*kept, *kept])
    assert not rest
    assert problem.code == "refused_before_silently"


@pytest.mark.parametrize(
    "detail",
    [
        refusal(["voice_id"], "internal_server_error"),
        refusal(["voice_id"], "downstream_service_unavailable"),
        refusal(["voice_id"], "file_download_error"),
        refusal([], "value_error"),
        refusal(["voice_speed"]),
        refusal(["no_such_field"]),
        "Something broke",
    ],
)
def test_what_is_not_the_fault_of_a_value_is_not_remembered(detail):
    assert remembered(detail) == ()


def test_the_value_itself_is_not_kept():
    kept = remembered(refusal(["text"], "content_policy_violation"), {"text": "my secret plan"})
    stored = json.dumps(kept[0].to_json())
    assert "secret" not in stored
    assert RefusedValue.from_json(json.loads(stored)) == kept[0]


def test_files_are_known_by_their_bytes():
    pro = bundled().request_type("ImageToVideoV21ProRequest")
    kept = remembered(refusal(["image_url"], "image_load_error"), {"image_url": PICTURE}, pro)
    assert [one.loc for one in refused_problems(pro, {"image_url": PICTURE}, kept)] == [
        ("image_url",)
    ]


def test_what_a_rehearsal_refused_is_not_said_of_fal():
    (kept,) = remembered(refusal(["voice_id"]), origin=REHEARSAL_ORIGIN)
    (problem,) = refused_problems(SPEECH, VALUES, [kept])
    assert problem.said().startswith("A rehearsal refused this for “Voice”.")
    assert "fal" not in problem.said()


def test_a_picture_keeps_the_way_to_put_it_right():
    pro = bundled().request_type("ImageToVideoV21ProRequest")
    detail = refusal(["image_url"], "file_too_large")
    detail[0]["ctx"] = {"max_size": 1_048_576}
    kept = remembered(detail, {"image_url": PICTURE}, pro)
    (problem,) = refused_problems(pro, {"image_url": PICTURE}, kept)
    assert problem.remedy is Remedy.SHRINK


@pytest.mark.parametrize(
    ("loc", "kind", "ctx", "value", "after"),
    [
        ("voice_speed", "less_than_equal", {"le": 1.5}, 2.0, 1.5),
        ("voice_speed", "greater_than_equal", {"ge": 1}, 0.8, 1),
        ("voice_speed", "value_error", {}, 2.0, 1),
        ("voice_id", "literal_error", {}, "uk_man2", "genshin_vindi2"),
        ("text", "string_too_long", {"max_length": 4}, "too long", "too"),
        ("text", "value_error", {}, "something", None),
        ("text", "content_policy_violation", {}, "something", None),
    ],
)
def test_what_fal_says_of_a_value_has_a_way_out_where_there_is_one(loc, kind, ctx, value, after):
    values = {**VALUES, loc: value}
    (problem,) = problems_from_422(
        [{"loc": ["body", loc], "type": kind, "msg": "No", "ctx": ctx}], SPEECH
    )
    ways = with_ways_of_refusal(SPEECH, values, {}, problem).ways
    assert [way.changes for way in ways] == ([{loc: after}] if after is not None else [])
    assert all(way.kind in {WayKind.SET, WayKind.KEEP_FIRST} for way in ways)


def test_the_usual_value_is_no_way_out_of_itself():
    values = {"text": "hello", "voice_id": "genshin_vindi2"}
    (problem,) = problems_from_422(refusal(["voice_id"]), SPEECH)
    assert with_ways_of_refusal(SPEECH, values, {}, problem).ways == ()
