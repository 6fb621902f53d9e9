"""How an upload is cut into pieces, and how much of it the other side has already acknowledged."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import socket

SMALLEST = 64 << 10
LARGEST = 1 << 20
"""Bytes handed to the socket at once."""

_STRETCH = 3 << 20
"""More than the buffers of both sides hold at first, so that filling them does not look fast."""
_FAST = 150e6
"""Bytes a second."""


class Pace:
    """Small pieces, so that a slow reader's buffers stay small; large ones once it proves fast.

    The receiving system lets its buffer grow with the size of the bursts it gets, up to tens of
    megabytes that nobody has read.
    """

    def __init__(self) -> None:
        self.size = SMALLEST
        self._sent = 0
        self._seconds = 0.0

    def took(self, sent: int, seconds: float) -> None:
        """How long the socket took to accept a piece."""
        self._sent += sent
        self._seconds += seconds
        if self._sent >= _STRETCH:
            is_fast = self._sent > _FAST * self._seconds
            self.size = LARGEST if is_fast else SMALLEST
            self._sent, self._seconds = 0, 0.0


def unacknowledged(plug: socket.socket | None) -> int:
    """Bytes that the system still holds for a connection; 0 where it cannot tell."""
    if sys.platform != "linux" or plug is None:
        return 0
    import fcntl
    import struct
    import termios

    try:
        answer = fcntl.ioctl(plug.fileno(), termios.TIOCOUTQ, bytes(4))
    except (OSError, ValueError):
        return 0
    return int(struct.unpack("i", answer)[0])
