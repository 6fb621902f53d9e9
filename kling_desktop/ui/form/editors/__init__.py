"""One editor for each shape of field, all with the face of `editor.Editor`.

May import PySide6, `catalog`, `records` and the rest of `ui.form` that is not the form itself.
Must not know which request type a field belongs to, or what its siblings hold.
"""
