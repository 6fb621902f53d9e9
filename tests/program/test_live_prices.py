"""What the server says of prices reaches the button and the list of models by itself."""

import json

import pytest

STANDARD = "fal-ai/kling-video/v2.1/master/text-to-video"
SOUND = "fal-ai/kling-video/v3/standard/text-to-video"
TOLD = {
    "prices": [
        {"endpoint_id": STANDARD, "unit_price": 0.3, "unit": "seconds", "currency": "USD"},
        {"endpoint_id": SOUND, "unit_price": 0.1, "unit": "seconds", "currency": "USD"},
    ],
    "next_cursor": None,
    "has_more": False,
}


@pytest.fixture
def dear(fal):
    """The server tells other prices than those that are known."""
    fal.fault(path="/models/pricing", status=200, body=json.dumps(TOLD), times=None)
    return fal


def real_words(program):
    """What stands on the right half of the switch."""
    return program.words_in(program.desk.column.order_bar.switch)


def questions(fal):
    return [one for one in fal.seen() if "/models/pricing" in one["path"]]


async def test_a_told_price_is_shown_and_kept_over_a_restart(real, dear):
    async with real() as program:
        program.desk.making.recall(STANDARD, {"prompt": "a"})
        assert "about $1.40" in real_words(program)
        await program.until(lambda: "about $1.50" in real_words(program), "the told price")
        program.choose_real()
        assert "price of" in program.desk.column.order_bar.button.toolTip()
        assert "$1.50 / 5 s" in program.words_in(program.desk.column)
        program.desk.making.recall(SOUND, {"prompt": "a"})
        assert "price may have changed" in program.press_words
    asked = len(questions(dear))
    assert 1 <= asked <= 3
    async with real() as program:
        await program.until(lambda: "price may have changed" in program.press_words)
        program.desk.making.recall(STANDARD, {"prompt": "a"})
        assert "about $1.50" in real_words(program)
        assert len(questions(dear)) == asked


async def test_without_a_key_nobody_is_asked(fresh, dear):
    async with fresh() as program:
        program.desk.making.recall(STANDARD, {"prompt": "a"})
        await program.until_calm()
        assert "about $1.40" in real_words(program)
    assert not questions(dear)


async def test_typing_goes_on_while_prices_arrive(real, dear):
    async with real() as program:
        program.desk.making.recall(STANDARD, {"prompt": ""})
        await program.until_calm()
        program.write("The cat turns")
        await program.until(lambda: "about $1.50" in real_words(program), "the told price")
        assert program.prompt.toPlainText() == "The cat turns"
        assert program.prompt.hasFocus()
        assert program.desk.form.undo_stack.canUndo()
