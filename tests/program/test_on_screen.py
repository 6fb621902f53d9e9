"""The program as a process on a real screen, with a real mouse and real keys."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from kling_desktop.media.probe import probe
from tests.helpers.media_zoo import camera_jpeg, difference
from tests.helpers.processes import simulators_of
from tests.helpers.screen import ROOT, a_screen, neighbor, on_screen, until
from tests.program.conftest import KEY

pytestmark = pytest.mark.screen


@pytest.fixture(scope="module")
def screen():
    with a_screen() as found:
        yield found


@pytest.fixture
def start(screen, folder, fal, settings):
    """Starts the program on the screen, sending to `fal`, with all questions answered."""
    settings(uploads="drop", said_fal_goes_on=True)
    return lambda: on_screen(screen, folder, "--fal-url", fal.url, FAL_KEY=KEY)


def clips_in(folder):
    return sorted((folder / "clips").rglob("*.mp4"))


def whole_clip(folder):
    """The only clip, if it is there and whole."""
    found = clips_in(folder)
    return found[0] if len(found) == 1 and probe(found[0]).duration else None


def unlike(screen, place):
    """Waits until two pictures of a part of the screen differ."""
    first = screen.picture(place)
    return until(lambda: difference(first, screen.picture(place)) > 1, lambda: "no movement", 60)


def press_real(program):
    program.click("Real", "CheckBox")
    program.click("Generate", "Button")


def test_the_command_itself_from_first_start_to_a_moving_clip(screen, folder, record_property):
    begin = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "kling_desktop", "--demo", "--data-dir", str(folder)],
        cwd=ROOT,
        env=screen.environment(),
    )
    try:
        screen.hand("search", "--sync", "--onlyvisible", "--name", "Kling Desktop")
        stage = (420, 80, 600, 400)
        before = screen.picture(stage)

        def pressed():
            screen.keys("space")
            return simulators_of(folder)

        until(pressed, lambda: "no rehearsal began", 30)
        record_property("seconds to the press", round(time.monotonic() - begin, 1))
        until(lambda: difference(before, screen.picture(stage)) > 5, lambda: "no clip", 90)
        unlike(screen, stage)
        record_property("seconds to a moving clip", round(time.monotonic() - begin, 1))
        screen.keys("ctrl+q")
        assert process.wait(10) == 0
        assert not simulators_of(folder)
    finally:
        process.kill()
        process.wait(10)


def test_one_job_by_mouse_and_keys_alone(start, screen, folder, fal, tmp_path):
    with start() as program:
        program.click("Prompt", "EditableText")
        screen.keys("ctrl+a")
        screen.write("A raccoon waves.")
        program.until_said("16 / 2500")
        press_real(program)
        program.until_said("A raccoon waves., take A, 2.5 Turbo Standard")
        stage = program.find("Picture on the stage")
        unlike(screen, stage.place)
        screen.click(stage.middle)
        program.until_said("paused")
        screen.keys("Home")
        program.until_said("frame 0 of 120")
        screen.keys("period", "period")
        program.until_said("frame 2 of 120")
        screen.keys("ctrl+shift+s")
        program.until_said("Save the clip as")
        screen.keys("ctrl+a")
        target = tmp_path / "kept.mp4"
        screen.write(str(target))
        screen.keys("Return")
        until(target.exists, lambda: program.words(), 20)
        program.until(lambda: target.read_bytes() == clips_in(folder)[0].read_bytes(), "a copy")
        assert [one["body"]["prompt"] for one in fal.queue()] == ["A raccoon waves."]


def test_killed_while_fal_makes_it(start, folder, fal):
    fal.hold("IN_PROGRESS")
    with start() as program:
        press_real(program)
        program.until_said("making")
        program.kill()
    fal.hold(None)
    with start() as program:
        program.until(lambda: whole_clip(folder), "one whole clip")
    assert len(fal.seen("submit")) == 1
    assert len(clips_in(folder)) == 1


def test_killed_in_the_middle_of_a_download(start, folder, fal):
    fal.fault(route="file", drip=30_000, times=1)
    with start() as program:
        press_real(program)
        program.until_said("downloading")
        until(lambda: list((folder / "clips").rglob("*.part*")), lambda: "no part", 20)
        program.kill()
    assert not clips_in(folder)
    with start() as program:
        program.until(lambda: whole_clip(folder), "one whole clip")
    assert len(fal.seen("submit")) == 1
    assert not list((folder / "clips").rglob("*.part*"))


def test_the_simulator_ends_with_a_killed_program_and_the_rehearsal_goes_on(screen, folder):
    with on_screen(screen, folder, "--demo") as program:
        program.click("Rehearse", "Button")
        until(lambda: simulators_of(folder), program.words, 30)
        program.until(lambda: program.find("Rehearsing"), "a rehearsal")
        program.until_said("render")
        program.kill()
        until(lambda: not simulators_of(folder), lambda: "the simulator lives on", 20)
    with on_screen(screen, folder, "--demo") as program:
        until(lambda: whole_clip(folder), program.words, 120)
        program.until(lambda: program.find("Made, 1"), "one job")
        assert len(clips_in(folder)) == 1


def test_it_is_gone_two_seconds_after_closing_with_an_open_job(start, screen, fal, record_property):
    fal.hold("IN_PROGRESS")
    with start() as program:
        press_real(program)
        program.until_said("making")
        begin = time.monotonic()
        screen.keys("ctrl+q")
        assert program.process.wait(10) == 0
        seconds = time.monotonic() - begin
        record_property("seconds to close", round(seconds, 2))
        assert seconds < 2.5


def test_a_clip_is_dragged_out_of_the_library_into_another_program(start, screen, folder, tmp_path):
    (tmp_path / "taken").mkdir()
    with start() as program, neighbor(screen, "take", tmp_path / "taken") as there:
        press_real(program)
        program.until(lambda: whole_clip(folder), "a clip")
        card = program.until(lambda: program.find("The raccoon", "ListItem"), "a card")
        clip = clips_in(folder)[0]
        copy = tmp_path / "taken" / clip.name
        screen.drag_until(card.middle, there, copy.exists)
        until(lambda: copy.read_bytes() == clip.read_bytes(), program.words, 10)


def test_a_picture_is_dragged_in_from_another_program(start, screen, tmp_path):
    picture = camera_jpeg(tmp_path / "from elsewhere.jpg", size=(900, 600))
    with start() as program, neighbor(screen, "give", picture) as there:
        slot = program.until(lambda: program.find("Start picture", "Client"), "the slot")
        screen.drag_until(there, slot.middle, lambda: "from elsewhere.jpg" in program.words())
        assert "900 × 600" in program.words()


def test_a_key_never_stands_in_the_files_or_the_command_line(start, screen, folder):
    secret = KEY.partition(":")[2].encode()
    with start() as program:
        press_real(program)
        program.until(lambda: whole_clip(folder), "a clip")
        assert secret not in Path(f"/proc/{program.process.pid}/cmdline").read_bytes()
        screen.keys("ctrl+q")
        assert program.process.wait(10) == 0
    kept = [one for one in folder.rglob("*") if one.is_file()]
    assert len(kept) > 5
    assert not [one for one in kept if secret in one.read_bytes()]
