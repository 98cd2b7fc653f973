"""Windows and macOS: a pynput listener that may hold keys back, and a paste by a borrowed clipboard.

What the two systems do differently stands behind `system.System`, in `windows.py` and `macos.py`; all the rest
runs, and is tested, anywhere. Those two files are written for and typed against their systems.

Three threads meet here: pynput's two, which hear the keyboard and the mouse, and the daemon's, which does all
the rest. They share the `Listener` and nothing else.
"""
