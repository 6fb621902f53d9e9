"""The log: small, without secrets, and never a reason to stop."""

from __future__ import annotations

import gc
import logging
import logging.handlers
import sys
import threading

import pytest

from kling_desktop.core.log import log_to, log_uncaught
from kling_desktop.fal.redaction import redacted
from tests.helpers.core import full_disk

CANARY = "kid-CANARY:SECRETCANARY0123456789abcdef"


@pytest.fixture
def log(tmp_path):
    """The text in the log file so far; the handler is taken out afterwards."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    log_to(tmp_path / "logs", lambda text: redacted(text, [CANARY]))
    yield lambda: (tmp_path / "logs" / "kling-desktop.log").read_text("utf-8")
    for handler in set(root.handlers) - set(before):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


@pytest.fixture
def hooks(monkeypatch):
    for owner, name in ((sys, "excepthook"), (sys, "unraisablehook"), (threading, "excepthook")):
        monkeypatch.setattr(owner, name, getattr(owner, name))
    log_uncaught()


def test_a_secret_never_reaches_the_file(log, noise):
    noise.allow("")
    logger = logging.getLogger("kling_desktop.x")
    logger.info("key %s", CANARY)
    logger.warning("at https://media.example/a.mp4?sig=SECRETCANARY0123456789abcdef")
    try:
        raise RuntimeError(f"Authorization: Key {CANARY}")
    except RuntimeError:
        logger.exception("broke")
    text = log()
    assert "SECRETCANARY" not in text
    assert "https://media.example/a.mp4?[hidden]" in text
    assert "Traceback" in text


def test_debug_and_the_lines_of_http_libraries_stay_out(log):
    logging.getLogger("kling_desktop.x").debug("too fine")
    logging.getLogger("httpx").info("HTTP Request: GET https://media.example/?token=1")
    assert log() == ""


def test_it_stays_small(log, tmp_path):
    logger = logging.getLogger("kling_desktop.x")
    for _ in range(45):
        logger.info("x" * 100_000)
    sizes = [path.stat().st_size for path in (tmp_path / "logs").iterdir()]
    assert len(sizes) == 3
    assert max(sizes) <= 1_000_000


def test_a_full_disk_tells_the_terminal_nothing(log, capfd):
    with full_disk(0):
        logging.getLogger("kling_desktop.x").info("key %s", CANARY)
    assert "CANARY" not in "".join(capfd.readouterr())


def test_a_folder_that_refuses_gives_a_log_that_keeps_nothing(tmp_path):
    (tmp_path / "file").write_text("")
    handler = log_to(tmp_path / "file" / "logs", str)
    logging.getLogger("kling_desktop.x").info("nowhere")
    logging.getLogger().removeHandler(handler)
    assert isinstance(handler, logging.NullHandler)


def test_what_nobody_caught_is_logged_without_local_values(log, hooks, noise):
    noise.allow("not caught")
    local_value = "LOCAL-VALUE"
    try:
        raise KeyError(len(local_value))
    except KeyError:
        sys.excepthook(*sys.exc_info())
    assert "KeyError: 11" in log()
    assert "raise KeyError(len(local_value))" in log()
    assert "'LOCAL-VALUE'" not in log()


def test_what_breaks_in_a_thread_is_logged(log, hooks, noise):
    noise.allow("not caught")
    thread = threading.Thread(target=lambda: 1 // 0)
    thread.start()
    thread.join()
    assert "ZeroDivisionError" in log()
    threading.excepthook(threading.ExceptHookArgs((SystemExit, None, None, None)))


def test_what_breaks_while_something_is_deleted_is_logged(log, hooks, noise):
    noise.allow("not caught")

    class Falls:
        def __del__(self):
            raise ValueError("while falling")

    Falls()
    gc.collect()
    assert "while falling" in log()


def test_stopping_by_the_keyboard_is_no_fault(log, hooks, capfd):
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert log() == ""
    assert "KeyboardInterrupt" in capfd.readouterr().err
