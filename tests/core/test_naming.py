"""Names of files hold on every system, whatever stands in prompt, picture name or template."""

from __future__ import annotations

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kling_desktop.core.naming import file_stem, folder_name, numbered, slug, title_of
from tests.helpers.records import a_job

RESERVED = {"con", "prn", "aux", "nul", "com1", "lpt9"}


def assert_safe(name):
    assert name
    assert len(name.encode("utf-8")) <= 181
    assert not set(name) & set('<>:"/\\|?*\0')
    assert not any(unicodedata.category(one) in {"Cc", "Cf", "Cs", "Co", "Cn"} for one in name)
    assert name == name.strip(" .")
    assert not name.startswith(("-", "."))
    assert name.split(".")[0].lower() not in RESERVED


awkward = st.one_of(
    st.text(max_size=300),
    st.sampled_from(
        ["con", "NUL.txt", "../../etc/passwd", "C:\\x", "a\u202egpj.exe", "...", "-rf", "", " . ",
         "日本語の猫", "👨‍👩‍👧‍👦", "a" * 400, "com1.", "\u0301x", "é" * 200, "lpt¹"]
    ),
)  # fmt: skip


@given(awkward)
def test_a_slug_is_safe(text):
    assert len(slug(text)) <= 60
    assert_safe(f"x{slug(text)}")


@given(awkward, awkward, st.integers(0, 800))
def test_a_file_name_is_safe(title, template, take):
    assert_safe(file_stem(template, a_job(title=title, take=take)))
    assert_safe(file_stem("{title}_{take}", a_job(title=title, take=take)))
    assert_safe(folder_name(title))


@pytest.mark.parametrize(
    ("title", "stem"),
    [
        ("Cat turns to the window", "Cat-turns-to-the-window_B"),
        ("Die Möwe fliegt", "Die-Möwe-fliegt_B"),
        ("猫が窓を見る", "猫が窓を見る_B"),
        ("../../.bashrc", "bashrc_B"),
        ("!!!", "clip_B"),
    ],
)
def test_what_a_name_looks_like(title, stem):
    assert file_stem("{title}_{take}", a_job(title=title, take=1)) == stem


def test_a_template_may_name_the_model_and_the_date():
    stem = file_stem("{date} {model} {take}", a_job(), date="2026-11-22")
    assert stem == "2026-11-22 example-model A"


def test_counters():
    assert list(itertools.islice(numbered("cat_A"), 3)) == ["cat_A", "cat_A (2)", "cat_A (3)"]


@pytest.mark.parametrize(
    ("prompt", "picture", "title"),
    [
        ("  The cat\n turns ", "", "The cat turns"),
        ("", "my_old-cat.JPG", "my old cat"),
        ("", "0" * 64 + ".jpg", "Clip"),
        ("", "", "Clip"),
        ("word " * 40, "", "word " * 10 + "word…"),
    ],
)
def test_titles(prompt, picture, title):
    assert title_of(prompt, picture) == title


@given(st.text(max_size=400), st.text(max_size=100))
def test_a_title_is_short(prompt, picture):
    assert 0 < len(title_of(prompt, picture)) <= 60
