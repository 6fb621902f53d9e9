"""The window is there before the engine: what a person does meanwhile is done all the same."""

import asyncio

from PySide6.QtGui import QGuiApplication, QImage

from tests.helpers.media_zoo import camera_jpeg


async def test_a_press_before_the_engine_is_up_is_kept(real, fal):
    wait = asyncio.Event()
    async with real(wait_for=wait) as program:
        program.choose_real()
        program.press()
        assert not fal.seen("submit")
        wait.set()
        await program.until_up()
        await program.until_made()
        assert len(program.jobs) == 1


async def test_a_drop_before_the_engine_is_up_is_taken(rehearse, tmp_path):
    wait = asyncio.Event()
    async with rehearse(wait_for=wait) as program:
        program.drop(camera_jpeg(tmp_path / "early.jpg", size=(900, 600)))
        program.write("Early words.")
        wait.set()
        await program.until_up()
        await program.until_said("early.jpg")
        assert "Early words." in program.prompt.toPlainText()


async def test_a_picture_from_the_clipboard(rehearse):
    wait = asyncio.Event()
    wait.set()
    async with rehearse(wait_for=wait) as program:
        await program.until_up()
        image = QImage(900, 600, QImage.Format.Format_RGB32)
        image.fill(0x336699)
        QGuiApplication.clipboard().setImage(image)
        program.act(program.desk.actions.paste_picture)
        await program.until_said("900 × 600")


async def test_closing_before_the_engine_is_up(rehearse):
    wait = asyncio.Event()
    async with rehearse(wait_for=wait) as program:
        program.write("Never lost.")
        program.window.close()
        wait.set()
        await program.until(program.life.done, "the end")
    async with rehearse() as program:
        assert program.prompt.toPlainText() == "Never lost."
