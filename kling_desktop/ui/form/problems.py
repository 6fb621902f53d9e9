"""What the form itself finds wrong: only what it cannot turn into a value at all."""

from __future__ import annotations

from kling_desktop.records.problem import ProblemKind, Remedy

NOT_JSON = ProblemKind(
    code="form_not_json",
    what="This is not JSON yet: line {line}, column {column}.",
    do="Finish it, or set it back.",
)
NOT_A_NUMBER = ProblemKind(
    code="form_not_a_number",
    what="This is not a number yet.",
    do="Type digits only.",
)
KEPT = ProblemKind(
    code="form_kept_value",
    what="Holds {value}, which this field does not offer.",
    do="It stays until you change it.",
    remedy=Remedy.NONE,
)
FILE_NOT_TAKEN = ProblemKind(
    code="form_file_not_taken",
    what="{about_file}",
)
NOT_TAKEN = ProblemKind(
    code="form_not_taken",
    what="{reason}",
)
BRUSH_OTHER_PICTURE = ProblemKind(
    code="brush_other_picture",
    what="This was painted over another picture.",
    why="Masks have to lie over the picture that they were painted for.",
    do="Keep it, scaled to the new picture, or drop it.",
)
AREA_WITHOUT_PATH = ProblemKind(
    code="brush_area_without_path",
    what="“{area}” has no path.",
    do="Draw where it goes, or delete the area.",
)
AREA_WITHOUT_PAINT = ProblemKind(
    code="brush_area_without_paint",
    what="“{area}” has a path, but nothing is painted.",
    do="Paint over what should move, or delete the area.",
)

VOICE_ELSEWHERE = ProblemKind(
    code="voice_elsewhere",
    what="The voice “{name}” is not known where this goes.",
    why="Only the server that made a voice knows it; a rehearsed one is unknown to fal.",
    do="Choose another voice, or have it made for real.",
)
