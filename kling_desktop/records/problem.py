"""What went wrong, in words for a person: what happened, why, what to do, and the money.

Every room declares its own kinds of problem as module constants of ProblemKind (in its
`problems.py`). The sentences are English templates; `ui` translates them by their text.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kling_desktop.records.json_values import JsonValue, Loc


class Charge(StrEnum):
    """Whether something cost money."""

    NOT_CHARGED = "not_charged"
    PROBABLY_NOT = "probably_not"
    MAY_BE = "may_be"
    CHARGED = "charged"


class Severity(StrEnum):
    """An error stops, a warning lets through."""

    ERROR = "error"
    WARNING = "warning"


class Remedy(StrEnum):
    """A way out that the program can offer as one click."""

    NONE = ""
    CONVERT = "convert"
    SHRINK = "shrink"
    CROP = "crop"
    PAD = "pad"
    """Puts room around a picture until it has the shape that is wanted."""
    FRAME = "frame"
    """Lets the person choose what of a picture is used."""
    SHORTEN = "shorten"
    ENTER_KEY = "enter_key"
    OPEN_BILLING = "open_billing"
    CHOOSE_FOLDER = "choose_folder"
    RETRY = "retry"


class WayKind(StrEnum):
    """What one click does about a problem."""

    LEAVE_OUT = "leave_out"
    """Empties a field, or takes an entry out of a list."""
    SET = "set"
    """Sets a field: the one that is wrong, or the one that it hangs on."""
    KEEP_FIRST = "keep_first"
    """Keeps the beginning of a text or list, as much as is allowed."""
    TAKE_OUT_WORDS = "take_out_words"
    """Takes words out of a text that name what is not there."""
    SHORTEN_SHOTS = "shorten_shots"
    """Makes the longest parts shorter until all together fit."""
    TO_THE_EDGE = "to_the_edge"
    """Moves a point onto the picture."""
    MOVE_HERE = "move_here"
    """Takes what stands in another field."""
    OTHER_MODEL = "other_model"
    """Goes on with a model that takes the same values."""
    FORGET = "forget"
    """Warns of it no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way out of one problem, worked out for the values as they are: one click, one step."""

    kind: WayKind
    title: str = ""
    """The field that it changes or takes from, or the model that it goes to."""
    choice: str = ""
    """What that is set to, or what is taken out, as a person reads it."""
    count: int = 0
    """How many entries, characters or seconds are left; of an entry its number, from 1."""
    changes: Mapping[str, JsonValue] = field(default_factory=dict)
    """Whole fields of the form and what they hold then; None leaves one out."""
    loc: Loc = ()
    """Where it works, seen from the top of the form."""
    to: str = ""
    """The endpoint that it goes to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that went wrong, at one place. The three sentences are templates for `values`."""

    code: str
    what: str
    why: str = ""
    do: str = ""
    loc: Loc = ()
    values: Mapping[str, str | int | float] = field(default_factory=dict)
    charge: Charge = Charge.NOT_CHARGED
    severity: Severity = Severity.ERROR
    remedy: Remedy = Remedy.NONE
    details: str = ""
    """Raw facts for "Copy details", already without secrets; never shown alone."""
    ways: tuple[Way, ...] = ()
    """What one click can do about it. They go with the values and are not kept on disk."""

    def said(self) -> str:
        """All of it as one English text, for logs and the headless program."""
        parts = (self.what, self.why, self.do)
        return " ".join(part.format_map(_Lenient(self.values)) for part in parts if part)

    def at(self, *loc: str | int) -> Problem:
        """The same problem at another place."""
        return replace(self, loc=loc)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON for the store."""
        return {
            "code": self.code,
            "what": self.what,
            "why": self.why,
            "do": self.do,
            "loc": list(self.loc),
            "values": dict(self.values),
            "charge": self.charge.value,
            "severity": self.severity.value,
            "remedy": self.remedy.value,
            "details": self.details,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Problem:
        """What to_json wrote."""
        return cls(
            code=data["code"],
            what=data["what"],
            why=data["why"],
            do=data["do"],
            loc=tuple(data["loc"]),
            values=dict(data["values"]),
            charge=Charge(data["charge"]),
            severity=Severity(data["severity"]),
            remedy=Remedy(data["remedy"]),
            details=data["details"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemKind:
    """A kind of problem, declared once as a constant; calling it makes a Problem of that kind."""

    code: str
    what: str
    why: str = ""
    do: str = ""
    charge: Charge = Charge.NOT_CHARGED
    severity: Severity = Severity.ERROR
    remedy: Remedy = Remedy.NONE

    def __call__(
        self,
        *loc: str | int,
        charge: Charge | None = None,
        details: str = "",
        **values: str | int | float,
    ) -> Problem:
        return Problem(
            code=self.code,
            what=self.what,
            why=self.why,
            do=self.do,
            loc=loc,
            values=values,
            charge=self.charge if charge is None else charge,
            severity=self.severity,
            remedy=self.remedy,
            details=details,
        )


class ProblemError(Exception):
    """The root of the error tree: something failed, and `problem` says what a person reads.

    Each room that can fail derives its own errors from this one.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.said())
        self.problem = problem


class _Lenient(dict[str, Any]):
    """Leaves a placeholder standing where its value is missing."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"
