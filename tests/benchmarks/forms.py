"""What a person waits for at a form: the form of another model, and each key in its prompt.

A form counts as there once it was laid out and painted.
"""

from __future__ import annotations

import gc
import os
import time
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QPlainTextEdit, QScrollArea

from kling_desktop.bundled import resources
from kling_desktop.catalog.catalog import load_catalog
from kling_desktop.catalog.validation import validate
from kling_desktop.ui.form.form import Form
from kling_desktop.ui.theme import Theme
from tests.benchmarks.table import machine, middle, show
from tests.helpers.form import KeepingPort

if TYPE_CHECKING:
    from collections.abc import Callable

    from kling_desktop.catalog.catalog import Catalog
    from kling_desktop.catalog.request_type import RequestType

LARGEST = ("O3ProReferenceVideoI2VInput", "VideoEffectsRequest")
ROUNDS, KEYS = 9, 60


def main() -> None:
    """Prints the tables."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    Theme(app)
    catalog = load_catalog(resources() / "catalogue")
    column, form = _shown(app)
    every = {name: _built(app, form, one) for name, one in catalog.request_types.items()}
    slowest = max(every, key=lambda name: every[name])
    rows: list[tuple[str, float, str]] = [
        (f"{name} built, laid out and painted", _best(app, form, catalog, name), "50")
        for name in dict.fromkeys((*LARGEST, slowest))
    ]
    rows.append((f"any of {len(every)}, median", middle(list(every.values())), "50"))
    name = LARGEST[0]
    rows.append((f"{name}: More opened", _more(app, form, catalog, name), ""))
    show(f"Forms ({machine()})", ("what", "ms", "goal"), rows)
    checks = {name: _keystroke(one) for name, one in catalog.request_types.items()}
    slow = max(checks, key=lambda name: checks[name])
    typed = [
        (f"{LARGEST[0]}: validated for a key", checks[LARGEST[0]], "5"),
        (f"{slow}: the slowest", checks[slow], "5"),
        (f"{LARGEST[0]}: key typed into the form", _typed(app, form, catalog), "5"),
    ]
    show("Each key", ("what", "ms", "goal"), typed)
    column.hide()


def _shown(app: QApplication) -> tuple[QScrollArea, Form]:
    """The column goes with its form, which dies with it."""
    column = QScrollArea()
    column.setWidgetResizable(True)
    form = Form(KeepingPort())
    column.setWidget(form)
    column.resize(340, 700)
    column.show()
    app.processEvents()
    return column, form


def _built(app: QApplication, form: Form, request_type: RequestType) -> float:
    gc.collect()
    gc.disable()
    took = _timed(lambda: (form.set_request_type(request_type), app.processEvents()))
    gc.enable()
    return took


def _best(app: QApplication, form: Form, catalog: Catalog, name: str) -> float:
    """The median of several, each after a form of another kind."""
    wanted = catalog.request_types[name]
    other = next(one for one in catalog.request_types.values() if one.name != name)
    found = []
    for _ in range(ROUNDS):
        _built(app, form, other)
        found.append(_built(app, form, wanted))
    return middle(found)


def _more(app: QApplication, form: Form, catalog: Catalog, name: str) -> float:
    _best(app, form, catalog, name)
    took = _timed(lambda: (form.set_more_open(True), app.processEvents()))
    form.set_more_open(False)
    return took


def _keystroke(request_type: RequestType) -> float:
    values = {one.name: "a" for one in request_type.fields if one.is_text}
    validate(request_type, values, {})
    found = []
    for key in range(KEYS):
        grown = {name: text + "b" * key for name, text in values.items()}
        found.append(_timed(partial(validate, request_type, grown, {})))
    return middle(found)


def _typed(app: QApplication, form: Form, catalog: Catalog) -> float:
    request_type = catalog.request_types[LARGEST[0]]
    form.set_request_type(request_type)
    form.set_more_open(True)
    app.processEvents()
    box = form._rows.by_name()["prompt"].editor.focus_target()
    assert isinstance(box, QPlainTextEdit)

    def press() -> None:
        box.insertPlainText("a")
        form.show_problems(validate(request_type, form.values(), {}))
        app.processEvents()

    return middle([_timed(press) for _ in range(KEYS)])


def _timed(work: Callable[[], object]) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
