"""Looking models up, keeping them, and looking at what changed first."""

import copy
import dataclasses
from decimal import Decimal

import pytest

from kling_desktop.catalog.catalog import Catalog
from kling_desktop.catalog.problems import ModelUnreadable
from kling_desktop.core.model_search import ModelSearch
from kling_desktop.core.models import Models
from kling_desktop.core.writer import Writer
from kling_desktop.fal.errors import NotConnected, NotFound
from kling_desktop.fal.platform import Price, Unavailable
from kling_desktop.fal.problems import FORBIDDEN, NOT_CONNECTED, REQUEST_GONE
from tests.helpers.catalog import a_document, bundled

MODEL = "acme/dream/v9/pro"
SCHEMA = {
    "properties": {
        "prompt": {"type": "string"},
        **{f"knob_{number}": {"type": "integer"} for number in range(11)},
    }
}


class Published:
    """What a server says of models."""

    def __init__(self):
        self.models = {MODEL: {"openapi": a_document(SCHEMA)}}
        self.prices = ()
        self.trouble = None
        self.documents = self.platform = self

    async def connect(self):
        return self

    async def of(self, endpoint_id):
        if self.trouble:
            raise self.trouble
        if endpoint_id not in self.models:
            raise NotFound(REQUEST_GONE())
        return copy.deepcopy(self.models[endpoint_id])

    async def of_all(self, endpoint_ids):
        if self.trouble:
            raise self.trouble
        return {name: one for name, one in self.models.items() if name in endpoint_ids}

    async def price(self, endpoint_ids):
        return self.prices


@pytest.fixture
def published():
    return Published()


@pytest.fixture
def threads():
    threads = Writer("test")
    yield threads
    threads.close()


@pytest.fixture
def open_search(tmp_path, published, threads):
    def start(catalog=None, *, has_key=False):
        models = Models(catalog or bundled(), tmp_path / "models")
        return models, ModelSearch(models, published.connect, threads, lambda: has_key)

    return start


async def test_found_added_told_and_kept(open_search):
    models, search = open_search()
    told = []
    models.subscribe(told.append)
    before = models.catalog
    found = await search.find(f"https://fal.ai/models/{MODEL}")
    assert (found.endpoint.endpoint_id, found.is_bundled, found.is_added) == (MODEL, False, False)
    assert models.catalog is before
    await search.add(found)
    assert told == [models.catalog]
    assert before.endpoint(MODEL) is None
    again, _ = open_search()
    assert [one.endpoint_id for one in again.added] == [MODEL]
    assert again.catalog.request_type_of(MODEL).fields == found.request_type.fields
    assert (await search.find(MODEL)).is_added


async def test_removed_and_added_once_more(open_search):
    models, search = open_search()
    await search.add(await search.find(MODEL))
    await search.remove(MODEL)
    assert models.added == ()
    assert open_search()[0].catalog.request_type_of(MODEL) is not None
    await search.add(await search.find(MODEL))
    assert [one.endpoint_id for one in models.added] == [MODEL]


async def test_the_price_of_whoever_has_a_key(open_search, published):
    published.prices = (
        Price(endpoint_id=MODEL, unit_price=Decimal("0.4"), unit="videos", currency="USD"),
    )
    assert (await open_search()[1].find(MODEL)).endpoint.price is None
    models, search = open_search(has_key=True)
    await search.add(await search.find(MODEL))
    assert models.catalog.endpoint(MODEL).price.rate.first == Decimal("0.4")
    published.prices = Unavailable(FORBIDDEN())
    assert (await search.find(MODEL)).endpoint.price is None


@pytest.mark.parametrize(
    ("text", "code"), [("acme/other", "no_such_model"), ("nothing", "no_model_address")]
)
async def test_what_is_not_found(open_search, text, code):
    with pytest.raises(ModelUnreadable) as raised:
        await open_search()[1].find(text)
    assert raised.value.problem.code == code


async def test_no_network_is_no_missing_model(open_search, published):
    published.trouble = NotConnected(NOT_CONNECTED(host="fal.ai"))
    with pytest.raises(NotConnected):
        await open_search()[1].find(MODEL)


async def test_a_disk_that_refuses_changes_nothing(open_search, tmp_path):
    models, search = open_search()
    found = await search.find(MODEL)
    (tmp_path / "models").write_text("in the way")
    with pytest.raises(FileExistsError):
        await search.add(found)
    assert models.catalog.endpoint(MODEL) is None


@pytest.fixture
async def small(open_search):
    """A catalogue that has nothing but the added model."""
    models, search = open_search(Catalog(()))
    await search.add(await search.find(MODEL))
    return models, search


async def test_nothing_changed(small):
    found = await small[1].look_for_changes()
    assert (found.checked, found.changes, found.missing) == (1, (), ())


async def test_a_change_is_shown_and_then_taken(small, published, open_search):
    models, search = small
    changed = a_document({"properties": {**SCHEMA["properties"], "glow": {"type": "boolean"}}})
    published.models[MODEL] = {"openapi": changed}
    found = await search.look_for_changes()
    assert [(one.kind, one.name) for one in found.changes[0].fields] == [("added", "glow")]
    assert models.catalog.request_type_of(MODEL).field("glow") is None
    await search.take(found)
    assert models.catalog.request_type_of(MODEL).field("glow") is not None
    assert (await search.look_for_changes()).changes == ()
    assert open_search(Catalog(()))[0].added[0].endpoint_id == MODEL


async def test_an_answer_that_is_much_smaller_is_refused(small, published):
    few = {"properties": {"prompt": {"type": "string"}}}
    published.models[MODEL] = {"openapi": a_document(few)}
    with pytest.raises(ModelUnreadable) as raised:
        await small[1].look_for_changes()
    assert raised.value.problem.code == "catalogue_shrunk"


async def test_models_that_are_missing_are_refused_too(open_search):
    with pytest.raises(ModelUnreadable) as raised:
        await open_search()[1].look_for_changes()
    assert raised.value.problem.code == "catalogue_shrunk"


async def test_one_missing_model_is_only_named(small, published, open_search):
    models, search = small
    row = dataclasses.replace(models.added[0], endpoint_id="acme/gone", title="Gone", added=False)
    models, search = open_search(
        Catalog(
            (row,),
            {row.request_type: bundled().request_type_of(bundled().endpoints[0].endpoint_id)},
        )
    )
    found = await search.look_for_changes()
    assert found.missing == ("Gone",)


async def test_a_price_that_is_told_by_now_is_a_change_too(open_search, published):
    await (start := open_search(Catalog(())))[1].add(await start[1].find(MODEL))
    models, search = open_search(Catalog(()), has_key=True)
    assert (await search.look_for_changes()).changes == ()
    published.prices = (
        Price(endpoint_id=MODEL, unit_price=Decimal("0.4"), unit="videos", currency="USD"),
    )
    found = await search.look_for_changes()
    assert [(one.aspect, one.after) for one in found.changes[0].fields] == [("first", "0.4")]
    await search.take(found)
    assert models.added[0].price.rate.first == Decimal("0.4")
    assert (await search.look_for_changes()).changes == ()
