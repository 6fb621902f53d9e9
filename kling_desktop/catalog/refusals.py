"""Reads fal's refusals: the `detail` of a 422 becomes problems at the fields of the form.

Types and their facts (`ctx`): fal's documentation of model errors, and pydantic's in both versions.
What a type costs follows fal's words on billing: nothing for what is refused before the model runs,
nothing for errors of the server, perhaps something where the model ran.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kling_desktop.catalog import refusal_problems as say
from kling_desktop.catalog.media_limits import MEGABYTE, neat
from kling_desktop.records.media import MediaKind
from kling_desktop.records.problem import Remedy

if TYPE_CHECKING:
    from collections.abc import Callable

    from kling_desktop.catalog.field_spec import FieldSpec
    from kling_desktop.catalog.request_type import RequestType
    from kling_desktop.records.json_values import JsonValue, Loc
    from kling_desktop.records.problem import Problem, ProblemKind

_LONGEST_MESSAGE = 400
_OF_PICTURES = frozenset({Remedy.CONVERT, Remedy.SHRINK, Remedy.CROP})

_BETWEEN = re.compile(r"[.\[\]/]+")
_KINDS: Mapping[str, ProblemKind] = {
    "content_policy_violation": say.FAL_CONTENT,
    "no_media_generated": say.FAL_NOTHING_MADE,
    "face_detection_error": say.FAL_NO_FACE,
    "image_load_error": say.FAL_COULD_NOT_LOAD,
    "file_download_error": say.FAL_COULD_NOT_FETCH,
    "image_too_small": say.FAL_PICTURE_TOO_SMALL,
    "image_too_large": say.FAL_PICTURE_TOO_LARGE,
    "image_aspect_ratio_error": say.FAL_PICTURE_SHAPE,
    "file_too_large": say.FAL_FILE_TOO_HEAVY,
    "video_duration_too_long": say.FAL_TOO_LONG,
    "audio_duration_too_long": say.FAL_TOO_LONG,
    "video_duration_too_short": say.FAL_TOO_SHORT,
    "audio_duration_too_short": say.FAL_TOO_SHORT,
    "unsupported_image_format": say.FAL_FORMAT,
    "unsupported_video_format": say.FAL_FORMAT,
    "unsupported_audio_format": say.FAL_FORMAT,
    "feature_not_supported": say.FAL_NOT_SUPPORTED,
    "extra_forbidden": say.FAL_NOT_SUPPORTED,
    "string_pattern_mismatch": say.FAL_VALUE,
    "url_scheme": say.FAL_VALUE,
    "url_too_long": say.FAL_VALUE,
    "value_error.url.scheme": say.FAL_VALUE,
    "int_from_float": say.FAL_WRONG_TYPE,
    "finite_number": say.FAL_WRONG_TYPE,
    "missing": say.FAL_MISSING,
    "value_error.missing": say.FAL_MISSING,
    "greater_than": say.FAL_NUMBER,
    "greater_than_equal": say.FAL_NUMBER,
    "less_than": say.FAL_NUMBER,
    "less_than_equal": say.FAL_NUMBER,
    "multiple_of": say.FAL_NUMBER,
    "value_error.number.not_ge": say.FAL_NUMBER,
    "value_error.number.not_gt": say.FAL_NUMBER,
    "value_error.number.not_le": say.FAL_NUMBER,
    "value_error.number.not_lt": say.FAL_NUMBER,
    "sequence_too_short": say.FAL_LENGTH,
    "sequence_too_long": say.FAL_LENGTH,
    "too_short": say.FAL_LENGTH,
    "too_long": say.FAL_LENGTH,
    "string_too_short": say.FAL_LENGTH,
    "string_too_long": say.FAL_LENGTH,
    "value_error.any_str.max_length": say.FAL_LENGTH,
    "value_error.any_str.min_length": say.FAL_LENGTH,
    "value_error.list.max_items": say.FAL_LENGTH,
    "value_error.list.min_items": say.FAL_LENGTH,
    "video_duration": say.FAL_LENGTH,
    "one_of": say.FAL_CHOICE,
    "literal_error": say.FAL_CHOICE,
    "enum": say.FAL_CHOICE,
    "type_error.enum": say.FAL_CHOICE,
    "value_error.const": say.FAL_CHOICE,
    "input_value_error": say.FAL_VALUE,
    "value_error": say.FAL_VALUE,
    "internal_server_error": say.FAL_MODEL_TROUBLE,
    "generation_timeout": say.FAL_MODEL_TROUBLE,
    "downstream_service_error": say.FAL_PARTNER_TROUBLE,
    "downstream_service_unavailable": say.FAL_PARTNER_TROUBLE,
}


def problems_from_422(detail: JsonValue, request_type: RequestType) -> tuple[Problem, ...]:
    """One problem for each entry of fal's `detail`, which may be a list, an object or a text.

    What concerns a field that the request type does not have stands at `loc` (). Never empty.
    """
    if isinstance(detail, Mapping) and "loc" not in detail:
        detail = detail.get("detail", detail)
    if isinstance(detail, str) or not isinstance(detail, Sequence):
        detail = [detail]
    found = tuple(_problem(item, request_type) for item in detail)
    return found or (say.FAL_REFUSED_SILENTLY(),)


def _problem(item: JsonValue, request_type: RequestType) -> Problem:
    if isinstance(item, str):
        return _refused((), _short(item), "")
    if not isinstance(item, Mapping):
        return say.FAL_REFUSED_SILENTLY(details=_details(item))
    loc, field = _place(item.get("loc"), request_type)
    message = _message(item)
    details = _details({name: value for name, value in item.items() if name != "input"})
    kind = _kind_of(item.get("type"))
    if kind is None:
        return _refused(loc, message, details)
    if field is None and "{field}" in kind.what:
        return replace(_refused(loc, message, details), charge=kind.charge)
    title = field.title if field else ""
    facts = _facts(kind, item.get("ctx"))
    if facts is None or (not message and "{message}" in kind.why):
        plain = say.FAL_VALUE if message else say.FAL_VALUE_SILENTLY
        problem = plain(*loc, details=details, field=title, message=message)
        plainly = replace(problem, charge=kind.charge, remedy=kind.remedy)
        return _without_promise(plainly, field)
    problem = _without_promise(kind(*loc, details=details), field)
    told = {"field": title, "message": message, **_bounds(item.get("ctx")), **facts}
    return replace(problem, values=told)


def _without_promise(problem: Problem, field: FieldSpec | None) -> Problem:
    """Only pictures are made smaller, cropped or converted here, so that no more is offered."""
    kind = field.media or (field.items.media if field.items else None) if field else None
    if problem.remedy in _OF_PICTURES and kind not in {MediaKind.IMAGE, MediaKind.MASK}:
        return replace(problem, remedy=Remedy.NONE)
    return problem


def _refused(loc: Loc, message: str, details: str) -> Problem:
    if not message:
        return say.FAL_REFUSED_SILENTLY(*loc, details=details)
    return say.FAL_REFUSED(*loc, details=details, message=message)


def _kind_of(word: JsonValue) -> ProblemKind | None:
    if not isinstance(word, str):
        return None
    if word in _KINDS:
        return _KINDS[word]
    if word.startswith("type_error") or word.endswith(("_type", "_parsing")):
        return say.FAL_WRONG_TYPE
    return say.FAL_VALUE if word.startswith("value_error") else None


def _place(loc: JsonValue, request_type: RequestType) -> tuple[Loc, FieldSpec | None]:
    """As far along fal's path as the request type knows it.

    Inside a field, words are passed over that name no part of it: pydantic puts there which of
    several shapes it tried.
    """
    known: Loc = ()
    for step in _steps(loc):
        field = request_type.field_at(known)
        is_entry = field is not None and field.items is not None
        place = int(step) if is_entry and isinstance(step, str) and step.isdecimal() else step
        if request_type.field_at((*known, place)) is not None:
            known = (*known, place)
        elif not known or isinstance(step, int):
            break
    return known, request_type.field_at(known)


def _steps(loc: JsonValue) -> list[str | int]:
    """fal's path as a list, from a list or from a text such as `body.shots[1].duration`."""
    if isinstance(loc, str):
        found: list[str | int] = [one for one in _BETWEEN.split(loc) if one]
    elif isinstance(loc, Sequence):
        found = [one for one in loc if isinstance(one, str | int) and not isinstance(one, bool)]
    else:
        found = []
    return found[1:] if found[:1] == ["body"] else found


def _message(item: Mapping[str, JsonValue]) -> str:
    for name in ("msg", "message", "detail", "error"):
        text = item.get(name)
        if isinstance(text, str) and text.strip():
            return _short(text)
    return ""


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_MESSAGE else text[: _LONGEST_MESSAGE - 1] + "…"


def _details(item: JsonValue) -> str:
    """For "Copy details". The input is left out: it may hold prompts and whole files."""
    return json.dumps(item, ensure_ascii=False, default=str)[:2000]


def _facts(kind: ProblemKind, ctx: JsonValue) -> dict[str, str | int | float] | None:
    """The numbers that the sentence needs, or None where fal did not give them."""
    read = _READERS.get(kind.code)
    if read is None:
        return {}
    try:
        return read(ctx)
    except (KeyError, TypeError, ValueError, OverflowError):
        return None


_BOUNDS = {
    "ge": "least",
    "le": "most",
    "min_length": "least",
    "max_length": "most",
    "multiple_of": "step",
}


def _bounds(ctx: JsonValue) -> dict[str, str | int | float]:
    """What a value must keep to, where fal said so in numbers that can be set."""
    given = ctx if isinstance(ctx, Mapping) else {}
    return {
        word: value
        for name, word in _BOUNDS.items()
        if isinstance(value := given.get(name), int | float)
    }


def _sides(bound: str) -> Callable[[Any], dict[str, str | int | float]]:
    def read(ctx: Any) -> dict[str, str | int | float]:  # noqa: ANN401  (what fal sent)
        return {"width": neat(ctx[f"{bound}_width"]), "height": neat(ctx[f"{bound}_height"])}

    return read


def _shape(ctx: Any) -> dict[str, str | int | float]:  # noqa: ANN401
    return {"least": neat(ctx["min_aspect_ratio"]), "most": neat(ctx["max_aspect_ratio"])}


def _weight(ctx: Any) -> dict[str, str | int | float]:  # noqa: ANN401
    return {"most": neat(ctx["max_size"] / MEGABYTE, 1)}


def _too_long(ctx: Any) -> dict[str, str | int | float]:  # noqa: ANN401
    return {"seconds": neat(ctx["provided_duration"]), "most": neat(ctx["max_duration"])}


def _too_short(ctx: Any) -> dict[str, str | int | float]:  # noqa: ANN401
    return {"seconds": neat(ctx["provided_duration"]), "least": neat(ctx["min_duration"])}


def _formats(ctx: Any) -> dict[str, str | int | float]:  # noqa: ANN401
    names = [str(one).removeprefix(".").upper() for one in ctx["supported_formats"]]
    return {"formats": ", ".join(names)}


_READERS: Mapping[str, Callable[[Any], dict[str, str | int | float]]] = {
    say.FAL_PICTURE_TOO_SMALL.code: _sides("min"),
    say.FAL_PICTURE_TOO_LARGE.code: _sides("max"),
    say.FAL_PICTURE_SHAPE.code: _shape,
    say.FAL_FILE_TOO_HEAVY.code: _weight,
    say.FAL_TOO_LONG.code: _too_long,
    say.FAL_TOO_SHORT.code: _too_short,
    say.FAL_FORMAT.code: _formats,
}
