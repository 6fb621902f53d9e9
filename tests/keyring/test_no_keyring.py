"""What is never done where no keyring answers: taking another store without a word."""

from __future__ import annotations

from kling_desktop.core.keyrings import ALLOWED, Keyring, KeyringState
from tests.helpers.keyring import planted_back_ends, python_with

STORE = """
import asyncio
from kling_desktop.core.keyrings import Keyring
print(asyncio.run(Keyring().set("0a1b2c3d-kid:S3cretPart")).value)
"""
AS_KEYRING_CHOOSES = """
import keyring
keyring.set_password("x", "y", "0a1b2c3d-kid:S3cretPart")
"""


async def test_without_a_bus_there_is_no_keyring(monkeypatch):
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/nonexistent")
    assert (await Keyring().get()).state is KeyringState.MISSING
    assert await Keyring().set("a:b") is KeyringState.MISSING


async def test_a_bus_that_cannot_be_reached_is_no_keyring(monkeypatch):
    for address in ("disabled:", "unix:path=/nonexistent/bus", "garbage", ""):
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        assert (await Keyring().get()).state is KeyringState.MISSING


def test_an_installed_plaintext_store_is_neither_used_nor_loaded(tmp_path):
    trace = planted_back_ends(tmp_path)
    done = python_with(tmp_path, STORE, DBUS_SESSION_BUS_ADDRESS="disabled:")
    assert (done.stdout.strip(), done.returncode) == ("missing", 0), done.stderr
    assert not trace.exists()


def test_the_planted_store_would_have_been_taken(tmp_path):
    """Proves that the test above can fail: keyring's own choice writes the key in plain text."""
    trace = planted_back_ends(tmp_path)
    done = python_with(tmp_path, AS_KEYRING_CHOOSES, DBUS_SESSION_BUS_ADDRESS="disabled:")
    assert done.returncode == 0, done.stderr
    assert trace.read_text() == "0a1b2c3d-kid:S3cretPart"


def test_a_back_end_that_the_environment_names_is_not_loaded(tmp_path):
    trace = planted_back_ends(tmp_path)
    done = python_with(
        tmp_path,
        STORE,
        DBUS_SESSION_BUS_ADDRESS="disabled:",
        PYTHON_KEYRING_BACKEND="keyrings_planted.file.PlaintextKeyring",
    )
    assert (done.stdout.strip(), trace.exists()) == ("missing", False), done.stderr


def test_code_that_keyrings_own_settings_name_is_not_loaded(tmp_path):
    planted, config = tmp_path / "planted", tmp_path / "config"
    trace = planted_back_ends(planted)
    (config / "python_keyring").mkdir(parents=True)
    (config / "python_keyring" / "keyringrc.cfg").write_text(
        "[backend]\n"
        "default-keyring=keyrings_planted.file.PlaintextKeyring\n"
        f"keyring-path={planted}\n"
    )
    done = python_with(
        tmp_path, STORE, DBUS_SESSION_BUS_ADDRESS="disabled:", XDG_CONFIG_HOME=str(config)
    )
    assert (done.stdout.strip(), trace.exists()) == ("missing", False), done.stderr


def test_only_the_stores_of_desktop_systems_are_allowed():
    places = [place for system in ALLOWED.values() for place in system]
    assert all(place.startswith("keyring.backends.") for place in places)
    refused = ("null", "fail", "chainer", "file", "alt")
    assert not [place for place in places if place.split(".")[2] in refused]
