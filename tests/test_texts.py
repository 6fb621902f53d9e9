"""Every text a person can see reaches the translators."""

import ast
import importlib
import pkgutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

import kling_desktop
from kling_desktop.bundled import resources
from kling_desktop.catalog.catalog import load_catalog
from kling_desktop.records.problem import ProblemKind
from kling_desktop.ui.action_list import ACTIONS, MENU_TITLES

ROOT = Path(__file__).resolve().parent.parent
NO_IMPORT = {"kling_desktop.__main__", "kling_desktop.simulator.__main__"}


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    target = tmp_path_factory.mktemp("texts") / "kling_desktop.ts"
    subprocess.run(
        [sys.executable, str(ROOT / "packaging/collect_texts.py"), str(target)], check=True
    )
    found = set()
    for context in ElementTree.parse(target).getroot().iter("context"):
        name = context.findtext("name")
        found |= {(name, message.findtext("source")) for message in context.iter("message")}
    return found


def test_every_sentence_of_a_problem_is_collected(collected):
    kinds = set()
    for found in pkgutil.walk_packages(kling_desktop.__path__, "kling_desktop."):
        if found.name not in NO_IMPORT:
            module = importlib.import_module(found.name)
            kinds |= {one for one in vars(module).values() if isinstance(one, ProblemKind)}
    sentences = {text for kind in kinds for text in (kind.what, kind.why, kind.do) if text}
    assert len(kinds) > 50
    assert sentences <= {text for context, text in collected if context == "Problem"}


def test_codes_of_problems_are_unique():
    kinds = {}
    for found in pkgutil.walk_packages(kling_desktop.__path__, "kling_desktop."):
        if found.name not in NO_IMPORT:
            for one in vars(importlib.import_module(found.name)).values():
                if isinstance(one, ProblemKind):
                    assert kinds.setdefault(one.code, one) is one


def test_every_text_of_the_catalogue_is_collected(collected):
    texts = {text for text in load_catalog(resources() / "catalogue").texts() if text}
    assert texts <= {text for context, text in collected if context == "Catalogue"}


def test_every_action_is_collected(collected):
    spoken = {text for context, text in collected if context == "Actions"}
    wanted = {text for spec in ACTIONS for text in (spec.text, spec.tip, spec.submenu) if text}
    assert wanted | {title for _menu, title in MENU_TITLES} <= spoken


def test_every_call_to_tr_is_collected(collected):
    texts = {text for _context, text in collected}
    left_out = []
    for path in (ROOT / "kling_desktop/ui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            text = _spoken(node)
            if text is not None and text not in texts:
                left_out.append(f"{path.name}: {text!r}")
    assert not left_out


def _spoken(node):
    if not isinstance(node, ast.Call) or not node.args:
        return None
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    place = {"tr": 0, "translate": 1}.get(name)
    if place is None or len(node.args) <= place:
        return None
    argument = node.args[place]
    value = getattr(argument, "value", None)
    return value if isinstance(value, str) else None
