"""What fal can answer about a request that it does not accept, in words for a person."""

from __future__ import annotations

from kling_desktop.records.problem import Charge, ProblemKind, Remedy

FAL_CONTENT = ProblemKind(
    code="refused_content",
    what="The content check refused this.",
    why="Something in the words or the files was flagged, here or at the maker of the model.",
    do="Change the prompt or the files and try again.",
    charge=Charge.MAY_BE,
)
FAL_NOTHING_MADE = ProblemKind(
    code="refused_nothing_made",
    what="The model made nothing for this prompt.",
    do="Change the prompt and try again.",
    charge=Charge.MAY_BE,
)
FAL_NO_FACE = ProblemKind(
    code="refused_no_face",
    what="No face was found in “{field}”.",
    do="Use one where a face is seen clearly.",
    charge=Charge.PROBABLY_NOT,
)
FAL_COULD_NOT_LOAD = ProblemKind(
    code="refused_could_not_load",
    what="fal could not read the file in “{field}”.",
    why="It may be damaged or in a format that is not taken.",
    do="Convert it, or use another file.",
    remedy=Remedy.CONVERT,
)
FAL_COULD_NOT_FETCH = ProblemKind(
    code="refused_could_not_fetch",
    what="fal could not fetch the file in “{field}”.",
    why="Its address may have expired or may not be open to everybody.",
    do="Put the file in again and try again.",
    remedy=Remedy.RETRY,
)
FAL_PICTURE_TOO_SMALL = ProblemKind(
    code="refused_picture_too_small",
    what="fal finds the picture in “{field}” too small.",
    why="At least {width} × {height} pixels are needed.",
    do="Use a larger picture.",
)
FAL_PICTURE_TOO_LARGE = ProblemKind(
    code="refused_picture_too_large",
    what="fal finds the picture in “{field}” too large.",
    why="{width} × {height} pixels are allowed.",
    do="Shrink it.",
    remedy=Remedy.SHRINK,
)
FAL_PICTURE_SHAPE = ProblemKind(
    code="refused_picture_shape",
    what="fal does not take the shape of the picture in “{field}”.",
    why="Its width may be {least} to {most} times its height.",
    do="Crop it.",
    remedy=Remedy.CROP,
)
FAL_FILE_TOO_HEAVY = ProblemKind(
    code="refused_file_too_heavy",
    what="fal finds the file in “{field}” too heavy.",
    why="{most} MB are allowed.",
    do="Make it smaller.",
    remedy=Remedy.SHRINK,
)
FAL_TOO_LONG = ProblemKind(
    code="refused_too_long",
    what="fal finds the file in “{field}” too long.",
    why="It lasts {seconds} s, and {most} s are allowed.",
    do="Shorten it.",
    remedy=Remedy.SHORTEN,
)
FAL_TOO_SHORT = ProblemKind(
    code="refused_too_short",
    what="fal finds the file in “{field}” too short.",
    why="It lasts {seconds} s, and at least {least} s are needed.",
    do="Use a longer one.",
)
FAL_FORMAT = ProblemKind(
    code="refused_format",
    what="fal does not take the format of the file in “{field}”.",
    why="It takes {formats}.",
    do="Convert it.",
    remedy=Remedy.CONVERT,
)
FAL_MISSING = ProblemKind(
    code="refused_missing", what="fal misses “{field}”.", do="Fill it in and try again."
)
FAL_NUMBER = ProblemKind(
    code="refused_number",
    what="fal does not take the number in “{field}”.",
    why="fal says: {message}",
    do="Change it and try again.",
)
FAL_LENGTH = ProblemKind(
    code="refused_length",
    what="fal does not take the length of “{field}”.",
    why="fal says: {message}",
    do="Change it and try again.",
)
FAL_CHOICE = ProblemKind(
    code="refused_choice",
    what="fal does not take this choice for “{field}”.",
    why="fal says: {message}",
    do="Choose another one.",
)
FAL_WRONG_TYPE = ProblemKind(
    code="refused_wrong_type",
    what="fal cannot read “{field}”.",
    why="fal says: {message}",
    do="Change it and try again.",
)
FAL_NOT_SUPPORTED = ProblemKind(
    code="refused_not_supported",
    what="This model cannot do what “{field}” asks for.",
    why="fal says: {message}",
    do="Leave it empty, or choose another model.",
)
FAL_VALUE = ProblemKind(
    code="refused_value",
    what="fal did not accept “{field}”.",
    why="fal says: {message}",
    do="Change it and try again.",
    charge=Charge.PROBABLY_NOT,
)
FAL_VALUE_SILENTLY = ProblemKind(
    code="refused_value_silently",
    what="fal did not accept “{field}” and gave no reason.",
    do="Change it and try again.",
    charge=Charge.PROBABLY_NOT,
)
FAL_MODEL_TROUBLE = ProblemKind(
    code="refused_model_trouble",
    what="The model broke down.",
    why="fal says: {message}",
    do="Try again in a while; your settings are not the reason.",
    charge=Charge.NOT_CHARGED,
    remedy=Remedy.RETRY,
)
FAL_PARTNER_TROUBLE = ProblemKind(
    code="refused_partner_trouble",
    what="The maker of the model gave fal an error.",
    why="fal says: {message}",
    do="Try again in a while.",
    charge=Charge.PROBABLY_NOT,
    remedy=Remedy.RETRY,
)
FAL_REFUSED = ProblemKind(
    code="refused_otherwise",
    what="fal did not accept this.",
    why="fal says: {message}",
    do="Change the settings and try again.",
    charge=Charge.MAY_BE,
)
FAL_REFUSED_SILENTLY = ProblemKind(
    code="refused_silently",
    what="fal did not accept this and gave no reason.",
    do="Check the settings and try again.",
    charge=Charge.MAY_BE,
)
