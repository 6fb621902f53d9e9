"""Reading bodies: compressed in any way, too long, or no JSON at all."""

from __future__ import annotations

import gzip
import json
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kling_desktop.fal.answers import answer_of, read_within
from kling_desktop.fal.errors import Unintelligible


async def in_pieces(data, size):
    for begin in range(0, len(data), size):
        yield data[begin : begin + size]


def halves(data):
    middle = len(data) // 2
    return gzip.compress(data[:middle]) + gzip.compress(data[middle:])


CODINGS = [
    ("", bytes),
    ("identity", bytes),
    ("gzip", gzip.compress),
    ("X-GZIP", gzip.compress),
    ("gzip", halves),
    ("deflate", zlib.compress),
]


@pytest.mark.parametrize(("coding", "squeezed"), CODINGS)
@pytest.mark.parametrize("size", [1, 1000, 1 << 20])
async def test_every_coding_in_pieces_of_every_size(coding, squeezed, size):
    data = b"some words, again and again. " * 400
    chunks = in_pieces(squeezed(data), size)
    assert await read_within(chunks, coding=coding, cap=1 << 20, host="h") == data


@pytest.mark.parametrize("left", [0, 1, (1 << 18) - 1, 1 << 18, (1 << 18) + 1, 3 << 18])
async def test_nothing_is_lost_at_the_edges_of_a_piece(left):
    data = b"x" * left
    chunks = in_pieces(gzip.compress(data), 1 << 16)
    assert await read_within(chunks, coding="gzip", cap=1 << 20, host="h") == data


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip", "nonsense"])
async def test_a_coding_that_nobody_asked_for(coding):
    with pytest.raises(Unintelligible):
        await read_within(in_pieces(b"xx", 1), coding=coding, cap=10, host="h")


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
async def test_broken_compression(coding):
    with pytest.raises(Unintelligible):
        await read_within(in_pieces(b"\xff" * 100, 10), coding=coding, cap=1000, host="h")


async def test_a_bomb_is_noticed_before_it_fills_the_memory():
    bomb = gzip.compress(b" " * (48 << 20))
    tracemalloc.start()
    try:
        with pytest.raises(Unintelligible):
            await read_within(in_pieces(bomb, 1 << 16), coding="gzip", cap=1 << 20, host="h")
        assert tracemalloc.get_traced_memory()[1] < 8 << 20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b'{"a": 1}', {"a": 1}),
        (b'\xef\xbb\xbf{"a": 1}', {"a": 1}),
        (b'{"a": NaN}', {"a": None}),
        (b'{"a": "\\ud800x", "b": ["\\uD83D\\uDE00"]}', {"a": "?x", "b": ["😀"]}),
        (b"null", None),
    ],
)
def test_json_of_all_sorts(body, value):
    answer = answer_of(200, {}, body, "https://h/")
    assert (answer.json, answer.is_json) == (value, True)


@pytest.mark.parametrize("body", [b"", b"<html>", b"{", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_json_is_text(body):
    answer = answer_of(200, {}, body, "https://h/")
    assert (answer.json, answer.is_json, answer.is_object) == (None, False, False)
    assert len(answer.text) <= 2000


@given(st.binary(max_size=300), st.integers(200, 599))
def test_any_body_is_survived(body, status):
    json.dumps(answer_of(status, {}, body, "https://h/").json)
