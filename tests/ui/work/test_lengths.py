"""What the ruler says, from lengths and prices."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from kling_desktop.catalog.field_spec import FieldLimits
from kling_desktop.catalog.lengths import Lengths, Saving, TimedFile
from kling_desktop.records.media import MediaKind
from kling_desktop.records.server import FAL, server_at
from kling_desktop.ui.jobs.link_button import LinkButton
from kling_desktop.ui.length_ruler import Bar, LengthRuler, Offer, RulerLook
from kling_desktop.ui.work.lengths import look_of
from tests.helpers.form import spec

VIDEO = spec("film", media=MediaKind.VIDEO)
SOUND = spec("speech", media=MediaKind.AUDIO, limits=FieldLimits(min_duration=2))


def lengths(video=None, sound=None, **more):
    files = [
        TimedFile(field=field, seconds=seconds)
        for field, seconds in ((VIDEO, video), (SOUND, sound))
        if seconds is not None
    ]
    return Lengths(files=tuple(files), **more)


def test_a_sound_that_is_too_long_for_its_video():
    look = look_of(
        lengths(6.2, 9.0, billed=Decimal(10), billed_field="film", step=5, price=Decimal("0.14")),
        FAL,
    )
    assert look.bars == (
        Bar("Film", 6.2, billed=10.0),
        Bar("Speech", 9.0, beyond=pytest.approx(2.8)),
    )
    assert look.billed == "fal bills 10 s · $0.14"
    assert "2.8 s after the video has ended" in look.words
    assert "whole steps of 5 s" in look.words
    assert look.offers == (Offer("cut", "Use the first 0:06.2 of the sound"),)


@pytest.mark.parametrize(
    ("video", "sound", "words"),
    [
        (5.0, 3.5, "The video goes on for 1.5 s after the sound has ended."),
        (5.0, 5.04, "Sound and video end together."),
        (5.0, None, ""),
    ],
)
def test_other_lengths(video, sound, words):
    look = look_of(lengths(video, sound), FAL)
    assert (look.words, look.offers, look.billed) == (words, (), "")


def test_a_video_shorter_than_any_sound_is_no_measure_for_it():
    assert look_of(lengths(1.5, 9.0), FAL).offers == ()


def test_words_in_place_of_a_sound():
    look = look_of(lengths(5.0, words=spec("text", max_length=120)), FAL)
    assert look.words == "A voice says up to 120 characters over it."


def test_what_could_be_saved():
    video = TimedFile(field=VIDEO, seconds=5.04)
    saving = Saving(file=video, seconds=5.0, price=Decimal("0.07"))
    look = look_of(lengths(5.04, saving=saving), FAL)
    assert look.offers == (Offer("save", "Use the first 5 s of the video · $0.07"),)


def test_another_server_is_named():
    server = server_at("http://127.0.0.1:9/")
    look = look_of(lengths(5.0, billed=Decimal(5), billed_field="film", price=None), server)
    assert look.billed == f"{server.name} bills 5 s · price unknown"


LOOK = RulerLook(
    bars=(Bar("Film", 6.2, billed=10.0), Bar("Speech", 9.0, beyond=2.8)),
    words="The sound is longer.",
    billed="fal bills 10 s · $0.14",
    offers=(Offer("cut", "Cut it"), Offer("save", "Save on it")),
)


@pytest.fixture
def ruler(qtbot):
    made = LengthRuler()
    qtbot.addWidget(made)
    made.resize(300, 200)
    return made


def test_it_is_there_only_with_something_to_show(ruler):
    assert not ruler.isVisible()
    ruler.show_look(LOOK)
    assert ruler.isVisible()
    words = ruler.accessibleDescription()
    assert "Film 0:06.2" in words
    assert "$0.14" in words
    ruler.show_look(RulerLook())
    assert not ruler.isVisible()


def test_its_ways_are_pressed(qtbot, ruler):
    ruler.show_look(LOOK)
    first, second = (one for one in ruler.findChildren(LinkButton) if one.isVisible())
    with qtbot.waitSignal(ruler.offer_pressed) as pressed:
        qtbot.mouseClick(second, Qt.MouseButton.LeftButton)
    assert pressed.args == ["save"]
    ruler.show_look(RulerLook(bars=LOOK.bars, offers=LOOK.offers[:1]))
    assert (first.text(), second.isVisible()) == ("Cut it", False)


@pytest.mark.parametrize("width", [120, 300, 900])
def test_it_is_drawn_in_any_width(ruler, width):
    ruler.show_look(LOOK)
    ruler.resize(width, 200)
    image = ruler.grab().toImage()
    assert not image.isNull()
    assert ruler.minimumSizeHint().width() <= 300
