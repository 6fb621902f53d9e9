"""The keyring in every state that a Linux desktop can have it in, with a real Secret Service."""

from __future__ import annotations

import asyncio
import gc
import time
import warnings

import pytest

from kling_desktop.core.credentials import Credentials, KeySource
from kling_desktop.core.keyrings import ACCOUNT, SERVICE, Keyring, KeyringState
from kling_desktop.core.settings import SettingsStore
from tests.helpers.keyring import PASSWORD, private_bus

pytestmark = [
    pytest.mark.secret_service,
    # keyring leaves its connection to the garbage collector where a collection is locked.
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
]

KEY = "0a1b2c3d-kid:S3cretPart"
SECRET_SERVICE = "keyring.backends.SecretService.Keyring"


@pytest.fixture(autouse=True)
def collected():
    """Collects those connections here, and not in the middle of another test."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@pytest.fixture
def on_bus(monkeypatch):
    """Makes a bus the one that this process asks."""

    def use(bus):
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
        return bus

    return use


async def longest_gap(work):
    """The longest time that the loop did not come round while `work` ran, and what it gave."""
    task, worst, last = asyncio.ensure_future(work), 0.0, time.perf_counter()
    while not task.done():
        await asyncio.sleep(0.002)
        now = time.perf_counter()
        worst, last = max(worst, now - last), now
    return worst, await task


async def test_the_session_of_the_test_command_keeps_a_key():
    keyring = Keyring()
    assert await keyring.set(KEY) is KeyringState.READY
    assert keyring.name == SECRET_SERVICE
    assert (await Keyring(SECRET_SERVICE).get()).key == KEY
    assert await keyring.delete() is KeyringState.READY
    assert (await keyring.get()).key is None
    assert await keyring.delete() is KeyringState.READY


async def test_unlocked_it_stores_replaces_and_forgets(on_bus):
    with private_bus() as bus:
        on_bus(bus)
        keyring = Keyring()
        assert await keyring.set(KEY) is KeyringState.READY
        assert await keyring.set("other:key") is KeyringState.READY
        assert (await keyring.get()).key == "other:key"
        assert await keyring.delete() is KeyringState.READY
        answer = await keyring.get()
        assert (answer.state, answer.key) == (KeyringState.READY, None)


async def test_locked_without_a_display_it_says_so_at_once(on_bus):
    with private_bus() as bus:
        on_bus(bus)
        keyring = Keyring()
        await keyring.set(KEY)
        bus.lock()
        began = time.monotonic()
        assert (await keyring.get()).state is KeyringState.LOCKED
        assert await keyring.set("other:key") is KeyringState.LOCKED
        assert await keyring.delete() is KeyringState.LOCKED
        assert time.monotonic() - began < 10


async def test_a_prompt_that_nobody_answers_never_holds_up_the_loop(on_bus, tmp_path):
    with private_bus(screen=True) as bus:
        on_bus(bus)
        settings = SettingsStore(tmp_path / "settings.json")
        first = Credentials(lambda kept_in: Keyring(kept_in), settings, {})
        await first.store(KEY)
        bus.lock()
        later = Credentials(lambda kept_in: Keyring(kept_in, patience=1.0), settings, {})
        gap, _ = await longest_gap(later.load())
        assert gap < 0.5
        assert (later.key(), later.state.keyring) == (None, KeyringState.SILENT)
        # The prompt is still open, and answering it late counts all the same.
        await asyncio.to_thread(bus.wait_for_window, "Unlock")
        heard = asyncio.Event()
        later.changed.connect(lambda _state: heard.set())
        await asyncio.to_thread(bus.type_keys, "type", PASSWORD)
        await asyncio.to_thread(bus.type_keys, "key", "Return")
        await asyncio.wait_for(heard.wait(), 20)
        assert (later.key(), later.state.keyring) == (KEY, KeyringState.READY)


async def test_a_prompt_that_is_dismissed_leaves_it_locked(on_bus):
    with private_bus(screen=True) as bus:
        on_bus(bus)
        keyring = Keyring(patience=30)
        await keyring.set(KEY)
        bus.lock()
        asked = asyncio.ensure_future(keyring.get())
        await asyncio.to_thread(bus.wait_for_window, "Unlock")
        await asyncio.to_thread(bus.type_keys, "key", "Escape")
        assert (await asked).state is KeyringState.LOCKED


async def test_a_prompt_that_is_answered_gives_the_key(on_bus):
    with private_bus(screen=True) as bus:
        on_bus(bus)
        keyring = Keyring(patience=30)
        await keyring.set(KEY)
        bus.lock()
        asked = asyncio.ensure_future(keyring.get())
        await asyncio.to_thread(bus.wait_for_window, "Unlock")
        await asyncio.to_thread(bus.type_keys, "type", PASSWORD)
        await asyncio.to_thread(bus.type_keys, "key", "Return")
        assert (await asked).key == KEY


async def test_killed_in_mid_run_the_key_in_use_goes_on(on_bus, tmp_path):
    with private_bus() as bus:
        on_bus(bus)
        credentials = Credentials(Keyring, SettingsStore(tmp_path / "settings.json"), {})
        assert await credentials.store(KEY) is KeyringState.READY
        bus.kill_keyring()
        assert (await Keyring().get()).state is KeyringState.LOCKED
        assert (credentials.key(), credentials.state.source) == (KEY, KeySource.KEYRING)


async def test_without_a_collection_there_is_no_keyring(on_bus, tmp_path):
    with private_bus(unlocked=False) as bus:
        on_bus(bus)
        assert (await Keyring().get()).state is KeyringState.MISSING
        credentials = Credentials(Keyring, SettingsStore(tmp_path / "settings.json"), {})
        assert await credentials.store(KEY) is KeyringState.MISSING
        assert (credentials.key(), credentials.state.source) == (KEY, KeySource.SESSION)


async def test_a_bus_without_services_has_no_keyring(on_bus):
    with private_bus(services=False, unlocked=False) as bus:
        on_bus(bus)
        assert (await Keyring().get()).state is KeyringState.MISSING
        assert await Keyring().set(KEY) is KeyringState.MISSING


async def test_a_null_back_end_named_by_the_environment_is_not_asked(on_bus, monkeypatch):
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    with private_bus() as bus:
        on_bus(bus)
        assert await Keyring().set(KEY) is KeyringState.READY
        assert (await Keyring().get()).key == KEY


async def test_it_lies_there_as_the_service_and_nothing_else(on_bus):
    """Another program of the person finds it under our name, with the key as its only content."""
    from keyring.backends.SecretService import Keyring as Direct

    with private_bus() as bus:
        on_bus(bus)
        await Keyring().set(KEY)
        assert Direct().get_password(SERVICE, ACCOUNT) == KEY
