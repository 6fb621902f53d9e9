"""Reads a request type from its JSON Schema, bundled or fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kling_desktop.catalog.field_reading import fields_of, own_hints
from kling_desktop.catalog.normal_form import normal_form
from kling_desktop.catalog.request_type import RequestType

if TYPE_CHECKING:
    from collections.abc import Mapping


def read_request_type(
    schema: Mapping[str, Any],
    *,
    document: Mapping[str, Any] | None = None,
    parts: Mapping[str, Any] | None = None,
    name: str = "",
) -> RequestType:
    """A request type from its JSON Schema; `document` is where its `$ref` point into.

    `parts` are the `$defs` that bundled request types share.
    """
    if parts:
        document = {**schema, "$defs": {**parts, **schema.get("$defs", {})}}
    plain = normal_form(schema, document)
    hints = own_hints(plain)
    rules = hints.get("rules", ())
    given = plain.get("properties", {})
    plain["required"] = [one for one in plain.get("required", ()) if one in given]
    return RequestType(
        name=name or str(plain.get("title", "")),
        schema={key: value for key, value in plain.items() if key != "title"},
        fields=fields_of(plain),
        output=normal_form(hints.get("output", {}), document or schema),
        rules=tuple(rule for rule in rules if isinstance(rule, dict)),
    )
