"""The frame over a picture: which part is used, and how much room is put around it.

May import PySide6, `records`, the arithmetic of framings in `media.framing`, and the style and
small parts of `ui`. Must not know jobs, the store, fal or where pictures are kept: it is given a
picture and a framing to begin with, and hands back the framing that a person chose.
"""
