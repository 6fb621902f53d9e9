"""Scenes and voices: groups, search, keys, and how many pictures a scene asks for."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QWidget

from kling_desktop.ui.form.gallery.entries import ENTRY, Entries, Entry
from kling_desktop.ui.form.gallery.popup import Gallery
from tests.helpers.catalog import bundled
from tests.helpers.form import ref

CATALOG = bundled()


def shown(form, name, field):
    form.set_request_type(CATALOG.request_type(name))
    QApplication.processEvents()
    return form._rows.by_name()[field].editor


@pytest.fixture
def scenes(form):
    return shown(form, "VideoEffectsRequest", "effect_scene")


@pytest.fixture
def voices(form):
    return shown(form, "LipsyncT2VRequest", "voice_id")


def opened(qtbot, editor, typed=""):
    editor.focus_target().setFocus()
    qtbot.keyClick(editor.focus_target(), Qt.Key.Key_Return)
    gallery = editor.gallery()
    qtbot.waitUntil(gallery.isVisible)
    search = gallery.findChild(QLineEdit)
    qtbot.keyClicks(search, typed)
    return gallery, search, gallery.findChild(QListView)


def titles(gallery):
    return [one.title for one in gallery._entries.entries()]


def test_all_scenes_are_there_and_found_by_words(qtbot, scenes):
    gallery, search, _ = opened(qtbot, scenes)
    assert len(titles(gallery)) == 198
    search.setText("PET wizard")
    assert titles(gallery) == ["Wizard"]
    search.setText("christmas")
    assert len(titles(gallery)) > 5
    search.setText("no such thing")
    assert titles(gallery) == []
    gallery.close()


def test_enter_takes_what_was_found(qtbot, scenes, form):
    gallery, search, _ = opened(qtbot, scenes, "pet wizard")
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert not gallery.isVisible()
    assert form.values() == {"effect_scene": "pet_wizard"}
    form.undo_stack.undo()
    assert form.values() == {}


def test_arrows_pass_over_the_headings(qtbot, voices, form):
    gallery, search, entries = opened(qtbot, voices)
    for _ in range(60):
        qtbot.keyClick(QApplication.focusWidget() or search, Qt.Key.Key_Down)
        assert isinstance(entries.currentIndex().data(ENTRY), Entry)
    last = entries.currentIndex().data(ENTRY).place
    qtbot.keyClick(entries, Qt.Key.Key_Enter)
    field = CATALOG.request_type("LipsyncT2VRequest").field("voice_id")
    assert form.values() == {"voice_id": field.enum[last]}
    assert gallery is voices.gallery()


def test_escape_leaves_all_as_it_was(qtbot, voices, form):
    gallery, search, _ = opened(qtbot, voices, "rock")
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert not gallery.isVisible()
    assert form.values() == {}


def test_a_letter_on_the_box_begins_the_search(qtbot, voices):
    voices.focus_target().setFocus()
    qtbot.keyClicks(voices.focus_target(), "g")
    assert voices.gallery().findChild(QLineEdit).text() == "g"
    voices.gallery().close()


def test_letters_typed_in_the_list_go_to_the_search(qtbot, voices):
    gallery, search, entries = opened(qtbot, voices)
    qtbot.keyClick(search, Qt.Key.Key_Down)
    qtbot.keyClicks(entries, "r")
    assert search.text() == "r"
    gallery.close()


def test_it_opens_at_what_is_chosen(qtbot, voices, form):
    form.set_values({"voice_id": "uk_man2"})
    assert voices.secondary() == "English, men"
    gallery, _, entries = opened(qtbot, voices)
    assert entries.currentIndex().data(ENTRY).title == "Crag"
    gallery.close()


def test_every_voice_has_a_group(voices):
    assert len(voices.entries()) == 46
    assert all(one.group for one in voices.entries())


def test_a_scene_for_two_asks_for_two_pictures(form, scenes):
    pictures = form._rows.by_name()["input_image_urls"].editor
    form.set_values({"effect_scene": "squish"})
    assert len(pictures.slots()._slots) == 1
    scenes._on_pick(scenes.spec.enum.index("hug"))
    assert len(pictures.slots()._slots) == 2
    assert pictures.secondary() == "0 of 2"
    assert scenes.secondary() == "2 pictures"
    form.set_values({"effect_scene": "hug", "input_image_urls": [ref(1), ref(2)]})
    assert not pictures.slots().has_room()
    form.set_values({"effect_scene": "squish", "input_image_urls": [ref(1), ref(2)]})
    assert len(pictures.slots()._slots) == 2
    assert pictures.secondary() == "2 of 1"
    assert pictures.secondary_is_alarm()


def test_groups_are_brought_together(qapp):
    entries = Entries(qapp)
    entries.show_entries(
        [
            Entry(place=0, title="a", group="x"),
            Entry(place=1, title="b", group="y"),
            Entry(place=2, title="c", group="x"),
        ]
    )
    rows = [entries.index(row, 0).data() for row in range(entries.rowCount())]
    assert rows == ["x", "a", "c", "y", "b"]
    assert entries.row_of(1) == 4
    assert entries.row_of(99) == 1


def test_voices_that_do_not_speak_the_language_come_last_and_say_so(form, voices):
    english = voices.entries()
    assert english[0].group == "English and Chinese, men"
    assert english[-1].group == "Chinese, children · not for English"
    assert "not for English" in english[-1].said
    form.set_values({"voice_language": "zh", "voice_id": "AOT"})
    chinese = voices.entries()
    assert chinese[-1].group.startswith("English, ")
    assert chinese[-1].group.endswith(" · not for Chinese")
    assert voices.secondary() == "not for Chinese"


def test_a_voice_that_may_be_refused_says_so(voices):
    reader = next(one for one in voices.entries() if one.title == "Reader")
    assert reader.badge == "may be refused"


def test_voices_are_found_by_id_by_group_and_by_the_name_kling_gave_them(qtbot, voices):
    gallery, search, _ = opened(qtbot, voices)
    for words, found in (
        ("cartoon-girl", ["Sprite"]),
        ("温柔妈妈", ["Helen"]),
        ("chinese child", ["Zippy", "Sprite", "Good little boy"]),
        ("uk_man2", ["Crag"]),
    ):
        search.setText(words)
        assert titles(gallery) == found
    gallery.close()


def test_what_nobody_confirmed_is_said_to_who_asks(voices):
    said = {one.title: one.remark for one in voices.entries()}
    assert "Nobody has confirmed" in said["Smoky voice"]
    assert said["Crag"] == "uk_man2"
    assert set(voices.spec.unverified) <= set(voices.spec.enum)


def test_a_page_at_a_time_gets_to_the_end_and_back(qtbot, voices):
    gallery, search, entries = opened(qtbot, voices)
    first = entries.currentIndex().row()
    for key, row in ((Qt.Key.Key_PageDown, entries.model().rowCount() - 1), (Qt.Key.Key_PageUp, 1)):
        for _ in range(12):
            qtbot.keyClick(QApplication.focusWidget() or search, key)
            assert isinstance(entries.currentIndex().data(ENTRY), Entry)
        assert entries.currentIndex().row() == row
    assert first == 1
    gallery.close()


@pytest.mark.parametrize("is_low", [False, True])
def test_it_opens_where_there_is_room_and_not_over_its_field(qtbot, is_low):
    anchor = QWidget()
    qtbot.addWidget(anchor)
    anchor.resize(300, 30)
    room = anchor.screen().availableGeometry()
    anchor.move(room.left() + 20, room.bottom() - 100 if is_low else room.top() + 40)
    anchor.show()
    gallery = Gallery(anchor, "Many")
    gallery.show_entries([Entry(title=f"Entry {number}", place=number) for number in range(80)], 0)
    gallery.open_below(anchor)
    field = anchor.frameGeometry()
    assert not gallery.geometry().intersects(field)
    assert (gallery.geometry().bottom() < field.top()) == is_low
    assert room.contains(gallery.geometry())
    gallery.close()
