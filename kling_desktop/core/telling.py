"""Tells listeners of a change; a listener's mistake must not stop what is being told."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from psygnal import EmitLoopError

if TYPE_CHECKING:
    from psygnal import SignalInstance

_log = logging.getLogger(__name__)


def tell(signal: SignalInstance, *what: object) -> None:
    """Emits the signal. What a listener raises is logged."""
    try:
        signal.emit(*what)
    except EmitLoopError:
        _log.exception("a listener to %s failed", signal.name)
