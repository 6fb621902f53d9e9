"""What a person sees: widgets, Qt models, the theme, the event loop.

Panels are dumb: setters in, signals out, no rules. Presenters tie them to `core`.
May import `core` (presenters only; panels for typing alone), `catalog`, `records` and `bundled`.
Must not know of `fal` and `store`: neither HTTP nor SQL is visible from here. Every string goes
through `tr`, every look through `resources/styles/window.qss`, every action through `actions`.
"""
