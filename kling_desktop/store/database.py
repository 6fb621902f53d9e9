"""One SQLite file: opened, brought up to date, and handed out as one connection per thread."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kling_desktop.store.migrations import MIGRATIONS
from kling_desktop.store.problems import (
    DATABASE_DAMAGED,
    DATABASE_NEWER,
    DATABASE_REFUSES,
    StoreError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Database:
    """The file and its connections. Commits wait until the disk has them (synchronous=FULL)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._lock = threading.Lock()

    def open(self) -> None:
        """Creates the file or brings it up to date; a copy is kept before any migration.

        Raises StoreError where the file is damaged or from a newer version.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._migrate()
        except sqlite3.DatabaseError as error:
            self.close()
            raise StoreError(
                DATABASE_DAMAGED(folder=str(self.path.parent), reason=str(error))
            ) from error

    def close(self) -> None:
        """Closes every connection, also those of other threads. The object can be opened again."""
        with self._lock:
            for connection in self._opened:
                connection.close()
            self._opened.clear()
            self._local = threading.local()

    @property
    def connection(self) -> sqlite3.Connection:
        """The calling thread's connection."""
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is None:
            found = self._connect()
            self._local.connection = found
        return found

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing; on disk when the block ends. Raises StoreError where the disk refuses."""
        connection = self.connection
        try:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")
        except BaseException as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            if isinstance(error, sqlite3.OperationalError):
                raise StoreError(DATABASE_REFUSES(reason=str(error))) from error
            raise

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.path, timeout=5.0, isolation_level=None, check_same_thread=False
        )
        with self._lock:
            self._opened.append(connection)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        return connection

    def _migrate(self) -> None:
        version = self._version()
        if version > len(MIGRATIONS):
            self.close()
            raise StoreError(DATABASE_NEWER(found=version, known=len(MIGRATIONS)))
        if 0 < version < len(MIGRATIONS):
            self._keep_copy(version)
        for step in range(version, len(MIGRATIONS)):
            self.connection.executescript(
                f"BEGIN IMMEDIATE;{MIGRATIONS[step]};PRAGMA user_version = {step + 1};COMMIT;"
            )

    def _version(self) -> int:
        return int(self.connection.execute("PRAGMA user_version").fetchone()[0])

    def _keep_copy(self, version: int) -> None:
        copy = self.path.with_name(f"{self.path.stem}-before-{version + 1}{self.path.suffix}")
        if not copy.exists():
            self.connection.execute("VACUUM INTO ?", (str(copy),))
