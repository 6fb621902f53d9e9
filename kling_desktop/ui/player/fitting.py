"""From a frame as it was decoded to the picture on the screen, in one step and without the GIL.

Qt's own ways convert on the graphics card or hold the interpreter while they scale; both make the
window stand still. FFmpeg's scaler does neither, and draws played and stepped frames alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QTransform
from PySide6.QtMultimedia import QVideoFrame, QVideoFrameFormat

from kling_desktop.ui.player.fitted_size import fitted_size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from av import VideoFrame

    from kling_desktop.media.frames import FramePicture

type_of = QVideoFrameFormat.PixelFormat
_FORMATS = {
    type_of.Format_YUV420P: "yuv420p",
    type_of.Format_YUV422P: "yuv422p",
    type_of.Format_YUV420P10: "yuv420p10le",
    type_of.Format_NV12: "nv12",
    type_of.Format_NV21: "nv21",
    type_of.Format_P010: "p010le",
    type_of.Format_P016: "p016le",
    type_of.Format_Y8: "gray",
    type_of.Format_BGRA8888: "bgra",
    type_of.Format_BGRX8888: "bgr0",
    type_of.Format_RGBA8888: "rgba",
    type_of.Format_RGBX8888: "rgb0",
}
_HIGHEST_SD = 576
"""Lines. Above, a clip that does not say its color matrix is taken for BT.709, as by most."""


@dataclass(frozen=True, slots=True)
class Raw:
    """A frame in memory of its own, not yet scaled."""

    frame: VideoFrame
    matrix: str = "ITU709"
    """FFmpeg's name of the way from color to brightness; of no meaning for RGB."""
    turn: int = 0
    """Degrees clockwise."""
    mirrored: bool = False

    @property
    def size(self) -> QSize:
        """As shown, in pixels of the clip."""
        size = QSize(self.frame.width, self.frame.height)
        return size.transposed() if self.turn % 180 else size


def raw_of(frame: QVideoFrame) -> Raw | QImage:
    """Copies a played frame out of the decoder; by Qt itself where the format is a rare one."""
    name = _FORMATS.get(frame.pixelFormat())
    if name is None or not frame.map(QVideoFrame.MapMode.ReadOnly):
        return frame.toImage()
    try:
        return _copied(frame, name)
    finally:
        frame.unmap()


def raw_of_exact(picture: FramePicture) -> Raw:
    """The same for a frame from the exact decoder."""
    import av

    frame = av.VideoFrame(picture.width, picture.height, "rgb24")
    _fill(frame, [(memoryview(picture.rgb), picture.stride)])
    return Raw(frame)


class Scaler:
    """Draws sources at the size at which they are shown. For one thread.

    FFmpeg's preparations for a size cost as much as scaling itself, so they are kept.
    """

    def __init__(self) -> None:
        from av.video.reformatter import VideoReformatter

        self._reformatter = VideoReformatter()

    def drawn(self, source: Raw | QImage, room: QSize) -> QImage:
        """A picture of the source's shape that fits in the room."""
        if isinstance(source, QImage):
            return _drawn_image(source, room)
        target = fitted_size(source.size, room)
        flat = self._scaled(source, target.transposed() if source.turn % 180 else target)
        if not source.turn and not source.mirrored:
            return flat
        turned = QTransform().rotate(source.turn)
        if source.mirrored:
            turned.scale(-1, 1)
        return flat.transformed(turned)

    def _scaled(self, source: Raw, target: QSize) -> QImage:
        from av.video.reformatter import Colorspace

        frame = source.frame
        # From RGB, the finer way to more pixels takes longer than a step may.
        is_long = frame.format.is_rgb and target.width() > frame.width
        scaled = self._reformatter.reformat(
            frame,
            target.width(),
            target.height(),
            "bgra",
            src_colorspace=Colorspace[source.matrix],
            interpolation="BILINEAR" if is_long else "BICUBIC",
            threads=1,
        )
        plane = scaled.planes[0]
        form = QImage.Format.Format_RGB32
        size = (target.width(), target.height())
        return QImage(memoryview(plane), *size, plane.line_size, form).copy()


def _drawn_image(image: QImage, room: QSize) -> QImage:
    target = fitted_size(image.size(), room)
    smooth = Qt.TransformationMode.SmoothTransformation
    scaled = image.scaled(target, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
    form = QImage.Format
    clear = scaled.hasAlphaChannel()
    return scaled.convertToFormat(form.Format_ARGB32_Premultiplied if clear else form.Format_RGB32)


def _copied(frame: QVideoFrame, name: str) -> Raw:
    import av

    copy = av.VideoFrame(frame.width(), frame.height(), name)
    lines = [(memoryview(frame.bits(n)), frame.bytesPerLine(n)) for n in range(frame.planeCount())]
    _fill(copy, lines)
    form = frame.surfaceFormat()
    copy.color_range = 2 if form.colorRange() is QVideoFrameFormat.ColorRange.ColorRange_Full else 1
    return Raw(
        copy,
        _matrix(form),
        turn=(form.rotation().value + frame.rotation().value) % 360,
        mirrored=form.isMirrored() != frame.mirrored(),
    )


def _matrix(form: QVideoFrameFormat) -> str:
    spaces = QVideoFrameFormat.ColorSpace
    match form.colorSpace():
        case spaces.ColorSpace_BT601:
            return "ITU601"
        case spaces.ColorSpace_Undefined if form.frameHeight() <= _HIGHEST_SD:
            return "ITU601"
        case spaces.ColorSpace_BT2020:
            return "BT2020"
        case _:
            return "ITU709"


def _fill(frame: VideoFrame, planes: Sequence[tuple[memoryview, int]]) -> None:
    """Copies lines that may be padded otherwise than the frame's own."""
    for plane, (source, stride) in zip(frame.planes, planes, strict=True):
        target = memoryview(plane).cast("B")
        own = plane.line_size
        if own == stride and len(source) >= len(target):
            target[:] = source[: len(target)]
            continue
        width = min(own, stride)
        for line in range(plane.height):
            part = source[line * stride : line * stride + width]
            target[line * own : line * own + len(part)] = part
