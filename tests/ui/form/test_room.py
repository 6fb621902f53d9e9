"""A narrow column, long words and large letters: nothing is cut, nothing sticks out."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from kling_desktop.catalog.field_spec import FieldSpec, FieldType
from kling_desktop.records.media import MediaKind
from kling_desktop.records.problem import ProblemKind, Remedy
from kling_desktop.ui.form.parts.elided_label import ElidedLabel
from kling_desktop.ui.form.parts.line_strip import LineLook
from kling_desktop.ui.form.parts.tiny_button import TinyButton
from kling_desktop.ui.form.ports import MediaView
from kling_desktop.ui.labels import ElidedButton
from tests.helpers.form import ref, request_type, spec

LONG = "Eine außerordentlich lange Bezeichnung"
WIDE = ProblemKind(code="test_wide", what=" ".join([LONG] * 3), remedy=Remedy.CONVERT)
INNER = (
    FieldSpec(name="a", title=LONG, type=FieldType.STRING, enum=("Ungewöhnlich", "Gewöhnlich")),
    FieldSpec(name="b", title=LONG, type=FieldType.INTEGER, minimum=0, maximum=10),
)
CROWDED = request_type(
    spec("picture", title=LONG, media=MediaKind.IMAGE),
    spec("text", title=LONG, multiline=True, max_length=2500),
    spec("line", title=LONG, multiline=True, editor="line"),
    spec("voice", title=LONG, editor="made_voice"),
    spec("ratio", title=LONG, enum=("21:9", "16:9", "4:3", "1:1", "9:16")),
    spec("few", title=LONG, enum=("Langsamer", "Schneller", "Unverändert")),
    spec("many", title=LONG, enum=tuple(f"{LONG} {n}" for n in range(30))),
    spec("on", FieldType.BOOLEAN, title=LONG, default=False, has_default=True),
    spec("rig", FieldType.OBJECT, title="Gestänge", properties=INNER),
    spec(
        "list",
        FieldType.ARRAY,
        title=LONG,
        items=FieldSpec(name="", title="Stück", type=FieldType.OBJECT, properties=INNER),
    ),
    spec("json", FieldType.ANY, title=LONG),
)


@pytest.fixture(params=[13, 20])
def crowded(form, port, request):
    font = QApplication.font()
    larger = QApplication.font()
    larger.setPixelSize(request.param)
    QApplication.setFont(larger)
    port.views[ref(1)] = MediaView(name=f"{LONG}.jpg", facts="4032 × 2688", outcome=LONG * 2)
    form.set_request_type(CROWDED)
    form.set_values({"picture": ref(1), "rig": {"a": "x"}, "list": [{}, {}], "text": LONG * 9})
    form.show_line(LineLook(hear=f"{LONG} · $0.007", is_heard=True, use=LONG, note=LONG * 2))
    form.show_problems([WIDE("picture"), WIDE("rig", "b"), WIDE()])
    form.window().resize(320, 700)
    for _ in range(3):
        QApplication.processEvents()
    yield form
    QApplication.setFont(font)


def test_it_fits_into_320_pixels(crowded):
    assert crowded.minimumSizeHint().width() <= 288
    assert crowded.width() <= 320
    for widget in crowded.findChildren(QAbstractButton):
        if widget.isVisible():
            right = widget.mapTo(crowded, widget.rect().topRight()).x()
            assert right <= crowded.width(), widget.text()


def test_no_label_and_no_button_is_cut(crowded):
    for label in crowded.findChildren(QLabel):
        if label.isVisible() and label.text() and not isinstance(label, ElidedLabel):
            assert label.height() >= label.heightForWidth(label.width()), label.text()
    for button in crowded.findChildren(QAbstractButton):
        if button.isVisible() and button.text() and not isinstance(button, TinyButton):
            assert button.height() >= button.minimumSizeHint().height(), button.text()
            shown = button.shown_text() if isinstance(button, ElidedButton) else button.text()
            text_width = button.fontMetrics().horizontalAdvance(shown)
            assert button.width() >= text_width, button.text()


def test_a_shortened_label_tells_the_whole_in_its_tooltip(qtbot):
    label = ElidedLabel(LONG)
    qtbot.addWidget(label)
    label.resize(80, 20)
    label.show()
    assert label.shown_text() != LONG
    assert label.toolTip() == LONG
    label.resize(900, 20)
    assert label.shown_text() == LONG
    assert label.toolTip() == ""


def test_from_right_to_left_the_label_stands_at_the_right(crowded):
    crowded.window().setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    QApplication.processEvents()
    label = next(one for one in crowded.findChildren(ElidedLabel) if one.text() == LONG)
    assert label.mapTo(crowded, label.rect().center()).x() > crowded.width() // 2
