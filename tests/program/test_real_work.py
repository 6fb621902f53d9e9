"""Real work from the press to the clip: what is asked on the way, and what each answer does."""

from PySide6.QtWidgets import QApplication

from kling_desktop.ui.words import say
from tests.helpers.media_zoo import camera_jpeg

GOOD = "good:a-secret-of-some-length"
UNKNOWN = "unknown:a-secret-of-some-length"
PENNILESS = "no-balance:a-secret-of-some-length"
NEEDED = "An API key is needed to send this to fal."


async def ask_for_real(program):
    program.choose_real()
    assert program.press_words == "Generate · about $0.21"
    program.press()


async def test_consent_then_the_key_then_the_job_goes_on(fresh, fal):
    async with fresh() as program:
        await ask_for_real(program)
        await program.until_dialog("Before anything is sent")
        assert "nothing has left this computer" in program.words()
        program.click("Agree and send")
        await program.until_dialog(program.at_server("Key for fal"))
        assert program.jobs[0].state == "waiting"
        await program.until_said(program.at_server(NEEDED))
        assert not fal.seen("submit")
        program.enter_key(GOOD)
        await program.until_said(program.at_server("fal knows this key."))
        program.click("Use this key")
        await program.until_made()
        assert len(fal.seen("submit")) == 1
        assert "key for this session" in program.words_in(program.desk.status)


async def test_what_is_agreed_to_holds_for_the_order_that_asked(fresh, fal):
    async with fresh() as program:
        await ask_for_real(program)
        await program.until_dialog("Before anything is sent")
        program.click("Only on Generate")
        program.click("Agree and send")
        await program.until_dialog(program.at_server("Key for fal"))
        program.enter_key(GOOD)
        await program.until_said(program.at_server("fal knows this key."))
        program.click("Use this key")
        await program.until_made()
        (submit,) = fal.seen("submit")
        assert submit["headers"]["x-fal-store-io"] == "0"
        await program.until_calm()
        program.click("Another take", program.desk.stage)
        await program.until_made(2)
        assert [one.private for one in program.jobs] == [True, True]


async def test_not_now_at_the_consent_orders_nothing_and_loses_nothing(fresh, fal):
    async with fresh() as program:
        before = dict(program.desk.making.draft.values)
        await ask_for_real(program)
        await program.until_dialog("Before anything is sent")
        program.click("Not now")
        assert not program.jobs
        assert dict(program.desk.making.draft.values) == before
        assert program.press_words == "Generate · about $0.21"
        await program.second_later()
        program.press()
        await program.until_dialog("Before anything is sent")
        program.click("Not now")
        assert not [one for one in fal.seen() if one["route"] != "control"]


async def test_not_now_at_the_key_keeps_the_job(fresh, fal, settings):
    settings(uploads="drop")
    async with fresh() as program:
        await ask_for_real(program)
        await program.until_dialog(program.at_server("Key for fal"))
        program.click("Not now")
        await program.until_said(program.at_server(NEEDED))
        program.click("Enter your key", program.desk.queue)
        await program.until_dialog(program.at_server("Key for fal"))
        program.enter_key(GOOD)
        await program.until_said(program.at_server("fal knows this key."))
        program.click("Use this key")
        await program.until_made()
        assert len(fal.seen("submit")) == 1


async def test_a_wrong_key_is_refused_where_it_is_typed(fresh, fal, settings):
    settings(uploads="drop")
    async with fresh() as program:
        await ask_for_real(program)
        dialog = await program.until_dialog(program.at_server("Key for fal"))
        program.enter_key(UNKNOWN)
        await program.until_said(program.at_server("fal refuses this key."))
        assert not program.button("Use this key", dialog).isEnabled()
        program.click("Not now")
        assert program.jobs[0].state == "waiting"


async def test_a_key_that_fal_refuses_pauses_sending_until_there_is_another(
    fresh, fal, settings, monkeypatch
):
    monkeypatch.setenv("FAL_KEY", UNKNOWN)
    settings(uploads="drop")
    async with fresh() as program:
        await ask_for_real(program)
        await program.until_said(program.at_server("fal does not know this key."))
        await program.until_said("Not sent, not charged.")
        assert program.jobs[0].waiting_for == "key"
        program.click("Enter your key", program.desk.queue)
        await program.until_dialog(program.at_server("Key for fal"))
        program.enter_key(GOOD)
        await program.until_said(program.at_server("fal knows this key."))
        program.click("Use this key")
        await program.until_made()
        assert len(fal.queue()) == 1


async def test_no_balance_says_so_and_goes_on_with_the_key_of_another_account(
    fresh, fal, settings, monkeypatch
):
    monkeypatch.setenv("FAL_KEY", PENNILESS)
    settings(uploads="drop")
    async with fresh() as program:
        await ask_for_real(program)
        await program.until_said("balance")
        await program.until_said("Not sent, not charged.")
        assert program.jobs[0].waiting_for == "balance"
        assert not fal.queue()
        program.desk.keys.ask()
        await program.until_dialog(program.at_server("Key for fal"))
        program.enter_key(GOOD)
        await program.until_said(program.at_server("fal knows this key."))
        program.click("Use this key")
        await program.until_made()
        assert len(fal.queue()) == 1


async def test_fals_own_refusal_lands_on_the_job_and_on_the_field(real, fal):
    detail = [{"loc": ["body", "prompt"], "msg": "too strange", "type": "value_error"}]
    async with real() as program:
        fal.end_next(422, {"detail": detail})
        await ask_for_real(program)
        await program.until_job("failed")
        said = say(program.jobs[0].problem).what
        await program.until_said(said)
        await program.until(lambda: "harged" in program.words_in(program.desk.queue), "the money")
        assert said in program.words_in(program.desk.form)
        refused = program.prompt.toPlainText()
        program.write("Less strange.")
        await program.until(
            lambda: said not in program.words_in(program.desk.form), "a form without a problem"
        )
        program.click("Change the prompt", program.desk.queue)
        await program.until(lambda: program.prompt.toPlainText() == refused, "the refused prompt")
        assert said in program.words_in(program.desk.form)


async def test_an_order_above_the_sum_asks_once_in_place_of_the_button(real, fal, settings):
    settings(uploads="drop", ask_above_usd="0.40")
    async with real() as program:
        program.choose_real()
        program.click("One more")
        program.press()
        assert "This order costs about $0.42." in program.words_in(program.desk.column)
        program.click("Not now")
        assert not program.jobs
        assert program.press_words == "Generate 2 · about $0.42"
        await program.second_later()
        program.press()
        program.click("Send it")
        await program.until_made(2)
        assert len(fal.seen("submit")) == 2


def _held_rows(program):
    """How often the queue says so: in the row's name and in its line."""
    return program.words_in(program.desk.queue).count("held, not sent")


async def test_several_files_become_one_held_job_each(real, fal, tmp_path):
    async with real() as program:
        program.choose_real()
        await program.until_ready()
        names = ("one.jpg", "two.jpg", "three.jpg")
        program.drop(*(camera_jpeg(tmp_path / name, size=(900, 600)) for name in names))
        await program.until_dialog("Several files")
        program.click("A held job of each")
        await program.until(lambda: len(program.jobs) == 3, "three jobs")
        await program.until(lambda: _held_rows(program) >= 3, "three held rows")
        assert "raccoon.jpg" in program.words_in(program.desk.form)
        assert not fal.seen("submit")
        for left in (2, 1, 0):
            await program.until(lambda left=left: _held_rows(program) == 2 * (left + 1), "rows")
            program.click("Send", program.card("held, not sent"))
            await program.until(
                lambda left=left: sum(job.waiting_for == "held" for job in program.jobs) == left,
                f"{left} held jobs",
            )
            await program.until_calm()
        clips = await program.until_made(3)
        assert len({clip.path for clip in clips}) == 3


async def test_only_the_first_of_several_files(rehearse, tmp_path):
    async with rehearse() as program:
        names = ("one.jpg", "two.jpg")
        program.drop(*(camera_jpeg(tmp_path / name, size=(900, 600)) for name in names))
        await program.until_dialog("Several files")
        program.click("Only the first")
        await program.until_said("one.jpg")
        assert not program.jobs


async def test_a_held_job_goes_back_into_the_form_to_be_changed(real, tmp_path):
    async with real() as program:
        program.choose_real()
        await program.until_ready()
        files = [camera_jpeg(tmp_path / f"{name}.jpg", size=(900, 600)) for name in ("a", "b")]
        program.drop(*files)
        await program.until_dialog("Several files")
        program.click("A held job of each")
        await program.until(lambda: len(program.jobs) == 2, "two jobs")
        held = {job.job_id: job for job in program.jobs}
        await program.until(lambda: program.button("Edit", program.desk.queue), "its link")
        program.click("Edit", program.desk.queue)
        await program.until(lambda: len(program.jobs) == 1, "the job in the form")
        gone = next(job for job_id, job in held.items() if job_id != program.jobs[0].job_id)
        assert program.desk.making.draft.values == gone.values
        assert program.desk.making.draft.made_by == gone.made_by


async def test_a_failed_job_keeps_what_was_typed(real, fal):
    async with real() as program:
        fal.end_next(422, {"detail": [{"loc": ["body"], "msg": "no", "type": "value_error"}]})
        typed = program.prompt.toPlainText()
        await ask_for_real(program)
        await program.until_job("failed")
        assert program.prompt.toPlainText() == typed


async def test_the_request_id_can_be_copied(real, fal):
    async with real() as program:
        await ask_for_real(program)
        await program.until_made()
        program.card().setFocus()
        await program.until(program.desk.actions.copy_request_id.isEnabled, "the chosen job")
        program.act(program.desk.actions.copy_request_id)
        assert QApplication.clipboard().text() == fal.queue()[0]["request_id"]
