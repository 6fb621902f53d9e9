import json
import re
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

import kling_desktop
from kling_desktop.bundled import resources
from kling_desktop.catalog.catalog import Catalog, load_catalog
from kling_desktop.catalog.endpoint import EndpointStatus
from kling_desktop.catalog.problems import CatalogueBroken
from kling_desktop.records.media import MediaKind
from tests.helpers.catalog import a_document, bundled

FAMILY = "fal-ai/kling-video/v2.1"


def test_the_first_model_offered_is_the_cheapest_current_one():
    titles = [one.title for one in bundled().of_intention("from_picture")]
    assert titles == ["Kling 2.1 Standard", "Kling 2.1 Pro", "Kling 2.1 Master"]


def test_old_models_and_unknown_prices_come_last():
    cheap, dear, best, _ = bundled().endpoints
    catalog = Catalog(
        (
            replace(cheap, status=EndpointStatus.WITHDRAWN, endpoint_id="gone"),
            replace(cheap, status=EndpointStatus.DEPRECATED, endpoint_id="old"),
            replace(dear, price=None, endpoint_id="unknown"),
            replace(best, endpoint_id="dear"),
        )
    )
    order = [one.endpoint_id for one in catalog.of_intention("from_picture")]
    assert order == ["dear", "unknown", "old", "gone"]


def test_a_model_serves_each_intention_its_inputs_allow():
    catalog = bundled()
    assert catalog.intentions() == ("from_picture", "start_end", "from_text")
    assert [one.title for one in catalog.of_intention("start_end")] == ["Kling 2.1 Pro"]
    assert catalog.of_intention("lip_sync") == ()


def test_request_types_are_found_by_name_and_by_endpoint():
    catalog = bundled()
    by_name = catalog.request_type("ImageToVideoV21ProRequest")
    assert by_name is catalog.request_type(f"{FAMILY}/pro/image-to-video")
    assert by_name is catalog.request_type_of(f"{FAMILY}/pro/image-to-video")
    assert catalog.request_type("NoSuchThing") is None
    assert catalog.endpoint("no/such") is None


def test_facts_of_the_tiers():
    catalog = bundled()
    sides = {one.endpoint_id: (one.short_side, one.frame_rate) for one in catalog.endpoints}
    assert sides[f"{FAMILY}/standard/image-to-video"] == (720, 24)
    assert sides[f"{FAMILY}/pro/image-to-video"] == (1080, 24)
    assert sides[f"{FAMILY}/master/text-to-video"] == (1080, 24)
    assert {one.makes for one in catalog.endpoints} == {MediaKind.VIDEO}


def test_the_code_knows_no_endpoint_and_no_request_type_by_name():
    catalog = bundled()
    names = [*catalog.request_types, *(one.endpoint_id for one in catalog.endpoints)]
    pattern = re.compile("|".join(["kling-video", *map(re.escape, names)]))
    package = Path(kling_desktop.__file__).parent
    knowing = [str(one) for one in package.rglob("*.py") if pattern.search(one.read_text("utf-8"))]
    assert knowing == []


def test_start_picture_comes_first_then_the_words():
    fields = bundled().request_type("ImageToVideoV21ProRequest").fields
    assert [one.title for one in fields if one.first_rank] == [
        "Start picture",
        "End picture",
        "Prompt",
        "Length",
    ]
    assert [one.title for one in fields if not one.first_rank] == [
        "What to avoid",
        "Prompt strength",
    ]


def test_lengths_are_texts_and_read_as_seconds():
    length = bundled().request_type("ImageToVideoV21ProRequest").field("duration")
    assert (length.enum, length.enum_titles, length.default) == (("5", "10"), ("5 s", "10 s"), "5")


def test_a_setting_without_effect_says_so():
    for request_type in bundled().request_types.values():
        assert request_type.field("cfg_scale").note
        assert not request_type.field("cfg_scale").first_rank


def test_defaults():
    assert bundled().request_type("TextToVideoV21MasterRequest").defaults() == {
        "duration": "5",
        "aspect_ratio": "16:9",
        "negative_prompt": "blur, distort, and low quality",
        "cfg_scale": 0.5,
    }


def test_texts_for_translators_are_whole_and_none_comes_twice():
    texts = list(bundled().texts())
    assert len(texts) == len(set(texts))
    for wanted in ("Start picture", "Write a prompt.", "no end picture", "16:9 wide", "Shape"):
        assert wanted in texts
    assert "5 s" not in texts


def test_every_text_is_plain():
    for text in bundled().texts():
        assert "!" not in text
        assert text == text.strip()
        assert len(text) < 140


def test_titles_and_help_are_our_own_and_nothing_is_left_bare():
    for request_type in bundled().request_types.values():
        for field in request_type.fields:
            assert field.help
            assert "url" not in field.title.lower()


@pytest.mark.parametrize("broken", ["", "{}", '{"endpoints": [{"endpoint_id": "a/b"}]}', "[]"])
def test_a_broken_catalogue_says_so(tmp_path, broken):
    (tmp_path / "endpoints.json").write_text(broken)
    with pytest.raises(CatalogueBroken) as raised:
        load_catalog(tmp_path)
    assert "Install" in raised.value.problem.do


def test_a_missing_catalogue_says_so(tmp_path):
    with pytest.raises(CatalogueBroken):
        load_catalog(tmp_path / "nothing")


def test_usual_time_and_missing_prices_are_read(tmp_path):
    row = json.loads((resources() / "catalogue" / "endpoints.json").read_text("utf-8"))
    first = row["endpoints"][0] | {"usual_seconds": [120, 240], "price": None}
    (tmp_path / "endpoints.json").write_text(json.dumps({"endpoints": [first]}))
    (tmp_path / "request_types").symlink_to(resources() / "catalogue" / "request_types")
    endpoint = load_catalog(tmp_path).endpoints[0]
    assert endpoint.usual_seconds == (120, 240)
    assert endpoint.price is None


def test_adding_a_model_leaves_the_old_catalogue_as_it_was():
    before = bundled()
    document = a_document({"title": "DreamIn", "properties": {"prompt": {"type": "string"}}})
    after = before.with_document(document)
    assert len(after.endpoints) == len(before.endpoints) + 1
    assert after.request_type_of("acme/dream/v9/pro").name == "DreamIn"
    assert before.endpoint("acme/dream/v9/pro") is None


def test_two_models_may_use_one_name_for_different_inputs():
    schema = {"title": "ImageToVideoV21ProRequest", "properties": {"a": {"type": "string"}}}
    after = bundled().with_document(a_document(schema))
    assert after.request_type_of("acme/dream/v9/pro").field("a")
    assert after.request_type("ImageToVideoV21ProRequest").field("image_url")


def test_a_refreshed_model_keeps_our_words_and_price_and_gains_what_is_new():
    name = "v2.1_pro_image-to-video.json"
    document = json.loads((Path(__file__).parent / "documents" / name).read_text("utf-8"))
    schema = document["openapi"]["components"]["schemas"]["KlingVideoV21ProImageToVideoInput"]
    schema["properties"]["seed"] = {"type": "integer", "title": "Seed"}
    before = bundled()
    after = before.with_document(document)
    endpoint = after.endpoint(document["endpoint_id"])
    assert (endpoint.title, endpoint.price.first) == ("Kling 2.1 Pro", Decimal("0.49"))
    fields = after.request_type_of(endpoint.endpoint_id)
    assert fields.field("image_url") == before.request_type(fields.name).field("image_url")
    assert fields.field("seed").title == "Seed"
    assert [one.endpoint_id for one in after.endpoints] == [
        one.endpoint_id for one in before.endpoints
    ]


def test_a_refresh_that_brings_nothing_new_changes_nothing():
    before = bundled()
    after = before
    for path in (Path(__file__).parent / "documents").iterdir():
        after = after.with_document(json.loads(path.read_text("utf-8")))
    assert after == before


def test_reading_the_catalogue_loads_nothing_heavy():
    script = (
        "import sys; from kling_desktop.bundled import resources;"
        "from kling_desktop.catalog import catalog, validation, openapi;"
        "catalog.load_catalog(resources() / 'catalogue');"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    root = Path(kling_desktop.__file__).parents[1]
    loaded = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True
    ).stdout.split()
    heavy = {"jsonschema", "asyncio", "psygnal", "httpx", "PIL", "av", "concurrent", "PySide6"}
    assert heavy.isdisjoint(loaded)
