"""Prices are asked for once a day, with a key, in few questions; trouble changes nothing."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from decimal import Decimal

import pytest

from kling_desktop.catalog.live_prices import COUNTS_FOR
from kling_desktop.catalog.pricing import price_of
from kling_desktop.core.live_prices import A_DAY, AFTER_TROUBLE, LivePrices, PriceSources
from kling_desktop.core.models import Models
from kling_desktop.fal.client import Fal
from kling_desktop.fal.errors import KeyRefused, NotConnected
from kling_desktop.fal.hosts import Hosts
from kling_desktop.fal.platform import Price, Unavailable
from kling_desktop.fal.problems import FORBIDDEN, KEY_REFUSED, NOT_CONNECTED, REQUEST_GONE
from kling_desktop.store.database import Database
from kling_desktop.store.told_prices import ToldPriceStore
from tests.helpers.catalog import bundled
from tests.helpers.simulator import KEY, simulator_here
from tests.helpers.virtual_time import Inline, VirtualClock, settled

STANDARD = "fal-ai/kling-video/v2.1/standard/image-to-video"


class Server:
    """Tells prices as fal does: one endpoint without one spoils a list."""

    def __init__(self):
        self.prices = {STANDARD: Decimal("0.06")}
        self.unknown = set()
        self.asked = []
        self.trouble = None
        self.platform = self

    async def connect(self):
        return self

    async def price(self, endpoint_ids):
        self.asked.append(list(endpoint_ids))
        if self.trouble is not None:
            if isinstance(self.trouble, Unavailable):
                return self.trouble
            raise self.trouble
        if self.unknown & {*endpoint_ids}:
            return Unavailable(REQUEST_GONE(), is_about_these=True)
        return tuple(
            Price(endpoint_id=one, unit_price=amount, unit="seconds", currency="USD")
            for one, amount in self.prices.items()
            if one in endpoint_ids
        )


class Bench:
    """The owner of live prices over a real store."""

    def __init__(self, folder, server, clock=None, *, has_key=True):
        self.database = Database(folder / "kling.sqlite3")
        self.database.open()
        self.store = ToldPriceStore(self.database)
        self.models = Models(bundled(), folder / "models")
        self.shown = []
        self.models.subscribe(self.shown.append)
        self.has_key = has_key
        sources = PriceSources(
            origin="fal",
            connect=server.connect,
            has_key=lambda: self.has_key,
            clock=clock or VirtualClock(),
        )
        self.prices = LivePrices(self.models, self.store, sources, Inline(), Inline())

    def standard(self):
        return price_of(self.models.catalog.endpoint(STANDARD), {})


@asynccontextmanager
async def keeping_up(bench):
    task = asyncio.create_task(bench.prices.keep_up())
    await settled()
    try:
        yield bench
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        bench.database.close()


@pytest.fixture
def server():
    return Server()


async def test_they_are_asked_for_after_the_start_and_shown(tmp_path, clock, server):
    async with keeping_up(Bench(tmp_path, server, clock)) as bench:
        assert not server.asked
        await clock.run(lambda: bool(bench.shown))
        assert bench.standard() == Decimal("0.30")
        assert all(len(one) <= 50 for one in server.asked)
        ids = [name for one in server.asked for name in one]
        assert len(ids) == len({*ids}) > 60


async def test_the_next_start_shows_them_and_asks_after_a_day(tmp_path, clock, server):
    async with keeping_up(Bench(tmp_path, server, clock)) as bench:
        await clock.run(lambda: bool(bench.shown))
    count = len(server.asked)
    async with keeping_up(Bench(tmp_path, server, clock)) as bench:
        await settled()
        assert bench.standard() == Decimal("0.30")
        begin = clock.now()
        server.prices[STANDARD] = Decimal("0.07")
        await clock.run(lambda: len(server.asked) > count)
        assert clock.now() - begin == pytest.approx(A_DAY, abs=60)
        await clock.run(lambda: bench.standard() == Decimal("0.35"))


@pytest.mark.parametrize("has_key", [True, False])
async def test_a_price_of_a_month_ago_counts_no_more(tmp_path, clock, server, has_key):
    async with keeping_up(Bench(tmp_path, server, clock)) as bench:
        await clock.run(lambda: bool(bench.shown))
    server.trouble = NotConnected(NOT_CONNECTED(host="x"))
    async with keeping_up(Bench(tmp_path, server, clock, has_key=has_key)) as bench:
        assert bench.standard() == Decimal("0.30")
        await clock.pass_seconds(COUNTS_FOR - A_DAY)
        assert bench.standard() == Decimal("0.30")
        await clock.pass_seconds(3 * A_DAY)
        assert bench.standard() == Decimal("0.28")
    async with keeping_up(Bench(tmp_path, server, clock)) as bench:
        await settled()
        assert bench.standard() == Decimal("0.28")


async def test_a_clock_that_was_ahead_once_does_not_stop_the_asking(tmp_path, clock, server):
    ahead = VirtualClock(clock.now() + 400 * A_DAY)
    async with keeping_up(Bench(tmp_path, server, ahead)) as bench:
        await ahead.run(lambda: bool(bench.shown))
    count, begin = len(server.asked), clock.now()
    async with keeping_up(Bench(tmp_path, server, clock)) as bench:
        await settled()
        assert bench.standard() == Decimal("0.28")
        await clock.run(lambda: len(server.asked) > count)
        assert clock.now() - begin < 30
        await clock.run(lambda: bench.standard() == Decimal("0.30"))
        (kept,) = bench.store.of("fal")
        assert begin <= kept.told_at <= clock.now()


async def test_without_a_key_nobody_is_asked_until_there_is_one(tmp_path, clock, server):
    async with keeping_up(Bench(tmp_path, server, clock, has_key=False)) as bench:
        await clock.pass_seconds(10 * A_DAY)
        assert not server.asked
        bench.has_key = True
        bench.prices.key_changed()
        await clock.run(lambda: bool(bench.shown))
        assert bench.standard() == Decimal("0.30")


@pytest.mark.parametrize(
    "trouble",
    [
        NotConnected(NOT_CONNECTED(host="x")),
        KeyRefused(KEY_REFUSED()),
        Unavailable(FORBIDDEN()),
    ],
)
async def test_trouble_is_silent_and_tried_again_later(tmp_path, clock, server, trouble):
    server.trouble = trouble
    async with keeping_up(Bench(tmp_path, server, clock)) as bench:
        await clock.run(lambda: len(server.asked) == 1)
        assert bench.standard() == Decimal("0.28")
        assert not bench.shown
        begin = clock.now()
        server.trouble = None
        await clock.run(lambda: bool(bench.shown))
        assert clock.now() - begin == pytest.approx(AFTER_TROUBLE, abs=60)


async def test_another_key_is_tried_at_once(tmp_path, clock, server):
    server.trouble = KeyRefused(KEY_REFUSED())
    async with keeping_up(Bench(tmp_path, server, clock)) as bench:
        await clock.run(lambda: len(server.asked) == 1)
        server.trouble, begin = None, clock.now()
        bench.prices.key_changed()
        await clock.run(lambda: bool(bench.shown))
        assert clock.now() - begin < 30


async def test_one_without_a_price_is_found_in_few_questions(tmp_path, clock, server):
    server.unknown = {"fal-ai/kling-video/v1/tts", "fal-ai/kling-video/v2.6/pro/motion-control"}
    async with keeping_up(Bench(tmp_path, server, clock)) as bench:
        await clock.run(lambda: bool(bench.shown))
        assert bench.standard() == Decimal("0.30")
        assert len(server.asked) <= 24


async def test_questions_are_bounded_where_hardly_anything_is_known(tmp_path, clock, server):
    server.unknown = {one.endpoint_id for one in bundled().endpoints} - {STANDARD}
    async with keeping_up(Bench(tmp_path, server, clock)):
        await clock.run(lambda: len(server.asked) == 24)
        await clock.pass_seconds(A_DAY / 2)
        assert len(server.asked) == 24


async def test_a_model_list_that_is_read_anew_keeps_the_prices(tmp_path, clock, server):
    async with keeping_up(Bench(tmp_path, server, clock)) as bench:
        await clock.run(lambda: bool(bench.shown))
        bench.models.show_kept()
        assert bench.standard() == Decimal("0.30")


async def test_the_simulator_tells_what_the_table_says(tmp_path):
    async with simulator_here(tmp_path / "simulator") as simulator:
        client = await Fal.open(Hosts.single(simulator.url), lambda: KEY)

        class Real:
            async def connect(self):
                return client

        bench, shown = Bench(tmp_path, Real(), QuickClock()), asyncio.Event()
        bench.models.subscribe(lambda _catalog: shown.set())
        try:
            async with keeping_up(bench), asyncio.timeout(20):
                await shown.wait()
        finally:
            await client.aclose()
    told = [one for one in bench.models.catalog.endpoints if one.price_told_at is not None]
    assert len(told) > 40
    assert not [one for one in told if one.price_doubt is not None]
    for one in told:
        assert one.price == bundled().endpoint(one.endpoint_id).price


class QuickClock(VirtualClock):
    """Real time, in which short waits take none."""

    async def wait(self, event, seconds):
        if seconds is not None and seconds < 60:
            await asyncio.sleep(0)
            return event.is_set()
        await event.wait()
        return True
