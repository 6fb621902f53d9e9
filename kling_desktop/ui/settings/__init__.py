"""Preferences, the question for the key, and the question for consent.

Dumb views over a plain record: setters in, signals out. May import the shell of `ui` (style,
icons, words); must not know where a setting is kept, nor ever keep a key beyond its signal.
"""
