#!/usr/bin/env python3
"""Collects every text a person can see, for translators, into one Qt .ts file.

    .venv/…/python packaging/collect_texts.py kling_desktop.ts

Texts of widgets are found by Qt's own lupdate. Sentences of problems, names of actions and the
catalogue's texts are data; they are handed to lupdate as if a widget said them.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

Text = tuple[str, str]
"""Context and English text."""


def texts_of_data() -> set[Text]:
    """What stands in data instead of in a call to tr()."""
    from kling_desktop.catalog.catalog import load_catalog
    from kling_desktop.ui.action_list import ACTIONS, CONTEXT, MENU_TITLES

    found: set[Text] = {("Problem", text) for text in _problem_sentences()}
    found |= {("Catalogue", text) for text in load_catalog(ROOT / "resources/catalogue").texts()}
    found |= {(CONTEXT, title) for _menu, title in MENU_TITLES}
    for spec in ACTIONS:
        found |= {(CONTEXT, text) for text in (spec.text, spec.tip, spec.submenu)}
    return {one for one in found if one[1]} | set(_counted_texts())


def collect(target: Path) -> None:
    """Writes the .ts file. Raises CalledProcessError where lupdate fails."""
    with tempfile.TemporaryDirectory() as folder:
        spoken = Path(folder) / "data_texts.py"
        lines = [f"translate({context!r}, {text!r})" for context, text in sorted(texts_of_data())]
        spoken.write_text("\n".join(lines) + "\n", encoding="utf-8")
        sources = sorted(str(path) for path in (ROOT / "kling_desktop/ui").rglob("*.py"))
        lupdate = Path(sys.executable).with_name("pyside6-lupdate")
        subprocess.run(
            [str(lupdate), "-silent", *sources, str(spoken), "-ts", str(target)], check=True
        )


def _counted_texts() -> Iterator[Text]:
    """Calls of counted(number, one, many, context), whose context is "words" unless said."""
    for path in sorted((ROOT / "kling_desktop/ui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or getattr(node.func, "id", "") != "counted":
                continue
            texts = [one.value for one in node.args if isinstance(one, ast.Constant)]
            context = str(texts[2]) if len(texts) == 3 else "words"
            for text in texts[:2]:
                yield context, str(text)


def _problem_sentences() -> Iterator[str]:
    for path in sorted((ROOT / "kling_desktop").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "ProblemKind":
                for word in node.keywords:
                    if word.arg in {"what", "why", "do"}:
                        yield str(ast.literal_eval(word.value))


if __name__ == "__main__":
    collect(Path(sys.argv[1] if len(sys.argv) > 1 else "kling_desktop.ts"))
