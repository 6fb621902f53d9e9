"""The actions as Qt knows them: built once, shared by menus, buttons, shortcuts and the palette."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from kling_desktop.ui.action_list import ACTIONS, CONTEXT, MENU_TITLES, ActionSpec, Needs
from kling_desktop.ui.icons import icon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget

_MAC_ROLES = {
    "about": QAction.MenuRole.AboutRole,
    "preferences": QAction.MenuRole.PreferencesRole,
    "quit": QAction.MenuRole.QuitRole,
}
_CHECKED_PICTURES = {"play": "pause", "mute": "volume-x", "full_screen": "minimize"}
_CHECKED_AT_FIRST = ("loop", "rehearse", "theme_system", "show_make", "show_library", "show_queue")


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One action in words that are translated already."""

    action: QAction
    text: str
    tip: str
    keys: str
    title: str
    """Of the menu or the tool that it belongs to."""


class Actions(QObject):
    """Every action of the program by name: `actions.play`, `actions.generate`.

    What needs something begins disabled; `allow` says that it is there. `starred` carries the
    stars that a person gave by menu or key. `visiting` are those of a tool that is open just now,
    by its title; they stand in the list of all commands and in no menu.
    """

    starred = Signal(int)

    new_draft: QAction
    recent_drafts: QAction
    open_picture: QAction
    add_model: QAction
    refresh_models: QAction
    save_as: QAction
    show_in_folder: QAction
    preferences: QAction
    quit: QAction
    undo: QAction
    redo: QAction
    begin_from_picture: QAction
    begin_from_text: QAction
    begin_start_end: QAction
    begin_references: QAction
    begin_edit: QAction
    begin_lip_sync: QAction
    begin_effects: QAction
    begin_more: QAction
    choose_model: QAction
    favor_model: QAction
    add_end: QAction
    swap_pictures: QAction
    loop_pictures: QAction
    frame_picture: QAction
    motion_brush: QAction
    copy_clip: QAction
    copy_prompt: QAction
    paste_picture: QAction
    delete_clip: QAction
    undo_delete: QAction
    another_take: QAction
    edit_as_new: QAction
    continue_clip: QAction
    lip_sync_clip: QAction
    save_frame: QAction
    make_real: QAction
    stars_0: QAction
    stars_1: QAction
    stars_2: QAction
    stars_3: QAction
    stars_4: QAction
    stars_5: QAction
    generate: QAction
    rehearse: QAction
    real: QAction
    pause_sending: QAction
    cancel: QAction
    hold: QAction
    send_now: QAction
    copy_request_id: QAction
    show_log: QAction
    play: QAction
    stop: QAction
    step_back: QAction
    step_forward: QAction
    go_to_start: QAction
    go_to_end: QAction
    loop: QAction
    mute: QAction
    volume_up: QAction
    volume_down: QAction
    full_screen: QAction
    next_clip: QAction
    previous_clip: QAction
    command_palette: QAction
    find: QAction
    show_make: QAction
    show_library: QAction
    show_queue: QAction
    fold_queue: QAction
    theme_system: QAction
    theme_light: QAction
    theme_dark: QAction
    text_larger: QAction
    text_smaller: QAction
    text_normal: QAction
    restore_layout: QAction
    getting_started: QAction
    keyboard_shortcuts: QAction
    open_log_folder: QAction
    copy_diagnostics: QAction
    about: QAction

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._specs: dict[QAction, ActionSpec] = {}
        self._groups: dict[str, QActionGroup] = {}
        self.visiting: tuple[str, tuple[QAction, ...]] = ("", ())
        for spec in ACTIONS:
            action = _built(spec, self)
            self._specs[action] = spec
            setattr(self, spec.name, action)
            self._join_group(action, spec)
        for name in _CHECKED_AT_FIRST:
            self.named(name).setChecked(True)
        self._groups["stars"].triggered.connect(self._give_stars)

    def named(self, name: str) -> QAction:
        """The action of that name. Raises AttributeError for any other."""
        action = getattr(self, name)
        if not isinstance(action, QAction):
            raise AttributeError(name)
        return action

    def spec(self, action: QAction) -> ActionSpec:
        """The facts an action was built from."""
        return self._specs[action]

    def all(self) -> tuple[Command, ...]:
        """Every action in words, those that are visiting last."""
        translate = QCoreApplication.translate
        titles = dict(MENU_TITLES)
        own = (
            Command(
                action=action,
                text=plain_text(action),
                tip=translate(CONTEXT, spec.tip),
                keys=keys_of(spec),
                title=translate(CONTEXT, titles[spec.menu]),
            )
            for action, spec in self._specs.items()
        )
        title, guests = self.visiting
        shown = QKeySequence.SequenceFormat.NativeText
        more = (
            Command(
                action=action,
                text=plain_text(action),
                tip=action.statusTip(),
                keys=action.shortcut().toString(shown),
                title=title,
            )
            for action in guests
        )
        return (*own, *more)

    def __iter__(self) -> Iterator[QAction]:
        return iter(self._specs)

    def allow(self, need: Needs, *, there: bool) -> None:
        """Enable or disable everything that needs one thing."""
        for action, spec in self._specs.items():
            if spec.needs is need:
                action.setEnabled(there)

    def show_stars(self, stars: int | None) -> None:
        """Check the stars of the clip on the stage; None where there is no clip."""
        group = self._groups["stars"]
        group.setExclusionPolicy(QActionGroup.ExclusionPolicy.None_)
        for number in range(6):
            self.named(f"stars_{number}").setChecked(number == stars)
        group.setExclusionPolicy(QActionGroup.ExclusionPolicy.Exclusive)

    def fill(self, bar: QMenuBar, window: QWidget) -> None:
        """Lay the menus into a menu bar, and make all shortcuts work in that window."""
        window.addActions(list(self._specs))
        for menu, title in MENU_TITLES:
            shown = QMenu(QCoreApplication.translate(CONTEXT, title), bar)
            shown.setToolTipsVisible(True)
            bar.addMenu(shown)
            self._fill_menu(shown, [a for a, spec in self._specs.items() if spec.menu is menu])

    def _fill_menu(self, menu: QMenu, actions: list[QAction]) -> None:
        submenus: dict[str, QMenu] = {}
        for action in actions:
            spec = self._specs[action]
            if spec.rule_above:
                menu.addSeparator()
            if not spec.submenu:
                menu.addAction(action)
                continue
            if spec.submenu not in submenus:
                title = QCoreApplication.translate(CONTEXT, spec.submenu)
                submenus[spec.submenu] = menu.addMenu(title)
            submenus[spec.submenu].addAction(action)

    def _join_group(self, action: QAction, spec: ActionSpec) -> None:
        if not spec.group:
            return
        if spec.group not in self._groups:
            self._groups[spec.group] = QActionGroup(self)
        self._groups[spec.group].addAction(action)

    def _give_stars(self, action: QAction) -> None:
        self.starred.emit(int(self._specs[action].name.removeprefix("stars_")))


def _built(spec: ActionSpec, parent: QObject) -> QAction:
    text = QCoreApplication.translate(CONTEXT, spec.text)
    action = QAction(text, parent)
    action.setObjectName(spec.name)
    if spec.icon:
        action.setIcon(icon(spec.icon, checked=_CHECKED_PICTURES.get(spec.name, "")))
    action.setShortcuts([QKeySequence(key) for key in spec.keys])
    action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
    action.setAutoRepeat(spec.repeats)
    action.setCheckable(spec.checkable)
    action.setToolTip(tip_of(spec))
    action.setMenuRole(_MAC_ROLES.get(spec.mac_role, QAction.MenuRole.NoRole))
    action.setEnabled(spec.needs is Needs.NOTHING)
    return action


def tip_of(spec: ActionSpec) -> str:
    """The tooltip: what it does and its first key, as this system writes keys."""
    tip = QCoreApplication.translate(CONTEXT, spec.tip)
    keys = keys_of(spec)
    return f"{tip} ({keys})" if keys else tip


def keys_of(spec: ActionSpec) -> str:
    """The first shortcut as this system writes it; empty where there is none."""
    if not spec.keys:
        return ""
    return QKeySequence(spec.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)


def plain_text(action: QAction) -> str:
    """The text of an action without the mark of its menu letter."""
    return action.text().replace("&&", "\0").replace("&", "").replace("\0", "&")
