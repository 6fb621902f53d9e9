"""What one click could do about each kind of problem; whether it helps is found out elsewhere."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from kling_desktop.catalog import problems as values_say
from kling_desktop.catalog import refusal_problems as fal_says
from kling_desktop.catalog import relation_problems as say
from kling_desktop.catalog.field_spec import FieldType
from kling_desktop.catalog.motion_brush import brush_fields
from kling_desktop.catalog.replacing import NOTHING, changed, value_at
from kling_desktop.catalog.shot_lengths import shortened
from kling_desktop.records.painting import PAINTING
from kling_desktop.records.problem import Problem, Way, WayKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kling_desktop.catalog.field_spec import FieldSpec
    from kling_desktop.catalog.request_type import RequestType
    from kling_desktop.records.json_values import JsonValue, Loc, Values
    from kling_desktop.records.media import MediaFacts

    Maker = Callable[["Look", Problem], Iterator[Way]]


@dataclass(frozen=True, slots=True)
class Look:
    """What the form holds, and what that means."""

    request_type: RequestType
    values: Values
    media: Mapping[str, MediaFacts]

    def field(self, loc: Loc) -> FieldSpec | None:
        """The field at a place."""
        return self.request_type.field_at(loc)

    def value(self, loc: Loc) -> JsonValue:
        """What stands there."""
        return value_at(self.values, loc)

    def is_optional(self, loc: Loc) -> bool:
        """Whether it may be left out where it stands."""
        field = self.field(loc)
        return isinstance(loc[-1], int) or field is None or not field.required


def candidates(look: Look, problem: Problem) -> Iterator[Iterator[Way]]:
    """What could help against a problem that `validate` found: of each, the best first."""
    for makes in _CANDIDATES.get(problem.code, ()):
        yield _made(look, problem, makes)


def refusal_candidates(look: Look, problem: Problem) -> Iterator[Iterator[Way]]:
    """What could help against something that fal said of a value."""
    if problem.loc and look.value(problem.loc) is not None:
        for makes in _AGAINST_REFUSALS.get(problem.code, ()):
            yield _made(look, problem, makes)


def _made(look: Look, problem: Problem, makes: tuple[Maker, ...]) -> Iterator[Way]:
    for make in makes:
        yield from make(look, problem)


def _leave_out(look: Look, problem: Problem) -> Iterator[Way]:
    """The value itself; where it must be there, the entry of a list that it is in."""
    yield from _without(look, problem.loc)


def _without(look: Look, loc: Loc) -> Iterator[Way]:
    painted = _painting(look, loc)
    if painted is not None:
        yield painted
        return
    while loc and not look.is_optional(loc):
        loc = loc[:-1]
    if loc and look.value(loc) is not None:
        named = loc[:-1] if isinstance(loc[-1], int) else loc
        yield Way(
            kind=WayKind.LEAVE_OUT,
            title=_title(look, named),
            count=loc[-1] + 1 if isinstance(loc[-1], int) else 0,
            changes=changed(look.values, loc, NOTHING),
            loc=loc,
        )


def _painting(look: Look, loc: Loc) -> Way | None:
    """What was painted goes as a whole, with what it was made from."""
    brush = brush_fields(look.request_type.fields)
    if brush is None or PAINTING not in look.values or str(loc[0]) not in brush.names:
        return None
    gone = (*brush.names, PAINTING)
    title = _title(look, (brush.areas,))
    return Way(kind=WayKind.LEAVE_OUT, title=title, changes=dict.fromkeys(gone), loc=(brush.areas,))


def _leave_out_other(look: Look, problem: Problem) -> Iterator[Way]:
    """The one beside it that it cannot be together with."""
    yield from _without(look, (*problem.loc[:-1], str(problem.values["beside"])))


def _set_other(look: Look, problem: Problem) -> Iterator[Way]:
    """The field that it hangs on, as the rule wants it."""
    if "set" in problem.values:
        loc = (*problem.loc[:-1], str(problem.values["set"]))
        yield _setting(look, loc, problem.values["to"])


def _setting(look: Look, loc: Loc, to: JsonValue) -> Way:
    return Way(
        kind=WayKind.SET,
        title=_title(look, loc),
        choice=_choice(look.field(loc), to),
        changes=changed(look.values, loc, to),
        loc=loc,
    )


def _usual(look: Look, problem: Problem) -> Iterator[Way]:
    """The value that fal takes by itself."""
    field = look.field(problem.loc)
    if field is not None and field.has_default and field.default not in (None, ""):
        yield _setting(look, problem.loc, field.default)


def _nearest(look: Look, problem: Problem) -> Iterator[Way]:
    """The nearest number that is allowed."""
    field, value = look.field(problem.loc), look.value(problem.loc)
    if field is None or not isinstance(value, int | float) or isinstance(value, bool):
        return
    number = _allowed(value, problem.values)
    if number is not None:
        is_whole = field.type is FieldType.INTEGER or float(number).is_integer()
        yield _setting(look, problem.loc, round(number) if is_whole else number)


def _allowed(value: float, facts: Mapping[str, object]) -> float | None:
    step = facts.get("step")
    if isinstance(step, int | float) and step:
        exact = Decimal(str(step))
        return float(round(Decimal(str(value)) / exact) * exact)
    for name, is_broken in (("least", value < _number(facts, "least")),
                            ("most", value > _number(facts, "most"))):  # fmt: skip
        if name in facts and is_broken:
            return _number(facts, name)
    return None


def _number(facts: Mapping[str, object], name: str) -> float:
    found = facts.get(name)
    return found if isinstance(found, int | float) else math.nan


def _whole(look: Look, problem: Problem) -> Iterator[Way]:
    """The nearest whole number."""
    value = look.value(problem.loc)
    if isinstance(value, float) and math.isfinite(value):
        yield _setting(look, problem.loc, round(value))


def _keep_first(look: Look, problem: Problem) -> Iterator[Way]:
    """As much of a text or list as is allowed."""
    most, whole = problem.values.get("most", problem.values.get("wanted")), look.value(problem.loc)
    if isinstance(most, int) and isinstance(whole, Sequence) and 0 < most < len(whole):
        yield _first_of(look, problem.loc, most)


def _first_of(look: Look, loc: Loc, most: int) -> Way:
    whole = look.value(loc)
    kept: JsonValue = None
    if isinstance(whole, Sequence):
        kept = whole[:most].rstrip() if isinstance(whole, str) else list(whole[:most])
    return Way(
        kind=WayKind.KEEP_FIRST,
        title="" if isinstance(whole, str) else _title(look, loc),
        count=most,
        changes=changed(look.values, loc, kept),
        loc=loc,
    )


def _keep_before(look: Look, problem: Problem) -> Iterator[Way]:
    """Of a list that has too many together with another: what stands before the first too many."""
    if isinstance(problem.loc[-1], int) and problem.loc[-1]:
        yield _first_of(look, problem.loc[:-1], problem.loc[-1])


def _leave_out_around(look: Look, problem: Problem) -> Iterator[Way]:
    """The entry of a list that it is in, or the whole list."""
    for end in range(len(problem.loc) - 1, 0, -1):
        if isinstance(problem.loc[end - 1], int) or end == 1:
            yield from _without(look, problem.loc[:end])


def _another(look: Look, problem: Problem) -> Iterator[Way]:
    """The next choice of the same group."""
    field, value = look.field(problem.loc), look.value(problem.loc)
    if field is None or value not in field.enum:
        return
    groups = field.enum_groups or ("",) * len(field.enum)
    here = field.enum.index(value)
    for place in (*range(here + 1, len(field.enum)), *range(here)):
        if groups[place] == groups[here]:
            yield _setting(look, problem.loc, field.enum[place])


def _take_out_words(look: Look, problem: Problem) -> Iterator[Way]:
    """The words of a text that name nothing."""
    text, words = look.value(problem.loc), str(problem.values.get("words", "")).split(", ")
    if not isinstance(text, str):
        return
    for word in sorted(words, key=len, reverse=True):
        text = " ".join(part.strip(" ") for part in text.split(word))
    yield Way(
        kind=WayKind.TAKE_OUT_WORDS,
        choice=str(problem.values["words"]),
        changes=changed(look.values, problem.loc, text.strip()),
        loc=problem.loc,
    )


def _shorten_shots(look: Look, problem: Problem) -> Iterator[Way]:
    """The longest parts, until all together fit."""
    part, most = str(problem.values.get("part", "")), problem.values["most"]
    field, shots = look.field(problem.loc), look.value(problem.loc)
    inner = field.items.child(part) if field and field.items else None
    if inner is None or not isinstance(shots, Sequence) or not isinstance(most, int):
        return
    shorter = shortened(shots, inner, most)
    if shorter is not None:
        yield Way(
            kind=WayKind.SHORTEN_SHOTS,
            title=_title(look, problem.loc),
            count=most,
            changes=changed(look.values, problem.loc, shorter),
            loc=problem.loc,
        )


def _to_the_edge(look: Look, problem: Problem) -> Iterator[Way]:
    """A point onto the nearest pixel of the picture."""
    point, facts = look.value(problem.loc), problem.values
    if PAINTING in look.values or not isinstance(point, Mapping):
        return
    nearest = {
        **point,
        "x": min(max(int(facts["x"]), 0), int(facts["width"]) - 1),
        "y": min(max(int(facts["y"]), 0), int(facts["height"]) - 1),
    }
    changes = changed(look.values, problem.loc, nearest)
    yield Way(kind=WayKind.TO_THE_EDGE, changes=changes, loc=problem.loc)


def _move_here(look: Look, problem: Problem) -> Iterator[Way]:
    """The only other file of that kind, where it stands in a field that needs none."""
    wanted = look.field(problem.loc)
    if wanted is None or len(problem.loc) > 1 or wanted.media is None:
        return
    others = [
        one
        for one in look.request_type.fields
        if one.media is wanted.media and one.name != wanted.name and look.values.get(one.name)
    ]
    if len(others) == 1 and not others[0].required:
        name = others[0].name
        changes = {wanted.name: look.values[name], name: None}
        yield Way(kind=WayKind.MOVE_HERE, title=others[0].title, changes=changes, loc=problem.loc)


def _title(look: Look, loc: Loc) -> str:
    field = look.field(loc)
    return (field.title or field.name) if field else str(loc[-1])


def _choice(field: FieldSpec | None, value: JsonValue) -> str:
    """How a person reads a value; `on` and `off` for a switch."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if field is not None and value in field.enum:
        return field.enum_titles[field.enum.index(value)]
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return f"{text} {field.unit}" if field is not None and field.unit else text


_LEFT = (_usual, _leave_out)
_NUMBER = (_nearest, *_LEFT)
_CANDIDATES: Mapping[str, tuple[tuple[Maker, ...], ...]] = {
    kind.code: tuple(makes)
    for kind, *makes in (
        (values_say.REQUIRED_MEDIA, (_move_here,)),
        (values_say.TEXT_TOO_LONG, (_keep_first,)),
        (values_say.TEXT_TOO_SHORT, (_leave_out,)),
        (values_say.TEXT_OF_WRONG_FORM, _LEFT),
        (values_say.TOO_MANY_ITEMS, (_keep_first, _leave_out)),
        (values_say.TOO_FEW_ITEMS, (_leave_out,)),
        (values_say.NOT_A_CHOICE, _LEFT),
        (values_say.NUMBER_TOO_SMALL, _NUMBER),
        (values_say.NUMBER_TOO_LARGE, _NUMBER),
        (values_say.NUMBER_NOT_ABOVE, _LEFT),
        (values_say.NUMBER_NOT_BELOW, _LEFT),
        (values_say.NUMBER_NOT_A_STEP, _NUMBER),
        (values_say.NOT_WHOLE, (_whole, *_LEFT)),
        (values_say.NOT_TEXT, _LEFT),
        (values_say.NOT_A_NUMBER, _LEFT),
        (values_say.NOT_A_SWITCH, _LEFT),
        (values_say.NOT_A_LIST, _LEFT),
        (values_say.NOT_A_GROUP, _LEFT),
        (values_say.NOT_ALLOWED, _LEFT),
        (values_say.NOT_A_FILE, (_leave_out,)),
        (values_say.FILE_GONE, (_leave_out,)),
        (values_say.NOT_A_PICTURE, (_leave_out,)),
        (values_say.NOT_A_VIDEO, (_leave_out,)),
        (values_say.NOT_A_SOUND, (_leave_out,)),
        (say.ONLY_ONE_OF, (_leave_out,), (_leave_out_other,)),
        (say.ONLY_WHEN, (_set_other,), (_leave_out,)),
        (say.CHOICE_ONLY_WHEN, _LEFT),
        (say.NEEDS_OTHER, _LEFT),
        (say.UNFIT, (_set_other,), (_usual, _another)),
        (say.DOUBTFUL_CHOICE, (_usual, _another)),
        (say.TOO_MANY_TOGETHER, (_keep_before, _leave_out, _leave_out_around)),
        (say.NOTHING_NAMED_SO, (_take_out_words,)),
        (say.MASK_OF_OTHER_SHAPE, (_leave_out,)),
        (say.MASK_OF_OTHER_SIZE, (_leave_out,)),
        (say.POINT_OUTSIDE, (_to_the_edge, _leave_out, _leave_out_around)),
        (say.NEEDS_COUNT, (_keep_first,)),
        (say.OTHER_SIZE, (_leave_out,)),
        (say.TOTAL_TOO_LARGE, (_shorten_shots,)),
    )
}
_AGAINST_REFUSALS: Mapping[str, tuple[tuple[Maker, ...], ...]] = {
    fal_says.FAL_NUMBER.code: (_NUMBER,),
    fal_says.FAL_LENGTH.code: ((_keep_first, _leave_out),),
    **dict.fromkeys(
        (
            fal_says.FAL_CHOICE.code,
            fal_says.FAL_WRONG_TYPE.code,
            fal_says.FAL_NOT_SUPPORTED.code,
            fal_says.FAL_VALUE.code,
            fal_says.FAL_VALUE_SILENTLY.code,
            say.REFUSED_BEFORE.code,
            say.REFUSED_BEFORE_SILENTLY.code,
            say.REFUSED_IN_REHEARSAL.code,
            say.REFUSED_IN_REHEARSAL_SILENTLY.code,
        ),
        (_LEFT,),
    ),
}
