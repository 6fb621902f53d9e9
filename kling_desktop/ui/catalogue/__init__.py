"""The two dialogs about the catalogue: a model that is added, and what changed at fal.

Dumb views: setters in, signals out. May import the shell of `ui` (style, icons, labels); must not
know how a model is looked up, where it is kept, or any model by name.
"""
