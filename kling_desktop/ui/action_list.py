"""Every action of the program, as data: where it stands, its keys, its picture, what it needs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypedDict, Unpack

CONTEXT = "Actions"
"""Where the translators find the texts below."""


class Menu(StrEnum):
    """The menus, in the order of the menu bar."""

    FILE = "file"
    EDIT = "edit"
    MAKE = "make"
    CLIP = "clip"
    QUEUE = "queue"
    PLAYBACK = "playback"
    VIEW = "view"
    HELP = "help"


class Needs(StrEnum):
    """What must be there before an action can do anything."""

    NOTHING = ""
    CLIP = "clip"
    FOOTAGE = "clip that moves"
    REHEARSED = "rehearsed clip"
    JOB = "job"
    WAITING = "job that is still here"
    REQUEST = "job with a request id"
    MOVING = "something that plays"
    UNDO = "something to undo"
    REDO = "something to redo"
    DELETED = "deleted clip"
    READY = "form that can be sent"
    BRUSH = "picture that can be painted on"
    END = "model beside one that can end on a picture"
    SWAP = "first and last picture"
    LOOP = "first picture without the same as the last"
    PICTURE = "picture that can be framed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionSpec:
    """One action. `keys` are in Qt's portable words, where Ctrl is Command on a Mac."""

    name: str
    text: str
    menu: Menu = Menu.FILE
    keys: tuple[str, ...] = ()
    icon: str = ""
    tip: str = ""
    """One sentence for the tooltip; the shortcut is added to it."""
    needs: Needs = Needs.NOTHING
    checkable: bool = False
    group: str = ""
    """Exactly one action of a group is checked."""
    submenu: str = ""
    rule_above: bool = False
    mac_role: str = ""
    """about, preferences or quit: where a Mac puts it."""
    repeats: bool = False


MENU_TITLES: tuple[tuple[Menu, str], ...] = (
    (Menu.FILE, "&File"),
    (Menu.EDIT, "&Edit"),
    (Menu.MAKE, "&Make"),
    (Menu.CLIP, "&Clip"),
    (Menu.QUEUE, "&Queue"),
    (Menu.PLAYBACK, "&Playback"),
    (Menu.VIEW, "&View"),
    (Menu.HELP, "&Help"),
)


class _More(TypedDict, total=False):
    needs: Needs
    checkable: bool
    group: str
    submenu: str
    rule_above: bool
    mac_role: str
    repeats: bool


def _action(
    name: str, keys: str, icon: str, text: str, tip: str, **more: Unpack[_More]
) -> ActionSpec:
    spec = ActionSpec(
        name=name, keys=tuple(keys.split(" | ")), icon=icon, text=text, tip=tip, **more
    )
    return replace(spec, checkable=spec.checkable or bool(spec.group))


# fmt: off
_FILE: tuple[ActionSpec, ...] = (
    _action("new_draft", "Ctrl+N", "file-plus", "&New draft",
            "Start with an empty form. The present one stays under recent drafts."),
    _action("recent_drafts", "Ctrl+Shift+N", "history", "&Recent drafts…",
            "Bring back a form that another one took the place of."),
    _action("open_picture", "Ctrl+O", "image-plus", "&Open picture…",
            "Choose a picture from a folder for the form."),
    _action("add_model", "Ctrl+Shift+A", "plus", "&Add model…",
            "Use another model of fal, by its name or the address of its page.", rule_above=True),
    _action("refresh_models", "Ctrl+Shift+U", "refresh-cw", "Refresh the catalo&gue…",
            "Ask fal what its models take now, and look before anything changes."),
    _action("save_as", "Ctrl+Shift+S", "download", "&Save as…",
            "Save a copy of the clip where you want it.", needs=Needs.CLIP, rule_above=True),
    _action("show_in_folder", "Ctrl+Shift+F", "folder-search", "Sho&w in folder",
            "Open the folder that holds the clip.", needs=Needs.CLIP),
    _action("preferences", "Ctrl+,", "settings", "Pre&ferences…",
            "Folders, look, sending and the key.", rule_above=True, mac_role="preferences"),
    _action("quit", "Ctrl+Q", "log-out", "&Quit",
            "Close the program. What fal is making goes on there.",
            rule_above=True, mac_role="quit"),
)
_EDIT: tuple[ActionSpec, ...] = (
    _action("undo", "Ctrl+Z", "undo-2", "&Undo",
            "Take back the last change of the form.", needs=Needs.UNDO),
    _action("redo", "Ctrl+Shift+Z | Ctrl+Y", "redo-2", "&Redo",
            "Do it again.", needs=Needs.REDO),
    _action("copy_clip", "Ctrl+C", "copy", "&Copy clip",
            "Copy the file of the clip.", needs=Needs.CLIP, rule_above=True),
    _action("copy_prompt", "Ctrl+Shift+C", "clipboard-copy", "Copy pro&mpt",
            "Copy the words the clip was made from.", needs=Needs.CLIP),
    _action("paste_picture", "Ctrl+V", "clipboard-paste", "&Paste picture",
            "Use the picture on the clipboard."),
    _action("delete_clip", "Del", "trash-2", "&Delete clip",
            "Move the clip to the trash.", needs=Needs.CLIP, rule_above=True),
    _action("undo_delete", "Ctrl+Shift+Backspace", "rotate-ccw", "Undo d&elete",
            "Bring the last deleted clip back.", needs=Needs.DELETED),
)
_MAKE: tuple[ActionSpec, ...] = (
    _action("begin_from_picture", "Ctrl+1", "image", "From picture",
            "Make clips from a first picture.", group="intention", submenu="&Begin with"),
    _action("begin_from_text", "Ctrl+2", "type", "From text",
            "Make clips from words alone.", group="intention", submenu="&Begin with"),
    _action("begin_start_end", "Ctrl+3", "between-horizontal-start", "Start + end",
            "Make clips from a first picture to a last one.",
            group="intention", submenu="&Begin with"),
    _action("begin_references", "Ctrl+4", "layers", "References",
            "Make clips with people, things and places from pictures.",
            group="intention", submenu="&Begin with"),
    _action("begin_edit", "Ctrl+5", "scissors", "Edit a clip",
            "Change a clip that is there already.", group="intention", submenu="&Begin with"),
    _action("begin_lip_sync", "Ctrl+6", "mic", "Lip sync",
            "Make a face speak.", group="intention", submenu="&Begin with"),
    _action("begin_effects", "Ctrl+7", "sparkles", "Effects",
            "Use a ready-made effect.", group="intention", submenu="&Begin with"),
    _action("begin_more", "Ctrl+8", "ellipsis", "More",
            "Motion brush, camera moves, voices, sounds and pictures.",
            group="intention", submenu="&Begin with"),
    _action("choose_model", "Ctrl+Shift+K", "list", "&Choose a model…",
            "Open the list of models that can make this.", rule_above=True),
    _action("favor_model", "Ctrl+D", "star", "&Favorite model",
            "Keep the chosen model at the top of its list, or no longer.", checkable=True),
    _action("add_end", "Ctrl+Shift+E", "image-plus", "&Add an end picture",
            "Go to the nearest model that can arrive at a picture.",
            needs=Needs.END, rule_above=True),
    _action("swap_pictures", "Ctrl+Shift+X", "chevrons-up-down", "&Swap the pictures",
            "Begin with the end picture and end on the start picture.", needs=Needs.SWAP),
    _action("loop_pictures", "Ctrl+Shift+O", "repeat", "&Loop",
            "End on the start picture, so that the clip can play round.", needs=Needs.LOOP),
    _action("frame_picture", "Ctrl+Shift+B", "crop", "F&rame the picture…",
            "Choose what of the start picture is used, or put room around it.",
            needs=Needs.PICTURE, rule_above=True),
    _action("motion_brush", "Ctrl+B", "paintbrush", "&Motion brush…",
            "Paint over the start picture what moves, and where to.",
            needs=Needs.BRUSH),
)
_CLIP: tuple[ActionSpec, ...] = (
    _action("another_take", "Ctrl+T", "copy-plus", "&Another take",
            "Make one more clip with the same settings.", needs=Needs.CLIP),
    _action("edit_as_new", "Ctrl+E", "pencil", "&Edit as new",
            "Put the settings of the clip back into the form.", needs=Needs.CLIP),
    _action("continue_clip", "Ctrl+L", "corner-down-right", "C&ontinue from last frame",
            "Begin the next shot with the true last frame.", needs=Needs.CLIP),
    _action("lip_sync_clip", "Ctrl+J", "mic", "&Lip sync this clip",
            "Put the clip into the form for lip sync. What that form lacks is kept for later.",
            needs=Needs.FOOTAGE),
    _action("save_frame", "Ctrl+Shift+G", "camera", "Save a &frame",
            "Save the frame on the stage as a picture.", needs=Needs.CLIP),
    _action("make_real", "Ctrl+Shift+M", "sparkles", "&Make it for real",
            "Send the settings of this rehearsal to fal.", needs=Needs.REHEARSED, rule_above=True),
    _action("stars_0", "0", "star-off", "No stars",
            "Take the stars away.",
            needs=Needs.CLIP, group="stars", submenu="&Stars", rule_above=True),
    _action("stars_1", "1", "star", "1 star",
            "Rate the clip with 1 of 5 stars.", needs=Needs.CLIP, group="stars", submenu="&Stars"),
    _action("stars_2", "2", "star", "2 stars",
            "Rate the clip with 2 of 5 stars.", needs=Needs.CLIP, group="stars", submenu="&Stars"),
    _action("stars_3", "3", "star", "3 stars",
            "Rate the clip with 3 of 5 stars.", needs=Needs.CLIP, group="stars", submenu="&Stars"),
    _action("stars_4", "4", "star", "4 stars",
            "Rate the clip with 4 of 5 stars.", needs=Needs.CLIP, group="stars", submenu="&Stars"),
    _action("stars_5", "5", "star", "5 stars",
            "Rate the clip with 5 of 5 stars.", needs=Needs.CLIP, group="stars", submenu="&Stars"),
)
_QUEUE: tuple[ActionSpec, ...] = (
    _action("generate", "Ctrl+Return | Ctrl+Enter", "send", "&Generate",
            "Press the button below the form.", needs=Needs.READY),
    _action("rehearse", "Ctrl+Shift+H", "theater", "&Rehearse, free",
            "Make clips on this computer: nothing is sent, nothing is charged.",
            group="made_by", rule_above=True),
    _action("real", "Ctrl+Shift+R", "cloud", "R&eal work",
            "Make clips at fal, for money.", group="made_by"),
    _action("pause_sending", "Ctrl+Shift+P", "circle-pause", "&Pause sending",
            "Keep new jobs here. What fal already has goes on.", checkable=True, rule_above=True),
    _action("cancel", "Ctrl+Backspace", "circle-x", "&Cancel job",
            "Cancel the chosen job, as far as that is still possible.",
            needs=Needs.JOB, rule_above=True),
    _action("hold", "Ctrl+Shift+D", "hand", "&Hold",
            "Keep the chosen job here until you send it.", needs=Needs.WAITING),
    _action("send_now", "Ctrl+Shift+Return", "send-horizontal", "&Send now",
            "Send the chosen job that was held.", needs=Needs.WAITING),
    _action("copy_request_id", "Ctrl+Shift+I", "tag", "Copy request &id",
            "Copy the name fal gave the request.", needs=Needs.REQUEST, rule_above=True),
    _action("show_log", "Ctrl+Shift+L", "scroll-text", "Show &log",
            "What fal said about the chosen job.", needs=Needs.JOB),
)
_PLAYBACK: tuple[ActionSpec, ...] = (
    _action("play", "Space", "play", "&Play",
            "Play or pause.", needs=Needs.MOVING, checkable=True),
    _action("stop", "Shift+Space", "square", "&Stop",
            "Stop and go back to the first frame.", needs=Needs.MOVING),
    _action("step_back", ", | Left", "step-back", "Step &back",
            "One frame back.", needs=Needs.MOVING, rule_above=True, repeats=True),
    _action("step_forward", ". | Right", "step-forward", "Step &forward",
            "One frame on.", needs=Needs.MOVING, repeats=True),
    _action("go_to_start", "Home", "skip-back", "First frame",
            "Go to the first frame.", needs=Needs.MOVING),
    _action("go_to_end", "End", "skip-forward", "Last frame",
            "Go to the last frame.", needs=Needs.MOVING),
    _action("loop", "L", "repeat", "&Loop",
            "Begin again at the end.", checkable=True, rule_above=True),
    _action("mute", "M", "volume-2", "&Mute",
            "Sound off or on.", checkable=True),
    _action("volume_up", "Ctrl+Up", "volume-2", "Louder",
            "Turn the sound up.", repeats=True),
    _action("volume_down", "Ctrl+Down", "volume-1", "Quieter",
            "Turn the sound down.", repeats=True),
    _action("full_screen", "F | F11", "maximize", "F&ull screen",
            "Show the clip alone on the whole screen.",
            needs=Needs.MOVING, checkable=True, rule_above=True),
    _action("next_clip", "Ctrl+Right", "arrow-right", "&Next clip",
            "Show the next clip of the library.", rule_above=True, repeats=True),
    _action("previous_clip", "Ctrl+Left", "arrow-left", "P&revious clip",
            "Show the clip before this one.", repeats=True),
)
_VIEW: tuple[ActionSpec, ...] = (
    _action("command_palette", "Ctrl+K", "command", "All &commands…",
            "Find any command by a few letters."),
    _action("find", "Ctrl+F", "search", "Find &in the library",
            "Search the clips by their prompt."),
    _action("show_make", "F7", "panel-left-open", "&Form",
            "Show or hide the column on the left.", checkable=True, rule_above=True),
    _action("show_library", "F8", "panel-bottom-open", "&Library",
            "Show or hide the clips below the stage.", checkable=True),
    _action("show_queue", "F9", "panel-right-open", "&Queue",
            "Show or hide the column on the right.", checkable=True),
    _action("fold_queue", "Shift+F9", "panel-right-close", "Fol&d the queue",
            "Make a narrow rail of the queue, or open it again.", checkable=True),
    _action("theme_system", "Ctrl+Alt+0", "sun-moon", "Like the &system",
            "Dark or light as the desktop is.", group="theme", submenu="&Theme", rule_above=True),
    _action("theme_light", "Ctrl+Alt+1", "sun", "&Light",
            "Light panels. The stage stays dark.", group="theme", submenu="&Theme"),
    _action("theme_dark", "Ctrl+Alt+2", "moon", "&Dark",
            "Dark panels.", group="theme", submenu="&Theme"),
    _action("text_larger", "Ctrl++ | Ctrl+=", "a-large-small", "Text lar&ger",
            "Make all text larger.", repeats=True),
    _action("text_smaller", "Ctrl+-", "a-large-small", "Text s&maller",
            "Make all text smaller.", repeats=True),
    _action("text_normal", "Ctrl+0", "a-large-small", "Text n&ormal",
            "Text at 100 %."),
    _action("restore_layout", "Ctrl+Alt+L", "layout-grid", "Restore default la&yout",
            "Put all columns back to where they were at first.", rule_above=True),
)
_HELP: tuple[ActionSpec, ...] = (
    _action("getting_started", "F1", "book-open", "&Getting started",
            "The first clip, step by step."),
    _action("keyboard_shortcuts", "Ctrl+/", "keyboard", "&Keyboard shortcuts",
            "All keys on one page."),
    _action("open_log_folder", "Ctrl+Alt+O", "folder-open", "Open &log folder",
            "The program's own diary, without keys or addresses of files.", rule_above=True),
    _action("copy_diagnostics", "Ctrl+Alt+C", "stethoscope", "Copy &diagnostics",
            "Facts for a question to the makers: versions, folders, last problems. Never the key."),
    _action("about", "Ctrl+Alt+A", "info", "&About Kling Desktop",
            "Version and licenses.", rule_above=True, mac_role="about"),
)
# fmt: on

_BY_MENU = {
    Menu.FILE: _FILE,
    Menu.EDIT: _EDIT,
    Menu.MAKE: _MAKE,
    Menu.CLIP: _CLIP,
    Menu.QUEUE: _QUEUE,
    Menu.PLAYBACK: _PLAYBACK,
    Menu.VIEW: _VIEW,
    Menu.HELP: _HELP,
}
ACTIONS: tuple[ActionSpec, ...] = tuple(
    replace(spec, menu=menu) for menu, specs in _BY_MENU.items() for spec in specs
)


def texts() -> frozenset[str]:
    """Everything above that a person reads, for the translators; their context is CONTEXT."""
    titles = {title for _menu, title in MENU_TITLES}
    said = {text for spec in ACTIONS for text in (spec.text, spec.tip, spec.submenu)}
    return frozenset(titles | said) - {""}
