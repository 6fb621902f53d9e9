import dataclasses
import json
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kling_desktop
from kling_desktop.catalog.changes import ChangeKind, field_changes, shrunk
from kling_desktop.catalog.kept_models import TABLE, KeptModel, read_kept, with_kept
from kling_desktop.catalog.openapi import read_document
from kling_desktop.catalog.pricing import price_of
from kling_desktop.catalog.told_price import told_price
from kling_desktop.records.media import MediaKind
from tests.helpers.catalog import a_document, a_type, bundled
from tests.helpers.records import json_values

SCHEMA = {
    "properties": {"prompt": {"type": "string"}, "glow": {"type": "boolean"}},
    "required": ["prompt"],
}
MODEL = "acme/dream/v9/pro"
COLUMNS = ("price", "intentions", "status", "added", "offered", "file", "program", "endpoint_id")


def kept(folder, document=None, **changes):
    document = document or a_document(SCHEMA)
    endpoint, _ = read_document(document)
    endpoint = dataclasses.replace(endpoint, request_type=MODEL, added=True, **changes)
    (folder / "dream.json").write_text(json.dumps(document))
    return KeptModel(endpoint=endpoint, file="dream.json")


def write(folder, *rows, **changes):
    models = [{**one.to_json(), **changes} for one in rows]
    (folder / TABLE).write_text(json.dumps({"format": 1, "models": models}))


def test_a_kept_model_is_there_again(tmp_path):
    write(tmp_path, kept(tmp_path), price={"first": "0.30"})
    catalog = with_kept(bundled(), read_kept(tmp_path), tmp_path)
    endpoint = catalog.endpoint(MODEL)
    assert endpoint.added
    assert price_of(endpoint, {}) == Decimal("0.30")
    assert [one.name for one in catalog.request_type_of(MODEL).fields] == ["prompt", "glow"]
    assert endpoint in catalog.of_intention("from_text")
    assert len(catalog.endpoints) == len(bundled().endpoints) + 1


def test_one_that_was_taken_away_is_known_and_not_offered(tmp_path):
    write(tmp_path, kept(tmp_path, offered=False))
    catalog = with_kept(bundled(), read_kept(tmp_path), tmp_path)
    assert catalog.request_type_of(MODEL).field("glow")
    every = [one for i in catalog.intentions() for one in catalog.of_intention(i)]
    assert catalog.endpoint(MODEL) not in every
    assert set(catalog.intentions()) == set(bundled().intentions())


def of_bundled(folder, *, added, program):
    known = bundled().endpoints[0]
    document = a_document(SCHEMA)
    document["info"]["x-fal-metadata"]["endpointId"] = known.endpoint_id
    (folder / "own.json").write_text(json.dumps(document))
    endpoint = dataclasses.replace(known, request_type=known.endpoint_id, added=added)
    write(folder, KeptModel(endpoint=endpoint, file="own.json", program=program))
    return known, with_kept(bundled(), read_kept(folder), folder)


@pytest.mark.parametrize(
    ("added", "program"), [(True, kling_desktop.__version__), (False, "0.0.0-older")]
)
def test_the_bundled_entry_wins(tmp_path, added, program):
    known, catalog = of_bundled(tmp_path, added=added, program=program)
    assert catalog.endpoint(known.endpoint_id) == known
    assert catalog.endpoints == bundled().endpoints


def test_what_was_refreshed_wins_and_keeps_our_words(tmp_path):
    known, catalog = of_bundled(tmp_path, added=False, program=kling_desktop.__version__)
    found = catalog.endpoint(known.endpoint_id)
    assert (found.title, found.price) == (known.title, known.price)
    request_type = catalog.request_type_of(known.endpoint_id)
    assert {one.name for one in request_type.fields} == {"prompt", "glow"}
    old = bundled().request_type_of(known.endpoint_id)
    assert request_type.field("prompt").help == old.field("prompt").help


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"models": 3}', '{"models": [1, {}]}'])
def test_a_damaged_table_adds_nothing(tmp_path, noise, text):
    noise.allow("cannot be read")
    (tmp_path / TABLE).write_text(text)
    assert read_kept(tmp_path) == ()


@pytest.mark.parametrize("file", ["../dream.json", "nothing.json", "dream.txt"])
def test_a_row_without_its_document_is_left_out(tmp_path, noise, file):
    noise.allow("cannot be read")
    write(tmp_path, kept(tmp_path), file=file)
    assert read_kept(tmp_path) == ()


def test_a_damaged_document_gives_an_empty_form(tmp_path, noise):
    noise.allow("cannot be read")
    write(tmp_path, kept(tmp_path))
    (tmp_path / "dream.json").write_text("{}")
    catalog = with_kept(bundled(), read_kept(tmp_path), tmp_path)
    assert catalog.request_type_of(MODEL).fields == ()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(row=st.dictionaries(st.sampled_from([*COLUMNS, "title", "makes"]), json_values))
def test_any_row_is_read_or_left_out(tmp_path_factory, noise, row):
    noise.allow("cannot be read")
    folder = tmp_path_factory.mktemp("rows")
    whole = kept(folder).to_json()
    (folder / TABLE).write_text(json.dumps({"models": [{**whole, **row}]}))
    for one in read_kept(folder):
        assert one.endpoint.endpoint_id


def test_a_file_that_goes_in_as_a_group():
    file = {
        "type": "object",
        "properties": {"url": {"type": "string"}, "content_type": {"type": "string"}},
    }
    request_type = a_type({"image": file, "model_mesh": file, "link": {**file, "properties": {}}})
    assert request_type.field_at(("image", "url")).media is MediaKind.IMAGE
    assert request_type.field_at(("model_mesh", "url")).media is MediaKind.FILE
    plain = a_type({"hook": {"type": "object", "properties": {"url": {"type": "string"}}}})
    assert plain.field_at(("hook", "url")).media is None


def test_what_changed():
    old = a_type({"a": {"type": "string"}, "n": {"type": "integer", "maximum": 5}})
    new = a_type(
        {"b": {"type": "string"}, "n": {"type": "integer", "maximum": 9}, "a": {"type": "string"}},
        "a",
    )
    found = [(one.kind, one.name, one.aspect) for one in field_changes(old, new)]
    assert found == [
        (ChangeKind.ADDED, "b", ""),
        (ChangeKind.CHANGED, "a", "required"),
        (ChangeKind.CHANGED, "n", "maximum"),
    ]
    assert field_changes(old, old) == ()


def test_choices_that_came_and_went():
    old, new = (a_type({"mood": {"enum": values}}) for values in (["a", "b"], ["b", "c"]))
    (change,) = field_changes(old, new)
    assert (change.aspect, change.before, change.after) == ("enum", "a", "c")


@pytest.mark.parametrize(
    ("known", "missing", "refused"), [(9, 3, False), (9, 4, True), (90, 30, False), (90, 31, True)]
)
def test_an_answer_that_is_too_small(known, missing, refused):
    assert (shrunk(known, missing) is not None) is refused


@pytest.mark.parametrize(
    ("unit", "properties", "price"),
    [
        ("videos", {}, {"first": "0.05", "source": "fal platform API"}),
        ("image", {}, None),
        ("megapixels", {"num_images": {"type": "integer"}}, None),
        (
            "images",
            {"num_images": {"type": "integer", "default": 4}},
            {
                "first": "0.05",
                "count_field": "num_images",
                "usual_count": 4,
                "source": "fal platform API",
            },
        ),
        (
            "images",
            {"num_images": {"type": "integer"}, "series_amount": {"type": "integer"}},
            None,
        ),
        ("generations", {"num_images": {"type": "integer"}}, None),
        (
            "requests",
            {"num_images": {"type": "integer"}},
            {"first": "0.05", "source": "fal platform API"},
        ),
        ("1000 characters", {}, None),
        ("seconds", {}, None),
        (
            "seconds",
            {"duration": {"enum": ["5", "10"], "default": "10"}},
            {
                "per_second": "0.05",
                "seconds_field": "duration",
                "usual_seconds": 10,
                "source": "fal platform API",
            },
        ),
    ],
)
def test_a_price_that_fal_tells(unit, properties, price):
    assert told_price(Decimal("0.05"), unit, "USD", a_type(properties)) == price


def test_a_price_that_cannot_be_used():
    assert told_price(Decimal("0.05"), "videos", "EUR", a_type({})) is None
    assert told_price(Decimal(0), "videos", "USD", a_type({})) is None
