"""A client and an awkward server, wired to each other."""

from __future__ import annotations

import asyncio
import subprocess

import pytest

from kling_desktop.fal.client import Fal
from kling_desktop.fal.connections import NetworkOptions
from kling_desktop.fal.hosts import Hosts
from kling_desktop.fal.timing import Timing
from tests.helpers.awkward_server import AwkwardServer

KEY = "0a1b2c3d-1111-2222-3333-444455556666:CANARYCANARYCANARYCANARYCANARY12"


@pytest.fixture
async def server():
    async with AwkwardServer().running() as running:
        yield running


@pytest.fixture
def waits():
    """The delays that the client wanted, none of them waited for."""
    return []


@pytest.fixture
def timing(waits):
    async def sleep(seconds):
        waits.append(seconds)
        await asyncio.sleep(0)

    return Timing(sleep=sleep, chance=lambda: 0.5)


@pytest.fixture
async def open_fal(timing):
    """Opens clients that are closed at the end; the address is where everything is."""
    opened = []

    async def open_one(address, key=KEY, **options):
        hosts = address if isinstance(address, Hosts) else Hosts.single(address)
        fal = await Fal.open(hosts, lambda: key, options=NetworkOptions(**options), timing=timing)
        opened.append(fal)
        return fal

    yield open_one
    for fal in opened:
        await fal.aclose()


@pytest.fixture
async def fal(server, open_fal):
    return await open_fal(server.url)


@pytest.fixture(scope="session")
def self_signed(tmp_path_factory):
    """A certificate and its key that nobody trusts."""
    folder = tmp_path_factory.mktemp("tls")
    certificate, private = folder / "certificate.pem", folder / "private.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1",
         "-subj", "/CN=127.0.0.1", "-out", certificate, "-keyout", private],
        check=True,
        capture_output=True,
    )  # fmt: skip
    return certificate, private
