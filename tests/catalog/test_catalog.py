import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

import kling_desktop
from kling_desktop.bundled import resources
from kling_desktop.catalog.catalog import Catalog, load_catalog
from kling_desktop.catalog.endpoint import INTENTIONS, EndpointStatus
from kling_desktop.catalog.pricing import price_of
from kling_desktop.catalog.problems import CatalogueBroken
from kling_desktop.records.media import MediaKind
from tests.helpers.catalog import a_document, bundled

FAMILY = "fal-ai/kling-video/v2.1"


@pytest.mark.parametrize("intention", INTENTIONS)
def test_the_first_model_offered_is_the_cheapest_current_one(intention):
    offered = bundled().of_intention(intention)
    ages = [list(EndpointStatus).index(one.status) for one in offered]
    assert ages == sorted(ages)
    prices = [price_of(one, {}) for one in offered if one.status is EndpointStatus.CURRENT]
    known = [price for price in prices if price is not None]
    assert known == sorted(known)
    assert prices[: len(known)] == known


def test_from_picture_begins_with_a_cheap_one():
    first, second, *_ = bundled().of_intention("from_picture")
    assert (first.title, price_of(first, {})) == ("Kling 2.5 Turbo Standard", Decimal("0.21"))
    assert second.title == "Kling 2.1 Standard"


def test_old_models_and_unknown_prices_come_last():
    cheap, _, dear, best = bundled().of_intention("from_picture")[:4]
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
    assert catalog.intentions() == INTENTIONS
    assert Catalog(catalog.endpoints[:1]).of_intention("lip_sync") == ()
    pro = catalog.endpoint(f"{FAMILY}/pro/image-to-video")
    assert pro.intentions == ("from_picture", "start_end")
    assert pro in catalog.of_intention("start_end")


def test_an_intention_of_ones_own_comes_after_the_usual_ones():
    one, two, *_ = bundled().endpoints
    invented = replace(one, intention="from_a_dream", also=())
    assert Catalog((invented, two)).intentions() == (*two.intentions, "from_a_dream")


def test_what_stands_under_more_says_what_it_is_for():
    for endpoint in bundled().of_intention("more"):
        assert endpoint.purpose
        assert endpoint.summary


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
    made = Counter(one.makes for one in catalog.endpoints)
    assert made == {
        MediaKind.VIDEO: 77, MediaKind.IMAGE: 6, MediaKind.AUDIO: 2, MediaKind.FILE: 1
    }  # fmt: skip


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
    catalog = bundled()
    for endpoint in catalog.endpoints:
        strength = catalog.request_type_of(endpoint.endpoint_id).field("cfg_scale")
        if strength is not None:
            assert not strength.first_rank
            assert bool(strength.note) == endpoint.family.startswith("Kling 2")


def test_every_form_begins_with_what_counts():
    for request_type in bundled().request_types.values():
        ranks = [one.first_rank for one in request_type.fields if not one.hidden]
        assert ranks == sorted(ranks, reverse=True)
        assert ranks[0]
        files = [bool(one.media) for one in request_type.fields if one.first_rank and one.required]
        assert files == sorted(files, reverse=True)


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
        for field in shown(request_type.fields):
            assert field.help, f"{request_type.name}: {field.name}"
            assert "url" not in field.title.lower()


def shown(fields):
    """All fields with a title of their own: entries of a list have that of the list."""
    for field in fields:
        yield field
        yield from shown((field.items or field).properties)


def test_no_type_is_read_before_it_is_asked_for(tmp_path):
    shutil.copytree(resources() / "catalogue", tmp_path / "catalogue")
    catalog = load_catalog(tmp_path / "catalogue")
    for path in (tmp_path / "catalogue" / "request_types").iterdir():
        path.write_text("[")
    assert "TTSInput" in catalog.request_types
    assert len(catalog.request_types) == 67
    with pytest.raises(CatalogueBroken):
        catalog.request_type("TTSInput")


def test_a_file_that_is_missing_is_told_at_once(tmp_path):
    shutil.copytree(resources() / "catalogue", tmp_path / "catalogue")
    (tmp_path / "catalogue" / "request_types" / "TTSInput.json").unlink()
    with pytest.raises(CatalogueBroken) as raised:
        load_catalog(tmp_path / "catalogue")
    assert "TTSInput" in raised.value.problem.details


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
    first = next(one for one in row["endpoints"] if one["price"])
    first |= {"usual_seconds": [120, 240], "price": None}
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
    name = "kling-video_v2.1_pro_image-to-video.json"
    document = json.loads((Path(__file__).parent / "documents" / name).read_text("utf-8"))
    schema = document["openapi"]["components"]["schemas"]["KlingVideoV21ProImageToVideoInput"]
    schema["properties"]["seed"] = {"type": "integer", "title": "Seed"}
    before = bundled()
    after = before.with_document(document)
    endpoint = after.endpoint(document["endpoint_id"])
    assert (endpoint.title, endpoint.price.rate.first) == ("Kling 2.1 Pro", Decimal("0.49"))
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


def test_a_refresh_keeps_what_is_known_to_be_old():
    name = "kling-video_v1.5_pro_image-to-video.json"
    document = json.loads((Path(__file__).parent / "documents" / name).read_text("utf-8"))
    after = bundled().with_document(document).endpoint(document["endpoint_id"])
    assert after.status is EndpointStatus.DEPRECATED
    document["metadata"]["status"] = "withdrawn"
    gone = bundled().with_document(document).endpoint(document["endpoint_id"])
    assert gone.status is EndpointStatus.WITHDRAWN


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
