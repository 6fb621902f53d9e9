"""What stands below a line that is spoken."""

import pytest

from kling_desktop.catalog.hearing import line_of
from kling_desktop.records.job import MadeBy
from kling_desktop.records.server import FAL
from kling_desktop.ui.work.line_words import look_of
from tests.helpers.catalog import bundled

WORDS = "fal-ai/kling-video/lipsync/text-to-video"


def look(text="Good morning.", made_by=MadeBy.FAL, **changes):
    line = line_of(bundled(), WORDS, {"text": text, "voice_id": "uk_man2"})
    facts = {"is_heard": False, "is_coming": False, "can_use": True, "server": FAL}
    return look_of(line, made_by, **{**facts, **changes})


@pytest.mark.parametrize(
    ("made_by", "words"),
    [
        (MadeBy.FAL, "Hear the line · $0.007"),
        (MadeBy.REHEARSAL, "Hear the line · free"),
    ],
)
def test_the_button_says_what_it_costs(qapp, made_by, words):
    found = look(made_by=made_by)
    assert found.hear == words
    assert found.can_hear
    assert not found.is_heard
    assert not found.note


def test_without_words_nothing_is_heard_and_nothing_is_scolded(qapp):
    found = look("")
    assert not found.can_hear
    assert found.hear_tip == "Write what is said."
    assert not found.note


def test_what_was_heard_is_played_for_nothing_and_can_be_used(qapp):
    found = look(is_heard=True)
    assert (found.hear, found.use) == ("Play the line", "Use this sound")
    assert found.can_hear
    assert found.is_heard


def test_while_it_is_spoken_that_is_said_and_the_keyboard_stays(qapp):
    found = look(is_coming=True)
    assert found.hear == "Speaking…"
    assert found.can_hear
    assert "being spoken" in found.note


def test_the_longer_line_is_led_to_the_sound(qapp):
    assert "takes 120 characters. A sound takes 500" in look("x" * 200).note
    assert "characters" in look("x" * 501).note
    assert not look("x" * 501).can_hear
