"""What one row of the queue says and offers, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kling_desktop.records.server import FAL

if TYPE_CHECKING:
    from decimal import Decimal

    from kling_desktop.records.server import Server


class Group(StrEnum):
    """What a job means for the person, in the order of the panel."""

    NEEDS_YOU = "needs_you"
    AT_FAL = "at_fal"
    REHEARSING = "rehearsing"
    HERE = "here"
    MADE = "made"


class Verb(StrEnum):
    """What can be asked about one job. Those that the engine does carry its own names."""

    CANCEL = "cancel"
    HOLD = "hold"
    SEND_NOW = "send_now"
    RETRY = "retry"
    SEND_AGAIN = "send_again"
    GIVE_UP = "give_up"
    CHECK_NOW = "check_now"
    PAUSE = "pause"
    RESUME = "resume"
    REMOVE = "remove"
    EDIT = "edit"
    EDIT_AS_NEW = "edit_as_new"
    MAKE_REAL = "make_real"
    SHOW = "show"
    OPEN_FAL = "open_fal"
    ENTER_KEY = "enter_key"
    OPEN_BILLING = "open_billing"
    ALLOW_UPLOAD = "allow_upload"
    CHOOSE_FOLDER = "choose_folder"
    SHOW_LOG = "show_log"
    COPY_REQUEST_ID = "copy_request_id"
    COPY_DETAILS = "copy_details"


@dataclass(frozen=True, slots=True)
class Link:
    """One thing a row offers: what is asked for, its words, and what it will mean."""

    verb: Verb
    text: str
    tooltip: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobFacts:
    """What the words of a row need beyond the job itself."""

    usual: tuple[int, int] | None = None
    """The usual time of making in seconds, from one's own runs or the catalogue."""
    last_log: str = ""
    """The newest log line that fal or the simulator sent."""
    sending_paused: bool = False
    next_check: float | None = None
    """When an unconfirmed job is looked for again, Unix seconds."""
    real_price: Decimal | None = None
    """US dollars of the same clip made for real, for a rehearsal."""
    unseen: bool = False
    """True while its clip was not on the stage yet."""
    server: Server = FAL
    """Where the job was ordered, which is not fal itself for everybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRow:
    """The words of one row."""

    title: str
    letter: str
    """The take: A, B …"""
    lines: tuple[str, ...]
    links: tuple[Link, ...]
    group: Group
    money: str
    """What it costs or cost, in words; also where no line shows it."""
    progress: float | None = None
    """0 to 1 where bytes or the simulator's own words tell it, never guessed."""
    alert: bool = False
    """It stands still until the person does something."""
    ticking: bool = False
    """Its words change with the clock."""
    new: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Says:
    """The part of a row that depends on the job's state."""

    lines: tuple[str, ...]
    group: Group
    links: tuple[Link, ...] = ()
    progress: float | None = None
    ticking: bool = False
