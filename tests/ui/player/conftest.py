"""A stage with the real player and real clips."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.helpers import media_zoo as zoo
from tests.helpers.stage import Watched


@pytest.fixture(scope="session")
def clips(tmp_path_factory):
    """Clips with burnt-in numbers, made once: `clips(plan)` gives the path of one."""
    folder = tmp_path_factory.mktemp("clips")

    def clip(plan=None):
        plan = plan or zoo.ClipPlan()
        path = folder / f"{abs(hash(plan))}.mp4"
        return path if path.exists() else zoo.numbered_clip(path, plan)

    return clip


@pytest.fixture
def slow():
    """One second at eight frames a second: none is late on a busy machine."""
    return zoo.ClipPlan(frames=8, rate=Fraction(8), gop=4)


@pytest.fixture
def watched(qtbot, qapp):
    # PyAV takes a tenth of a second to import, which the engine of the program does beforehand.
    import kling_desktop.media.frames  # noqa: F401

    made = Watched(qtbot, qapp)
    made.open()
    yield made
    made.close()
