"""Everything around the work: foot of the window, preferences, palette, look, help, telling."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog

from kling_desktop import __version__
from kling_desktop.records.problem import ProblemError
from kling_desktop.ui.message_box import question
from kling_desktop.ui.notices import Notice, NoticeTone
from kling_desktop.ui.words import say

if TYPE_CHECKING:
    from kling_desktop.core.settings import Settings
    from kling_desktop.core.studio import Studio
    from kling_desktop.records.clip import Clip
    from kling_desktop.records.problem import Problem
    from kling_desktop.ui.actions import Actions
    from kling_desktop.ui.main_window import MainWindow
    from kling_desktop.ui.notices import Notices
    from kling_desktop.ui.palette import CommandPalette
    from kling_desktop.ui.settings.preferences import Preferences
    from kling_desktop.ui.status_strip import StatusStrip
    from kling_desktop.ui.told import Told
    from kling_desktop.ui.work.keys import Keys

_PAUSED = "paused"
_TEXT_STEPS = (90, 100, 110, 125, 150)
_PAGES = {
    "requests": "https://fal.ai/dashboard/requests",
    "billing": "https://fal.ai/dashboard/billing",
}


class Chrome(QObject):
    """Ties menus and the foot of the window to settings, key and notices."""

    clip_wished = Signal(str)

    def __init__(
        self,
        window: MainWindow,
        actions: Actions,
        notices: Notices,
        status: StatusStrip,
        keys: Keys,
    ) -> None:
        super().__init__(window)
        self._window, self._actions = window, actions
        self._notices, self._status, self._keys = notices, status, keys
        self._studio: Studio | None = None
        self._preferences: Preferences | None = None
        self._palette: CommandPalette | None = None
        self._told: Told | None = None
        status.show_hints(self.tr("Ctrl+Enter generate · Space play · Ctrl+K all commands"))
        actions.command_palette.triggered.connect(self._open_palette)
        actions.about.triggered.connect(self._about)
        notices.acted.connect(self._notice_acted)

    def attach(self, studio: Studio) -> None:
        """The engine is up."""
        from kling_desktop.ui.told import Told

        self._studio = studio
        self._told = Told(self._window)
        self._told.set_wanted(studio.settings.current.notify)
        studio.jobs.clip_made.connect(self._clip_made)
        studio.credentials.changed.connect(lambda _state: self._show_key())
        studio.settings.subscribe(self._settings_changed)
        studio.jobs.sending_paused_changed.connect(self._sending_paused)
        if studio.jobs.sending_paused:
            self._say_paused()
        self._tie_actions()
        self._show_look(studio.settings.current)

    def say_error(self, error: object) -> None:
        """A wish could not be fulfilled: why, in a notice."""
        if isinstance(error, ProblemError):
            self.say_problem(error.problem)

    def say_problem(self, problem: Problem) -> None:
        """A problem without a place of its own."""
        text = self._keys.server.named(say(problem).text)
        notice = Notice(key=problem.code, text=text, tone=NoticeTone.PROBLEM)
        self._notices.show_notice(notice)

    def say(self, text: str) -> None:
        """A plain sentence."""
        self._notices.show_notice(Notice(key=text, text=text))

    def open_page(self, name: str) -> None:
        """A page of fal's own, where real work goes to fal itself."""
        if self._keys.server.is_official:
            QDesktopServices.openUrl(QUrl(_PAGES[name]))
        else:
            self.say(self.tr("Real work goes to another server here, which has no such page."))

    def choose_folder(self) -> None:
        """Another folder for clips."""
        dialog = QFileDialog(self._window, self.tr("Choose the folder for clips"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self._change("clips_folder", chosen))
        dialog.open()

    def reveal(self, path: object) -> None:
        """The folder that holds a file."""
        if isinstance(path, Path):
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))

    def open_clips_folder(self) -> None:
        """Where the clips of the project lie."""
        if self._studio is None:
            return
        chosen = self._studio.settings.current.clips_folder
        folder = Path(chosen) if chosen else self._studio.folders.clips
        folder.mkdir(parents=True, exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def close(self) -> None:
        """Nothing more is told."""
        if self._told is not None:
            self._told.close()

    def _tie_actions(self) -> None:
        actions = self._actions
        actions.preferences.triggered.connect(lambda: self._open_preferences("folders"))
        self._status.asked.connect(lambda: self._open_preferences("key"))
        for mode in ("system", "light", "dark"):
            action = actions.named(f"theme_{mode}")
            action.triggered.connect(lambda _=False, one=mode: self._change("theme", one))
        actions.text_larger.triggered.connect(lambda: self._step_text(1))
        actions.text_smaller.triggered.connect(lambda: self._step_text(-1))
        actions.text_normal.triggered.connect(lambda: self._change("text_percent", 100))
        actions.open_log_folder.triggered.connect(self._open_log_folder)
        actions.copy_diagnostics.triggered.connect(self._copy_diagnostics)
        if self._told is not None:
            self._told.asked.connect(self.clip_wished)

    def _settings_changed(self, settings: Settings) -> None:
        self._show_look(settings)
        if self._told is not None:
            self._told.set_wanted(settings.notify)
        if self._preferences is not None:
            self._preferences.show_settings(settings)

    def _show_look(self, settings: Settings) -> None:
        self._actions.named(f"theme_{settings.theme}").setChecked(True)

    def _show_key(self) -> None:
        if self._preferences is not None:
            self._preferences.show_key(self._keys.view())

    def _say_paused(self) -> None:
        """What a person paused in an earlier run would be forgotten by now."""
        text = self.tr("Sending is still paused from the last time. Real jobs stay here.")
        notice = Notice(key=_PAUSED, text=text, action=self.tr("Send again"), stays=True)
        self._notices.show_notice(notice)

    def _notice_acted(self, key: str) -> None:
        if key == _PAUSED:
            self._actions.pause_sending.setChecked(False)

    def _sending_paused(self, paused: bool) -> None:
        if not paused:
            self._notices.take_back(_PAUSED)

    def _clip_made(self, clip: Clip) -> None:
        if self._told is not None:
            self._told.clip_ready(clip.clip_id, clip.title)

    def _open_palette(self) -> None:
        from kling_desktop.ui.palette import CommandPalette

        if self._palette is None:
            self._palette = CommandPalette(self._actions, self._window)
        self._palette.open()

    def _open_preferences(self, page: str) -> None:
        studio = self._studio
        if studio is None:
            return
        if self._preferences is None:
            from kling_desktop.ui.settings.preferences import Preferences

            self._preferences = Preferences(
                self._preview_name, str(studio.folders.clips), self._window
            )
            self._preferences.changed.connect(self._change)
            self._preferences.key_change_asked.connect(self._keys.ask)
            self._preferences.key_forget_asked.connect(self._keys.forget)
            self._preferences.defaults_asked.connect(self._back_to_defaults)
        self._preferences.show_settings(studio.settings.current)
        self._preferences.show_key(self._keys.view())
        self._preferences.show()
        self._preferences.raise_()
        self._preferences.show_page(page)

    def _preview_name(self, template: str) -> str:
        from kling_desktop.core.naming import slug

        title = slug(self.tr("Cat turns to the window"))
        name = template.replace("{title}", title).replace("{take}", "A")
        return f"{name}.mp4"

    def _back_to_defaults(self) -> None:
        from kling_desktop.core.settings import Settings

        if self._studio is not None:
            now, fresh = self._studio.settings.current, Settings()
            kept = {"uploads", "keyring_name", "has_stored_key", "menu_offered", "sending_paused"}
            kept |= {"favorite_models", "recent_models"}
            names = [name for name in now.__slots__ if name not in kept]
            self._studio.settings.change(**{name: getattr(fresh, name) for name in names})

    def _change(self, name: str, value: object) -> None:
        if self._studio is None:
            return
        settings = self._studio.settings
        try:
            settings.change(**{name: value})
        except ValueError:
            return
        if settings.trouble:
            words = self.tr("This holds until the program ends; it could not be kept: {reason}")
            self.say(words.format(reason=settings.trouble))

    def _step_text(self, by: int) -> None:
        if self._studio is None:
            return
        now = self._studio.settings.current.text_percent
        near = min(range(len(_TEXT_STEPS)), key=lambda place: abs(_TEXT_STEPS[place] - now))
        step = max(0, min(len(_TEXT_STEPS) - 1, near + by))
        self._change("text_percent", _TEXT_STEPS[step])

    def _open_log_folder(self) -> None:
        if self._studio is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._studio.folders.logs)))

    def _copy_diagnostics(self) -> None:
        if self._studio is not None:
            QGuiApplication.clipboard().setText(self._studio.diagnostics())
            self.say(self.tr("Copied. No key and no file name is in it."))

    def _about(self) -> None:
        question(
            self._window,
            self.tr("About Kling Desktop"),
            self.tr("Kling Desktop {version}").format(version=__version__),
            self.tr("MIT license. Icons by Lucide (ISC), letters by Inter (OFL), Qt (LGPL)."),
        ).open()
