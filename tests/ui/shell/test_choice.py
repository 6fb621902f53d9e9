"""Tiles and their order, the list of models, what stands behind More, and the two pictures."""

import dataclasses

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox

from kling_desktop.ui.intentions import Intentions
from kling_desktop.ui.model_card import ModelCard, Purpose
from kling_desktop.ui.model_popup import ModelPopup
from kling_desktop.ui.model_rows import ENDPOINT, HEADING, STARRED
from kling_desktop.ui.pair_bar import PairBar, PairLook
from kling_desktop.ui.work.tile_words import usual_tiles
from tests.helpers.shell import CARDS, filled_column

PURPOSES = (
    Purpose(key="brush", title="Motion brush", sentence="Paint. " * 20, price="from $0.22"),
    Purpose(key="voices", title="Voices", sentence="Speak.", price="from $0.01"),
)
KEYS = [tile.key for tile in usual_tiles()]


@pytest.fixture
def tiles(qtbot):
    tiles = Intentions()
    qtbot.addWidget(tiles)
    tiles.show_tiles(usual_tiles(), "from_picture")
    tiles.resize(400, 200)
    tiles.fit(400, 900, low=False)
    tiles.show()
    qtbot.waitExposed(tiles)
    return tiles


@pytest.fixture
def popup(qtbot):
    column = filled_column()
    qtbot.addWidget(column)
    popup = ModelPopup(column)
    starred = dataclasses.replace(CARDS[1], is_favorite=True, summary="Good at large moves.")
    recent = ModelCard(endpoint_id="a/new", title="New", price="$1.00", is_recent=True)
    popup.show_models((CARDS[0], starred, recent, CARDS[2]), "a/one")
    yield popup
    popup.close()


@pytest.fixture
def column(qtbot):
    column = filled_column()
    qtbot.addWidget(column)
    column.show_intentions(usual_tiles(), "from_picture")
    column.show_purposes(PURPOSES, None)
    column.resize(372, 900)
    column.show()
    qtbot.waitExposed(column)
    return column


def _rows(popup):
    return [popup._model.index(row, 0).data() for row in range(popup._model.rowCount())]


def _places(tiles):
    return {tile.accessibleName(): tile.pos() for tile in tiles._group.buttons()}


def test_eight_tiles_stand_in_two_rows_and_in_more_where_there_is_no_room(tiles):
    assert len({place.y() for place in _places(tiles).values()}) == 2
    least = max(tile.sizeHint().width() for tile in tiles._group.buttons())
    tiles.fit(3 * least + 12, 900, low=False)
    tiles._grid.activate()
    assert len({place.y() for place in _places(tiles).values()}) == 3


def test_without_room_for_the_words_there_is_one_line(tiles):
    least = max(tile.sizeHint().width() for tile in tiles._group.buttons())
    tiles.fit(least + 20, 900, low=False)
    assert tiles.findChild(QComboBox).isVisible()
    tiles.fit(2 * least + 6, 400, low=False)
    assert tiles.findChild(QComboBox).isVisible()
    tiles.fit(2 * least + 6, 4000, low=False)
    assert not tiles.findChild(QComboBox).isVisible()


def test_large_letters_fold_the_tiles_of_a_narrow_column(column):
    column.resize(320, 560)
    font = column.font()
    font.setPixelSize(20)
    column.setFont(font)
    combo = column.intentions.findChild(QComboBox)
    assert combo.isVisible()
    assert combo.count() == 8
    assert column.minimumWidth() == 320


@pytest.mark.parametrize(("key", "entry", "wanted"), [("edit", 0, 3), ("edit", 1, 5)])
def test_the_menu_of_a_tile_moves_it(tiles, qtbot, key, entry, wanted):
    menu = tiles.menu(key)
    with qtbot.waitSignal(tiles.order_changed) as told:
        menu.actions()[entry].trigger()
    assert told.args[0].index(key) == wanted
    assert sorted(told.args[0]) == sorted(KEYS)


def test_the_ends_of_the_order_are_ends(tiles, qtbot):
    assert not tiles.menu(KEYS[0]).actions()[0].isEnabled()
    assert not tiles.menu(KEYS[-1]).actions()[1].isEnabled()
    with qtbot.waitSignal(tiles.order_changed) as told:
        tiles.menu(KEYS[0]).actions()[-1].trigger()
    assert told.args[0] == ()


def test_a_tile_is_carried_to_the_place_of_another(tiles, qtbot):
    first, third = tiles._group.button(0), tiles._group.button(2)
    way = third.mapTo(tiles, third.rect().center()) - first.pos() - tiles._board.pos()
    with (
        qtbot.assertNotEmitted(tiles.chosen),
        qtbot.waitSignal(tiles.order_changed) as told,
    ):
        qtbot.mousePress(first, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
        qtbot.mouseMove(first, way)
        qtbot.mouseRelease(first, Qt.MouseButton.LeftButton, pos=way)
    assert told.args[0][:3] == (KEYS[1], KEYS[2], KEYS[0])


def test_a_small_slip_of_the_hand_is_a_press(tiles, qtbot):
    second = tiles._group.button(1)
    with qtbot.waitSignal(tiles.chosen) as told:
        qtbot.mousePress(second, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
        qtbot.mouseMove(second, QPoint(12, 11))
        qtbot.mouseRelease(second, Qt.MouseButton.LeftButton, pos=QPoint(12, 11))
    assert told.args == ["from_text"]


def test_favorites_and_recent_models_stand_on_top(popup):
    assert _rows(popup) == [
        *("Favorites", "Two Pro", "Recent", "New", "All current models", "One Standard"),
        "Older models, 1",
    ]
    assert popup._list.currentIndex().data(ENDPOINT) == "a/one"


def test_the_keys_pass_over_headings(popup, qtbot):
    seen = []
    for _ in range(5):
        seen.append(popup._list.currentIndex().data(ENDPOINT))
        qtbot.keyClick(popup._search, Qt.Key.Key_Up)
    assert HEADING not in seen
    assert seen[-1] == "a/two"


def test_search_finds_older_models_and_words_of_the_summary(popup, qtbot):
    qtbot.keyClicks(popup._search, "large moves")
    assert _rows(popup) == ["Two Pro"]
    popup._search.setText("deprecated")
    assert _rows(popup) == ["Old Pro"]
    assert popup._id.full_text() == "a/old"
    popup._search.setText("nothing like it")
    assert _rows(popup) == []
    assert not popup._copy.isEnabled()


def test_a_star_is_set_by_mouse_by_key_and_by_menu(popup, qtbot):
    popup.open_below(popup.parentWidget())
    index = popup._model.index(1, 0)
    star = popup._rows.star(popup._list.visualRect(index), popup._list.fontMetrics())
    with qtbot.assertNotEmitted(popup.chosen), qtbot.waitSignal(popup.favored) as told:
        qtbot.mouseClick(popup._list.viewport(), Qt.MouseButton.LeftButton, pos=star.center())
    assert told.args == ["a/two", False]
    popup._select("a/one")
    with qtbot.waitSignal(popup.favored) as told:
        qtbot.keyClick(popup._search, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert told.args == ["a/one", True]
    popup.show_favorite("a/one", is_favorite=True)
    assert popup._list.currentIndex().data(STARRED) is True
    assert popup._star.text() == "Not a favorite"
    menu = popup.menu("a/one")
    with qtbot.waitSignal(popup.favored) as told:
        menu.actions()[0].trigger()
    assert told.args == ["a/one", False]
    menu.actions()[1].trigger()
    assert QGuiApplication.clipboard().text() == "a/one"
    popup.close()


def test_the_fold_says_what_is_in_it_and_opens_in_place(popup):
    last = popup._model.index(popup._model.rowCount() - 1, 0)
    popup._choose(last)
    assert _rows(popup)[-1] == "Old Pro"
    assert popup._list.currentIndex().data() == "Old Pro"


def test_more_opens_a_list_and_thinking_better_of_it_changes_nothing(column, qtbot):
    more = column.intentions._group.button(7)
    with qtbot.assertNotEmitted(column.intention_chosen):
        qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    popup = column._more
    assert popup.isVisible()
    assert popup._model.rowCount() == 2
    qtbot.keyClick(popup._list, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    assert column.intentions.chosen_key() == "from_picture"


def test_one_of_more_is_chosen_by_keys(column, qtbot):
    column.open_more()
    popup = column._more
    qtbot.keyClick(popup._list, Qt.Key.Key_Down)
    with qtbot.waitSignal(column.purpose_chosen) as told:
        qtbot.keyClick(popup._list, Qt.Key.Key_Return)
    assert told.args == ["voices"]
    assert not popup.isVisible()
    column.show_purposes(PURPOSES, "voices")
    assert column._model_label.text() == "Model · Voices"


def test_a_long_sentence_behind_more_wraps_and_is_not_cut(column):
    column.open_more()
    models = column._more._list
    heights = [models.visualRect(models.model().index(row, 0)).height() for row in (0, 1)]
    assert heights[0] > heights[1]
    assert sum(heights) <= models.viewport().height()
    column._more.close()


def test_the_pair_offers_what_is_possible(qtbot):
    bar = PairBar()
    qtbot.addWidget(bar)
    assert bar.isHidden()
    bar.show_look(PairLook(is_pair=True, can_swap=True, can_loop=True))
    assert not bar.isHidden()
    with qtbot.waitSignal(bar.swap_wished):
        bar._swap.click()
    with qtbot.waitSignal(bar.loop_wished):
        bar._loop.click()
    bar.show_look(PairLook(is_pair=True, loops=True))
    assert not bar._loop.isEnabled()
    assert bar._loop.text() == "Loops: one picture"
    bar.show_look(PairLook())
    bar.say("Something moved.")
    assert not bar.isHidden()
    bar.say("")
    assert bar.isHidden()
