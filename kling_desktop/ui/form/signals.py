"""Wishes that arise deep inside a form and are met outside it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from kling_desktop.ui.form.parts.line_strip import NO_LINE, LineLook


class FormSignals(QObject):
    """One object, so that no editor has to hand them on."""

    line_look: LineLook = NO_LINE
    """What stands below words that are spoken."""

    remedy_wanted = Signal(object, object, object)
    """(loc, Remedy, Problem or None): what is done to a file, beside a problem or in a slot."""
    way_wanted = Signal(object)
    """The Way out of a problem that was chosen."""
    part_wanted = Signal(object, object)
    """(loc, Part): the part of a sound that is to take its place."""
    reveal_wanted = Signal(object)
    """Path of a kept file, to be shown in its folder."""
    brush_wanted = Signal(object)
    """A BrushWish for the painting that the form's values were made from."""
    line_asked = Signal(str)
    """HEAR or USE, below words that are spoken."""
    line_changed = Signal()
    """`line_look` is another one."""
    voices_changed = Signal()
    """Other voices can be chosen than before."""
    file_read = Signal(bool)
    """A file that was given to an editor arrived, or did not."""
    parts_changed = Signal()
    """Controls came or went inside an editor."""
    edited = Signal(str)
    """A person changed the field of that name, so what was said of a file before is old."""
    file_changed = Signal(str)
    """The text of a file of which something new is known, such as its upload."""
