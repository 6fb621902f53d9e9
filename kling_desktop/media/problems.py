"""What can be wrong with a media file, in words. The root of this room's errors is MediaRefused."""

from __future__ import annotations

from kling_desktop.records.problem import ProblemError, ProblemKind, Remedy, Severity


class MediaRefused(ProblemError):  # noqa: N818  # a refusal, as its callers say it
    """A file cannot be used for what was asked. `problem` says why, at no place yet."""


NOT_A_FILE = ProblemKind(
    code="media_not_a_file",
    what="This is not a file with a picture, a clip or sound in it.",
    why="It is a folder, a device or a connection to another program.",
    do="Choose a file.",
)
UNREADABLE = ProblemKind(
    code="media_unreadable",
    what="The file could not be opened.",
    why="The system says: {reason}.",
    do="Check that it is still there and that you may read it.",
)
EMPTY_FILE = ProblemKind(
    code="media_empty",
    what="The file is empty.",
    why="It has 0 bytes; a copy or a download may have been cut off.",
    do="Copy it again from where it came from.",
)
FILE_TOO_LARGE = ProblemKind(
    code="media_file_too_large",
    what="The file is larger than {limit} MB.",
    why="No model takes a file of that size.",
    do="Use a smaller one.",
)
UNKNOWN_CONTENT = ProblemKind(
    code="media_unknown_content",
    what="There is no picture, clip or sound in this file that can be read.",
    why="What counts is the content, whatever the file is called.",
    do="Use a JPEG, PNG or WebP picture, an MP4 clip, or MP3 or WAV sound.",
)
WEB_PAGE = ProblemKind(
    code="media_web_page",
    what="This file is a web page, not a picture.",
    why="Some sites hand out a page when a picture is saved.",
    do="Open the picture by itself in the browser and save it again.",
)
DRAWING = ProblemKind(
    code="media_drawing",
    what="This is a drawing made of lines (SVG).",
    why="Models take pictures made of pixels.",
    do="Save it as PNG, at least 1000 pixels wide.",
)
DOCUMENT = ProblemKind(
    code="media_document",
    what="This is a document, not a picture.",
    why="Models take pictures made of pixels.",
    do="Save the page as PNG or JPEG.",
)
CAMERA_RAW = ProblemKind(
    code="media_camera_raw",
    what="This is a raw picture of a camera.",
    why="It has to be developed first.",
    do="Save it as JPEG in your photo program, then drop that in.",
)
OTHER_PICTURE = ProblemKind(
    code="media_other_picture",
    what="{form} pictures cannot be read here.",
    why="Models take JPEG, PNG and WebP.",
    do="Save it as PNG or JPEG, then drop that in.",
)
PICTURE_BROKEN = ProblemKind(
    code="media_picture_broken",
    what="The picture is damaged or cut off.",
    why="It begins well, but part of it is missing or cannot be read.",
    do="Copy or download it again, or save it anew from a picture program.",
)
TOO_MANY_PIXELS = ProblemKind(
    code="media_too_many_pixels",
    what="The picture has more than {limit} megapixels.",
    why="Opening it would take more memory than is safe.",
    do="Make it smaller in a picture program; 4000 pixels on the long side are plenty.",
)
CLIP_BROKEN = ProblemKind(
    code="media_clip_broken",
    what="The clip is damaged or cut off.",
    why="Not one frame of it can be read.",
    do="Copy, download or export it again.",
)
SOUND_BROKEN = ProblemKind(
    code="media_sound_broken",
    what="The sound is damaged or cut off.",
    why="Nothing of it can be read.",
    do="Copy, download or export it again.",
)
CLIP_TOO_LARGE = ProblemKind(
    code="media_clip_frames_too_large",
    what="The frames of this clip are {width} × {height} pixels.",
    why="That is more than can be opened safely.",
    do="Export it smaller; models take at most 1080p or 4K.",
)
NOTHING_TO_SHOW = ProblemKind(
    code="media_nothing_to_show",
    what="There is no picture in this file.",
    why="It holds sound only.",
)
NOTHING_TO_HEAR = ProblemKind(
    code="media_nothing_to_hear",
    what="There is no sound in this file.",
    why="It holds a picture only.",
    do="Use another file.",
)
NO_FORM_OF_SOUND = ProblemKind(
    code="media_no_form_of_sound",
    what="The sound cannot be brought into a form that this model takes.",
    why="MP3, M4A and WAV can be made here.",
    do="Convert it in a sound program.",
)
PART_TOO_SHORT = ProblemKind(
    code="media_part_too_short",
    what="This part of the sound is too short.",
    why="At least {least} s are needed.",
    do="Choose a longer part.",
)
SOUND_CANNOT_FIT = ProblemKind(
    code="media_sound_cannot_fit",
    what="The sound cannot be made light enough for this model without spoiling it.",
    why="It is too long for so few bytes.",
    do="Choose a shorter part.",
)
CLIP_NOT_CUT = ProblemKind(
    code="media_clip_not_cut",
    what="This clip cannot be shortened here.",
    why="Only MP4 and MOV clips can, and only between their frames.",
    do="Shorten it in a video program.",
)
CANNOT_FIT = ProblemKind(
    code="media_cannot_fit",
    what="The picture cannot be brought into the size that this model takes.",
    why="It would have to be made larger, which would only blur it, or cropped.",
    do="Use a picture of another size.",
)
NOT_CLEANED = ProblemKind(
    code="media_not_cleaned",
    what="The remarks inside this file could not be taken out.",
    why="They may tell where and by whom it was made, so it is not sent.",
    do="Export it again without them.",
)
NAME_TAKEN = ProblemKind(
    code="media_name_taken",
    what="There is already a file named {name}.",
    why="Nothing is ever overwritten.",
    do="Choose another name.",
)

NEEDS_OTHER_FORM = ProblemKind(
    code="media_needs_other_form",
    what="This is a {form} picture, which the model does not take.",
    why="It takes {accepted}.",
    do="Convert it: it will look the same.",
    remedy=Remedy.CONVERT,
)
NEEDS_FEWER_BYTES = ProblemKind(
    code="media_needs_fewer_bytes",
    what="The file has {size} MB.",
    why="This model takes at most {limit} MB.",
    do="Shrink it: the program makes a smaller copy.",
    remedy=Remedy.SHRINK,
)
NEEDS_FEWER_PIXELS = ProblemKind(
    code="media_needs_fewer_pixels",
    what="The picture is {width} × {height} pixels.",
    why="This model takes at most {most_width} × {most_height}.",
    do="Shrink it: the program makes a smaller copy.",
    remedy=Remedy.SHRINK,
)
ONLY_FIRST_FRAME = ProblemKind(
    code="media_only_first_frame",
    what="This picture moves; only its first frame is used.",
    why="Models take still pictures here.",
    severity=Severity.WARNING,
)
SEE_THROUGH = ProblemKind(
    code="media_see_through",
    what="Parts of this picture are see-through; they are sent as white.",
    why="Models take pictures without see-through parts.",
    do="Put it on another background in a picture program if white is wrong.",
    severity=Severity.WARNING,
)
