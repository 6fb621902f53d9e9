"""Everything that can be seen in a rehearsal: each module is one way of filling the frame.

Lives here: footage in the sense of `film.Footage`, one picture per moment, made from pictures,
clips, masks and words. May import: PyAV, Pillow, media, film, moves, scenes and the orders of the
simulator. Must not know: the queue, HTTP, which endpoint asked, or how a film is written.
"""
