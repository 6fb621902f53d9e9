"""How an upload is cut into pieces, and how much of it the other side has already acknowledged."""

from __future__ import annotations

import contextlib
import struct
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import socket

SMALLEST = 64 << 10
LARGEST = 1 << 20
"""Bytes handed to the socket at once."""

_STRETCH = 4 << 20
"""More than the buffers of both sides hold at first, so that filling them does not look fast."""
_FAST = 200e6
"""Bytes a second, where nothing better than the time it took is known."""
_HELD_UP = 0.008
_HELD_UP_SHARE = 0.2
_RECEIVER_LIMITED = struct.Struct("=176xQ")
"""Where Linux keeps `tcpi_rwnd_limited`, in microseconds, in its `tcp_info`."""


class Pace:
    """Small pieces, so that a slow reader's buffers stay small; large ones once it proves fast.

    The receiving system lets its buffer grow with the size of the bursts it gets, up to tens of
    megabytes that nobody has read.
    """

    def __init__(self) -> None:
        self.size = SMALLEST
        self._sent = 0
        self._seconds = 0.0
        self._held_before = 0.0

    def sent(self, count: int, seconds: float, held_up: float | None) -> None:
        """How long a piece took, and how long the receiver has held up this connection so far."""
        self._sent += count
        self._seconds += seconds
        if self._sent < _STRETCH:
            return
        self.size = LARGEST if self._was_fast(held_up) else SMALLEST
        self._sent, self._seconds, self._held_before = 0, 0.0, held_up or 0.0

    def _was_fast(self, held_up: float | None) -> bool:
        if held_up is None:
            return self._sent > _FAST * self._seconds
        most = max(_HELD_UP, _HELD_UP_SHARE * self._seconds)
        return held_up - self._held_before <= most


def held_up(plug: socket.socket | None) -> float | None:
    """Seconds for which the receiver had no room for more; None where the system cannot tell."""
    if sys.platform != "linux" or plug is None:
        return None
    import socket

    try:
        known = plug.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _RECEIVER_LIMITED.size)
        return float(_RECEIVER_LIMITED.unpack(known)[0]) / 1e6
    except (OSError, struct.error):
        return None


def bound_unsent(plug: socket.socket | None, size: int) -> None:
    """Lets no more wait unsent in the system than twice a piece, where that can be bounded."""
    import socket

    option = getattr(socket, "TCP_NOTSENT_LOWAT", None)
    if plug is not None and option is not None:
        with contextlib.suppress(OSError):
            plug.setsockopt(socket.IPPROTO_TCP, option, 2 * size)


def unacknowledged(plug: socket.socket | None) -> int:
    """Bytes that the system still holds for a connection; 0 where it cannot tell."""
    if sys.platform != "linux" or plug is None:
        return 0
    import fcntl
    import termios

    try:
        answer = fcntl.ioctl(plug.fileno(), termios.TIOCOUTQ, bytes(4))
    except (OSError, ValueError):
        return 0
    return int(struct.unpack("i", answer)[0])
