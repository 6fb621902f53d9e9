import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QLabel, QToolButton, QWidget

from kling_desktop.records.job import MadeBy
from kling_desktop.records.problem import ProblemKind, Remedy, Severity
from kling_desktop.ui.intentions import Intentions
from kling_desktop.ui.order_bar import ButtonKind, ButtonLook
from kling_desktop.ui.problem_strip import WayOut
from tests.helpers.shell import CARDS, TILES, filled_column

OFFLINE = ProblemKind(
    code="offline_here", what="There is no connection.", do="Check it.", remedy=Remedy.RETRY
)


@pytest.fixture
def column(qtbot):
    column = filled_column()
    qtbot.addWidget(column)
    column.resize(372, 840)
    column.show()
    return column


def _tiles(column):
    return [
        one
        for one in column.findChildren(QToolButton)
        if one.property("role") == "intention" and one.isVisible()
    ]


def test_only_the_given_intentions_are_shown(column):
    assert [tile.text() for tile in _tiles(column)] == ["Picture", "Text"]
    assert [tile.isChecked() for tile in _tiles(column)] == [True, False]
    assert _tiles(column)[0].accessibleName() == "From picture"


def test_choosing_an_intention_is_told(column, qtbot):
    with qtbot.waitSignal(column.intention_chosen) as told:
        qtbot.mouseClick(_tiles(column)[1], Qt.MouseButton.LeftButton)
    assert told.args == ["text"]


def test_showing_is_not_choosing(column, qtbot):
    with qtbot.assertNotEmitted(column.intention_chosen):
        column.show_intentions(TILES, "text")
    assert column.intentions.chosen_key() == "text"


def test_a_low_window_gets_one_line(column, qtbot):
    column.resize(320, 520)
    combo = column.intentions.findChild(QComboBox)
    assert combo.isVisible()
    assert not _tiles(column)
    assert combo.currentText() == "From picture"
    combo.setFocus()
    with qtbot.waitSignal(column.intention_chosen) as told:
        qtbot.keyClick(combo, Qt.Key.Key_Down)
    assert told.args == ["text"]
    column.resize(320, 840)
    assert column.intentions.chosen_key() == "text"
    assert _tiles(column)[1].isChecked()


def test_intentions_without_any_tile(qtbot):
    empty = Intentions()
    qtbot.addWidget(empty)
    assert empty.chosen_key() == ""


def test_the_model_card_says_what_it_costs(column):
    assert "One Standard, 720p · 24 fps, $0.28 / 5 s" in column.model_card.accessibleName()
    assert column.model_card.toolTip() == "a/one"
    column.model_card.actions()[0].trigger()
    assert QGuiApplication.clipboard().text() == "a/one"


def test_a_model_is_chosen_by_search_and_keyboard(column, qtbot):
    column.open_models()
    popup = column._popup
    assert popup._model.rowCount() == 3
    qtbot.keyClicks(popup._search, "pro")
    assert popup.findChild(QWidget) is not None
    qtbot.keyClick(popup._search, Qt.Key.Key_Down)
    with qtbot.waitSignal(column.model_chosen) as told:
        qtbot.keyClick(popup._search, Qt.Key.Key_Return)
    assert told.args == ["a/old"]
    assert not popup.isVisible()


def test_older_models_are_folded_until_asked(column, qtbot):
    column.open_models()
    popup = column._popup
    rows = [popup._model.index(row, 0).data() for row in range(popup._model.rowCount())]
    assert rows == ["One Standard", "Two Pro", "Older models, 1"]
    popup._choose(popup._model.index(2, 0))
    rows = [popup._model.index(row, 0).data() for row in range(popup._model.rowCount())]
    assert rows == ["One Standard", "Two Pro", "Old Pro"]
    popup.close()


def test_an_older_model_in_use_is_not_hidden(column):
    column.show_models(CARDS, "a/old")
    column.open_models()
    assert column._popup._list.currentIndex().data() == "Old Pro"
    column._popup._copy_id()
    assert QGuiApplication.clipboard().text() == "a/old"
    column._popup.close()


def test_a_column_without_models_says_so(column):
    column.show_models((), "")
    assert column.model_card.accessibleName() == "Model: No model"


def test_forms_take_turns(column, qtbot):
    one, two = QLabel("one"), QLabel("two")
    column.set_form(one)
    column.set_form(two)
    qtbot.waitUntil(lambda: two.isVisible())
    assert not one.isVisible()


def test_another_form_is_seen_from_its_beginning(column, qtbot):
    high = QLabel("high")
    high.setMinimumHeight(5000)
    column.set_form(high)
    bar = column._scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    column.show_top()
    assert bar.value() == 0


def test_real_is_solid_and_rehearsal_outlined(column):
    bar = column.order_bar
    column.show_made_by(MadeBy.FAL, "Rehearse · free", "Real · about $0.56")
    column.show_button(ButtonLook(text="Generate 2 · about $0.56", kind=ButtonKind.REAL))
    assert bar.button.property("role") == "primary"
    column.show_button(ButtonLook(text="Another take · $0.28", kind=ButtonKind.AGAIN))
    assert bar.button.property("role") == "primary"
    column.show_made_by(MadeBy.REHEARSAL, "Rehearse · free", "Real · about $0.56")
    assert bar.button.property("role") == "outlined"
    column.show_button(ButtonLook(text="Rehearse 2 · free", kind=ButtonKind.REHEARSE))
    assert bar.button.property("role") == "outlined"


def test_a_disabled_button_says_why_and_leads_there(column, qtbot):
    look = ButtonLook(
        text="Generate", kind=ButtonKind.REAL, enabled=False, reason="Write a prompt first."
    )
    column.show_button(look)
    reason = column.order_bar._reason
    assert reason.isVisible()
    assert not column.order_bar.button.isEnabled()
    assert column.order_bar.button.accessibleDescription() == "Write a prompt first."
    with qtbot.waitSignal(column.reason_pressed):
        reason.click()
    column.show_button(ButtonLook(text="Generate", kind=ButtonKind.REAL))
    assert not reason.isVisible()


def test_a_press_is_told(column, qtbot):
    column.show_button(ButtonLook(text="Generate", kind=ButtonKind.REAL))
    with qtbot.waitSignal(column.pressed):
        qtbot.keyClick(column.order_bar.button, Qt.Key.Key_Space)


def test_the_switch_moves_by_arrow_keys(column, qtbot):
    column.show_made_by(MadeBy.REHEARSAL, "Rehearse · free", "Real")
    parts = column.order_bar.switch._group.buttons()
    parts[0].setFocus()
    with qtbot.waitSignal(column.made_by_chosen) as told:
        qtbot.keyClick(parts[0], Qt.Key.Key_Right)
    assert told.args == ["fal"]


def test_the_stepper_stays_within_its_limits(column, qtbot):
    stepper = column.order_bar.stepper
    column.show_count(1, most=2)
    assert not stepper._fewer.isEnabled()
    with qtbot.waitSignal(column.count_chosen) as told:
        stepper._more.click()
    assert told.args == [2]
    assert not stepper._more.isEnabled()
    assert stepper.box.lineEdit().width() > 8


def test_a_question_takes_the_place_of_the_button(column, qtbot):
    column.ask("4 clips cost about $5.60. Send them?", "Send · about $5.60", "Not now")
    assert column.order_bar.is_asking
    assert not column.order_bar.button.isVisible()
    with qtbot.waitSignal(column.answered) as told:
        column.order_bar._question._yes.click()
    assert told.args == [True]
    assert column.order_bar.button.isVisible()
    column.ask("Again?", "Yes", "No")
    column.order_bar.take_back_question()
    assert not column.order_bar.is_asking


def test_the_price_stays_in_sight_when_the_button_is_narrow(column):
    column.show_button(ButtonLook(text="Generate many takes · about $12.60", kind=ButtonKind.REAL))
    column.resize(320, 700)
    button = column.order_bar.button
    assert button.shown_text().endswith("$12.60")
    assert button.fontMetrics().horizontalAdvance(button.shown_text()) < button.width()


def test_a_problem_stands_above_the_button_with_its_ways_out(column, qtbot):
    problem = OFFLINE(details="raw facts")
    column.show_problem(problem, (WayOut("later", "Later"),))
    strip = column.problem_strip
    assert strip.isVisible()
    assert "There is no connection." in strip.accessibleName()
    links = {link.text(): link for link in strip.findChildren(type(column._parked).__mro__[1])}
    assert list(links) == ["Try again", "Later", "Copy details"]
    with qtbot.waitSignal(column.problem_acted) as told:
        links["Try again"].click()
    assert told.args == ["retry"]
    links["Copy details"].click()
    assert "raw facts" in QGuiApplication.clipboard().text()
    column.show_problem(None)
    assert not strip.isVisible()


def test_a_warning_looks_milder(column):
    mild = ProblemKind(code="mild_here", what="Soft.", severity=Severity.WARNING)
    column.show_problem(mild())
    assert column.problem_strip.property("role") == "card"


def test_parked_values_are_one_line(column, qtbot):
    column.show_parked("1 value kept for later: not used by this model")
    assert column._parked.isVisible()
    with qtbot.waitSignal(column.parked_asked):
        column._parked.click()
    column.show_parked("")
    assert not column._parked.isVisible()


def test_the_price_of_the_model_is_seen_to_its_last_sign(shell):
    price = shell.make.model_card._price
    shell.window.show()
    drawn = price.grab().toImage()
    right = drawn.width() - round(price.contentsMargins().right() * drawn.devicePixelRatio())
    edge = {drawn.pixel(right, y) for y in range(4, drawn.height() - 4)}
    assert price.text() == price.full_text()
    assert len(edge) == 1, "letters reach into the padding"
