"""What a person pastes as a key, and what of it is one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kling_desktop.core.credentials import (
    cleaned,
)
from kling_desktop.records.problem import ProblemError

KEY = "0a1b2c3d-kid:S3cretPart"


@pytest.mark.parametrize(
    "pasted",
    [
        KEY, f" {KEY} ", f"{KEY}\n", f"Key {KEY}", f'"{KEY}"', f"FAL_KEY={KEY}", f"'{KEY}';",
        f'export FAL_KEY="{KEY}"', f"Authorization: Key {KEY}", f"\ufeff{KEY}\u200b",
        f"\u00a0{KEY}", f"`{KEY}`", f"fal_key: '{KEY}',",
    ],
)  # fmt: skip
def test_what_is_pasted_along_with_a_key_goes(pasted):
    assert cleaned(pasted) == KEY


@pytest.mark.parametrize(
    "pasted",
    ["", "   ", "no-colon", ":secret", "id:", "id: secret", "id:sec ret", "id:geheimniß",
     "id:se\x00cret", "id:se\r\ncret", "Key ", "id:se\x7fcret"],
)  # fmt: skip
def test_what_cannot_be_a_key_is_refused_without_repeating_it(pasted):
    with pytest.raises(ProblemError) as caught:
        cleaned(pasted)
    assert caught.value.problem.code == "key_malformed"
    assert "secret" not in caught.value.problem.said()


@given(st.from_regex(r"[0-9a-f]{8}-[0-9a-f]{4}:[0-9a-f]{8,32}", fullmatch=True))
def test_a_key_stays_itself(key):
    assert cleaned(key) == key == cleaned(f"Key {key}\r\n")


@given(st.text())
def test_a_cleaned_key_can_stand_in_a_header(text):
    try:
        key = cleaned(text)
    except ProblemError:
        return
    assert cleaned(key) == key
    assert key.isascii()
    assert not any(one.isspace() or not one.isprintable() for one in key)
