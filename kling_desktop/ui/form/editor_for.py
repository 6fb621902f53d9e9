"""The one place that chooses an editor for a field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kling_desktop.catalog.field_spec import FieldSpec, FieldType
from kling_desktop.records.media import MediaKind
from kling_desktop.ui.form.editors.camera_axis import SEGMENTS, CameraAxisEditor, is_camera_axis
from kling_desktop.ui.form.editors.camera_preset import CameraPresetEditor
from kling_desktop.ui.form.editors.choice import SEARCH_FROM, ChoiceEditor
from kling_desktop.ui.form.editors.choices import are_ratios, fit_segments
from kling_desktop.ui.form.editors.gallery import GalleryEditor
from kling_desktop.ui.form.editors.group import GroupEditor
from kling_desktop.ui.form.editors.json_text import JsonEditor
from kling_desktop.ui.form.editors.list_of import ListEditor
from kling_desktop.ui.form.editors.long_text import LongTextEditor
from kling_desktop.ui.form.editors.made_voice import MadeVoiceEditor
from kling_desktop.ui.form.editors.media import MediaEditor
from kling_desktop.ui.form.editors.media_list import MediaListEditor
from kling_desktop.ui.form.editors.number import NumberEditor
from kling_desktop.ui.form.editors.ratio import RatioEditor
from kling_desktop.ui.form.editors.segments import SegmentsEditor
from kling_desktop.ui.form.editors.short_text import ShortTextEditor
from kling_desktop.ui.form.editors.shots import ShotsEditor, length_of
from kling_desktop.ui.form.editors.spoken_line import SpokenLineEditor
from kling_desktop.ui.form.editors.toggle import ToggleEditor

if TYPE_CHECKING:
    from kling_desktop.ui.form.context import Place
    from kling_desktop.ui.form.editors.editor import Editor

_GALLERIES = frozenset({"scenes", "voices"})
_TEXTS: dict[str, type[Editor]] = {"made_voice": MadeVoiceEditor, "line": SpokenLineEditor}


def editor_for(spec: FieldSpec, place: Place) -> Editor:
    """A new editor. Whatever is not known becomes plain JSON."""
    return _class_for(spec)(spec, place)


def _class_for(spec: FieldSpec) -> type[Editor]:  # noqa: PLR0911 - one match says it all
    match spec:
        case FieldSpec(type=FieldType.ARRAY, items=FieldSpec(media=MediaKind())):
            return MediaListEditor
        case FieldSpec(media=MediaKind()):
            return MediaEditor
        case FieldSpec(type=FieldType.ARRAY, items=FieldSpec()):
            return ShotsEditor if length_of(spec) else ListEditor
        case FieldSpec(type=FieldType.OBJECT, properties=(_, *_)):
            is_camera = spec.editor == "camera_control" and is_camera_axis(spec)
            return CameraAxisEditor if is_camera else GroupEditor
        case FieldSpec(enum=(_, *_)):
            return _class_for_enum(spec)
        case FieldSpec(type=FieldType.BOOLEAN):
            return ToggleEditor
        case FieldSpec(type=FieldType.INTEGER | FieldType.NUMBER):
            return NumberEditor
        case FieldSpec(type=FieldType.STRING):
            return _TEXTS.get(spec.editor, LongTextEditor if spec.multiline else ShortTextEditor)
        case _:
            return JsonEditor


def _class_for_enum(spec: FieldSpec) -> type[Editor]:
    if spec.editor == "camera_control":
        return CameraPresetEditor
    if spec.editor in _GALLERIES or (spec.enum_groups and len(spec.enum) >= SEARCH_FROM):
        return GalleryEditor
    if are_ratios(spec):
        return RatioEditor
    return SegmentsEditor if spec.editor == SEGMENTS or fit_segments(spec) else ChoiceEditor
