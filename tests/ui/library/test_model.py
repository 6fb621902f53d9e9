from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from kling_desktop.records.job import MadeBy
from kling_desktop.ui.library.model import CLIP_ROLE, ClipModel
from tests.helpers.queue import Clips, clips
from tests.helpers.records import a_clip


def name(endpoint_id):
    return "2.1 Std"


@pytest.fixture
def port():
    return Clips(clips(300))


@pytest.fixture
def model(qapp, port):
    model = ClipModel(port, name)
    model.refresh()
    return model


def test_rows_are_read_in_windows_as_they_are_needed(model, port):
    assert model.rowCount() == 300
    assert port.windows == []
    assert model.clip_at(10).clip_id == "c10"
    assert model.clip_at(20).clip_id == "c20"
    assert port.windows == [64]


def test_memory_holds_a_bounded_number_of_rows(qapp):
    port = Clips(clips(2000))
    model = ClipModel(port, name)
    model.refresh()
    for row in range(2000):
        assert model.clip_at(row).clip_id == f"c{row}"
    assert len(model._known) <= 512


def test_it_keeps_qts_rules_for_models(model, port):
    tester = QAbstractItemModelTester(model)
    port.clips = port.clips[5:]
    model.refresh()
    port.clips = [*clips(2), *port.clips]
    model.refresh()
    assert tester.model() is model


def test_a_row_that_is_gone_is_nothing(model, port):
    port.clips.pop(3)
    assert model.clip_at(3) is None
    assert model.data(model.index(3), CLIP_ROLE) is None
    assert model.clip_at(999) is None
    assert model.id_at(999) == ""


def test_a_new_clip_moves_rows_and_loses_no_index(model, port):
    kept = QPersistentModelIndex(model.index(7))
    resets = []
    model.modelReset.connect(lambda: resets.append(1))
    port.clips.insert(0, a_clip(clip_id="new"))
    model.refresh()
    assert model.ids[0] == "new"
    assert kept.row() == 8
    assert resets == []


def test_a_changed_clip_is_read_again(model, port):
    model.clip_at(0)
    changed = []
    model.dataChanged.connect(lambda first, *_: changed.append(first.row()))
    port.clips[4] = clips(5, stars=5)[4]
    model.renew("c4")
    assert changed == [4]
    assert model.clip_at(4).stars == 5


def test_stars_filter_the_whole_library(model, port):
    port.clips[250] = clips(251, stars=4)[250]
    model.show_matching("", 4)
    assert model.ids == ["c250"]
    model.show_matching(" clip 25 ", 0)
    assert model.ids == ["c25", *(f"c{number}" for number in range(250, 260))]


def test_each_item_speaks(qapp):
    one = clips(1, made_by=MadeBy.REHEARSAL, stars=4)
    model = ClipModel(Clips(one), name)
    model.refresh()
    said = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Clip 0, take A, 2.1 Std, rehearsal, length 0:05, 4 of 5 stars, new"


ids = st.lists(st.sampled_from("abcdefghij"), unique=True)


@given(ids, ids)
def test_any_list_becomes_any_other(qapp, before, after):
    port = Clips([])
    port.ids = lambda search: list(before)
    model = ClipModel(port, name)
    model.refresh()
    kept = {one: QPersistentModelIndex(model.index(row)) for row, one in enumerate(before)}
    resets = []
    model.modelReset.connect(lambda: resets.append(1))
    port.ids = lambda search: list(after)
    model.refresh()
    assert model.ids == after
    assert [model.row_of(one) for one in after] == list(range(len(after)))
    if not resets:
        for one, index in kept.items():
            assert index.row() == (after.index(one) if one in after else -1)
