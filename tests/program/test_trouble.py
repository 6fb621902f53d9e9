"""The server goes away, the disk refuses: the job says so, waits, and goes on."""

from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtWidgets import QFileDialog

from tests.helpers.simulator import simulator_process

UNWRITABLE = Path("/sys")
"""Nobody may make a folder there, not even root."""


def brought_back(fal, tmp_path):
    """The same server on the same port, with what it knew."""
    port = urlsplit(fal.url).port
    return simulator_process(tmp_path / "fal", arguments=["--port", str(port)])


async def test_a_server_that_goes_away_in_mid_job_and_comes_back(real, fal, tmp_path):
    async with real() as program:
        fal.hold("IN_PROGRESS")
        program.choose_real()
        program.press()
        job = await program.until_job("in_progress")
        fal.kill()
        await program.until_said(program.at_server("fal cannot be reached."))
        assert program.card().isVisible()
        assert program.prompt.toPlainText()
        with brought_back(fal, tmp_path) as again:
            await program.until_made()
            assert [one["request_id"] for one in again.queue()] == [job.request.request_id]
            assert program.jobs[0].job_id == job.job_id


async def test_a_server_that_is_not_there_at_the_press(real, fal, tmp_path):
    async with real() as program:
        program.choose_real()
        await program.until_said("uploaded")
        fal.kill()
        program.press()
        await program.until_said("no connection, sent by itself when it is back")
        assert program.at_server("fal cannot be reached.") in program.words_in(program.desk.queue)
        with brought_back(fal, tmp_path) as again:
            await program.until_made()
            assert len(again.queue()) == 1


async def test_a_folder_that_cannot_be_written_keeps_the_clip_at_fal(real, fal, settings, tmp_path):
    settings(uploads="drop", clips_folder=str(UNWRITABLE))
    async with real() as program:
        program.choose_real()
        program.press()
        await program.until_said(program.at_server("The clip is made and is kept at fal for you."))
        assert "Charged" in program.words_in(program.desk.queue)
        good = tmp_path / "good place"
        good.mkdir()
        program.click("Choose", program.desk.queue)
        dialog = await program.until_dialog("Choose the folder for clips")
        assert isinstance(dialog, QFileDialog)
        dialog.selectFile(str(good))
        dialog.accept()
        clips = await program.until_made()
        assert good in clips[0].path.parents
        assert len(fal.queue()) == 1


async def test_a_drive_that_is_not_plugged_in(real, fal, settings, tmp_path):
    settings(uploads="drop", clips_folder=str(tmp_path / "drive"))
    async with real() as program:
        program.choose_real()
        program.press()
        await program.until_said(program.at_server("The clip is made and is kept at fal for you."))
        assert not (tmp_path / "drive").exists()
        (tmp_path / "drive").mkdir()
        program.click("Go on", program.desk.queue)
        clips = await program.until_made()
        assert clips[0].path.exists()
        assert len(fal.queue()) == 1
