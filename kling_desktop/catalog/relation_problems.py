"""What can be wrong between values, and what was refused before, in words for a person."""

from __future__ import annotations

from kling_desktop.records.problem import ProblemKind, Remedy, Severity

ONLY_ONE_OF = ProblemKind(
    code="only_one_of",
    what="“{field}” and “{other}” cannot be used together.",
    do="Take one of them out.",
)
ONE_OF_NEEDED = ProblemKind(
    code="one_of_needed",
    what="Either “{field}” or “{other}” is needed.",
    do="Fill in one of them.",
)
ONLY_WHEN = ProblemKind(
    code="only_when",
    what="“{field}” works only when “{other}” is {value}.",
    do="Change “{other}”, or leave “{field}” empty.",
)
CHOICE_ONLY_WHEN = ProblemKind(
    code="choice_only_when",
    what="“{field}” can be {choice} only when “{other}” is one of these: {value}.",
    do="Change one of the two.",
)
NEEDS_OTHER = ProblemKind(
    code="needs_other",
    what="“{field}” counts only together with “{other}”.",
    do="Fill in “{other}”, or leave “{field}” empty.",
)
UNFIT = ProblemKind(
    code="unfit",
    what="“{field}” is {choice}, which may not fit “{other}”: {value}.",
    do="Change one of the two.",
)
DOUBTFUL_CHOICE = ProblemKind(
    code="doubtful_choice",
    what="fal is said to refuse {choice} for “{field}”.",
    do="Choose another one if you want to be sure.",
)
TOO_MANY_TOGETHER = ProblemKind(
    code="too_many_together",
    what="{fields}: {count} together.",
    why="{most} are allowed.",
    do="Take out some.",
)
TOO_LONG_FOR_CHOICE = ProblemKind(
    code="too_long_for_choice",
    what="The file lasts {seconds} s.",
    why="{most} s are allowed while “{other}” is {value}.",
    do="Shorten it, or change “{other}”.",
    remedy=Remedy.SHORTEN,
)
NOTHING_NAMED_SO = ProblemKind(
    code="nothing_named_so",
    what="“{field}” names what is not there: {words}.",
    do="Add it, or take the name out.",
    severity=Severity.WARNING,
)
MASK_OF_OTHER_SHAPE = ProblemKind(
    code="mask_of_other_shape",
    what="“{field}” was painted over a picture of another shape.",
    why="Kling takes such an order and fails later.",
    do="Paint it anew over this picture.",
)
MASK_OF_OTHER_SIZE = ProblemKind(
    code="mask_of_other_size",
    what="“{field}” has another size in pixels than the other areas.",
    why="Kling takes such an order and fails later.",
    do="Paint it anew.",
)
POINT_OUTSIDE = ProblemKind(
    code="point_outside",
    what="The path leaves the picture at {x}, {y}.",
    why="The picture is {width} × {height} pixels.",
    do="Draw the path inside the picture.",
)
NEEDS_COUNT = ProblemKind(
    code="needs_count",
    what="“{field}” needs exactly {wanted} files here and has {count}.",
    do="Add or take out files.",
)
OTHER_SHAPE = ProblemKind(
    code="other_shape",
    what="“{other}” has another shape than “{field}”.",
    why="The clip takes the shape of “{field}”, so the other picture may be cut or stretched.",
    do="Crop it to the same shape.",
    remedy=Remedy.CROP,
)
OTHER_SIZE = ProblemKind(
    code="other_size",
    what="“{other}” has another size in pixels than “{field}”.",
    why="Both must have the same.",
    do="Use files of one size.",
)
TOTAL_TOO_LARGE = ProblemKind(
    code="total_too_large",
    what="Together “{field}” is {total}.",
    why="{most} is allowed.",
    do="Make some of it shorter.",
)

# What was refused before

REFUSED_BEFORE = ProblemKind(
    code="refused_before",
    what="fal refused this for “{field}” on an earlier try.",
    why="fal said: {message}",
    do="Change it, or try once more.",
    severity=Severity.WARNING,
)
REFUSED_IN_REHEARSAL = ProblemKind(
    code="refused_in_rehearsal",
    what="A rehearsal refused this for “{field}”.",
    why="It was said: {message}",
    do="Change it, or try once more.",
    severity=Severity.WARNING,
)
REFUSED_IN_REHEARSAL_SILENTLY = ProblemKind(
    code="refused_in_rehearsal_silently",
    what="A rehearsal refused this for “{field}” and gave no reason.",
    do="Change it, or try once more.",
    severity=Severity.WARNING,
)
REFUSED_BEFORE_SILENTLY = ProblemKind(
    code="refused_before_silently",
    what="fal refused this for “{field}” on an earlier try and gave no reason.",
    do="Change it, or try once more.",
    severity=Severity.WARNING,
)
