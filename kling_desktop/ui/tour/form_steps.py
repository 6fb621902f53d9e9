"""From the first sight of the window to the press: sample, drop, prompt, the button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractButton, QPlainTextEdit, QSpinBox

from kling_desktop.ui.form.form import Form
from kling_desktop.ui.form.media_slot.frame import SlotFrame
from kling_desktop.ui.intentions import Intentions
from kling_desktop.ui.order_bar import OrderBar
from kling_desktop.ui.segments import Segments
from kling_desktop.ui.tour.walk import TourStopped, Until, pause

if TYPE_CHECKING:
    from kling_desktop.ui.tour.sight import Sight
    from kling_desktop.ui.tour.walk import Steps


def first_start(sight: Sight) -> Steps:
    """The window stands there, filled in and ready to be pressed."""
    bar = yield Until(lambda: sight.eyes.first(OrderBar), 30, "a window with its button")
    yield Until(lambda: _in_front(sight), 10, "the window in front, with the keyboard")
    seen = sight.eyes.slot_words()
    if sight.plan.expects_sample:
        seen = str((yield Until(sight.eyes.slot_words, 10, "a sample picture in its place")))
        if not _prompt(sight).toPlainText():
            raise TourStopped("The sample has a picture but no words.")
        yield Until(lambda: _button(sight), 10, "a button that can be pressed at once")
    said = bar.button.text() if isinstance(bar, OrderBar) else ""
    sight.saw("first start", f"{seen} · the button says “{said}”".removeprefix(" · "))


def drop(sight: Sight) -> Steps:
    """A picture is carried over its place, and let go."""
    if sight.eyes.first(SlotFrame) is None:
        _from_picture(sight)
    yield Until(lambda: sight.eyes.first(SlotFrame), 10, "a place for a picture")
    slot = sight.eyes.first(SlotFrame)
    if slot is None:
        raise TourStopped("There is no place for a picture.")
    sight.hands.scroll_to(slot)
    data = sight.hands.drag_over(slot, sight.plan.picture)
    yield pause(0.1)
    sight.saw("drag over", slot.line())
    sight.hands.let_go(slot, data)
    name = sight.plan.picture.name
    yield Until(lambda: name in slot.accessibleDescription(), 30, f"{name} in its place")
    yield Until(sight.eyes.slot_words, 30, f"the picture {name}")
    sight.saw("drop", sight.eyes.slot_words())


def prompt(sight: Sight) -> Steps:
    """The words are typed."""
    field = _prompt(sight)
    sight.hands.click(field)
    yield Until(field.hasFocus, 10, "the cursor in the prompt")
    sight.hands.write_over(sight.plan.prompt)
    wanted = sight.plan.prompt
    yield Until(lambda: _prompt(sight).toPlainText() == wanted, 10, "the prompt as it was typed")
    sight.saw("prompt", _prompt(sight).toPlainText())


def mode(sight: Sight) -> Steps:
    """Rehearse or Real, and one clip."""
    switch = sight.eyes.first(Segments)
    parts = sight.eyes.all(QAbstractButton, switch) if switch is not None else []
    if len(parts) < 2:
        raise TourStopped("There is no switch for Rehearse and Real.")
    wanted = parts[1 if sight.plan.is_real else 0]
    sight.hands.click(wanted)
    yield Until(wanted.isChecked, 10, f"“{wanted.text()}” chosen")
    yield from _one_clip(sight)
    sight.saw("mode", wanted.text())


def the_button(sight: Sight) -> Steps:
    """The button is pressed, once."""
    missing = "a button that can be pressed"
    button = yield Until(lambda: _button(sight), 10, lambda: f"{missing}{_reason(sight)}")
    if not isinstance(button, QAbstractButton):
        raise TourStopped("There is no button.")
    said = button.text()
    sight.hands.click(button)
    sight.record.step("the button", said)


def _in_front(sight: Sight) -> bool:
    """A window manager that comes up late has to be asked again."""
    if not sight.window.isActiveWindow():
        sight.window.activateWindow()
    return sight.window.isActiveWindow()


def _one_clip(sight: Sight) -> Steps:
    bar = sight.eyes.first(OrderBar)
    count = sight.eyes.first(QSpinBox, bar) if bar is not None else None
    if count is not None and count.value() != 1:
        sight.hands.click(count)
        sight.hands.write_over("1")
        yield Until(lambda: count.value() == 1, 10, "a count of one")


def _button(sight: Sight) -> QAbstractButton | None:
    bar = sight.eyes.first(OrderBar)
    if bar is None or not bar.button.isVisible() or not bar.button.isEnabled():
        return None
    return bar.button


def _reason(sight: Sight) -> str:
    bar = sight.eyes.first(OrderBar)
    why = bar.button.toolTip() if bar is not None and not bar.button.isEnabled() else ""
    return f"; it says: {why}" if why else ""


def _from_picture(sight: Sight) -> None:
    tiles = sight.eyes.first(Intentions)
    buttons = sight.eyes.all(QAbstractButton, tiles) if tiles is not None else []
    if not buttons:
        raise TourStopped("There is nothing to choose a clip from a picture with.")
    sight.hands.click(buttons[0])


def _prompt(sight: Sight) -> QPlainTextEdit:
    form = sight.eyes.first(Form)
    field = sight.eyes.first(QPlainTextEdit, form) if form is not None else None
    if field is None:
        raise TourStopped("There is no field for the prompt.")
    return field
