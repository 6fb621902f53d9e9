"""What is remembered: jobs, clips, media facts, recipes, problems, as plain frozen data.

Lives here: records that several rooms hand to each other, with the few pure functions that read
them. May import: the standard library. Must not know: how anything is stored, sent, shown or made.
"""
