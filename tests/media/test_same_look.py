"""Pictures of every sort that phones and programs save look the same after they were converted."""

from __future__ import annotations

import io
import struct

import pytest
from PIL import Image, ImageCms

from kling_desktop.catalog.field_spec import FieldLimits, FieldSpec, FieldType
from kling_desktop.catalog.media_limits import media_problems
from kling_desktop.media.fit import fit, upload_copy
from kling_desktop.media.posters import thumbnail
from kling_desktop.media.probe import probe
from kling_desktop.media.problems import MediaRefused
from kling_desktop.media.sent_form import other_form
from kling_desktop.records.media import MediaKind
from tests.helpers import media_zoo as zoo
from tests.helpers.heic import Phone, heic

TAKES = ("image/jpeg", "image/png")
SIZE = (480, 320)


def phone_heic(folder):
    exif = Image.Exif()
    exif[zoo.ORIENTATION] = 6
    exif[0x010F] = "Secret Camera Works"
    how = Phone(quarter_turns=3, tile=128, exif=exif.tobytes())
    return heic(folder / "IMG_0001.HEIC", zoo.scene(), how)


def wide_heic(folder):
    wide = ImageCms.ImageCmsProfile(io.BytesIO(zoo.wide_profile()))
    srgb = ImageCms.createProfile("sRGB")
    pixels = ImageCms.profileToProfile(zoo.scene(), srgb, wide, outputMode="RGB")
    return heic(folder / "a.heic", pixels, Phone(profile=zoo.wide_profile()))


def saved(name, **options):
    def make(folder):
        zoo.scene().save(folder / name, **options)
        return folder / name

    return make


def deep_tiff(folder):
    """16 bits a channel: 0 to 255 as 0 to 65535."""
    raw = b"".join(struct.pack("<H", one * 257) for one in zoo.scene().tobytes())
    tags = (
        (256, 4, 1, SIZE[0]), (257, 4, 1, SIZE[1]), (258, 3, 3, 8 + len(raw)), (259, 3, 1, 1),
        (262, 3, 1, 2), (273, 4, 1, 8), (277, 3, 1, 3), (278, 4, 1, SIZE[1]), (279, 4, 1, len(raw)),
    )  # fmt: skip
    entries = b"".join(struct.pack("<HHII", *one) for one in tags)
    depths = struct.pack("<HHH", 16, 16, 16)
    at = 8 + len(raw) + len(depths)
    head = b"II*\0" + struct.pack("<I", at)
    table = struct.pack("<H", len(tags)) + entries + bytes(4)
    path = folder / "deep.tif"
    path.write_bytes(head + raw + depths + table)
    return path


def cmyk(folder):
    zoo.scene().convert("CMYK").save(folder / "print.jpg", quality=97, subsampling=0)
    return folder / "print.jpg"


ZOO = {
    "heic of a phone, in tiles and turned": phone_heic,
    "heic in wide colors": wide_heic,
    "webp": saved("a.webp", quality=95),
    "avif": saved("a.avif", quality=95),
    "16-bit tiff": deep_tiff,
    "cmyk jpeg": cmyk,
    "turned by exif": lambda folder: zoo.camera_jpeg(folder / "b.jpg", 8),
    "mirrored by exif": lambda folder: zoo.camera_jpeg(folder / "c.jpg", 7),
    "gif": saved("a.gif"),
    "bmp": saved("a.bmp"),
}


def apart(path, wanted=None):
    """Mean color difference on a grid, in levels of 255."""
    with Image.open(path) as picture:
        assert picture.format in {"JPEG", "PNG", "WEBP"}
        assert picture.mode == "RGB"
        assert not picture.getexif()
        shown = picture.resize((24, 16), Image.Resampling.BOX)
    return zoo.difference(shown, (wanted or zoo.scene()).resize((24, 16), Image.Resampling.BOX))


@pytest.mark.parametrize("sort", ZOO)
def test_it_looks_the_same_after_it_was_sent_or_fitted(tmp_path, sort):
    path = ZOO[sort](tmp_path)
    facts = probe(path)
    assert (facts.width, facts.height) == SIZE
    sent = upload_copy(path, facts, tmp_path)
    fitted = fit(path, facts, FieldLimits(formats=TAKES), tmp_path)
    assert probe(fitted).content_type in TAKES
    assert apart(sent) < 4
    assert apart(fitted) < 4
    assert b"Secret" not in sent.read_bytes()
    small = tmp_path / "small.jpg"
    small.write_bytes(thumbnail(path, 240))
    assert apart(small) < 6


def test_deep_pngs_keep_their_slope(tmp_path):
    for colour in (True, False):
        path = zoo.deep_png(tmp_path / f"deep{colour}.png", colour=colour)
        sent = upload_copy(path, probe(path), tmp_path)
        slope = Image.linear_gradient("L").rotate(90).resize((256, 16)).convert("RGB")
        assert apart(sent, slope) < 4


@pytest.mark.parametrize("sort", ZOO)
def test_nothing_stands_in_the_way_of_what_is_converted_on_its_way_out(tmp_path, sort):
    """WebP is sent as it is; a model that does not take it says so."""
    facts = probe(ZOO[sort](tmp_path))
    limits = FieldLimits(formats=TAKES)
    field = FieldSpec(
        name="a", title="A", type=FieldType.STRING, media=MediaKind.IMAGE, limits=limits
    )
    codes = [one.code for one in media_problems(field, facts, ("a",))]
    assert codes == (["wrong_format"] if sort == "webp" else [])


def test_what_it_is_sent_as(tmp_path):
    assert other_form(probe(phone_heic(tmp_path))) == "JPEG"
    assert other_form(probe(deep_tiff(tmp_path))) == "PNG"
    assert other_form(probe(cmyk(tmp_path))) == ""
    assert other_form(probe(zoo.wav(tmp_path / "a.wav"))) == ""


def test_a_heic_that_is_cut_off_is_named(tmp_path):
    path = phone_heic(tmp_path)
    path.write_bytes(path.read_bytes()[:-9000])
    with pytest.raises(MediaRefused) as refused:
        probe(path)
    assert refused.value.problem.code == "media_picture_broken"
