"""Keeps a clipboard alive when the daemon ends: a small program that serves it until somebody copies anew.

On X11 a clipboard's content lives in the program that owns it.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import select
import subprocess
import sys
import time
from typing import Any

Contents = dict[str, list[tuple[str, str, int, bytes]]]  # selection -> (target, type, bits, data)


def hand_over(contents: Contents, display_name: str, *, deadline: float) -> None:
    """Start a keeper for `contents` and wait until it serves them, or until `deadline` (`time.monotonic`)."""
    keeper = subprocess.Popen(
        [sys.executable, "-m", __name__, display_name],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    assert keeper.stdin is not None
    assert keeper.stdout is not None
    document = {
        selection: [
            [target, kind, bits, base64.b64encode(data).decode()] for target, kind, bits, data in forms
        ]
        for selection, forms in contents.items()
    }
    with keeper.stdin as pipe:
        pipe.write(json.dumps(document).encode())
    select.select([keeper.stdout], [], [], max(0.0, deadline - time.monotonic()))
    keeper.stdout.close()


def _keep(display_name: str, document: dict[str, list[Any]]) -> None:
    from motjuste.adapters.x11.selections import Selections
    from motjuste.adapters.x11.session import Session
    from motjuste.ports import DisplayGone

    session = Session(display_name)
    selections = Selections(session)
    selections.adopt(
        {
            selection: [(target, kind, bits, base64.b64decode(data)) for target, kind, bits, data in forms]
            for selection, forms in document.items()
        }
    )
    # In one piece, past Python's own buffer; who has stopped waiting for it does not end the keeping.
    with contextlib.suppress(BrokenPipeError):
        os.write(sys.stdout.fileno(), b"kept")
    sys.stdout.close()
    try:
        while selections.owned_contents():
            session.next(time.monotonic() + 3600)
    except DisplayGone:
        return


if __name__ == "__main__":
    _keep(sys.argv[1], json.load(sys.stdin))
