import pytest

from kling_desktop.catalog.field_spec import FieldType
from kling_desktop.records.media import MediaKind
from tests.helpers.catalog import a_type


def the_field(schema, name="thing", *required):
    return a_type({name: schema}, *required).field(name)


@pytest.mark.parametrize(
    ("schema", "kind"),
    [
        ({"type": "string"}, FieldType.STRING),
        ({"type": "integer", "minimum": 1}, FieldType.INTEGER),
        ({"anyOf": [{"type": "integer"}, {"type": "number"}]}, FieldType.NUMBER),
        ({"type": ["integer", "number", "null"]}, FieldType.NUMBER),
        ({"type": "boolean"}, FieldType.BOOLEAN),
        ({"properties": {"x": {}}}, FieldType.OBJECT),
        ({"type": "object"}, FieldType.ANY),
        ({"type": "object", "additionalProperties": {"type": "string"}}, FieldType.ANY),
        ({"items": {"type": "string"}}, FieldType.ARRAY),
        ({"type": "array"}, FieldType.ARRAY),
        ({}, FieldType.ANY),
        ({"type": "file"}, FieldType.ANY),
        ({"type": 7}, FieldType.ANY),
        ({"enum": ["a", "b"]}, FieldType.STRING),
        ({"enum": [1, 2]}, FieldType.INTEGER),
        ({"enum": [1, 2.5]}, FieldType.NUMBER),
        ({"enum": [True, False]}, FieldType.BOOLEAN),
        ({"enum": ["a", 1]}, FieldType.ANY),
        ({"const": None}, FieldType.ANY),
        ({"enum": [{"a": 1}, [1]]}, FieldType.ANY),
        ({"anyOf": [{"type": "string"}, {"type": "array", "items": {}}]}, FieldType.STRING),
        ({"anyOf": [{"type": "boolean"}, {"type": "array"}]}, FieldType.ANY),
        ({"anyOf": [{}, {}]}, FieldType.ANY),
        ({"anyOf": [{"type": "null"}]}, FieldType.ANY),
        (
            {"oneOf": [{"type": "string", "minLength": 1}, {"type": "string", "maxLength": 9}]},
            FieldType.STRING,
        ),
        ({"type": ["string", "integer"]}, FieldType.ANY),
    ],
)
def test_types(schema, kind):
    assert the_field(schema).type is kind


def test_or_null_is_folded():
    field = the_field({"anyOf": [{"type": "string", "maxLength": 9}, {"type": "null"}]})
    assert (field.type, field.nullable, field.max_length) == (FieldType.STRING, True, 9)
    assert the_field({"type": "string", "nullable": True}).nullable
    assert the_field({"anyOf": [{"enum": ["a"]}, {"enum": ["b"]}, {"type": "null"}]}).nullable
    assert not the_field({"type": "string"}).nullable


def test_a_choice_beside_a_group_is_a_choice():
    size = {"anyOf": [{"type": "object", "properties": {"w": {}}}, {"enum": ["square", "tall"]}]}
    assert the_field(size).enum == ("square", "tall")


def test_constants_with_titles_are_a_choice():
    field = the_field({"oneOf": [{"const": "a", "title": "Ant"}, {"const": "b", "title": "Bee"}]})
    assert (field.enum, field.enum_titles) == (("a", "b"), ("Ant", "Bee"))


def test_a_choice_of_two_hundred():
    field = the_field({"type": "string", "enum": [f"scene_{i}" for i in range(200)]})
    assert len(field.enum) == len(field.enum_titles) == 200
    assert field.enum_titles[7] == "Scene 7"


def test_values_are_read_as_people_write():
    assert the_field({"enum": ["right_turn", "16:9", ""]}).enum_titles == (
        "Right turn",
        "16:9",
        "",
    )
    assert the_field({"enum": [True, False]}).enum_titles == ("On", "Off")
    assert the_field({"enum": [5], "x-kling-desktop": {"unit": "s"}}).enum_titles == ("5 s",)
    titled = {"enum": ["a"], "x-kling-desktop": {"enum_titles": {"a": "Ant"}}}
    assert the_field(titled).enum_titles == ("Ant",)


@pytest.mark.parametrize(
    ("name", "given", "title"),
    [
        ("end_image_url", "End Image Url", "End image"),
        ("image_urls", "Image Urls", "Images"),
        ("frames_urls", None, "Frames"),
        ("cfg_scale", "Cfg Scale", "CFG scale"),
        ("voice_id", None, "Voice ID"),
        ("url", None, "Url"),
        ("x", "Where from", "Where from"),
        ("x", 7, "X"),
    ],
)
def test_titles(name, given, title):
    assert the_field({"title": given}, name).title == title


@pytest.mark.parametrize(
    ("name", "schema", "kind"),
    [
        ("a", {"_fal_ui_field": "image_mask"}, MediaKind.MASK),
        ("a", {"ui": {"field": "audio"}}, MediaKind.AUDIO),
        ("a", {"ui": "odd"}, None),
        ("image_url", {}, MediaKind.IMAGE),
        ("static_mask_url", {}, MediaKind.MASK),
        ("reference_video_url", {}, MediaKind.VIDEO),
        ("voice_url", {}, MediaKind.AUDIO),
        ("webhook_url", {}, None),
        ("image_size", {}, None),
        ("a", {"x-fal": {"max_file_size": 9, "min_fps": 24}}, MediaKind.VIDEO),
        ("a", {"x-fal": {"max_file_size": 9, "min_width": 9}}, MediaKind.IMAGE),
        ("a", {"x-fal": {"max_file_size": 9}}, MediaKind.FILE),
        ("a", {"x-fal": {"timeout": 9}}, None),
        ("image_url", {"enum": ["https://a", "https://b"]}, None),
    ],
)
def test_media(name, schema, kind):
    field = the_field({"type": "string", **schema}, name)
    assert field.media is kind
    assert (field.limits is not None) == (kind is not None)


def test_limits():
    given = {"max_file_size": 10, "min_aspect_ratio": 0.4, "max_fps": True, "timeout": 20}
    limits = the_field({"type": "string", "x-fal": given}, "image_url").limits
    assert (limits.max_bytes, limits.min_ratio, limits.max_fps) == (10, 0.4, None)
    assert "image/avif" in limits.formats


def test_lists_of_pictures_know_their_kind():
    by_name = the_field({"type": "array", "items": {"type": "string"}}, "input_image_urls")
    by_hint = the_field({"type": "array", "items": {"type": "string"}, "ui": {"field": "video"}})
    assert by_name.items.media is MediaKind.IMAGE
    assert by_hint.items.media is MediaKind.VIDEO
    assert by_name.first_rank


def test_groups_in_lists():
    shot = {"type": "object", "properties": {"prompt": {"type": "string"}}, "required": ["prompt"]}
    field = the_field({"type": "array", "items": shot, "maxItems": 3})
    assert field.max_items == 3
    assert field.child(0).child("prompt").required
    assert field.child(0).child("nothing") is None
    assert [one.name for one in field.walk()] == ["thing", "thing", "prompt"]


@pytest.mark.parametrize(
    ("name", "schema", "first"),
    [
        ("duration", {"enum": ["5"]}, True),
        ("aspect_ratio", {"enum": ["1:1", "2:1"]}, True),
        ("prompt", {"type": "string"}, True),
        ("negative_prompt", {"type": "string"}, False),
        ("seed", {"type": "integer"}, False),
        ("seed", {"type": "integer", "ui": {"important": True}}, True),
        ("seed", {"type": "integer", "x-kling-desktop": {"rank": "first"}}, True),
        ("prompt", {"type": "string", "x-kling-desktop": {"rank": "more"}}, False),
        ("end_image_url", {"type": "string"}, True),
        ("model", {"enum": ["a", "b"]}, False),
    ],
)
def test_rank(name, schema, first):
    assert the_field(schema, name).first_rank is first


def test_what_is_required_is_first():
    assert the_field({"type": "integer"}, "seed", "seed").first_rank


def test_order_is_fals_with_first_rank_first_and_hidden_last():
    schema = {
        "seed": {"type": "integer"},
        "kind": {"const": "x", "default": "x"},
        "prompt": {"type": "string"},
        "image_url": {"type": "string"},
        "left_over": {"type": "boolean"},
    }
    order = ["left_over", "prompt", "seed", "nonsense", 5, "kind", "image_url"]
    read = a_type(schema, "prompt", "image_url", **{"x-fal-order-properties": order})
    shown = [one.name for one in read.fields]
    assert shown == ["image_url", "prompt", "left_over", "seed", "kind"]
    posted = [one.name for one in read.in_schema_order()]
    assert posted == ["left_over", "prompt", "seed", "kind", "image_url"]


def test_hidden():
    assert the_field({"type": "string", "ui": {"hidden": True}}).hidden
    assert the_field({"const": "a"}, "thing", "thing").hidden
    assert not the_field({"const": "a"}).hidden
    assert not the_field({"const": "a", "x-kling-desktop": {"hidden": False}}, "a", "a").hidden


@pytest.mark.parametrize(
    ("schema", "default"),
    [
        ({"type": "integer", "default": 3}, 3),
        ({"type": "number", "default": 3}, 3),
        ({"type": "integer", "default": "three"}, None),
        ({"type": "integer", "default": None}, None),
        ({"enum": ["a"], "default": "b"}, None),
        ({"type": "boolean", "default": 1}, None),
        ({"default": {"any": "thing"}}, {"any": "thing"}),
    ],
)
def test_a_default_that_no_editor_could_hold_is_none(schema, default):
    field = the_field(schema)
    assert (field.default, field.has_default) == (default, default is not None)


def test_long_texts_get_many_lines():
    assert the_field({"type": "string"}, "prompt").multiline
    assert the_field({"type": "string", "maxLength": 500}).multiline
    assert not the_field({"type": "string"}, "voice_id").multiline


def test_own_hints():
    hints = {"note": "No effect.", "ask": "Add it.", "unit": "s", "same_as": ["other", 5]}
    field = the_field({"type": "string", "description": " a\n  b ", "x-kling-desktop": hints})
    assert (field.note, field.ask, field.unit, field.same_as, field.help) == (
        "No effect.",
        "Add it.",
        "s",
        ("other",),
        "a b",
    )
    assert the_field({"x-kling-desktop": "odd"}).note == ""


def test_paths_into_a_type():
    group = {"type": "object", "properties": {"x": {"type": "integer"}}}
    read = a_type({"list": {"type": "array", "items": group}})
    assert read.field_at(("list", 3, "x")).type is FieldType.INTEGER
    assert read.field_at(("list", 3, "y", "z")) is None
    assert read.field_at(()) is None
    assert read.field_at((0,)) is None


def test_hints_for_editors_made_for_a_field():
    own = {
        "editor": "voices",
        "groups": {"Low": ["a", "b"], "High": ["c"]},
        "over": "picture",
        "mentions": {"pictures": "@Image{n}"},
    }
    read = a_type({"voice": {"enum": ["a", "c", "d"], "x-kling-desktop": own}}).field("voice")
    assert (read.editor, read.over) == ("voices", "picture")
    assert read.enum_groups == ("Low", "High", "")
    assert read.mentions == (("pictures", "@Image{n}"),)


@pytest.mark.parametrize("odd", [5, "a", [], {"Low": 5}, None])
def test_hints_that_make_no_sense_do_no_harm(odd):
    own = {"editor": odd, "groups": odd, "over": [odd], "mentions": odd}
    read = a_type({"voice": {"enum": ["a"], "x-kling-desktop": own}}).field("voice")
    assert set(read.enum_groups) <= {""}
    assert read.over == ""
