"""Settings: what is set is there at the next start, whatever lies in the file."""

from __future__ import annotations

import dataclasses
import json

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st

from kling_desktop.core.settings import Settings, SettingsStore
from tests.helpers.core import full_disk
from tests.helpers.records import json_values

SOME = st.fixed_dictionaries(
    {},
    optional={
        "clips_folder": st.text(max_size=20),
        "name_template": st.text(max_size=20),
        "theme": st.sampled_from(["system", "light", "dark"]),
        "text_percent": st.integers(90, 150),
        "uploads": st.sampled_from(["ask", "drop", "generate", "private"]),
        "ask_above_usd": st.just("") | st.decimals(0, 999, places=2).map(str),
        "volume": st.integers(0, 100),
        "muted": st.booleans(),
        "has_stored_key": st.booleans(),
    },
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "deep" / "settings.json"


def test_without_a_file_everything_is_as_the_program_thinks_best(path):
    assert SettingsStore(path).current == Settings()
    assert not path.exists()


@how(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(st.lists(SOME, max_size=3))
def test_what_was_set_is_there_at_the_next_start(path, changes):
    store = SettingsStore(path)
    for change in changes:
        store.change(**change)
        assert SettingsStore(path).current == store.current
        assert all(getattr(store.current, name) == value for name, value in change.items())
    assert [one.name for one in path.parent.glob("*")] in ([], ["settings.json"])


def test_it_is_on_disk_before_anybody_hears_of_it(path):
    store, heard = SettingsStore(path), []
    store.subscribe(lambda now: heard.append((now.volume, SettingsStore(path).current.volume)))
    store.change(volume=7)
    assert heard == [(7, 7)]


def test_nobody_hears_of_a_change_that_is_none(path):
    store, heard = SettingsStore(path), []
    store.subscribe(heard.append)
    store.change(volume=80)
    assert heard == []
    assert not path.exists()


def test_one_can_stop_listening(path):
    store, heard = SettingsStore(path), []
    end = store.subscribe(heard.append)
    end()
    end()
    store.change(muted=True)
    assert heard == []


def test_a_listener_that_changes_something_leaves_everyone_with_the_last_word(path):
    store, heard = SettingsStore(path), []
    store.subscribe(lambda now: now.volume == 5 and store.change(volume=6))
    store.subscribe(lambda now: heard.append(now.volume))
    store.change(volume=5)
    assert heard == [6, 6]


@pytest.mark.parametrize("text", ["", "{", "[1]", "null", '"x"', "\x00\xff", "[" * 100_000, "5"])
def test_a_file_that_cannot_be_read_is_set_aside(path, text):
    path.parent.mkdir()
    path.write_text(text, encoding="latin-1")
    store = SettingsStore(path)
    assert store.current == Settings()
    assert path.with_suffix(".unreadable").read_text("latin-1") == text
    store.change(volume=3)
    assert SettingsStore(path).current.volume == 3


def test_a_folder_where_the_file_should_be_is_set_aside_too(path):
    path.mkdir(parents=True)
    assert SettingsStore(path).current == Settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", "pink"), ("surround", ""), ("uploads", "always"), ("text_percent", 89),
        ("text_percent", 1000), ("volume", -1), ("volume", 101), ("volume", True), ("muted", 1),
        ("volume", 50.0), ("ask_above_usd", "a lot"), ("ask_above_usd", "NaN"),
        ("ask_above_usd", "Infinity"), ("ask_above_usd", "-1"), ("clips_folder", None),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_counts_as_never_set(path, name, value):
    path.parent.mkdir()
    path.write_text(json.dumps({name: value, "notify": False}))
    store = SettingsStore(path)
    assert store.current == dataclasses.replace(Settings(), notify=False)
    with pytest.raises(ValueError, match=name):
        store.change(**{name: value})
    assert store.current == dataclasses.replace(Settings(), notify=False)


def test_consent_cannot_come_from_a_damaged_file(path):
    path.parent.mkdir()
    path.write_text(json.dumps({"uploads": "yes please"}))
    assert SettingsStore(path).current.uploads == "ask"


@how(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(Settings.__slots__) | st.text(max_size=5), json_values))
def test_any_json_at_all_can_lie_there(path, data):
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(data))
    store = SettingsStore(path)
    store.change(volume=1)
    store.change(volume=2)
    kept = json.loads(path.read_text())
    unknown = {name for name in data if name not in Settings.__slots__}
    assert {name: kept[name] for name in unknown} == {name: data[name] for name in unknown}


def test_what_a_newer_version_wrote_is_kept(path):
    path.parent.mkdir()
    path.write_text(json.dumps({"hologram": {"depth": 3}, "volume": 9}))
    SettingsStore(path).change(volume=10)
    assert json.loads(path.read_text())["hologram"] == {"depth": 3}


def test_a_full_disk_takes_no_choice_away_and_is_made_up_for(path, noise):
    noise.allow("preferences are not kept")
    store, heard = SettingsStore(path), []
    store.change(volume=20)
    store.subscribe(heard.append)
    with full_disk(0):
        store.change(volume=21)
    assert (store.current.volume, heard[-1].volume) == (21, 21)
    assert store.trouble == "File too large"
    assert SettingsStore(path).current.volume == 20
    store.change(volume=21)
    assert (store.trouble, SettingsStore(path).current.volume) == ("", 21)


def test_a_data_folder_that_cannot_be_is_no_end(tmp_path, noise):
    noise.allow("preferences are not kept")
    (tmp_path / "file").write_text("")
    store = SettingsStore(tmp_path / "file" / "settings.json")
    store.change(muted=True)
    assert (store.current.muted, store.trouble) == (True, "File exists")
