from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from kling_desktop.ui.actions import Actions
from kling_desktop.ui.library.strip import LibraryPanel
from tests.helpers.queue import Clips, Posters, clips
from tests.helpers.records import a_clip

# The offscreen platform says this of every window with a least size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def port():
    return Clips(clips(60))


@pytest.fixture
def actions(qapp):
    return Actions()


@pytest.fixture
def panel(qtbot, port, actions):
    panel = LibraryPanel(port, Posters(), actions)
    qtbot.addWidget(panel)
    panel.resize(760, 210)
    with qtbot.waitExposed(panel):
        panel.show()
    panel.activateWindow()
    settle()
    return panel


def settle():
    for _ in range(4):
        QApplication.processEvents()


def press(qtbot, panel, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(panel.view, key, modifier)


def at(panel, row):
    return panel.view.visualRect(panel.model.index(row)).center()


def said(panel):
    labels = panel.empty.findChildren(QLabel)
    return "" if panel.empty.isHidden() else " ".join(label.text() for label in labels)


def test_a_low_panel_shows_one_row_and_a_high_one_a_grid(panel):
    assert not panel.view.isWrapping()
    assert panel.view.shape.line
    panel.resize(760, 500)
    settle()
    assert panel.view.isWrapping()
    panel.resize(650, 90)
    settle()
    assert not panel.view.isWrapping()
    assert panel.view.shape.line == 0
    assert panel.head.isHidden()
    panel.focus_search()
    assert not panel.head.isHidden()


def test_choosing_tells_the_ids_in_order(panel, qtbot):
    told = []
    panel.selection_changed.connect(told.append)
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=at(panel, 2))
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, control, at(panel, 0))
    assert told[-1] == ["c0", "c2"]
    assert panel.selected_ids == ["c0", "c2"]


def test_enter_and_double_click_open(panel, qtbot):
    panel.select_ids(["c1"])
    with qtbot.waitSignal(panel.open_asked) as opened:
        press(qtbot, panel, Qt.Key.Key_Return)
    assert opened.args == ["c1"]
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=at(panel, 3))
    with qtbot.waitSignal(panel.open_asked) as opened:
        qtbot.mouseDClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=at(panel, 3))
    # A double click of QTest leaves the button down, for every test that follows.
    qtbot.mouseRelease(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=at(panel, 3))
    assert opened.args == ["c3"]


def test_arrows_walk_the_clips_and_are_not_shortcuts_there(panel, qtbot):
    panel.select_ids(["c0"])
    panel.view.setFocus()
    press(qtbot, panel, Qt.Key.Key_Right)
    press(qtbot, panel, Qt.Key.Key_Right)
    assert panel.selected_ids == ["c2"]


def test_delete_asks_for_the_trash_with_every_chosen_clip(panel, qtbot):
    panel.select_ids(["c1", "c2"])
    with qtbot.waitSignal(panel.trash_asked) as asked:
        press(qtbot, panel, Qt.Key.Key_Delete)
    assert asked.args == [["c1", "c2"]]


def test_numbers_give_stars(panel, qtbot):
    given = []
    panel.rate_asked.connect(lambda clip_id, stars: given.append((clip_id, stars)))
    panel.select_ids(["c1", "c2"])
    press(qtbot, panel, Qt.Key.Key_4)
    press(qtbot, panel, Qt.Key.Key_0)
    assert given == [("c1", 4), ("c2", 4), ("c1", 0), ("c2", 0)]


def test_a_drag_carries_every_chosen_file_for_copying(qtbot, actions, tmp_path):
    paths = [tmp_path / f"{number}.mp4" for number in range(3)]
    for path in paths:
        path.write_bytes(b"clip")
    mine = [a_clip(clip_id=f"c{number}", path=path) for number, path in enumerate(paths)]
    panel = LibraryPanel(Clips(mine), Posters(), actions)
    qtbot.addWidget(panel)
    panel.select_ids(["c2", "c0"])
    urls = [url.toLocalFile() for url in panel.view.mime_of_selection().urls()]
    assert urls == [str(paths[0]), str(paths[2])]
    assert panel.view.dragEnabled()
    assert panel.model.supportedDragActions() == Qt.DropAction.CopyAction
    press(qtbot, panel, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().mimeData().urls()
    assert [url.toLocalFile() for url in copied] == urls


def test_the_search_waits_for_a_pause_in_typing(panel, port, qtbot):
    asked = []
    ids = port.ids
    port.ids = lambda search: asked.append(search) or ids(search)
    field = panel.findChild(QLineEdit)
    panel.focus_search()
    QTest.keyClicks(field, "clip 1")
    assert asked == []
    qtbot.waitUntil(lambda: asked == ["clip 1"], timeout=600)
    assert panel.model.rowCount() == 11
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert panel.view.hasFocus()
    assert panel.selected_ids == ["c1"]


def test_no_match_says_so_and_leads_back(panel, qtbot):
    field = panel.findChild(QLineEdit)
    field.setText("zebra")
    qtbot.waitUntil(lambda: "zebra" in said(panel), timeout=600)
    panel.empty.stops[0].click()
    assert panel.model.rowCount() == 60
    assert said(panel) == ""


def test_an_empty_library_says_what_will_stand_here(qtbot, actions):
    panel = LibraryPanel(Clips([]), Posters(), actions)
    qtbot.addWidget(panel)
    assert "Your clips appear here, the newest first." in said(panel)


def test_stars_filter_by_the_menu(panel, port):
    port.clips[7] = clips(8, stars=5)[7]
    panel.model.renew("c7")
    menu = panel.head.stops[1].menu()
    menu.actions()[4].trigger()
    assert panel.model.ids == ["c7"]
    assert panel.head.stops[1].accessibleName() == "Filter by stars: 4 stars or more"
    menu.actions()[0].trigger()
    assert panel.model.rowCount() == 60


def test_selection_and_place_stay_when_a_clip_arrives(panel, port):
    panel.resize(760, 500)
    settle()
    panel.select_ids(["c40"])
    bar = panel.view.verticalScrollBar()
    before = bar.value()
    assert before > 0
    told = []
    panel.selection_changed.connect(told.append)
    port.clips.insert(0, a_clip(clip_id="new"))
    panel.refresh()
    settle()
    assert panel.selected_ids == ["c40"]
    assert told == []
    port.clips.reverse()
    panel.refresh()
    settle()
    assert panel.selected_ids == ["c40"]


def test_the_menu_has_the_programs_actions_for_one_clip_and_less_for_many(panel, actions):
    panel.select_ids(["c1"])
    one = panel.menu_for_selection().actions()
    assert actions.save_as in one
    assert actions.continue_clip in one
    panel.select_ids(["c1", "c2"])
    many = [action.text() for action in panel.menu_for_selection().actions() if action.text()]
    assert many == ["Copy files", "Stars", "Move to the trash"]


def test_a_right_press_chooses_what_is_under_it_but_keeps_a_selection(panel, qtbot):
    panel.select_ids(["c0", "c1"])
    right = Qt.MouseButton.RightButton
    qtbot.mousePress(panel.view.viewport(), right, pos=at(panel, 1))
    qtbot.mouseRelease(panel.view.viewport(), right, pos=at(panel, 1))
    assert panel.selected_ids == ["c0", "c1"]
    qtbot.mousePress(panel.view.viewport(), right, pos=at(panel, 3))
    qtbot.mouseRelease(panel.view.viewport(), right, pos=at(panel, 3))
    assert panel.selected_ids == ["c3"]


def test_neighbors_end_at_the_ends(panel):
    assert panel.neighbor("c0", 1) == "c1"
    assert panel.neighbor("c0", -1) == ""
    assert panel.neighbor("nobody", 1) == ""


def test_cards_are_painted_with_their_poster(panel, qtbot):
    qtbot.waitUntil(lambda: panel.view.shelf.bytes_kept > 0)
    settle()
    picture = QImage(panel.view.viewport().size(), QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.black)
    painter = QPainter(picture)
    panel.view.viewport().render(painter, QPoint(0, 0))
    painter.end()
    assert picture.pixelColor(at(panel, 0).x(), 30).name() == "#7a5a3a"
    assert panel.minimumSizeHint().height() <= QSize(0, 80).height()
