"""What the rules between fields mean for single editors, read from a request type."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from kling_desktop.catalog.rules import wanted_count

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kling_desktop.catalog.request_type import RequestType
    from kling_desktop.records.json_values import Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """What one field has to do with others, as the values are now."""

    counts: Mapping[str, int] = field(default_factory=dict)
    """For a choice: how many files an entry asks for, where that is not the usual number."""
    wanted: int | None = None
    """For a list: how many entries it must have."""
    most: float | None = None
    """For a list of parts: how much they may be together."""
    unfit: frozenset[str] = frozenset()
    """For a choice: the entries that do not go with what another field says."""
    unfit_for: str = ""
    """What that field says, in the words of the catalogue."""
    doubtful: frozenset[str] = frozenset()
    """For a choice: the entries that are said to be refused."""
    rival: str = ""
    """The title of a field that is set and gives way when this one is."""


FREE = Bound()


def bounds(request_type: RequestType, values: Values) -> dict[str, Bound]:
    """By field name, for those that have anything to do with others."""
    found: dict[str, Bound] = {}
    for rule in request_type.rules:
        match rule.get("rule"):
            case "count_by":
                found[rule["other"]] = Bound(counts=rule["counts"])
                wanted = wanted_count(request_type, rule["field"], values)
                found[rule["field"]] = Bound(wanted=wanted)
            case "total":
                found[rule["path"].partition(".")[0]] = Bound(most=rule["most"])
            case "unfit":
                name = rule["field"]
                found[name] = _unfit(found.get(name, FREE), request_type, rule, values)
            case "doubtful":
                name, doubtful = rule["field"], frozenset(rule["values"])
                found[name] = replace(found.get(name, FREE), doubtful=doubtful)
            case _:
                pass
    for one, other in _pairs(request_type):
        if _is_set(values, other):
            rival = request_type.field(other)
            found[one] = Bound(rival=rival.title if rival else other)
    return found


def rivals(request_type: RequestType | None, name: str) -> tuple[str, ...]:
    """The fields that give way to this one: two faces of one thing, of which one can be sent."""
    if request_type is None:
        return ()
    return tuple(other for one, other in _pairs(request_type) if one == name)


def _unfit(
    bound: Bound, request_type: RequestType, rule: Mapping[str, Any], values: Values
) -> Bound:
    other = request_type.field(rule["other"])
    if other is None:
        return bound
    value = values.get(other.name, other.default)
    titles = dict(zip(other.enum, other.enum_titles, strict=True))
    unfit = frozenset(rule["pairs"].get(str(value), ()))
    return replace(bound, unfit=unfit, unfit_for=titles.get(value, str(value)))


def _pairs(request_type: RequestType) -> Iterator[tuple[str, str]]:
    for rule in request_type.rules:
        if rule.get("rule") != "not_together":
            continue
        editors = {name: _editor(request_type, name) for name in rule["fields"]}
        for one, editor in editors.items():
            for other, its_editor in editors.items():
                if one != other and editor and editor == its_editor:
                    yield one, other


def _editor(request_type: RequestType, name: str) -> str:
    found = request_type.field(name)
    return found.editor if found else ""


def _is_set(values: Values, name: str) -> bool:
    return values.get(name) is not None
