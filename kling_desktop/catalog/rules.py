"""Relations between values that a schema does not say: small rules with names, told by data.

A request type lists them as `{"rule": <name>, …, "severity": "warning"}` under its own hints. A
name that is not known here is passed over, so that newer data does no harm. A path such as
`masks.mask_url` goes through lists.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

from kling_desktop.catalog import problems as say
from kling_desktop.catalog.media_limits import neat
from kling_desktop.records.problem import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kling_desktop.catalog.request_type import RequestType
    from kling_desktop.records.json_values import JsonValue, Loc, Values
    from kling_desktop.records.media import MediaFacts
    from kling_desktop.records.problem import Problem

Rule = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a rule looks at."""

    request_type: RequestType
    body: Values
    media: Mapping[str, MediaFacts]

    def title(self, path: str) -> str:
        """The title of the field that a path begins with."""
        name = path.partition(".")[0]
        field = self.request_type.field(name)
        return field.title if field else name

    def choice(self, name: str, value: JsonValue) -> str:
        """How a person reads one value of a field."""
        field = self.request_type.field(name)
        if field is None or value not in field.enum:
            return str(value)
        return field.enum_titles[field.enum.index(value)]

    def value(self, name: str) -> JsonValue:
        """What is sent, else what fal takes by itself."""
        field = self.request_type.field(name)
        return self.body.get(name, field.default if field else None)

    def files(self, path: str) -> Iterator[tuple[Loc, MediaFacts]]:
        """The local files at a path that have a size in pixels."""
        for loc, value in _values_at(self.body, tuple(path.split(".")), ()):
            facts = self.media.get(value) if isinstance(value, str) else None
            if facts is not None and facts.ratio is not None:
                yield loc, facts


def rule_problems(
    request_type: RequestType, body: Values, media: Mapping[str, MediaFacts]
) -> Iterator[Problem]:
    """What the rules of a request type find wrong in a body."""
    asked = _Asked(request_type, body, media)
    for rule in request_type.rules:
        check = _RULES.get(rule.get("rule", ""))
        for problem in check(rule, asked) if check else ():
            is_warning = rule.get("severity") == "warning"
            yield replace(problem, severity=Severity.WARNING) if is_warning else problem


def _values_at(
    value: JsonValue, path: tuple[str, ...], loc: Loc
) -> Iterator[tuple[Loc, JsonValue]]:
    if isinstance(value, Sequence) and not isinstance(value, str):
        for index, one in enumerate(value):
            yield from _values_at(one, path, (*loc, index))
    elif not path:
        yield loc, value
    elif isinstance(value, Mapping) and path[0] in value:
        yield from _values_at(value[path[0]], path[1:], (*loc, path[0]))


def _not_together(rule: Rule, asked: _Asked) -> Iterator[Problem]:
    """`fields`: at most one of them."""
    there = [name for name in rule["fields"] if name in asked.body]
    for one, other in combinations(there, 2):
        yield say.ONLY_ONE_OF(other, field=asked.title(one), other=asked.title(other))


def _one_of(rule: Rule, asked: _Asked) -> Iterator[Problem]:
    """`fields`: at least one of them."""
    names = rule["fields"]
    if not any(name in asked.body for name in names):
        first, second = names[0], names[1]
        yield say.ONE_OF_NEEDED(first, field=asked.title(first), other=asked.title(second))


def _only_when(rule: Rule, asked: _Asked) -> Iterator[Problem]:
    """`field` only while `other` is one of `values`."""
    name, other = rule["field"], rule["other"]
    if name in asked.body and asked.value(other) not in rule["values"]:
        words = ", ".join(asked.choice(other, one) for one in rule["values"])
        yield say.ONLY_WHEN(name, field=asked.title(name), other=asked.title(other), value=words)


def _count_by(rule: Rule, asked: _Asked) -> Iterator[Problem]:
    """`field` has as many entries as `counts` says for the value of `other`, or `otherwise`."""
    wanted = rule["counts"].get(str(asked.value(rule["other"])), rule["otherwise"])
    there = asked.body.get(rule["field"], ())
    count = len(there) if isinstance(there, Sequence) else 0
    if count != wanted:
        title = asked.title(rule["field"])
        yield say.NEEDS_COUNT(rule["field"], field=title, wanted=wanted, count=count)


def _same_ratio(rule: Rule, asked: _Asked) -> Iterator[Problem]:
    """`fields`: all files have the ratio of the first, `within` a part of it."""
    first, *others = rule["fields"]
    for _, facts in asked.files(first):
        for path in others:
            for loc, other in asked.files(path):
                wanted, found = facts.ratio or 1, other.ratio or 1
                if abs(found - wanted) > wanted * rule.get("within", 0.01):
                    yield say.OTHER_SHAPE(*loc, field=asked.title(first), other=asked.title(path))


def _same_size(rule: Rule, asked: _Asked) -> Iterator[Problem]:
    """`fields`: all files have the pixels of the first that is there."""
    found = [(path, *file) for path in rule["fields"] for file in asked.files(path)]
    for path, loc, facts in found[1:]:
        first, _, wanted = found[0]
        if (facts.width, facts.height) != (wanted.width, wanted.height):
            yield say.OTHER_SIZE(*loc, field=asked.title(first), other=asked.title(path))


def _total(rule: Rule, asked: _Asked) -> Iterator[Problem]:
    """The numbers at `path` together are at most `most`."""
    numbers = [
        float(value)
        for _, value in _values_at(asked.body, tuple(rule["path"].split(".")), ())
        if isinstance(value, int | float) or (isinstance(value, str) and value.isdecimal())
    ]
    if sum(numbers) > rule["most"]:
        name = rule["path"].partition(".")[0]
        yield say.TOTAL_TOO_LARGE(
            name, field=asked.title(name), total=neat(sum(numbers)), most=rule["most"]
        )


_RULES: Mapping[str, Callable[[Rule, _Asked], Iterator[Problem]]] = {
    "not_together": _not_together,
    "one_of": _one_of,
    "only_when": _only_when,
    "count_by": _count_by,
    "same_ratio": _same_ratio,
    "same_size": _same_size,
    "total": _total,
}
