"""Writes both lock files anew from pyproject.toml. Needs uv; run it after changing what is needed.

    python3 packaging/renew_locks.py

The locks name no host and fit Python 3.11 to 3.13 on three systems: every hash of every wheel.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib

from setup_steps import HERE, ROOT

_COMPILE = (
    "uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate"
    " --no-emit-index-url --no-emit-find-links --python-version 3.11"
)
_TESTS = ["--group", "test"]


def main() -> int:
    """Returns 0 where both were written."""
    facts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    # A test builds the wheel, without a network: what builds it belongs to the tests.
    building = "\n".join(facts["build-system"]["requires"])
    codes = [_compile("requirements", "", []), _compile("requirements-test", building, _TESTS)]
    return max(codes)


def _compile(name: str, more: str, options: list[str]) -> int:
    command = [*_COMPILE.split(), "pyproject.toml", "-", *options]
    command += ["-c", str(HERE / "constraints.txt"), "--output-file", str(HERE / f"{name}.lock")]
    quiet = subprocess.DEVNULL
    done = subprocess.run(command, check=False, cwd=ROOT, stdout=quiet, input=more, text=True)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
