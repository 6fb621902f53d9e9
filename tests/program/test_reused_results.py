"""A clip that fal made and still has is not sent to fal again."""

import pytest

from tests.helpers.simulator import simulator_process
from tests.program.test_lip_sync import BY_WORDS, begin, fill

LOST = {"detail": [{"loc": ["body", "video_url"], "msg": "gone", "type": "file_download_error"}]}
pytestmark = pytest.mark.slow


@pytest.fixture
def fal(tmp_path):
    """Clips as large as lips need them."""
    arguments = ["--short-side", "720", "--queue-seconds", "0.05"]
    with simulator_process(tmp_path / "fal", small=False, arguments=arguments) as server:
        yield server


def uploaded(fal):
    """How many files were sent."""
    return len(fal.seen("upload"))


def bodies(fal):
    return [one["body"] for one in fal.queue() if one["endpoint_id"] == BY_WORDS]


async def order(program, text):
    """Other words for the same clip; the job, once it has ended."""
    program.desk.choosing.choose_model(BY_WORDS)
    fill(program, text)
    await program.until_ready()
    await program.second_later()
    before = {job.job_id for job in program.jobs}
    program.press()
    return await program.until(
        lambda: next((j for j in program.jobs if j.job_id not in before and j.is_final), None),
        "the end of a job",
        90,
    )


async def test_lip_sync_of_a_clip_uploads_nothing_until_fal_cannot_load_it(real, fal):
    async with real() as program:
        clip = await begin(program)
        made = program.studio.jobs.get(clip.job_id)
        address = made.result["video"]["url"]
        first = uploaded(fal)
        job = await order(program, "Good morning.")
        assert job.state == "finished"
        assert uploaded(fal) == first
        assert bodies(fal)[-1]["video_url"] == address
        heads = [
            {name.lower(): one for name, one in seen["headers"].items()}
            for seen in fal.seen("file")
        ]
        assert any(head.get("range") == "bytes=0-0" for head in heads)
        assert not any("authorization" in head for head in heads)
        fal.end_next(422, LOST)
        job = await order(program, "Good evening.")
        assert job.state == "failed"
        assert uploaded(fal) == first
        job = await order(program, "Good night.")
        assert job.state == "finished"
        assert uploaded(fal) == first + 1
        assert bodies(fal)[-1]["video_url"] != address


async def test_a_rehearsed_clip_goes_to_fal_as_a_file(real, fal):
    async with real() as program:
        program.press()
        (clip,) = await program.until_made(1, 90)
        assert clip.made_by == "rehearsal"
        program.choose_real()
        lips = program.desk.actions.lip_sync_clip
        await program.until(lips.isEnabled, "the clip on the stage")
        program.act(lips)
        await program.until(lambda: program.desk.making.draft.intention == "lip_sync", "the form")
        job = await order(program, "Good morning.")
        assert job.state == "finished"
        assert uploaded(fal) >= 1
        assert bodies(fal)[-1]["video_url"].startswith(fal.url)
