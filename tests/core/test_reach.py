"""Whether a server answers, told also by those who do not ask through here."""

from kling_desktop.core.clock import SystemClock
from kling_desktop.core.reach import Reach


def test_a_lost_question_is_told_each_time_and_an_answer_once():
    told = []
    reach = Reach(SystemClock(), lambda: 0.5, told.append)
    reach.lost()
    reach.lost()
    assert reach.is_away
    reach.answered()
    reach.answered()
    assert not reach.is_away
    assert told == [True, True, False]
