"""What the user knows better than a card: each correction by its name, from what was typed to what is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from motjuste.errors import UserError, nearest
from motjuste.people.card import Contact

_YES_OR_NO = {"yes": True, "no": False, "": None}
_CHOICES: Mapping[str, Mapping[str, Any]] = {
    "address_form": {"tu": "tu", "vous": "vous", "": ""},
    "elides": _YES_OR_NO,
    "gender": {"F": "F", "M": "M", "O": "O", "": ""},
    "do_not_contact": _YES_OR_NO,
}


def corrected(contact: Contact, wanted: Mapping[str, str]) -> Contact:
    """`contact` with each field of `wanted`; "" takes the correction away. UserError for a value nobody knows."""
    return replace(contact, **{name: _value(name, text.strip()) for name, text in wanted.items()})


def _value(name: str, text: str) -> Any:
    choices = _CHOICES.get(name)
    if choices is None:
        return text
    by_fold: dict[str, Any] = {choice.casefold(): value for choice, value in choices.items()}
    if text.casefold() in by_fold:
        return by_fold[text.casefold()]
    known = [choice for choice in choices if choice]
    close = nearest(text, known)
    raise UserError(
        f"--{name.replace('_', '-')} cannot be {text!r}",
        next_step=f"did you mean {close!r}?" if close else f'use {", ".join(known)}, or "" to take it away',
    )
