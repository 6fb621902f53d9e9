"""Work goes to another server than fal: it is named, and what it does not say is said."""

import re
import sys

from PySide6.QtWidgets import QPushButton

from kling_desktop.core.keyrings import ALLOWED
from kling_desktop.ui.status_strip import Tone
from tests.helpers.back_ends import planted
from tests.helpers.simulator import simulator_process
from tests.program.conftest import KEY
from tests.program.test_trouble import brought_back

FAL = re.compile(r"\bfal\b")


def host_of(fal):
    return fal.url.removeprefix("http://")


def state_of(program):
    """The dot and the words at the foot of the window."""
    return program.desk.status._dot._tone, program.words_in(program.desk.status)


async def test_questions_name_the_server_and_lead_to_no_page_of_fals(fresh, fal):
    async with fresh() as program:
        program.choose_real()
        program.press()
        dialog = await program.until_dialog("Before anything is sent")
        said = program.words_in(dialog)
        assert f"your words go to {host_of(fal)}." in said
        assert not FAL.search(said)
        program.click("Agree and send")
        dialog = await program.until_dialog(f"Key for {host_of(fal)}")
        assert not FAL.search(program.words_in(dialog))
        assert not [
            one for one in dialog.findChildren(QPushButton) if one.text().startswith("Get a key")
        ]


async def test_a_dead_server_is_told_while_it_uploads(real, fal, tmp_path):
    async with real() as program:
        fal.kill()
        program.choose_real()
        program.press()
        await program.until_said(f"{host_of(fal)} cannot be reached.")
        await program.until_said("Not sent, not charged.")
        assert "by itself when it is back" in program.words_in(program.card())
        tone, words = state_of(program)
        assert tone is Tone.PROBLEM
        assert f"{host_of(fal)} does not answer" in words
        assert "nothing was charged" in words
        with brought_back(fal, tmp_path) as again:
            await program.until_made()
            assert len(again.queue()) == 1
            await program.until(lambda: state_of(program)[0] is Tone.OK, "a foot that is well")
            assert "does not answer" not in program.words()


async def test_a_dead_server_is_forgotten_with_the_last_job_that_waits_for_it(real, fal):
    async with real() as program:
        fal.kill()
        program.choose_real()
        program.press()
        await program.until(lambda: state_of(program)[0] is Tone.PROBLEM, "a server that is away")
        program.click("Cancel", program.card())
        await program.until(lambda: state_of(program)[0] is Tone.OK, "nobody waits for it")


def card_saying(program, text):
    """The card with that text, once it says so."""
    return program.card(text) if text in program.words_in(program.desk.queue) else None


async def test_the_foot_says_what_the_account_refuses(fresh, fal, settings, monkeypatch):
    monkeypatch.setenv("FAL_KEY", "no-balance:a-secret-of-some-length")
    settings(uploads="drop")
    async with fresh() as program:
        program.choose_real()
        assert state_of(program)[0] is Tone.OK
        program.press()
        await program.until_said("balance used up, nothing is sent")
        assert state_of(program)[0] is Tone.PROBLEM
        card = await program.until(lambda: card_saying(program, "balance"), "the card")
        assert "Open billing" not in program.words_in(card)
        program.click("Cancel", card)
    # The job is gone, and with it what was known of the account.
    async with fresh() as program:
        assert "balance used up" not in program.words_in(program.desk.status)


async def test_the_foot_says_that_the_key_is_refused(fresh, settings, monkeypatch):
    monkeypatch.setenv("FAL_KEY", "unknown:a-secret-of-some-length")
    settings(uploads="drop")
    async with fresh() as program:
        program.choose_real()
        program.press()
        await program.until_said("the key is refused, nothing is sent")
        tone, _words = state_of(program)
        assert tone is Tone.PROBLEM


async def test_a_pause_is_remembered_and_said_at_the_start(real, fal):
    async with real() as program:
        program.act(program.desk.actions.pause_sending)
    async with real() as program:
        assert program.desk.actions.pause_sending.isChecked()
        assert "Sending is still paused from the last time." in program.words()
        program.choose_real()
        program.press()
        await program.until_job("waiting")
        await program.until_said("sending is paused")
        assert not fal.seen("submit")
        program.click("Send again")
        await program.until_made()
        assert "still paused" not in program.words()
    async with real() as program:
        assert not program.desk.actions.pause_sending.isChecked()


async def test_a_rehearsal_needs_no_sending(rehearse, settings):
    settings(sending_paused=True)
    async with rehearse() as program:
        program.press()
        await program.until_made()


async def test_a_press_waits_for_the_keyring(fresh, fal, settings, monkeypatch):
    place = ALLOWED.get(sys.platform, ALLOWED["linux"])[0]
    store = planted(monkeypatch, place)
    store.held = KEY
    store.is_open.clear()
    settings(uploads="drop", has_stored_key=True, keyring_name=place)
    async with fresh() as program:
        program.choose_real()
        assert "waiting for your keyring" in program.words_in(program.desk.status)
        program.press()
        await program.until_said("Waiting for your keyring to give the key.")
        store.is_open.set()
        await program.until_made()
        assert "Key for" not in program.words()
        assert len(fal.queue()) == 1


async def test_a_button_keeps_its_word_over_a_restart(real, tmp_path):
    async with real() as program:
        program.choose_real()
        program.press()
        await program.until_made()
    async with real() as program:
        assert program.press_words == "Another take · $0.21"
        program.write("Something else.")
        await program.until(
            lambda: program.press_words == "Generate · about $0.21", "another shot's button"
        )


async def test_a_job_of_another_server_is_told_of_that_server(real, fal, tmp_path):
    async with real() as program:
        fal.hold("IN_PROGRESS")
        program.choose_real()
        program.press()
        await program.until_job("in_progress")
    first = host_of(fal)
    with simulator_process(tmp_path / "other") as other:
        assert host_of(other) != first
        async with real(fal_url=other.url) as program:
            await program.until_said(first)
            assert not FAL.search(program.words_in(program.desk.queue))
