"""What fal says of a value deep inside stands at that value, in the forms of real models."""

import pytest

from kling_desktop.catalog.refusals import problems_from_422
from kling_desktop.ui.form.parts.problem_lines import ProblemLines
from tests.helpers.catalog import OTHER_PICTURE, PICTURE, bundled

CATALOG = bundled()
SHOTS = {
    "start_image_url": PICTURE,
    "multi_prompt": [{"prompt": "a", "duration": "5"}, {"prompt": "b", "duration": "3"}],
    "elements": [
        {"frontal_image_url": PICTURE, "reference_image_urls": [OTHER_PICTURE, PICTURE]},
        {"frontal_image_url": OTHER_PICTURE},
    ],
}
MASKS = {
    "prompt": "a",
    "image_url": PICTURE,
    "dynamic_masks": [{"mask_url": OTHER_PICTURE, "trajectories": [{"x": 1, "y": 1}]}],
}
EFFECTS = {"effect_scene": "hug", "input_image_urls": [PICTURE, OTHER_PICTURE]}
CAMERA = {"prompt": "a", "advanced_camera_control": {"movement_type": "zoom", "movement_value": 3}}


def lines_with(form, text):
    """The lists of problems in sight that say it."""
    return [one for one in form.findChildren(ProblemLines) if text in one.words()]


@pytest.mark.parametrize(
    ("name", "values", "loc"),
    [
        ("ImageToVideoV3ProRequest", SHOTS, ["multi_prompt", 1, "duration"]),
        ("ImageToVideoV3ProRequest", SHOTS, ["multi_prompt", 0, "prompt"]),
        ("ImageToVideoV3ProRequest", SHOTS, ["multi_prompt", 1]),
        ("ImageToVideoV3ProRequest", SHOTS, ["multi_prompt", 7, "prompt"]),
        ("ImageToVideoV3ProRequest", SHOTS, ["elements", 1, "frontal_image_url"]),
        ("ImageToVideoV3ProRequest", SHOTS, ["elements", 0, "reference_image_urls", 1]),
        ("ImageToVideoV3ProRequest", SHOTS, ["elements", 1, "video_url"]),
        ("ImageToVideoV3ProRequest", SHOTS, ["elements", 0, "no_such_field"]),
        ("ImageToVideoV3ProRequest", SHOTS, ["start_image_url"]),
        ("ImageToVideoV3ProRequest", SHOTS, ["negative_prompt"]),
        ("V1ImageToVideoRequest", MASKS, ["dynamic_masks", 0, "mask_url"]),
        ("V1ImageToVideoRequest", MASKS, ["dynamic_masks", 0, "trajectories", 0, "x"]),
        ("V1ImageToVideoRequest", MASKS, ["static_mask_url"]),
        ("VideoEffectsRequest", EFFECTS, ["input_image_urls", 1]),
        ("VideoEffectsRequest", EFFECTS, ["effect_scene"]),
        ("V1TextToVideoRequest", CAMERA, ["advanced_camera_control", "movement_value"]),
        ("V1TextToVideoRequest", {"prompt": "a"}, ["advanced_camera_control", "movement_value"]),
    ],
)
def test_it_stands_at_its_field(form, name, values, loc):
    request_type = CATALOG.request_type(name)
    form.set_request_type(request_type)
    form.set_values(values)
    entry = {"loc": ["body", *loc], "type": "value_error", "msg": "A strange complaint."}
    problems = problems_from_422([entry], request_type)
    assert form.show_problems(problems) == ()
    (lines,) = lines_with(form, "A strange complaint.")
    assert lines.isVisibleTo(form)
    around = lines.parentWidget()
    while around is not form and not getattr(around, "title", ""):
        around = around.parentWidget()
    assert around is not form


@pytest.mark.parametrize("loc", [["body"], ["body", "no_such_field"], [], ["query", "logs"]])
def test_what_the_form_does_not_know_stands_on_top(form, loc):
    request_type = CATALOG.request_type("TTSInput")
    form.set_request_type(request_type)
    problems = problems_from_422([{"loc": loc, "msg": "A strange complaint."}], request_type)
    assert form.show_problems(problems) == problems
    assert len(lines_with(form, "A strange complaint.")) == 1
