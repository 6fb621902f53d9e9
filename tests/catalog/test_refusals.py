import pytest
from hypothesis import given
from hypothesis import strategies as st

from kling_desktop.catalog.validation import problems_from_422
from kling_desktop.records.problem import Charge, Remedy
from tests.helpers.catalog import a_type, bundled
from tests.helpers.records import json_values

PRO = bundled().request_type("ImageToVideoV21ProRequest")


def one(detail, request_type=PRO):
    found = problems_from_422(detail, request_type)
    assert len(found) == 1
    assert "{" not in found[0].said()
    return found[0]


def item(kind, *loc, msg="So it is.", **ctx):
    return {"loc": ["body", *loc], "msg": msg, "type": kind, "ctx": ctx, "input": "secret"}


@pytest.mark.parametrize(
    ("entry", "code", "charge"),
    [
        (item("missing", "prompt"), "refused_missing", Charge.NOT_CHARGED),
        (item("value_error.missing", "prompt"), "refused_missing", Charge.NOT_CHARGED),
        (item("string_too_long", "prompt"), "refused_length", Charge.NOT_CHARGED),
        (item("literal_error", "duration"), "refused_choice", Charge.NOT_CHARGED),
        (item("less_than_equal", "cfg_scale", le=1), "refused_number", Charge.NOT_CHARGED),
        (item("float_parsing", "cfg_scale"), "refused_wrong_type", Charge.NOT_CHARGED),
        (item("type_error.float", "cfg_scale"), "refused_wrong_type", Charge.NOT_CHARGED),
        (item("value_error.odd", "cfg_scale"), "refused_value", Charge.PROBABLY_NOT),
        (
            item("image_too_small", "image_url", min_width=300, min_height=300),
            "refused_picture_too_small",
            Charge.NOT_CHARGED,
        ),
        (
            item("image_too_large", "image_url", max_width=9, max_height=9),
            "refused_picture_too_large",
            Charge.NOT_CHARGED,
        ),
        (
            item(
                "image_aspect_ratio_error",
                "image_url",
                min_aspect_ratio=0.4,
                max_aspect_ratio=2.5,
            ),
            "refused_picture_shape",
            Charge.NOT_CHARGED,
        ),
        (
            item("file_too_large", "image_url", max_size=10485760),
            "refused_file_too_heavy",
            Charge.NOT_CHARGED,
        ),
        (
            item("video_duration_too_long", "image_url", provided_duration=9, max_duration=5),
            "refused_too_long",
            Charge.NOT_CHARGED,
        ),
        (
            item("audio_duration_too_short", "image_url", provided_duration=1, min_duration=2),
            "refused_too_short",
            Charge.NOT_CHARGED,
        ),
        (
            item("unsupported_image_format", "image_url", supported_formats=[".jpg", "png"]),
            "refused_format",
            Charge.NOT_CHARGED,
        ),
        (item("file_download_error", "image_url"), "refused_could_not_fetch", Charge.NOT_CHARGED),
        (item("image_load_error", "image_url"), "refused_could_not_load", Charge.NOT_CHARGED),
        (item("face_detection_error", "image_url"), "refused_no_face", Charge.PROBABLY_NOT),
        (item("content_policy_violation"), "refused_content", Charge.MAY_BE),
        (item("content_policy_violation", "prompt"), "refused_content", Charge.MAY_BE),
        (item("no_media_generated"), "refused_nothing_made", Charge.MAY_BE),
        (item("internal_server_error"), "refused_model_trouble", Charge.NOT_CHARGED),
        (item("downstream_service_error"), "refused_partner_trouble", Charge.PROBABLY_NOT),
        (item("tea_is_cold", "prompt"), "refused_otherwise", Charge.MAY_BE),
        (item(7, "prompt"), "refused_otherwise", Charge.MAY_BE),
    ],
)
def test_each_type_lands_on_its_field_with_its_cost(entry, code, charge):
    problem = one([entry])
    assert (problem.code, problem.charge) == (code, charge)
    assert list(problem.loc) == entry["loc"][1:]
    assert "secret" not in problem.details


def test_numbers_come_from_fal():
    small = one([item("image_too_small", "image_url", min_width=300.0, min_height=320)])
    assert "300 × 320" in small.said()
    formats = one([item("unsupported_image_format", "image_url", supported_formats=["png"])])
    assert "PNG" in formats.said()


def test_without_numbers_fals_own_words_stand_and_the_way_out_stays():
    problem = one([item("image_too_large", "image_url", msg="Image too large")])
    assert problem.said().endswith("fal says: Image too large Change it and try again.")
    assert (problem.remedy, problem.charge) == (Remedy.SHRINK, Charge.NOT_CHARGED)
    half = item("image_aspect_ratio_error", "image_url", min_aspect_ratio=None)
    assert one([half]).remedy is Remedy.CROP


def test_no_words_at_all():
    assert one([item("literal_error", "duration", msg="")]).code == "refused_value_silently"
    assert one([item("odd", "duration", msg=" ")]).code == "refused_silently"
    assert one([]).code == "refused_silently"
    assert one(None).code == "refused_silently"
    assert one({}).code == "refused_silently"
    assert one("  ").code == "refused_silently"
    assert one([None]).code == "refused_silently"
    assert one(5).code == "refused_silently"


@pytest.mark.parametrize(
    "detail",
    [
        "No such luck",
        {"detail": "No such luck"},
        {"detail": [{"msg": "No such luck"}]},
        {"message": "No such luck"},
        {"error": "No such luck"},
        [{"message": "No such luck", "loc": None}],
        ["No such\n luck"],
        {"detail": {"detail": "No such luck"}},
    ],
)
def test_every_shape_of_detail(detail):
    problem = one(detail)
    assert problem.loc == ()
    assert "fal says: No such luck" in problem.said()


@pytest.mark.parametrize(
    ("loc", "expected"),
    [
        (["body", "image_url"], ("image_url",)),
        (["image_url"], ("image_url",)),
        ("body.image_url", ("image_url",)),
        (["body", "image_url", "str"], ("image_url",)),
        (["body", "nothing"], ()),
        (["body"], ()),
        (["query", "logs"], ()),
        (["body", {"odd": 1}], ()),
        (5, ()),
        ([], ()),
    ],
)
def test_paths(loc, expected):
    entry = {"loc": loc, "msg": "No", "type": "value_error"}
    assert one([entry]).loc == expected


def test_paths_into_lists():
    shot = {"type": "object", "properties": {"prompt": {"type": "string"}}}
    read = a_type({"shots": {"type": "array", "items": shot}})
    assert one([item("missing", "shots", 2, "prompt")], read).loc == ("shots", 2, "prompt")
    assert one([item("missing", "shots", 2, "x")], read).loc == ("shots", 2)


def test_what_concerns_no_field_keeps_its_cost():
    problem = one([item("image_too_small", min_width=300, min_height=300)])
    assert (problem.code, problem.loc, problem.charge) == (
        "refused_otherwise",
        (),
        Charge.NOT_CHARGED,
    )


def test_long_words_are_cut():
    assert len(one("x" * 5000).said()) < 600


def test_several_entries_are_several_problems():
    found = problems_from_422([item("missing", "prompt"), item("missing", "image_url")], PRO)
    assert [problem.loc for problem in found] == [("prompt",), ("image_url",)]


TYPES = st.sampled_from(
    ["image_too_small", "missing", "file_too_large", "unsupported_image_format"]
)


@given(
    json_values
    | st.lists(
        st.fixed_dictionaries(
            {"loc": json_values, "msg": json_values, "type": TYPES | json_values},
            optional={"ctx": json_values},
        ),
        max_size=3,
    )
)
def test_nothing_that_fal_could_say_makes_it_stumble(detail):
    found = problems_from_422(detail, PRO)
    assert found
    for problem in found:
        assert problem.said()
        assert problem.loc == () or PRO.field_at(problem.loc)


SHOTS = bundled().request_type("ImageToVideoV3ProRequest")
BRUSH = bundled().request_type("V1ImageToVideoRequest")


@pytest.mark.parametrize(
    ("request_type", "loc", "place"),
    [
        (PRO, ["body", "image_url"], ("image_url",)),
        (PRO, ["image_url"], ("image_url",)),
        (PRO, "body.image_url", ("image_url",)),
        (PRO, "image_url", ("image_url",)),
        (PRO, ["body", "prompt", 0], ("prompt",)),
        (PRO, ["body", "camera_control"], ()),
        (PRO, ["body", "strange", "prompt"], ()),
        (PRO, ["query", "logs"], ()),
        (PRO, ["body"], ()),
        (PRO, [], ()),
        (PRO, None, ()),
        (PRO, {"field": "prompt"}, ()),
        (PRO, [True, "prompt"], ("prompt",)),
        (SHOTS, ["body", "multi_prompt", 1, "duration"], ("multi_prompt", 1, "duration")),
        (SHOTS, ["body", "multi_prompt", "1", "duration"], ("multi_prompt", 1, "duration")),
        (SHOTS, "body.multi_prompt.1.duration", ("multi_prompt", 1, "duration")),
        (SHOTS, "multi_prompt[1].duration", ("multi_prompt", 1, "duration")),
        (SHOTS, "/multi_prompt/1/duration", ("multi_prompt", 1, "duration")),
        (SHOTS, ["body", "multi_prompt", 1, "KlingShot", "duration"],
         ("multi_prompt", 1, "duration")),
        (SHOTS, ["body", "multi_prompt", "list[KlingShot]", 1, "duration"],
         ("multi_prompt", 1, "duration")),
        (SHOTS, ["body", "multi_prompt", 1, "strange"], ("multi_prompt", 1)),
        (SHOTS, ["body", "elements", 1, "frontal_image_url"], ("elements", 1, "frontal_image_url")),
        (SHOTS, ["body", "elements", 0, "reference_image_urls", 2],
         ("elements", 0, "reference_image_urls", 2)),
        (BRUSH, ["body", "dynamic_masks", 0, "trajectories", 3, "x"],
         ("dynamic_masks", 0, "trajectories", 3, "x")),
        (BRUSH, ["body", "dynamic_masks", 0, "mask_url"], ("dynamic_masks", 0, "mask_url")),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["value_error", "image_load_error", "tea_is_cold", None])
def test_however_deep_it_lands_there_or_as_near_as_the_form_knows(request_type, loc, place, kind):
    entry = {"loc": loc, "msg": "So it is.", **({"type": kind} if kind else {})}
    problem = one([entry], request_type)
    assert problem.loc == place
    assert "So it is." in (problem.said() + problem.details)


@given(st.lists(st.text(max_size=8) | st.integers() | st.none() | st.booleans(), max_size=6))
def test_no_path_is_too_odd(loc):
    problem = one([{"loc": loc, "msg": "So it is.", "type": "value_error"}], SHOTS)
    assert not problem.loc or SHOTS.field_at(problem.loc) is not None
