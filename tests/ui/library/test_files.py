from __future__ import annotations

from PySide6.QtCore import QUrl

from kling_desktop.ui.library.files import copied_files_mime, files_mime
from tests.helpers.records import a_clip


def test_a_drag_carries_real_file_urls_of_files_that_exist(tmp_path):
    name = tmp_path / "Katze 猫 #1 100%.mp4"
    name.write_bytes(b"clip")
    gone = tmp_path / "gone.mp4"
    mime = files_mime([a_clip(path=name), a_clip(path=gone)])
    assert [url.toLocalFile() for url in mime.urls()] == [str(name)]
    assert mime.urls()[0].isLocalFile()
    assert mime.hasFormat("text/uri-list")


def test_without_a_file_there_is_nothing_to_drag(tmp_path):
    assert not files_mime([a_clip(path=tmp_path / "gone.mp4")]).hasUrls()
    assert not copied_files_mime([]).formats()


def test_the_clipboard_speaks_to_file_managers(tmp_path):
    path = tmp_path / "a b.mp4"
    path.write_bytes(b"clip")
    mime = copied_files_mime([a_clip(path=path)])
    told = bytes(mime.data("x-special/gnome-copied-files").data()).decode().split("\n")
    assert told[0] == "copy"
    assert QUrl(told[1]).toLocalFile() == str(path)
    assert bytes(mime.data("application/x-kde-cutselection").data()) == b"0"
    assert mime.text() == str(path)
