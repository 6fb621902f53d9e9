"""A Job as the JSON text of its row, and back, without loss."""

from __future__ import annotations

import dataclasses
import json
from decimal import Decimal
from typing import Any

from kling_desktop.records.job import Attempt, Job, JobState, MadeBy, Request, WaitingFor
from kling_desktop.records.problem import Charge, Problem


def job_to_text(job: Job) -> str:
    """The whole record as JSON."""
    data: dict[str, Any] = {
        one.name: getattr(job, one.name) for one in dataclasses.fields(job) if one.name != "problem"
    }
    data["price"] = None if job.price is None else str(job.price)
    data["attempts"] = [dataclasses.asdict(attempt) for attempt in job.attempts]
    data["request"] = None if job.request is None else dataclasses.asdict(job.request)
    data["problem"] = None if job.problem is None else job.problem.to_json()
    return json.dumps(data, ensure_ascii=False)


def job_from_text(text: str) -> Job:
    """What job_to_text wrote. Raises KeyError, TypeError or ValueError for anything else."""
    data: dict[str, Any] = json.loads(text)
    problem, request, price = data["problem"], data["request"], data["price"]
    return Job(
        **{
            **data,
            "made_by": MadeBy(data["made_by"]),
            "state": JobState(data["state"]),
            "waiting_for": WaitingFor(data["waiting_for"]),
            "charge": Charge(data["charge"]),
            "price": None if price is None else Decimal(price),
            "attempts": tuple(Attempt(**attempt) for attempt in data["attempts"]),
            "request": None if request is None else Request(**request),
            "problem": None if problem is None else Problem.from_json(problem),
            "clip_ids": tuple(data["clip_ids"]),
        }
    )
