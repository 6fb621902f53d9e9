"""The media slot, driven by real events."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragLeaveEvent,
    QGuiApplication,
)
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QMenu,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
)
from shiboken6 import isValid

from kling_desktop.records.media import MediaKind
from kling_desktop.records.problem import ProblemKind, Remedy
from kling_desktop.ui.form.media_slot.menu import open_menu
from kling_desktop.ui.form.parts.tiny_button import TinyButton
from kling_desktop.ui.form.ports import (
    LibraryClip,
    MediaView,
    OfferedBytes,
    OfferedFile,
    OfferedUrl,
    Taken,
    UploadPhase,
)
from tests.helpers.drags import drop, enter, files, move
from tests.helpers.form import button_of, plain_picture, ref, request_type, slots_of, spec

# The offscreen platform says so of each menu and dialog.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

TOO_SMALL = ProblemKind(code="test_small", what="It is small.", remedy=Remedy.SHRINK)
PICTURE = spec("first_look", media=MediaKind.IMAGE, required=True)


@pytest.fixture
def slot(form):
    form.set_request_type(request_type(PICTURE, spec("words", multiline=True)))
    return slots_of(form)[0]


def words_of(form):
    return " ".join(label.text() for label in form.findChildren(QLabel) if label.isVisible())


def test_a_dropped_file_is_handed_up_and_the_answer_is_the_value(qtbot, form, port, slot, tmp_path):
    path = tmp_path / "cat.png"
    path.touch()
    with qtbot.waitSignal(form.changed):
        event = drop(slot.frame, files(path))
    assert event.isAccepted()
    assert event.dropAction() == Qt.DropAction.CopyAction
    assert port.asked[0].offered == (OfferedFile(path),)
    assert port.asked[0].token.loc == ("first_look",)
    assert port.asked[0].token.kind is MediaKind.IMAGE
    assert form.values() == {"first_look": ref(1)}
    assert port.wanted[0][0] == ref(1)


def test_several_files_go_up_in_one_call(port, slot, tmp_path):
    paths = [tmp_path / f"{number}.png" for number in range(3)]
    for path in paths:
        path.touch()
    drop(slot.frame, files(*paths))
    assert port.asked[0].offered == tuple(OfferedFile(path) for path in paths)


def test_a_drag_says_whether_it_is_welcome(slot, tmp_path):
    picture, text = tmp_path / "a.png", tmp_path / "a.txt"
    picture.touch()
    text.touch()
    assert enter(slot.frame, files(picture)).isAccepted()
    assert move(slot.frame, files(picture)).isAccepted()
    assert slot.frame.line() == "Let go to use it"
    QApplication.sendEvent(slot.frame, QDragLeaveEvent())
    assert slot.frame.line() == "Drop a picture here"
    enter(slot.frame, files(text))
    assert not move(slot.frame, files(text)).isAccepted()
    assert slot.frame.line() == "This is not a picture."


def test_a_refused_drop_says_why_below(form, port, slot, tmp_path):
    path = tmp_path / "a.txt"
    path.touch()
    drop(slot.frame, files(path))
    assert not port.asked
    assert "This is not a picture." in words_of(form)


def test_while_it_is_read_the_slot_says_so_and_old_answers_fall(form, port, slot, tmp_path):
    port.at_once = False
    for name in ("a.png", "b.png"):
        (tmp_path / name).touch()
        drop(slot.frame, files(tmp_path / name))
    assert slot.frame.line() == "Reading…"
    first, second = port.asked
    assert first.done(Taken(ref(8))) is False
    assert form.values() == {}
    assert second.done(Taken(ref(9))) is True
    assert form.values() == {"first_look": ref(9)}
    assert second.done(Taken(ref(7))) is False


def test_an_answer_for_a_form_that_is_gone_does_not_land(qtbot, form, port, slot, tmp_path):
    port.at_once = False
    (tmp_path / "a.png").touch()
    drop(slot.frame, files(tmp_path / "a.png"))
    form.set_request_type(request_type(spec("words"), name="Other"))
    qtbot.waitUntil(lambda: not isValid(slot))
    assert port.asked[0].done(Taken(ref(8))) is False


def test_a_person_who_thinks_better_of_it_changes_nothing(form, port, slot):
    port.at_once = False
    mime = QMimeData()
    mime.setText("https://e.com/a.png")
    drop(slot.frame, mime)
    assert port.asked[0].done(None) is True
    assert form.values() == {}
    assert slot.frame.line() == "Drop a picture here"


def test_a_problem_stands_below_with_its_way_out(qtbot, form, port, slot):
    form.set_values({"first_look": ref(3)})
    port.answer = TOO_SMALL("elsewhere")
    mime = QMimeData()
    mime.setText("https://e.com/a.png")
    drop(slot.frame, mime)
    assert form.values() == {"first_look": ref(3)}
    assert "It is small." in words_of(form)
    button = button_of(form, "Shrink it")
    with qtbot.waitSignal(form.remedy_wanted) as wanted:
        button.click()
    assert wanted.args == [("first_look",), Remedy.SHRINK, TOO_SMALL()]


def test_paste_by_key_takes_an_address_and_pixels(qtbot, form, port, slot):
    mime = QMimeData()
    mime.setText("https://e.com/cat.png")
    QGuiApplication.clipboard().setMimeData(mime)
    slot.frame.setFocus()
    qtbot.keyClick(slot.frame, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert port.asked[0].offered == (OfferedUrl("https://e.com/cat.png"),)
    QGuiApplication.clipboard().setImage(plain_picture(8, 6))
    qtbot.keyClick(slot.frame, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(port.asked) == 2)
    (offered,) = port.asked[1].offered
    assert isinstance(offered, OfferedBytes)
    assert offered.data.startswith(b"\x89PNG")


def test_a_picture_pasted_into_the_words_lands_in_the_slot(qtbot, form, port, slot):
    QGuiApplication.clipboard().setImage(plain_picture(8, 6))
    words = form.findChild(QPlainTextEdit)
    words.setFocus()
    qtbot.keyClick(words, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(port.asked) == 1)
    qtbot.waitUntil(lambda: form.values() == {"first_look": ref(1)})
    assert words.toPlainText() == ""


def test_a_drop_beside_the_slot_finds_it(form, port, slot, tmp_path):
    (tmp_path / "a.png").touch()
    drop(form, files(tmp_path / "a.png"))
    assert form.values() == {"first_look": ref(1)}


def test_a_file_dropped_on_the_words_lands_in_the_slot(form, slot, tmp_path):
    (tmp_path / "a.png").touch()
    box = form.findChild(QPlainTextEdit)
    drop(box.viewport(), files(tmp_path / "a.png"))
    assert form.values() == {"first_look": ref(1)}
    assert box.toPlainText() == ""


def test_delete_clears_and_undo_brings_it_back(qtbot, form, slot):
    form.set_values({"first_look": ref(3)})
    slot.frame.setFocus()
    with qtbot.waitSignal(form.changed):
        qtbot.keyClick(slot.frame, Qt.Key.Key_Delete)
    assert form.values() == {}
    form.undo_stack.undo()
    assert form.values() == {"first_look": ref(3)}
    assert slot.text() == ref(3)


def test_the_remove_button_clears(qtbot, form, slot):
    form.set_values({"first_look": ref(3)})
    button = next(one for one in slot.findChildren(TinyButton) if one.toolTip() == "Remove")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert form.values() == {}


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_keys_open_the_file_dialog_and_the_program_goes_on(qtbot, form, port, slot, tmp_path, key):
    path = tmp_path / "a.png"
    path.touch()
    port.folder = tmp_path
    slot.frame.setFocus()
    qtbot.keyClick(slot.frame, key)
    dialog = form.window().findChild(QFileDialog)
    assert dialog is not None
    assert dialog.directory().absolutePath() == str(tmp_path)
    dialog.filesSelected.emit([str(path)])
    dialog.reject()
    qtbot.waitUntil(lambda: not isValid(dialog))
    assert port.asked[0].offered == (OfferedFile(path),)


def test_what_is_known_is_said_and_follows_the_upload(form, port, slot):
    port.views[ref(3)] = MediaView(
        name="IMG_2207.jpg",
        facts="4032 × 2688",
        outcome="comes out about 3:2, 720p",
        phase=UploadPhase.UPLOADING,
        fraction=0.43,
        can_frame=True,
    )
    form.set_values({"first_look": ref(3)})
    assert "IMG_2207.jpg · 4032 × 2688" in words_of(form)
    assert "comes out about 3:2, 720p · uploading 43 %" in words_of(form)
    assert form.findChild(QProgressBar).value() == 430
    assert "IMG_2207.jpg, 4032 × 2688" in slot.frame.accessibleDescription()
    for phase, words in {
        UploadPhase.UPLOADED: "uploaded",
        UploadPhase.WAITS_FOR_KEY: "waits for a key",
        UploadPhase.WAITS_FOR_GENERATE: "uploads when you generate",
        UploadPhase.FAILED: "not uploaded",
    }.items():
        port.change(ref(3), phase=phase, fraction=None)
        assert f"720p · {words}" in words_of(form)
        assert not form.findChild(QProgressBar).isVisible()
    port.change(ref(3), problem=TOO_SMALL())
    assert "It is small." in words_of(form)


def test_the_frame_is_a_wish_for_others(qtbot, form, port, slot):
    port.views[ref(3)] = MediaView(name="a", can_frame=True)
    form.set_values({"first_look": ref(3)})
    button = next(one for one in slot.findChildren(TinyButton) if one.toolTip() == "Frame…")
    with qtbot.waitSignal(form.remedy_wanted) as wanted:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert wanted.args == [("first_look",), Remedy.FRAME, None]


def test_ways_to_another_shape_are_links_below(qtbot, form, port, slot):
    offers = (Remedy.CROP, Remedy.PAD, Remedy.FRAME)
    port.views[ref(3)] = MediaView(name="a", outcome="Comes out 3:2", offers=offers)
    form.set_values({"first_look": ref(3)})
    for text, remedy in (("Crop", Remedy.CROP), ("Pad", Remedy.PAD), ("Frame…", Remedy.FRAME)):
        with qtbot.waitSignal(form.remedy_wanted) as wanted:
            qtbot.mouseClick(button_of(slot, text), Qt.MouseButton.LeftButton)
        assert wanted.args == [("first_look",), remedy, None]
    port.change(ref(3), offers=(Remedy.PAD,))
    shown = [one.text() for one in slot.findChildren(QPushButton) if one.isVisible()]
    assert shown == ["Pad"]
    port.change(ref(3), offers=())
    assert not [one for one in slot.findChildren(QPushButton) if one.isVisible()]


def test_copy_puts_the_file_on_the_clipboard(qtbot, form, port, slot, tmp_path):
    path = tmp_path / "kept.png"
    port.views[ref(3)] = MediaView(name="a", path=path)
    form.set_values({"first_look": ref(3)})
    slot.frame.setFocus()
    qtbot.keyClick(slot.frame, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().mimeData().urls() == [QUrl.fromLocalFile(str(path))]


def test_a_clip_of_the_library_is_taken_from_the_menu(qtbot, form, port, slot, tmp_path):
    clip = LibraryClip("Cats & dogs, " + "running " * 9, tmp_path / "cats.png")
    port.library = {MediaKind.IMAGE: (clip,)}
    menu = open_menu(slot, QPoint(0, 0))
    inner = next(one.menu() for one in menu.actions() if one.menu())
    assert inner.title() == "Use a clip from the library"
    assert inner.isEnabled()
    action = inner.actions()[0]
    assert action.text().startswith("Cats && dogs")
    assert len(action.text()) <= 49
    action.trigger()
    assert port.asked[-1].offered == (OfferedFile(clip.path),)
    menu.close()
    qtbot.waitUntil(lambda: not isValid(menu))
    port.library.clear()
    empty = open_menu(slot, QPoint(0, 0))
    assert not next(one.menu() for one in empty.actions() if one.menu()).isEnabled()
    empty.close()
    qtbot.waitUntil(lambda: not isValid(empty))


def test_the_menu_offers_what_is_possible(qtbot, form, port, slot, tmp_path):
    path = tmp_path / "kept.png"
    port.views[ref(3)] = MediaView(name="a", path=path, can_frame=True)
    form.set_values({"first_look": ref(3)})
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(3, 3), QPoint(9, 9))
    QApplication.sendEvent(slot.frame, event)
    menu = slot.findChild(QMenu)
    actions = {one.text(): one for one in menu.actions() if one.text()}
    wanted_texts = ["Browse…", "Paste", "Use a clip from the library", "Copy", "Frame…"]
    assert list(actions) == [*wanted_texts, "Show in folder", "Remove"]
    with qtbot.waitSignal(form.reveal_wanted) as wanted:
        actions["Show in folder"].trigger()
    assert wanted.args == [path]
    menu.close()
    qtbot.waitUntil(lambda: not isValid(menu))


def test_an_address_that_nobody_knows_shows_its_name(form, slot):
    form.set_values({"first_look": "https://e.com/pictures/cat%20one.png?x=1"})
    assert "cat one.png" in words_of(form)


def test_the_port_is_let_go_with_the_form(qtbot, port):
    from kling_desktop.ui.form.form import Form

    made = Form(port)
    assert port.subscribers == 1
    made.deleteLater()
    qtbot.waitUntil(lambda: not isValid(made))
    assert port.subscribers == 0
