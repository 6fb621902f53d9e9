"""Voices stay, whatever becomes of the jobs that made them."""

from kling_desktop.records.voice import MadeVoice
from kling_desktop.store.database import Database
from kling_desktop.store.voices import VoiceStore


def voice(number, origin="https://queue.example"):
    return MadeVoice(
        voice_id=f"voice-{number}", origin=origin, name=f"Anna {number}", made_at=float(number)
    )


def test_voices_are_kept_once_and_the_newest_comes_first(tmp_path):
    database = Database(tmp_path / "kling.sqlite3")
    database.open()
    store = VoiceStore(database)
    store.keep([voice(1), voice(2)])
    store.keep([voice(2), voice(3), voice(1, "rehearsal")])
    database.close()
    database.open()
    assert [one.voice_id for one in store.all()] == ["voice-3", "voice-2", "voice-1", "voice-1"]
    assert voice(1, "rehearsal") in store.all()
    database.close()
