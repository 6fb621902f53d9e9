"""Copies that fit look the same, tell nothing, and are made only where they are needed."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image, ImageCms

from kling_desktop.catalog.field_spec import FieldLimits
from kling_desktop.media.fit import MOST_BYTES_SENT, fit, needs_fit, upload_copy
from kling_desktop.media.framing import suggested, wanted_ratio
from kling_desktop.media.plain import is_srgb
from kling_desktop.media.probe import probe
from kling_desktop.media.problems import MediaRefused
from kling_desktop.records.problem import Remedy, Severity
from tests.helpers import media_zoo as zoo

KLING = FieldLimits(
    max_bytes=10_485_760,
    min_width=300,
    min_height=300,
    min_ratio=0.4,
    max_ratio=2.5,
    formats=("image/jpeg", "image/png", "image/webp"),
)


def sent(path, folder):
    return upload_copy(path, probe(path), folder)


def shown(path):
    """The pixels as a plain reader sees them that knows neither EXIF nor profiles."""
    with Image.open(path) as picture:
        picture.load()
        assert picture.mode == "RGB"
        assert not picture.getexif()
        return picture.copy()


def secrets_in(path):
    data = path.read_bytes()
    return [one for one in (b"Secret", b"Exif", b"EXIF", b"xmp", b"XMP ", b"8BIM") if one in data]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_turns_are_baked_and_places_stripped(tmp_path, orientation):
    path = zoo.camera_jpeg(tmp_path / "phone.jpg", orientation)
    assert secrets_in(path)

    made = sent(path, tmp_path)

    assert made != path
    assert not secrets_in(made)
    assert zoo.difference(shown(made), zoo.scene()) < 3
    assert shown(made).getpixel((5, 5))[0] > 180
    assert secrets_in(path), "the original stays as it is"


def test_stripping_alone_does_not_touch_a_pixel(tmp_path):
    path = zoo.camera_jpeg(tmp_path / "a.jpg", 1)

    made = sent(path, tmp_path)

    assert shown(made).tobytes() == Image.open(path).convert("RGB").tobytes()
    assert made.stat().st_size < path.stat().st_size


@pytest.mark.parametrize("suffix", [".png", ".webp"])
def test_stripping_png_and_webp(tmp_path, suffix):
    exif = Image.Exif()
    exif[0x010F] = "Secret Camera Works"
    path = tmp_path / f"a{suffix}"
    xmp = b"<x:xmpmeta>Secret place</x:xmpmeta>"
    zoo.scene().save(path, exif=exif, xmp=xmp, lossless=True)
    path.write_bytes(path.read_bytes() + (b"Secret end" if suffix == ".png" else b""))
    assert secrets_in(path)

    made = sent(path, tmp_path)

    assert made.suffix == suffix
    assert not secrets_in(made)
    assert shown(made).tobytes() == zoo.scene().tobytes()
    assert sent(made, tmp_path) == made


def test_what_hides_behind_the_end_of_a_jpeg_goes_too(tmp_path):
    path = tmp_path / "motion.jpg"
    clean = zoo.as_bytes(zoo.scene(), "JPEG", quality=95, progressive=True)
    path.write_bytes(clean + b"\xff\xd8\xff\xe1Secret second picture")

    made = sent(path, tmp_path)

    assert made.read_bytes() == clean


@pytest.mark.parametrize(
    ("form", "options"),
    [
        ("JPEG", {"quality": 90}),
        ("JPEG", {"progressive": True}),
        ("PNG", {}),
        ("WEBP", {"lossless": True}),
        ("WEBP", {"quality": 80}),
    ],
)
def test_a_clean_file_is_passed_byte_for_byte(tmp_path, form, options):
    path = tmp_path / f"a.{form.lower()}"
    path.write_bytes(zoo.as_bytes(zoo.scene(), form, **options))
    before = path.read_bytes()

    assert sent(path, tmp_path) == path
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_an_srgb_profile_is_clean_too(tmp_path):
    path = tmp_path / "a.jpg"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    path.write_bytes(zoo.as_bytes(zoo.scene(), "JPEG", icc_profile=profile))

    assert sent(path, tmp_path) == path
    assert is_srgb(profile)
    assert not is_srgb(zoo.wide_profile())
    assert is_srgb(b"not a profile")


@pytest.mark.parametrize("suffix", [".jpg", ".png"])
def test_wide_colours_become_srgb_and_look_the_same(tmp_path, suffix):
    wide = ImageCms.ImageCmsProfile(io.BytesIO(zoo.wide_profile()))
    srgb = ImageCms.createProfile("sRGB")
    stored = ImageCms.profileToProfile(zoo.scene(), srgb, wide, outputMode="RGB")
    path = tmp_path / f"a{suffix}"
    stored.save(path, icc_profile=zoo.wide_profile(), quality=97, subsampling=0)

    made = sent(path, tmp_path)

    assert zoo.difference(stored, zoo.scene()) > 8, "without the profile it would look wrong"
    assert zoo.difference(shown(made), zoo.scene()) < 3
    assert b"ICC_PROFILE" not in made.read_bytes()


def test_a_broken_profile_does_no_harm(tmp_path):
    path = tmp_path / "a.jpg"
    path.write_bytes(zoo.as_bytes(zoo.scene(), "JPEG", icc_profile=b"broken" * 40, quality=95))

    assert zoo.difference(shown(sent(path, tmp_path)), zoo.scene()) < 3


def test_cmyk(tmp_path):
    path = tmp_path / "print.jpg"
    zoo.scene().convert("CMYK").save(path, quality=97)

    made = sent(path, tmp_path)

    assert made.suffix == ".jpg"
    assert zoo.difference(shown(made), zoo.scene()) < 4


@pytest.mark.parametrize("colour", [True, False])
def test_sixteen_bits_are_scaled_and_not_cut_off(tmp_path, colour):
    path = zoo.deep_png(tmp_path / "deep.png", colour=colour)

    picture = shown(sent(path, tmp_path))

    for x in range(0, 256, 5):
        assert picture.getpixel((x, 8)) == pytest.approx((x, x, x), abs=1)


def test_grey_palette_and_bits_become_rgb_without_loss(tmp_path):
    for mode in ("L", "P", "1"):
        path = tmp_path / f"{mode}.png"
        original = zoo.scene().convert(mode)
        original.save(path)

        made = sent(path, tmp_path)

        assert made.suffix == ".png"
        assert shown(made).tobytes() == original.convert("RGB").tobytes()


@pytest.mark.parametrize("suffix", [".png", ".webp"])
def test_see_through_parts_become_white_and_it_is_said(tmp_path, suffix):
    picture = zoo.scene().convert("RGBA")
    picture.paste((0, 0, 0, 0), (200, 100, 300, 200))
    path = tmp_path / f"a{suffix}"
    picture.save(path, lossless=True)

    made = shown(sent(path, tmp_path))

    assert made.getpixel((250, 150)) == pytest.approx((255, 255, 255), abs=2)
    assert made.getpixel((20, 20)) == pytest.approx(zoo.scene().getpixel((20, 20)), abs=3)
    warning = needs_fit(probe(path), KLING)
    assert (warning.code, warning.severity) == ("media_see_through", Severity.WARNING)


@pytest.mark.parametrize("suffix", [".gif", ".webp", ".png"])
def test_of_moving_pictures_the_first_frame_is_sent_and_it_is_said(tmp_path, suffix):
    path = zoo.animation(tmp_path / f"a{suffix}")

    made = sent(path, tmp_path)

    assert zoo.difference(shown(made), zoo.scene()) < 12
    assert not probe(made).animated
    warning = needs_fit(probe(path), replace(KLING, formats=()))
    assert (warning.code, warning.severity) == ("media_only_first_frame", Severity.WARNING)


@pytest.mark.parametrize(("suffix", "becomes"), [(".bmp", ".png"), (".tiff", ".png")])
def test_forms_that_no_model_takes(tmp_path, suffix, becomes):
    path = tmp_path / f"a{suffix}"
    zoo.scene().save(path)

    made = sent(path, tmp_path)

    assert made.suffix == becomes
    assert shown(made).tobytes() == zoo.scene().tobytes()


def test_avif_becomes_jpeg(tmp_path):
    path = tmp_path / "a.avif"
    zoo.scene().save(path, quality=95)

    made = sent(path, tmp_path)

    assert made.suffix == ".jpg"
    assert zoo.difference(shown(made), zoo.scene()) < 3


def test_a_copy_to_send_never_outgrows_what_is_taken(tmp_path):
    path = tmp_path / "noise.jpg"
    grain = Image.merge("RGB", [Image.effect_noise((2600, 2000), 90) for _ in range(3)])
    exif = Image.Exif()
    exif[zoo.ORIENTATION] = 6
    grain.save(path, quality=80, exif=exif)

    made = sent(path, tmp_path)

    assert made.stat().st_size <= MOST_BYTES_SENT
    assert shown(made).size == (2000, 2600)


def test_place_is_taken_out_of_clips(tmp_path):
    import av

    path = tmp_path / "phone.mov"
    clean = zoo.numbered_clip(tmp_path / "clean.mp4", zoo.ClipPlan(sound=True))
    with (
        av.open(str(clean)) as old,
        av.open(str(path), "w", format="mov", options={"movflags": "use_metadata_tags"}) as new,
    ):
        new.metadata["com.apple.quicktime.location.ISO6709"] = "+52.52+013.4/ Secret"
        made = {one.index: new.add_stream_from_template(one) for one in old.streams}
        for packet in old.demux():
            if packet.dts is not None:
                packet.stream = made[packet.stream_index]
                new.mux(packet)
    assert secrets_in(path)

    cleaned = sent(path, tmp_path)

    assert not secrets_in(cleaned)
    assert (probe(cleaned).frames, probe(cleaned).has_audio) == (60, True)
    assert sent(clean, tmp_path) == clean
    assert sent(zoo.wav(tmp_path / "a.wav"), tmp_path) == tmp_path / "a.wav"


def test_what_is_fine_needs_nothing(tmp_path):
    facts = probe(zoo.camera_jpeg(tmp_path / "a.jpg", 6, (1500, 1000)))

    assert needs_fit(facts, KLING) is None
    assert needs_fit(facts, None) is None
    assert needs_fit(probe(zoo.numbered_clip(tmp_path / "a.mp4")), KLING) is None


@pytest.mark.parametrize(
    ("changes", "code", "remedy"),
    [
        ({"content_type": "image/tiff"}, "media_needs_other_form", Remedy.CONVERT),
        ({"size": 12_000_000}, "media_needs_fewer_bytes", Remedy.SHRINK),
        ({"width": 9000}, "media_needs_fewer_pixels", Remedy.SHRINK),
    ],
)
def test_what_can_be_put_right_is_offered(tmp_path, changes, code, remedy):
    facts = replace(probe(zoo.camera_jpeg(tmp_path / "a.jpg")), **changes)

    problem = needs_fit(facts, replace(KLING, max_width=8000, max_height=8000))

    assert (problem.code, problem.remedy) == (code, remedy)
    assert "{" not in problem.said()


def test_shrinks_below_bytes_and_pixels(tmp_path):
    path = tmp_path / "big.png"
    zoo.scene(2400, 1600).save(path)
    limits = replace(KLING, max_bytes=120_000, max_width=1200, max_height=1200)

    made = fit(path, probe(path), limits, tmp_path)

    facts = probe(made)
    assert facts.size <= 120_000
    assert facts.width <= 1200
    assert facts.ratio == pytest.approx(1.5, abs=0.01)
    small = zoo.scene(2400, 1600).resize((facts.width, facts.height), Image.Resampling.LANCZOS)
    assert zoo.difference(shown(made), small) < 4
    assert needs_fit(facts, limits) is None


def test_a_fitted_file_is_upright_and_tells_nothing(tmp_path):
    path = zoo.camera_jpeg(tmp_path / "a.jpg", 8)

    made = fit(path, probe(path), replace(KLING, formats=("image/png",)), tmp_path)

    assert made.suffix == ".png"
    assert not secrets_in(made)
    assert zoo.difference(shown(made), zoo.scene()) < 3


def test_never_larger_and_never_below_the_least_size(tmp_path):
    small = zoo.camera_jpeg(tmp_path / "small.jpg", 1, (200, 200))
    long = zoo.camera_jpeg(tmp_path / "long.jpg", 1, (1600, 400))
    plain = zoo.camera_jpeg(tmp_path / "plain.jpg", 1, (400, 400))
    impossible = replace(KLING, max_bytes=500)

    for path, limits in ((small, KLING), (long, KLING), (plain, impossible)):
        with pytest.raises(MediaRefused) as caught:
            fit(path, probe(path), limits, tmp_path)
        assert caught.value.problem.code == "media_cannot_fit"
    assert len(list(tmp_path.iterdir())) == 3, "nothing half done is left"


def test_copies_do_not_take_each_others_names(tmp_path):
    path = zoo.camera_jpeg(tmp_path / "a.jpg", 6)

    one, two = sent(path, tmp_path), sent(path, tmp_path)

    assert len({path, one, two}) == 3
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize("size", [(1600, 400), (310, 1600)])
def test_a_picture_of_a_wrong_shape_is_cut_evenly_where_that_is_asked_for(tmp_path, size):
    path = zoo.camera_jpeg(tmp_path / "long.jpg", 1, size)

    wanted = wanted_ratio(size, KLING, "")
    framing = suggested(size, wanted, pads=False)
    made = probe(fit(path, probe(path), KLING, tmp_path, framing=framing))

    assert 0.4 <= made.ratio <= 2.5
    assert min(made.width, made.height) == min(size)
