"""Relations between values that a schema does not say: small rules with names, told by data.

A request type lists them as `{"rule": <name>, …, "severity": "warning"}` under its own hints. A
name that is not known here is passed over, so that newer data does no harm. A path such as
`masks.mask_url` goes through lists. Rules about files stand in `file_rules`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from kling_desktop.catalog import relation_problems as say
from kling_desktop.catalog.asked import Asked
from kling_desktop.catalog.file_rules import FILE_RULES
from kling_desktop.catalog.media_limits import neat
from kling_desktop.catalog.missing import missing
from kling_desktop.records.problem import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kling_desktop.catalog.asked import Rule
    from kling_desktop.catalog.request_type import RequestType
    from kling_desktop.records.json_values import JsonValue, Values
    from kling_desktop.records.media import MediaFacts
    from kling_desktop.records.problem import Problem


def rule_problems(
    request_type: RequestType, body: Values, media: Mapping[str, MediaFacts]
) -> Iterator[Problem]:
    """What the rules of a request type find wrong in a body."""
    yield from _found(request_type.rules, Asked(request_type.fields, body, media))


def wanted_count(request_type: RequestType, field: str, values: Values) -> int | None:
    """How many entries a list must have as the values are now, where a rule says so."""
    asked = Asked(request_type.fields, values, {})
    for rule in request_type.rules:
        if rule.get("rule") == "count_by" and rule["field"] == field:
            return _count(rule, asked)
    return None


def _found(rules: Sequence[Rule], asked: Asked) -> Iterator[Problem]:
    for rule in rules:
        check = _RULES.get(rule.get("rule", ""))
        for problem in check(rule, asked) if check else ():
            is_warning = rule.get("severity") == "warning"
            yield replace(problem, severity=Severity.WARNING) if is_warning else problem


def _each(rule: Rule, asked: Asked) -> Iterator[Problem]:
    """`path`: `rules` hold inside every entry of the list there."""
    field = asked.field(rule["path"])
    entries = asked.body.get(rule["path"])
    if field is None or field.items is None or not isinstance(entries, Sequence):
        return
    for index, entry in enumerate(entries):
        if isinstance(entry, Mapping):
            inner = Asked(field.items.properties, entry, asked.media)
            for problem in _found(rule["rules"], inner):
                yield problem.at(rule["path"], index, *problem.loc)


def _wanted(rule: Rule, asked: Asked) -> Iterator[Problem]:
    """`field` must be there."""
    name = rule["field"]
    if name not in asked.body:
        yield missing(asked.field(name), (name,))


def _not_together(rule: Rule, asked: Asked) -> Iterator[Problem]:
    """`fields`: at most one of them."""
    there = [name for name in rule["fields"] if name in asked.body]
    for one, other in combinations(there, 2):
        first, second = asked.title(one), asked.title(other)
        yield say.ONLY_ONE_OF(other, field=first, other=second, beside=one)


def _one_of(rule: Rule, asked: Asked) -> Iterator[Problem]:
    """`fields`: at least one of them."""
    names = rule["fields"]
    if not any(name in asked.body for name in names):
        first, second = names[0], names[1]
        field = asked.field(first)
        if field is not None and field.ask:
            yield missing(field, (first,))
        else:
            yield say.ONE_OF_NEEDED(first, field=asked.title(first), other=asked.title(second))


def _only_when(rule: Rule, asked: Asked) -> Iterator[Problem]:
    """`field` (if `of` is there: one of these values of it) only while `other` is in `values`."""
    name, other, allowed = rule["field"], rule["other"], rule["values"]
    value = asked.body.get(name)
    if name not in asked.body or asked.value(other) in allowed:
        return
    if "of" in rule and value not in rule["of"]:
        return
    title, other_title = asked.title(name), asked.title(other)
    words = ", ".join(asked.choice(other, one) for one in allowed)
    if "of" in rule:
        choice = asked.choice(name, value)
        yield say.CHOICE_ONLY_WHEN(name, field=title, other=other_title, choice=choice, value=words)
        return
    problem = say.ONLY_WHEN(name, field=title, other=other_title, value=words)
    # Of several, nobody but the person knows which.
    told = {"set": other, "to": allowed[0]} if len(allowed) == 1 else {}
    yield replace(problem, values={**problem.values, **told})


def _needs(rule: Rule, asked: Asked) -> Iterator[Problem]:
    """`field`, where it is not as it is by itself, only together with `other`."""
    name, other = rule["field"], rule["other"]
    field = asked.field(name)
    is_usual = field is not None and field.has_default and asked.value(name) == field.default
    if name in asked.body and not is_usual and other not in asked.body:
        yield say.NEEDS_OTHER(name, field=asked.title(name), other=asked.title(other))


def _count(rule: Rule, asked: Asked) -> int | None:
    wanted: int | None = rule["counts"].get(str(asked.value(rule["other"])), rule["otherwise"])
    return wanted


def _count_by(rule: Rule, asked: Asked) -> Iterator[Problem]:
    """`field` has as many entries as `counts` says for the value of `other`, or `otherwise`.

    Null takes any number. For the values in `unsure` a break is only warned about.
    """
    name, other = rule["field"], asked.value(rule["other"])
    count, wanted = sum(1 for _ in asked.at(name)), _count(rule, asked)
    if other is None or wanted is None or count == wanted:
        return
    if not count and wanted == 1:
        yield missing(asked.field(name), (name,))
        return
    title = asked.title(name)
    problem = say.NEEDS_COUNT(name, field=title, wanted=wanted, count=count)
    is_unsure = other in rule.get("unsure", ())
    yield replace(problem, severity=Severity.WARNING) if is_unsure else problem


def _unfit(rule: Rule, asked: Asked) -> Iterator[Problem]:
    """`pairs`: for each value of `other` the values of `field` that do not go with it."""
    name, other, pairs = rule["field"], rule["other"], rule["pairs"]
    value = asked.body.get(name)
    if name not in asked.body or value not in pairs.get(str(asked.value(other)), ()):
        return
    problem = say.UNFIT(
        name,
        field=asked.title(name),
        choice=asked.choice(name, value),
        other=asked.title(other),
        value=asked.choice(other, asked.value(other)),
    )
    field = asked.field(other)
    fitting = [one for one in field.enum if value not in pairs.get(str(one), ())] if field else []
    told = {"set": other, "to": fitting[0]} if fitting else {}
    yield replace(problem, values={**problem.values, **told})


def _doubtful(rule: Rule, asked: Asked) -> Iterator[Problem]:
    """`field` is one of `values` that are said to be refused."""
    name = rule["field"]
    value = asked.value(name)
    if value in rule["values"]:
        choice = asked.choice(name, value)
        yield say.DOUBTFUL_CHOICE(name, field=asked.title(name), choice=choice)


def _at_most(rule: Rule, asked: Asked) -> Iterator[Problem]:
    """What stands at `paths` is at most `most` together, if anything stands at `while`."""
    if "while" in rule and not any(asked.at(rule["while"])):
        return
    places = [loc for path in rule["paths"] for loc, _ in asked.at(path)]
    if len(places) > rule["most"]:
        titles = ", ".join(asked.title(path) for path in rule["paths"])
        loc = places[rule["most"]]
        yield say.TOO_MANY_TOGETHER(*loc, fields=titles, count=len(places), most=rule["most"])


def _total(rule: Rule, asked: Asked) -> Iterator[Problem]:
    """The numbers at `path` together are at most `most`; an entry without one counts as usual."""
    name, _, inner = rule["path"].rpartition(".")
    field = asked.field_at(rule["path"])
    usual = field.default if field else None
    numbers = [
        _number(entry.get(inner, usual)) if isinstance(entry, Mapping) else 0.0
        for _, entry in asked.at(name)
    ]
    if sum(numbers) > rule["most"]:
        facts = {"total": neat(sum(numbers)), "most": rule["most"], "part": inner}
        yield say.TOTAL_TOO_LARGE(name, field=asked.title(name), **facts)


def _number(value: JsonValue) -> float:
    is_number = isinstance(value, int | float) or (isinstance(value, str) and value.isdecimal())
    return float(value) if is_number and not isinstance(value, bool) else 0.0  # type: ignore[arg-type]  # is_number


_RULES: Mapping[str, Callable[[Rule, Asked], Iterator[Problem]]] = {
    "each": _each,
    "wanted": _wanted,
    "not_together": _not_together,
    "one_of": _one_of,
    "only_when": _only_when,
    "needs": _needs,
    "count_by": _count_by,
    "unfit": _unfit,
    "doubtful": _doubtful,
    "at_most": _at_most,
    "total": _total,
    **FILE_RULES,
}
