"""The names under which compiled templates are kept."""

from __future__ import annotations

import hashlib

BARE_TEXT = "text/"
"""How the name of a template begins that has no file of its own, such as a snippet's."""


def code_of(path: str) -> str:
    """How the keys of all code begin that was compiled from the file at `path`."""
    return hashlib.sha256(path.encode("utf-8", "surrogateescape")).hexdigest()[:16]
