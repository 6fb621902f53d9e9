"""Whose request it is, and the exact words with which fal turns others away.

The texts are those captured from fal's live hosts in 2026.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import Enum

from kling_desktop.simulator.replies import Reply, detail_reply, json_reply

NO_BALANCE_ID = "no-balance"
"""A key with this id belongs to an account whose balance is used up."""
UNKNOWN_ID = "unknown"
"""A key with this id belongs to nobody."""


class Host(Enum):
    """Which of fal's hosts is asked; each turns away in its own words."""

    QUEUE = "queue"
    REST = "rest"
    PLATFORM = "platform"


@dataclass(frozen=True, slots=True)
class Account:
    """Whom a key belongs to."""

    fingerprint: str
    """SHA-256 of the key, in hex."""
    has_balance: bool = True


class Accounts:
    """Knows which keys are good. By default every `id:secret` is, but for two special ids."""

    def __init__(self) -> None:
        self.accepted: frozenset[str] | None = None
        """Fingerprints of the only good keys; None accepts all."""
        self.without_balance: frozenset[str] = frozenset()

    def accept_only(self, keys: list[str] | None) -> None:
        """From now on only these keys are good; None accepts all again."""
        self.accepted = None if keys is None else frozenset(map(fingerprint, keys))

    def empty(self, keys: list[str]) -> None:
        """From now on these keys' accounts have no balance."""
        self.without_balance = frozenset(map(fingerprint, keys))

    def find(self, authorization: str, host: Host, app: str = "") -> Account | Reply:
        """The account behind an Authorization header, or the refusal."""
        scheme, _, key = authorization.partition(" ")
        if scheme.lower() != "key" or not key:
            return _nobody(host, app)
        key_id, colon, secret = key.partition(":")
        if not (key_id and colon and secret):
            return _refuse(
                host,
                "Invalid Key Authorization header format. Expected '<key_id>:<key_secret>'.",
            )
        mark = fingerprint(key)
        known = key_id != UNKNOWN_ID if self.accepted is None else mark in self.accepted
        if not known:
            return _refuse(host, "No user found for Key ID and Secret")
        return Account(mark, key_id != NO_BALANCE_ID and mark not in self.without_balance)


def fingerprint(key: str) -> str:
    """What is remembered of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


def locked() -> Reply:
    """What an account without balance is told at submit."""
    return detail_reply(
        403,
        "User is locked. Reason: Exhausted balance. "
        "Top up your balance at fal.ai/dashboard/billing.",
    )


def platform_error(status: int, kind: str, message: str) -> Reply:
    """The error envelope of the platform API."""
    return json_reply(status, {"error": {"type": kind, "message": message}})


def _nobody(host: Host, app: str) -> Reply:
    if host is Host.QUEUE:
        return detail_reply(
            401,
            f'Cannot access application "{app}". '
            "Authentication is required to access this application.",
        )
    if host is Host.REST:
        return detail_reply(401, "Authorization header is required")
    return _refuse(host, "API key authentication required")


def _refuse(host: Host, text: str) -> Reply:
    if host is Host.PLATFORM:
        return platform_error(401, "authorization_error", text)
    return detail_reply(401, text)
