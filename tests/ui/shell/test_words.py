from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kling_desktop.records.problem import Charge, ProblemKind
from kling_desktop.ui import words
from tests.helpers.pseudo import speaking_pseudo

SMALL = ProblemKind(
    code="too_small_here",
    what="The picture is {width} × {height} pixels.",
    why="Kling needs {least}.",
    do="Use a larger one.",
)


def test_a_problem_in_three_sentences(qapp):
    said = words.say(SMALL("image_url", width=200, height=100, least=300))
    assert said.what == "The picture is 200 × 100 pixels."
    assert said.text == "The picture is 200 × 100 pixels. Kling needs 300. Use a larger one."


def test_a_missing_value_stays_a_placeholder(qapp):
    assert words.say(SMALL()).what == "The picture is {width} × {height} pixels."


def test_problems_are_translated_by_their_template(qapp):
    with speaking_pseudo():
        said = words.say(SMALL(width=200, height=100, least=300))
    assert said.what.startswith("⟦The picture is 200 × 100 pixels.")


def test_details_say_code_and_place(qapp):
    problem = SMALL("image", 0, details="raw", width=2, height=1, least=3)
    assert words.say_details(problem).splitlines()[1:] == [
        "code: too_small_here",
        "at: image.0",
        "raw",
    ]


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("0.28", "$0.28"),
        ("0.056", "$0.056"),
        ("0.140", "$0.14"),
        ("2.8", "$2.80"),
        ("1234.5", "$1,234.50"),
        ("0", "$0.00"),
        ("10", "$10.00"),
        ("0.1", "$0.10"),
    ],
)
def test_money(qapp, amount, said):
    assert words.money(Decimal(amount)) == said


def test_money_that_is_not_known(qapp):
    assert words.money(None) == words.about(None) == "price unknown"
    assert words.about(Decimal("0.56")) == "about $0.56"
    assert words.price_chip(Decimal("0.28"), 5) == "$0.28 / 5 s"


def test_every_end_names_the_money(qapp):
    assert words.charge(Charge.NOT_CHARGED) == "Not charged"
    assert words.charge(Charge.PROBABLY_NOT) == "Probably not charged"
    assert words.charge(Charge.MAY_BE) == "May be charged"
    assert words.charge(Charge.CHARGED, Decimal("0.28")) == "Charged $0.28"
    assert words.charge(Charge.CHARGED) == "Charged"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0:00.0"), (7.44, "0:07.4"), (7.96, "0:08.0"), (59.96, "1:00.0"), (3599.99, "1:00:00.0")],
)
def test_fine_clock(seconds, said):
    assert words.fine_clock(seconds) == said


@pytest.mark.parametrize(("seconds", "said"), [(7, "0:07"), (112.9, "1:52"), (3723, "1:02:03")])
def test_clock(seconds, said):
    assert words.clock(seconds) == said


def test_timecode():
    assert words.timecode(51, 24) == "00:00:02:03"
    assert words.timecode(0, 23.976) == "00:00:00:00"
    assert words.timecode(24 * 3600, 24) == "01:00:00:00"


@given(st.integers(0, 10**7), st.sampled_from([24.0, 25.0, 30.0, 23.976, 29.97, 60.0]))
def test_a_timecode_leads_back_to_its_frame(frame, rate):
    hours, minutes, seconds, frames = map(int, words.timecode(frame, rate).split(":"))
    whole = round(rate)
    assert ((hours * 60 + minutes) * 60 + seconds) * whole + frames == frame
    assert frames < whole


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (40, 90, "40 to 90 s"),
        (50, 50, "about 50 s"),
        (120, 240, "2 to 4 min"),
        (170, 190, "about 3 min"),
    ],
)
def test_usual_time(qapp, low, high, said):
    assert words.span(low, high) == said


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (1, "1 byte"),
        (812, "812 bytes"),
        (12_400_000, "12.4 MB"),
        (999_950, "1.0 MB"),
        (400_000_000, "400 MB"),
        (2_500_000_000, "2.5 GB"),
    ],
)
def test_file_size(qapp, size, said):
    assert words.file_size(size) == said


def test_moved_and_share(qapp):
    assert words.moved(3_100_000, 12_400_000) == "3.1 MB of 12.4 MB"
    assert words.moved(3_100_000, None) == "3.1 MB"
    assert words.share(62, 100) == "62 %"
    assert words.share(5, None) == ""


def test_counts_have_their_plural(qapp):
    assert words.counted(1, "%n clip", "%n clips") == "1 clip"
    assert words.counted(3, "%n clip", "%n clips") == "3 clips"
    with speaking_pseudo():
        assert words.counted(1, "%n clip", "%n clips").startswith("⟦1 clip")


def test_facts_of_a_model(qapp):
    assert words.resolution(720, 24.0) == "720p · 24 fps"
    assert words.resolution(None, 23.976) == "23.976 fps"
    assert words.pixels(4032, 2688) == "4032 × 2688"
