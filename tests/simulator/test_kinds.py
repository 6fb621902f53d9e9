"""Every kind of request, rendered from what it brings; looked at in decoded frames."""

from __future__ import annotations

import asyncio
import base64
import io
import itertools

import httpx
import pytest
from PIL import Image

from tests.helpers.footage import (
    clip,
    mask,
    middle_of_color,
    plain,
    png,
    unlike,
    watch,
)
from tests.simulator.conftest import picture
from tests.simulator.kinds import documents

RED, GREEN, BLUE = "#d03028", "#28b040", "#2848d0"


def moved(film, across, down):
    """Whether what is seen went across and down: -1, 0 or 1 for each."""
    first, last = film.frames[23], film.frames[25]
    room = 6
    box = (room, room, first.width - room, first.height - 3 * room)
    best = min(
        itertools.product((-4, 0, 4), (-4, 0, 4)),
        key=lambda by: unlike(
            first.crop(box), last.crop([edge + by[i % 2] for i, edge in enumerate(box)])
        ),
    )
    return [(one > 0) - (one < 0) for one in best] == [across, down]


def brightness(image, x, y):
    return image.convert("L").resize((8, 8), Image.Resampling.BOX).getpixel((x, y))


@pytest.mark.parametrize(
    ("axis", "amount", "across", "down"),
    [
        ("tilt", 10, -1, 0),
        ("tilt", -10, 1, 0),
        ("pan", 10, 0, 1),
        ("pan", -10, 0, -1),
    ],
)
async def test_the_camera_turns_as_asked(maker, axis, amount, across, down):
    control = {"movement_type": axis, "movement_value": amount}
    film = await maker.film("camera", prompt="night", advanced_camera_control=control)
    assert (film.seconds, film.sound_seconds) == (2, 0)
    assert moved(film, across, down)


async def test_the_camera_travels_past_what_is_near_and_far(maker):
    films = [
        await maker.film(
            "camera",
            prompt="night",
            advanced_camera_control={"movement_type": axis, "movement_value": amount},
        )
        for axis, amount in (("horizontal", 10), ("vertical", 10), ("vertical", -10))
    ]
    across, up, down = films
    assert unlike(across.frames[0], across.frames[-1], (0, 48, 170, 80)) > 2
    # Rising, the camera sees the near ridges sink: the sky above grows.
    low = (0, 56, 140, 80)
    assert unlike(up.frames[0], down.frames[-1], low) < unlike(up.frames[0], up.frames[-1], low)


async def test_zoom_and_roll_and_presets_all_differ(maker):
    bodies = [
        {"advanced_camera_control": {"movement_type": "zoom", "movement_value": 10}},
        {"advanced_camera_control": {"movement_type": "zoom", "movement_value": -10}},
        {"advanced_camera_control": {"movement_type": "roll", "movement_value": 10}},
        {"advanced_camera_control": {"movement_type": "roll", "movement_value": -10}},
        {"camera_control": "down_back"},
        {"camera_control": "forward_up"},
        {"camera_control": "right_turn_forward"},
        {"camera_control": "left_turn_forward"},
    ]
    films = await asyncio.gather(*(maker.film("camera", prompt="night", **body) for body in bodies))
    for one, other in itertools.combinations(films, 2):
        first_or_last = (
            unlike(one.frames[-1], other.frames[-1]),
            unlike(one.frames[0], other.frames[0]),
        )
        assert max(first_or_last) > 0.7
    wide, near = films[0], films[1]
    assert unlike(wide.frames[0], near.frames[-1]) < unlike(wide.frames[0], wide.frames[-1])


async def test_masked_areas_follow_their_paths_and_the_rest_keeps_still(maker):
    ground = Image.new("RGB", (640, 400), "#808080")
    ground.paste("#e02020", (100, 60, 160, 120))
    ground.paste("#2020e0", (220, 300, 280, 360))
    body = {
        "prompt": "x",
        "image_url": await maker.upload(png(ground)),
        "static_mask_url": await maker.upload(mask((300, 0, 420, 120))),
        "dynamic_masks": [
            {
                "mask_url": await maker.upload(mask((92, 52, 168, 128))),
                # Up from the bottom left: 400 - 90 is the middle of the red square.
                "trajectories": [{"x": 130, "y": 310}, {"x": 130, "y": 110}, {"x": 330, "y": 110}],
            },
            {
                "mask_url": await maker.upload(mask((212, 292, 288, 368))),
                "trajectories": [{"x": 250, "y": 70}, {"x": 250, "y": 330}],
            },
        ],
    }
    film = await maker.film("brush", **body)
    scale = 154 / 640
    red, blue = (224, 32, 32), (32, 32, 224)
    for index, red_at, blue_at in (
        (0, (130, 90), (250, 330)),
        (len(film.frames) // 2, (130, 290), (250, 200)),
        (len(film.frames) - 1, (330, 290), (250, 70)),
    ):
        for color, wanted in ((red, red_at), (blue, blue_at)):
            x, y = middle_of_color(film.frames[index], color)
            assert abs(x / scale - wanted[0]) < 16, (index, color, x / scale)
            assert abs(y / scale - wanted[1]) < 16, (index, color, y / scale)
    quarter = len(film.frames) // 4
    held = tuple(round(edge * scale) for edge in (310, 10, 410, 110))
    free = tuple(round(edge * scale) for edge in (450, 10, 600, 110))
    assert unlike(film.frames[0], film.frames[quarter], held) < 2
    assert unlike(film.frames[0], film.frames[quarter], free) > 5
    # Where the red square was, its surroundings are seen.
    gone = film.frames[-1].getpixel((round(130 * scale), round(90 * scale)))
    assert max(gone) - min(gone) < 40


async def test_masks_may_be_cut_out_instead_of_white(maker):
    cut = Image.new("RGBA", (640, 400), (0, 0, 0, 0))
    cut.paste((0, 0, 0, 255), (92, 52, 168, 128))
    ground = Image.new("RGB", (640, 400), "#808080")
    ground.paste("#e02020", (100, 60, 160, 120))
    area = {
        "mask_url": await maker.upload(png(cut)),
        "trajectories": [{"x": 0, "y": 0}, {"x": 320, "y": 0}],
    }
    image = await maker.upload(png(ground))
    film = await maker.film("brush", prompt="x", image_url=image, dynamic_masks=[area])
    x, _ = middle_of_color(film.frames[-1], (224, 32, 32))
    assert abs(x * 640 / 154 - 450) < 16


async def test_masks_of_another_shape_end_as_they_do_upstream(maker):
    wrong = await maker.refused(
        "brush",
        prompt="x",
        image_url=await maker.upload(picture()),
        static_mask_url=await maker.upload(mask((0, 0, 9, 9), (400, 400))),
    )
    assert wrong["loc"] == ["body", "static_mask_url"]
    mixed = await maker.refused(
        "brush",
        prompt="x",
        image_url=await maker.upload(picture()),
        static_mask_url=await maker.upload(mask((0, 0, 9, 9))),
        dynamic_masks=[{"mask_url": await maker.upload(mask((0, 0, 9, 9), (320, 200)))}],
    )
    assert mixed["loc"] == ["body", "dynamic_masks", 0, "mask_url"]


async def test_pictures_of_things_stand_in_their_order(maker):
    urls = [await maker.upload(plain(color)) for color in (RED, GREEN, BLUE)]
    film = await maker.film("things", prompt="night", input_image_urls=urls, aspect_ratio="1:1")
    assert film.size == (96, 96)
    places = [
        middle_of_color(film.frames[20], color)[0]
        for color in ((208, 48, 40), (40, 176, 64), (40, 72, 208))
    ]
    assert places == sorted(places)
    turned = await maker.film("things", prompt="night", input_image_urls=urls[::-1])
    assert middle_of_color(turned.frames[20], (208, 48, 40))[0] > turned.size[0] / 2


async def test_elements_are_seen_beside_the_start_picture(maker, tmp_path):
    start = await maker.upload(plain("#707070"))
    video = await maker.upload(clip(tmp_path, side=360, heard=False), "video/mp4")
    views = [await maker.upload(plain(color)) for color in (GREEN, RED)]
    things = [{"reference_image_urls": views[:1], "frontal_image_url": views[1]}]
    bare = await maker.film("picture", prompt="x", image_url=start)
    film = await maker.film("elements", prompt="x", start_image_url=start, elements=things)
    assert film.size == bare.size
    # The front view stands for the thing, not one of the others.
    x, y = middle_of_color(film.frames[10], (208, 48, 40))
    assert y > film.size[1] / 2
    assert abs(x - film.size[0] / 2) < 4
    moving = await maker.film(
        "elements", prompt="x", start_image_url=start, elements=[{"video_url": video}]
    )
    assert unlike(moving.frames[10], bare.frames[10]) > 3


async def test_two_pictures_come_together_left_and_right(maker):
    urls = [await maker.upload(plain(color)) for color in (RED, BLUE)]
    film = await maker.film("effect", effect_scene="hug", input_image_urls=urls)
    assert film.seconds == 2
    for frame in film.frames[:: len(film.frames) - 1]:
        left, right = (frame.getpixel((x, 40)) for x in (30, frame.width - 30))
        assert left[0] > 2 * left[2]
        assert right[2] > 2 * right[0]
    striped = Image.open(io.BytesIO(picture()))
    urls = [await maker.upload(png(striped)), urls[1]]
    coming = await maker.film("effect", effect_scene="hug", input_image_urls=urls)
    assert unlike(coming.frames[0], coming.frames[-1], (10, 10, 70, 80)) > 3


async def test_an_effect_belongs_to_its_name(maker):
    url = await maker.upload(picture())
    films = [
        await maker.film("effect", effect_scene=name, input_image_urls=[url], duration="1")
        for name in ("squish", "fireworks")
    ]
    assert films[0].size == (154, 96)
    assert unlike(films[0].frames[12], films[1].frames[12]) > 3


async def test_shots_last_as_long_as_they_say_and_are_cut_hard(maker):
    shots = [{"prompt": "night sky", "duration": "2"}, {"prompt": "snow field", "duration": "1"}]
    film = await maker.film(
        "shots", multi_prompt=shots, image_url=await maker.upload(picture()), generate_audio=False
    )
    assert (film.seconds, film.sound_seconds) == (3, 0)
    steps = [unlike(one, other) for one, other in itertools.pairwise(film.frames)]
    assert steps.index(max(steps)) == 47
    assert max(steps) > 4 * sorted(steps)[-2]
    both = await maker.refused("shots", prompt="x", multi_prompt=shots)
    assert both["loc"] == ["body", "prompt"]


async def test_an_edited_clip_keeps_its_length_and_sound_but_not_its_look(maker, tmp_path):
    given = clip(tmp_path)
    before = watch(given)
    body = {"prompt": "make it red", "video_url": await maker.upload(given, "video/mp4")}
    film = await maker.film("edit", **body)
    assert film.seconds == before.seconds
    assert film.rate == before.rate
    assert abs(film.sound_seconds - film.seconds) < 0.1
    small = [frame.resize(film.size) for frame in before.frames]
    assert unlike(film.frames[5], small[5]) > 10
    # Beneath the new look it is the same landscape.
    grey = [image.convert("L").convert("RGB") for image in (film.frames[5], small[5])]
    assert unlike(*grey) < 40
    silent = await maker.film("edit", **body, keep_audio=False)
    assert silent.sound_seconds == 0
    with_card = await maker.film("edit", **body, image_urls=[await maker.upload(plain(GREEN))])
    assert middle_of_color(with_card.frames[5], (40, 176, 64))[1] > film.size[1] / 2


async def test_a_clip_made_after_another_has_the_asked_length_and_shape(maker, tmp_path):
    url = await maker.upload(clip(tmp_path, seconds=1), "video/mp4")
    film = await maker.film("extend", prompt="x", video_url=url, duration="3", aspect_ratio="1:1")
    assert (film.seconds, film.size) == (3, (96, 96))
    assert len({frame.tobytes() for frame in film.frames}) > 20


async def test_a_picture_follows_a_clip(maker, tmp_path):
    given = clip(tmp_path)
    body = {
        "image_url": await maker.upload(picture()),
        "video_url": await maker.upload(given, "video/mp4"),
    }
    film = await maker.film("follow", **body)
    assert (film.seconds, film.size) == (2, (154, 96))
    assert film.sound_seconds > 1.9
    corner = (8, 72, 30, 88)
    bare = await maker.film("picture", prompt="x", image_url=body["image_url"])
    assert unlike(film.frames[10], bare.frames[10], corner) > 10
    assert unlike(film.frames[0], film.frames[-1]) > 0.5
    assert (await maker.film("follow", **body, keep_original_sound=False)).sound_seconds == 0


async def test_pictures_come_in_the_asked_number_and_format(maker):
    answer = await maker.answer(
        "draw", prompt="snow", num_images=2, output_format="jpeg", aspect_ratio="9:16", seed=7
    )
    assert answer["seed"] == 7
    images = [Image.open(io.BytesIO(await maker.fetched(one))) for one in answer["images"]]
    assert [image.format for image in images] == ["JPEG", "JPEG"]
    assert images[0].size == (96, 170) == (answer["images"][0]["width"], 170)
    assert unlike(*images) > 3
    inline = (await maker.answer("draw", prompt="snow", sync_mode=True))["images"][0]["url"]
    head, _, data = inline.partition(",")
    assert head == "data:image/png;base64"
    assert Image.open(io.BytesIO(base64.b64decode(data))).size == (170, 96)


@pytest.mark.parametrize(
    ("kind", "field", "said"),
    [
        ("edit", "video_url", "unsupported_video_format"),
        ("lips", "audio_url", "unsupported_audio_format"),
        ("avatar", "audio_url", "unsupported_audio_format"),
        ("voice", "voice_url", "unsupported_audio_format"),
        ("picture", "image_url", "image_load_error"),
        ("brush", "static_mask_url", "image_load_error"),
        ("things", "input_image_urls", "image_load_error"),
    ],
)
async def test_what_is_no_medium_ends_at_its_field(maker, tmp_path, kind, field, said):
    junk = await maker.upload(b"this is a letter, and no picture " * 20)
    body = {
        "video_url": await maker.upload(clip(tmp_path), "video/mp4"),
        "image_url": await maker.upload(picture()),
        field: [junk] if field.endswith("s") else junk,
    }
    known = {name: value for name, value in body.items() if name in _fields(kind)}
    complaint = await maker.refused(kind, **known)
    assert complaint["type"] == said
    assert complaint["loc"][:2] == ["body", field]


def _fields(kind):
    path = f"/here/{kind}/v1"
    (document,) = [one for one in documents() if path in one["paths"]]
    return document["components"]["schemas"]["Input"]["properties"]


async def test_inputs_may_be_in_the_address_itself_or_a_path_on_the_media_host(maker):
    data = plain(RED)
    uri = f"data:image/png;base64,{base64.b64encode(data).decode()}"
    path = httpx.URL(await maker.upload(data)).path
    for url in (uri, path):
        film = await maker.film("picture", prompt="x", image_url=url)
        assert film.frames[0].getpixel((20, 20))[0] > 150
    missing = await maker.refused("picture", prompt="x", image_url="/files/none.png")
    assert missing["type"] == "file_download_error"


async def test_a_seed_or_other_words_change_the_move_and_nothing_else_does(maker):
    url = await maker.upload(picture())
    one, again, seeded, worded = [
        await maker.film("picture", prompt=prompt, image_url=url, seed=seed)
        for prompt, seed in (("a", 1), ("a", 1), ("a", 2), ("b", 1))
    ]
    assert unlike(one.frames[-1], again.frames[-1]) == 0
    for other in (seeded, worded):
        ends = unlike(one.frames[0], other.frames[0]) + unlike(one.frames[-1], other.frames[-1])
        assert ends > 1


async def test_every_clip_can_be_sought_to_the_second(maker, tmp_path):
    video = await maker.upload(clip(tmp_path), "video/mp4")
    film = await maker.film("extend", prompt="x", video_url=video, duration="5")
    gaps = [after - before for before, after in itertools.pairwise(film.key_times)]
    assert max(gaps) <= 1.0
