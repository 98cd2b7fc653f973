"""The display, the daemon and the text that the desktop benchmarks share."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

from bench.daemon import Daemon
from bench.display import Display

TRIGGER = "xbench"
TEXT = (
    "Bonjour Éloïse, j’ai été ravi d’échanger avec vous aux journées du patrimoine sonore\u202f: vos "
    "archives sont un trésor et je serais heureux de suivre ce que vous publiez. À bientôt, peut-être autour "
    "d’un «\u00a0café d’atelier\u00a0»\u202f! Camille Roy"
)


@contextmanager
def listening_daemon() -> Iterator[tuple[Display, Daemon]]:
    """A private display on which the daemon waits for TRIGGER."""
    with Display.private() as display:
        home = display.folder / "home"
        (home / "snippets").mkdir(parents=True)
        snippets = {"snippets": [{"trigger": TRIGGER, "replace": TEXT}]}
        (home / "snippets" / "bench.yml").write_text(
            json.dumps(snippets, ensure_ascii=False), encoding="utf-8"
        )
        with Daemon(display, home) as daemon:
            yield display, daemon
