"""Small pictures, decoded beside the GUI thread."""

import pytest
from PySide6.QtCore import QSize, QThread
from PySide6.QtGui import QImage

from kling_desktop.ui.work.pictures import Pictures, decode_small
from tests.helpers.form import plain_picture
from tests.helpers.media_zoo import numbered_clip


@pytest.fixture
def pictures(qapp):
    made = Pictures()
    yield made
    made.close()
    made.deleteLater()


def test_the_answer_is_small_and_comes_on_the_calling_thread(qtbot, pictures, tmp_path):
    path = tmp_path / "wide.png"
    plain_picture(1200, 600).save(str(path))
    answers = []
    here = QThread.currentThread()
    pictures.of_file(
        path, 100, lambda image: answers.append((image, QThread.currentThread() is here))
    )
    pictures.of_file(
        path, 100, lambda image: answers.append((image, QThread.currentThread() is here))
    )
    assert answers == []
    qtbot.waitUntil(lambda: len(answers) == 2)
    assert all(is_here and image.size() == QSize(100, 50) for image, is_here in answers)
    pictures.of_file(path, 100, answers.append)
    assert isinstance(answers[-1], QImage)


@pytest.mark.parametrize(
    "content", [b"", b"no picture", b"<svg xmlns='http://www.w3.org/2000/svg'/>"]
)
def test_what_is_no_picture(qtbot, pictures, tmp_path, content):
    path = tmp_path / "a.png"
    path.write_bytes(content)
    answers = []
    pictures.of_file(path, 100, answers.append)
    qtbot.waitUntil(lambda: answers == [None])


def test_small_ones_stay_as_they_are(tmp_path):
    path = tmp_path / "a.png"
    plain_picture(30, 20).save(str(path))
    assert decode_small(path, 100).size() == QSize(30, 20)


def test_after_close_nothing_is_answered(qtbot, tmp_path):
    made = Pictures()
    path = tmp_path / "a.png"
    plain_picture(30, 20).save(str(path))
    answers = []
    made.of_file(path, 100, answers.append)
    made.close()
    qtbot.wait(20)
    assert answers == []
    made.deleteLater()


def test_a_clip_shows_its_first_frame(tmp_path):
    path = numbered_clip(tmp_path / "clip.mp4")
    image = decode_small(path, 64)
    assert max(image.width(), image.height()) <= 64


def test_bytes_are_decoded_too(qtbot, pictures):
    answers = []
    pictures.of_bytes(b"no picture", answers.append)
    qtbot.waitUntil(lambda: answers == [None])
