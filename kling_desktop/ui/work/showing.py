"""Stage and library at work: which clip is looked at, and what is done with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog

from kling_desktop.records.job import MadeBy
from kling_desktop.records.media import MediaKind
from kling_desktop.records.problem import ProblemError
from kling_desktop.ui.action_list import Needs
from kling_desktop.ui.notices import Notice, NoticeTone
from kling_desktop.ui.player.full_screen import FullScreen
from kling_desktop.ui.words import say

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence

    from PySide6.QtCore import SignalInstance
    from PySide6.QtGui import QImage

    from kling_desktop.core.library import Library
    from kling_desktop.core.studio import Studio
    from kling_desktop.records.clip import Clip
    from kling_desktop.ui.actions import Actions
    from kling_desktop.ui.library.ports import PosterPort
    from kling_desktop.ui.library.strip import LibraryPanel
    from kling_desktop.ui.notices import Notices
    from kling_desktop.ui.player.stage import Stage

_DELETED = "deleted"
_POSTER = QSize(640, 640)
"""Device pixels that a poster fits into; it is seen for a tenth of a second."""


class Showing(QObject):
    """Keeps stage, library and the actions on clips in step."""

    clip_shown = Signal(str)
    settings_wished = Signal(object, str)
    """A clip whose settings belong back in the form, and why: edit, again, real."""
    continuation_wished = Signal(object)
    """A clip whose last frame begins the next one."""
    lip_sync_wished = Signal(object)
    """A clip whose lips should follow something else."""

    def __init__(
        self,
        stage: Stage,
        panel: LibraryPanel,
        actions: Actions,
        notices: Notices,
        posters: PosterPort,
    ) -> None:
        super().__init__(stage)
        self._posters = posters
        self._stage, self._panel, self._actions = stage, panel, actions
        self._notices = notices
        self._studio: Studio | None = None
        self._deleted: list[list[str]] = []
        self._full_screen: FullScreen | None = None
        self._loudness: int | None = None
        self.is_taken: Callable[[], bool] = lambda: False
        """Whether something else stands in the stage's place, so that no new clip may play."""
        self._keep_volume_soon = QTimer(self, singleShot=True, interval=400)
        self._keep_volume_soon.timeout.connect(self._keep_volume)
        self._tie_stage()
        self._tie_verbs()
        self._allow()

    def attach(self, studio: Studio) -> None:
        """The engine is up."""
        self._studio = studio
        studio.library.added.connect(self._clip_added)
        studio.library.changed.connect(self._clip_changed)
        studio.library.removed.connect(self._clip_removed)
        settings = studio.settings.current
        self._actions.loop.setChecked(settings.loop)
        self._actions.mute.setChecked(settings.muted)
        self._apply_playback()

    def show(self, clip_id: str, *, play: bool = True) -> None:
        """Puts a clip on the stage."""
        studio = self._studio
        clip = studio.library.get(clip_id) if studio else None
        if studio is None or clip is None:
            return
        if not clip.path.exists():
            self._stage.show_nothing(
                self.tr("{name} is not where it was saved.").format(name=clip.path.name)
            )
            self._allow()
            return
        is_bare = self._stage.canvas.image.isNull() and clip.kind is MediaKind.VIDEO
        self._stage.show_clip(clip, studio.library.takes(clip.shot_id), play=play)
        if is_bare:
            self._posters.poster(clip, _POSTER, lambda image: self._show_poster(clip_id, image))
        self._panel.select_ids([clip_id])
        self._actions.show_stars(clip.stars)
        self._allow()
        studio.tasks.spawn(studio.library.mark_seen(clip_id), "mark a clip as seen")
        self.clip_shown.emit(clip_id)

    def _show_poster(self, clip_id: str, image: QImage | None) -> None:
        """The player needs a moment for its first frame: no black until then."""
        is_there = self._stage.clip is not None and self._stage.clip.clip_id == clip_id
        if is_there and image is not None and self._stage.canvas.image.isNull():
            self._stage.canvas.show_image(image)

    def refresh(self) -> None:
        """Reads the library anew."""
        self._panel.refresh()

    def close(self) -> None:
        """Ends playing; what is made from now on is shown at the next start."""
        self._keep_volume()
        self._studio = None
        if self._full_screen is not None:
            self._full_screen.close()
        self._stage.close_player()

    def _tie_stage(self) -> None:
        stage, actions = self._stage, self._actions
        stage.rated.connect(self._rate)
        stage.take_chosen.connect(self.show)
        stage.open_elsewhere_wished.connect(self._open_elsewhere)
        stage.playing_changed.connect(actions.play.setChecked)
        stage.moving_changed.connect(lambda there: actions.allow(Needs.MOVING, there=there))
        stage.volume_changed.connect(self._set_volume)
        stage.canvas.double_clicked.connect(actions.full_screen.trigger)
        actions.play.triggered.connect(stage.toggle)
        actions.stop.triggered.connect(stage.stop)
        actions.step_back.triggered.connect(lambda: stage.step(-1))
        actions.step_forward.triggered.connect(lambda: stage.step(1))
        actions.go_to_start.triggered.connect(lambda: stage.go_to(0))
        actions.go_to_end.triggered.connect(lambda: stage.go_to(-1))
        actions.loop.toggled.connect(self._set_loop)
        actions.mute.toggled.connect(self._set_muted)
        actions.volume_up.triggered.connect(lambda: self._set_volume(self._volume() + 5))
        actions.volume_down.triggered.connect(lambda: self._set_volume(self._volume() - 5))
        actions.full_screen.triggered.connect(self._toggle_full_screen)
        actions.next_clip.triggered.connect(lambda: self._show_neighbor(1))
        actions.previous_clip.triggered.connect(lambda: self._show_neighbor(-1))

    def _tie_verbs(self) -> None:
        actions, panel = self._actions, self._panel
        panel.open_asked.connect(self.show)
        panel.selection_changed.connect(self._show_selected)
        panel.trash_asked.connect(self._trash)
        panel.rate_asked.connect(self._rate_one)
        actions.starred.connect(self._rate)
        actions.another_take.triggered.connect(lambda: self._wish("again"))
        actions.edit_as_new.triggered.connect(lambda: self._wish("edit"))
        actions.make_real.triggered.connect(lambda: self._wish("real"))
        actions.continue_clip.triggered.connect(self._pass_on(self.continuation_wished))
        actions.lip_sync_clip.triggered.connect(self._pass_on(self.lip_sync_wished))
        actions.save_as.triggered.connect(self._save_as)
        actions.save_frame.triggered.connect(self._save_frame)
        actions.show_in_folder.triggered.connect(self._show_in_folder)
        actions.copy_clip.triggered.connect(self._copy_clip)
        actions.copy_prompt.triggered.connect(self._copy_prompt)
        actions.delete_clip.triggered.connect(self._delete)
        actions.undo_delete.triggered.connect(self._undo_delete)
        self._notices.acted.connect(lambda key: self._undo_delete() if key == _DELETED else None)

    def _show_selected(self, clip_ids: Sequence[str]) -> None:
        shown = self._stage.clip.clip_id if self._stage.clip else ""
        if len(clip_ids) == 1 and clip_ids[0] != shown:
            self.show(clip_ids[0])

    def _clip_added(self, clip: Clip) -> None:
        self._panel.refresh()
        is_free = self._stage.is_idle or self._stage.clip is None
        if is_free and not self.is_taken():
            self.show(clip.clip_id)
        else:
            self._renew_takes(clip)

    def _clip_changed(self, clip: Clip) -> None:
        self._panel.renew(clip.clip_id)
        self._stage.show_facts(clip)
        if self._stage.clip is not None and clip.clip_id == self._stage.clip.clip_id:
            self._actions.show_stars(clip.stars)

    def _clip_removed(self, clip_id: str) -> None:
        self._panel.refresh()
        if self._stage.clip is not None and self._stage.clip.clip_id == clip_id:
            self._stage.show_nothing()
            self._allow()

    def _renew_takes(self, clip: Clip) -> None:
        """The clip on the stage got a sister."""
        shown, studio = self._stage.clip, self._studio
        if studio is not None and shown is not None and shown.shot_id == clip.shot_id:
            self._stage.show_takes(studio.library.takes(clip.shot_id))

    def _rate(self, stars: int) -> None:
        if self._stage.clip is not None:
            self._rate_one(self._stage.clip.clip_id, stars)

    def _rate_one(self, clip_id: str, stars: int) -> None:
        self._spawn(self._library().rate(clip_id, stars), "rate a clip")

    def _wish(self, why: str) -> None:
        if self._stage.clip is not None:
            self.settings_wished.emit(self._stage.clip, why)

    def _pass_on(self, wished: SignalInstance) -> Callable[[], None]:
        """Says of the clip on the stage what is wished for it."""
        return lambda: wished.emit(self._stage.clip) if self._stage.clip is not None else None

    def _trash(self, clip_ids: Sequence[str]) -> None:
        self._spawn(self._trash_all(list(clip_ids)), "move clips to the trash")

    async def _trash_all(self, clip_ids: list[str]) -> None:
        moved: list[str] = []
        try:
            for clip_id in clip_ids:
                if self._stage.clip is not None and self._stage.clip.clip_id == clip_id:
                    self._stage.show_nothing()
                    self._allow()
                await self._library().trash(clip_id)
                moved.append(clip_id)
        finally:
            if moved:
                self._tell_deleted(moved)

    def _tell_deleted(self, moved: list[str]) -> None:
        self._deleted.append(moved)
        self._actions.allow(Needs.DELETED, there=True)
        if len(moved) == 1:
            text = self.tr("The clip is in the trash.")
        else:
            text = self.tr("{count} clips are in the trash.").format(count=len(moved))
        self._notices.show_notice(Notice(key=_DELETED, text=text, action=self.tr("Undo")))

    def _delete(self) -> None:
        chosen = list(self._panel.selected_ids)
        if not chosen and self._stage.clip is not None:
            chosen = [self._stage.clip.clip_id]
        if chosen:
            self._trash(chosen)

    def _undo_delete(self) -> None:
        self._notices.take_back(_DELETED)
        if self._deleted:
            self._spawn(self._bring_back(self._deleted.pop()), "bring clips back")
        self._actions.allow(Needs.DELETED, there=bool(self._deleted))

    async def _bring_back(self, clip_ids: list[str]) -> None:
        for clip_id in clip_ids:
            await self._library().undo_trash(clip_id)

    def _save_as(self) -> None:
        clip = self._stage.clip
        if clip is None:
            return
        self._choose_file(
            self.tr("Save the clip as"),
            clip.path.name,
            lambda target: self._library().save_as(clip.clip_id, target),
        )

    def _save_frame(self) -> None:
        clip, index = self._stage.clip, self._stage.frame
        if clip is None:
            return
        self._choose_file(
            self.tr("Save the frame as"),
            f"{clip.path.stem} frame {index}.png",
            lambda target: self._library().save_frame(clip.clip_id, index, target),
        )

    def _choose_file(
        self, title: str, name: str, save: Callable[[Path], Coroutine[object, object, Path]]
    ) -> None:
        dialog = QFileDialog(self._stage.window(), title)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setDirectory(str(self._folder_to_save_in()))
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda chosen: self._spawn(save(Path(chosen)), "save a file"))
        dialog.open()

    def _folder_to_save_in(self) -> Path:
        """The folder of clips, or the nearest one above it that is there."""
        if self._studio is None:
            return Path.home()
        chosen = self._studio.settings.current.clips_folder
        folder = Path(chosen) if chosen else self._studio.folders.clips
        return next((one for one in (folder, *folder.parents) if one.is_dir()), Path.home())

    def _open_elsewhere(self, clip: Clip) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(clip.path)))

    def _show_in_folder(self) -> None:
        if self._stage.clip is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._stage.clip.path.parent)))

    def _copy_clip(self) -> None:
        if self._stage.clip is not None:
            data = QMimeData()
            data.setUrls([QUrl.fromLocalFile(str(self._stage.clip.path))])
            QGuiApplication.clipboard().setMimeData(data)

    def _copy_prompt(self) -> None:
        if self._stage.clip is not None:
            QGuiApplication.clipboard().setText(self._stage.clip.prompt)

    def _show_neighbor(self, by: int) -> None:
        here = self._stage.clip.clip_id if self._stage.clip else ""
        found = self._panel.neighbor(here, by)
        if found:
            self.show(found)

    def _toggle_full_screen(self) -> None:
        if self._full_screen is not None:
            self._full_screen.close()
            return
        screen = FullScreen(self._stage, [a for a in self._actions if a.isEnabled()])
        screen.closed.connect(self._full_screen_left)
        self._full_screen = screen
        screen.showFullScreen()

    def _full_screen_left(self) -> None:
        self._full_screen = None
        self._actions.full_screen.setChecked(False)

    def _set_loop(self, loop: bool) -> None:
        self._change(loop=loop)
        self._apply_playback()

    def _set_muted(self, muted: bool) -> None:
        self._change(muted=muted)
        self._apply_playback()

    def _set_volume(self, volume: int) -> None:
        self._loudness = max(0, min(100, volume))
        self._keep_volume_soon.start()
        self._apply_playback()

    def _keep_volume(self) -> None:
        if self._loudness is not None:
            self._change(volume=self._loudness)

    def _volume(self) -> int:
        if self._loudness is not None:
            return self._loudness
        return self._studio.settings.current.volume if self._studio else 80

    def _change(self, **changes: object) -> None:
        if self._studio is not None:
            self._studio.settings.change(**changes)

    def _apply_playback(self) -> None:
        if self._studio is not None:
            settings = self._studio.settings.current
            self._stage.set_loop(loop=settings.loop)
            self._stage.set_sound(self._volume(), muted=settings.muted)

    def _allow(self) -> None:
        clip = self._stage.clip
        self._actions.allow(Needs.CLIP, there=clip is not None)
        rehearsed = clip is not None and clip.made_by is MadeBy.REHEARSAL
        self._actions.allow(Needs.REHEARSED, there=rehearsed)
        kind = clip.kind if clip is not None else None
        self._actions.allow(Needs.FOOTAGE, there=kind is MediaKind.VIDEO)
        self._actions.allow(Needs.MOVING, there=kind in {MediaKind.VIDEO, MediaKind.AUDIO})
        self._actions.show_stars(clip.stars if clip else None)

    def _library(self) -> Library:
        if self._studio is None:
            raise RuntimeError("the engine is not up")
        return self._studio.library

    def _spawn(self, work: Coroutine[object, object, object], name: str) -> None:
        if self._studio is not None:
            self._studio.tasks.spawn(work, name, self._say_error)

    def _say_error(self, error: BaseException) -> None:
        if isinstance(error, ProblemError):
            notice = Notice(
                key=error.problem.code, text=say(error.problem).text, tone=NoticeTone.PROBLEM
            )
            self._notices.show_notice(notice)
