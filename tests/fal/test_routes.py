"""Proxies of the environment, for the internet only."""

from __future__ import annotations

import asyncio
import base64

import httpx
import pytest

from kling_desktop.fal import outcomes
from kling_desktop.fal.hosts import Hosts
from kling_desktop.fal.routes import Route
from tests.fal.conftest import KEY
from tests.helpers import awkward_server as awkward


class Proxy:
    """Takes CONNECT requests, notes them, and answers with one status."""

    def __init__(self, status):
        self.status = status
        self.heads = []

    async def __call__(self, reader, writer):
        self.heads.append((await reader.readuntil(b"\r\n\r\n")).decode())
        writer.write(f"HTTP/1.1 {self.status} Whatever\r\nContent-Length: 0\r\n\r\n".encode())
        await writer.drain()
        writer.close()


@pytest.fixture
async def proxy():
    proxy = Proxy(407)
    async with await asyncio.start_server(proxy, "127.0.0.1", 0) as listening:
        proxy.address = f"http://user:word@127.0.0.1:{listening.sockets[0].getsockname()[1]}"
        yield proxy


async def test_a_proxy_is_used_for_the_internet_and_never_sees_the_key(
    proxy, open_fal, monkeypatch
):
    monkeypatch.setenv("HTTPS_PROXY", proxy.address)
    fal = await open_fal(Hosts.official())
    outcome = await fal.queue.submit("acme/movies", {"prompt": "x"})
    assert type(outcome) is outcomes.NotSent
    assert outcome.problem.code == "fal_proxy_trouble"
    [head] = proxy.heads
    assert head.startswith("CONNECT queue.fal.run:443 ")
    assert base64.b64encode(b"user:word").decode() in head
    assert KEY not in head
    assert "user:word" not in str(outcome)


async def test_no_proxy_for_this_computer(proxy, server, open_fal, monkeypatch):
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, proxy.address)
    server.on("POST", "/acme/movies", awkward.says(200, {"request_id": "r1"}))
    fal = await open_fal(server.url)
    assert type(await fal.queue.submit("acme/movies", {})) is outcomes.Accepted
    assert proxy.heads == []


async def test_a_proxy_may_be_passed_over(proxy, open_fal, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", proxy.address)
    monkeypatch.setenv("NO_PROXY", "gateway.invalid")
    fal = await open_fal("https://gateway.invalid")
    assert type(await fal.queue.submit("acme/movies", {})) is outcomes.NotSent
    assert proxy.heads == []


@pytest.mark.parametrize("address", ["socks4://127.0.0.1:1", "nonsense://127.0.0.1:1"])
async def test_an_unknown_kind_of_proxy_is_said(open_fal, monkeypatch, address):
    monkeypatch.setenv("HTTPS_PROXY", address)
    fal = await open_fal(Hosts.official())
    outcome = await fal.queue.submit("acme/movies", {})
    assert outcome.problem.code == "fal_proxy_trouble"


async def test_the_environment_can_be_left_out(proxy, open_fal, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", proxy.address)
    fal = await open_fal("https://no-such-host.invalid", trust_env=False)
    await fal.queue.submit("acme/movies", {})
    assert proxy.heads == []


async def test_one_transport_for_each_proxy():
    made = []

    def make(proxy):
        made.append(proxy)
        return httpx.MockTransport(lambda _: httpx.Response(200))

    route = Route(make, {"all": "127.0.0.1:8080"})
    for url in ("https://a.example/", "http://b.example/", "http://localhost/"):
        await route.handle_async_request(httpx.Request("GET", url))
    assert [proxy and str(proxy.url) for proxy in made] == [None, "http://127.0.0.1:8080"]
    await route.aclose()
