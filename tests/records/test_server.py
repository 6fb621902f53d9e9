"""One place knows what a server is called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kling_desktop.records.server import FAL, Server, server_at

OTHER = server_at("http://127.0.0.1:9000")


@pytest.mark.parametrize(
    "address", ["", "rehearsal", "https://queue.fal.run", "https://fal.run", "https://rest.fal.ai"]
)
def test_fal_is_fal(address):
    assert server_at(address) == FAL


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("http://127.0.0.1:9000", "127.0.0.1:9000"),
        ("https://clips.example.org/some/path", "clips.example.org"),
        ("https://notfal.run", "notfal.run"),
        ("http://[::1]:9000", "[::1]:9000"),
        ("https://name:word@example.org", "example.org"),
        ("http://[bad", "http://[bad"),
    ],
)
def test_another_one_has_the_name_of_its_host(address, name):
    assert server_at(address) == Server(name, is_official=False)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("fal may have it.", "127.0.0.1:9000 may have it."),
        ("It goes to fal.", "It goes to 127.0.0.1:9000."),
        ("your words go to fal.ai, which", "your words go to 127.0.0.1:9000, which"),
        ("from fal.ai/dashboard/keys and", "from 127.0.0.1:9000 and"),
        ("fal’s list, fal's list", "127.0.0.1:9000’s list, 127.0.0.1:9000's list"),
        ("Correct the address given with --fal-url.", "Correct the address given with --fal-url."),
        ("fal-ai/kling-video/v2.1", "fal-ai/kling-video/v2.1"),
        ("falling, fallow, buffal", "falling, fallow, buffal"),
        ("https://queue.fal.run/x", "https://queue.fal.run/x"),
    ],
)
def test_only_fals_name_is_replaced(text, named):
    assert OTHER.named(text) == named
    assert FAL.named(text) == text


@given(st.text())
def test_a_named_text_stays_as_it_is(text):
    assert OTHER.named(OTHER.named(text)) == OTHER.named(text)
