"""Where fal is, and who may see the key."""

from __future__ import annotations

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kling_desktop.fal.errors import AddressRefused, KeyRefused
from kling_desktop.fal.hosts import Hosts, origin_of
from kling_desktop.fal.key_auth import KeyAuth
from tests.fal.conftest import KEY

OFFICIAL = Hosts.official()


def headers_for(url, hosts=OFFICIAL, key=KEY):
    request = httpx.Request("GET", url)
    next(KeyAuth(lambda: key, hosts).auth_flow(request))
    return request.headers


@pytest.mark.parametrize(
    "url",
    ["https://queue.fal.run/a/b", "https://QUEUE.fal.run:443/", "https://queue.falrun.com/x",
     "https://rest.fal.ai/storage", "https://api.fal.ai/v1/models", "https://fal.run/a/b"],
)  # fmt: skip
def test_the_key_goes_to_fals_api(url):
    assert headers_for(url)["authorization"] == f"Key {KEY}"


@pytest.mark.parametrize(
    "url",
    ["http://queue.fal.run/", "https://queue.fal.run:8443/", "https://evilfal.run/",
     "https://queue.fal.run.example.com/", "https://v3.fal.media/files/x", "https://fal.ai/models",
     "https://user:pass@queue.fal.run/", "https://sub.queue.fal.run/", "https://fal.media/x",
     "https://queue.fal.run@evil.example/", "http://127.0.0.1/", "https://queue。fal.run.evil/"],
)  # fmt: skip
def test_the_key_goes_nowhere_else(url):
    assert "authorization" not in headers_for(url)


@given(st.text(max_size=60))
def test_no_invented_host_gets_the_key(text):
    try:
        url = httpx.URL(f"https://{text}")
    except (httpx.InvalidURL, ValueError):
        return
    if origin_of(url) not in OFFICIAL.api_origins:
        assert not OFFICIAL.takes_key(url)


def test_a_header_set_by_hand_is_a_mistake():
    request = httpx.Request("GET", "https://queue.fal.run/", headers={"Authorization": "Key x"})
    with pytest.raises(RuntimeError):
        next(KeyAuth(lambda: KEY, OFFICIAL).auth_flow(request))


def test_the_key_is_trimmed_and_asked_for_each_time():
    keys = iter([f"  {KEY}\n", "other:key", "", None])
    auth = KeyAuth(lambda: next(keys), OFFICIAL)
    sent = []
    for _ in range(4):
        request = httpx.Request("GET", "https://queue.fal.run/")
        next(auth.auth_flow(request))
        sent.append(request.headers.get("authorization"))
    assert sent == [f"Key {KEY}", "Key other:key", None, None]


@pytest.mark.parametrize("key", ["a:b\nX-Evil: 1", "a b", "a:ключ", "a:\x00"])
def test_a_key_that_could_split_a_header_is_refused(key):
    with pytest.raises(KeyRefused):
        headers_for("https://queue.fal.run/", key=key)


@pytest.mark.parametrize(
    ("address", "origin", "mount"),
    [
        ("http://127.0.0.1:9000", "http://127.0.0.1:9000", ""),
        ("http://127.0.0.1:9000/", "http://127.0.0.1:9000", ""),
        (" http://localhost:9000/fal/ ", "http://localhost:9000", "/fal"),
        ("https://gateway.example:8443/a/b", "https://gateway.example:8443", "/a/b"),
        ("https://gateway.example:443", "https://gateway.example", ""),
        ("http://[::1]:9000", "http://[::1]:9000", ""),
    ],
)
def test_one_server_for_everything(address, origin, mount):
    hosts = Hosts.single(address)
    assert (hosts.origin, hosts.mount) == (origin, mount)
    assert hosts.api_origins == {origin}
    assert hosts.queue == hosts.rest == f"{origin}{mount}"
    assert hosts.platform == f"{origin}{mount}/v1"
    assert hosts.takes_key(httpx.URL(f"{origin}/x"))


@pytest.mark.parametrize(
    "address",
    ["", "x", "ftp://a.example", "http://gateway.example", "https://user:pass@a.example",
     "https://", "https://a.example/?x=1", "https://a.example/#x", "http://[", "http://192.168.1.5",
     "https://a.example:99999"],
)  # fmt: skip
def test_other_server_addresses_are_refused(address):
    with pytest.raises(AddressRefused) as caught:
        Hosts.single(address)
    assert "pass" not in str(caught.value).replace("password", "")


def test_a_server_on_the_local_network_may_point_to_itself_only():
    hosts = Hosts.single("https://192.168.1.5")
    assert hosts.media_address("https://192.168.1.5/files/x")
    for address in ("https://192.168.1.6/x", "http://127.0.0.1/x", "http://192.168.1.5/x"):
        with pytest.raises(AddressRefused):
            hosts.media_address(address)


def test_a_server_on_this_computer_may_point_to_this_computer():
    hosts = Hosts.single("http://127.0.0.1:9000")
    for address in ("http://localhost:1/x", "http://127.0.0.1:2/x", "https://v3.fal.media/x"):
        assert hosts.media_address(address)
    with pytest.raises(AddressRefused):
        hosts.media_address("https://10.0.0.1/x")
