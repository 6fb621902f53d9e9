"""The window and its desks: built for the first paint, tied to the engine when that is up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from kling_desktop.bundled import resources
from kling_desktop.records.job import MadeBy
from kling_desktop.ui.action_list import Needs
from kling_desktop.ui.actions import Actions
from kling_desktop.ui.form.form import Form
from kling_desktop.ui.jobs.queue_panel import QueuePanel
from kling_desktop.ui.jobs.rail import QueueRail
from kling_desktop.ui.jobs.row import Group
from kling_desktop.ui.length_ruler import LengthRuler
from kling_desktop.ui.library.strip import LibraryPanel
from kling_desktop.ui.main_window import Panels
from kling_desktop.ui.make_column import MakeColumn
from kling_desktop.ui.notices import Notices
from kling_desktop.ui.player.stage import Stage
from kling_desktop.ui.stage_place import StagePlace
from kling_desktop.ui.status_strip import StatusStrip
from kling_desktop.ui.window_memory import WindowMemory
from kling_desktop.ui.work.adding import Adding
from kling_desktop.ui.work.brush_desk import BrushDesk
from kling_desktop.ui.work.choice_actions import ChoiceActions
from kling_desktop.ui.work.choosing import Choosing
from kling_desktop.ui.work.chrome import Chrome
from kling_desktop.ui.work.foot import Foot
from kling_desktop.ui.work.framing_desk import FramingDesk
from kling_desktop.ui.work.hearing import Hearing
from kling_desktop.ui.work.help import Help
from kling_desktop.ui.work.keys import Keys
from kling_desktop.ui.work.lengths import LengthsDesk
from kling_desktop.ui.work.lip_syncing import LipSyncing
from kling_desktop.ui.work.listening import Listening
from kling_desktop.ui.work.made_voices import MadeVoices
from kling_desktop.ui.work.making import Making
from kling_desktop.ui.work.media_desk import MediaDesk
from kling_desktop.ui.work.order_words import Wait
from kling_desktop.ui.work.ordering import Ordering
from kling_desktop.ui.work.outside import Outside
from kling_desktop.ui.work.pictures import Pictures
from kling_desktop.ui.work.pressing import Pressing
from kling_desktop.ui.work.project_desk import ProjectDesk
from kling_desktop.ui.work.questions import Questions
from kling_desktop.ui.work.recalling import Recalling
from kling_desktop.ui.work.recent import Recent
from kling_desktop.ui.work.remedies import Remedies
from kling_desktop.ui.work.showing import Showing
from kling_desktop.ui.work.sights import ClipPosters, JobSights
from kling_desktop.ui.work.undoing import Undoing
from kling_desktop.ui.work.watching import Watching
from kling_desktop.ui.work.waves import Waves

if TYPE_CHECKING:
    from kling_desktop.core.studio import Studio
    from kling_desktop.ui.main_window import MainWindow
    from kling_desktop.ui.theme import Theme
    from kling_desktop.ui.work.opening import Opening

_LAST_CLIP = "stage/clip"


class Desk(QObject):
    """Owns the window. What needs the engine waits for `attach`."""

    def __init__(self, opening: Opening, theme: Theme, window: MainWindow) -> None:
        super().__init__()
        self.opening, self.theme, self.window = opening, theme, window
        self.actions = Actions(self)
        self._shelve()
        self._posters = ClipPosters(self.pictures)
        self._sights = JobSights(self.pictures)
        self._furnish()
        self._furnish_window()
        self._man()
        self.queue.show_jobs(opening.jobs)
        self._tie()
        self._tie_brush()
        self._tie_lips()
        self._tie_sounds()
        self._remember_window()
        if opening.is_first_start:
            self.column.order_bar.button.setFocus()

    def _man(self) -> None:
        """Somebody for everything that is done in the window."""
        opening = self.opening
        self.notices = Notices(self.window)
        self.keys = Keys(self.window, opening.server)
        self.choosing = Choosing(self.column, opening.catalog(), opening.settings, opening.drafts)
        self.making = Making(self.column, self.form, self.media, self.choosing, opening.drafts)
        self.making.show_server(opening.server)
        self.making.recognize(opening.jobs)
        self.pressing = Pressing(self.making, self.column, self.media)
        self.ordering = Ordering(self.making, self.column, self.keys)
        self.recalling = Recalling(self.making, self.ordering)
        self.showing = Showing(self.stage, self.library, self.actions, self.notices, self._posters)
        self.watching = Watching(self.queue, self.actions)
        self.chrome = Chrome(self.window, self.actions, self.notices, self.status, self.keys)
        self.foot = Foot(self.status, self.notices, self.keys)
        self.questions = Questions(self.window, self.media)
        self.lengths = LengthsDesk(self.ruler, self.making)
        self.brush = BrushDesk(self.place, self.stage, self.making, self.media, self.pictures)
        self._add_shapes()
        self.help = Help(self.window, self.actions)
        self.recent = Recent(self.column, self.making)
        self.adding = Adding(self.window, self.making, self.choosing, self.actions)
        self.outside = Outside(self.window)

    def _shelve(self) -> None:
        opening = self.opening
        self.pictures = Pictures(self)
        self.waves, self.listening = Waves(self), Listening(self)
        self.media = MediaDesk(
            opening.known_input, opening.input_path, self.pictures, self.waves, self.listening
        )

    def attach(self, studio: Studio) -> None:
        """The engine is up: from now on everything does what it says."""
        for part in (
            self.media,
            self._posters,
            self._sights,
            self.keys,
            self.making,
            self.voices,
            self.ordering,
            self.recalling,
            self.lip_syncing,
            self.showing,
            self.hearing,
            self.watching,
            self.chrome,
            self.foot,
            self.remedies,
            self.lengths,
            self.framing,
            self.brush,
            self.recent,
            self.adding,
            self.outside,
        ):
            part.attach(studio)

        QApplication.setWindowIcon(QIcon(str(resources() / "program.svg")))
        self._show_last_clip()
        self._focus_where_work_begins()
        # Last: a press that came early is carried out by all the others.
        self.pressing.attach(studio)

    def close(self) -> None:
        """The window is about to go."""
        self._keep_place()
        self.opening.drafts.save()
        self.chrome.close()
        self.showing.close()
        self.pictures.close()
        self.waves.close()
        self.listening.close()
        # Qt takes the window apart in its own order: the form's history may outlive the actions.
        self.form.undo_stack.blockSignals(True)

    def _tie(self) -> None:
        actions, making, watching = self.actions, self.making, self.watching
        self.foot.follow(making)
        ChoiceActions(actions, self.column, self.choosing)
        for part in (self.ordering, self.recalling, watching, self.adding):
            part.failed.connect(self.chrome.say_error)
        for teller in (self.recalling, self.ordering, self.pressing, self.keys, self.adding):
            teller.said.connect(self.chrome.say)
        self.questions.refused.connect(self.chrome.say)
        self.showing.settings_wished.connect(self.recalling.recall)
        self.showing.continuation_wished.connect(self.recalling.go_on_from)
        watching.settings_wished.connect(self.recalling.recall)
        watching.clip_wished.connect(self.showing.show)
        watching.key_wished.connect(self.keys.ask)
        watching.consent_wished.connect(lambda: self.ordering.ask_consent())
        watching.folder_wished.connect(self.chrome.choose_folder)
        watching.page_wished.connect(self.chrome.open_page)
        making.ready_changed.connect(lambda ready: actions.allow(Needs.READY, there=ready))
        self.pressing.order_wished.connect(self.ordering.begin)
        actions.generate.triggered.connect(self.pressing.press)
        actions.new_draft.triggered.connect(making.start_new)
        actions.recent_drafts.triggered.connect(self.recent.open)
        actions.rehearse.triggered.connect(lambda: making.choose_made_by(MadeBy.REHEARSAL))
        actions.real.triggered.connect(lambda: making.choose_made_by(MadeBy.FAL))
        Undoing(actions, self.form.undo_stack, self.place)
        actions.find.triggered.connect(self.library.focus_search)
        actions.paste_picture.triggered.connect(lambda: self.form.paste())
        actions.open_picture.triggered.connect(self.questions.choose_picture)
        self.questions.picture_chosen.connect(self.form.take_mime)
        self.form.remedy_wanted.connect(self.remedies.apply)
        self.form.way_wanted.connect(self.remedies.take)
        self.remedies.model_wished.connect(self.choosing.choose_model)
        self.remedies.said.connect(self.chrome.say)
        self.remedies.failed.connect(self.chrome.say_error)
        self.form.reveal_wanted.connect(self.chrome.reveal)
        self.chrome.clip_wished.connect(self.showing.show)

    def _tie_sounds(self) -> None:
        """One thing is heard at a time, and as loud as clips are."""
        settings = self.opening.settings
        self.form.part_wanted.connect(self.remedies.use_part)
        self.lengths.part_wished.connect(self.remedies.use_part)
        self.remedies.work_changed.connect(self.media.show_work)
        self.listening.volume = lambda: (settings.current.volume, settings.current.muted)
        self.listening.began.connect(self._rest_stage)
        self.stage.playing_changed.connect(self.listening.give_way)

    def _rest_stage(self) -> None:
        if not self.stage.is_idle:
            self.stage.toggle()

    def _add_shapes(self) -> None:
        """What gives pictures another shape, and the project that asks for one."""
        project = self.opening.project
        self.remedies = Remedies(self.making, project)
        self.framing = FramingDesk(
            self.place, self.making, self.media, self.pictures, self.remedies, project
        )
        self.project = ProjectDesk(self.window, project, self.chrome)

    def _tie_brush(self) -> None:
        brush, actions = self.brush, self.actions
        self.form.brush_wanted.connect(brush.wish)
        self.form.changed.connect(brush.look)
        actions.motion_brush.triggered.connect(brush.open)
        brush.ready_changed.connect(lambda can: actions.allow(Needs.BRUSH, there=can))
        brush.failed.connect(self.chrome.say_error)
        self.pressing.first = [
            (Wait.FILE, self.framing.writes_first),
            (Wait.FILE, self.remedies.writes_first),
            (Wait.FILE, self.form.reading),
            (Wait.MASKS, brush.writes_first),
        ]
        for written in (self.remedies.written, self.form.files_read, brush.written):
            written.connect(self.pressing.go_on)
        self.remedies.made.connect(brush.put_picture)
        framing = self.framing
        framing.make_room = brush.finish
        brush.make_room = framing.finish
        framing.ready_changed.connect(lambda can: actions.allow(Needs.PICTURE, there=can))
        actions.frame_picture.triggered.connect(framing.open_first)
        self.showing.is_taken = lambda: self.place.is_taken
        self.showing.clip_shown.connect(lambda _clip_id: brush.finish())
        self.showing.clip_shown.connect(lambda _clip_id: framing.finish())

    def _tie_lips(self) -> None:
        self.hearing = Hearing(self.form, self.making, self.choosing, self.ordering)
        self.lip_syncing = LipSyncing(self.choosing)
        for teller in (self.hearing, self.lip_syncing):
            teller.said.connect(self.chrome.say)
            teller.failed.connect(self.chrome.say_error)
        self.hearing.play_wished.connect(self.showing.show)
        self.hearing.arrived.connect(self._play_what_came)
        self.showing.lip_sync_wished.connect(self.lip_syncing.begin)
        self.making.edited.connect(self.voices.look)

    def _furnish(self) -> None:
        opening, actions = self.opening, self.actions
        self.voices = MadeVoices(opening.drafts, self)
        self.form = Form(self.media, voices=self.voices.choices)
        self.voices.changed.connect(self.form.renew_voices)
        self.form.setContentsMargins(16, 0, 16, 12)
        self.ruler = LengthRuler()
        self.form.put_below(self.ruler)
        self.column = MakeColumn()
        self.column.set_form(self.form)
        self.stage = Stage(actions)
        self.place = StagePlace(self.stage)
        self.status = StatusStrip()
        self.library = LibraryPanel(opening.clips, self._posters, actions, self._model_name)
        self.queue = QueuePanel(
            self._sights,
            actions.pause_sending,
            self._sights.facts,
            fold_action=actions.fold_queue,
        )
        self.rail = QueueRail()
        for part in (self.queue, self.rail):
            part.show_server(opening.server)
        self.queue.counts_changed.connect(self.rail.show_counts)
        self.rail.open_asked.connect(self.window.unfold_queue)
        self.rail.group_asked.connect(self._show_group)

    def _furnish_window(self) -> None:
        panels = Panels(
            make=self.column,
            stage=self.place,
            library=self.library,
            queue=self.queue,
            rail=self.rail,
            status=self.status,
        )
        self.window.furnish(panels, self.actions)
        for action in self.actions:
            action.setToolTip(self.opening.server.named(action.toolTip()))

    def _model_name(self, endpoint_id: str) -> str:
        endpoint = self.opening.catalog().endpoint(endpoint_id)
        return endpoint.title.removeprefix("Kling ") if endpoint else endpoint_id.rsplit("/")[-1]

    def _play_what_came(self, clip_id: str) -> None:
        """A stage that was idle plays it already; where somebody works, it waits in the library."""
        if self.place.is_taken:
            return
        if self.stage.is_idle or self.stage.clip is None or self.stage.clip.clip_id != clip_id:
            self.showing.show(clip_id)

    def _remember_window(self) -> None:
        self._memory = WindowMemory(self.opening.folders.window)
        self._last_clip_is_back = False
        keep_soon = QTimer(self, singleShot=True, interval=400)
        keep_soon.timeout.connect(self._keep_place)
        self.window.moved_or_sized.connect(keep_soon.start)
        self.showing.clip_shown.connect(lambda _clip_id: keep_soon.start())

    def _show_group(self, group: str) -> None:
        self.window.unfold_queue()
        self.queue.show_group(Group(group))

    def _keep_place(self) -> None:
        self._memory.keep(self.window)
        if not self._last_clip_is_back:
            return
        shown = self.stage.clip.clip_id if self.stage.clip else ""
        self._memory.keep_word(_LAST_CLIP, shown)

    def _focus_where_work_begins(self) -> None:
        """The first start needs one press; later ones begin with the form."""
        if self.opening.is_first_start:
            self.column.order_bar.button.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        focused = QApplication.focusWidget()
        if focused is None or focused is self.window or self.status.isAncestorOf(focused):
            self.form.focus_first()

    def _show_last_clip(self) -> None:
        self._last_clip_is_back = True
        last = self._memory.word(_LAST_CLIP)
        if last and self.stage.clip is None:
            self.showing.show(last, play=False)
