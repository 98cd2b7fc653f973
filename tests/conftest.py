"""Its presence puts this folder on the import path, so that every test can use `typist`."""

from __future__ import annotations

import signal

# Who runs the tests in the background has made them deaf to Ctrl+C, and every program that they start would inherit it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
