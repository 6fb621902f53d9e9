"""Takes the port, with nothing but the standard library."""

from __future__ import annotations

import socket
import sys


def listen(port: int, receive_buffer: int | None) -> socket.socket:
    """A socket on loopback that callers can connect to from now on. Raises OSError."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform != "win32":
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if receive_buffer is not None:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    listening.bind(("127.0.0.1", port))
    listening.listen(128)
    listening.setblocking(False)
    return listening
