"""Small widgets and layouts that several editors are put together from.

May import PySide6, `records`, and the style, icons, labels and words of `ui`. Must not know fields
or values.
"""
