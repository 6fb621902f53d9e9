"""What a slot makes of a drag or a paste."""

import base64
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QUrl

from kling_desktop.records.media import MediaKind
from kling_desktop.ui.form.media_slot.data_uri import bytes_of_data_uri
from kling_desktop.ui.form.media_slot.mime import Pixels, Refusal, glance, pictures_in, read
from kling_desktop.ui.form.ports import OfferedBytes, OfferedFile, OfferedUrl
from tests.helpers.form import plain_picture

IMAGE = MediaKind.IMAGE


def mime(**parts):
    data = QMimeData()
    if "urls" in parts:
        data.setUrls([QUrl(one) for one in parts["urls"]])
    if "files" in parts:
        data.setUrls([QUrl.fromLocalFile(str(one)) for one in parts["files"]])
    if "html" in parts:
        data.setHtml(parts["html"])
    if "text" in parts:
        data.setText(parts["text"])
    if "image" in parts:
        data.setImageData(parts["image"])
    for name, raw in parts.get("raw", {}).items():
        data.setData(name, QByteArray(raw))
    return data


@pytest.mark.parametrize("name", ["a.png", "B.JPG", "c d.jpeg", "ü 🐈.webp", "noending"])
def test_files_that_may_be_pictures(tmp_path, name):
    path = tmp_path / name
    path.touch()
    data = mime(files=[path])
    assert glance(data, IMAGE) is None
    assert read(data, IMAGE) == (OfferedFile(path),)


def test_only_the_fitting_ones_of_several_files(tmp_path):
    paths = [tmp_path / name for name in ("1.png", "notes.txt", "2.jpg")]
    for path in paths:
        path.touch()
    assert read(mime(files=paths), IMAGE) == (OfferedFile(paths[0]), OfferedFile(paths[2]))


@pytest.mark.parametrize("kind", [IMAGE, MediaKind.VIDEO, MediaKind.AUDIO])
def test_a_text_file_is_refused_at_first_sight(tmp_path, kind):
    path = tmp_path / "notes.txt"
    path.touch()
    data = mime(files=[path])
    assert glance(data, kind) is Refusal.WRONG_KIND
    assert read(data, kind) is Refusal.WRONG_KIND


def test_a_slot_for_any_file_takes_any(tmp_path):
    path = tmp_path / "notes.txt"
    path.touch()
    assert read(mime(files=[path]), MediaKind.FILE) == (OfferedFile(path),)


def test_the_pictures_of_a_folder_in_order_and_no_deeper(tmp_path):
    for name in ("b.png", "A.jpg", ".hidden.png", "notes.txt", "c.webp"):
        (tmp_path / name).touch()
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "d.png").touch()
    found = read(mime(files=[tmp_path]), IMAGE)
    assert [one.path.name for one in found] == ["A.jpg", "b.png", "c.webp"]


def test_at_most_fifty_from_a_folder(tmp_path):
    for number in range(60):
        (tmp_path / f"{number:03}.png").touch()
    assert len(pictures_in(tmp_path, IMAGE)) == 50


def test_a_folder_without_pictures_and_a_folder_that_is_gone(tmp_path):
    assert read(mime(files=[tmp_path]), IMAGE) is Refusal.EMPTY_FOLDER
    assert pictures_in(tmp_path / "gone", IMAGE) == ()


def test_firefox_drag_of_a_picture_inside_a_link():
    data = mime(
        urls=["https://example.com/gallery/page.html"],
        html='<a href="https://example.com/gallery/page.html">'
        '<img alt="x" src="https://cdn.example.com/cat.jpg?w=2&amp;h=3"></a>',
        text="https://example.com/gallery/page.html",
        raw={"text/x-moz-url": b"h\0t\0"},
    )
    assert glance(data, IMAGE) is None
    assert read(data, IMAGE) == (OfferedUrl("https://cdn.example.com/cat.jpg?w=2&h=3"),)


@pytest.mark.parametrize("source", ["src='https://e.com/a.png'", "src=https://e.com/a.png width=3"])
def test_html_with_other_quotes(source):
    assert read(mime(html=f"<img {source}>"), IMAGE) == (OfferedUrl("https://e.com/a.png"),)


def test_chromium_drag_of_a_bare_picture():
    data = mime(urls=["https://e.com/a.png"], text="https://e.com/a.png")
    assert read(data, IMAGE) == (OfferedUrl("https://e.com/a.png"),)


def test_relative_pictures_in_html_fall_back_to_the_address():
    data = mime(html='<img src="/a.png">', urls=["https://e.com/a.png"])
    assert read(data, IMAGE) == (OfferedUrl("https://e.com/a.png"),)


def test_copy_image_prefers_the_pixels_and_their_own_bytes():
    data = mime(html='<img src="https://e.com/private.png">', raw={"image/png": b"\x89PNG-bytes"})
    assert glance(data, IMAGE) is None
    assert read(data, IMAGE) == (OfferedBytes(b"\x89PNG-bytes", "picture.png"),)


def test_pixels_without_a_file_format():
    (found,) = read(mime(image=plain_picture(4, 3)), IMAGE)
    assert isinstance(found, Pixels | OfferedBytes)


def test_pixels_are_nothing_for_a_video_slot():
    assert read(mime(image=plain_picture(4, 3)), MediaKind.VIDEO) is Refusal.NOTHING


@pytest.mark.parametrize("padding", ["", "=="])
def test_a_data_address(padding):
    packed = base64.b64encode(b"jpeg").decode().rstrip("=") + padding
    data = mime(html=f'<img src="data:image/jpeg;base64,{packed}">')
    assert glance(data, IMAGE) is None
    assert read(data, IMAGE) == (OfferedBytes(b"jpeg", "picture.jpg"),)


def test_a_data_address_of_another_kind():
    data = mime(text="data:text/plain,hello")
    assert glance(data, IMAGE) is Refusal.WRONG_KIND
    assert read(data, IMAGE) is Refusal.WRONG_KIND


@pytest.mark.parametrize("text", ["data:image/png", "data:image/png;base64,%%%", "no", "data:,"])
def test_broken_data_addresses(text):
    assert bytes_of_data_uri(text) is None


def test_data_address_without_base64():
    assert bytes_of_data_uri("data:audio/wav,a%20b") == OfferedBytes(b"a b", "audio.wav")


def test_a_typed_address():
    assert read(mime(text="  https://e.com/cat.png\n"), IMAGE) == (
        OfferedUrl("https://e.com/cat.png"),
    )


def test_plain_http_is_refused_with_its_reason():
    data = mime(text="http://e.com/cat.png")
    assert glance(data, IMAGE) is Refusal.NOT_HTTPS
    assert read(data, IMAGE) is Refusal.NOT_HTTPS


@pytest.mark.parametrize("text", ["A cat looks up", "see https://e.com/cat.png please"])
def test_words_belong_to_the_prompt(text):
    assert glance(mime(text=text), IMAGE) is Refusal.TEXT
    assert read(mime(text=text), IMAGE) is Refusal.TEXT


def test_nothing_at_all():
    assert glance(QMimeData(), IMAGE) is Refusal.NOTHING
    assert read(QMimeData(), IMAGE) is Refusal.NOTHING


def test_offers_are_values():
    assert OfferedFile(Path("/a")) == OfferedFile(Path("/a"))
