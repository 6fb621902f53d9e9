"""Refused values and told prices: what went in comes out, bounded, after the file was reopened."""

import dataclasses
from decimal import Decimal

import pytest

from kling_desktop.records.refused_value import RefusedValue
from kling_desktop.records.told_price import ToldPrice
from kling_desktop.store.database import Database
from kling_desktop.store.migrations import MIGRATIONS
from kling_desktop.store.refused_values import RefusedValueStore
from kling_desktop.store.told_prices import ToldPriceStore

ONE = RefusedValue(
    origin="https://queue.fal.run",
    endpoint_id="a/b",
    loc=("shots", 1, "duration"),
    digest="d" * 64,
    message="Too short",
    refused_at=5.0,
)
PRICE = ToldPrice(
    endpoint_id="a/b", amount=Decimal("0.056"), unit="seconds", currency="USD", told_at=7.0
)


@pytest.fixture
def database(tmp_path):
    opened = Database(tmp_path / "kling.sqlite3")
    opened.open()
    yield opened
    opened.close()


def later(number, **changes):
    return dataclasses.replace(ONE, digest=f"{number:064}", refused_at=10.0 + number, **changes)


def test_a_refused_value_survives_the_file(database):
    RefusedValueStore(database).save([ONE], keep=20)
    database.close()
    assert RefusedValueStore(database).all() == [ONE]


def test_the_newest_refusal_of_a_value_counts(database):
    store = RefusedValueStore(database)
    store.save([ONE], keep=20)
    again = dataclasses.replace(ONE, message="Too short again", refused_at=9.0)
    store.save([again], keep=20)
    assert store.all() == [again]
    elsewhere = dataclasses.replace(ONE, origin="rehearsal")
    store.save([elsewhere], keep=20)
    assert {one.origin for one in store.all()} == {ONE.origin, "rehearsal"}


def test_only_the_newest_are_kept(database):
    store = RefusedValueStore(database)
    store.save([later(number) for number in range(30)], keep=20)
    assert [one.refused_at for one in store.all()] == [float(39 - one) for one in range(20)]


def test_what_is_forgotten_is_gone(database):
    store = RefusedValueStore(database)
    store.save([ONE, later(1)], keep=20)
    store.forget([ONE, later(2)])
    assert store.all() == [later(1)]


def test_prices_survive_the_file_by_server(database):
    store = ToldPriceStore(database)
    assert store.asked_at("fal") is None
    store.save("fal", [PRICE], 7.0)
    database.close()
    assert (store.of("fal"), store.asked_at("fal")) == ([PRICE], 7.0)
    assert (store.of("other"), store.asked_at("other")) == ([], None)


def test_a_price_that_is_not_told_again_stays(database):
    store = ToldPriceStore(database)
    store.save("fal", [PRICE], 7.0)
    other = dataclasses.replace(PRICE, endpoint_id="c/d", told_at=8.0)
    store.save("fal", [other], 8.0)
    assert {one.endpoint_id: one.told_at for one in store.of("fal")} == {"a/b": 7.0, "c/d": 8.0}


def test_a_database_of_the_first_version_gets_the_tables(tmp_path):
    old = Database(tmp_path / "kling.sqlite3")
    old.path.parent.mkdir(parents=True, exist_ok=True)
    old.connection.executescript(f"BEGIN;{MIGRATIONS[0]};PRAGMA user_version = 1;COMMIT;")
    old.close()
    old.open()
    RefusedValueStore(old).save([ONE], keep=20)
    assert (tmp_path / "kling-before-2.sqlite3").exists()
    old.close()
