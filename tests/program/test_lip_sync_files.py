"""A video, a sound, and the lips: cut to what the model takes, in place, and back again."""

import pytest

from kling_desktop.media.waveform import waveform_of
from kling_desktop.ui.form.media_slot.frame import SlotFrame
from tests.helpers.media_zoo import ClipPlan, numbered_clip
from tests.helpers.sounds import level_at, packed, stairs

FROM_SOUND = "fal-ai/kling-video/lipsync/audio-to-video"


def frames_of(program):
    return [one for one in program.desk.form.findChildren(SlotFrame) if one.isVisible()]


def values(program):
    return dict(program.desk.making.draft.values)


def clip(folder, seconds, **more):
    plan = ClipPlan(frames=round(seconds * 24), size=(1280, 720), b_frames=0, **more)
    return numbered_clip(folder / f"film {seconds}.mp4", plan)


async def lip_sync(program):
    await program.until_up()
    program.click("Lip sync")
    program.desk.choosing.choose_model(FROM_SOUND)
    assert len(frames_of(program)) == 2


async def test_a_part_of_a_sound_is_what_is_heard_in_the_end(rehearse, tmp_path):
    async with rehearse() as program:
        await lip_sync(program)
        video, sound = frames_of(program)
        program.drop(clip(tmp_path, 4.04), on=video)
        program.drop(stairs(tmp_path / "talk.wav", 9), on=sound)
        await program.until_said("The sound goes on for 5 s after the video has ended.")
        assert "fal bills 5 s · $0.07" in program.words()
        whole = values(program)["audio_url"]
        start = program.named("Start of the part: Sound")
        end = program.named("End of the part: Sound")
        for _ in range(3):
            program.key("PageUp", start)
        for _ in range(2):
            program.key("PageDown", end)
        await program.until(lambda: program.button("Use this part · 0:04.0"), "the part")
        program.click("Use this part · 0:04.0")
        await program.until(lambda: values(program)["audio_url"] != whole, "the part")
        await program.until_said("Sound and video end together.")
        await program.until_ready()
        program.press()
        (made,) = await program.until_made()
        heard = waveform_of(made.path)
        for second in range(4):
            loud = heard.between(second + 0.3, second + 0.7)[1]
            # One side becomes two, each as loud as half of it.
            assert loud * 2**0.5 == pytest.approx(level_at(second + 3), abs=0.05), second
        program.act(program.desk.actions.undo)
        assert values(program)["audio_url"] == whole


async def test_what_is_too_long_is_put_right_with_one_press_each(rehearse, tmp_path):
    async with rehearse() as program:
        await lip_sync(program)
        video, sound = frames_of(program)
        program.drop(clip(tmp_path, 11), on=video)
        program.drop(packed(tmp_path / "talk.flac", 62, rate=16_000), on=sound)
        await program.until_said("Use the first 10 s")
        await program.until_said("Use the first 60 s")
        assert not program.desk.column.order_bar.button.isEnabled()
        program.click("Use the first 10 s", program.desk.form)
        program.click("Use the first 60 s", program.desk.form)
        await program.until_ready()
        assert values(program)["audio_url"].endswith(".mp3")
        facts = {
            name: program.studio.inputs.get(ref).facts.duration
            for name, ref in ((one, _ref(values(program)[one])) for one in values(program))
        }
        assert 9.5 <= facts["video_url"] <= 10
        assert 59.5 <= facts["audio_url"] <= 60
        assert "fal bills 10 s · $0.14" in program.words()
        program.act(program.desk.actions.undo)
        await program.until_said("Use the first ")


async def test_the_sound_of_a_video_is_taken_out_of_it(rehearse, tmp_path):
    async with rehearse() as program:
        await lip_sync(program)
        _video, sound = frames_of(program)
        program.drop(clip(tmp_path, 3, sound=True), on=sound)
        await program.until_said("This is a video, and “Sound” takes a sound.")
        program.click("Convert to MP3")
        await program.until(lambda: values(program)["audio_url"].endswith(".mp3"), "the sound")
        await program.until(lambda: "This is a video" not in program.words(), "no problem")


async def test_a_step_just_begun_is_not_paid_for(rehearse, tmp_path):
    async with rehearse() as program:
        await lip_sync(program)
        video, _sound = frames_of(program)
        program.drop(clip(tmp_path, 5.04), on=video)
        await program.until_said("fal bills 10 s · $0.14")
        program.click("Use the first 5 s of the video · $0.07")
        await program.until_said("fal bills 5 s · $0.07")


async def test_a_part_that_cannot_be_made_is_told_and_nothing_changes(rehearse, tmp_path, noise):
    noise.allow("fit a file")
    async with rehearse() as program:
        await lip_sync(program)
        _video, sound = frames_of(program)
        program.drop(stairs(tmp_path / "talk.wav", 6), on=sound)
        await program.until_said("0:06.0")
        before = values(program)
        program.studio.inputs.path(_ref(before["audio_url"])).unlink()
        program.key("PageUp", program.named("Start of the part: Sound"))
        program.click("Use this part")
        await program.until_said("The file could not be opened.")
        assert values(program) == before
        await program.until(program.button("Use this part").isEnabled, "another try")


def _ref(text):
    from kling_desktop.records.media import MediaRef

    return MediaRef.parse(text)
