"""Closing with open jobs: what is asked, how quick it is, and what goes on at the next start."""

from PySide6.QtWidgets import QMessageBox

from tests.helpers.processes import simulators_of


async def test_it_is_gone_within_two_seconds_with_a_job_at_fal(real, fal):
    async with real() as program:
        fal.hold("IN_PROGRESS")
        program.choose_real()
        program.press()
        await program.until_job("in_progress")
        assert await program.close() < 2.0
    fal.hold(None)
    async with real() as program:
        await program.until_made()
        assert len(fal.seen("submit")) == 1


async def test_it_is_gone_within_two_seconds_in_the_middle_of_a_rehearsal(rehearse, folder):
    async with rehearse() as program:
        program.press()
        await program.until_job("in_progress", 60)
        assert simulators_of(folder)
        assert await program.close() < 2.0
        assert not simulators_of(folder)


async def test_without_a_key_what_fal_has_says_what_it_needs(real, fresh, fal):
    async with real() as program:
        fal.hold("IN_PROGRESS")
        program.choose_real()
        program.press()
        await program.until_job("in_progress")
    fal.hold(None)
    async with fresh() as program:
        await program.until_said("An API key is needed")
        assert program.at_server("fal does not know this key") not in program.words()
        program.desk.keys.ask()
        await program.until_dialog(program.at_server("Key for fal"))
        program.enter_key("id:a-secret-of-some-length")
        await program.until_said(program.at_server("fal knows this key."))
        program.click("Use this key")
        await program.until_made()
        assert len(fal.seen("submit")) == 1


async def test_that_fal_goes_on_is_said_once(real, fal, settings):
    settings(uploads="drop")
    async with real() as program:
        fal.hold("IN_PROGRESS")
        program.choose_real()
        program.press()
        await program.until_job("in_progress")
        program.window.close()
        box = await program.until_dialog("Close Kling Desktop")
        assert program.at_server("fal goes on with your clips.") in program.words()
        program.click("Stay", box)
        assert program.window.isVisible()
        assert await program.close() < 2.0


async def test_uploads_ask_and_their_jobs_go_on_at_the_next_start(real, fal):
    async with real() as program:
        fal.fault(route="upload", read_rate=20_000, times=None)
        program.choose_real()
        program.press()
        await program.until_job("uploading")
        program.window.close()
        box = await program.until_dialog("Close Kling Desktop")
        assert isinstance(box, QMessageBox)
        assert "Pictures are still being uploaded." in program.words()
        program.click("Stay", box)
        assert program.jobs[0].state == "uploading"
        program.window.close()
        await program.until_dialog("Close Kling Desktop")
        program.click("Close", program.dialog("Close Kling Desktop"))
        await program.until(program.life.done, "the end", 2.5)
    fal.ask("DELETE", "faults")
    async with real() as program:
        await program.until_made()
        assert len(fal.seen("submit")) == 1
