"""Problems at their fields with ways out of one click, and refusals that outlive a restart."""

from PySide6.QtWidgets import QApplication

from kling_desktop.records.job import MadeBy
from tests.helpers.media_zoo import camera_jpeg

V1 = "fal-ai/kling-video/v1/standard/image-to-video"
MASTER = "fal-ai/kling-video/v2.1/master/text-to-video"
SPEECH = "fal-ai/kling-video/v1/tts"
VOICE = {"loc": ["body", "voice_id"], "type": "value_error", "msg": "Voice id not found."}
WORDS = {"loc": ["body", "text"], "type": "content_policy_violation", "msg": "Flagged."}
SPOKEN = {"text": "hello", "voice_id": "uk_man2"}


async def start_and_end(program, tmp_path, **values):
    """Two pictures on the oldest model, ten seconds long, which it cannot do."""
    taken = [
        await program.studio.inputs.take_file(camera_jpeg(tmp_path / f"{name}.jpg", size=size))
        for name, size in (("one", (900, 600)), ("two", (903, 602)))
    ]
    start, end = (str(one.ref) for one in taken)
    program.desk.making.recall(
        V1, {"prompt": "a", "image_url": start, "tail_image_url": end, "duration": "10", **values}
    )
    await program.until_calm()


def held(program):
    return program.desk.making.draft.values


async def test_each_way_out_is_one_click_and_one_step_back(rehearse, tmp_path):
    async with rehearse() as program:
        await start_and_end(program, tmp_path)
        wrong = "“End picture” works only when “Length” is 5 s."
        await program.until_said(wrong)
        assert not program.desk.column.order_bar.button.isEnabled()
        program.click("Set “Length” to 5 s", program.desk.form)
        assert held(program)["duration"] == "5"
        await program.until_ready()
        assert wrong not in program.words_in(program.desk.form)
        stack = program.desk.form.undo_stack
        assert stack.undoText() == "Set “Length” to 5 s"
        program.act(program.desk.actions.undo)
        await program.until_said(wrong)
        assert held(program)["duration"] == "10"
        program.click("Leave out “End picture”", program.desk.form)
        await program.until_ready()
        assert "tail_image_url" not in held(program)
        assert held(program)["duration"] == "10"
        assert program.desk.making.draft.intention == "from_picture"
        program.act(program.desk.actions.undo)
        assert program.desk.making.draft.intention == "start_end"
        assert held(program)["tail_image_url"]


async def test_a_model_that_can_is_a_way_out(rehearse, tmp_path):
    async with rehearse() as program:
        await start_and_end(program, tmp_path)
        await program.until_said("Use Kling 2.5 Turbo Pro · $0.70")
        before = dict(held(program))
        program.click("Use Kling 2.5 Turbo Pro", program.desk.form)
        await program.until_ready()
        assert program.desk.making.draft.endpoint_id.endswith("v2.5-turbo/pro/image-to-video")
        assert held(program) == before
        program.act(program.desk.actions.undo)
        assert program.desk.making.draft.endpoint_id == V1


async def test_ways_out_are_reached_and_pressed_by_keys(rehearse, tmp_path):
    async with rehearse() as program:
        await start_and_end(program, tmp_path)
        await program.until_said("works only when")
        way = program.button("Set “Length” to 5 s", program.desk.form)
        seen = set()
        program.desk.form.focus_first()
        while QApplication.focusWidget() is not way:
            here = QApplication.focusWidget()
            assert here not in seen, "Tab does not lead to the way out"
            seen.add(here)
            program.key("Tab", here)
        program.key("Space", way)
        await program.until_ready()
        assert program.desk.form.isAncestorOf(QApplication.focusWidget())


async def test_a_text_that_is_too_long_is_cut_and_comes_back(rehearse):
    async with rehearse() as program:
        program.desk.making.recall(MASTER, {"prompt": "word " * 600})
        await program.until_said("The text has 3000 characters.")
        program.click("Cut it after 2,500 characters", program.desk.form)
        await program.until_ready()
        assert len(program.prompt.toPlainText()) == 2499
        program.act(program.desk.actions.undo)
        assert len(program.prompt.toPlainText()) == 3000


async def refuse(program, fal, *complaints):
    """Real work that the server turns away for these."""
    fal.end_next(422, {"detail": list(complaints)})
    program.press()
    await program.until_job("failed")
    await program.until_calm()


async def test_a_refused_value_is_warned_about_after_a_restart(real, fal):
    async with real() as program:
        program.desk.making.recall(SPEECH, SPOKEN)
        program.choose_real()
        await refuse(program, fal, VOICE, WORDS)
        words = program.words_in(program.desk.form)
        assert "Voice id not found." in words
        assert "refused this for “Words” on an earlier try." in words
    async with real() as program:
        assert program.desk.making.draft.made_by is MadeBy.FAL
        await program.until_said("refused this for “Voice” on an earlier try.")
        await program.until_said("refused this for “Words” on an earlier try.")
        await program.until_ready()
        program.desk.making.choose_made_by(MadeBy.REHEARSAL)
        assert "refused this for" not in program.words_in(program.desk.form)
        program.desk.making.choose_made_by(MadeBy.FAL)
        assert "refused this for “Voice”" in program.words_in(program.desk.form)
        program.click("Forget this", program.named("Voice").parentWidget().parentWidget())
        await program.until_calm()
        assert "refused this for “Voice”" not in program.words_in(program.desk.form)
        assert "refused this for “Words”" in program.words_in(program.desk.form)
        await program.until(lambda: len(program.ground.stores.refused.all()) == 1)
    async with real() as program:
        await program.until_said("refused this for “Words”")
        assert "refused this for “Voice”" not in program.words_in(program.desk.form)


async def test_what_is_made_after_all_is_not_warned_about(real, fal):
    async with real() as program:
        program.desk.making.recall(SPEECH, SPOKEN)
        program.choose_real()
        await refuse(program, fal, WORDS)
        assert "Forget this" in program.words_in(program.desk.form)
        await program.second_later()
        program.press()
        await program.until_job("finished")
        await program.until_calm()
        assert "Forget this" not in program.words_in(program.desk.form)
        assert program.ground.stores.refused.all() == []


async def test_a_refusal_has_the_way_to_the_usual_value(real, fal):
    async with real() as program:
        program.desk.making.recall(SPEECH, SPOKEN)
        program.choose_real()
        await refuse(program, fal, VOICE)
        usual = next(
            one for one in program.desk.making.request_type().fields if one.name == "voice_id"
        )
        title = usual.enum_titles[usual.enum.index(usual.default)]
        program.click(f"Set “Voice” to {title}", program.desk.form)
        await program.until_calm()
        assert held(program)["voice_id"] == usual.default
        assert "Voice id not found." not in program.words_in(program.desk.form)


async def test_what_concerns_no_field_stands_at_the_job(real, fal):
    async with real() as program:
        program.desk.making.recall(SPEECH, SPOKEN)
        program.choose_real()
        strange = {**VOICE, "loc": ["body", "no_such_field"], "msg": "A strange complaint."}
        await refuse(program, fal, strange)
        await program.until_said("A strange complaint.")
        assert "A strange complaint." in program.words_in(program.desk.queue)
        assert program.jobs[0].problem.loc == ()
