"""The motion brush: areas painted over a picture, the paths they take, and how that would move.

Lives here: the painting in work with its history, its tools, the canvas, the list of areas, the
bars, and the free preview. May import: Qt, records, the shared parts of ui, and late media's pure
geometry. Must not know: the form, the frame, jobs, how masks are written or kept; it is given a
picture and a painting, and tells what the painting is now.
"""
