"""What the words of a prompt can name: `@Image1` is the first picture, `@Element2` the second."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kling_desktop.catalog import relation_problems as say
from kling_desktop.catalog.paths import values_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kling_desktop.catalog.field_spec import FieldSpec
    from kling_desktop.catalog.request_type import RequestType
    from kling_desktop.records.json_values import JsonValue, Loc, Values
    from kling_desktop.records.problem import Problem

_NUMBER = "{n}"


@dataclass(frozen=True, slots=True)
class Mention:
    """One thing that words can name."""

    word: str
    """As it is written: `@Image1`."""
    loc: Loc
    """Where the thing stands."""


def mentions(field: FieldSpec, values: Values) -> tuple[Mention, ...]:
    """All that the words of this field can name, as the values are now."""
    return tuple(one for path, word in field.mentions for one in _of_path(path, word, values))


def mention_problems(request_type: RequestType, body: Values) -> Iterator[Problem]:
    """Warnings about words that name what is not there."""
    for field in request_type.fields:
        text = body.get(field.name)
        if not field.mentions or not isinstance(text, str):
            continue
        known = {one.word for one in mentions(field, body)}
        written = dict.fromkeys(
            found for _, word in field.mentions for found in _pattern(word).findall(text)
        )
        unknown = [word for word in written if word not in known]
        if unknown:
            words = ", ".join(unknown)
            yield say.NOTHING_NAMED_SO(field.name, field=field.title, words=words)


def _of_path(path: str, word: str, values: Values) -> Iterator[Mention]:
    value: JsonValue = values.get(path)
    if _NUMBER not in word:
        if any(one != "" for _, one in values_at(values, path)):
            yield Mention(word, (path,))
    elif isinstance(value, Sequence) and not isinstance(value, str | Mapping):
        for index in range(len(value)):
            yield Mention(word.replace(_NUMBER, str(index + 1)), (path, index))


def _pattern(word: str) -> re.Pattern[str]:
    """The word with any number."""
    return re.compile(re.sub(r"\d+", r"\\d+", re.escape(word.replace(_NUMBER, "1"))))
