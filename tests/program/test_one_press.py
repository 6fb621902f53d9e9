"""One press is one order of what is seen: slips, open questions, files on their way."""

from kling_desktop.records.job import JobState, MadeBy
from tests.helpers.media_zoo import camera_jpeg
from tests.program.test_clips import make
from tests.program.test_lip_sync import SPEECH, fill, hear, to_words


def spoken(fal):
    return [one for one in fal.queue() if SPEECH in one["endpoint_id"]]


async def test_two_quick_wishes_for_another_take_are_one_order(real, fal):
    async with real() as program:
        await make(program)
        fal.hold("IN_QUEUE")
        program.act(program.desk.actions.another_take)
        program.act(program.desk.actions.another_take)
        await program.until(lambda: len(program.jobs) == 2, "the other take")
        await program.until_calm()
        assert len(program.jobs) == 2
        fal.hold(None)
        await program.until_made(2)


async def test_the_shot_of_an_order_is_on_disk_with_it(real):
    async with real() as program:
        clip = await make(program)
        await program.until_calm()
        kept = program.desk.making.draft
        assert kept.shot_id == clip.shot_id
        # A crash right now must not make the next press a shot of its own.
        assert not program.desk.opening.drafts._unsaved


async def test_another_take_of_a_clip_leaves_the_form_to_its_own_shot(real):
    async with real() as program:
        clip = await make(program)
        program.desk.making.start_new()
        program.write("Something else altogether.")
        shot = program.desk.making.draft.shot_id
        program.act(program.desk.actions.another_take)
        await program.until_made(2)
        assert program.desk.making.draft.shot_id == shot != clip.shot_id
        assert not program.press_words.startswith("Another take")


async def test_a_question_about_money_is_not_replaced_by_another(real, settings):
    settings(uploads="drop", said_fal_goes_on=True, ask_above_usd="0.01")
    async with real() as program:
        program.choose_real()
        await program.until_ready()
        program.press()
        await program.until_said("This order costs")
        job = program.desk.making.draft
        program.desk.ordering.begin(program.desk.pressing._asked_for())
        await program.until_said("Answer the question")
        program.click("Send it")
        await program.until_made()
        assert len(program.jobs) == 1
        assert program.jobs[0].values == job.values


async def test_a_line_that_is_played_for_nothing_is_never_bought_instead(real, fal):
    async with real() as program:
        await to_words(program)
        fill(program)
        program.click("Hear the line", program.desk.form)
        sound = (await program.until_made(2))[0]
        await program.until(lambda: program.button("Play the line", program.desk.form), "play")
        away = sound.path.rename(sound.path.with_suffix(".away"))
        program.desk.hearing._slips.forget()
        program.click("Play the line", program.desk.form)
        await program.until_said("is not where it was saved any more")
        assert len(spoken(fal)) == 1
        await program.until(lambda: hear(program).isEnabled(), "another chance")
        program.desk.hearing._slips.forget()
        program.click("Hear the line", program.desk.form)
        await program.until(lambda: len(spoken(fal)) == 2, "what was asked for this time")
        away.unlink()
        await program.until_made(3)


async def test_a_job_that_was_sent_meanwhile_does_not_come_into_the_form_too(real, fal):
    async with real() as program:
        fal.hold("IN_QUEUE")
        program.choose_real()
        await program.until_ready()
        program.press()
        job = await program.until_job("in_queue")
        program.desk.making.start_new()
        program.desk.recalling.recall(job, "edit")
        await program.until_said("It was sent a moment ago")
        assert not program.desk.making.draft.values
        assert program.studio.jobs.get(job.job_id).state is JobState.IN_QUEUE
        fal.hold(None)
        await program.until_made()


async def test_a_press_waits_for_a_picture_that_is_still_being_read(real, tmp_path):
    async with real() as program:
        program.choose_real()
        await program.until_ready()
        before = program.desk.making.draft.values["image_url"]
        words = program.desk.making.draft.values["prompt"]
        program.drop(camera_jpeg(tmp_path / "own.jpg", size=(900, 600)))
        program.press()
        assert program.press_words == "Getting the file ready…"
        await program.until(lambda: program.desk.making.draft.values["image_url"] != before, "it")
        await program.until_said("Nothing was ordered")
        assert not program.jobs, "the sample's words went with the sample"
        program.write(words)
        await program.until_ready()
        program.drop(camera_jpeg(tmp_path / "other.jpg", 2, size=(600, 900)))
        program.press()
        await program.until(lambda: program.jobs, "the job")
        assert program.jobs[0].values["image_url"] == program.desk.making.draft.values["image_url"]
        assert program.studio.inputs.facts_in(program.jobs[0].values)
        await program.until_made()


async def test_a_file_that_is_refused_lets_the_press_go(real, tmp_path):
    async with real() as program:
        program.choose_real()
        await program.until_ready()
        broken = tmp_path / "broken.jpg"
        broken.write_bytes(b"\xff\xd8\xff\xe0 no picture at all")
        program.drop(broken)
        program.press()
        await program.until_said("Nothing was ordered: the file could not be made ready.")
        assert not program.jobs
        assert program.press_words.startswith("Generate")


async def test_a_rehearsed_voice_does_not_get_into_real_work(real):
    from kling_desktop.records.voice import MadeVoice

    async with real() as program:
        await program.until_up()
        voices = program.studio.voices
        await voices._keep(
            [MadeVoice(voice_id="v-1", origin="rehearsal", name="Anna", made_at=1.0)]
        )
        values = {"prompt": "She speaks.", "voice_ids": ["v-1"]}
        assert voices.elsewhere(values, program.studio.fal_origin) == ("Anna",)
        assert voices.elsewhere(values, "rehearsal") == ()
        clip = await make(program)
        endpoint = "fal-ai/kling-video/v2.6/pro/text-to-video"
        program.desk.recalling._begin(clip, endpoint, values, MadeBy.FAL)
        await program.until_said("Anna speaks in rehearsals only")
        assert len(program.jobs) == 1
        assert program.desk.making.draft.values["voice_ids"] == ["v-1"]
