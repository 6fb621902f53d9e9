"""What is kept of fal's documents for the tests."""

import json


def test_prose_goes_and_the_rest_stays(part):
    document = {
        "endpoint_id": "fal-ai/dream/pro",
        "metadata": {"description": "Best dreams.", "thumbnail_url": "https://a/b.jpg", "tags": []},
        "openapi": {
            "schemas": {
                "In": {
                    "description": "What goes in.",
                    "properties": {
                        "description": {"type": "string", "description": "Say it."},
                        "about": {"type": "string", "examples": ["x"]},
                    },
                }
            }
        },
    }
    assert part("renew_documents").without_prose(document) == {
        "endpoint_id": "fal-ai/dream/pro",
        "metadata": {"tags": []},
        "openapi": {
            "schemas": {
                "In": {
                    "properties": {"description": {"type": "string"}, "about": {"type": "string"}}
                }
            }
        },
    }


def test_what_is_written_is_json_on_short_lines(part):
    value = {"a": {"b": [str(number) for number in range(60)], "c": {}}, "d": "é", "e": []}
    text = part("renew_documents").folded(value)
    assert json.loads(text) == value
    assert max(map(len, text.splitlines())) <= 100
    assert "é" in text


def test_a_document_is_put_under_the_name_of_its_model(part):
    name = part("renew_documents").file_name
    assert name("fal-ai/dream/v2/pro") == "dream_v2_pro.json"
    assert name("dream/v2") == "dream_v2.json"
