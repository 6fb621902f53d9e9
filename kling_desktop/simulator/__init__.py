"""An imitation of fal, as a program of its own: demo, rehearsal and test double in one.

Lives here: a real HTTP server on loopback that speaks fal's protocol (queue, storage, media,
platform, schemas), keeps its state on disk and renders what is asked for (`footage` is seen,
`sound` is heard); switches for faults. What a request wants is read from the shape of its fields,
never from its address.
May import: media, bundled, records, aiohttp, av, Pillow. Must not know: the catalogue's loader,
the fal client, the store or the core. It reads the schemas with its own few lines, so that a
mistake in one of them cannot cancel itself out here. Only `__main__` imports it, late.
"""
