import itertools
import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLineEdit, QListWidget, QPlainTextEdit, QPushButton, QSpinBox

from kling_desktop.ui.action_list import ACTIONS, Menu, Needs, texts
from kling_desktop.ui.actions import Actions, plain_text
from kling_desktop.ui.icons import has_icon


@pytest.fixture
def actions(qapp):
    return Actions()


def test_every_action_is_an_attribute_that_the_class_declares(actions):
    declared = {name for name, kind in Actions.__annotations__.items() if kind == "QAction"}
    assert declared == {spec.name for spec in ACTIONS}
    assert all(isinstance(actions.named(spec.name), QAction) for spec in ACTIONS)


def test_no_two_actions_share_a_key():
    keys = [QKeySequence(key).toString() for spec in ACTIONS for key in spec.keys]
    assert all(keys)
    assert len(keys) == len(set(keys))


def test_every_action_has_menu_key_icon_and_tooltip(actions):
    for spec in ACTIONS:
        assert spec.keys, spec.name
        assert has_icon(spec.icon), spec.name
        assert spec.tip.endswith("."), spec.name
        assert actions.named(spec.name).toolTip().startswith(spec.tip)


def test_menu_letters_are_unique_within_a_menu():
    for menu in Menu:
        letters = [
            spec.text[spec.text.index("&") + 1].casefold()
            for spec in ACTIONS
            if spec.menu is menu and "&" in spec.text and not spec.submenu
        ]
        assert len(letters) == len(set(letters)), (menu, letters)


def test_what_needs_something_waits_for_it(actions):
    assert not actions.play.isEnabled()
    actions.allow(Needs.MOVING, there=True)
    assert actions.play.isEnabled()
    assert not actions.save_as.isEnabled()
    assert actions.preferences.isEnabled()


def test_stars_are_shown_and_told(actions, qtbot):
    actions.allow(Needs.CLIP, there=True)
    with qtbot.waitSignal(actions.starred) as told:
        actions.stars_4.trigger()
    assert told.args == [4]
    actions.show_stars(None)
    assert not any(actions.named(f"stars_{number}").isChecked() for number in range(6))
    actions.show_stars(2)
    assert actions.stars_2.isChecked()


def test_mac_roles_are_given_by_hand(actions):
    assert actions.quit.menuRole() is QAction.MenuRole.QuitRole
    assert actions.preferences.menuRole() is QAction.MenuRole.PreferencesRole
    assert actions.about.menuRole() is QAction.MenuRole.AboutRole
    assert actions.copy_prompt.menuRole() is QAction.MenuRole.NoRole


def test_translators_get_every_text():
    assert {"&File", "&Play", "Play or pause.", "&Theme"} <= texts()


def test_plain_text_drops_the_menu_letter_only():
    assert plain_text(QAction("&Save && close")) == "Save & close"


def test_the_menus_hold_every_action(shell):
    menus = [action.menu() for action in shell.window.findChildren(QAction) if action.menu()]
    held = set(itertools.chain.from_iterable(menu.actions() for menu in menus))
    assert {action for action in shell.actions if action not in held} == set()


def _count(action, calls):
    action.setEnabled(True)
    action.triggered.connect(lambda: calls.append(action.objectName()))


@pytest.mark.parametrize("editor", [QLineEdit, QPlainTextEdit])
def test_plain_keys_never_fire_while_typing(shell, qtbot, editor):
    calls = []
    field = editor()
    shell.make.set_form(field)
    shell.show(qtbot)
    for action in shell.actions:
        _count(action, calls)
    field.setFocus()
    qtbot.keyClicks(field, " ,.fml012345FML")
    for key in (
        "Key_Left",
        "Key_Right",
        "Key_Home",
        "Key_End",
        "Key_Delete",
    ):
        qtbot.keyClick(field, getattr(Qt.Key, key))
    assert calls == []
    text = field.text() if editor is QLineEdit else field.toPlainText()
    assert text.startswith(" ,.fml012345FML"[:14])


def test_control_keys_work_while_typing(shell, qtbot):
    calls = []
    shell.show(qtbot)
    for name in ("generate", "command_palette", "another_take"):
        _count(shell.actions.named(name), calls)
    shell.prompt.setFocus()
    control = Qt.KeyboardModifier.ControlModifier
    for key in (Qt.Key.Key_Return, Qt.Key.Key_K, Qt.Key.Key_T):
        qtbot.keyClick(shell.prompt, key, control)
    assert calls == ["generate", "command_palette", "another_take"]
    assert shell.prompt.toPlainText() == ""


def test_plain_keys_play_where_nothing_else_wants_them(shell, qtbot):
    calls = []
    shell.show(qtbot)
    _count(shell.actions.play, calls)
    _count(shell.actions.step_forward, calls)
    _count(shell.actions.stars_3, calls)
    shell.stage.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    shell.stage.setFocus()
    qtbot.keyClick(shell.stage, Qt.Key.Key_Space)
    qtbot.keyClick(shell.stage, Qt.Key.Key_Right)
    qtbot.keyClick(shell.stage, Qt.Key.Key_Period)
    qtbot.keyClick(shell.stage, Qt.Key.Key_3)
    assert calls == ["play", "step_forward", "step_forward", "stars_3"]


def test_space_presses_the_focused_button_and_arrows_move_in_a_list(shell, qtbot):
    calls, presses = [], []
    button, rows, box = QPushButton("press"), QListWidget(), QSpinBox()
    rows.addItems(["a", "b"])
    button.clicked.connect(lambda: presses.append(1))
    for widget in (button, rows, box):
        shell.queue.layout().addWidget(widget)
    shell.show(qtbot)
    for action in shell.actions:
        _count(action, calls)
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    rows.setFocus()
    rows.setCurrentRow(0)
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    qtbot.keyClick(rows, Qt.Key.Key_Home)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_5)
    assert (calls, presses, box.value()) == ([], [1], 50)
    rows.setFocus()
    qtbot.keyClick(rows, Qt.Key.Key_Space)
    assert calls == ["play"]


def test_the_shell_paints_without_anything_heavy():
    heavy = (
        "asyncio psygnal httpx jsonschema PIL av keyring aiohttp PySide6.QtMultimedia"
        " PySide6.QtNetwork logging.config concurrent.futures"
    )
    program = (
        "import sys; import kling_desktop.ui.main_window, kling_desktop.ui.make_column,"
        " kling_desktop.ui.actions, kling_desktop.ui.theme, kling_desktop.ui.words,"
        " kling_desktop.ui.status_strip, kling_desktop.ui.notices, kling_desktop.ui.told,"
        " kling_desktop.ui.window_memory, kling_desktop.ui.palette\n"
        f"print(*(name for name in {heavy.split()!r} if name in sys.modules))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == ""
