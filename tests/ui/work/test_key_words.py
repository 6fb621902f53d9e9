"""What is said of the key: where it comes from, and why the keyring does not keep it."""

import pytest

from kling_desktop.core.credentials import KeySource, KeyState
from kling_desktop.core.keyrings import KeyringState
from kling_desktop.ui.status_strip import Tone
from kling_desktop.ui.work.keys import keyring_name, keyring_trouble, state_words


@pytest.mark.parametrize("source", KeySource)
def test_each_source_is_told_with_the_server(source):
    tone, words = state_words(KeyState(source), "fal")
    assert words.startswith("fal · ")
    assert (tone is Tone.OK) is (source is not KeySource.NONE)


@pytest.mark.parametrize("keyring", KeyringState)
def test_a_keyring_that_keeps_nothing_says_why(keyring):
    words = keyring_trouble(KeyState(KeySource.NONE, keyring=keyring))
    assert not words or words.endswith(".")
    assert "_" not in words


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("keyring.backends.SecretService.Keyring", "Secret Service"),
        ("keyring.backends.macOS.Keyring", "Keychain"),
        ("keyring.backends.Windows.WinVaultKeyring", "Credential Manager"),
        ("something else", ""),
    ],
)
def test_keyrings_have_the_names_that_people_know(place, name):
    assert keyring_name(place) == name
