"""A list of many named things, in groups and with a search, that opens below its field.

Lives here: the entries, how they are drawn, and the popup. May import PySide6, the style, icons
and theme of `ui`. Must not know what the things are, nor any field or request type.
"""
