"""The display, the daemon and the text that the desktop benchmarks share."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import cycle, islice

from bench.daemon import Daemon
from bench.display import Display

TRIGGER = "xmotw"
LETTERS = "éèêëàâäîïôöùûüÿçæœÉÈÊÀÂÎÔÙÛÇÆŒñãõáíóúß"
TEXT = "".join(islice(cycle(LETTERS), 300))
"""300 accented characters: as many as a note's box takes, none of them ASCII."""


def daemon_with(display: Display, snippets: Mapping[str, str], *, name: str = "home") -> Daemon:
    """The daemon with the shipped library and `snippets`: trigger -> text."""
    home = display.folder / name
    (home / "snippets").mkdir(parents=True)
    own = [{"trigger": trigger, "replace": text} for trigger, text in snippets.items()]
    # JSON is YAML too, and no quoting can go wrong.
    (home / "snippets" / "bench.yml").write_text(
        json.dumps({"snippets": own}, ensure_ascii=False), encoding="utf-8"
    )
    return Daemon(display, home)


@contextmanager
def listening_daemon() -> Iterator[tuple[Display, Daemon]]:
    """A private display on which the daemon waits for TRIGGER."""
    with Display.private() as display, daemon_with(display, {TRIGGER: TEXT}) as daemon:
        yield display, daemon
