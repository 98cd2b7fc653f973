"""Channels: those that ship, tiers, second limits, and a channels.toml with mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from motjuste.errors import UserError
from motjuste.messages.channels import Channel, Room, find_channel, for_tier, read_channels

SHIPPED = Path(__file__).parents[2] / "templates" / "channels.toml"


@pytest.fixture
def channels() -> dict[str, Channel]:
    return read_channels(SHIPPED.read_text(encoding="utf-8"), "channels.toml")


def test_the_shipped_channels_have_their_limits(channels: dict[str, Channel]) -> None:
    assert {name: (channel.unit, channel.limit) for name, channel in channels.items()} == {
        "linkedin-note": ("utf16", 300),
        "linkedin-message": ("utf16", 8000),
        "linkedin-inmail": ("utf16", 1900),
        "linkedin-inmail-subject": ("utf16", 200),
        "x-post": ("x-weighted", 280),
        "bluesky-post": ("graphemes", 300),
        "mastodon-post": ("graphemes", 500),
        "sms": ("sms", 1),
        "email-subject": ("codepoints", 78),
        "none": ("codepoints", None),
    }


def test_a_free_account_has_a_shorter_note(channels: dict[str, Channel]) -> None:
    assert for_tier(channels, "premium") == channels
    free = for_tier(channels, "free")
    assert (free["linkedin-note"].limit, channels["linkedin-note"].limit) == (200, 300)
    assert {name: free[name] for name in free if name != "linkedin-note"} == {
        name: channels[name] for name in channels if name != "linkedin-note"
    }


@pytest.mark.parametrize(
    ("name", "text", "overflow"),
    [
        ("linkedin-note", "a" * 300, None),
        ("linkedin-note", "a" * 299 + "🚀", ("utf16", 301, 300)),
        ("bluesky-post", "é" * 300, None),
        ("bluesky-post", "é" * 301, ("graphemes", 301, 300)),
        ("bluesky-post", "👨‍👩‍👧‍👦" * 121, ("bytes", 3025, 3000)),
        ("x-post", "🚀" * 140, None),
        ("x-post", "🚀" * 141, ("x-weighted", 282, 280)),
        ("mastodon-post", "a" * 476 + " https://exemple.org/" + "b" * 100, None),
        ("mastodon-post", "a" * 477 + " https://exemple.org/" + "b" * 100, ("graphemes", 501, 500)),
        ("mastodon-post", "a" * 475 + " (https://exemple.org/a_(b))", ("graphemes", 501, 500)),
        ("mastodon-post", "a" * 474 + " (https://exemple.org/a_(b))", None),
        ("mastodon-post", "a" * 490 + " @camille@lieu.exemple.org", None),
        ("mastodon-post", "a" * 493 + " camille@lieu.exemple.org", ("graphemes", 518, 500)),
        ("sms", "a" * 160, None),
        ("sms", "a" * 161, ("sms", 2, 1)),
        ("sms", "ê" * 71, ("sms", 2, 1)),
        ("none", "a" * 100_000, None),
    ],
    ids=lambda value: ascii(value)[:16],
)
def test_what_fits_and_what_does_not(
    channels: dict[str, Channel], name: str, text: str, overflow: tuple[str, int, int] | None
) -> None:
    assert channels[name].room().overflow(text) == overflow


def test_a_limit_of_ones_own_takes_the_place_of_the_first(channels: dict[str, Channel]) -> None:
    assert channels["bluesky-post"].room(10) == Room((("graphemes", 10), ("bytes", 3000)))
    assert channels["none"].room(10).overflow("a" * 11) == ("codepoints", 11, 10)


def test_a_form_leaves_room_unused() -> None:
    assert Room((("utf16", 300),)).within(None) == Room((("utf16", 300),))
    assert Room((("utf16", 300),)).within(100) == Room((("utf16", 100),))
    assert Room((("utf16", None),)).within(100) == Room((("utf16", 100),))
    assert Room((("graphemes", 300),)).within(100) == Room((("graphemes", 300), ("utf16", 100)))


def test_an_unknown_channel_names_the_nearest(channels: dict[str, Channel]) -> None:
    assert find_channel(channels, "sms") == channels["sms"]
    with pytest.raises(UserError) as caught:
        find_channel(channels, "linkedin-not")
    assert str(caught.value).startswith(
        "unknown channel 'linkedin-not' (nearest: 'linkedin-note'); use one of"
    )


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("[a]\nlimt = 3", "c.toml:2: unknown key 'limt' in [a] (nearest: 'limit'); known keys: title, limit"),
        ("[a]\n[b]\n\nlimit = 0", "c.toml:4: limit = 0 in [b]; expected a whole number above 0"),
        ("[a]\nlimit = '3'", "c.toml:2: limit = '3' in [a]; expected a whole number above 0"),
        ("[a]\nlimit = true", "c.toml:2: limit = True in [a]; expected a whole number above 0"),
        ("[a]\nunit = 'grapheme'", "c.toml:2: unknown unit 'grapheme' in [a]; expected one of utf16"),
        (
            "[a]\ntypography = 1",
            "c.toml:2: unknown typography 1 in [a]; expected one of typographic, nbsp, plain",
        ),
        ("[a]\nalso = { byte = 1 }", "c.toml:2: also = {'byte': 1} in [a]; expected limits by unit"),
        ("[a]\ntitle = 3", "c.toml:2: title = 3 in [a]; expected a text"),
        ("limit = 3\n[a]", "c.toml:1: 'limit' stands outside a channel; write it under a heading"),
        ("[a]\nlimit = ", "c.toml:2: this is not TOML: Invalid value"),
        ('["a b"]\nlimt = 1', "c.toml:2: unknown key 'limt' in [a b]"),
        ("a.limt = 1", "c.toml:1: unknown key 'limt' in [a]"),
    ],
    ids=ascii,
)
def test_a_mistake_in_a_channels_file_is_told_with_its_line(toml: str, message: str) -> None:
    with pytest.raises(UserError) as caught:
        read_channels(toml, "c.toml")
    assert str(caught.value).startswith(message)
