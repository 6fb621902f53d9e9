"""Drafts: nothing typed is dropped, by a switch, by restoring, or by the end of the program."""

from __future__ import annotations

import dataclasses
import functools
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kling_desktop.catalog.catalog import Catalog
from kling_desktop.catalog.endpoint import Endpoint
from kling_desktop.catalog.field_spec import FieldType
from kling_desktop.core.draft import Drafts, first_draft, moved, prompt_of, recalled, switched
from kling_desktop.records.draft import Draft
from kling_desktop.records.job import MadeBy
from kling_desktop.store.database import Database
from kling_desktop.store.drafts import RECENT_KEPT, DraftStore
from tests.helpers.catalog import OTHER_PICTURE, PICTURE, a_type, bundled

ROOT = Path(__file__).resolve().parents[2]


@functools.cache
def catalog():
    """The bundled models and two that no one has, with other names and types for the same."""
    invented = {
        "whole": a_type(
            {
                "start_image_url": {"type": "string"},
                "prompt": {"type": "string", "maxLength": 3},
                "duration": {"type": "integer", "minimum": 3, "maximum": 8},
                "negative_prompt": {"type": "integer"},
                "cfg_scale": {"type": "string"},
                "styles": {"type": "array", "items": {"type": "string"}},
            }
        ),
        "bare": a_type({"text": {"type": "string"}}),
    }
    known = bundled()
    endpoints = tuple(
        Endpoint(
            endpoint_id=f"invented/{name}", title=name, family="x", tier="x",
            intention="from_text", request_type=name,
        )
        for name in invented
    )  # fmt: skip
    return Catalog((*known.endpoints, *endpoints), {**known.request_types, **invented})


def _of_field(field):
    if field.media is not None:
        return st.sampled_from([PICTURE, OTHER_PICTURE, "https://media.example/a.png"])
    if field.enum:
        return st.sampled_from(field.enum)
    if field.type is FieldType.INTEGER:
        return st.integers(int(field.minimum or -50), int(field.maximum or 50))
    if field.type is FieldType.NUMBER:
        return st.floats(field.minimum, field.maximum, allow_nan=False)
    if field.type is FieldType.BOOLEAN:
        return st.booleans()
    if field.type is FieldType.ARRAY:
        return st.lists(_of_field(field.items), max_size=3)
    if field.type is FieldType.OBJECT:
        inner = {one.name: _of_field(one) for one in field.properties}
        return st.fixed_dictionaries({}, optional=inner)
    return st.text(max_size=8) | st.from_regex(r"0?[0-9]{1,3}", fullmatch=True)


@st.composite
def drafts(draw):
    """A draft of any model with anything typed that its fields can hold."""
    endpoint = draw(st.sampled_from(catalog().endpoints))
    fields = catalog().request_type_of(endpoint.endpoint_id).fields
    values = draw(
        st.fixed_dictionaries({}, optional={field.name: _of_field(field) for field in fields})
    )
    return a_draft(endpoint_id=endpoint.endpoint_id, values=values)


def a_draft(**changes):
    facts = {
        "draft_id": "1", "project_id": "default", "intention": "from_picture",
        "endpoint_id": catalog().endpoints[0].endpoint_id, "saved_at": 1.0,
    }  # fmt: skip
    return Draft(**{**facts, **changes})


models = st.sampled_from([one.endpoint_id for one in catalog().endpoints])


def test_what_is_kept_aside_stays_with_the_values_of_any_model():
    values = {"prompt": "A fox.", "x-painting": {"areas": []}}
    draft = dataclasses.replace(first_draft("default", catalog(), ("from_text",)), values=values)
    there = switched(draft, "invented/bare", catalog())
    assert there.values["x-painting"] == {"areas": []}
    assert "x-painting" not in there.parked
    assert switched(there, draft.endpoint_id, catalog()).values == values


@settings(deadline=None, max_examples=150)
@given(drafts(), models)
def test_switching_back_brings_back_all_that_was_typed(draft, endpoint_id):
    there = switched(draft, endpoint_id, catalog())
    back = switched(there, draft.endpoint_id, catalog())
    assert (back.values, back.parked) == (draft.values, {})
    assert back == dataclasses.replace(draft, values=back.values, parked={})


@settings(deadline=None, max_examples=150)
@given(drafts(), st.lists(models, max_size=5))
def test_wherever_one_goes_in_between(draft, path):
    now = draft
    for endpoint_id in path:
        now = switched(now, endpoint_id, catalog())
        names = {field.name for field in catalog().request_type_of(endpoint_id).fields}
        assert set(now.values) <= names
        assert not set(now.values) & set(now.parked)
        assert len(now.values) + len(now.parked) == len(draft.values)
    assert switched(now, draft.endpoint_id, catalog()).values == draft.values


@settings(deadline=None)
@given(drafts(), models, st.text(max_size=5))
def test_what_is_typed_on_the_other_model_wins(draft, endpoint_id, text):
    there = switched(draft, endpoint_id, catalog())
    if catalog().request_type_of(endpoint_id).field("prompt") is None:
        return
    typed = dataclasses.replace(there, values={**there.values, "prompt": text})
    again = switched(switched(typed, "invented/bare", catalog()), endpoint_id, catalog())
    assert again.values == typed.values


@pytest.mark.parametrize("between", ["from_picture", "from_text", "more", "effects"])
def test_an_end_picture_waits_wherever_it_is_not_wanted(between):
    pro = "fal-ai/kling-video/v2.1/pro/image-to-video"
    values = {"image_url": PICTURE, "tail_image_url": OTHER_PICTURE, "prompt": "Round."}
    before = Draft(
        draft_id="d", project_id="p", intention="start_end", endpoint_id=pro, values=values
    )
    endpoint_id = (
        pro if between == "from_picture" else catalog().of_intention(between)[0].endpoint_id
    )
    away = moved(before, endpoint_id, between, catalog())
    assert OTHER_PICTURE not in away.values.values()
    assert away.intention == between
    still = moved(away, endpoint_id, between, catalog())
    assert still == away
    assert moved(away, pro, "start_end", catalog()) == before


def test_to_a_model_that_is_not_known_nothing_changes():
    draft = a_draft(values={"prompt": "a"})
    assert switched(draft, "no/such/model", catalog()) is draft


def test_from_a_model_that_is_gone_everything_it_can_carries_over():
    draft = a_draft(endpoint_id="withdrawn/model", values={"prompt": "a", "odd": 1})
    now = switched(draft, catalog().endpoints[0].endpoint_id, catalog())
    assert (now.values, now.parked) == ({"prompt": "a"}, {"odd": 1})


def test_recalling_is_a_new_draft_with_the_same_choices_about_money():
    draft = a_draft(values={"prompt": "a"}, parked={"x": 1}, made_by=MadeBy.FAL, count=3)
    values = {"prompt": "b"}
    now = recalled(draft, "other/model", values, shot_id="shot")
    assert now.draft_id != draft.draft_id
    assert (now.endpoint_id, now.values, now.parked) == ("other/model", values, {})
    assert (now.made_by, now.count, now.shot_id) == (MadeBy.FAL, 3, "shot")
    assert now.values is not values


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"prompt": "a cat", "other": "much longer text"}, "a cat"),
        ({"prompt": 5, "text": "a dog"}, "a dog"),
        ({"text": "short", "script": "rather long", "image_url": PICTURE * 2}, "rather long"),
        ({"duration": 5}, ""),
        ({}, ""),
    ],
)
def test_the_words_of_a_draft(values, words):
    assert prompt_of(values) == words


def test_the_first_draft_is_the_cheapest_current_model_of_the_first_intention():
    draft = first_draft("default", catalog(), ("no_such", "from_picture", "from_text"))
    cheapest = catalog().of_intention("from_picture")[0]
    assert (draft.intention, draft.endpoint_id) == ("from_picture", cheapest.endpoint_id)
    assert draft.made_by is MadeBy.REHEARSAL
    with pytest.raises(LookupError):
        first_draft("default", Catalog(()), ("from_picture",))


class TestOwner:
    """What Drafts does with edits, and when it asks for them to be kept."""

    def test_an_edit_is_kept_once_and_stamped(self):
        kept = []
        owner = Drafts(a_draft(is_sample=True), clock=lambda: 77.0)
        owner.keep_by(kept.append)
        owner.save()
        assert kept == []
        owner.edit({"prompt": "a"})
        owner.edit({"prompt": "ab"})
        owner.save()
        owner.save()
        assert kept == [a_draft(values={"prompt": "ab"}, saved_at=77.0)]
        assert owner.current == kept[0]

    def test_an_edit_that_changes_nothing_leaves_the_sample_a_sample(self):
        owner = Drafts(a_draft(is_sample=True, values={"prompt": "a"}))
        owner.edit({"prompt": "a"})
        owner.replace(owner.current)
        assert owner.current.is_sample

    def test_what_is_typed_before_there_is_a_disk_is_kept_then(self):
        kept, owner = [], Drafts(a_draft())
        owner.edit({"prompt": "early"})
        owner.save()
        owner.keep_by(kept.append)
        assert [draft.values for draft in kept] == [{"prompt": "early"}]

    def test_the_replaced_one_is_kept_before_the_new_one(self):
        kept, owner = [], Drafts(a_draft())
        owner.keep_by(kept.append)
        owner.edit({"prompt": "mine"})
        owner.replace(recalled(owner.current, "other/model", {"prompt": "restored"}))
        owner.save()
        assert [draft.values["prompt"] for draft in kept] == ["mine", "restored"]

    def test_restoring_is_one_step_back_and_forth(self):
        owner = Drafts(a_draft(values={"prompt": "mine"}, parked={"tail": 1}))
        assert not owner.step_back()
        mine = owner.current
        owner.replace(recalled(mine, "other/model", {"prompt": "restored"}))
        restored = owner.current
        assert owner.step_back()
        assert owner.current == mine
        assert owner.step_back()
        assert owner.current == restored

    def test_what_the_disk_refused_is_kept_at_the_next_chance(self):
        kept, is_full = [], [True]

        def keep(draft):
            if is_full[0]:
                raise OSError(28, "No space left on device")
            kept.append(draft)

        owner = Drafts(a_draft())
        owner.keep_by(keep)
        owner.edit({"prompt": "a"})
        with pytest.raises(OSError, match="No space"):
            owner.save()
        is_full[0] = False
        owner.save()
        assert len(kept) == 1
        owner.not_kept()
        owner.save()
        assert len(kept) == 2


@pytest.fixture
def store(tmp_path):
    database = Database(tmp_path / "kling.sqlite3")
    database.open()
    yield DraftStore(database)
    database.close()


def test_fifty_recent_ones_are_kept(store):
    for number in range(RECENT_KEPT + 6):
        draft = a_draft(draft_id=str(number), values={"prompt": "a"}, saved_at=float(number))
        store.save(draft)
    recent = [draft.draft_id for draft in store.recent("default", 999)]
    assert recent == [str(number) for number in range(RECENT_KEPT + 4, 4, -1)]
    assert store.current("default").draft_id == str(RECENT_KEPT + 5)


def test_other_projects_keep_theirs(store):
    store.save(a_draft(draft_id="x", project_id="other", values={"prompt": "a"}))
    store.save(a_draft(draft_id="y", project_id="other", values={"prompt": "a"}))
    for number in range(RECENT_KEPT + 3):
        store.save(a_draft(draft_id=str(number), values={"prompt": "a"}))
    assert len(store.recent("default", 999)) == RECENT_KEPT
    assert len(store.recent("other")) == 1


def test_samples_and_empty_forms_are_not_worth_keeping(store):
    store.save(a_draft(draft_id="sample", values={"prompt": "a"}, is_sample=True))
    assert store.current("default").is_sample
    store.save(a_draft(draft_id="empty"))
    store.save(a_draft(draft_id="parked", parked={"tail": PICTURE}))
    store.save(a_draft(draft_id="last", values={"prompt": "a"}))
    assert [draft.draft_id for draft in store.recent("default")] == ["parked"]


TYPE_FOR_EVER = """
import sys
from pathlib import Path
from kling_desktop.core.draft import Drafts
from kling_desktop.records.draft import Draft
from kling_desktop.store.database import Database
from kling_desktop.store.drafts import DraftStore
database = Database(Path(sys.argv[1]))
database.open()
owner = Drafts(Draft(draft_id="1", project_id="default", intention="x", endpoint_id="y"))
owner.keep_by(DraftStore(database).save)
number = 0
while True:
    number += 1
    owner.edit({"prompt": "word " * number})
    owner.save()
    print(number, flush=True)
"""


def test_killed_while_typing_what_was_kept_is_there(tmp_path):
    path = tmp_path / "kling.sqlite3"
    typing = subprocess.Popen(
        [sys.executable, "-c", TYPE_FOR_EVER, str(path)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    with typing:
        seen = [int(typing.stdout.readline()) for _ in range(20)]
        typing.send_signal(signal.SIGKILL)
        seen += [int(line) for line in typing.stdout if line.endswith("\n")]
    database = Database(path)
    database.open()
    words = DraftStore(database).current("default").values["prompt"].split()
    database.close()
    assert len(words) in {seen[-1], seen[-1] + 1}
