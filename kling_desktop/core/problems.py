"""What the job engine has to tell a person, in words."""

from __future__ import annotations

from kling_desktop.records.problem import Charge, ProblemError, ProblemKind, Remedy, Severity

SENDING_UNKNOWN = ProblemKind(
    code="sending_unknown",
    what="The connection broke while this was being sent. fal may have it.",
    why="No answer came back, so it is not known whether the clip is being made.",
    do="It is being looked up at fal. Sending it again by hand could cost twice.",
    charge=Charge.MAY_BE,
)
SENDING_INTERRUPTED = ProblemKind(
    code="sending_interrupted",
    what="The program ended while this was being sent. fal may have it.",
    why="It ended before an answer came back.",
    do="It is being looked up at fal. Sending it again by hand could cost twice.",
    charge=Charge.MAY_BE,
)
NOT_LISTED_YET = ProblemKind(
    code="not_listed_yet",
    what="This clip could not be confirmed. It may be running at fal.",
    why="Your request history at fal does not list it yet.",
    do="It is checked again by itself. Sending it again by hand could cost twice.",
    charge=Charge.MAY_BE,
)
HISTORY_UNAVAILABLE = ProblemKind(
    code="history_unavailable",
    what="This clip could not be confirmed. fal may have it.",
    why="Your request history at fal cannot be read with this key or server.",
    do="Look at fal for a request to {endpoint} sent at {time} (UTC), then say what to do here.",
    charge=Charge.MAY_BE,
)
GIVEN_UP = ProblemKind(
    code="given_up",
    what="You gave this up before fal confirmed it.",
    why="fal may still make and charge it.",
    do="If it turns up at fal within a day, it is fetched by itself.",
    charge=Charge.MAY_BE,
)
KEY_MISSING = ProblemKind(
    code="key_missing",
    what="An API key is needed to send this to fal.",
    do="Enter your key; it then goes on by itself.",
    remedy=Remedy.ENTER_KEY,
)
OTHER_SERVER = ProblemKind(
    code="other_server",
    what="This was ordered for another server: {origin}.",
    why="The program is connected to {current} now. A job stays with the server it was made for.",
    do="Start the program with the other server to go on.",
    severity=Severity.WARNING,
)
REQUEST_NOT_FOUND = ProblemKind(
    code="request_not_found",
    what="fal does not find this request right now.",
    why="fal may be having trouble, or the key belongs to another account.",
    do="It is asked for again by itself. If you changed the key, use the one it was sent with.",
    charge=Charge.MAY_BE,
    severity=Severity.WARNING,
)
REQUEST_GONE = ProblemKind(
    code="request_gone",
    what="fal no longer has this request.",
    why="It may have expired, or the key belongs to another account.",
    do="If you changed the key, use the one it was sent with and try again.",
    charge=Charge.MAY_BE,
    remedy=Remedy.RETRY,
)
FILE_GONE = ProblemKind(
    code="file_gone",
    what="fal made this on {date}, but the file is no longer there.",
    why="Finished files are kept at fal for a limited time.",
    do="Try again, or make it anew with the same settings.",
    charge=Charge.CHARGED,
    remedy=Remedy.RETRY,
)
FOLDER_UNUSABLE = ProblemKind(
    code="folder_unusable",
    what="The clip cannot be saved in {folder}.",
    why="The system says: {reason}.",
    do="Choose another folder or free some space, then go on. The clip waits at fal.",
    charge=Charge.CHARGED,
    remedy=Remedy.CHOOSE_FOLDER,
)
NOT_WHAT_WAS_MADE = ProblemKind(
    code="not_what_was_made",
    what="What fal delivered is not a clip that can be used.",
    why="The file is damaged or of an unknown kind.",
    do="Try fetching it again. What arrived is kept in {folder}.",
    charge=Charge.CHARGED,
    remedy=Remedy.RETRY,
)
STOPPED_BY_SURPRISE = ProblemKind(
    code="stopped_by_surprise",
    what="The program made a mistake with this job and stopped there.",
    why="Nothing is lost; the job is where it was.",
    do="Try again. If it stays, restart the program and send us the details.",
    remedy=Remedy.RETRY,
)
CANNOT_SAVE = ProblemKind(
    code="cannot_save",
    what="The job's record cannot be saved.",
    why="The system says: {reason}.",
    do="Free some space on the disk. It is tried again by itself.",
)
SIMULATOR_SILENT = ProblemKind(
    code="simulator_silent",
    what="The rehearsal could not be started.",
    why="The built-in simulator did not answer: {reason}.",
    do="It is tried again by itself.",
    remedy=Remedy.RETRY,
)
CANNOT_CANCEL_NOW = ProblemKind(
    code="cannot_cancel_now",
    what="This is being sent at this moment and cannot be cancelled now.",
    do="As soon as fal has answered, you can ask fal to stop.",
)
TOO_LATE_TO_CANCEL = ProblemKind(
    code="too_late_to_cancel",
    what="fal has finished this already; cancelling would save nothing.",
    do="You can pause the download instead.",
    charge=Charge.CHARGED,
)
NOT_POSSIBLE_NOW = ProblemKind(
    code="not_possible_now",
    what="That is not possible for this job any more.",
    why="It has moved on in the meantime.",
)
CANCELLED_AT_FAL = ProblemKind(
    code="cancelled_at_fal",
    what="fal stopped this on your wish.",
    charge=Charge.PROBABLY_NOT,
    severity=Severity.WARNING,
)


class ActionRefusedError(ProblemError):
    """A person asked for something that this job cannot do in its state."""


class CannotSaveError(ProblemError):
    """The store did not take a record; nothing was changed by it."""


class SimulatorSilentError(ProblemError):
    """The simulator's process did not come up."""


class ClipRefusedError(ProblemError):
    """What was downloaded cannot become a clip."""
