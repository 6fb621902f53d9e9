"""A language half as long again: everything is translated, and nothing is cut."""

import asyncio
import re

import pytest

from kling_desktop.ui.palette import CommandPalette
from kling_desktop.ui.settings.consent import ConsentDialog
from kling_desktop.ui.settings.key_dialog import KeyDialog
from kling_desktop.ui.settings.preferences import Preferences
from tests.helpers.media_zoo import camera_jpeg
from tests.helpers.pseudo import cut, speaking_pseudo, untranslated

GIVEN = re.compile(
    r"""
    \S+\.(jpg|mp4|png)            # files
    | http://127\.0\.0\.1:\d+     # the server
    | fal-ai/\S+                  # endpoints
    | \{\w+\}                     # parts of a name's template
    | [\d.:×\s·$/%+-]+ (p|fps|s)? # sizes, times, money
    | ⌘? (Ctrl|Shift|Alt|Space|Del|Return) .*
    | [ABC]                       # takes
    | /\S+                        # folders
    """,
    re.VERBOSE,
)
"""What nobody translates, besides what a person wrote."""


SHORTENED = re.compile(r"(Chip|MiddleElidedLabel|LinkButton|TransportButton|QToolButton): ")
"""They shorten or wrap their words themselves, or show a picture instead."""


def wrong(root, screen, *known):
    """What is not translated or cut on a screen."""
    found = [
        f"{screen}, not translated: {text}"
        for text in untranslated(root, frozenset(known))
        if not GIVEN.fullmatch(text) and not any(text.startswith(one[:20]) for one in known)
    ]
    return found + [f"{screen}, cut: {text}" for text in cut(root) if not SHORTENED.match(text)]


async def wrong_to_the_end(program, screen, *known):
    """What is still wrong when everything that moves has come to rest."""
    for _ in range(40):
        if not wrong(program.window, screen, *known):
            break
        await asyncio.sleep(0.05)
    return wrong(program.window, screen, *known)


def dialog(program, kind):
    """The open dialog of that class; its title is in another language."""
    return next(iter(one for one in program.window.findChildren(kind) if one.isVisible()), None)


@pytest.mark.parametrize(
    ("size", "percent"), [((1440, 900), 100), ((1024, 600), 100), ((1024, 600), 150)]
)
async def test_every_screen_in_a_longer_language(real, fal, settings, tmp_path, size, percent):
    settings(uploads="ask", said_fal_goes_on=True, text_percent=percent)
    found = []
    with speaking_pseudo():
        async with real(size=size) as program:
            prompt = program.desk.making.draft.values["prompt"]
            known = (prompt, "raccoon", "Kling", "My clips", "one", "two", "Dark")
            found += wrong(program.window, "first start", *known)
            program.desk.form.set_more_open(is_open=True)
            await program.until_calm()
            found += wrong(program.window, "more fields", *known)
            program.act(program.desk.actions.command_palette)
            palette = await program.until(lambda: dialog(program, CommandPalette), "the palette")
            found += wrong(palette, "palette")
            program.key("Escape")
            program.act(program.desk.actions.preferences)
            preferences = await program.until(lambda: dialog(program, Preferences), "preferences")
            found += wrong(preferences, "preferences", str(program.ground.folders.clips))
            preferences.close()
            program.act(program.desk.actions.real)
            await program.until_ready()
            program.press()
            consent = await program.until(lambda: dialog(program, ConsentDialog), "consent")
            found += wrong(consent, "consent")
            consent.accept()
            await program.until_made()
            await program.until_job("finished")
            program.desk.keys.ask()
            key = await program.until(lambda: dialog(program, KeyDialog), "the key dialog")
            found += wrong(key, "key")
            key.reject()
            program.window.unfold_queue()
            fal.end_next(422, {"detail": [{"loc": ["body", "prompt"], "msg": "x", "type": "v"}]})
            await program.second_later()
            program.press()
            await program.until_job("failed")
            fal.hold("IN_PROGRESS")
            await program.second_later()
            program.press()
            await program.until_job("in_progress")
            program.drop(camera_jpeg(tmp_path / "tiny.jpg", size=(200, 200)))
            await program.until_said("tiny.jpg")
            await program.until(
                lambda: "200" in program.words_in(program.desk.column.order_bar), "what is wrong"
            )
            await program.until_calm()
            found += await wrong_to_the_end(program, "work", *known)
    assert not found, "\n".join(found)
