#!/usr/bin/env python3
"""Puts documents that fal publishes of its models into the tests, without their prose.

    .venv/…/python packaging/renew_documents.py DOCUMENT.json…

A document is one model as fal's platform API answers it: `{endpoint_id, metadata, openapi}`. Run
the tests of the catalogue afterwards: they say where a bundled request type differs.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parent.parent / "tests" / "catalog" / "documents"
_PROSE = frozenset({"description", "examples", "limit_description", "about"})
_PICTURES = frozenset({"thumbnail_url", "thumbnail_animated_url", "thumbnailUrl"})
_WIDTH = 100


def without_prose(value: object) -> Any:  # noqa: ANN401  (plain JSON)
    """The same without texts for people and pictures of the model."""
    if isinstance(value, dict):
        return {
            name: without_prose(inner)
            for name, inner in value.items()
            if name not in _PICTURES and (name not in _PROSE or isinstance(inner, dict))
        }
    return [without_prose(inner) for inner in value] if isinstance(value, list) else value


def folded(value: object, indent: int = 0) -> str:
    """JSON with as much on a line as fits, so that a change shows as few lines."""
    flat = json.dumps(value, ensure_ascii=False)
    if len(flat) + indent < _WIDTH or not isinstance(value, dict | list):
        return flat
    pad = " " * (indent + 1)
    if isinstance(value, list):
        lines = [folded(one, indent + 1) for one in value]
    else:
        lines = [f"{json.dumps(key)}: {folded(one, indent + 1)}" for key, one in value.items()]
    opening, closing = "[]" if isinstance(value, list) else "{}"
    return f"{opening}\n{pad}" + f",\n{pad}".join(lines) + f"\n{' ' * indent}{closing}"


def file_name(endpoint_id: str) -> str:
    """`fal-ai/kling/pro/edit` → `kling_pro_edit.json`."""
    return endpoint_id.removeprefix("fal-ai/").replace("/", "_") + ".json"


def main(paths: list[str]) -> int:
    """Returns 0 where all were written. Raises KeyError where one is no model."""
    for path in paths:
        document = json.loads(Path(path).read_text(encoding="utf-8"))
        target = TARGET / file_name(document["endpoint_id"])
        target.write_text(folded(without_prose(document)) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
