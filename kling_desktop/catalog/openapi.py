"""Reads the documents that fal publishes of its models, so that a new one works without an update.

Two shapes: the OpenAPI document of a queue endpoint, and the platform API's model object
`{endpoint_id, metadata, openapi}` around it (also as the only one of `{models: […]}`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from kling_desktop.catalog.endpoint import Endpoint, EndpointStatus
from kling_desktop.catalog.field_reading import fields_of, titled
from kling_desktop.catalog.normal_form import OWN, normal_form, pointed_at
from kling_desktop.catalog.problems import MODEL_WITHOUT_FORM, NO_SUCH_MODEL, ModelUnreadable
from kling_desktop.catalog.request_type_reading import read_request_type
from kling_desktop.records.media import MediaKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kling_desktop.catalog.field_spec import FieldSpec
    from kling_desktop.catalog.request_type import RequestType

_TIERS = ("standard", "pro", "master", "turbo", "flash", "lite", "fast", "ultra", "4k")
_STATUS = {"deprecated": EndpointStatus.DEPRECATED, "withdrawn": EndpointStatus.WITHDRAWN}
_MADE_WORDS = {
    "video": MediaKind.VIDEO,
    "image": MediaKind.IMAGE,
    "audio": MediaKind.AUDIO,
    "speech": MediaKind.AUDIO,
    "music": MediaKind.AUDIO,
}
_MANY_CHOICES = 30
_LIMITS = ("x-fal", "ui", "minItems", "maxItems")


@dataclass(frozen=True, slots=True)
class _Found:
    """What lies in a document, before it is understood."""

    endpoint_id: str
    metadata: Mapping[str, Any]
    openapi: Mapping[str, Any]
    body: Mapping[str, Any]
    output: Mapping[str, Any]


def read_document(document: Mapping[str, Any]) -> tuple[Endpoint, RequestType]:
    """The endpoint and request type that a document of fal describes. Raises ModelUnreadable."""
    found = _found(document)
    ref = str(found.body.get("$ref", "")).rpartition("/")[2]
    request_type = read_request_type(found.body, document=found.openapi)
    request_type = replace(
        request_type,
        name=request_type.name or ref or found.endpoint_id,
        output=normal_form(found.output, found.openapi),
    )
    makes = _makes(found, request_type)
    first, *also = _intentions(request_type, makes)
    return _endpoint(found, request_type.name, makes, (first, tuple(also))), request_type


def with_words_of(new: RequestType, old: RequestType) -> RequestType:
    """The new request type with titles, help and hints of the old one, where names agree."""
    properties = _worded(new.schema, old.schema)["properties"]
    schema = {**new.schema, "properties": properties}
    return replace(new, schema=schema, fields=fields_of(schema), rules=old.rules)


def _worded(new: Mapping[str, Any], old: Mapping[str, Any]) -> dict[str, Any]:
    """Ours are the words and hints, and the limits that fal's document says nothing of."""
    words = {name: old[name] for name in ("title", "description", OWN) if name in old}
    limits = {name: old[name] for name in _LIMITS if name in old and name not in new}
    found = {**new, **words, **limits}
    before, items = old.get("properties", {}), old.get("items", {})
    if isinstance(new.get("properties"), Mapping):
        found["properties"] = {
            name: _worded(inner, before.get(name, {})) for name, inner in new["properties"].items()
        }
    if isinstance(new.get("items"), Mapping):
        found["items"] = _worded(new["items"], items)
    return found


def _found(document: object) -> _Found:
    outer = document if isinstance(document, Mapping) else {}
    models = outer.get("models")
    if isinstance(models, list):
        outer = models[0] if len(models) == 1 and isinstance(models[0], Mapping) else {}
    if not outer:
        raise ModelUnreadable(NO_SUCH_MODEL())
    openapi = outer.get("openapi")
    if not isinstance(openapi, Mapping):
        openapi = outer
    metadata = outer.get("metadata")
    about = pointed_at(openapi, "#/info/x-fal-metadata")
    path, body, output = _routes(openapi)
    named = about.get("endpointId") if isinstance(about, Mapping) else None
    names = (one for one in (outer.get("endpoint_id"), named, path) if isinstance(one, str) and one)
    endpoint_id = next(names, None)
    if endpoint_id is None:
        raise ModelUnreadable(MODEL_WITHOUT_FORM())
    metadata = metadata if isinstance(metadata, Mapping) else {}
    category = about.get("category") if isinstance(about, Mapping) else None
    return _Found(endpoint_id, {"category": category, **metadata}, openapi, body, output)


def _routes(openapi: Mapping[str, Any]) -> tuple[str, Mapping[str, Any], Mapping[str, Any]]:
    """The address to post to, the schema of the body, the schema of the result."""
    paths = openapi.get("paths")
    paths = paths if isinstance(paths, Mapping) else {}
    content = ("content", "application/json", "schema")
    for path, methods in paths.items():
        body = _deep(methods, "post", "requestBody", *content)
        if not isinstance(body, Mapping):
            continue
        results = [
            schema
            for other, ways in paths.items()
            for schema in (_deep(ways, "get", "responses", "200", *content),)
            if str(other).endswith("}") and isinstance(schema, Mapping)
        ]
        own = _deep(methods, "post", "responses", "200", *content)
        output = results[0] if results else own if isinstance(own, Mapping) else {}
        if normal_form(body, openapi).get("properties"):
            return str(path).strip("/"), body, output
    raise ModelUnreadable(MODEL_WITHOUT_FORM(details=str(openapi.get("error", ""))[:500]))


def _deep(value: object, *steps: str) -> object:
    for step in steps:
        if not isinstance(value, Mapping):
            return None
        value = value.get(step)
    return value


def _endpoint(
    found: _Found, request_type: str, makes: MediaKind, intentions: tuple[str, tuple[str, ...]]
) -> Endpoint:
    parts = found.endpoint_id.split("/")
    family = _deep(found.metadata, "group", "label")
    status = str(found.metadata.get("status", ""))
    return Endpoint(
        endpoint_id=found.endpoint_id,
        title=_given_title(found) or titled(" ".join(parts[1:])),
        family=_line(family) or titled(parts[1] if len(parts) > 1 else parts[0]),
        tier=next((part.capitalize() for part in parts if part in _TIERS), ""),
        intention=intentions[0],
        also=intentions[1],
        request_type=request_type,
        status=_STATUS.get(status, EndpointStatus.CURRENT),
        makes=makes,
        summary=_line(found.metadata.get("description")),
    )


def _given_title(found: _Found) -> str:
    """Its title, unless that is only the id again."""
    given = _line(found.metadata.get("display_name"))
    return "" if given == found.endpoint_id else given


def _line(text: object) -> str:
    return " ".join(text.split()) if isinstance(text, str) else ""


def _makes(found: _Found, request_type: RequestType) -> MediaKind:
    """From the files in the result; where there are several kinds, the category decides."""
    made = list(dict.fromkeys(_kinds_in(request_type.output)))
    word = str(found.metadata.get("category") or "").rpartition("-to-")[2]
    kind = _MADE_WORDS.get(word)
    if len(made) == 1 or (made and kind not in made):
        return made[0]
    return kind if made and kind else MediaKind.FILE


def _kinds_in(schema: Mapping[str, Any], name: str = "") -> Iterator[MediaKind]:
    properties = schema.get("properties", {})
    if "url" in properties:
        words = re.findall("[a-z]+", name.lower())
        known = (_MADE_WORDS.get(word.removesuffix("s")) for word in words)
        yield next((kind for kind in known if kind), MediaKind.FILE)
        return
    for inner_name, inner in properties.items():
        yield from _kinds_in(inner, inner_name)
    if "items" in schema:
        yield from _kinds_in(schema["items"], name)


def _intentions(request_type: RequestType, makes: MediaKind) -> list[str]:
    """What a person wants of a model that takes these inputs."""
    fields = request_type.fields
    if makes is not MediaKind.VIDEO:
        return ["more"]
    if any(_is_single(one, MediaKind.VIDEO) and one.required for one in fields):
        return [_with_a_video(request_type)]
    if any(len(one.enum) >= _MANY_CHOICES and one.required for one in fields):
        return ["effects"]
    pictures = [one for one in fields if _is_single(one, MediaKind.IMAGE)]
    if any(one.required for one in pictures):
        return _with_a_picture(request_type, len(pictures))
    if any(one.items and any(inner.media for inner in one.walk()) for one in fields):
        return ["references"]
    return ["from_picture" if pictures else "from_text"]


def _with_a_video(request_type: RequestType) -> str:
    if any(_is_single(one, MediaKind.IMAGE) and one.required for one in request_type.fields):
        return "more"
    return "lip_sync" if _speaks(request_type) else "edit"


def _with_a_picture(request_type: RequestType, pictures: int) -> list[str]:
    if any(_is_single(one, MediaKind.AUDIO) and one.required for one in request_type.fields):
        return ["lip_sync"]
    return ["from_picture", "start_end"] if pictures > 1 else ["from_picture"]


def _is_single(field: FieldSpec, kind: MediaKind) -> bool:
    return field.media is kind


def _speaks(request_type: RequestType) -> bool:
    """A video with a sound, or with words and a voice, is made to speak."""
    fields = request_type.fields
    sound = any(_is_single(one, MediaKind.AUDIO) and one.required for one in fields)
    return sound or any("voice" in one.name and one.required for one in fields)
