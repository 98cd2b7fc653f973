"""The checks of templates by name: what each one finds. docs/checks.md shows an example of each."""

from __future__ import annotations

from collections.abc import Mapping

CHECKS: Mapping[str, str] = {
    "unreadable": "the file cannot be used at all: its front matter, its syntax or its place is wrong",
    "unknown-channel": "the template names a channel that does not exist",
    "shared-trigger": "two templates have one trigger",
    "unknown-name": "nothing answers to a name, be it in a branch that is hardly ever taken",
    "unreachable-wording": "a wording of a fit block can never be chosen",
    "fails": "the text cannot be written for somebody",
    "too-long": "no wording fits the channel for somebody",
    "empty-text": "nothing is written for somebody",
    "missing-part": "thanks, goal or door stays empty in a layout of three parts",
    "unsafe-card": "a card's own words do something in the text",
    "hole": "a word is missing where a card or the profile does not know it",
    "placeholder": "something is left that was to be filled in",
    "doubled-word": "a word stands twice in a row",
    "doubled-space": "two spaces stand in a row",
    "typography": "signs stand as no careful typist sets them",
    "address-form": "tu and vous are mixed, or the wrong one is said",
    "false-thanks": "the text thanks for something that the facts do not say",
    "wrong-person": "somebody else than the person is greeted",
}

ALWAYS_TOLD = ("unreadable",)
"""These cannot be silenced: the front matter that would do so may not be read."""

SILENCEABLE = tuple(name for name in CHECKS if name not in ALWAYS_TOLD)
