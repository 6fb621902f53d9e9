"""Recipes, drafts, takes and states: what is written is what is read."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kling_desktop.records.draft import Draft
from kling_desktop.records.job import FINAL_STATES, JobState, MadeBy, take_letter
from kling_desktop.records.recipe import Recipe, RecipeInput
from tests.helpers.records import a_clip, a_job, json_values

texts = st.text(max_size=10)
recipes = st.builds(
    Recipe,
    endpoint_id=texts,
    values=st.dictionaries(texts, json_values, max_size=3),
    inputs=st.lists(st.builds(RecipeInput, ref=texts, name=texts), max_size=2).map(tuple),
    request_id=texts,
    made_by=st.sampled_from(MadeBy),
    title=texts,
    take=st.integers(0, 99),
    made_at=texts,
    program=texts,
)
drafts = st.builds(
    Draft,
    draft_id=texts,
    project_id=texts,
    intention=texts,
    endpoint_id=texts,
    values=st.dictionaries(texts, json_values, max_size=3),
    parked=st.dictionaries(texts, json_values, max_size=3),
    made_by=st.sampled_from(MadeBy),
    count=st.integers(1, 9),
    shot_id=texts,
    is_sample=st.booleans(),
    saved_at=st.floats(0, 4e9),
)


@given(recipes)
def test_a_recipe_travels_with_its_file(recipe):
    assert Recipe.from_json(json.loads(json.dumps(recipe.to_json()))) == recipe


@given(recipes)
def test_a_recipe_of_another_version_is_not_guessed_at(recipe):
    with pytest.raises(ValueError, match="version"):
        Recipe.from_json({**recipe.to_json(), "recipe": 2})


def test_a_recipe_tells_no_price_and_no_path():
    recipe = Recipe(
        endpoint_id="e", values={}, inputs=(RecipeInput(ref="media://x", name="cat.jpg"),),
        request_id="r", made_by=MadeBy.FAL, title="t", take=0, made_at="", program="",
    )  # fmt: skip
    assert set(recipe.to_json()) == {
        "recipe", "endpoint_id", "input", "files", "request_id", "made_by", "title", "take",
        "made_at", "program",
    }  # fmt: skip


@given(drafts)
def test_a_draft_survives_the_store(draft):
    assert Draft.from_json(json.loads(json.dumps(draft.to_json()))) == draft


@pytest.mark.parametrize(
    ("take", "letter"),
    [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")],
)
def test_takes_are_lettered_as_columns_of_a_sheet(take, letter):
    assert take_letter(take) == letter
    assert a_job(take=take).take_letter == a_clip(take=take).take_letter == letter


@given(st.integers(0, 20_000))
def test_no_two_takes_share_a_letter(take):
    number = 0
    for one in take_letter(take):
        number = number * 26 + ord(one) - ord("A") + 1
    assert number - 1 == take


def test_three_states_are_final():
    assert {state for state in JobState if a_job(state=state).is_final} == FINAL_STATES
    assert len(FINAL_STATES) == 3
