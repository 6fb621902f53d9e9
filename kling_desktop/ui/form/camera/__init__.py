"""Camera moves, drawn: what each of them does to what is seen.

Lives here: the moves as ways of a camera through a small made-up place, and the widget that draws
them. May import PySide6 and the theme of `ui`. Must not know any field, value or request type.
"""
