"""The X11 desktop: one connection that listens, knows the window in front, and delivers text.

Everything runs in the thread that owns the `Session`. What happens in which order is told by the one stream of
events of that connection, so nothing here needs a lock or a sleep.
"""
