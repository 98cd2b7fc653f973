"""What `docs/channels.md` says of channels is what they are."""

from __future__ import annotations

import re
from pathlib import Path

from motjuste.messages.channels import Channel, read_channels
from motjuste.messages.length import UNITS, measure

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "channels.md").read_text(encoding="utf-8")
SHIPPED = read_channels((ROOT / "templates" / "channels.toml").read_text(encoding="utf-8"), "channels.toml")


def rows() -> list[list[str]]:
    return [
        [cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line[:1] == "|"
    ]


def test_every_shipped_channel_stands_there_with_its_limit_and_its_units() -> None:
    told = {}
    for names, room, units in (row for row in rows() if row[0].startswith("`") and row[2].startswith("`")):
        for name in re.findall(r"`([\w-]+)`", names):
            told[name] = (room, re.findall(r"`([\w-]+)`", units))
    assert {name: units for name, (_, units) in told.items()} == {
        name: [channel.unit, *(unit for unit, _ in channel.also)] for name, channel in SHIPPED.items()
    }
    for name, channel in SHIPPED.items():
        numbers = [channel.limit, channel.free_limit, channel.links, *(limit for _, limit in channel.also)]
        written = told[name][0].replace("one part", "1")
        assert all(f"{number:,}" in written for number in numbers if number is not None), name


def test_every_unit_counts_the_example_as_shown() -> None:
    shown = {row[0].strip("`"): int(row[2]) for row in rows() if row[-1].isdecimal()}
    assert shown == {unit: measure("👍🏽 10 €", unit) for unit in UNITS}


def test_the_channel_shown_can_be_read() -> None:
    (toml,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert read_channels(toml, "channels.toml") == {
        "forum": Channel(
            name="forum", limit=500, unit="graphemes", title="Our forum", seen_first=80, typography="nbsp", links=23,
            also=(("bytes", 2000),),
        )
    }  # fmt: skip
