"""The slot that takes a picture, a video or a sound, and shows what it holds.

May import PySide6, `catalog`, `records`, the ports of the form and the style of `ui`. Must not
know where files are kept, how they are checked or when they are uploaded: it hands up what was
offered and shows what the port says.
"""
