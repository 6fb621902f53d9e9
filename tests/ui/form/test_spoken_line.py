"""Words that are spoken: below them stands the way to hear them, and to use what was heard."""

from PySide6.QtCore import Qt

from kling_desktop.ui.form.parts.line_strip import LineLook
from tests.helpers.form import request_type, spec


def test_a_spoken_line_has_its_way_to_be_heard_below_it(qtbot, form):
    form.set_request_type(request_type(spec("text", multiline=True, editor="line", max_length=120)))
    strip = form._rows.by_name()["text"].editor.strip
    assert not strip.isVisible()
    form.show_line(LineLook(hear="Hear it · $1", hear_tip="Only this.", can_hear=True))
    assert strip._hear.isVisible()
    assert not strip._use.isVisible()
    assert strip._hear.accessibleName() == "Hear it · $1"
    assert strip._hear.accessibleDescription() == "Only this."
    with qtbot.waitSignal(form.line_asked) as asked:
        qtbot.keyClick(strip._hear, Qt.Key.Key_Space)
    assert asked.args == ["hear"]
    form.show_line(LineLook(hear="Play it", can_hear=True, is_heard=True, use="Use it"))
    with qtbot.waitSignal(form.line_asked) as asked:
        qtbot.mouseClick(strip._use, Qt.MouseButton.LeftButton)
    assert asked.args == ["use"]
    form.set_request_type(request_type(spec("other", multiline=True, editor="line")))
    assert form._rows.by_name()["other"].editor.strip._use.text() == "Use it"
