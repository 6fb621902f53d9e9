"""The parts of the tour: what counts as alike, as whole, as seen, and what is written down."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLineEdit, QMenu, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from kling_desktop.ui.tour.eyes import Eyes, RowSeen
from kling_desktop.ui.tour.hands import Hands
from kling_desktop.ui.tour.pictures import middle, photograph, shows_something, unlike
from kling_desktop.ui.tour.plan import TourPlan, process_began
from kling_desktop.ui.tour.record import TourRecord
from kling_desktop.ui.tour.stage_steps import is_whole_clip
from kling_desktop.ui.tour.walk import TourStopped, Until, Walk, pause
from tests.helpers.media_zoo import numbered_clip


def plan_in(folder, **changes):
    values = {"folder": folder, "picture": folder / "cup.jpg", "begun": time.monotonic()}
    return TourPlan(**{**values, **changes})


def picture(left, right, size=(320, 180)):
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor(left))
    for x in range(size[0] // 2, size[0]):
        for y in range(size[1]):
            image.setPixelColor(x, y, QColor(right))
    return image


def ended(walk, qtbot):
    with qtbot.waitSignal(walk.ended, timeout=5000) as seen:
        walk.start()
    return seen.args[0]


def test_pictures_are_told_apart_by_what_they_show():
    one, other = picture("#202020", "#c0c0c0"), picture("#c0c0c0", "#202020")
    assert unlike(one, other)
    assert not unlike(one, one.copy())
    assert shows_something(one)
    assert not shows_something(picture("#202020", "#222222"))
    assert not shows_something(QImage())
    assert (middle(one).width(), middle(one).height()) == (192, 90)


def test_the_process_began_before_its_first_line():
    first_line = time.monotonic()
    assert 0 <= first_line - process_began(first_line) < 3600


def test_a_walk_hands_back_what_was_seen(qtbot):
    seen = []

    def steps():
        seen.append((yield Until(lambda: "a cup", 1, "a cup")))
        yield pause(0.01)

    walk = Walk(steps())
    assert ended(walk, qtbot) == ""
    assert seen == ["a cup"]


def test_a_walk_says_what_was_never_seen(qtbot):
    def steps():
        yield Until(lambda: None, 0.05, "a cup")

    assert ended(Walk(steps()), qtbot) == "Not seen within 0.05 s: a cup."


def test_what_was_not_seen_is_told_as_it_stands_at_the_end(qtbot):
    looks = []

    def steps():
        yield Until(lambda: looks.append(True), 0.05, lambda: f"a cup in {len(looks)} looks")

    walk = Walk(steps())
    why = ended(walk, qtbot)
    assert why == f"Not seen within 0.05 s: a cup in {len(looks)} looks."


def test_a_walk_ends_with_the_words_of_a_stop(qtbot):
    def look():
        raise TourStopped("The cup is empty.")

    def steps():
        yield Until(look, 1, "a cup")

    assert ended(Walk(steps()), qtbot) == "The cup is empty."


@given(st.lists(st.sampled_from(["uploading 3 %", "uploading 99 %", "made", "made, 1:52"])))
def test_a_state_is_told_apart_by_words_and_not_by_numbers(tmp_path_factory, said):
    record = TourRecord(plan_in(tmp_path_factory.mktemp("tour")))
    for words in said:
        record.row(RowSeen("At fal", (words,)))
    record.close("")
    shapes = [words.translate(str.maketrans("0123456789:", " " * 11)).split() for words in said]
    changes = [one for place, one in enumerate(shapes) if place == 0 or one != shapes[place - 1]]
    assert record.states() == len(changes)


def test_the_record_is_there_at_every_moment(tmp_path, qapp):
    (tmp_path / "07-made.png").write_bytes(b"of an older tour")
    (tmp_path / "holiday.png").write_bytes(b"of a person")
    record = TourRecord(plan_in(tmp_path, is_real=True))
    record.step("first start", "a window", picture("#202020", "#c0c0c0"))
    facts = json.loads((tmp_path / "tour.json").read_text())
    assert facts["passed"] is False
    assert facts["failure"] == "the tour did not come to its end"
    assert facts["mode"] == "real"
    record.copied("01a2")
    record.moves()
    record.close("")
    facts = json.loads((tmp_path / "tour.json").read_text())
    assert facts["passed"] is True
    assert facts["request_id"] == "01a2"
    assert facts["steps"][0]["picture"] == "01-first-start.png"
    assert facts["steps"][0]["at"] <= facts["moving_after"]
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        "01-first-start.png",
        "holiday.png",
        "tour.json",
    ]


def test_a_clip_is_whole_or_it_is_not(tmp_path):
    clip = numbered_clip(tmp_path / "clip.mp4")
    assert is_whole_clip(clip)
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(clip.read_bytes()[:-100])
    assert not is_whole_clip(cut)
    assert not is_whole_clip(tmp_path / "none.mp4")
    (tmp_path / "no.mp4").write_bytes(b"\0" * 64)
    assert not is_whole_clip(tmp_path / "no.mp4")


@pytest.fixture
def desk(qtbot):
    window = QWidget()
    column = QVBoxLayout(window)
    for one in (QPushButton("Go"), QLineEdit(), QPlainTextEdit()):
        column.addWidget(one)
    window.resize(300, 300)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    return window


def test_hands_click_and_type(desk, qtbot):
    hands, eyes = Hands(desk), Eyes(desk)
    pressed = []
    button = eyes.first(QPushButton)
    button.clicked.connect(lambda: pressed.append(True))
    hands.click(button)
    assert pressed
    field = eyes.first(QLineEdit)
    hands.click(field)
    qtbot.waitUntil(field.hasFocus)
    hands.write("Hello, the cup")
    hands.write_over("Grüße, /tmp/ünder the cup")
    assert field.text() == "Grüße, /tmp/ünder the cup"


def test_hands_do_not_reach_through_what_lies_on_top(desk):
    cover = QWidget(desk)
    cover.setGeometry(desk.rect())
    cover.show()
    with pytest.raises(TourStopped, match="not where it can be clicked"):
        Hands(desk).click(Eyes(desk).first(QPushButton))


def test_a_drag_that_is_not_taken_is_noticed(desk, tmp_path):
    hands, button = Hands(desk), Eyes(desk).first(QPushButton)
    with pytest.raises(TourStopped, match="does not take the drag"):
        hands.drag_over(button, tmp_path / "cup.jpg")
    with pytest.raises(TourStopped, match="does not take the drop"):
        hands.let_go(button, QMimeData())


def test_hands_choose_from_a_menu_and_eyes_see_it(desk, qtbot):
    chosen = []
    menu = QMenu(desk)
    menu.addAction("&Copy", lambda: chosen.append("copy"))
    menu.addAction("Gone").setEnabled(False)
    menu.popup(desk.mapToGlobal(desk.rect().center()))
    qtbot.waitUntil(lambda: Eyes(desk).menu() is menu)
    with pytest.raises(TourStopped, match="does not offer “Gone”"):
        Hands(desk).choose(menu, "Gone")
    assert not unlike(photograph(desk), photograph(desk))
    Hands(desk).choose(menu, "Copy")
    assert chosen == ["copy"]
    assert Eyes(desk).menu() is None
