"""The words on the tiles of the left column, and behind *More*."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from kling_desktop.catalog.choosing import MORE, START_END
from kling_desktop.ui.intentions import Tile

translate = QCoreApplication.translate


def usual_tiles() -> tuple[Tile, ...]:
    """All tiles, in the usual order."""
    return (*_from_stills(), *_from_clips())


def _from_stills() -> tuple[Tile, ...]:
    return (
        Tile(
            key="from_picture",
            short=translate("Make", "Picture"),
            long=translate("Make", "From picture"),
            icon="image",
            tip=translate("Make", "A picture begins to move."),
        ),
        Tile(
            key="from_text",
            short=translate("Make", "Text"),
            long=translate("Make", "From text"),
            icon="type",
            tip=translate("Make", "A clip from words alone."),
        ),
        Tile(
            key=START_END,
            short=translate("Make", "Start + end"),
            long=translate("Make", "Start + end"),
            icon="between-horizontal-start",
            tip=translate("Make", "From a first picture to a last one, or round to the first."),
        ),
        Tile(
            key="references",
            short=translate("Make", "References"),
            long=translate("Make", "References"),
            icon="layers",
            tip=translate("Make", "People, things and places from pictures, in a new clip."),
        ),
    )


def _from_clips() -> tuple[Tile, ...]:
    return (
        Tile(
            key="edit",
            short=translate("Make", "Edit a clip"),
            long=translate("Make", "Edit a clip"),
            icon="scissors",
            tip=translate("Make", "A clip that is there already, changed by words."),
        ),
        Tile(
            key="lip_sync",
            short=translate("Make", "Lip sync"),
            long=translate("Make", "Lip sync"),
            icon="mic",
            tip=translate("Make", "A face speaks what you write or let it hear."),
        ),
        Tile(
            key="effects",
            short=translate("Make", "Effects"),
            long=translate("Make", "Effects"),
            icon="sparkles",
            tip=translate("Make", "Ready-made effects on one or two pictures."),
        ),
        Tile(
            key=MORE,
            short=translate("Make", "More"),
            long=translate("Make", "More"),
            icon="ellipsis",
            tip=translate("Make", "Motion brush, camera moves, voices, sounds and pictures."),
        ),
    )


def purpose_sentences() -> dict[str, str]:
    """One for each thing behind *More*, by the catalogue's word for it and in this order."""
    return {
        "Motion brush": translate(
            "Make", "Paint areas of a picture and draw the path each one takes."
        ),
        "Camera moves": translate("Make", "Tell the camera exactly how to move, from words alone."),
        "Motion control": translate(
            "Make", "A figure in a picture moves as a person in a video does."
        ),
        "Voices": translate("Make", "Have your words spoken, or make a voice from a recording."),
        "Sounds": translate("Make", "Give a silent video noises and music that fit."),
        "Pictures": translate("Make", "Make or change a picture, to begin a clip with."),
    }
