"""One foreign thing a file: X11, clipboard, files, notifications."""
