"""The real daemon on a display, with a home of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bench.display import Display
from bench.waiting import wait_until

# The line editor in the bench's terminals takes a pasted line break as one, and sends nothing off.
RULES = """\
[[application]]
name = "The terminals of these tests"
class = ["xterm", "lxterminal"]
newline = "paste"
return_sends = false
selection = "primary"
"""


def home_with(folder: Path, snippets: Mapping[str, str]) -> Path:
    """A person's `folder`, made here, whose snippets put each text where its trigger stood."""
    (folder / "snippets").mkdir(parents=True)
    # JSON is YAML too, and no quoting can go wrong.
    (folder / "snippets" / "mine.yml").write_text(
        json.dumps(
            {"snippets": [{"trigger": trigger, "replace": text} for trigger, text in snippets.items()]}
        ),
        encoding="utf-8",
    )
    (folder / "applications.toml").write_text(RULES, encoding="ascii")
    return folder


class Daemon:
    """`motjuste daemon run` with everything it reads under `home`; use it as a context manager."""

    def __init__(
        self,
        display: Display,
        home: Path,
        *,
        python: str = sys.executable,
        env: Mapping[str, str] | None = None,
    ) -> None:
        self.display = display
        self.home = home
        self.python = python
        self.env = display.env | {"MOTJUSTE_HOME": str(home)} | dict(env or {})
        self._log = display.folder / f"daemon-{home.name}.log"
        self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        self.process = self.display.processes.start(
            [self.python, "-m", "motjuste", "daemon", "run"], env=self.env, log=self._log
        )
        try:
            wait_until(
                self._listens, lambda: f"the daemon does not listen: {self.noise}", deadline=20, every=0.05
            )
        except BaseException:
            self.close()
            raise
        return self.process

    def restart(self) -> None:
        """End the daemon and start it anew: nothing of what it was about to do comes any more."""
        self.close()
        self.process = self._start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the daemon."""
        self.display.processes.end(self.process)

    @property
    def noise(self) -> str:
        """What the daemon wrote to its terminal."""
        return self._log.read_text(errors="replace")[-2000:]

    def motjuste(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        """Run another motjuste command in the same home and on the same display."""
        return subprocess.run(
            [self.python, "-m", "motjuste", *map(str, words)],
            env=self.env, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", timeout=60,
            check=False,
        )  # fmt: skip

    def status(self) -> dict[str, Any]:
        """What `motjuste daemon status --json` says."""
        done = self.motjuste("daemon", "status", "--json")
        try:
            answer: dict[str, Any] = json.loads(done.stdout)
        except ValueError:
            raise AssertionError(f"status says {done.stdout!r} {done.stderr!r}") from None
        return answer

    def wait_for_expansions(self, count: int) -> dict[str, Any]:
        """The status once it counts at least `count` expansions."""
        return wait_until(
            lambda: (now := self.status()).get("expansions", 0) >= count and now,
            f"fewer than {count} expansions: {self.noise}",
            every=0.02,
        )

    def wait_for_problem(self, words: str) -> str:
        """The last problem, once it contains `words`."""
        return wait_until(
            lambda: words in (problem := self.status().get("last_problem") or "") and problem,
            lambda: f"no problem says {words!r}: {self.status()} {self.noise}",
            every=0.02,
        )

    def _listens(self) -> bool:
        if self.process.poll() is not None:
            raise RuntimeError(f"the daemon ended with {self.process.returncode}: {self.noise}")
        return bool(self.status().get("running", True))
