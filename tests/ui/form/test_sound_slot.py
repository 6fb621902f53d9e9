"""A sound in its slot: looked at, listened to, and cut by mouse and by keys."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDragLeaveEvent, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from kling_desktop.catalog.field_spec import FieldLimits
from kling_desktop.records.media import MediaKind
from kling_desktop.records.problem import ProblemKind, Remedy
from kling_desktop.records.sound import Part, Waveform
from kling_desktop.ui.form.media_slot.sound_bench import SoundBench
from kling_desktop.ui.form.media_slot.wave_view import WaveView
from kling_desktop.ui.form.parts.tiny_button import TinyButton
from kling_desktop.ui.form.ports import MediaView, OfferedFile
from kling_desktop.ui.theme import DARK, LIGHT, palette_of
from tests.helpers.drags import drop, enter, files
from tests.helpers.form import KeepingPort, button_of, ref, request_type, slots_of, spec

LIMITS = FieldLimits(min_duration=2, max_duration=10)
SOUND = spec("speech", media=MediaKind.AUDIO, limits=LIMITS)
VIDEO = spec("film", media=MediaKind.VIDEO)
TALK = ref(1, ".mp3")


def wave(seconds, count=200):
    highs = tuple(abs(math.sin(at / 9)) for at in range(count))
    return Waveform(seconds, tuple(-one for one in highs), highs)


def put(port, form, seconds=8.0, *, known=True):
    port.views[TALK] = MediaView(name="talk.mp3", kind=MediaKind.AUDIO, seconds=seconds)
    if known:
        port.waves[TALK] = wave(seconds)
    form.set_request_type(request_type(SOUND, VIDEO))
    form.set_values({"speech": TALK})
    QApplication.processEvents()
    return slots_of(form)[0]


def tiny(slot, name):
    return next(
        one for one in slot.findChildren(TinyButton) if one.toolTip().startswith(f"{name}:")
    )


def cut_button(slot):
    (found,) = slot.findChildren(QPushButton)
    return found


def pull(view, handle, seconds):
    """By mouse, as a hand would."""
    middle = QPoint(handle.width() // 2, handle.height() // 2)
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=middle)
    target = QPoint(round(view.x_of(seconds)), middle.y())
    QTest.mouseMove(handle, handle.mapFrom(view, target))
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=handle.mapFrom(view, target))


def test_it_is_seen_with_its_length(form, port):
    slot = put(port, form)
    assert slot.bench.view.isVisible()
    assert "0:08.0" in slot.bench.row.findChildren(type(slot.bench._times))[0].text()
    assert slot.bench.part() == Part(0, 8)
    assert not cut_button(slot).isVisible()


def test_an_empty_slot_has_nothing_to_hear(form, port):
    slot = put(port, form)
    form.set_values({})
    assert not slot.bench.view.isVisible()
    assert not slot.bench.row.isVisible()
    assert slot.frame.line() == "Drop a sound here"


def test_pulling_a_handle_chooses_a_part(form, port):
    slot = put(port, form)
    view = slot.bench.view
    pull(view, view.end, 5)
    pull(view, view.start, 1)
    assert slot.bench.part().start == pytest.approx(1, abs=0.1)
    assert slot.bench.part().end == pytest.approx(5, abs=0.1)
    assert cut_button(slot).isVisible()
    assert cut_button(slot).text().startswith("Use this part · 0:0")


def test_the_part_is_asked_for_with_its_place(qtbot, form, port):
    slot = put(port, form)
    pull(slot.bench.view, slot.bench.view.end, 5)
    with qtbot.waitSignal(form.part_wanted) as asked:
        cut_button(slot).click()
    assert asked.args == [("speech",), slot.bench.part()]
    assert form.values() == {"speech": TALK}


@pytest.mark.parametrize(
    ("key", "moved"),
    [
        (Qt.Key.Key_Right, 0.1),
        (Qt.Key.Key_Up, 0.1),
        (Qt.Key.Key_PageUp, 1.0),
        (Qt.Key.Key_Left, 0.0),
        (Qt.Key.Key_End, 6.0),
    ],
)
def test_handles_move_by_keys(form, port, key, moved):
    slot = put(port, form)
    start = slot.bench.view.start
    QTest.keyClick(start, key)
    assert slot.bench.part().start == pytest.approx(moved)
    assert slot.bench.part().end == 8
    assert start.value() == round(moved * 100)


def test_handles_have_names_and_say_where_they_are(form, port):
    slot = put(port, form)
    start, end = slot.bench.view.start, slot.bench.view.end
    assert start.accessibleName() == "Start of the part: Speech"
    assert end.accessibleName() == "End of the part: Speech"
    QTest.keyClick(start, Qt.Key.Key_PageUp)
    assert start.accessibleDescription() == "0:01.0 of 0:08.0"
    assert start.maximum() == end.maximum() == 800


def test_a_part_can_be_taken_back(form, port):
    slot = put(port, form)
    QTest.keyClick(slot.bench.view.start, Qt.Key.Key_PageUp)
    back = tiny(slot, "The whole sound")
    assert back.isVisible()
    back.setFocus()
    back.click()
    assert slot.bench.part() == Part(0, 8)
    assert not back.isVisible()
    assert tiny(slot, "Listen").hasFocus()


def test_a_sound_that_is_too_long_begins_with_as_much_as_may_be(form, port):
    slot = put(port, form, 30.0)
    assert slot.bench.part() == Part(0, 10)
    assert cut_button(slot).isVisible()
    pull(slot.bench.view, slot.bench.view.end, 20)
    part = slot.bench.part()
    assert (part.start, part.end) == (pytest.approx(10, abs=0.3), pytest.approx(20, abs=0.3))


def test_listening_shows_the_place_and_stops(form, port):
    slot = put(port, form)
    QTest.keyClick(slot.bench.view.start, Qt.Key.Key_PageUp)
    tiny(slot, "Listen").click()
    assert port.played == [(TALK, Part(1, 8))]
    port.tell(2.5)
    assert slot.bench._times.text() == "0:02.5 / 0:08.0"
    assert slot.bench.view._place == 2.5
    tiny(slot, "Stop").click()
    assert slot.bench.view._place is None
    assert tiny(slot, "Listen")


def test_a_press_in_the_waveform_plays_from_there(form, port):
    slot = put(port, form)
    view = slot.bench.view
    at = QPoint(round(view.x_of(3)), 10)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=at)
    ((text, part),) = port.played
    assert (text, part.end) == (TALK, 8)
    assert part.start == pytest.approx(3, abs=0.1)
    assert not port.asked


def test_another_sound_or_a_form_that_goes_ends_the_listening(form, port):
    slot = put(port, form)
    tiny(slot, "Listen").click()
    port.tell(1.0)
    form.set_values({})
    assert slot.bench.view._place is None
    form.set_values({"speech": TALK})
    tiny(slot, "Listen").click()
    port.tell(1.0)
    told = port.tell
    form.set_request_type(request_type(VIDEO, name="Other"))
    assert port.tell is not told
    QApplication.processEvents()
    told(3.0)


def test_while_another_file_is_made_of_it_the_slot_says_so(form, port):
    slot = put(port, form)
    QTest.keyClick(slot.bench.view.start, Qt.Key.Key_PageUp)
    cut_button(slot).setFocus()
    port.change(TALK, is_in_work=True)
    assert slot.frame.line() == "Working…"
    assert not cut_button(slot).isEnabled()
    assert not slot.bench.view.isVisible()
    assert tiny(slot, "Listen").hasFocus()
    port.change(TALK, is_in_work=False)
    assert cut_button(slot).isEnabled()
    assert slot.bench.view.isVisible()


def test_where_there_is_nothing_to_hear_there_is_nothing_to_cut(form, port):
    slot = put(port, form, known=False)
    assert not slot.bench.row.isVisible()
    assert not slot.bench.view.start.isVisible()


def test_a_drag_covers_the_waveform(form, port, tmp_path):
    slot = put(port, form)
    (tmp_path / "b.mp3").touch()
    enter(slot.frame, files(tmp_path / "b.mp3"))
    assert slot.frame.line() == "Let go to use it"
    assert not slot.bench.view.isVisible()
    QApplication.sendEvent(slot.frame, QDragLeaveEvent())
    assert slot.bench.view.isVisible()


def test_a_video_can_be_dropped_for_its_sound_but_goes_elsewhere_by_itself(form, port, tmp_path):
    path = tmp_path / "clip.mp4"
    path.touch()
    form.set_request_type(request_type(SOUND, VIDEO))
    form.take_mime(files(path))
    assert port.asked[-1].token.loc == ("film",)
    form.take_mime(files(path))
    assert port.asked[-1].token.loc == ("film",)
    drop(slots_of(form)[0].frame, files(path))
    assert port.asked[-1].token.loc == ("speech",)
    assert port.asked[-1].offered == (OfferedFile(path),)


@pytest.mark.parametrize(
    ("remedy", "values", "text"),
    [
        (Remedy.SHORTEN, {"most": 60}, "Use the first 60 s"),
        (Remedy.CONVERT, {"into": "MP3"}, "Convert to MP3"),
        (Remedy.CONVERT, {}, "Convert it"),
    ],
)
def test_the_way_out_says_what_it_does(qtbot, form, port, remedy, values, text):
    put(port, form)
    kind = ProblemKind(code="test_way", what="It is odd.", remedy=remedy)
    form.show_problems([kind("speech", **values)])
    with qtbot.waitSignal(form.remedy_wanted) as asked:
        button_of(form, text).click()
    assert asked.args[:2] == [("speech",), remedy]


@pytest.mark.parametrize("tokens", [DARK, LIGHT])
@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_it_is_drawn_in_the_colors_of_the_theme(qtbot, tokens, ratio):
    app = QApplication.instance()
    before = QPalette(app.palette())
    app.setPalette(palette_of(tokens))
    view = WaveView("Speech")
    qtbot.addWidget(view)
    view.resize(300, 80)
    view.show_wave(wave(8.0), 8.0)
    view.show_part(Part(2, 6))
    view.show_place(4.0)
    view.show()
    image = view.grab().toImage()
    colors = {image.pixelColor(x, y).name() for x in range(image.width()) for y in (30, 40)}
    assert {tokens.raised, tokens.tint, tokens.accent} <= colors
    app.setPalette(before)


seconds = st.floats(0, 90)


@given(
    length=st.floats(2, 80),
    least=st.none() | st.floats(0.1, 5),
    most=st.none() | st.floats(5, 60),
    pulls=st.lists(st.tuples(seconds, st.booleans()), max_size=12),
)
def test_whatever_is_pulled_the_part_stays_within_its_bounds(qapp, length, least, most, pulls):
    bench = SoundBench(KeepingPort(), "Speech", qapp)
    bench.set_bounds(least, most)
    bench.show_sound("", length)
    for place, at_start in pulls:
        part = bench.part()
        wished = Part(place, part.end) if at_start else Part(part.start, place)
        bench.view.part_wished.emit(wished, at_start)
        part = bench.part()
        assert 0 <= part.start <= part.end <= length + 1e-9
        assert part.seconds <= (most or length) + 1e-9
        assert part.seconds >= min(max(least or 0, 0.1), length) - 1e-9
    for widget in (bench.view, bench.row):
        widget.deleteLater()
    bench.deleteLater()
