"""Everything that can be heard in a rehearsal: voices, rooms and recordings, and writing them.

Lives here: sound as a stream of small pieces, made without a model and always the same for the
same words. May import: PyAV, media, the simulator's complaints and orders. Must not know: the
queue, HTTP, which endpoint asked, or what is seen while the sound is heard.
"""
