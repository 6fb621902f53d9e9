"""What the form's media port knows of the library."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from kling_desktop.records.media import MediaKind
from kling_desktop.ui.work.media_desk import MediaDesk
from tests.helpers.records import a_clip


class Shelf:
    """Clips, newest first."""

    def __init__(self, clips):
        self.clips = {one.clip_id: one for one in clips}

    def ids(self):
        return list(self.clips)

    def window(self, wanted):
        return [self.clips[one] for one in wanted]


@pytest.fixture
def desk():
    return MediaDesk(
        lambda _ref: None, lambda _ref: Path(), pictures=None, waves=None, listening=None
    )


def test_before_the_engine_is_up_there_are_no_clips(desk):
    assert desk.clips(MediaKind.VIDEO, 5) == []


def test_only_clips_of_the_kind_are_offered(desk):
    kinds = (("A film", MediaKind.VIDEO), ("A voice", MediaKind.AUDIO), ("More", MediaKind.VIDEO))
    clips = [a_clip(clip_id=name, title=name, kind=kind) for name, kind in kinds]
    shelf = Shelf(clips)
    signal = SimpleNamespace(connect=lambda _call: None)
    desk.attach(SimpleNamespace(library=shelf, uploads=SimpleNamespace(changed=signal)))
    assert [one.title for one in desk.clips(MediaKind.AUDIO, 9)] == ["A voice"]
    assert len(desk.clips(MediaKind.VIDEO, 1)) == 1
    assert len(desk.clips(MediaKind.FILE, 9)) == 3
