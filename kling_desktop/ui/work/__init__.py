"""Ties what a person sees to what the program does.

Lives here: one module per desk of the window (making, media, queue, stage, key, closing). Each
listens to its panels and to core, and tells the one of the other; no rule of its own about money.
May import: every other room of ui, core, catalog, records. Must not know: fal's wire, the store.
"""
