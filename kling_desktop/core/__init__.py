"""State and rules: jobs, drafts, library, settings, credentials, without a window.

Lives here: the job engine (what may follow what, when to send, ask, fetch and download), the
record of what a person is making, and the owners of settings, inputs, clips and the key.
May import: fal, media, store, catalog, records, bundled. Must not know: Qt, HTTP, SQL.

The engine, from its face inwards: jobs (what a person can ask) > runner (one task per open job)
> sending, following, downloads, reconciling (one stage each) > journal (writes before anything
acts) > transitions (which arrows exist).
"""
