"""What must never be read again."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kling_desktop.fal.redaction import redacted, redacted_json

ID, SECRET = "0a1b2c3d-1111-2222-3333-444455556666", "CANARY0123456789CANARY0123456789"
KEY = f"{ID}:{SECRET}"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"sent {KEY} away", "sent [hidden] away"),
        (f"id {ID}", "id [hidden]"),
        (f"half {SECRET}.", "half [hidden]."),
        ("Authorization: Key abc:def", "Authorization: Key [hidden]"),
        ("authorization: bearer eyJhbGci", "authorization: bearer [hidden]"),
        ("Basic dXNlcjpwYXNzMQ==", "Basic [hidden]"),
        (
            "Key 99999999-1111-2222-3333-444455556666:0123456789abcdef0123456789abcdef",
            "Key [hidden]",
        ),
        ("99999999-1111-2222-3333-444455556666:0123456789abcdef", "[hidden]"),
        ("https://h.example/a?X-Sig=1&b=2 next", "https://h.example/a?[hidden] next"),
        ("https://u:p@h.example/a", "https://[hidden]@h.example/a"),
        ("data:image/png;base64,iVBORw0KGgo= end", "[hidden] end"),
        ("Key frame and key light", "Key frame and key light"),
        ("a basic scene", "a basic scene"),
        ("https://h.example/a", "https://h.example/a"),
    ],
)
def test_what_is_left_of_a_text(text, left):
    assert redacted(text, [KEY]) == left


def test_short_keys_do_not_blank_out_words():
    assert redacted("a rehearsal in a bar", ["a:bar"]) == "a rehearsal in a bar"


@given(st.text(), st.text())
def test_the_key_is_gone_from_any_text(before, after):
    left = redacted(before + KEY + after, [KEY])
    assert KEY not in left
    assert SECRET not in left


@given(
    st.recursive(
        st.none() | st.text() | st.just(KEY), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    )
)
def test_the_key_is_gone_from_any_json(value):
    assert SECRET not in json.dumps(redacted_json(value, [KEY]))


def test_json_keeps_its_shape_and_loses_its_length():
    value = {"detail": [{"loc": ["body", 0], "input": "x" * 5000, "ok": True, "n": 1.5}]}
    left = redacted_json(value)
    assert left["detail"][0]["loc"] == ["body", 0]
    assert len(left["detail"][0]["input"]) == 2000
    assert (left["detail"][0]["ok"], left["detail"][0]["n"]) == (True, 1.5)
