"""A line that is heard before lips follow it: what speaks it, and what takes the sound then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kling_desktop.catalog.missing import missing
from kling_desktop.catalog.pricing import price_of
from kling_desktop.catalog.validation import body_of, carry_over, validate
from kling_desktop.records.media import MediaKind
from kling_desktop.records.problem import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from kling_desktop.catalog.catalog import Catalog
    from kling_desktop.catalog.endpoint import Endpoint
    from kling_desktop.catalog.field_spec import FieldSpec
    from kling_desktop.catalog.request_type import RequestType
    from kling_desktop.records.json_values import Values
    from kling_desktop.records.problem import Problem


@dataclass(frozen=True, slots=True)
class Hearing:
    """Of an endpoint with words that are spoken."""

    text: str
    """The field of the words."""
    by: str
    """The endpoint that speaks them alone."""
    then: str
    """The endpoint that takes the sound in their place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What would be spoken, as the values are now."""

    speaker: Endpoint
    values: Values
    """What is posted to the speaker."""
    price: Decimal | None
    obstacle: Problem | None
    """Why it cannot be spoken yet."""
    text: str
    most: int | None
    """Characters that the form takes."""
    most_heard: int | None
    """Characters that the speaker takes."""

    @property
    def is_only_heard(self) -> bool:
        """Whether the words are too many for the form, though not for the speaker."""
        is_over = self.most is not None and len(self.text) > self.most
        return is_over and (self.most_heard is None or len(self.text) <= self.most_heard)


def hearing_from(row: Mapping[str, Any]) -> Hearing:
    """Reads the table's words for it. Raises KeyError where one is missing."""
    return Hearing(text=row["text"], by=row["by"], then=row["then"])


def line_of(catalog: Catalog, endpoint_id: str, values: Values) -> Line | None:
    """The line in these values; None for an endpoint whose words nobody can speak alone."""
    endpoint, form = catalog.endpoint(endpoint_id), catalog.request_type_of(endpoint_id)
    hearing = endpoint.hearing if endpoint else None
    if hearing is None or form is None:
        return None
    speaker, speech = catalog.endpoint(hearing.by), catalog.request_type_of(hearing.by)
    if speaker is None or speech is None:
        return None
    body = body_of(speech, carry_over(form, speech, values)[0])
    text = values.get(hearing.text)
    return Line(
        speaker=speaker,
        values=body,
        price=price_of(speaker, body),
        obstacle=next(_obstacles(form, speech, values, body), None),
        text=text if isinstance(text, str) else "",
        most=_most(form.field(hearing.text)),
        most_heard=_most(speech.field(hearing.text)),
    )


def is_same_line(catalog: Catalog, endpoint_id: str, one: Values, other: Values) -> bool:
    """Whether two inputs of a speaker ask for the same sound: what is left out is the default."""
    speech = catalog.request_type_of(endpoint_id)
    if speech is None:
        return dict(one) == dict(other)
    defaults = speech.defaults()
    return {**defaults, **body_of(speech, one)} == {**defaults, **body_of(speech, other)}


def sound_taker(catalog: Catalog, endpoint_id: str) -> tuple[Endpoint, FieldSpec] | None:
    """The endpoint that takes the sound of a line, and its field."""
    endpoint = catalog.endpoint(endpoint_id)
    then = catalog.endpoint(endpoint.hearing.then) if endpoint and endpoint.hearing else None
    form = catalog.request_type_of(then.endpoint_id) if then else None
    fields = form.fields if form else ()
    field = next((one for one in fields if one.media is MediaKind.AUDIO), None)
    return (then, field) if then and field else None


def _obstacles(
    form: RequestType, speech: RequestType, values: Values, body: Values
) -> Iterator[Problem]:
    """What the form must have, where the speaker would take a default that nobody chose."""
    for field in form.fields:
        value = values.get(field.name)
        is_blank = value is None or (isinstance(value, str) and not value.strip())
        if field.required and is_blank and speech.field(field.name) is not None:
            yield missing(field, (field.name,))
    for problem in validate(speech, body, {}):
        if problem.severity is Severity.ERROR:
            yield problem


def _most(field: FieldSpec | None) -> int | None:
    return field.max_length if field else None
