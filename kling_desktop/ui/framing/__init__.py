"""The frame over a picture: which part is used, and how much room is put around it.

Lives here: the frame in work with what a person may choose about it, the canvas with its drawing
and geometry, the bars, the panel. May import: Qt, records, catalog's field limits for typing alone,
media's pure arithmetic and names of ratios, the shared parts of ui. Must not know: the form, the
brush, jobs, where pictures are kept; it is given a picture and a framing to begin with, and hands
back the framing that a person chose.
"""
