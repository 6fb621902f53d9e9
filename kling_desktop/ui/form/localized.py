"""A field in the language of the window. The catalogue's own texts are English."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from kling_desktop.catalog.field_spec import FieldSpec

CONTEXT = "Catalogue"
"""Where the translators find titles, help, notes and the words of enums."""


def localized(spec: FieldSpec) -> FieldSpec:
    """The same field, and all that is inside it, with every text translated."""
    return replace(
        spec,
        title=_said(spec.title),
        help=_said(spec.help),
        note=_said(spec.note),
        enum_titles=tuple(_said(one) for one in spec.enum_titles),
        enum_groups=tuple(_said(one) for one in spec.enum_groups),
        items=localized(spec.items) if spec.items else None,
        properties=tuple(localized(one) for one in spec.properties),
    )


def _said(text: str) -> str:
    return QCoreApplication.translate(CONTEXT, text) if text else ""
