"""The queue: what every job is doing, in words, and what can be done about it.

Lives here: the words of a job's row, its card, the panel with its groups, the narrow rail. May
import: Qt, records, the shared parts of ui (style, icons, words). Must not know: how jobs are kept,
sent or followed; it shows jobs that it is given and asks by verb and job id.
"""
