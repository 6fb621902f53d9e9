"""The file: opening, migrating, refusing, and being whole after a failure."""

import sqlite3
import threading

import pytest

from kling_desktop.records.media import MediaRef
from kling_desktop.store.database import Database
from kling_desktop.store.inputs import InputStore
from kling_desktop.store.migrations import MIGRATIONS
from kling_desktop.store.problems import StoreError
from kling_desktop.store.projects import ProjectStore


@pytest.fixture
def database(tmp_path):
    opened = Database(tmp_path / "data" / "kling.sqlite3")
    opened.open()
    yield opened
    opened.close()


def test_commits_wait_for_the_disk(database):
    assert database.connection.execute("PRAGMA synchronous").fetchone()[0] == 2
    assert database.connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


def test_a_failed_transaction_leaves_nothing(database):
    def rename_and_stumble():
        with database.transaction() as connection:
            connection.execute("UPDATE project SET name = 'changed'")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        rename_and_stumble()
    assert database.connection.execute("SELECT name FROM project").fetchone()[0] == "My clips"


def test_an_old_file_gets_what_it_lacks_and_keeps_what_it_has(tmp_path):
    path = tmp_path / "old.sqlite3"
    old = sqlite3.connect(path)
    old.executescript(f"BEGIN;{MIGRATIONS[0]};PRAGMA user_version = 1;COMMIT;")
    facts = '{"kind": "image", "content_type": "image/png", "size": 9}'
    old.execute("INSERT INTO input VALUES (?, '.png', 'cat.png', ?, 1.0)", ("a" * 64, facts))
    old.commit()
    old.close()
    database = Database(path)
    database.open()
    stored = InputStore(database).get(MediaRef("a" * 64, ".png"))
    assert (stored.name, stored.made) == ("cat.png", None)
    assert ProjectStore(database).ratio("default") == ""
    database.close()
    assert (tmp_path / "old-before-2.sqlite3").exists()


def test_each_thread_has_its_own_connection(database):
    seen = []
    thread = threading.Thread(target=lambda: seen.append(database.connection))
    thread.start()
    thread.join()
    assert seen[0] is not database.connection


def test_opening_twice_changes_nothing(database):
    database.close()
    database.open()
    assert database.connection.execute("SELECT count(*) FROM project").fetchone()[0] == 1


def test_a_newer_database_is_refused_and_left_alone(database):
    database.connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    database.close()
    before = database.path.read_bytes()
    with pytest.raises(StoreError) as caught:
        database.open()
    assert caught.value.problem.code == "database_newer"
    assert database.path.read_bytes() == before


@pytest.mark.parametrize("start", [b"this is no database", b"SQLite format 3\0"])
def test_a_damaged_file_is_named_and_not_touched(tmp_path, start):
    content = start + b"\xff" * 5000
    path = tmp_path / "kling.sqlite3"
    path.write_bytes(content)
    with pytest.raises(StoreError) as caught:
        Database(path).open()
    assert caught.value.problem.code == "database_damaged"
    assert path.read_bytes() == content


def test_the_letters_of_takes_are_checked_by_the_database(database):
    with pytest.raises(sqlite3.IntegrityError), database.transaction() as connection:
        connection.execute("INSERT INTO shot VALUES ('s', 'nowhere', 't', 0, 0.0)")


def test_a_write_that_the_disk_refuses_is_said_in_words_and_leaves_nothing(database):
    database.connection.execute("PRAGMA query_only = ON")
    with pytest.raises(StoreError) as caught, database.transaction() as connection:
        connection.execute("UPDATE project SET name = 'changed'")
    assert caught.value.problem.code == "database_refuses"
    assert not database.connection.in_transaction
    database.connection.execute("PRAGMA query_only = OFF")
    with database.transaction() as connection:
        connection.execute("UPDATE project SET name = 'again'")


def test_a_database_that_another_program_holds_is_waited_for_and_then_named(database):
    other = sqlite3.connect(database.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    database.connection.execute("PRAGMA busy_timeout = 50")
    with pytest.raises(StoreError) as caught, database.transaction():
        pass
    assert "locked" in caught.value.problem.said()
    other.close()
