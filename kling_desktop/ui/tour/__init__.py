"""The tour: the program drives its own window through the main job, as a person would.

Lives here: the hands (drops, keys and clicks, sent the way the system sends them), the eyes (words
on widgets, the picture on the stage, files on the disk), the walk that waits for what the eyes
want to see, the steps, and the record that is left behind.
May import: the widget classes of ui, to know where on the screen a thing is; Qt. Must not know:
the engine, the desks in `ui.work`, and anything else that a person in front of the window has not.
"""
