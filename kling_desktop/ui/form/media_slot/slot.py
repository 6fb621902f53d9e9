"""A slot for one file: takes it in every way there is, shows it large, says what becomes of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, QUrl, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QLabel, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from kling_desktop.records.media import MediaKind
from kling_desktop.records.problem import Remedy
from kling_desktop.ui.form.media_slot import sentences
from kling_desktop.ui.form.media_slot.frame import SlotFrame
from kling_desktop.ui.form.media_slot.menu import open_menu
from kling_desktop.ui.form.media_slot.mime import Refusal, glance, name_in, read
from kling_desktop.ui.form.media_slot.shape_links import ShapeLinks
from kling_desktop.ui.form.media_slot.sound_bench import SoundBench
from kling_desktop.ui.form.media_slot.strip import Strip
from kling_desktop.ui.form.media_slot.suffixes import suffixes_of
from kling_desktop.ui.form.ports import MediaView, OfferedFile
from kling_desktop.ui.style import set_role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QHideEvent

    from kling_desktop.ui.form.ports import LibraryClip, MediaPort

_THUMBNAIL = 720
_CLIPS = 12


class MediaSlot(QWidget):
    """Says what was offered; is told what it holds. Keeps and reads nothing."""

    offered = Signal(object)
    """A tuple of Offered and Pixels."""
    refused = Signal(str)
    """Why something that was pasted or dropped is not taken, in words; empty takes it back."""
    cleared = Signal()
    remedy_wanted = Signal(object)
    """A Remedy for the shape of what it holds."""
    part_wanted = Signal(object)
    """The Part of the sound that is to take its place."""
    reveal_wanted = Signal(object)
    moved = Signal(int)
    pulled = Signal(int)
    """It is being dragged by its grip: the height on the screen."""
    let_go = Signal(int)
    """Where it was let go, or -1."""

    def __init__(
        self,
        media: MediaPort,
        kind: MediaKind,
        title: str,
        *,
        small: bool = False,
        movable: bool = False,
    ) -> None:
        """`movable` is one of several in an order."""
        super().__init__()
        self._media = media
        self._kind = kind
        self._text = ""
        self._view: MediaView | None = None
        self._is_reading = False
        self._strip = Strip(title, movable=movable)
        self.frame = SlotFrame(kind, self._strip, small=small)
        self.frame.setAccessibleName(title)
        self.bench = SoundBench(media, title, self) if kind is MediaKind.AUDIO else None
        self._below = QLabel()
        self._below.setWordWrap(True)
        self._below.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        set_role(self._below, "tertiary")
        self._below.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.frame)
        if self.bench is not None:
            self.frame.put_inside(self.bench.view)
            column.addWidget(self.bench.row)
        column.addWidget(self._below)
        self._shapes: ShapeLinks | None = None
        self._offers_shapes = not small
        self._connect()

    def text(self) -> str:
        """The reference or address that it holds, or nothing."""
        return self._text

    def view(self) -> MediaView | None:
        """What it knows of it."""
        return self._view

    def show_text(self, text: str) -> None:
        """Hold another file, or none."""
        if text != self._text:
            self._text = text
            self.frame.show_content(filled=bool(text))
            self._ask_thumbnail()
            self._show_sound()
        self.refresh()

    def refresh(self) -> None:
        """Ask the port again what is known."""
        self._view = self._described() if self._text else None
        if self._view is not None:
            self._strip.show_view(self._view)
        self._show_work()
        below = self._words_below()
        self._below.setText(below)
        self._below.setVisible(bool(below))
        self._show_offers()
        self._describe()

    def set_lengths(self, least: float | None, most: float | None) -> None:
        """Seconds that a sound in here may have."""
        if self.bench is not None:
            self.bench.set_bounds(least, most)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.bench is not None:
            self.bench.stop()

    def show_busy(self, *, is_busy: bool) -> None:
        """Whether a file is being read right now."""
        self._is_reading = is_busy
        self._show_work()

    def show_title(self, title: str) -> None:
        """Another name, for a slot in a list."""
        self.frame.setAccessibleName(title)
        self._strip.show_field(title)

    def show_moves(self, *, up: bool, down: bool) -> None:
        """Which moves in a list are possible."""
        self._strip.show_moves(up=up, down=down)

    def take(self, mime: QMimeData) -> bool:
        """Offer what was pasted or dropped. False, and a reason, where nothing in it fits."""
        found = read(mime, self._kind)
        if isinstance(found, Refusal):
            self.refused.emit(sentences.refusal(found, self._kind, name_in(mime)))
            return False
        self.refused.emit("")
        self.offered.emit(found)
        return True

    def can_take(self, mime: QMimeData, *, exactly: bool = False) -> bool:
        """Whether there is hope that something in it fits, or fits as it is. Quiet and quick."""
        return glance(mime, self._kind, exactly=exactly) is None

    def paste(self) -> None:
        """Take what is on the clipboard."""
        self.take(QGuiApplication.clipboard().mimeData())

    def browse(self) -> None:
        """Open a file dialog; the program goes on meanwhile."""
        dialog = QFileDialog(self.window(), self.tr("Choose a file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter(sentences.name_filter(self._kind, suffixes_of(self._kind)))
        folder = self._media.browse_folder()
        if folder is not None:
            dialog.setDirectory(str(folder))
        dialog.filesSelected.connect(self._on_files)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def clips(self) -> Sequence[LibraryClip]:
        """The newest clips of the library that fit."""
        return self._media.clips(self._kind, _CLIPS)

    def take_clip(self, clip: LibraryClip) -> None:
        """Offer a clip of the library."""
        self._on_files([str(clip.path)])

    def copy(self) -> None:
        """Put the file, or its address, on the clipboard."""
        path = self._view.path if self._view else None
        mime = QMimeData()
        if path is not None:
            mime.setUrls([QUrl.fromLocalFile(str(path))])
        elif self._text:
            mime.setText(self._text)
        QGuiApplication.clipboard().setMimeData(mime)

    def _connect(self) -> None:
        self.frame.dropped.connect(self.take)
        self.frame.browse_wanted.connect(self.browse)
        self.frame.clear_wanted.connect(self.cleared)
        self.frame.copy_wanted.connect(self.copy)
        self.frame.menu_wanted.connect(self._on_menu)
        if self.bench is not None:
            self.bench.part_wanted.connect(self.part_wanted)
        self._strip.remove_pressed.connect(self._on_remove)
        self._strip.frame_pressed.connect(lambda: self.remedy_wanted.emit(Remedy.FRAME))
        self._strip.moved.connect(self.moved)
        if self._strip.grip is not None:
            self._strip.grip.pulled.connect(self.pulled)
            self._strip.grip.let_go.connect(self.let_go)

    def _described(self) -> MediaView:
        view = self._media.describe(self._text)
        if view is None:
            return MediaView(name=sentences.name_of_address(self._text), kind=self._kind)
        # A mask belongs to its picture and is never framed by itself.
        return view if self._kind is MediaKind.IMAGE else replace(view, can_frame=False, offers=())

    def _show_offers(self) -> None:
        offers = self._view.offers if self._view and self._offers_shapes else ()
        if offers and self._shapes is None:
            self._shapes = ShapeLinks(self.frame.accessibleName())
            self._shapes.pressed.connect(self.remedy_wanted)
            column = self.layout()
            if column is not None:
                column.addWidget(self._shapes)
            QWidget.setTabOrder(self.frame, self._shapes)
        if self._shapes is not None:
            self._shapes.show_offers(offers)

    def _words_below(self) -> str:
        if self._view is None:
            return ""
        return " · ".join(
            part for part in (self._view.outcome, sentences.upload(self._view)) if part
        )

    def _describe(self) -> None:
        view = self._view
        parts = (view.name, view.facts, self._words_below()) if view else (self.tr("Empty."),)
        self.frame.setAccessibleDescription(", ".join(part for part in parts if part))

    def _show_work(self) -> None:
        is_in_work = self._view is not None and self._view.is_in_work
        words = self.tr("Reading…") if self._is_reading else ""
        self.frame.show_busy(words or (self.tr("Working…") if is_in_work else ""))
        if self.bench is not None:
            self.bench.show_work(is_in_work=is_in_work)

    def _show_sound(self) -> None:
        if self.bench is None:
            return
        view = self._described() if self._text else None
        self.bench.show_sound(self._text, view.seconds if view else None)

    def _ask_thumbnail(self) -> None:
        text = self._text
        if not text or self.bench is not None:
            return
        longest = round(_THUMBNAIL * self.devicePixelRatioF())
        self._media.thumbnail(text, longest, lambda image: self._on_thumbnail(text, image))

    def _on_thumbnail(self, text: str, image: QImage | None) -> None:
        if isValid(self) and text == self._text:
            self.frame.show_content(filled=True, image=image)

    def _on_files(self, names: list[str]) -> None:
        self.refused.emit("")
        self.offered.emit(tuple(OfferedFile(Path(name)) for name in names))

    def _on_remove(self) -> None:
        self.frame.setFocus()
        self.cleared.emit()

    def _on_menu(self, point: QPoint) -> None:
        open_menu(self, point)
