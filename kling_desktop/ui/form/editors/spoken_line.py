"""Words that will be spoken: the text, and below it the way to hear it first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kling_desktop.ui.form.editors.long_text import LongTextEditor
from kling_desktop.ui.form.parts.line_strip import LineStrip

if TYPE_CHECKING:
    from kling_desktop.catalog.field_spec import FieldSpec
    from kling_desktop.ui.form.context import Place


class SpokenLineEditor(LongTextEditor):
    """What the strip says comes from outside the form."""

    def __init__(self, spec: FieldSpec, place: Place) -> None:
        super().__init__(spec, place)
        signals = place.context.signals
        self.strip = LineStrip(self)
        self.strip.asked.connect(signals.line_asked)
        signals.line_changed.connect(self._look)
        self._look()
        column = self.layout()
        if column is not None:
            column.setSpacing(6)
            column.addWidget(self.strip)

    def _look(self) -> None:
        self.strip.show_look(self.context.signals.line_look)
