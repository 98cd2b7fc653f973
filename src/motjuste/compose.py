"""One message from who, what and how much room: the same step for the terminal and for the daemon."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from motjuste.errors import NoSuchPerson, UserError
from motjuste.messages.channels import Channel, find_channel
from motjuste.messages.templates import Library, Rendered, Template
from motjuste.people.card import Contact
from motjuste.people.names import safe_text
from motjuste.people.who import Meant
from motjuste.profile import Profile

DEFAULT_LOCALE = "fr-FR"


@dataclass(frozen=True)
class Request:
    """What is asked for: a template by its name, and whatever was said about its language, form and room.

    `pins` and `even_too_long` are what `Library.render` says of them.
    """

    template: str
    locale: str | None = None
    form: str = "auto"
    channel: str | None = None
    limit: int | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    pins: Mapping[int, int] = field(default_factory=dict)
    even_too_long: bool = False


@dataclass(frozen=True)
class Message:
    """A finished message; `contact` is an empty one when nobody is known, `evidence` says why this person."""

    rendered: Rendered
    template: Template
    contact: Contact
    evidence: str
    locale: str
    fields: Mapping[str, str]


def compose(
    request: Request, *, meant: Meant, profile: Profile, library: Library, channels: Mapping[str, Channel]
) -> Message:
    """Write the message.

    Raises NoSuchPerson when several people are meant equally, DoesNotFit when no wording is short enough, and
    UserError for somebody who must not be contacted and for an unknown template, language, form, channel or field.
    """
    if meant.candidates:
        raise ambiguous(meant.candidates)
    contact = addressed(meant.contact)
    respect(contact)
    # A language in which this message is missing is no language for it, whatever the card says.
    has_it = () if request.locale else library.languages_of(request.template)
    locale = locale_for(request.locale, contact, profile, has_it or library.languages)
    template = library.find(request.template, locale)
    fields = {name: _as_data(value) for name, value in request.fields.items()}
    rendered = library.render(
        template,
        contact=contact,
        me=profile.me(locale),
        fields=fields,
        locale=locale,
        tu=(contact.address_form or profile.address_form) == "tu",
        form=request.form,
        channel=channel_for(request, template, channels),
        limit=request.limit,
        pins=request.pins,
        even_too_long=request.even_too_long,
    )
    used = {name: fields.get(name, declared.default) for name, declared in template.fields.items()}
    return Message(rendered, template, contact, meant.evidence, locale, used)


def respect(contact: Contact) -> None:
    """UserError for somebody to whom nothing may be written."""
    if contact.do_not_contact:
        raise UserError(
            f"the card of {contact.display_name!r} says that nothing may be written to this person",
            next_step="to allow it again: motjuste contacts edit NAME --do-not-contact no",
        )


def addressed(contact: Contact | None) -> Contact:
    """Whom a text speaks to: words agree with the gender that a civility or pronouns state; nobody is empty."""
    if contact is None:
        return Contact()
    gender = contact.stated_gender
    return contact if gender == contact.gender else replace(contact, gender=gender)


def channel_for(request: Request, template: Template, channels: Mapping[str, Channel]) -> Channel:
    """Where the message goes: what was asked for, else the template's own channel."""
    if request.channel:
        return find_channel(channels, request.channel)
    try:
        return find_channel(channels, template.channel)
    except UserError as error:
        raise UserError(f"{template.path}: {error.problem}", next_step=error.next_step) from error


def locale_for(wanted: str | None, contact: Contact, profile: Profile, known: Iterable[str]) -> str:
    """The language and region to write in: what was asked for, else the contact's, else the profile's.

    A language without a region is the profile's region of it; French alone is that of France. A contact's
    language counts only when there are messages in it. Raises UserError for a wanted language without any.
    """
    bases = {language.partition("-")[0] for language in known}
    if wanted:
        if _base(wanted) not in bases:
            names = sorted({*known, DEFAULT_LOCALE})
            raise UserError(
                f"there are no messages in the language {wanted!r}", next_step=f"known: {', '.join(names)}"
            )
        return _with_region(wanted, profile)
    if contact.language and _base(contact.language) in bases:
        return _with_region(contact.language, profile)
    return profile.language or DEFAULT_LOCALE


def ambiguous(
    candidates: tuple[Contact, ...],
    who: str = "the name",
    next_step: str = "say more of the name, or give an e-mail address, a profile address or a card",
) -> NoSuchPerson:
    """The error for words that mean several people equally; `who` says which words."""
    return NoSuchPerson(
        f"{who} means {len(candidates)} people equally",
        next_step=next_step,
        candidates=tuple(described(candidate) for candidate in candidates),
    )


def described(contact: Contact) -> str:
    """A person in one line, told apart from others of the same name by what the card knows."""
    work = ", ".join(part for part in (contact.title, contact.organization) if part)
    ways = [work, *contact.emails[:1], contact.profile_url or contact.city]
    return " · ".join(part for part in (contact.display_name or "(no name)", *ways) if part)


def _base(language: str) -> str:
    return language.replace("_", "-").partition("-")[0].lower()


def _with_region(language: str, profile: Profile) -> str:
    base = _base(language)
    region = language.replace("_", "-").partition("-")[2].upper()
    if region:
        return f"{base}-{region}"
    if _base(profile.language) == base:
        return profile.language
    return DEFAULT_LOCALE if base == "fr" else base


def _as_data(value: str) -> str:
    """A field's value, its lines kept, without anything that moves a cursor or turns a text around."""
    return "\n".join(safe_text(line) for line in value.splitlines())
