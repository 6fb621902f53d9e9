"""The stage: one clip, looked at closely.

Lives here: the canvas, the player behind it, frame stepping, the transport and the verbs below.
May import: Qt, records, the ui room, and late, in its workers, media and PyAV (to scale frames).
Must not know: how clips are found, kept or made; it is told which clip to show, and says what a
person asks for.
"""
