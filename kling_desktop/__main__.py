"""The command line: one program, its simulator, and nothing imported that is not needed."""

from __future__ import annotations

import time

FIRST_LINE = time.monotonic()

import argparse  # noqa: E402 - the clock comes first
import sys  # noqa: E402
from pathlib import Path  # noqa: E402


def main() -> int:
    """Runs the program; returns the exit code."""
    if sys.argv[1:2] == ["--simulator"]:
        from kling_desktop.simulator.__main__ import main as simulate

        simulate(sys.argv[2:])
        return 0
    options = _parser().parse_args()
    from kling_desktop import app

    return app.run(
        app.Options(
            data_dir=options.data_dir,
            fal_url=options.fal_url,
            tour=options.tour,
            demo=options.demo,
            first_line=FIRST_LINE,
        )
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kling-desktop", description="Make Kling video clips through fal.ai."
    )
    parser.add_argument(
        "--data-dir",
        type=Path,
        metavar="DIR",
        help="keep everything the program writes in DIR: database, clips, settings, logs",
    )
    parser.add_argument(
        "--fal-url",
        metavar="URL",
        help="send real work to this fal-compatible server instead of fal",
    )
    parser.add_argument(
        "--tour",
        type=Path,
        metavar="DIR",
        help="drive the window through a whole job unattended; pictures and facts go into DIR",
    )
    parser.add_argument(
        "--demo",
        action="store_true",
        help="begin in rehearsal, with a folder of its own and without reading a key",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
