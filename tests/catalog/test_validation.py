import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from kling_desktop.catalog.validation import body_of, validate
from kling_desktop.records.problem import Severity
from tests.helpers.catalog import PICTURE, a_type, bundled, odd_schemas, picture
from tests.helpers.records import json_values

PRO = bundled().request_type("ImageToVideoV21ProRequest")
GOOD = {"prompt": "The cat turns", "image_url": PICTURE}


def codes(request_type, values, media=None):
    return [(one.loc, one.code) for one in validate(request_type, values, media or {})]


def one_problem(schema, value, *required, **more):
    read = a_type({"thing": schema, **more}, *required)
    problems = validate(read, {"thing": value}, {PICTURE: picture()})
    assert len(problems) == 1, problems
    return problems[0]


def test_a_good_order_has_no_problem():
    assert validate(PRO, GOOD, {PICTURE: picture()}) == ()
    assert validate(PRO, GOOD | {"image_url": "https://example.org/cat.jpg"}, {}) == ()


def test_what_is_missing_is_asked_for_in_the_order_of_the_form():
    said = [(one.loc, one.said()) for one in validate(PRO, {}, {})]
    assert said == [
        (("image_url",), "Add a start picture."),
        (("prompt",), "Write a prompt."),
    ]


@pytest.mark.parametrize("blank", ["", "  \n\t ", None])
def test_a_blank_prompt_is_missing(blank):
    assert codes(PRO, GOOD | {"prompt": blank}, {PICTURE: picture()}) == [
        (("prompt",), "required_text")
    ]


def test_a_prompt_one_character_too_long():
    problem = validate(PRO, GOOD | {"prompt": "x" * 2501}, {PICTURE: picture()})[0]
    assert problem.loc == ("prompt",)
    assert problem.said() == (
        "The text has 2501 characters. 2500 are allowed. Take out at least 1."
    )
    assert validate(PRO, GOOD | {"prompt": "x" * 2500}, {PICTURE: picture()}) == ()


def test_a_length_must_stay_a_text():
    assert codes(PRO, GOOD | {"duration": 5}, {PICTURE: picture()}) == [
        (("duration",), "not_a_choice")
    ]
    assert codes(PRO, GOOD | {"duration": "7"}, {PICTURE: picture()}) == [
        (("duration",), "not_a_choice")
    ]


@pytest.mark.parametrize(
    ("schema", "value", "code"),
    [
        ({"type": "string"}, 5, "not_text"),
        ({"type": "integer"}, 5.5, "not_whole"),
        ({"type": "number"}, "5", "not_a_number"),
        ({"type": "boolean"}, 1, "not_a_switch"),
        ({"type": "array"}, 1, "not_a_list"),
        ({"type": "object", "properties": {"a": {}}}, 1, "not_a_group"),
        ({"type": ["null", "string"]}, 1, "not_text"),
        ({"type": "null"}, 1, "not_allowed"),
        ({"minimum": 3}, 2, "number_too_small"),
        ({"maximum": 3}, 4, "number_too_large"),
        ({"exclusiveMinimum": 3}, 3, "number_not_above"),
        ({"exclusiveMaximum": 3}, 3, "number_not_below"),
        ({"multipleOf": 8}, 9, "number_not_a_step"),
        ({"type": "string", "minLength": 3}, "ab", "text_too_short"),
        ({"type": "string", "pattern": "^a"}, "b", "text_of_wrong_form"),
        ({"type": "array", "minItems": 2, "items": {}}, [1], "too_few_items"),
        ({"type": "array", "maxItems": 1, "items": {}}, [1, 2], "too_many_items"),
        ({"type": "array", "uniqueItems": True, "items": {}}, [1, 1], "not_allowed"),
        ({"const": "a"}, "b", "not_a_choice"),
        ({"anyOf": [{"type": "object", "properties": {}}, {"enum": ["a"]}]}, 4, "not_a_choice"),
        ({"anyOf": [{"type": "integer"}, {"type": "boolean"}]}, "x", "not_allowed"),
    ],
)
def test_each_keyword_has_its_sentence(schema, value, code):
    problem = one_problem(schema, value)
    assert (problem.loc, problem.code) == (("thing",), code)
    assert "{" not in problem.said()


@pytest.mark.parametrize(
    ("schema", "code"),
    [
        ({"type": "array", "items": {"type": "string", "_fal_ui_field": "image"}}, "media"),
        ({"enum": ["a", "b"]}, "choice"),
        ({"type": "integer"}, "value"),
        ({"type": "string"}, "text"),
    ],
)
def test_what_is_required_is_named(schema, code):
    problem = validate(a_type({"thing": schema}, "thing"), {}, {})[0]
    assert problem.code == f"required_{code}"
    assert "Thing" in problem.said() or code == "text"


def test_problems_inside_groups_and_lists_have_their_path():
    shot = {
        "type": "object",
        "properties": {"prompt": {"type": "string"}, "seconds": {"type": "integer", "minimum": 1}},
        "required": ["prompt", "mood"],
    }
    read = a_type({"shots": {"type": "array", "items": shot}})
    found = codes(read, {"shots": [{"seconds": 0}, {"prompt": "  ", "mood": "calm"}]})
    assert found == [
        (("shots", 0, "seconds"), "number_too_small"),
        (("shots", 0, "prompt"), "required_text"),
        (("shots", 0, "mood"), "required_value"),
        (("shots", 1, "mood"), "required_value"),
        (("shots", 1, "prompt"), "required_text"),
    ]


def test_relations_said_by_the_schema():
    either = a_type(
        {"a": {"type": "string"}, "b": {"type": "string"}}, **{"not": {"required": ["a", "b"]}}
    )
    assert codes(either, {"a": "x", "b": "y"}) == [((), "not_allowed_together")]
    depends = a_type(
        {"a": {"type": "string"}, "b": {"type": "string"}},
        **{"if": {"required": ["a"]}, "then": {"required": ["b"]}},
    )
    assert codes(depends, {"a": "x"}) == [(("b",), "required_text")]


def test_a_required_name_that_is_no_field_is_not_asked_for():
    assert codes(a_type({"a": {"type": "string"}}, "b"), {}) == []


def test_media():
    assert codes(PRO, GOOD) == [(("image_url",), "file_not_here")]
    assert codes(PRO, GOOD | {"image_url": "cat.jpg"}) == [(("image_url",), "not_a_file")]
    small = {PICTURE: picture(width=299, height=299)}
    assert codes(PRO, GOOD, small) == [(("image_url",), "picture_too_small")]


def test_what_is_only_feared_of_the_end_picture_is_a_warning():
    tall = {PICTURE: picture(width=300, height=1200)}
    values = GOOD | {"image_url": "https://example.org/a.png", "tail_image_url": PICTURE}
    problems = validate(PRO, values, tall)
    assert [(one.code, one.severity) for one in problems] == [
        ("picture_too_tall", Severity.WARNING)
    ]


def test_body_is_in_fals_order_with_nothing_added():
    values = {
        "tail_image_url": None,
        "duration": "10",
        "image_url": PICTURE,
        "unknown": 1,
        "prompt": "a ",
        "negative_prompt": "",
    }
    assert json.dumps(body_of(PRO, values)) == json.dumps(
        {"prompt": "a ", "image_url": PICTURE, "duration": "10", "negative_prompt": ""}
    )


def test_body_of_odd_fields():
    read = a_type(
        {
            "fixed": {"const": "x"},
            "nothing": {"type": ["string", "null"]},
            "free": {},
            "list": {"type": "array", "items": {"type": "string", "_fal_ui_field": "image"}},
            "kept": {"type": "array", "items": {}, "default": [1]},
            "group": {"type": "object", "properties": {"a": {"type": "string"}}},
        },
        "fixed",
        "nothing",
    )
    assert body_of(read, {}) == {"fixed": "x"}
    empty = {"nothing": None, "free": {}, "list": [None, ""], "kept": [], "group": {"a": None}}
    assert body_of(read, empty) == {"fixed": "x", "nothing": None, "kept": []}
    full = {"free": {"a": ({"b": None},)}, "list": (PICTURE, ""), "group": {"a": "x", "b": 1}}
    assert body_of(read, full) == {
        "fixed": "x",
        "free": {"a": [{"b": None}]},
        "list": [PICTURE],
        "group": {"a": "x"},
    }


def test_a_list_without_a_shape_is_kept_as_it_is():
    read = a_type({"free": {"type": ["array", "string"]}})
    assert body_of(read, {"free": [{"a": (1,)}]}) == {"free": [{"a": [1]}]}


VALUES = st.fixed_dictionaries(
    {},
    optional={
        "prompt": st.text(max_size=30) | st.none() | json_values,
        "image_url": st.sampled_from([PICTURE, "https://a/b.png", "", None]) | json_values,
        "tail_image_url": st.sampled_from([PICTURE, "https://a/b.png", "", None]),
        "duration": st.sampled_from(["5", "10", "7", 5, None]),
        "cfg_scale": st.floats(-1, 2) | st.none(),
        "negative_prompt": st.text(max_size=5),
        "unknown": json_values,
    },
)


@given(VALUES)
def test_what_has_no_problem_is_what_the_schema_allows(values):
    body = body_of(PRO, values)
    fine = Draft202012Validator(PRO.schema).is_valid(body)
    problems = validate(PRO, values, {PICTURE: picture()})
    assert fine or problems
    assert all(PRO.field_at(one.loc) for one in problems)
    assert all("{" not in one.said() for one in problems if "{" not in str(values))


@given(VALUES)
def test_a_body_is_its_own_body(values):
    body = body_of(PRO, values)
    assert body_of(PRO, body) == body
    assert list(body) == [one.name for one in PRO.in_schema_order() if one.name in body]
    assert json.loads(json.dumps(body)) == body


@given(st.dictionaries(st.sampled_from("abc"), odd_schemas, max_size=3), json_values)
def test_no_schema_and_no_value_makes_it_stumble(properties, value):
    read = a_type(properties, "a")
    values = {"a": value, "b": [value], "c": {"x": value}}
    validate(read, values, {PICTURE: picture()})
    json.dumps(body_of(read, values))
