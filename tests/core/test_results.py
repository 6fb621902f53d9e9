"""Every file in a result is found, whatever shape the result has."""

from __future__ import annotations

import pytest
from hypothesis import given

from kling_desktop.core.results import ResultFile, result_files
from tests.helpers.records import json_values

URL = "https://files.example/a.mp4"
OTHER = "https://files.example/b.png"


@pytest.mark.parametrize(
    ("output", "urls"),
    [
        ({"video": {"url": URL}}, [URL]),
        ({"videos": [{"url": URL}, {"url": OTHER}], "seed": 1}, [URL, OTHER]),
        ({"video_url": URL, "images": [{"url": OTHER}]}, [URL, OTHER]),
        ({"image_urls": [URL, OTHER]}, [URL, OTHER]),
        ({"video": {"url": URL}, "preview": {"url": URL}}, [URL]),
        ({"a": {"b": [{"c": {"url": URL}}]}}, [URL]),
        ({"voice_id": "v"}, []),
        ({"video": {"url": "file:///etc/passwd"}}, []),
        ({"note": URL}, []),
        ({"video": URL}, [URL]),
        ({"output": [URL, OTHER]}, [URL, OTHER]),
        (None, []),
        ([], []),
        ("text", []),
    ],
)
def test_what_is_found(output, urls):
    assert [one.url for one in result_files(output)] == urls


def test_what_is_said_of_a_file():
    said = {"url": URL, "content_type": "video/mp4", "file_size": 12, "file_name": "../../x"}
    assert result_files({"video": said}) == (ResultFile(URL, "video/mp4", 12),)
    odd = {"url": URL, "content_type": 5, "file_size": "big"}
    assert result_files({"video": odd}) == (ResultFile(URL),)


@given(json_values)
def test_any_json_is_read(output):
    assert all(one.url.startswith("http") for one in result_files(output))
