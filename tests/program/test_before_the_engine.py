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


async def test_two_presses_before_the_engine_is_up_are_one_order(real, fal):
    wait = asyncio.Event()
    async with real(wait_for=wait) as program:
        program.choose_real()
        program.press()
        assert program.press_words == "Starting…"
        await asyncio.sleep(1.1)
        program.press()
        wait.set()
        await program.until_up()
        await program.until_made()
        assert len(program.jobs) == len(fal.seen("submit")) == 1
        assert program.press_words.startswith("Another take")


async def test_an_early_press_orders_nothing_once_the_form_holds_something_else(real, fal):
    wait = asyncio.Event()
    async with real(wait_for=wait) as program:
        program.choose_real()
        program.press()
        program.write("Other words than those that stood there.")
        wait.set()
        await program.until_up()
        await program.until_said("Nothing was ordered")
        assert program.press_words.startswith("Generate")
        assert not program.jobs


async def test_an_early_press_of_a_wrong_form_leads_to_what_is_wrong(real, fal):
    wait = asyncio.Event()
    async with real(wait_for=wait) as program:
        program.choose_real()
        program.write("x")
        program.key("Backspace", program.prompt)
        program.press()
        wait.set()
        await program.until_up()
        await program.until_calm()
        assert program.prompt.hasFocus()
        assert not program.desk.column.order_bar.button.isEnabled()
        assert not program.jobs


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
