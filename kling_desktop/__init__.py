"""Kling Desktop: make Kling video clips through fal.ai without losing or paying for anything twice.

The rooms, top down (imports point down only, proved by import-linter):

    app         builds everything once and hands it on
    network     puts fal and the simulator where core asks for somebody
    ui          what a person sees; the only room that knows Qt
    core        jobs, drafts, library, settings, credentials: state and rules
    fal         HTTP to fal        media   local files        store   SQLite
    catalog     what can be asked of fal
    records     what is remembered: plain, frozen data
    bundled     where the files that ship with the program are
    simulator   a program of its own that imitates fal
"""

__version__ = "0.1.0"
