"""What can go wrong with the database, in words."""

from __future__ import annotations

from kling_desktop.records.problem import ProblemError, ProblemKind

DATABASE_NEWER = ProblemKind(
    code="database_newer",
    what="This folder was last used by a newer version of Kling Desktop.",
    why="Its database has version {found}; this program knows versions up to {known}.",
    do="Start the newer version, or choose another folder with --data-dir.",
)
DATABASE_DAMAGED = ProblemKind(
    code="database_damaged",
    what="The database in {folder} cannot be read.",
    why="SQLite says: {reason}.",
    do="Your clips are ordinary files and are safe. Copy the folder before anything else.",
)

DATABASE_REFUSES = ProblemKind(
    code="database_refuses",
    what="This could not be kept in the database.",
    why="SQLite says: {reason}.",
    do="Make room on the disk, or allow writing to the data folder.",
)


class StoreError(ProblemError):
    """The database cannot be used."""
