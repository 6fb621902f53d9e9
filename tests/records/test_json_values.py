"""Media inside plain JSON: found wherever they stand, and replaced without touching the rest."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kling_desktop.records.json_values import media_refs, with_media_replaced
from kling_desktop.records.media import MediaFacts, MediaKind, MediaRef
from tests.helpers.records import json_values

refs = st.builds(
    MediaRef,
    sha256=st.text("0123456789abcdef", min_size=64, max_size=64),
    suffix=st.sampled_from([".jpg", ".png", ".mp4", ".tiff", ".m4a"]),
)
with_refs = st.recursive(
    json_values | refs.map(str),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=10,
)


def at(value, loc):
    for step in loc:
        value = value[step]
    return value


@given(refs)
def test_a_reference_survives_being_a_text(ref):
    assert MediaRef.parse(str(ref)) == ref
    assert ref.file_name == f"{ref.sha256}{ref.suffix}"


@pytest.mark.parametrize(
    "text",
    [
        "", "media://", "media://abc.jpg", f"media://{'A' * 64}.jpg", f"media://{'a' * 64}",
        f"media://{'a' * 64}.jpg\n", f"media://{'a' * 64}.JPG", f" media://{'a' * 64}.jpg",
        f"media://{'a' * 64}./../x", f"media://{'a' * 63}g.jpg", f"media://{'a' * 64}.longer",
        f"https://{'a' * 64}.jpg", f"media://{'a' * 64}.", f"media://{'a' * 65}.jpg",
    ],
)  # fmt: skip
def test_any_other_text_is_none(text):
    assert MediaRef.parse(text) is None


@given(with_refs)
def test_each_one_is_found_where_it_stands(value):
    for loc, ref in media_refs(value):
        assert at(value, loc) == str(ref)


@given(with_refs)
def test_replaced_by_itself_nothing_changes(value):
    before = copy.deepcopy(value)
    assert with_media_replaced(value, str) == value == before


@given(with_refs)
def test_all_are_replaced_and_nothing_else(value):
    urls = {}
    replaced = with_media_replaced(value, lambda ref: urls.setdefault(ref, f"https://x/{ref}"))
    found = list(media_refs(value))
    assert set(urls) == {ref for _, ref in found}
    assert list(media_refs(replaced)) == []
    for loc, ref in found:
        assert at(replaced, loc) == urls[ref]


def test_tuples_are_lists_and_names_are_left_alone():
    ref = f"media://{'a' * 64}.jpg"
    assert with_media_replaced((ref, 5, None), lambda _: "u") == ["u", 5, None]
    assert with_media_replaced({ref: 1.5}, lambda _: "u") == {ref: 1.5}


def test_the_ratio_of_a_file():
    facts = {"kind": MediaKind.IMAGE, "content_type": "image/png", "size": 1}
    assert MediaFacts(**facts, width=3, height=2).ratio == 1.5
    for missing in ({}, {"width": 3}, {"height": 2}, {"width": 3, "height": 0}):
        assert MediaFacts(**facts, **missing).ratio is None
