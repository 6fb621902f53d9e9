"""Keyring: what it makes of every behaviour of a back end. Real ones are in tests/keyring."""

from __future__ import annotations

import asyncio
import contextlib
import time
from types import SimpleNamespace

import pytest
from keyring import errors

from kling_desktop.core.keyrings import Keyring, KeyringAnswer, KeyringState
from tests.helpers.back_ends import PLACE, planted
from tests.helpers.core import until

KEY = "0a1b2c3d-kid:S3cretPart"


@pytest.fixture
def store(monkeypatch):
    return planted(monkeypatch)


@pytest.fixture
def keyring():
    return Keyring(allowed=(PLACE,), patience=5)


async def test_what_is_stored_comes_back_and_goes(store, keyring):
    assert await keyring.set(KEY) is KeyringState.READY
    assert await keyring.get() == KeyringAnswer(KeyringState.READY, KEY)
    assert await keyring.delete() is KeyringState.READY
    assert await keyring.get() == KeyringAnswer(KeyringState.READY, None)
    assert (keyring.name, store.held) == (PLACE, None)


async def test_a_back_end_that_only_pretends_is_found_out(store, keyring):
    store.keeps = False
    assert await keyring.set(KEY) is KeyringState.REFUSED


async def test_a_back_end_that_pretends_to_delete_is_found_out(store, keyring):
    await keyring.set(KEY)
    store.clings = True
    assert await keyring.delete() is KeyringState.REFUSED


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (errors.KeyringLocked("locked"), KeyringState.LOCKED),
        (errors.InitError("no collection"), KeyringState.MISSING),
        (errors.NoKeyringError("none"), KeyringState.MISSING),
        (errors.PasswordSetError("no"), KeyringState.REFUSED),
        (OSError(5, "bus broke"), KeyringState.REFUSED),
        (EOFError(), KeyringState.REFUSED),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "no text"), KeyringState.REFUSED),
    ],
)
async def test_every_error_is_an_answer(store, keyring, error, state):
    store.raises = error
    assert (await keyring.get()).state is state
    assert await keyring.set(KEY) is state
    assert await keyring.delete() is state


async def test_errors_of_the_libraries_below_are_answers_too(store, keyring):
    from jeepney.wrappers import DBusErrorResponse
    from secretstorage import exceptions

    reply = SimpleNamespace(header=SimpleNamespace(fields={}), body=())
    for error, state in (
        (exceptions.LockedException("locked"), KeyringState.LOCKED),
        (exceptions.PromptDismissedException("no"), KeyringState.REFUSED),
        (DBusErrorResponse(reply), KeyringState.REFUSED),
    ):
        store.raises = error
        assert (await keyring.get()).state is state


async def test_an_error_that_nobody_foresaw_is_still_an_answer(store, keyring, monkeypatch):
    heard = []
    monkeypatch.setattr("threading.excepthook", heard.append)
    store.raises = KeyError("surprise")
    began = time.monotonic()
    assert (await keyring.get()).state is KeyringState.REFUSED
    assert time.monotonic() - began < 3
    await until(lambda: heard)
    assert [hook.exc_type for hook in heard] == [KeyError]


async def test_an_open_prompt_is_not_waited_for_longer_than_patience(store):
    keyring, late = Keyring(allowed=(PLACE,), patience=0.05), []
    await keyring.set(KEY)
    store.is_open.clear()
    assert (await keyring.get(late.append)).state is KeyringState.SILENT
    store.is_open.set()
    await until(lambda: late)
    assert late == [KeyringAnswer(KeyringState.READY, KEY)]


async def test_questions_are_asked_one_after_another(store, keyring):
    store.is_open.clear()
    storing = asyncio.ensure_future(keyring.set(KEY))
    await until(lambda: store.calls)
    deleting = asyncio.ensure_future(keyring.delete())
    await asyncio.sleep(0.03)
    assert store.calls == ["set"]
    store.is_open.set()
    assert (await storing, await deleting) == (KeyringState.READY, KeyringState.READY)
    assert store.held is None


async def test_whoever_stops_waiting_stops_nobody(store, keyring):
    store.is_open.clear()
    asked = asyncio.ensure_future(keyring.get())
    await asyncio.sleep(0.02)
    asked.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await asked
    store.is_open.set()
    assert (await keyring.get()).state is KeyringState.READY


def test_an_answer_after_the_end_of_the_loop_is_dropped(store):
    store.is_open.clear()
    keyring = Keyring(allowed=(PLACE,), patience=0.02)
    assert asyncio.run(keyring.get()).state is KeyringState.SILENT
    store.is_open.set()
    assert asyncio.run(keyring.get()).state is KeyringState.READY


async def test_the_keyring_that_holds_the_key_is_asked_and_no_other(monkeypatch):
    first = planted(monkeypatch, "planted_first.Kind")
    second = planted(monkeypatch, "planted_second.Kind")
    places = ("planted_first.Kind", "planted_second.Kind")
    first.held, second.held = "wrong:key", KEY
    assert (await Keyring("planted_second.Kind", allowed=places).get()).key == KEY
    second.priority = 0
    gone = Keyring("planted_second.Kind", allowed=places)
    assert (await gone.get()).state is KeyringState.MISSING
    assert await gone.delete() is KeyringState.MISSING
    assert (await gone.set("new:key"), gone.name) == (KeyringState.READY, "planted_first.Kind")
    assert first.held == "new:key"


async def test_a_name_that_is_not_allowed_does_not_become_so_by_being_remembered(monkeypatch):
    foreign = planted(monkeypatch, "planted_foreign.Kind")
    keyring = Keyring("planted_foreign.Kind", allowed=("nowhere.at_all.Kind",))
    assert await keyring.set(KEY) is KeyringState.MISSING
    assert (keyring.name, foreign.calls) == ("", [])


async def test_a_back_end_that_cannot_even_be_looked_at_is_passed_over(monkeypatch, store):
    assert await Keyring(allowed=("keyring.backend.NoSuchThing", PLACE)).set(KEY) == "ready"
    store.priority = 0
    assert (await Keyring(allowed=(PLACE,)).get()).state is KeyringState.MISSING


def test_the_key_is_not_in_the_words_of_an_answer():
    assert KEY not in repr(KeyringAnswer(KeyringState.READY, KEY))
