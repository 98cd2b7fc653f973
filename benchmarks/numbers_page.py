"""The page that keeps the last numbers: a section for each benchmark, with the machine that they are from."""

from __future__ import annotations

import os
import platform
import re
from datetime import date
from pathlib import Path

from benchmarks import autokey
from benchmarks.rows import Row, markdown

TITLES = {
    "key_latency": "Matching",
    "fit_time": "Choosing what fits",
    "message_cost": "One message, and the whole library for a thousand people",
    "cold_start": "Start",
    "daemon_cost": "The daemon, with the shipped library",
    "finding_people": "An address book of 30,000 people",
    "importing_people": "Importing 30,000 connections, and starting with them",
    "ledger_size": "A ledger of a million events",
    "review_speed": "Going through 50,000 invitations",
    "inbox_triage": "An inbox of thousands",
    "statistics_cost": "Statistics",
    "expansion_latency": "From the last key to the text",
    "beside_autokey": "Exact texts beside AutoKey",
}
HEAD = """\
# Numbers

Written by `make bench` (the last section by `make bench ARGS=beside_autokey`, which takes minutes). Each section says
when and on what it was measured; with other programs busy, as the load tells, every number is worse.

The *bare client* is the least that a program must do to replace a trigger by a text on X11: hear the last key, send
the Backspaces and Shift+Insert in one piece, answer the window that asks for the text. It decodes nothing, keeps
nobody's clipboard and holds back nobody's keys. `make bench ARGS="expansion_latency --runs 1000"` takes motjuste to a
thousand expansions in each window.
"""


def keep(page: Path, name: str, rows: list[Row]) -> None:
    """Put the rows on the page in place of those of the last time."""
    before = page.read_text(encoding="utf-8") if page.exists() else HEAD
    section = f"{described_machine()}\n\n{markdown(rows)}"
    page.write_text(with_section(before, TITLES.get(name, name), section), encoding="utf-8")


def with_section(page: str, title: str, content: str) -> str:
    """`page` with the section called `title` replaced, or added at the end."""
    section = f"## {title}\n\n{content}\n"
    pattern = re.compile(rf"^## {re.escape(title)}\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    if pattern.search(page):
        following = lambda found: section + ("\n" if found.end() < len(page) else "")  # noqa: E731
        return pattern.sub(following, page, count=1)
    return f"{page.rstrip()}\n\n{section}"


def described_machine() -> str:
    """One line on what the numbers of today are measured on."""
    words = [
        date.today().isoformat(),
        f"{os.cpu_count()} × {_processor()}",
        f"{_memory_gigabytes():.0f} GB",
        _system(),
        f"Python {platform.python_version()}",
        autokey.version() if autokey.installed() else "without AutoKey",
        f"load {os.getloadavg()[0]:.1f}",
    ]
    return " · ".join(words)


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return " ".join(line.partition(":")[2].split())
    return platform.machine()


def _memory_gigabytes() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9


def _system() -> str:
    try:
        name = platform.freedesktop_os_release().get("PRETTY_NAME", "")
    except OSError:
        name = ""
    return f"{name or platform.system()}, kernel {'.'.join(platform.release().split('.')[:2])}"
