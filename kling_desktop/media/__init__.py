"""Local media files: looking into them, making them fit, showing them, marking them.

Lives here: what a file holds (by content, never by its name), copies that a model takes and that
tell nothing of the person, the shape a person gives a picture and the part of a sound or clip,
waveforms, posters and exact frames, the recipe inside a finished clip. Pillow, pi-heif and PyAV are
used here. May import: catalog's field limits, records. Must not know: fal, the store, jobs, the
window. Every function blocks and belongs into a worker thread; what it cannot use, it refuses with
MediaRefused, and troubles of the disk are OSError.
"""
