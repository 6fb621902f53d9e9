"""Gets ready what playing needs, before the first clip comes."""

from __future__ import annotations

from pathlib import Path


def get_ready() -> None:
    """Loads QtMultimedia and its decoder, for a worker thread: 0.2 s for which the window would
    stand still at the first clip."""
    from PySide6.QtCore import QLibraryInfo, QPluginLoader

    from kling_desktop.ui.player.quiet_decoder import prepare_decoder

    prepare_decoder()
    import kling_desktop.ui.player.clip_player
    import kling_desktop.ui.player.fitting  # noqa: F401 - only that they are there

    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "multimedia"
    for plugin in plugins.glob("*ffmpegmediaplugin*"):
        QPluginLoader(str(plugin)).load()
