"""SQLite: what has to be there at the next start, each as the record it came as.

Lives here: the schema with its migrations, and one small store per kind of record: projects with
their shots, drafts, jobs, clips, inputs, uploads, addresses of results, voices, refused values and
told prices. Everything is synchronous; whoever calls decides on which thread. A store's write is on
disk when it returns.
May import: records. Must not know: what a state means, who may change it, the network, Qt.
"""
