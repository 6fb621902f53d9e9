"""HTTP to fal: submit, follow, fetch, upload, download, look things up.

Lives here: all that travels to fal and to the hosts of its media, the key's way into a header, the
reading of every answer, and one tree of errors. Requests leave through dispatch.py alone; decisions
(what an answer means, what is tried again, where the key may go) are pure functions beside it.
May import: catalog, records, httpx. Must not know: jobs, the store, local media, Qt, or where the
key is kept.
"""
