"""Lip sync: a clip of the library gets other words."""

from tests.program.test_clips import make

BY_WORDS = "fal-ai/kling-video/lipsync/text-to-video"
BY_SOUND = "fal-ai/kling-video/lipsync/audio-to-video"


async def begin(program):
    """A clip on the stage, and the form for its lips."""
    clip = await make(program)
    await program.second_later()
    program.act(program.desk.actions.lip_sync_clip)
    await program.until(lambda: program.desk.making.draft.intention == "lip_sync", "the form")
    return clip


async def test_a_clip_goes_into_the_form_for_its_lips(real):
    async with real() as program:
        before = program.desk.making.draft
        clip = await begin(program)
        draft = program.desk.making.draft
        assert draft.values["video_url"] == f"media://{clip.sha256}.mp4"
        assert draft.parked["prompt"] == "The raccoon nods."
        assert "image_url" in draft.parked
        assert not draft.shot_id
        program.act(program.desk.actions.undo)
        back = program.desk.making.draft
        assert back.intention == before.intention
        assert back.values["prompt"] == "The raccoon nods."
        assert not back.parked
        program.act(program.desk.actions.redo)
        assert program.desk.making.draft.values == draft.values


async def test_a_clip_that_is_too_small_is_told_at_its_field(real):
    async with real() as program:
        await begin(program)
        await program.until(lambda: "96 pixels" in program.words_in(program.desk.form), "why not")
        assert not program.desk.column.order_bar.button.isEnabled()


async def test_only_what_moves_can_be_lip_synced(real):
    async with real() as program:
        assert not program.desk.actions.lip_sync_clip.isEnabled()
        await make(program)
        menu = program.desk.library.menu_for_selection()
        assert program.desk.actions.lip_sync_clip in menu.actions()
        menu.deleteLater()


SPEECH = "fal-ai/kling-video/v1/tts"
VOICE = "uk_man2"


def fill(program, text="Good morning, dear raccoon.", **values):
    """The words and the voice into the form."""
    old = program.desk.making.draft.values
    changed = {**old, "text": text, "voice_id": VOICE, **values}
    program.desk.making.put_values({name: one for name, one in changed.items() if one})


async def to_words(program):
    """The form for words, with the clip in it."""
    await begin(program)
    program.desk.choosing.choose_model(BY_WORDS)


def hear(program):
    return program.button("Hear the line", program.desk.form)


async def test_a_line_is_heard_once_for_its_price_and_then_for_nothing(real, fal):
    async with real() as program:
        await to_words(program)
        assert not hear(program).isEnabled()
        fill(program)
        assert hear(program).text() == "Hear the line · $0.007"
        assert hear(program).isEnabled()
        program.click("Hear the line", program.desk.form)
        clips = await program.until_made(2)
        sound = clips[0]
        assert (sound.kind, sound.endpoint_id) == ("audio", SPEECH)
        stage = program.desk.stage
        await program.until(lambda: stage.clip.clip_id == sound.clip_id, "the sound on the stage")
        await program.until(lambda: program.button("Play the line", program.desk.form), "play")
        posted = [one["body"] for one in fal.queue() if SPEECH in one["endpoint_id"]]
        assert posted == [{"text": "Good morning, dear raccoon.", "voice_id": VOICE}]
        job = program.studio.jobs.get(sound.job_id)
        assert str(job.price) == "0.007"
        program.desk.showing.show(clips[1].clip_id)
        await program.until(lambda: stage.clip.clip_id == clips[1].clip_id, "the clip")
        program.desk.hearing._slips.forget()
        program.click("Play the line", program.desk.form)
        await program.until(lambda: stage.clip.clip_id == sound.clip_id, "the sound again")
        fill(program, voice_speed=1)
        await program.until(lambda: program.button("Play the line", program.desk.form), "the same")
        fill(program, voice_speed=1.2)
        assert hear(program).isEnabled()
        assert len([one for one in fal.queue() if SPEECH in one["endpoint_id"]]) == 1


async def test_what_was_heard_goes_to_the_model_that_takes_a_sound(real):
    async with real() as program:
        await to_words(program)
        fill(program)
        video = program.desk.making.draft.values["video_url"]
        program.click("Hear the line", program.desk.form)
        sound = (await program.until_made(2))[0]
        await program.until(lambda: program.button("Use this sound", program.desk.form), "use")
        words = dict(program.desk.making.draft.values)
        program.click("Use this sound", program.desk.form)
        await program.until(
            lambda: program.desk.making.draft.endpoint_id == BY_SOUND, "the other model"
        )
        draft = program.desk.making.draft
        assert draft.intention == "lip_sync"
        assert draft.values["video_url"] == video
        assert draft.values["audio_url"].startswith(f"media://{sound.sha256}")
        assert draft.parked["text"] == words["text"]
        program.act(program.desk.actions.undo)
        assert program.desk.making.draft.endpoint_id == BY_WORDS
        assert dict(program.desk.making.draft.values) == words
        await program.until(lambda: program.button("Use this sound", program.desk.form), "use")


async def test_two_presses_buy_one_line(real, fal):
    async with real() as program:
        await to_words(program)
        fill(program)
        fal.hold("IN_QUEUE")
        program.click("Hear the line", program.desk.form)
        await program.until_said("The line is being spoken.")
        hearing = program.desk.hearing
        for _ in range(3):
            hearing._slips.forget()
            hearing._asked("hear")
        await program.until(lambda: fal.queue()[1:], "the request")
        await program.until_calm()
        assert len([job for job in program.jobs if job.endpoint_id == SPEECH]) == 1
        fal.hold(None)
        await program.until_made(2)


async def test_a_line_is_known_again_when_its_job_has_left_the_list(real, fal):
    async with real() as program:
        await to_words(program)
        fill(program)
        program.click("Hear the line", program.desk.form)
        sound = (await program.until_made(2))[0]
        await program.until(lambda: program.button("Play the line", program.desk.form), "play")
        await program.studio.jobs.remove(sound.job_id)
    async with real() as program:
        await program.until(lambda: program.button("Play the line", program.desk.form), "play")
        program.click("Play the line", program.desk.form)
        stage = program.desk.stage
        await program.until(lambda: stage.clip and stage.clip.clip_id == sound.clip_id, "it")
        assert len([one for one in fal.queue() if SPEECH in one["endpoint_id"]]) == 1


async def test_too_many_words_for_the_lips_can_still_be_heard(real):
    async with real() as program:
        await to_words(program)
        fill(program, "Good morning, dear raccoon. " * 8)
        assert hear(program).isEnabled()
        assert "takes 120 characters. A sound takes 500" in program.words_in(program.desk.form)
        fill(program, "Good morning, dear raccoon. " * 20)
        assert not hear(program).isEnabled()
        fill(program, voice_id="")
        assert not hear(program).isEnabled()
        assert "Choose a voice." in program.words_in(program.desk.form)


async def test_a_rehearsed_line_is_free_and_no_real_one(real, fal):
    async with real() as program:
        await to_words(program)
        fill(program)
        program.click("Rehearse", program.desk.column.order_bar)
        assert hear(program).text() == "Hear the line · free"
        program.click("Hear the line", program.desk.form)
        await program.until_made(2, 90)
        await program.until(lambda: program.button("Play the line", program.desk.form), "play")
        program.choose_real()
        await program.until(lambda: hear(program).text() == "Hear the line · $0.007", "the price")
        assert not [one for one in fal.queue() if SPEECH in one["endpoint_id"]]


async def test_the_first_line_asks_before_anything_leaves(fresh, settings, monkeypatch, fal):
    settings(ask_above_usd="0.001", said_fal_goes_on=True)
    monkeypatch.setenv("FAL_KEY", "id:a-secret-of-some-length")
    async with fresh() as program:
        program.desk.choosing.take_up(BY_WORDS)
        program.choose_real()
        fill(program)
        shot = program.desk.making.draft.shot_id
        program.click("Hear the line", program.desk.form)
        dialog = await program.until_dialog("Before anything is sent")
        assert not fal.queue()
        program.click("Only on Generate, and kept", dialog)
        program.click("Agree and send", dialog)
        await program.until_said("This order costs about $0.007.")
        program.click("Send it")
        await program.until_made(1)
        (job,) = program.jobs
        assert job.private
        assert job.shot_id != shot
        assert program.desk.making.draft.shot_id == shot
