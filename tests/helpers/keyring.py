"""Session buses of our own, with a real keyring or without one, each thrown away after its test."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from jeepney import DBusAddress, new_method_call  # type: ignore[import-untyped]  # no stubs
from jeepney.io.blocking import (  # type: ignore[import-untyped]  # no stubs
    open_dbus_connection,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PASSWORD = "test-password"
_SECRETS = "org.freedesktop.secrets"
_ALONE = """<busconfig><type>session</type><listen>unix:path={path}</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/>
<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>"""


@dataclass(slots=True)
class Bus:
    """A running session bus."""

    address: str
    environment: dict[str, str] = field(repr=False)
    display: str = ""

    def keyring_process(self) -> int:
        """The process that owns the Secret Service, as soon as one does."""
        return int(self._owner(lambda found: found is not None) or 0)

    def kill_keyring(self) -> None:
        """As a crash would; returns when the bus has noticed."""
        process = self.keyring_process()
        os.kill(process, signal.SIGKILL)
        self._owner(lambda found: found != process)

    def _owner(self, is_wished: Callable[[int | None], bool]) -> int | None:
        bus = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
        call = new_method_call(bus, "GetConnectionUnixProcessID", "s", (_SECRETS,))
        deadline = time.monotonic() + 10
        with contextlib.closing(open_dbus_connection(self.address)) as connection:
            while time.monotonic() < deadline:
                found = connection.send_and_get_reply(call).body[0]
                owner = found if isinstance(found, int) else None
                if is_wished(owner):
                    return owner
                time.sleep(0.02)
        raise TimeoutError("the keyring on the bus is not as it should be")

    def lock(self) -> None:
        """Locks the keyring, as after a long absence."""
        import secretstorage

        with contextlib.closing(open_dbus_connection(self.address)) as connection:
            secretstorage.get_default_collection(connection).lock()

    def type_keys(self, *arguments: str) -> None:
        """Types into whatever has the focus on the bus's display."""
        subprocess.run(
            ["xdotool", *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            env={**self.environment, "DISPLAY": self.display},
            timeout=20,
        )

    def wait_for_window(self, name: str) -> None:
        """Until a window of that name is up and has the focus."""
        self.type_keys("search", "--sync", "--onlyvisible", "--name", name)
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            found = subprocess.run(
                ["xdotool", "getwindowfocus", "getwindowname"],
                check=False,
                capture_output=True,
                text=True,
                env={**self.environment, "DISPLAY": self.display},
                timeout=20,
            )
            if found.returncode == 0 and found.stdout.strip():
                return
            time.sleep(0.05)
        raise TimeoutError(f"the window {name} has no focus")


@contextlib.contextmanager
def private_bus(
    *, services: bool = True, unlocked: bool = True, screen: bool = False
) -> Iterator[Bus]:
    """A bus of its own; `services` is whether a keyring can be started on it, `unlocked` whether
    one runs already, `screen` whether it has a display to ask on."""
    # Sockets need short paths.
    folder = Path(tempfile.mkdtemp(prefix="kd", dir="/tmp"))
    with contextlib.ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        environment = _environment(folder)
        display = stack.enter_context(_screen(environment)) if screen else ""
        if display:
            environment["DISPLAY"] = display
        bus = Bus(stack.enter_context(_daemon(folder, environment, services=services)), environment)
        bus.display = display
        environment["DBUS_SESSION_BUS_ADDRESS"] = bus.address
        if unlocked:
            stack.enter_context(_unlocked_keyring(bus))
        yield bus


def _environment(folder: Path) -> dict[str, str]:
    home, run = folder / "home", folder / "run"
    places = {
        "HOME": home,
        "XDG_DATA_HOME": home / "data",
        "XDG_CONFIG_HOME": home / "config",
        "XDG_CACHE_HOME": home / "cache",
        "XDG_RUNTIME_DIR": run,
    }
    for place in (*places.values(), home / "data" / "keyrings"):
        place.mkdir(parents=True, exist_ok=True)
    run.chmod(0o700)
    foreign = ("DBUS_SESSION_BUS_ADDRESS", "GNOME_KEYRING_CONTROL", "DISPLAY", "WAYLAND_DISPLAY")
    kept = {name: value for name, value in os.environ.items() if name not in foreign}
    return {**kept, **{name: str(place) for name, place in places.items()}, "GTK_A11Y": "none"}


@contextlib.contextmanager
def _daemon(folder: Path, environment: dict[str, str], *, services: bool) -> Iterator[str]:
    command = ["dbus-daemon", "--nofork", "--print-address"]
    if services:
        command.append("--session")
    else:
        config = folder / "alone.conf"
        config.write_text(_ALONE.format(path=folder / "bus"))
        command.append(f"--config-file={config}")
    with _running(command, environment) as process:
        assert process.stdout is not None
        yield process.stdout.readline().decode().strip()


@contextlib.contextmanager
def _unlocked_keyring(bus: Bus) -> Iterator[None]:
    subprocess.run(
        ["gnome-keyring-daemon", "--unlock", "--components=secrets", "--daemonize"],
        check=True,
        input=PASSWORD.encode(),
        env=bus.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=20,
    )
    process = bus.keyring_process()
    try:
        yield
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


@contextlib.contextmanager
def _screen(environment: dict[str, str]) -> Iterator[str]:
    """A virtual display with a window manager, which gives a prompt the focus."""
    reading, writing = os.pipe()
    command = [
        "Xvfb",
        "-displayfd",
        str(writing),
        "-screen",
        "0",
        "1024x600x24",
        "-nolisten",
        "tcp",
    ]
    with _running(command, environment, keep=writing):
        os.close(writing)
        with os.fdopen(reading) as numbers:
            display = f":{numbers.readline().strip()}"
        with _running(["openbox"], {**environment, "DISPLAY": display}):
            yield display


@contextlib.contextmanager
def _running(
    command: list[str], environment: dict[str, str], keep: int | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        pass_fds=() if keep is None else (keep,),
        start_new_session=True,
    )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def planted_back_ends(folder: Path) -> Path:
    """A folder for sys.path that looks like keyrings.alt: a plaintext store with top priority.

    Returns a file that appears as soon as any of its code runs.
    """
    trace = folder / "it-ran"
    package = folder / "keyrings_planted"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "file.py").write_text(
        "from pathlib import Path\n"
        "from keyring.backend import KeyringBackend\n"
        f"Path({str(trace)!r}).write_text('imported')\n"
        "class PlaintextKeyring(KeyringBackend):\n"
        "    priority = 99\n"
        "    def get_password(self, service, username): return None\n"
        "    def delete_password(self, service, username): pass\n"
        "    def set_password(self, service, username, password):\n"
        f"        Path({str(trace)!r}).write_text(password)\n"
    )
    facts = folder / "keyrings_planted-1.0.dist-info"
    facts.mkdir()
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: keyrings-planted\nVersion: 1.0\n")
    (facts / "entry_points.txt").write_text("[keyring.backends]\nfile = keyrings_planted.file\n")
    return trace


def python_with(folder: Path, program: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs a program in a Python that also finds what lies in `folder`."""
    paths = os.pathsep.join((str(folder), str(Path(__file__).resolve().parents[2])))
    return subprocess.run(
        [sys.executable, "-c", program],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": paths, **environment},
        timeout=60,
    )
