import pytest
from hypothesis import given
from hypothesis import strategies as st

from kling_desktop.catalog.carrying import adapted
from kling_desktop.catalog.field_spec import FieldSpec, FieldType
from kling_desktop.catalog.validation import carry_over
from tests.helpers.catalog import PICTURE, a_type, bundled
from tests.helpers.records import json_values

STANDARD = bundled().request_type("ImageToVideoV21StandardRequest")
PRO = bundled().request_type("ImageToVideoV21ProRequest")
TEXT = bundled().request_type("TextToVideoV21MasterRequest")
OTHER = a_type(
    {
        "start_image_url": {"type": "string"},
        "prompt": {"type": "string", "maxLength": 3},
        "duration": {"type": "integer", "minimum": 3, "maximum": 8},
        "negative_prompt": {"type": "boolean"},
    }
)


def test_to_a_model_that_has_less():
    values = {"prompt": "a", "image_url": PICTURE, "tail_image_url": PICTURE, "duration": "10"}
    carried, parked = carry_over(PRO, STANDARD, values)
    assert carried == {"prompt": "a", "image_url": PICTURE, "duration": "10"}
    assert parked == {"tail_image_url": PICTURE}
    back, rest = carry_over(STANDARD, PRO, {**parked, **carried})
    assert (back, rest) == (values, {})


def test_from_picture_to_text_parks_the_picture():
    carried, parked = carry_over(STANDARD, TEXT, {"prompt": "a", "image_url": PICTURE})
    assert (carried, parked) == ({"prompt": "a"}, {"image_url": PICTURE})


def test_another_name_for_the_same_thing():
    carried, parked = carry_over(STANDARD, OTHER, {"image_url": PICTURE, "duration": "5"})
    assert (carried, parked) == ({"start_image_url": PICTURE, "duration": 5}, {})
    back, _ = carry_over(OTHER, STANDARD, carried)
    assert back == {"image_url": PICTURE, "duration": "5"}


def test_the_name_itself_goes_before_another_name():
    values = {"start_image_url": "https://a/1", "image_url": PICTURE}
    carried, parked = carry_over(OTHER, STANDARD, values)
    assert carried == {"image_url": PICTURE}
    assert parked == {"start_image_url": "https://a/1"}


def test_a_text_that_is_too_long_stays_in_sight():
    carried, _ = carry_over(PRO, OTHER, {"prompt": "much too long"})
    assert carried == {"prompt": "much too long"}


def test_none_is_nothing_to_park():
    assert carry_over(PRO, STANDARD, {"prompt": None}) == ({"prompt": None}, {})


@pytest.mark.parametrize(
    ("schema", "value", "carried"),
    [
        ({"type": "integer", "minimum": 3}, 2, None),
        ({"type": "integer", "maximum": 3}, 4, None),
        ({"type": "number", "exclusiveMinimum": 3}, 3, None),
        ({"type": "number", "exclusiveMaximum": 3}, 3, None),
        ({"type": "number"}, 2.5, 2.5),
        ({"type": "integer"}, 2.5, None),
        ({"type": "integer"}, 2.0, 2.0),
        ({"type": "integer"}, "12", 12),
        ({"type": "integer"}, "1e3", None),
        ({"type": "integer"}, True, None),
        ({"type": "integer"}, [1], None),
        ({"type": "boolean"}, False, False),
        ({"type": "boolean"}, "no", None),
        ({"type": "string"}, 5, "5"),
        ({"type": "string"}, True, None),
        ({"type": "string"}, ["a"], None),
        ({"enum": ["5", "10"]}, 10, "10"),
        ({"enum": ["5", "10"]}, "10", "10"),
        ({"enum": [1, 2]}, True, None),
        ({"enum": ["5", "10"]}, "7", None),
        ({"type": "array"}, "abc", None),
        ({"type": "array"}, [1, "a"], [1, "a"]),
        ({"type": "array", "items": {"type": "string"}}, ["a", 5], ["a", "5"]),
        ({"type": "array", "items": {"type": "integer"}}, ["a"], None),
        ({"type": "object", "properties": {"x": {"type": "integer"}}}, {"x": "5"}, {"x": 5}),
        ({"type": "object", "properties": {"x": {"type": "integer"}}}, {"y": 5}, None),
        ({"type": "object", "properties": {"x": {}}}, {"x": None}, {"x": None}),
        ({"type": "object", "properties": {"x": {}}}, 5, None),
        ({}, {"any": ["thing"]}, {"any": ["thing"]}),
    ],
)
def test_what_fits(schema, value, carried):
    read = a_type({"thing": schema})
    found, parked = carry_over(read, read, {"thing": value})
    if carried is None:
        assert (found, parked) == ({}, {"thing": value})
    else:
        assert (found, parked) == ({"thing": carried}, {})


def test_another_kind_of_file_is_parked():
    old = a_type({"file": {"type": "string", "_fal_ui_field": "video"}})
    new = a_type({"file": {"type": "string", "_fal_ui_field": "image"}})
    assert carry_over(old, new, {"file": PICTURE}) == ({}, {"file": PICTURE})


def test_lists_of_another_kind_are_parked():
    def of(kind):
        return a_type({"a": {"type": "array", "items": {"type": "string", "_fal_ui_field": kind}}})

    assert carry_over(of("image"), of("audio"), {"a": [PICTURE]}) == ({}, {"a": [PICTURE]})


def test_a_list_that_says_nothing_of_its_entries():
    bare = FieldSpec(name="a", title="A", type=FieldType.ARRAY)
    assert adapted([1, None], bare) == [1, None]


names = st.sampled_from(
    ["prompt", "image_url", "start_image_url", "tail_image_url", "duration", "cfg_scale", "odd"]
)
typed = st.sampled_from([STANDARD, PRO, TEXT, OTHER])


@given(typed, typed, st.dictionaries(names, json_values))
def test_nothing_is_lost(old, new, values):
    carried, parked = carry_over(old, new, values)
    assert len(carried) + len(parked) == len(values)
    assert all(new.field(name) for name in carried)
    assert all(values[name] == value for name, value in parked.items())


good = st.fixed_dictionaries(
    {"prompt": st.text(), "image_url": st.just(PICTURE)},
    optional={
        "duration": st.sampled_from(["5", "10"]),
        "cfg_scale": st.floats(0, 1),
        "tail_image_url": st.just(PICTURE),
        "negative_prompt": st.text(),
    },
)


@given(good, st.lists(typed, max_size=4))
def test_a_round_over_other_models_brings_everything_back(values, way):
    current, held, parked = PRO, dict(values), {}
    for stop in [*way, PRO]:
        held, parked = carry_over(current, stop, {**parked, **held})
        current = stop
    assert held == values
    assert parked == {}
