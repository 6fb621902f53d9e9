"""The file: whole or not at all, never over another, never twice."""

from __future__ import annotations

import json

import pytest

from kling_desktop.fal.errors import AnswerLost, DiskFull, FolderRefused, LinkGone
from kling_desktop.fal.problems import ANSWER_LOST, DISK_FULL, FOLDER_REFUSED, LINK_GONE
from kling_desktop.media.recipe import read_recipe, sidecar_of
from kling_desktop.records.job import JobState as S
from kling_desktop.records.problem import Charge, Remedy
from tests.helpers.engine import an_order, scripted_bench
from tests.helpers.scripted_fal import clip_bytes


async def test_the_recipe_travels_with_the_file(tmp_path, clock, fal):
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await bench.jobs.order(an_order())
        await clock.run(bench.all_final)
    (clip,) = bench.made
    recipe = read_recipe(clip.path)
    assert (recipe.request_id, recipe.values) == ("request-1", job.values)
    told = json.loads(sidecar_of(clip.path).read_text("utf-8"))
    assert told["endpoint_id"] == job.endpoint_id
    assert "0.28" not in json.dumps(told)
    assert str(tmp_path) not in json.dumps(told)


async def test_equal_names_get_a_counter(tmp_path, clock, fal):
    async with scripted_bench(tmp_path, fal) as bench:
        folder = bench.folders.clips / "My clips"
        folder.mkdir(parents=True)
        (folder / "Cat_A.mp4").write_bytes(b"mine")
        await bench.jobs.order(an_order())
        await bench.jobs.order(an_order())
        await clock.run(bench.all_final)
        names = sorted(clip.path.name for clip in bench.made)
        assert names == ["Cat_A (2).mp4", "Cat_A (3).mp4"]
        assert (folder / "Cat_A.mp4").read_bytes() == b"mine"


async def test_several_files_are_several_clips(tmp_path, clock, fal):
    fal.files_made = 3
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await bench.jobs.order(an_order())
        await clock.run(bench.all_final)
        assert bench.jobs.get(job.job_id).clip_ids == tuple(clip.clip_id for clip in bench.made)
    assert [clip.path.name for clip in bench.made] == [f"Cat_A_{one}.mp4" for one in (1, 2, 3)]


async def test_a_lost_connection_goes_on_by_itself(tmp_path, clock, fal):
    fal.next_downloads.extend([AnswerLost(ANSWER_LOST(host="x"))] * 4)
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await bench.jobs.order(an_order())
        await clock.run(bench.all_final)
        assert bench.state(job) is S.FINISHED
    assert (len(bench.made), fal.count("result")) == (1, 1)


@pytest.mark.parametrize(
    "error",
    [
        DiskFull(DISK_FULL(folder="x")),
        FolderRefused(FOLDER_REFUSED(folder="x", reason="read-only")),
        OSError(30, "Read-only file system"),
    ],
)
async def test_a_disk_that_refuses_pauses_the_job(tmp_path, clock, fal, error):
    fal.next_downloads.append(error)
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await bench.jobs.order(an_order())
        await clock.run(lambda: bench.jobs.get(job.job_id).paused)
        stopped = bench.jobs.get(job.job_id)
        assert (stopped.state, stopped.problem.remedy) == (S.DOWNLOADING, Remedy.CHOOSE_FOLDER)
        await clock.pass_seconds(3600)
        assert bench.jobs.get(job.job_id).paused
        bench.settings.change(clips_folder=str(tmp_path))
        await bench.jobs.resume(job.job_id)
        await clock.run(bench.all_final)
    (clip,) = bench.made
    assert clip.path.parent == tmp_path / "My clips"


async def test_a_drive_that_is_not_plugged_in_is_not_made_up(tmp_path, clock, fal):
    async with scripted_bench(tmp_path, fal) as bench:
        bench.settings.change(clips_folder=str(tmp_path / "usb"))
        (job,) = await bench.jobs.order(an_order())
        await clock.run(lambda: bench.jobs.get(job.job_id).paused)
        assert bench.jobs.get(job.job_id).problem.code == "folder_unusable"
        assert not (tmp_path / "usb").exists()
        (tmp_path / "usb").mkdir()
        await bench.jobs.resume(job.job_id)
        await clock.run(bench.all_final)
        assert bench.state(job) is S.FINISHED


async def test_a_link_that_is_gone_is_asked_for_once_more(tmp_path, clock, fal):
    fal.next_downloads.append(LinkGone(LINK_GONE(host="x", status=410)))
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await bench.jobs.order(an_order())
        await clock.run(bench.all_final)
        assert bench.state(job) is S.FINISHED
    assert fal.count("result") == 2


async def test_a_file_that_is_gone_for_good_was_paid_for(tmp_path, clock, fal):
    fal.next_downloads.extend([LinkGone(LINK_GONE(host="x", status=410))] * 2)
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await bench.jobs.order(an_order())
        await clock.run(bench.all_final)
        lost = bench.jobs.get(job.job_id)
        assert (lost.state, lost.charge, lost.problem.code) == (
            S.FAILED, Charge.CHARGED, "file_gone",
        )  # fmt: skip
        await bench.jobs.retry(job.job_id)
        await clock.run(bench.all_final)
        assert bench.state(job) is S.FINISHED
    assert len(fal.posts) == 1


async def test_a_page_instead_of_a_clip_is_fetched_again(tmp_path, clock, fal):
    fal.next_downloads.append(b"<html>sign in</html>" * 20)
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await bench.jobs.order(an_order())
        await clock.run(bench.all_final)
        assert bench.state(job) is S.FINISHED


async def test_what_is_no_clip_at_all_is_never_shown_as_one(tmp_path, clock, fal):
    fal.next_downloads.extend([b"<html>sign in</html>" * 20] * 2)
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await bench.jobs.order(an_order())
        await clock.run(bench.all_final)
        assert bench.jobs.get(job.job_id).problem.code == "not_what_was_made"
        assert not bench.made
        assert [name[-5:] for name in bench.files()] == [".part"]


async def test_a_cut_clip_is_noticed(tmp_path, clock, fal):
    fal.next_downloads.append(clip_bytes()[:-800])
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await bench.jobs.order(an_order())
        await clock.run(bench.all_final)
        assert bench.state(job) is S.FINISHED
    assert fal.count("download") == 2


async def test_pausing_and_going_on(tmp_path, clock, fal):
    fal.next_downloads.append(AnswerLost(ANSWER_LOST(host="x")))
    async with scripted_bench(tmp_path, fal) as bench:
        (job,) = await bench.jobs.order(an_order())
        await clock.run(lambda: fal.count("download") == 1)
        await bench.jobs.pause(job.job_id)
        await clock.pass_seconds(3600)
        assert fal.count("download") == 1
        await bench.jobs.resume(job.job_id)
        await clock.run(bench.all_final)
        assert bench.state(job) is S.FINISHED


async def test_progress_is_shown(tmp_path, clock, fal):
    seen = []
    async with scripted_bench(tmp_path, fal) as bench:
        bench.jobs.changed.connect(
            lambda job: (
                seen.append((job.transferred, job.to_transfer))
                if job.state is S.DOWNLOADING
                else None
            )
        )
        await bench.jobs.order(an_order())
        await clock.run(bench.all_final)
    size = len(clip_bytes())
    assert (size, size) in seen
