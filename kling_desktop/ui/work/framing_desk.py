"""The frame at work: opened on the stage, applied as one step of the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from kling_desktop.records.media import MediaKind, MediaRef
from kling_desktop.ui.work.coming_out import Asked, ComingOut, coming_out, ratios_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget

    from kling_desktop.core.projects import Project
    from kling_desktop.core.studio import Studio
    from kling_desktop.records.framing import Framing
    from kling_desktop.records.json_values import Loc
    from kling_desktop.records.media import StoredInput
    from kling_desktop.ui.framing.panel import FramePanel
    from kling_desktop.ui.framing.session import FrameTask
    from kling_desktop.ui.stage_place import StagePlace
    from kling_desktop.ui.work.making import Making
    from kling_desktop.ui.work.media_desk import MediaDesk
    from kling_desktop.ui.work.pictures import Pictures
    from kling_desktop.ui.work.remedies import Remedies, Standing

_LARGEST_SHOWN = 4096


class FramingDesk(QObject):
    """Also says under each picture what comes out of it, and what the project would have."""

    ready_changed = Signal(bool)
    """Whether there is a picture in the form that can be framed."""

    def __init__(
        self,
        place: StagePlace,
        making: Making,
        media: MediaDesk,
        pictures: Pictures,
        remedies: Remedies,
        project: Project,
    ) -> None:
        super().__init__(making)
        self._place, self._making, self._media = place, making, media
        self._pictures, self._remedies, self._project = pictures, remedies, project
        self._standing: Standing | None = None
        self._draft_id = ""
        self._focus_before: QWidget | None = None
        self._files: dict[str, str] = {}
        self._is_up = False
        self.make_room: Callable[[], None] = lambda: None
        """Ends what else is going on where the frame will be."""
        remedies.frame_wished.connect(self.open)
        making.edited.connect(self.look)
        media.describe_outcome_by(self._coming_out)
        project.subscribe(media.tell_all)

    def attach(self, studio: Studio) -> None:
        """The engine is up, so that pictures can be made."""
        self._is_up = studio is not None
        self._tell_ready()

    def open_first(self) -> None:
        """Over the first picture of the form."""
        place = self._first()
        if place:
            self.open(place)

    def open(self, loc: object) -> None:
        """The frame takes the place of the stage, over the original picture."""
        standing = self._remedies.standing(tuple(loc) if isinstance(loc, tuple | list) else ())
        if standing is None:
            return
        self._focus_before = QApplication.focusWidget()
        self.make_room()
        from kling_desktop.ui.framing.panel import FramePanel

        self._standing, self._draft_id = standing, self._making.draft.draft_id
        panel = FramePanel(self._task(standing))
        panel.cancelled.connect(self.cancel)
        panel.applied.connect(self._apply)
        self._place.open_frame(panel)
        self._show_picture(panel, standing.origin)
        panel.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def cancel(self) -> None:
        """The stage is back, and the form as it was."""
        self._standing = None
        if self._place.frame is not None:
            self._place.close_frame()
            self._back_to_form()

    def look(self) -> None:
        """The draft may be another one by now, or have another picture there."""
        self._tell_where_files_moved()
        self._tell_ready()
        standing = self._standing
        if standing is None or self._place.frame is None:
            return
        is_same = self._remedies.text_at(standing.place) == str(standing.stored.ref)
        if not is_same or self._making.draft.draft_id != self._draft_id:
            self._standing = None
            self._place.close_frame()

    def writes_first(self) -> frozenset[str] | None:
        """Takes the picture as it is framed before the person's eyes.

        None where the frame cannot be taken, and says so.
        """
        if self._place.frame is not None:
            self._place.frame.apply()
        return None if self._place.frame is not None else frozenset()

    def finish(self) -> None:
        """Something else comes in its place: the frame is applied where it can be."""
        self.writes_first()
        self.cancel()

    def _apply(self, framing: Framing) -> None:
        standing = self._standing
        self.cancel()
        if standing is not None and framing != standing.framing:
            self._remedies.fit(standing, framing)

    def _back_to_form(self) -> None:
        """To where the wish came from."""
        before, self._focus_before = self._focus_before, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell_ready(self) -> None:
        self.ready_changed.emit(self._is_up and bool(self._first()))

    def _first(self) -> Loc:
        """The place of the first picture that stands by itself."""
        request_type, values = self._making.request_type(), self._making.draft.values
        for field in request_type.fields if request_type else ():
            text = values.get(field.name)
            is_stored = isinstance(text, str) and MediaRef.parse(text) is not None
            if field.media is MediaKind.IMAGE and is_stored:
                return (field.name,)
        return ()

    def _tell_where_files_moved(self) -> None:
        """What is said of a picture depends on where in the form it stands."""
        values = self._making.draft.values
        texts = {name: text for name, text in values.items() if isinstance(text, str)}
        files = {name: text for name, text in texts.items() if MediaRef.parse(text)}
        if files != self._files:
            self._files = files
            self._media.tell_all()

    def _task(self, standing: Standing) -> FrameTask:
        from kling_desktop.core.mending import suggestion
        from kling_desktop.ui.framing.session import FrameTask

        framing = standing.framing
        if framing.is_whole(standing.origin.size) and not framing.most:
            size, limits = standing.origin.size, standing.limits
            framing = suggestion(size, framing, limits, standing.delivery, pads=False)
        return FrameTask(
            name=standing.origin.name,
            size=standing.origin.size,
            framing=framing,
            limits=standing.limits,
            ratios=ratios_of(self._making.request_type()),
            delivery=standing.delivery,
        )

    def _show_picture(self, panel: FramePanel, stored: StoredInput) -> None:
        def arrived(image: QImage | None) -> None:
            if isValid(panel):
                panel.show_picture(image)

        self._pictures.of_file(self._media.path_of(stored.ref), _LARGEST_SHOWN, arrived)

    def _coming_out(self, stored: StoredInput) -> ComingOut:
        endpoint = self._making.endpoint()
        if endpoint is None:
            return ComingOut()
        asked = Asked(
            endpoint=endpoint,
            request_type=self._making.request_type(),
            values=self._making.draft.values,
            delivery=self._project.ratio,
        )
        origin = self._media.known(stored.made.source) if stored.made else None
        return coming_out(asked, stored, origin)
