"""Credentials: which key wins, what a person sees of it, and where it must never be."""

from __future__ import annotations

import asyncio
import logging
import os
import subprocess
import sys
import traceback

import pytest

from kling_desktop.core.credentials import (
    Credentials,
    KeySource,
    KeyState,
    cleaned,
    environment_of_process,
    hide_from_children,
)
from kling_desktop.core.keyrings import Keyring, KeyringState
from kling_desktop.core.log import log_to
from kling_desktop.core.settings import SettingsStore
from kling_desktop.fal.redaction import redacted
from kling_desktop.records.problem import ProblemError
from tests.helpers.back_ends import PLACE, planted
from tests.helpers.core import until

KEY = "0a1b2c3d-kid:S3cretPart"
OTHER = "99887766-two:0therSecret"
CANARY = "kid-CANARY:SECRETCANARY0123456789abcdef"


@pytest.fixture
def store(monkeypatch):
    return planted(monkeypatch)


@pytest.fixture
def settings(tmp_path):
    return SettingsStore(tmp_path / "settings.json")


@pytest.fixture
def opened():
    """What each Keyring was told about where the key is."""
    return []


@pytest.fixture
def with_keyring(settings, opened):
    """Credentials over the planted back end; a new one is a new start of the program."""

    def make(environment=None, *, patience=5.0, **more):
        def open_keyring(kept_in):
            opened.append(kept_in)
            return Keyring(kept_in, allowed=(PLACE,), patience=patience)

        return Credentials(open_keyring, settings, environment, **more)

    return make


async def test_without_any_key_there_is_none(store, with_keyring):
    credentials = with_keyring({})
    await credentials.load()
    assert (credentials.key(), credentials.secrets()) == (None, ())
    assert credentials.state == KeyState(KeySource.NONE)
    assert store.calls == []


async def test_a_stored_key_is_there_at_the_next_start(store, with_keyring, settings, opened):
    assert await with_keyring({}).store(KEY) is KeyringState.READY
    assert (settings.current.has_stored_key, settings.current.keyring_name) == (True, PLACE)
    again = with_keyring({})
    assert again.key() is None
    await again.load()
    assert again.key() == KEY
    assert again.state == KeyState(KeySource.KEYRING, "…-kid", KeyringState.READY, PLACE)
    assert opened == ["", PLACE]


async def test_the_order_is_session_environment_keyring(store, with_keyring):
    await with_keyring({}).store(KEY)
    credentials = with_keyring({"FAL_KEY": OTHER})
    await credentials.load()
    assert (credentials.key(), credentials.state.source) == (OTHER, KeySource.ENVIRONMENT)
    credentials.use_for_session("third:key")
    assert (credentials.key(), credentials.state.source) == ("third:key", KeySource.SESSION)
    assert set(credentials.secrets()) == {KEY, OTHER, "third:key"}


async def test_two_keys_that_differ_are_told(store, with_keyring):
    await with_keyring({}).store(KEY)
    credentials = with_keyring({"FAL_KEY": OTHER})
    assert not credentials.state.differs
    await credentials.load()
    assert credentials.state.differs


async def test_what_was_just_typed_wins_over_the_environment_though_stored(store, with_keyring):
    credentials = with_keyring({"FAL_KEY": OTHER})
    await credentials.store(KEY)
    assert (credentials.key(), credentials.state.source) == (KEY, KeySource.SESSION)
    same = with_keyring({"FAL_KEY": KEY})
    await same.store(KEY)
    assert same.state.source is KeySource.ENVIRONMENT


def test_the_environment_is_read_once_and_cleaned(with_keyring):
    environment = {"FAL_KEY": f"  {KEY}\n", "FAL_KEY_ID": "a", "FAL_KEY_SECRET": "b", "PATH": "/"}
    assert with_keyring(environment).key() == KEY
    assert environment == {"PATH": "/"}


def test_id_and_secret_serve_where_there_is_no_whole_key(with_keyring):
    assert with_keyring({"FAL_KEY_ID": "kid", "FAL_KEY_SECRET": "part"}).key() == "kid:part"
    assert with_keyring({"FAL_KEY": "nonsense", "FAL_KEY_ID": "a", "FAL_KEY_SECRET": "b"}).key()
    assert with_keyring({"FAL_KEY_ID": "kid"}).key() is None


async def test_a_demo_reads_nothing(store, with_keyring):
    await with_keyring({}).store(KEY)
    store.calls.clear()
    demo = with_keyring(None, reads_keyring=False)
    await demo.load()
    assert (demo.key(), store.calls) == (None, [])


@pytest.mark.parametrize("state", [KeyringState.MISSING, KeyringState.REFUSED])
async def test_a_key_that_cannot_be_stored_serves_for_this_session(
    store, with_keyring, settings, state
):
    store.keeps = False
    store.priority = 0 if state is KeyringState.MISSING else 5
    credentials = with_keyring({})
    assert await credentials.store(KEY) is state
    assert (credentials.key(), credentials.state.source) == (KEY, KeySource.SESSION)
    assert credentials.state.keyring is state
    assert not settings.current.has_stored_key


async def test_a_key_works_while_the_prompt_is_still_open(store, with_keyring, settings):
    store.is_open.clear()
    credentials = with_keyring({})
    storing = asyncio.ensure_future(credentials.store(KEY))
    await asyncio.sleep(0.02)
    assert (credentials.key(), credentials.state.keyring) == (KEY, KeyringState.ASKING)
    assert not settings.current.has_stored_key
    store.is_open.set()
    assert await storing is KeyringState.READY
    assert credentials.state.source is KeySource.KEYRING


async def test_a_prompt_answered_late_still_stores(store, with_keyring, settings):
    store.is_open.clear()
    credentials = with_keyring({}, patience=0.02)
    assert await credentials.store(KEY) is KeyringState.SILENT
    assert credentials.state.source is KeySource.SESSION
    await late(credentials, store)
    assert (credentials.state.source, settings.current.has_stored_key) == (KeySource.KEYRING, True)


async def test_a_prompt_answered_late_still_loads(store, with_keyring):
    await with_keyring({}).store(KEY)
    store.is_open.clear()
    credentials = with_keyring({}, patience=0.02)
    await credentials.load()
    assert (credentials.key(), credentials.state.keyring) == (None, KeyringState.SILENT)
    await late(credentials, store)
    assert credentials.key() == KEY


async def test_a_late_answer_does_not_undo_a_later_wish(store, with_keyring, settings):
    store.is_open.clear()
    credentials = with_keyring({}, patience=0.02)
    await credentials.store(KEY)
    credentials.use_for_session(OTHER)
    store.is_open.set()
    await until(lambda: settings.current.has_stored_key)
    # The keyring does hold a key now, which a later "forget" takes out.
    assert (credentials.key(), credentials.state.source) == (OTHER, KeySource.SESSION)


async def test_this_session_only_ends_the_waiting(store, with_keyring):
    store.is_open.clear()
    credentials = with_keyring({})
    storing = asyncio.ensure_future(credentials.store(KEY))
    await asyncio.sleep(0.02)
    credentials.use_for_session(KEY)
    assert credentials.state.keyring is KeyringState.NOT_ASKED
    store.is_open.set()
    await storing
    assert credentials.state.source is KeySource.SESSION


async def test_a_load_that_comes_late_gives_way_to_what_was_typed(store, with_keyring):
    await with_keyring({}).store(KEY)
    store.is_open.clear()
    credentials = with_keyring({})
    loading = asyncio.ensure_future(credentials.load())
    await asyncio.sleep(0.02)
    credentials.use_for_session(OTHER)
    store.is_open.set()
    await loading
    assert credentials.secrets() == (OTHER,)


async def test_forgetting_takes_it_out_everywhere(store, with_keyring, settings):
    credentials = with_keyring({})
    await credentials.store(KEY)
    await credentials.forget()
    assert (credentials.key(), store.held) == (None, None)
    assert (settings.current.has_stored_key, settings.current.keyring_name) == (False, "")


async def test_forgetting_a_session_key_asks_no_keyring(store, with_keyring):
    credentials = with_keyring({})
    credentials.use_for_session(KEY)
    await credentials.forget()
    assert (credentials.key(), store.calls) == (None, [])


async def test_what_is_forgotten_while_the_keyring_is_away_is_taken_out_later(
    store, with_keyring, settings
):
    credentials = with_keyring({})
    await credentials.store(KEY)
    store.priority = 0
    away = with_keyring({})
    await away.forget()
    assert (away.key(), away.state.keyring) == (None, KeyringState.MISSING)
    assert (settings.current.has_stored_key, settings.current.keyring_name) == (False, PLACE)
    assert store.held == KEY
    store.priority = 5
    later = with_keyring({})
    await later.load()
    assert (later.key(), store.held, settings.current.keyring_name) == (None, None, "")


async def test_forgetting_overtakes_a_prompt(store, with_keyring, settings):
    store.is_open.clear()
    credentials = with_keyring({}, patience=0.02)
    await credentials.store(KEY)
    await credentials.forget()
    assert credentials.key() is None
    store.is_open.set()
    await until(lambda: "delete" in store.calls and not settings.current.keyring_name)
    assert (store.held, settings.current.has_stored_key) == (None, False)


async def test_a_key_that_somebody_took_out_of_the_keyring_is_gone(store, with_keyring, settings):
    await with_keyring({}).store(KEY)
    store.held = None
    credentials = with_keyring({})
    await credentials.load()
    assert (credentials.key(), settings.current.has_stored_key) == (None, False)


async def test_a_locked_keyring_is_told_and_asked_again(store, with_keyring):
    from keyring.errors import KeyringLocked

    await with_keyring({}).store(KEY)
    store.raises = KeyringLocked("locked")
    credentials = with_keyring({})
    await credentials.load()
    assert credentials.state == KeyState(KeySource.NONE, "", KeyringState.LOCKED, PLACE)
    store.raises = None
    await credentials.load()
    assert credentials.key() == KEY


async def test_everyone_hears_of_every_change(store, with_keyring):
    credentials = with_keyring({})
    heard = []
    credentials.changed.connect(heard.append)
    await credentials.store(KEY)
    credentials.use_for_session(OTHER)
    await credentials.forget()
    assert [(one.source.value, one.keyring.value) for one in heard] == [
        ("session", "asking"), ("keyring", "ready"), ("session", "ready"),
        ("none", "asking"), ("none", "ready"),
    ]  # fmt: skip


def test_children_do_not_inherit_the_key(monkeypatch, with_keyring):
    for name in ("FAL_KEY", "FAL_KEY_ID", "FAL_KEY_SECRET"):
        monkeypatch.setenv(name, CANARY)
    assert with_keyring(environment_of_process()).key() == CANARY
    command = [sys.executable, "-c", "import os; print(dict(os.environ))"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert "CANARY" not in said
    assert not [name for name in os.environ if name.startswith("FAL_KEY")]


def test_a_demo_can_hide_the_key_without_reading_it():
    environment = {"FAL_KEY": KEY, "HOME": "/"}
    hide_from_children(environment)
    assert environment == {"HOME": "/"}


async def test_the_canary_is_nowhere_but_in_the_keyring(store, with_keyring, tmp_path, capfd):
    credentials = with_keyring({"FAL_KEY": "kid-CANARY:ENVSECRETCANARY9876543210"})
    heard = []
    credentials.changed.connect(heard.append)
    handler = log_to(tmp_path / "logs", lambda text: redacted(text, credentials.secrets()))
    try:
        await credentials.store(CANARY)
        await with_keyring({}).load()
        log = logging.getLogger("kling_desktop.test")
        log.info("using %s and Key %s", credentials.key(), CANARY)
        try:
            raise ValueError(f"broke with {CANARY}")
        except ValueError:
            log.info("trouble", exc_info=True)
        try:
            cleaned(f"{CANARY} twice {CANARY}")
        except ProblemError as error:
            said = "".join(traceback.format_exception(error))
    finally:
        logging.getLogger().removeHandler(handler)
        handler.close()
    words = [repr(credentials), repr(credentials.state), str(heard), repr(credentials._keys), said]
    assert store.held == CANARY
    for text in [*words, *capfd.readouterr()]:
        assert "SECRETCANARY" not in text
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert b"SECRETCANARY" not in path.read_bytes(), path
    assert (tmp_path / "logs" / "kling-desktop.log").stat().st_size > 0


async def late(credentials, store):
    """Answers the prompt, and waits until that is heard."""
    heard = asyncio.Event()
    credentials.changed.connect(lambda _state: heard.set())
    store.is_open.set()
    await asyncio.wait_for(heard.wait(), 5)


async def test_whoever_needs_the_key_waits_for_the_keyring_but_not_for_ever(
    store, with_keyring, settings
):
    settings.change(has_stored_key=True, keyring_name=PLACE)
    store.held = KEY
    store.is_open.clear()
    credentials = with_keyring({})
    assert credentials.is_asking
    loading = asyncio.ensure_future(credentials.load())
    await credentials.answered(0.02)
    assert (credentials.is_asking, credentials.key()) == (True, None)
    waiting = asyncio.ensure_future(credentials.answered(20))
    await asyncio.sleep(0)
    store.is_open.set()
    await waiting
    assert (credentials.is_asking, credentials.key()) == (False, KEY)
    await loading


async def test_nobody_waits_for_a_keyring_that_holds_no_key(with_keyring):
    credentials = with_keyring({})
    assert not credentials.is_asking
    await asyncio.wait_for(credentials.answered(20), 1)
