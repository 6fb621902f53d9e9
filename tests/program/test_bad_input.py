"""Files and words that no model takes: each is told in its place, and nothing made is lost."""

import random

import pytest
from PIL import Image

from tests.helpers.heic import Phone, heic
from tests.helpers.media_zoo import animation, bomb_png, camera_jpeg, scene

LONG_NAME = "🦝" * 40 + "-" + "x" * 30 + ".jpg"
"""As long as a file system takes: 200 bytes and more."""


def no_picture(path):
    path.write_text("These are words, not a picture. " * 20)
    return path


def empty(path):
    path.write_bytes(b"")
    return path


def cut_off(path):
    scene(900, 600).save(path)
    path.write_bytes(path.read_bytes()[:9000])
    return path


def gigantic(path):
    return bomb_png(path, 15_000)


REFUSED = (
    (no_picture, "words.png", "There is no picture, clip or sound in this file that can be read."),
    (empty, "empty.png", "The file is empty."),
    (cut_off, "cut.png", "The picture is damaged or cut off."),
    (gigantic, "huge.png", "megapixels."),
)


async def test_files_that_are_no_pictures_are_refused_at_the_slot(rehearse, tmp_path):
    async with rehearse() as program:
        program.write("Typed before.")
        for make, name, words in REFUSED:
            program.drop(make(tmp_path / name))
            await program.until_said(words)
            assert words in program.words_in(program.desk.form), name
            assert "raccoon.jpg" in program.words_in(program.desk.form), name
            assert program.prompt.toPlainText() == "Typed before.", name
        program.drop(camera_jpeg(tmp_path / "good.jpg", size=(900, 600)))
        await program.until_said("good.jpg")
        assert words not in program.words_in(program.desk.form)


def moving(path):
    animation(path)
    return path


def cmyk(path):
    scene(900, 600).convert("CMYK").save(path, quality=90)
    return path


def sixteen_bit(path):
    Image.frombytes("I;16", (900, 600), random.Random(1).randbytes(900 * 600 * 2)).save(path)
    return path


def webp(path):
    scene(900, 600).save(path)
    return path


def heavy(path):
    size = (2100, 1900)
    Image.frombytes("RGB", size, random.Random(2).randbytes(size[0] * size[1] * 3)).save(path)
    assert path.stat().st_size > 10_500_000
    return path


def turned(path):
    return camera_jpeg(path, orientation=6, size=(900, 600))


def of_a_phone(path):
    return heic(path, scene(900, 600), Phone(quarter_turns=3, tile=256))


def too_wide(path):
    scene(3000, 600).save(path)
    return path


def plain(path):
    return camera_jpeg(path, size=(900, 600))


FIXED = (
    (moving, "moving.gif", "This picture moves.", "Convert it"),
    (heavy, "heavy.png", "MB.", "Shrink it"),
    (too_wide, "wide.png", "times as wide as high.", "Crop it"),
)


@pytest.mark.parametrize(("make", "name", "words", "fix"), FIXED, ids=[one[1] for one in FIXED])
async def test_what_a_model_would_refuse_is_fixed_by_one_click(
    real, fal, tmp_path, make, name, words, fix
):
    async with real() as program:
        form = program.desk.form
        program.drop(make(tmp_path / name))
        await program.until_said(words)
        assert words in program.words_in(form)
        program.write("It moves.")
        program.click(fix, form)
        await program.until(lambda: words not in program.words_in(form), "a form without it")
        assert program.prompt.toPlainText() == "It moves."
        program.choose_real()
        await program.until_ready()
        program.press()
        await program.until_made()
        assert len(fal.queue()) == 1


UNUSUAL = (
    (webp, "small.webp"),
    (plain, LONG_NAME),
    (cmyk, "print.jpg"),
    (sixteen_bit, "deep.png"),
    (turned, "turned.jpg"),
    (of_a_phone, "IMG_0001.HEIC"),
)


@pytest.mark.parametrize(("make", "name"), UNUSUAL, ids=[one[1][-9:] for one in UNUSUAL])
async def test_unusual_files_go_the_whole_way(real, fal, tmp_path, make, name):
    async with real() as program:
        program.drop(make(tmp_path / name))
        await program.until(lambda: name[:10] in program.words_in(program.slot), "the file")
        program.write(f"Called {name[:150]}")
        program.choose_real()
        await program.until_ready()
        program.press()
        clips = await program.until_made()
        assert clips[0].path.exists()
        assert len(clips[0].path.name.encode()) < 255


async def test_a_picture_that_is_too_small_says_so_at_the_slot_and_at_the_button(
    rehearse, tmp_path
):
    async with rehearse() as program:
        scene(200, 200).save(tmp_path / "tiny.png")
        program.drop(tmp_path / "tiny.png")
        await program.until_said("The picture is 200 × 200 pixels.")
        assert "Use a larger picture." in program.words_in(program.desk.form)
        program.write("It moves.")
        await program.until(
            lambda: not program.desk.column.order_bar.button.isEnabled(), "a button that waits"
        )
        assert "The picture is 200 × 200 pixels." in program.words_in(program.desk.column.order_bar)
        program.act_anyway(program.desk.actions.generate)
        assert not program.jobs


async def test_an_empty_prompt_is_told_at_the_button_and_leads_to_the_field(rehearse):
    async with rehearse() as program:
        program.write("")
        program.key("Backspace", program.prompt)
        bar = program.desk.column.order_bar
        await program.until(lambda: not bar.button.isEnabled(), "a button that waits")
        assert "Write a prompt." in program.words_in(bar)
        program.window.setFocus()
        program.click("Write a prompt.", bar)
        assert program.prompt.hasFocus()
        assert "Write a prompt." in program.words_in(program.desk.form)


async def test_one_character_too_many_is_counted(rehearse):
    async with rehearse() as program:
        program.write("m" * 2500)
        await program.until_said("2500 / 2500")
        assert program.desk.column.order_bar.button.isEnabled()
        program.prompt.setFocus()
        program.key("X", program.prompt)
        await program.until_said("The text has 2501 characters.")
        assert "Take out at least 1." in program.words_in(program.desk.form)
        await program.until(
            lambda: not program.desk.column.order_bar.button.isEnabled(), "a button that waits"
        )
        assert len(program.prompt.toPlainText()) == 2501
