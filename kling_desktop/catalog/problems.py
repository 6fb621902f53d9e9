"""What can be wrong with values, pictures and models, in words for a person.

`{field}` is always a field's title, a catalogue text that is translated like the sentence itself.
"""

from __future__ import annotations

from kling_desktop.records.problem import ProblemError, ProblemKind, Remedy, Severity

# Values

END_PICTURE_MISSING = ProblemKind(
    code="required_end_picture",
    what="Add an end picture.",
    why="Start + end goes from a first picture to a last one.",
)
REQUIRED_MEDIA = ProblemKind(
    code="required_media",
    what="“{field}” is empty.",
    do="Drop a file there, or browse for one.",
)
REQUIRED_TEXT = ProblemKind(code="required_text", what="“{field}” is empty.", do="Write something.")
REQUIRED_CHOICE = ProblemKind(
    code="required_choice", what="Nothing is chosen for “{field}”.", do="Choose one."
)
REQUIRED_VALUE = ProblemKind(code="required_value", what="“{field}” is empty.", do="Fill it in.")
TEXT_TOO_LONG = ProblemKind(
    code="text_too_long",
    what="The text has {count} characters.",
    why="{most} are allowed.",
    do="Take out at least {over}.",
)
TEXT_TOO_SHORT = ProblemKind(
    code="text_too_short",
    what="The text has {count} characters.",
    why="At least {least} are needed.",
    do="Write a little more.",
)
TEXT_OF_WRONG_FORM = ProblemKind(
    code="text_of_wrong_form",
    what="“{field}” is not written in the form that this model takes.",
    do="See the help at the field.",
)
NOT_A_CHOICE = ProblemKind(
    code="not_a_choice",
    what="“{value}” is not one of the choices for “{field}”.",
    do="Choose one of the list.",
)
NUMBER_TOO_SMALL = ProblemKind(
    code="number_too_small",
    what="“{field}” is {value}.",
    why="It must be {least} or more.",
    do="Use a larger number.",
)
NUMBER_TOO_LARGE = ProblemKind(
    code="number_too_large",
    what="“{field}” is {value}.",
    why="It must be {most} or less.",
    do="Use a smaller number.",
)
NUMBER_NOT_ABOVE = ProblemKind(
    code="number_not_above",
    what="“{field}” is {value}.",
    why="It must be more than {least}.",
    do="Use a larger number.",
)
NUMBER_NOT_BELOW = ProblemKind(
    code="number_not_below",
    what="“{field}” is {value}.",
    why="It must be less than {most}.",
    do="Use a smaller number.",
)
NUMBER_NOT_A_STEP = ProblemKind(
    code="number_not_a_step",
    what="“{field}” is {value}.",
    why="It must be a multiple of {step}.",
    do="Use the nearest such number.",
)
NOT_TEXT = ProblemKind(code="not_text", what="“{field}” must be a text.")
NOT_WHOLE = ProblemKind(code="not_whole", what="“{field}” must be a whole number.")
NOT_A_NUMBER = ProblemKind(code="not_a_number", what="“{field}” must be a number.")
NOT_A_SWITCH = ProblemKind(code="not_a_switch", what="“{field}” must be on or off.")
NOT_A_LIST = ProblemKind(code="not_a_list", what="“{field}” must be a list.")
NOT_A_GROUP = ProblemKind(code="not_a_group", what="“{field}” must be a group of values.")
TOO_MANY_ITEMS = ProblemKind(
    code="too_many_items",
    what="“{field}” has {count} entries.",
    why="{most} are allowed.",
    do="Take out some.",
)
TOO_FEW_ITEMS = ProblemKind(
    code="too_few_items",
    what="“{field}” has {count} entries.",
    why="At least {least} are needed.",
    do="Add more.",
)
NOT_ALLOWED = ProblemKind(
    code="not_allowed",
    what="This model does not take what stands in “{field}”.",
    do="Change it, or leave it empty.",
)
NOT_ALLOWED_TOGETHER = ProblemKind(
    code="not_allowed_together",
    what="These settings do not go together on this model.",
    do="Change one of them.",
)
NOT_A_FILE = ProblemKind(
    code="not_a_file",
    what="“{field}” holds neither a file nor a web address.",
    do="Drop a file there, or use an address that begins with https://.",
)

# Files

FILE_GONE = ProblemKind(
    code="file_not_here",
    what="The file in “{field}” is not here any more.",
    do="Put it in again.",
)
NOT_A_PICTURE = ProblemKind(
    code="not_a_picture", what="“{field}” takes a picture.", do="Use a picture."
)
NOT_A_VIDEO = ProblemKind(code="not_a_video", what="“{field}” takes a video.", do="Use a video.")
NOT_A_SOUND = ProblemKind(code="not_a_sound", what="“{field}” takes a sound.", do="Use a sound.")
VIDEO_FOR_SOUND = ProblemKind(
    code="video_for_sound",
    what="This is a video, and “{field}” takes a sound.",
    do="Take the sound out of it.",
    remedy=Remedy.CONVERT,
)
WRONG_FORMAT = ProblemKind(
    code="wrong_format",
    what="This model does not take files of this format ({found}).",
    why="It takes {wanted}.",
    do="Convert it; it will look the same.",
    remedy=Remedy.CONVERT,
)
WRONG_FORMAT_NO_WAY = ProblemKind(
    code="wrong_format_no_way",
    what="This model does not take files of this format ({found}).",
    why="It takes {wanted}.",
    do="Use another file.",
)
WRONG_FORMAT_OF_SOUND = ProblemKind(
    code="wrong_format_of_sound",
    what="This model does not take sounds of this format ({found}).",
    why="It takes {wanted}.",
    do="Convert it; it will sound the same.",
    remedy=Remedy.CONVERT,
)
MOVING_PICTURE = ProblemKind(
    code="moving_picture",
    what="This picture moves.",
    why="The model takes one still picture.",
    do="Convert it; its first picture is kept.",
    severity=Severity.WARNING,
    remedy=Remedy.CONVERT,
)
PICTURE_TOO_HEAVY = ProblemKind(
    code="picture_too_heavy",
    what="The picture has {size} MB.",
    why="{most} MB are allowed.",
    do="Save it smaller.",
    remedy=Remedy.SHRINK,
)
SOUND_TOO_HEAVY = ProblemKind(
    code="sound_too_heavy",
    what="The sound has {size} MB.",
    why="{most} MB are allowed.",
    do="Pack it tighter.",
    remedy=Remedy.SHRINK,
)
FILE_TOO_HEAVY = ProblemKind(
    code="file_too_heavy",
    what="The file has {size} MB.",
    why="{most} MB are allowed.",
    do="Use a smaller file.",
)
PICTURE_TOO_SMALL = ProblemKind(
    code="picture_too_small",
    what="The picture is {width} × {height} pixels.",
    why="At least {least_width} × {least_height} are needed.",
    do="Use a larger picture.",
)
PICTURE_TOO_LARGE = ProblemKind(
    code="picture_too_large",
    what="The picture is {width} × {height} pixels.",
    why="{most_width} × {most_height} are allowed.",
    do="Shrink it.",
    remedy=Remedy.SHRINK,
)
CLIP_TOO_SMALL = ProblemKind(
    code="clip_too_small",
    what="The video is {width} × {height} pixels.",
    why="At least {least_width} × {least_height} are needed.",
    do="Use a larger video.",
)
CLIP_TOO_LARGE = ProblemKind(
    code="clip_too_large",
    what="The video is {width} × {height} pixels.",
    why="{most_width} × {most_height} are allowed.",
    do="Use a smaller video.",
)
PICTURE_TOO_WIDE = ProblemKind(
    code="picture_too_wide",
    what="The picture is {ratio} times as wide as high.",
    why="{most} times is allowed.",
    do="Crop or pad it.",
    remedy=Remedy.CROP,
)
PICTURE_TOO_TALL = ProblemKind(
    code="picture_too_tall",
    what="The picture is {ratio} times as high as wide.",
    why="{most} times is allowed.",
    do="Crop or pad it.",
    remedy=Remedy.CROP,
)
TOO_LONG_TO_TAKE = ProblemKind(
    code="too_long_to_take",
    what="The file lasts {seconds} s.",
    why="{most} s are allowed.",
    do="Shorten it.",
    remedy=Remedy.SHORTEN,
)
TOO_SHORT_TO_TAKE = ProblemKind(
    code="too_short_to_take",
    what="The file lasts {seconds} s.",
    why="At least {least} s are needed.",
    do="Use a longer one.",
)
TOO_FEW_FRAMES = ProblemKind(
    code="too_few_frames",
    what="The clip has {rate} frames each second.",
    why="At least {least} are needed.",
    do="Use another clip.",
)
TOO_MANY_FRAMES = ProblemKind(
    code="too_many_frames",
    what="The clip has {rate} frames each second.",
    why="{most} are allowed.",
    do="Convert it.",
    remedy=Remedy.CONVERT,
)

# Models

NO_SUCH_MODEL = ProblemKind(
    code="no_such_model",
    what="fal has no model of this name.",
    why="It may be misspelt, or withdrawn.",
    do="Copy the address of the model's page at fal.ai.",
)
MODEL_WITHOUT_FORM = ProblemKind(
    code="model_without_form",
    what="fal does not say what this model takes.",
    why="Its description is missing or cannot be read.",
    do="Try again later, or use another model.",
)
NO_MODEL_ADDRESS = ProblemKind(
    code="no_model_address",
    what="This names no model.",
    why="A model's name has an owner and at least one part more, with a slash between them.",
    do="Paste the address of the model's page.",
)
CATALOGUE_SHRUNK = ProblemKind(
    code="catalogue_shrunk",
    what="The answer is much smaller than what is known, so nothing was taken.",
    why="{missing} of {known} models or fields are missing from it.",
    do="Try again later. Everything stays as it is.",
)
CATALOGUE_BROKEN = ProblemKind(
    code="catalogue_broken",
    what="The list of models cannot be read.",
    why="A file of the program is missing or damaged.",
    do="Install the program again.",
)


class CatalogError(ProblemError):
    """Something in this room failed."""


class ModelUnreadable(CatalogError):  # noqa: N818  (reads as what happened)
    """A document describes no model that can be used."""


class CatalogueBroken(CatalogError):  # noqa: N818
    """The bundled catalogue cannot be read."""
