"""A voice that was made from a recording is offered by its name where one can be named."""

from kling_desktop.ui.form.editors.made_voice import MadeVoiceEditor
from tests.helpers.media_zoo import wav

MAKING = "fal-ai/kling-video/create-voice"
SPEAKING = "fal-ai/kling-video/v2.6/pro/image-to-video"


def offered(program):
    """The names in the first field for a voice, on the model that speaks."""
    program.desk.choosing.take_up(SPEAKING)
    program.desk.form.set_more_open(True)
    program.desk.making.put_values({"voice_ids": [""]})
    editor = program.desk.form.findChildren(MadeVoiceEditor)[0]
    return [editor._box.itemText(row) for row in range(editor._box.count())]


async def test_a_made_voice_is_offered_by_its_name_and_outlives_its_job(real, tmp_path):
    async with real() as program:
        program.desk.choosing.take_up(MAKING)
        program.choose_real()
        stored = await program.studio.inputs.take_file(wav(tmp_path / "Anna.wav", 6.0))
        program.desk.making.put_values({"voice_url": str(stored.ref)})
        await program.until_ready()
        program.press()
        await program.until_said("not known before it is made")
        program.click("Send it")
        job = await program.until_job("finished")
        await program.until(program.studio.voices.all, "the voice")
        assert offered(program) == ["Anna"]
        await program.studio.jobs.remove(job.job_id)
    async with real() as program:
        assert offered(program) == ["Anna"]
        program.click("Rehearse", program.desk.column.order_bar)
        assert offered(program) == ["Anna"]
        assert program.studio.voices.all()[0].voice_id == job.result["voice_id"]
