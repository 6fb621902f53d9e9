"""The picture and prompt of the first start, so that the first press needs nothing but a press."""

from __future__ import annotations

import dataclasses
import hashlib
import shutil
import time
from typing import TYPE_CHECKING

from kling_desktop.records.media import MediaFacts, MediaKind, MediaRef, StoredInput

if TYPE_CHECKING:
    from pathlib import Path

    from kling_desktop.catalog.request_type import RequestType
    from kling_desktop.records.draft import Draft
    from kling_desktop.store.inputs import InputStore

PROMPT = (
    "The raccoon lifts its head and looks around, ears turning, while the palm leaves sway."
    " Soft daylight, a slow push-in."
)
_WIDTH, _HEIGHT = 1024, 768


def with_sample(
    draft: Draft, request_type: RequestType, picture: Path, inputs: Path, store: InputStore
) -> Draft:
    """The draft with the sample filled into its first picture and its first text.

    The facts of the picture are known, so nothing has to be decoded before the first paint.
    Raises OSError where the data folder cannot be written.
    """
    data = picture.read_bytes()
    ref = MediaRef(hashlib.sha256(data).hexdigest(), picture.suffix)
    shutil.copyfile(picture, inputs / ref.file_name)
    facts = MediaFacts(
        kind=MediaKind.IMAGE,
        content_type="image/jpeg",
        size=len(data),
        width=_WIDTH,
        height=_HEIGHT,
        mode="RGB",
    )
    store.add(StoredInput(ref=ref, name=picture.name, facts=facts, added_at=time.time()))
    values: dict[str, str] = {}
    for field in request_type.fields:
        if field.required and field.media is MediaKind.IMAGE:
            values.setdefault(field.name, str(ref))
        elif field.required and field.is_text:
            values.setdefault(field.name, PROMPT)
    return dataclasses.replace(draft, values=values, is_sample=True)
