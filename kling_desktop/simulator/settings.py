"""What a simulator is started with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kling_desktop.bundled import resources

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Times in seconds of simulated time, sizes in bytes."""

    data_dir: Path
    schemas: Path | None = None
    """A folder of fal's own OpenAPI documents; None reads the bundled catalogue."""
    added: Path | None = None
    """A folder of OpenAPI documents that come on top, also while the simulator runs."""
    speed: float = 1.0
    """How many simulated seconds pass in a real one while a request waits."""
    seed: int = 0
    """Another seed gives other moves for the same prompts."""
    concurrency: int = 2
    """Requests of one key in progress at a time; fal gives 2 to new accounts."""
    queue_seconds: float = 1.0
    """How long a request waits at least before it starts."""
    others_ahead: int = 3
    """Requests of other people that stand ahead of a new one."""
    short_side: int | None = None
    """Overrides the size of every clip; small clips make quick tests."""
    max_json_bytes: int = 16 * 1024 * 1024
    upload_url_seconds: float = 120.0
    """How long a presigned upload address is good for."""
    history_delay: float = 0.0
    """How long a request takes to show up in the request history."""
    keep_days: float = 30.0
    """How long results, payloads and files are kept."""
    private_inputs: bool = False
    """Whether inputs may lie on loopback or private addresses, which fal cannot reach."""
    receive_buffer: int | None = None
    """Bytes the system may take in before the simulator reads them."""

    @property
    def schema_folder(self) -> Path:
        """Where the endpoints are described."""
        return self.schemas or resources() / "catalogue"
