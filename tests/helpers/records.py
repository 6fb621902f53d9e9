"""Records to test with, and strategies that make any of them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from kling_desktop.records.clip import Clip
from kling_desktop.records.job import Attempt, Job, JobState, MadeBy, Request, WaitingFor
from kling_desktop.records.media import MediaKind
from kling_desktop.records.problem import Charge, Problem, Remedy, Severity

_NAMES = st.text(st.characters(codec="utf-8"), max_size=20)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False) | _NAMES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=3),
    max_leaves=8,
)
problems = st.builds(
    Problem,
    code=_NAMES,
    what=_NAMES,
    why=_NAMES,
    do=_NAMES,
    loc=st.lists(_NAMES | st.integers(0, 9), max_size=3).map(tuple),
    values=st.dictionaries(_NAMES, _NAMES | st.integers(-999, 999), max_size=3),
    charge=st.sampled_from(Charge),
    severity=st.sampled_from(Severity),
    remedy=st.sampled_from(Remedy),
    details=_NAMES,
)
requests = st.builds(
    Request, request_id=_NAMES, status_url=_NAMES, response_url=_NAMES, cancel_url=_NAMES
)
_times = st.floats(0, 4e9)
jobs = st.builds(
    Job,
    job_id=st.uuids().map(str),
    project_id=st.just("default"),
    shot_id=st.just("shot"),
    take=st.integers(0, 800),
    batch_id=_NAMES,
    made_by=st.sampled_from(MadeBy),
    origin=_NAMES,
    endpoint_id=_NAMES,
    title=_NAMES,
    values=st.dictionaries(_NAMES, json_values, max_size=3),
    state=st.sampled_from(JobState),
    created_at=_times,
    changed_at=_times,
    price=st.none() | st.decimals(0, 100, places=3),
    waiting_for=st.sampled_from(WaitingFor),
    not_before=st.none() | _times,
    paused=st.booleans(),
    private=st.booleans(),
    body=st.none() | st.dictionaries(_NAMES, json_values, max_size=3),
    attempts=st.lists(
        st.builds(Attempt, number=st.integers(1, 9), sent_at=_times, body_sha256=_NAMES),
        max_size=2,
        unique_by=lambda attempt: attempt.number,
    ).map(tuple),
    request=st.none() | requests,
    queue_position=st.none() | st.integers(0, 9999),
    cancel_wished=st.booleans(),
    checked_at=st.none() | _times,
    result=json_values,
    transferred=st.integers(0, 2**40),
    to_transfer=st.none() | st.integers(0, 2**40),
    problem=st.none() | problems,
    charge=st.sampled_from(Charge),
    clip_ids=st.lists(_NAMES, max_size=2).map(tuple),
)


def a_job(**changes: Any) -> Job:
    """A waiting real job for $0.28, with whatever is changed."""
    facts: dict[str, Any] = {
        "job_id": "0190-job",
        "project_id": "default",
        "shot_id": "shot",
        "take": 0,
        "batch_id": "batch",
        "made_by": MadeBy.FAL,
        "origin": "https://queue.example",
        "endpoint_id": "example/model/image-to-video",
        "title": "Cat turns to the window",
        "values": {"prompt": "The cat turns to the window"},
        "state": JobState.WAITING,
        "created_at": 1000.0,
        "changed_at": 1000.0,
        "price": Decimal("0.28"),
    }
    return Job(**{**facts, **changes})


def a_clip(**changes: Any) -> Clip:
    """A five second clip of a real job, with whatever is changed."""
    facts: dict[str, Any] = {
        "clip_id": "clip",
        "job_id": "0190-job",
        "project_id": "default",
        "shot_id": "shot",
        "take": 0,
        "made_by": MadeBy.FAL,
        "kind": MediaKind.VIDEO,
        "path": Path("clips") / "cat_A.mp4",
        "title": "Cat turns to the window",
        "prompt": "The cat turns to the window",
        "endpoint_id": "example/model/image-to-video",
        "created_at": 1000.0,
        "sha256": "0" * 64,
        "size": 1,
        "width": 1280,
        "height": 720,
        "duration": 5.0,
        "frame_rate": 24.0,
        "frames": 120,
    }
    return Clip(**{**facts, **changes})
