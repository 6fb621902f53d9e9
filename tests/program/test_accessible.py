"""What those hear who do not see the window, and what those reach who have no mouse.

Each screen's tree of names is kept as a text beside this file. RECORD_SNAPSHOTS=1 writes them anew.
"""

import asyncio
import contextlib
import os
import re
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from kling_desktop.ui.palette import CommandPalette
from tests.helpers import sight
from tests.helpers.media_zoo import camera_jpeg

KEPT = Path(__file__).parent / "snapshots"
RECORDS = bool(os.environ.get("RECORD_SNAPSHOTS"))
CHANGING = (
    (re.compile(r"127\.0\.0\.1:\d+"), "127.0.0.1:PORT"),
    (re.compile(r"\b\d+:\d\d\b(?!:)"), "M:SS"),
    (re.compile(r"/\S*/data\b"), "DATA"),
)
"""Ports, times and places: they differ from run to run."""
ACTING = {
    "Button", "CheckBox", "RadioButton", "EditableText", "Slider", "SpinBox", "ComboBox", "Link",
    "ButtonMenu", "ButtonDropDown", "List", "ListItem", "MenuItem", "Dial", "PageTab",
}  # fmt: skip


def differences(name, widget):
    """Nothing, or why a screen is not as it was."""
    tree = sight.look_at(widget)
    text = sight.told(tree)
    for pattern, word in CHANGING:
        text = pattern.sub(word, text)
    file = KEPT / f"{name}.txt"
    if RECORDS:
        file.write_text(text, encoding="utf-8")
    found = [f"{name}: no name: {line}" for line in nameless(tree)]
    kept = file.read_text(encoding="utf-8") if file.exists() else ""
    if kept != text:
        gone = set(kept.splitlines()) - set(text.splitlines())
        new = set(text.splitlines()) - set(kept.splitlines())
        found.append(f"{name}: gone {sorted(gone)}, new {sorted(new)}")
    return found


def nameless(tree):
    """Everything that can be acted on and has no name of its own."""
    return [
        f"{part.role} at {part.place}"
        for whole in tree.walk()
        for part in whole.parts
        # What Qt puts into a field itself is reached through the field.
        if part.role in ACTING and not part.name and whole.role not in {"EditableText", "SpinBox"}
    ]


async def test_the_words_of_a_first_start(rehearse):
    async with rehearse() as program:
        found = differences("first start", program.window)
        program.act(program.desk.actions.command_palette)
        palette = await program.until(
            lambda: program.window.findChild(CommandPalette), "the palette"
        )
        found += differences("palette", palette)
        program.key("Escape")
        program.act(program.desk.actions.preferences)
        preferences = await program.until_dialog("Preferences")
        found += differences("preferences", preferences)
        preferences.close()
        program.window.resize(1024, 600)
        await program.until_calm()
        found += differences("small window", program.window)
        assert not found


async def test_the_words_of_consent_and_key(fresh):
    async with fresh() as program:
        program.choose_real()
        program.press()
        dialog = await program.until_dialog("Before anything is sent")
        found = differences("consent", dialog)
        program.click("Agree and send")
        dialog = await program.until_dialog(program.at_server("Key for fal"))
        found += differences("key", dialog)
        assert not found


async def test_the_words_of_work(real, fal, tmp_path):
    async with real() as program:
        program.choose_real()
        program.press()
        await program.until_made()
        stage = program.desk.stage
        await program.until(lambda: stage.frame > 0, "a moving clip")
        program.act(program.desk.actions.play)
        program.act(program.desk.actions.go_to_start)
        await program.until(lambda: stage.frame == 0, "the first frame")
        await program.until_said("Charged $0.21")
        await program.until_job("finished")
        found = await settled_differences(program, "clip on stage", program.window)
        fal.end_next(422, {"detail": [{"loc": ["body", "prompt"], "msg": "x", "type": "v"}]})
        await program.second_later()
        program.press()
        await program.until_job("failed")
        await program.until(lambda: "Details" in program.words_in(program.desk.queue), "its end")
        found += await settled_differences(program, "failed job", program.desk.queue)
        fal.hold("IN_PROGRESS")
        await program.second_later()
        program.press()
        await program.until_job("in_progress")
        files = (camera_jpeg(tmp_path / name, size=(900, 600)) for name in ("a.jpg", "b.jpg"))
        program.drop(*files)
        await program.until_dialog("Several files")
        program.click("A held job of each")
        await program.until(lambda: len(program.jobs) == 5, "five jobs")
        found += await settled_differences(program, "busy queue", program.desk.queue)
        assert not found


async def settled_differences(program, name, widget):
    """The differences that are left once the rows have come to rest."""
    await asyncio.sleep(0.1)
    with contextlib.suppress(TimeoutError):
        await program.until(lambda: not differences(name, widget), seconds=3)
    return differences(name, widget)


def reachable(window):
    """Everything in sight that the keyboard should come to."""
    return [
        one
        for one in window.findChildren(QWidget)
        if one.isVisible()
        and one.isEnabled()
        and one.window() is window
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.focusProxy() is None
        and not _is_left_to_arrows(one)
    ]


def _is_left_to_arrows(widget):
    """Tab enters a row of choices at the chosen one; arrows lead to the others."""
    group = getattr(widget, "group", None)
    group = group() if callable(group) else None
    exclusive = group is not None and group.exclusive() and len(group.buttons()) > 1
    return exclusive and group.checkedButton() not in {widget, None}


def walk(window):
    """Where Tab leads from the top left, once round; each place is in sight when it has focus."""
    order, hidden = [], []
    QTest.keyClick(window, Qt.Key.Key_Tab)
    while (now := window.focusWidget()) not in order:
        order.append(now)
        if not _is_in_sight(now):
            hidden.append(now.accessibleName())
        QTest.keyClick(now, Qt.Key.Key_Tab)
    return order, hidden


def _is_in_sight(widget):
    seen = widget.visibleRegion().boundingRect()
    return widget.hasFocus() and seen.height() > min(widget.height(), 40) // 2 and seen.width() > 0


def column_of(program, widget):
    """Which part of the window, in the order of the eye."""
    desk = program.desk
    parts = (desk.column, desk.stage, desk.library, desk.queue, desk.rail, desk.status)
    return next((n for n, one in enumerate(parts) if one.isAncestorOf(widget)), len(parts))


@pytest.mark.parametrize("size", [(1440, 900), (1024, 600)])
async def test_tab_alone_reaches_everything_in_the_order_of_the_eye(real, fal, tmp_path, size):
    async with real(size=size) as program:
        program.choose_real()
        program.press()
        await program.until_made()
        await program.until_job("finished")
        program.desk.actions.play.trigger()
        await program.until_calm()
        program.window.activateWindow()
        order, hidden = walk(program.window)
        assert len(order) > 20
        missed = [
            one.accessibleName() or one for one in reachable(program.window) if one not in order
        ]
        assert not missed
        assert not hidden
        first = order.index(next(one for one in order if column_of(program, one) == 0))
        order = order[first:] + order[:first]
        columns = [column_of(program, one) for one in order]
        assert columns == sorted(columns)
        left = [one for one in order if program.desk.column.isAncestorOf(one)]
        tops = [one.mapTo(program.window, QPoint(0, 0)).y() for one in left]
        assert [one for one, other in pairwise(tops) if other < one - 30] == []
