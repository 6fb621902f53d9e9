"""The form that is generated from a request type, and nothing else.

Lives here: the form, one editor for each shape of field, the media slot, and the ports through
which the form asks for files. May import PySide6, `catalog`, `records` and the style, icons and
words of `ui`. Must not know any endpoint or field by name, open any file or network connection,
or judge a value: it shows what it is told and says what a person did.
"""
