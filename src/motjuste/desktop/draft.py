"""A text being written: what was asked for, what the template makes of it, and what the person made of that.

A draft is a value; each act of the person gives the next one. Words that the person wrote by hand are never replaced
by what is written from the fields: they stay until the person asks for the text to be written anew.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from motjuste.compose import Message, Request, channel_for, described, locale_for
from motjuste.desk import Desk
from motjuste.errors import UserError
from motjuste.messages.channels import Channel, Room
from motjuste.messages.counting import Count, count, where_too_long
from motjuste.messages.fit import Wording
from motjuste.messages.front_matter import Field
from motjuste.messages.length import normalise
from motjuste.people.card import Contact
from motjuste.people.who import Meant
from motjuste.profile import LANGUAGES

# A choice and its words in a field's help: "not_met : ni rencontre ni échange; other_field : …".
_EXPLAINED = re.compile(r"\s*(?P<choice>[\w-]+)\s*:\s*(?P<words>.*\S)\s*")


@dataclass(frozen=True)
class OneWording:
    """One wording of a block, on one line, and what the whole text counts with it; `over` says how much too much."""

    text: str
    whole: int
    over: int
    chosen: bool
    pinned: bool


@dataclass(frozen=True)
class Block:
    """A fit block of the text, with the number to pin one of its wordings by."""

    number: int
    wordings: tuple[OneWording, ...]


@dataclass(frozen=True)
class Draft:
    """A text being written at a desk. `wish` is what was asked for, `message` what was last written from it.

    `text` is what the person sees; `shown` is what it was before it was changed by hand. `problem` says why the
    last wish could not be fulfilled.
    """

    at: Desk
    meant: Meant
    wish: Request
    message: Message
    text: str
    shown: str
    problem: UserError | None = None

    @classmethod
    def begin(cls, at: Desk, meant: Meant, request: Request) -> Draft:
        """The draft of a message. Raises UserError as `Desk.write` does, but not for a text that is too long."""
        wish = replace(request, even_too_long=True)
        message = at.write(wish, meant)
        return cls(at, meant, wish, message, message.rendered.text, message.rendered.text)

    # What the person does.

    def edited(self, text: str) -> Draft:
        """The text changed by hand."""
        return replace(self, text=text, shown=text if text == self.message.rendered.text else self.shown)

    def with_fields(self, values: Mapping[str, str]) -> Draft:
        """These fields filled in."""
        return self._wishing(fields={**self.wish.fields, **values})

    def in_language(self, locale: str) -> Draft:
        """The same message in another language; what was filled in stays where the other template asks for it."""
        return self._wishing(locale=locale)

    def in_form(self, form: str) -> Draft:
        """The message in this form, the wordings chosen anew."""
        return self._wishing(form=form, pins={})

    def for_channel(self, name: str) -> Draft:
        """The message for another place, with all the room that it has."""
        return self._wishing(channel=name, limit=None)

    def pinned(self, block: int, wording: int) -> Draft:
        """This wording in this block, whatever that costs the others."""
        return self._wishing(pins={**self.wish.pins, block: wording})

    def unpinned(self) -> Draft:
        """The wordings chosen by motjuste again."""
        return self._wishing(pins={})

    def anew(self) -> Draft:
        """The text as it is written from the fields, in place of the person's own words."""
        return replace(self, text=self.message.rendered.text, shown=self.message.rendered.text)

    # What the person sees.

    @property
    def own(self) -> bool:
        """Whether the text has words of the person's own."""
        return self.text not in (self.shown, self.message.rendered.text)

    @property
    def kept(self) -> bool:
        """Whether the person's own words were kept although the fields would make another text by now."""
        return self.own and self.shown != self.message.rendered.text

    @property
    def count(self) -> Count:
        return count(self.text, self._room)

    @property
    def too_long_from(self) -> int | None:
        """Where the part of the text begins that is too much, in code points; None when it fits."""
        return where_too_long(self.text, self._room)

    @property
    def seen_first(self) -> str | None:
        """What a reader sees of the text before opening it; None where everything is seen."""
        return self.channel.first_seen(normalise(self.text))

    @property
    def channel(self) -> Channel:
        return channel_for(self.wish, self.message.template, self.at.channels)

    @property
    def contact(self) -> Contact:
        return self.message.contact

    @property
    def person(self) -> str:
        """The name of the person it is for; empty when nobody is known."""
        return self.contact.display_name if self.meant.contact else ""

    @property
    def known_of_person(self) -> str:
        """What else tells the person apart."""
        return described(self.contact).removeprefix(self.person).removeprefix(" · ") if self.person else ""

    @property
    def values(self) -> Mapping[str, str]:
        """Each field of the template with its value or its default."""
        return {
            name: self._usable_fields(self.message.template.fields).get(name, field.default)
            for name, field in self.message.template.fields.items()
        }

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that this message can be written in, the present one among them."""
        known = self.at.library.languages
        bases = {each.partition("-")[0] for each in LANGUAGES}
        everywhere = [*LANGUAGES, *(each for each in sorted(known) if each not in (*bases, *LANGUAGES))]
        found = [locale for locale in everywhere if self._is_written_in(locale)]
        return tuple(found if self.message.locale in found else [self.message.locale, *found])

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms that the message has; none when there is only one."""
        return tuple(form for form in self.message.template.forms if form)

    @property
    def channels(self) -> tuple[tuple[str, str], ...]:
        """Name and title of each place that a text can go to."""
        return tuple((name, channel.title or name) for name, channel in self.at.channels.items())

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks that have several wordings, and what the whole text would count with each."""
        limit = self.message.rendered.limit
        return tuple(
            Block(
                choice.block,
                tuple(
                    OneWording(
                        " ".join(text.split()),
                        whole,
                        0 if limit is None else max(0, whole - limit),
                        chosen=index == choice.chosen,
                        pinned=self.wish.pins.get(choice.block) == index,
                    )
                    for index, ((text, _), whole) in enumerate(
                        zip(choice.wordings, choice.wholes, strict=True)
                    )
                ),
            )
            for choice in self.message.rendered.choices
            if len(choice.wordings) > 1
        )

    @property
    def shortest(self) -> int:
        """How short the text could be, in the channel's unit."""
        return self.message.rendered.shortest

    def finished(self) -> Message:
        """The message as the person leaves it; what was told of its parts and wordings is not true of own words."""
        text = normalise(self.text)
        rendered = self.message.rendered
        if text == rendered.text:
            return self.message
        own = replace(
            rendered, text=text, length=self._room.length(text), parts=(), caret=None, stops=(),
            wording=Wording(text),
        )  # fmt: skip
        return replace(self.message, rendered=own)

    # How a wish is fulfilled.

    def _wishing(self, **changes: Any) -> Draft:
        wish = replace(self.wish, **changes)
        try:
            message = self._write(wish)
            if wish.pins and message.rendered.wording.blocks != self.message.rendered.wording.blocks:
                # These are other blocks, which the person has chosen nothing in.
                wish = replace(wish, pins={})
                message = self._write(wish)
        except UserError as problem:
            # What was filled in stays where the person sees it; all else is shown as it was before.
            return replace(self, wish=replace(self.wish, fields=wish.fields), problem=problem)
        written = message.rendered.text
        return replace(
            self,
            wish=wish,
            message=message,
            text=self.text if self.own else written,
            shown=self.shown if self.own else written,
            problem=None,
        )

    def _write(self, wish: Request) -> Message:
        locale = locale_for(wish.locale, self.contact, self.at.profile, self.at.library.languages)
        template = self.at.library.find(wish.template, locale)
        # Pins are of the blocks of one form: another one must not take them over.
        form = self.message.rendered.form if wish.pins and wish.form == "auto" else wish.form
        asked = replace(wish, fields=self._usable_fields(template.fields, wish), form=form or "auto")
        return self.at.write(asked, self.meant)

    def _usable_fields(self, fields: Mapping[str, Field], wish: Request | None = None) -> dict[str, str]:
        """What the person has filled in, as far as these fields ask for it."""
        return {
            name: value
            for name, value in (wish or self.wish).fields.items()
            if name in fields and (not fields[name].choices or value in fields[name].choices)
        }

    def _is_written_in(self, locale: str) -> bool:
        try:
            self.at.library.find(self.wish.template, locale)
        except UserError:
            return False
        return True

    @property
    def _room(self) -> Room:
        return self.channel.room(self.wish.limit)


def choices_in_words(field: Field) -> tuple[tuple[str, str], ...]:
    """Each choice of a field with the words that its help has for it: all of them, or none has."""
    explained = [_EXPLAINED.fullmatch(piece) for piece in field.help.split(";")]
    words = {found["choice"]: found["words"] for found in explained if found}
    if not set(field.choices) <= set(words):
        words = {}
    return tuple((choice, words.get(choice, choice)) for choice in field.choices)


def help_of(field: Field) -> str:
    """What is said below a field: its help, unless that only explains the choices."""
    in_words = any(choice != words for choice, words in choices_in_words(field))
    return "" if in_words else field.help
