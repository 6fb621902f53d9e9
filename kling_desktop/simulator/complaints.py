"""One entry of fal's `detail` list: what is wrong with an input, and where.

Shapes and texts follow fal's page on model errors and the pydantic messages of its apps.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kling_desktop.simulator.replies import Reply, json_reply

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kling_desktop.records.json_values import JsonValue, Loc


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing that is wrong."""

    loc: Loc
    kind: str
    message: str
    given: JsonValue = None
    facts: Mapping[str, JsonValue] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """As it stands in `detail`; `ctx` is left out when empty."""
        entry: dict[str, Any] = {
            "loc": ["body", *self.loc],
            "msg": self.message,
            "type": self.kind,
            "url": f"https://docs.fal.ai/errors#{self.kind}",
            "input": self.given,
        }
        return {**entry, "ctx": dict(self.facts)} if self.facts else entry


class InputRefusedError(Exception):
    """An input cannot be used."""

    def __init__(self, complaint: Complaint) -> None:
        super().__init__(complaint.message)
        self.complaint = complaint


def refusal(complaints: Iterable[Complaint]) -> Reply:
    """The 422 with which a request ends on its result. Nothing is billed."""
    return json_reply(
        422,
        {"detail": [one.to_json() for one in complaints]},
        {"x-fal-billable-units": "0", "X-Fal-Needs-Retry": "false"},
    )
