"""`python -m kling_desktop.simulator`: fal on this computer, for nothing.

The first line on standard output is JSON with the address: `{"url": "http://127.0.0.1:PORT"}`. It
comes as soon as the port is taken; whoever calls at once waits in the system's own queue while the
server is still being loaded, which takes several times as long as all the rest.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kling_desktop.simulator.farewell import Farewell
from kling_desktop.simulator.listening import listen

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Serves until it is told to stop, and then ends the process at once."""
    options = _parser().parse_args(arguments)
    farewell = Farewell(parent_stdin=options.parent_stdin)
    options.data_dir.mkdir(parents=True, exist_ok=True)
    listening = listen(options.port, options.receive_buffer)
    sys.stdout.write(json.dumps({"url": f"http://127.0.0.1:{listening.getsockname()[1]}"}) + "\n")
    sys.stdout.flush()

    # Late on purpose: the address is out before the server is loaded.
    from kling_desktop.simulator.serving import serve

    serve(listening, options, farewell)
    # A render thread may still be inside one slow call; everything worth keeping is on disk.
    sys.stdout.flush()
    os._exit(0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kling_desktop.simulator", description="An imitation of fal on this computer."
    )
    parser.add_argument("--port", type=int, default=0, help="0 takes any free one")
    parser.add_argument("--data-dir", type=Path, required=True, help="where its state is kept")
    parser.add_argument("--speed", type=float, default=1.0, help="2 halves the waiting")
    parser.add_argument("--parent-stdin", action="store_true", help="end when stdin closes")
    parser.add_argument("--schemas", type=Path, help="a folder of fal's OpenAPI documents")
    parser.add_argument("--added", type=Path, help="a folder of further documents")
    parser.add_argument("--seed", type=int, default=0, help="another one gives other moves")
    parser.add_argument("--concurrency", type=int, default=2, help="requests at a time per key")
    parser.add_argument("--queue-seconds", type=float, default=1.0, help="the least wait")
    parser.add_argument("--short-side", type=int, help="pixels; overrides every endpoint")
    parser.add_argument("--private-inputs", action="store_true", help="fetch from loopback too")
    parser.add_argument("--receive-buffer", type=int, help="bytes the system may take in ahead")
    return parser


if __name__ == "__main__":
    main()
