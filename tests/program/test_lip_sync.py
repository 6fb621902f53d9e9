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
