"""The painting in work: every step can be taken back, and nothing is lost on the way."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from kling_desktop.records.painting import STILL, Area, Inversion, Stroke
from kling_desktop.ui.brush.history import History
from kling_desktop.ui.brush.session import BrushSession, Tool
from tests.helpers.brush import bare

DOT = Stroke(((5.0, 5.0),), 3.0)
WAY = ((1.0, 1.0), (50.0, 60.0))


class HistoryMachine(RuleBasedStateMachine):
    """Against a plain list of paintings with a finger on one of them."""

    def __init__(self):
        super().__init__()
        self.paintings, self.here = [bare()], 0
        self.history = History(bare())
        self.count = 0

    @rule()
    def push(self):
        self.count += 1
        painting = bare().with_area(Area(number=1, name=str(self.count)))
        self.history.push(painting)
        self.paintings = [*self.paintings[: self.here + 1], painting]
        self.here += 1

    @rule()
    def push_the_same(self):
        self.history.push(self.history.current)

    @rule()
    def undo(self):
        self.history.undo()
        self.here = max(0, self.here - 1)

    @rule()
    def redo(self):
        self.history.redo()
        self.here = min(len(self.paintings) - 1, self.here + 1)

    @invariant()
    def agrees(self):
        assert self.history.current == self.paintings[self.here]
        assert self.history.can_undo == (self.here > 0)
        assert self.history.can_redo == (self.here < len(self.paintings) - 1)


TestHistory = HistoryMachine.TestCase

_DEEDS = {
    "dot": lambda session: session.add_mark(DOT),
    "invert": lambda session: session.invert(),
    "path": lambda session: session.set_path(WAY),
    "clear": lambda session: session.clear(),
    "add": lambda session: session.add_area(),
    "remove": lambda session: session.remove_area(session.chosen),
    "name": lambda session: session.rename(session.chosen, "Head"),
    "still": lambda session: session.choose(STILL),
    "first": lambda session: session.choose(1),
    "undo": lambda session: session.undo(),
    "redo": lambda session: session.redo(),
}


@given(st.lists(st.sampled_from([*_DEEDS]), max_size=25))
def test_whatever_is_done_there_is_an_area_to_paint_on_and_a_way_back(deeds):
    session = BrushSession(bare(), 6)
    first = session.painting
    for deed in deeds:
        _DEEDS[deed](session)
        numbers = [one.number for one in session.painting.areas]
        assert session.chosen in numbers
        assert numbers[0] == STILL
        assert len(numbers) >= 2
        assert session.painting.area(STILL).path == ()
        assert 0 <= session.areas_left <= 5
    while session.history.can_undo:
        session.undo()
    assert session.painting == first


def test_it_begins_with_hold_still_and_one_that_moves():
    session = BrushSession(bare(), 6)
    assert [one.number for one in session.painting.areas] == [STILL, 1]
    assert session.chosen == 1
    assert not session.history.can_undo


def test_a_model_that_takes_fewer_areas_gets_no_more():
    session = BrushSession(bare(), 2)
    for _ in range(5):
        session.add_area()
    assert [one.number for one in session.painting.areas] == [STILL, 1, 2]
    assert session.areas_left == 0


def test_a_number_that_was_deleted_is_given_again():
    session = BrushSession(bare(), 6)
    session.add_area()
    session.add_area()
    session.remove_area(2)
    session.add_area()
    assert session.chosen == 2
    assert [one.number for one in session.painting.areas] == [STILL, 1, 2, 3]


def test_inverting_twice_leaves_nothing_behind():
    session = BrushSession(bare(), 6)
    session.add_mark(DOT)
    session.invert()
    assert session.area.marks == (DOT, Inversion())
    session.invert()
    assert session.area.marks == (DOT,)


def test_hiding_is_nothing_to_take_back():
    session = BrushSession(bare(), 6)
    session.show_area(1, shown=False)
    assert not session.area.shown
    assert not session.history.can_undo


def test_size_and_tools():
    session = BrushSession(bare((2000, 1000)), 6)
    session.set_size(50)
    assert session.width == 100
    session.set_size(9999)
    assert session.size == 250
    session.use(Tool.ERASER)
    assert session.tool is Tool.ERASER


def test_an_opened_painting_is_as_it_was_left():
    painting = bare().with_area(Area(number=3, marks=(DOT,), path=WAY))
    session = BrushSession(replace(painting), 6)
    assert session.chosen == 3
    assert session.painting.area(3) == painting.area(3)
    assert session.painting.area(1) is None
