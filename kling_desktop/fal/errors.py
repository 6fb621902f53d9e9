"""Everything that can fail between this program and fal, as one tree.

    ProblemError
    └── FalError                    carries a Problem, a wait fal asked for, fal's request id
        ├── Unreachable             nothing is decided; the same call may work later
        │   ├── NotConnected        certainly nothing was sent: DNS, refused, TLS, proxy, no answer
        │   │                       to the connect
        │   ├── AnswerLost          something was sent, and no whole answer came back
        │   ├── ServerTrouble       408, 409, 5xx
        │   ├── Busy                429
        │   └── Unintelligible      an answer that is not the protocol: HTML, a redirect, too long
        ├── KeyRefused              401, or a key that cannot be put into a header
        ├── Forbidden               402 and 403: the balance, or a permission
        ├── NotFound                404, 405, 410
        ├── CallRefused             any other 4xx
        ├── AddressRefused          an address that this program does not go to
        ├── UploadRefused           a file that cannot be uploaded as it is
        └── DownloadFailed
            ├── LinkGone            the file is not there (any more): ask for the result again
            ├── FileTooLarge        beyond the cap
            ├── DiskFull            no room, or not enough left over
            └── FolderRefused       the folder is gone or cannot be written

httpx's own errors are translated in border.py and nowhere else.
"""

# ruff: noqa: N818
# A name that says what happened needs no "Error" behind it where it is caught by name.

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from kling_desktop.records.problem import ProblemError

if TYPE_CHECKING:
    from kling_desktop.records.problem import Problem

AccountReason = Literal["key", "balance", "forbidden"]


class FalError(ProblemError):
    """Root of this room's errors."""

    def __init__(
        self, problem: Problem, *, retry_after: float | None = None, request_id: str = ""
    ) -> None:
        super().__init__(problem)
        self.retry_after = retry_after
        """Seconds that the server asked us to wait, where it did."""
        self.request_id = request_id
        """fal's `x-fal-request-id`, where the answer carried one."""


class Unreachable(FalError):
    """Nothing is decided by this; the same call may work later."""


class NotConnected(Unreachable):
    """Certainly no byte of the request was sent."""


class AnswerLost(Unreachable):
    """Something was sent, and no whole answer came back."""


class ServerTrouble(Unreachable):
    """The server answered 408, 409 or 5xx."""

    def __init__(
        self,
        problem: Problem,
        *,
        status: int,
        said_by_fal: bool = False,
        retry_after: float | None = None,
        request_id: str = "",
    ) -> None:
        super().__init__(problem, retry_after=retry_after, request_id=request_id)
        self.status = status
        self.said_by_fal = said_by_fal
        """True where the answer has fal's own JSON or headers, so it is no gateway in between."""


class Busy(Unreachable):
    """429."""


class Unintelligible(Unreachable):
    """An answer that is not the protocol."""


class KeyRefused(FalError):
    """401, or a key that cannot be put into a header."""


class Forbidden(FalError):
    """402 or 403; the key itself is known."""

    def __init__(
        self, problem: Problem, *, reason: Literal["balance", "forbidden"], request_id: str = ""
    ) -> None:
        super().__init__(problem, request_id=request_id)
        self.reason = reason


class NotFound(FalError):
    """404, 405 or 410."""


class CallRefused(FalError):
    """Any other 4xx: the same call will be refused again."""


class AddressRefused(FalError):
    """An address that this program does not go to."""


class UploadRefused(FalError):
    """The file cannot be uploaded as it is."""


class DownloadFailed(FalError):
    """A download that trying again at once will not cure."""


class LinkGone(DownloadFailed):
    """The file is not at its address (any more)."""


class FileTooLarge(DownloadFailed):
    """Larger than the cap."""


class DiskFull(DownloadFailed):
    """No room on the disk, or less than must be left over."""


class FolderRefused(DownloadFailed):
    """The folder is gone or cannot be written."""
