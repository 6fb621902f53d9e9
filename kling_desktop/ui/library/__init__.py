"""The library: every clip that is here, as a strip or a grid of posters.

Lives here: the model of ids and a window of rows, the painted card, the view with its keys and its
drag out, the panel with search and stars. May import: Qt, records, the shared parts of ui. Must not
know: how clips are kept, searched, trashed or rated; it asks a port for rows and signals wishes.
"""
