"""The pages of Preferences. Each shows a record of settings and tells what a person changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSlider,
    QWidget,
)

from kling_desktop.ui.labels import ElidedLabel
from kling_desktop.ui.settings.fields import Choice, Option, Page, Row
from kling_desktop.ui.style import set_mark, set_role

if TYPE_CHECKING:
    from collections.abc import Callable

    from kling_desktop.core.settings import Settings

TEXT_STEPS = (90, 100, 110, 125, 150)
"""Percent that the text can have."""


class FolderPage(QObject):
    """Where clips are saved, and how they are named."""

    changed = Signal(str, object)

    def __init__(self, preview: Callable[[str], str], usual_folder: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._preview_of = preview
        self._usual_folder = usual_folder
        self._folder = ElidedLabel(parent=parent)
        self._choose = QPushButton(self.tr("Choose…"), parent)
        set_role(self._choose, "quiet")
        self._choose.setAccessibleName(self.tr("Choose the folder for clips"))
        self._choose.clicked.connect(self._ask)
        line = QHBoxLayout()
        line.addWidget(self._folder, 1)
        line.addWidget(self._choose)
        self._template = QLineEdit(parent)
        self._template.setAccessibleName(self.tr("Name of a clip"))
        self._template.textEdited.connect(self._edit_template)
        self._preview = ElidedLabel(role="secondary", parent=parent)
        name = QWidget(parent)
        under = QHBoxLayout(name)
        under.setContentsMargins(0, 0, 0, 0)
        under.addWidget(self._template, 1)
        folder = Row(self.tr("Clips are saved in"), line)
        fields = "{title} {take} {model} {date} {project}"
        self.page = Page(
            self.tr("Folders"),
            (
                folder,
                Row(self.tr("Name of a clip"), name, self.tr("You can use: ") + fields),
                Row("", self._preview),
            ),
            parent,
        )

    def show_settings(self, settings: Settings) -> None:
        """Show what is set."""
        self._folder.setText(settings.clips_folder or self._usual_folder)
        if self._template.text() != settings.name_template:
            self._template.setText(settings.name_template)
        self._show_preview()

    def _edit_template(self, text: str) -> None:
        self._show_preview()
        if text.strip():
            self.changed.emit("name_template", text)

    def _show_preview(self) -> None:
        name = self._preview_of(self._template.text())
        self._preview.setText(self.tr("For example: {name}").format(name=name))
        set_mark(self._template, "problem", not self._template.text().strip())

    def _ask(self) -> None:
        dialog = QFileDialog(self._choose.window(), self.tr("Folder for clips"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self.changed.emit("clips_folder", chosen))
        dialog.open()


class LookPage(QObject):
    """Theme, size of text, what stands behind pictures, movement."""

    changed = Signal(str, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = Choice(self.tr("Theme"), self._themes(), parent)
        self._theme.chosen.connect(lambda value: self.changed.emit("theme", value))
        self._size = QSlider(Qt.Orientation.Horizontal, parent)
        self._size.setRange(0, len(TEXT_STEPS) - 1)
        self._size.setPageStep(1)
        self._size.setAccessibleName(self.tr("Size of text"))
        self._size.valueChanged.connect(self._resize_text)
        self._percent = QLabel(parent)
        line = QHBoxLayout()
        line.addWidget(self._size, 1)
        line.addWidget(self._percent)
        self._surround = Choice(self.tr("Behind pictures"), self._surrounds(), parent)
        self._surround.chosen.connect(lambda value: self.changed.emit("surround", value))
        self._calm = QCheckBox(self.tr("Move nothing that need not move"), parent)
        self._calm.toggled.connect(lambda on: self.changed.emit("reduced_motion", on))
        help_surround = self.tr("The stage keeps it in both themes: gray does not tint a picture.")
        self.page = Page(
            self.tr("Look"),
            (
                Row(self.tr("Theme"), self._theme),
                Row(self.tr("Size of text"), line),
                Row(self.tr("Behind pictures"), self._surround, help_surround),
                Row(self.tr("Movement"), self._calm),
            ),
            parent,
        )

    def show_settings(self, settings: Settings) -> None:
        """Show what is set."""
        self._theme.show_value(settings.theme)
        self._surround.show_value(settings.surround)
        for widget in (self._size, self._calm):
            widget.blockSignals(True)
        nearest = min(TEXT_STEPS, key=lambda step: abs(step - settings.text_percent))
        self._size.setValue(TEXT_STEPS.index(nearest))
        self._calm.setChecked(settings.reduced_motion)
        for widget in (self._size, self._calm):
            widget.blockSignals(False)
        self._percent.setText(f"{settings.text_percent} %")

    def _resize_text(self, step: int) -> None:
        self._percent.setText(f"{TEXT_STEPS[step]} %")
        self.changed.emit("text_percent", TEXT_STEPS[step])

    def _themes(self) -> tuple[Option, ...]:
        return (
            Option("system", self.tr("Like the system")),
            Option("light", self.tr("Light")),
            Option("dark", self.tr("Dark")),
        )

    def _surrounds(self) -> tuple[Option, ...]:
        return (
            Option("black", self.tr("Black")),
            Option("dark", self.tr("Dark gray")),
            Option("mid", self.tr("Mid gray")),
        )


class SendingPage(QObject):
    """When pictures leave the computer, and when an order asks."""

    changed = Signal(str, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._uploads = Choice(self.tr("Pictures are uploaded"), upload_options(), parent)
        self._uploads.chosen.connect(lambda value: self.changed.emit("uploads", value))
        self._asks = QCheckBox(self.tr("Ask before an order above"), parent)
        self._asks.toggled.connect(self._tell_sum)
        self._sum = QLineEdit(parent)
        self._sum.setAccessibleName(self.tr("Sum in US dollars"))
        self._sum.setMaxLength(8)
        self._sum.setMaximumWidth(self._sum.fontMetrics().averageCharWidth() * 14)
        self._sum.editingFinished.connect(self._tell_sum)
        line = QHBoxLayout()
        line.addWidget(self._asks)
        line.addWidget(QLabel("$", parent))
        line.addWidget(self._sum)
        line.addStretch(1)
        self._notify = QCheckBox(self.tr("Tell me when clips are ready"), parent)
        self._notify.toggled.connect(lambda on: self.changed.emit("notify", on))
        help_notify = self.tr("Only while the window is not in front, once for several.")
        self.page = Page(
            self.tr("Sending"),
            (
                Row(self.tr("Pictures are uploaded"), self._uploads),
                Row(self.tr("Money"), line, self.tr("The question takes the place of the button.")),
                Row(self.tr("Notifications"), self._notify, help_notify),
            ),
            parent,
        )

    def show_settings(self, settings: Settings) -> None:
        """Show what is set."""
        self._uploads.show_value(settings.uploads)
        for widget in (self._asks, self._notify):
            widget.blockSignals(True)
        self._asks.setChecked(bool(settings.ask_above_usd))
        self._notify.setChecked(settings.notify)
        for widget in (self._asks, self._notify):
            widget.blockSignals(False)
        if settings.ask_above_usd:
            self._sum.setText(settings.ask_above_usd)
        self._sum.setEnabled(bool(settings.ask_above_usd))

    def _tell_sum(self) -> None:
        self._sum.setEnabled(self._asks.isChecked())
        wanted = sum_of(self._sum.text() or "5.00")
        set_mark(self._sum, "problem", not wanted)
        if not self._asks.isChecked():
            self.changed.emit("ask_above_usd", "")
        elif wanted:
            self.changed.emit("ask_above_usd", wanted)


def upload_options() -> tuple[Option, ...]:
    """When pictures may leave the computer, in words."""
    from kling_desktop.ui.words import translate

    return (
        Option(
            "drop",
            translate("Uploads", "As soon as they are in the form"),
            translate("Uploads", "Generate then starts at once. Only with a key, in real work."),
        ),
        Option(
            "generate",
            translate("Uploads", "Only when you press Generate"),
            translate("Uploads", "Nothing leaves this computer before."),
        ),
        Option(
            "private",
            translate("Uploads", "Only on Generate, and kept for a short time"),
            translate(
                "Uploads", "The server is asked to delete the files soon and to store no request."
            ),
        ),
    )


def sum_of(text: str) -> str:
    """A sum as it is kept, "5.00", or nothing for what is not a sum above zero."""
    from decimal import Decimal, InvalidOperation

    try:
        amount = Decimal(text.strip().lstrip("$").replace(",", "."))
    except InvalidOperation:
        return ""
    if not amount.is_finite() or not 0 < amount < 100_000:
        return ""
    return str(amount.quantize(Decimal("0.01")))
