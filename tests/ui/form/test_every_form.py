"""Every bundled request type has a form that fits, is reached by keys, and keeps its values."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from kling_desktop.catalog.field_spec import FieldType
from kling_desktop.catalog.validation import validate
from kling_desktop.ui.form.editors.json_text import JsonEditor
from kling_desktop.ui.form.parts.elided_label import ElidedLabel
from kling_desktop.ui.form.parts.tiny_button import TinyButton
from kling_desktop.ui.form.values import same
from tests.helpers.catalog import bundled
from tests.helpers.form import ref

CATALOG = bundled()
TYPES = tuple(CATALOG.request_types)


def sample(spec, count=2):
    """A value that fills every control of a field."""
    if spec.enum:
        return spec.enum[-1]
    if spec.media:
        return ref(len(spec.name))
    match spec.type:
        case FieldType.OBJECT:
            return {one.name: sample(one) for one in spec.properties}
        case FieldType.ARRAY:
            return [sample(spec.items) for _ in range(min(count, spec.max_items or count))]
        case FieldType.BOOLEAN:
            return not spec.default
        case FieldType.INTEGER | FieldType.NUMBER:
            return spec.maximum if spec.maximum is not None else 7
        case _:
            return "a few words that go on"


@pytest.fixture
def large(qapp):
    before, larger = QApplication.font(), QApplication.font()
    larger.setPixelSize(20)
    QApplication.setFont(larger)
    yield
    QApplication.setFont(before)


def made(form, name, values=None):
    form.set_request_type(CATALOG.request_type(name))
    form.set_more_open(True)
    if values:
        form.set_values(values)
    for _ in range(3):
        QApplication.processEvents()
    return form


def filled(name):
    return {one.name: sample(one) for one in CATALOG.request_type(name).fields if not one.hidden}


def named(widget):
    return widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text())


def test_there_are_many():
    assert len(TYPES) > 60


@pytest.mark.parametrize("name", TYPES)
def test_no_text_is_cut_in_a_narrow_column_with_large_letters(large, form, name):
    form.window().resize(320, 700)
    made(form, name, filled(name))
    form.show_problems(validate(CATALOG.request_type(name), {}, {}))
    QApplication.processEvents()
    assert form.minimumSizeHint().width() <= 320
    for widget in form.findChildren(QAbstractButton):
        if widget.isVisible():
            assert widget.mapTo(form, widget.rect().topRight()).x() <= form.width(), widget.text()
            if widget.text() and not isinstance(widget, TinyButton):
                text = widget.fontMetrics().horizontalAdvance(widget.text())
                assert widget.width() >= text, widget.text()
                assert widget.height() >= widget.minimumSizeHint().height(), widget.text()
    for label in form.findChildren(QLabel):
        if label.isVisible() and label.text() and not isinstance(label, ElidedLabel):
            assert label.height() >= label.heightForWidth(label.width()), label.text()


@pytest.mark.parametrize("name", TYPES)
def test_tab_reaches_every_control(qtbot, form, name):
    made(form, name, filled(name))
    wanted = {
        one
        for one in form.findChildren(object)
        if one.isWidgetType()
        and one.isVisible()
        and one.isEnabled()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.focusProxy() is None
    }
    form.focus_first()
    reached = []
    for _ in range(len(wanted) + 1):
        reached.append(QApplication.focusWidget())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert wanted <= set(reached), [one.accessibleName() for one in wanted - set(reached)]
    assert not [one for one in wanted if not named(one)]


@pytest.mark.parametrize("name", TYPES)
def test_what_is_put_in_comes_out(form, name):
    values = filled(name)
    made(form, name, values)
    assert same(form.values(), values)
    form.set_values({})
    assert form.values() == {}
    form.set_values(form.values())
    assert form.values() == {}


@pytest.mark.parametrize("name", TYPES)
def test_no_field_falls_back_to_plain_json(form, name):
    made(form, name, filled(name))
    assert not form.findChildren(JsonEditor)


@pytest.mark.parametrize("name", TYPES)
def test_few_fields_at_once(form, name):
    form.set_request_type(CATALOG.request_type(name))
    assert 1 <= len(form.findChildren(QLabel)) < 80
    assert len(form._rows.by_name()) <= 8
