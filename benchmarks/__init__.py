"""Numbers that people can run again: `make bench`, or one of them by `python -m benchmarks.key_latency`."""

from __future__ import annotations

import sys
from pathlib import Path

# The private desktop of the tests is where times are taken too.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "desktop"))
