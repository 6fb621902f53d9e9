"""The environment: filled by hash from a lock, once, and never from anywhere else."""

from __future__ import annotations

import base64
import hashlib
import os
import subprocess
import sys
import time
import zipfile

import pytest

SOURCE = "ANSWER = 42\n"


def tiny_wheel(folder):
    """A package of one line, so that no network is needed."""
    folder.mkdir()
    info = "tinything-1.0.dist-info"
    files = {
        "tinything.py": SOURCE,
        f"{info}/METADATA": "Metadata-Version: 2.1\nName: tinything\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: hand\nRoot-Is-Purelib: true\n"
        "Tag: py3-none-any\n",
    }
    rows = []
    for name, text in files.items():
        digest = hashlib.sha256(text.encode()).digest()
        sum_ = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        rows.append(f"{name},sha256={sum_},{len(text)}")
    files[f"{info}/RECORD"] = "\n".join([*rows, f"{info}/RECORD,,", ""])
    wheel = folder / "tinything-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as packed:
        for name, text in files.items():
            packed.writestr(name, text)
    return wheel


@pytest.fixture
def offline(checkout, part, tmp_path, monkeypatch):
    """The set-up of a checkout whose lock wants one tiny package from a folder."""
    wheel = tiny_wheel(tmp_path / "wheels")
    lock = checkout / "packaging" / "tiny.lock"
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    lock.write_text(f"tinything==1.0 \\\n    --hash=sha256:{digest}\n")
    (checkout / "kling_desktop").mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheel.parent))
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    return part("setup_steps")


@pytest.mark.slow
def test_it_is_filled_once_and_then_needs_no_network(offline, checkout, monkeypatch, capsys):
    python = offline.prepare("tiny")
    assert python.is_relative_to(checkout / ".venv")
    said = subprocess.run(
        [str(python), "-c", "import tinything; print(tinything.ANSWER)"],
        check=True,
        capture_output=True,
        text=True,
    )
    assert said.stdout == "42\n"
    assert "Set up in" in capsys.readouterr().out
    monkeypatch.setenv("PIP_FIND_LINKS", str(checkout / "gone"))
    began = time.monotonic()
    assert offline.prepare("tiny") == python
    assert time.monotonic() - began < 1
    assert capsys.readouterr().out == ""
    lock = checkout / "packaging" / "tiny.lock"
    lock.write_text(lock.read_text().replace("tinything==1.0", "tinything==1.1"))
    with pytest.raises(offline.SetupError, match="could not be installed"):
        offline.prepare("tiny")


@pytest.mark.slow
def test_a_package_with_another_hash_is_refused(offline, checkout):
    lock = checkout / "packaging" / "tiny.lock"
    lock.write_text(f"tinything==1.0 \\\n    --hash=sha256:{'0' * 64}\n")
    with pytest.raises(offline.SetupError, match=r"(?s)setup\.log.*hash"):
        offline.prepare("tiny")


def test_settings_that_lead_packages_astray_are_not_passed_on(part):
    assert "PIP_TARGET" in part("setup_steps")._ASTRAY


def test_an_environment_does_not_outlive_a_move(part, checkout, tmp_path):
    steps = part("setup_steps")
    lock = checkout / "packaging" / "requirements.lock"
    environment = tmp_path / "venv"
    python = steps.environment_python(environment)
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    (environment / "filled-from").write_text(steps._stamp(environment, lock))
    assert steps._is_filled(environment, lock)
    environment.rename(tmp_path / "moved")
    assert not steps._is_filled(tmp_path / "moved", lock)


def test_a_checkout_that_cannot_be_written_uses_the_cache(part, checkout, monkeypatch, tmp_path):
    steps = part("setup_steps")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (checkout / ".venv").write_text("a file in its place")
    inside, cache = steps._places()
    assert not steps._can_write(inside)
    assert steps._can_write(cache)
    assert cache.is_relative_to(tmp_path / "cache")
