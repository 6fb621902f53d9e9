"""What can go wrong with a person's own files, in words."""

from __future__ import annotations

from kling_desktop.records.problem import ProblemKind, Remedy

INPUT_GONE = ProblemKind(
    code="input_gone",
    what="The stored copy of {name} is gone or was changed.",
    why="Another program may have touched the data folder.",
    do="Drop the file in again.",
)
INPUT_NOT_KEPT = ProblemKind(
    code="input_not_kept",
    what="{name} could not be kept.",
    why="The data folder refused the copy: {reason}.",
    do="Make room or allow writing there, then drop the file in again.",
)
COPY_NOT_MADE = ProblemKind(
    code="copy_not_made",
    what="The copy of {name} that is sent could not be made.",
    why="The data folder refused it: {reason}.",
    do="Make room or allow writing there, then try again.",
    remedy=Remedy.RETRY,
)
CLIP_GONE = ProblemKind(
    code="clip_gone",
    what="{name} is not where it was saved.",
    why="It was moved, renamed or deleted outside this program.",
    do="Put it back in its folder, or remove it from the library.",
)
COPY_FAILED = ProblemKind(
    code="copy_failed",
    what="{name} could not be written.",
    why="The folder refused it: {reason}.",
    do="Choose another folder.",
)
TRASH_FAILED = ProblemKind(
    code="trash_failed",
    what="{name} could not be moved to the trash.",
    why="The system says: {reason}.",
    do="Delete the file in your file browser instead.",
)
UNDO_OVER = ProblemKind(
    code="undo_over",
    what="{name} can no longer be brought back from here.",
    why="Undoing a deletion works until the program ends.",
    do="Look into the trash of your system.",
)
UNDO_FAILED = ProblemKind(
    code="undo_failed",
    what="{name} could not be brought back.",
    why="Its folder refused it: {reason}.",
    do="Make room or allow writing there, then undo again.",
)
NO_SUCH_FRAME = ProblemKind(
    code="no_such_frame",
    what="{name} has no frame {number}.",
    why="Its last frame comes before that one.",
    do="Go to another frame and save that.",
)
KEY_MALFORMED = ProblemKind(
    code="key_malformed",
    what="This is not a fal key.",
    why="A key has two parts with a colon between them.",
    do="Copy the whole key from fal.ai/dashboard/keys and paste it again.",
)
