import pytest
from hypothesis import given
from hypothesis import strategies as st

from kling_desktop.catalog.model_address import endpoint_id_in
from kling_desktop.catalog.problems import ModelUnreadable


@pytest.mark.parametrize(
    ("text", "endpoint_id"),
    [
        ("acme/dream", "acme/dream"),
        (" `acme/dream/v1.5/pro` ", "acme/dream/v1.5/pro"),
        ("/acme/dream/", "acme/dream"),
        ("workflows/acme/dream", "workflows/acme/dream"),
        ("https://fal.ai/models/acme/dream", "acme/dream"),
        ("http://www.fal.ai/models/acme/dream/v2/", "acme/dream/v2"),
        ("fal.ai/models/acme/dream?share=9f#top", "acme/dream"),
        ("https://fal.ai/models/acme/dream/api", "acme/dream"),
        ("https://fal.ai/models/acme/dream/playground?x=1", "acme/dream"),
        ("https://fal.ai/models/acme/dream/llms.txt", "acme/dream"),
        ("https://fal.ai/models/acme/dream/requests/0-1", "acme/dream"),
        ("https://queue.fal.run/acme/dream/v1", "acme/dream/v1"),
        ("https://queue.fal.run/acme/dream/requests/0-1/status", "acme/dream"),
        ("https://fal.run/acme/dream", "acme/dream"),
        ("https://fal.ai/api/openapi/queue/openapi.json?endpoint_id=acme/dream", "acme/dream"),
        ("https://fal.ai/api/openapi/queue/openapi.json?endpoint_id=acme%2Fdream", "acme/dream"),
        ("<https://fal.ai/models/acme/dream>.", "acme/dream"),
        ("http://127.0.0.1:8000/models/acme/dream", "acme/dream"),
    ],
)
def test_names_and_addresses(text, endpoint_id):
    assert endpoint_id_in(text) == endpoint_id


@pytest.mark.parametrize(
    "text",
    [
        "",
        "acme",
        "a b/c",
        "acme//dream",
        "acme/../dream",
        "https://fal.ai/",
        "https://fal.ai/dashboard/keys",
        "https://fal.ai/models",
        "https://example.com/models/acme/dream",
        "https://notfal.ai/models/acme/dream",
        "https://example.run/acme/dream",
        "https://[::1/models/a/b",
        "acme/" + "x" * 300,
        "/".join("abcdefghijklmnop"),
    ],
)
def test_what_names_no_model(text):
    with pytest.raises(ModelUnreadable) as raised:
        endpoint_id_in(text)
    assert raised.value.problem.code == "no_model_address"


@given(st.text(max_size=60) | st.text("htps:/fal.ire?=&%\n[]@", max_size=60))
def test_any_text_gives_an_id_or_the_problem(text):
    try:
        found = endpoint_id_in(text)
    except ModelUnreadable:
        return
    assert endpoint_id_in(found) == found
