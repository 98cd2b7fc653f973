"""A contact card: what is known of one person, whatever file or window it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import unquote

from motjuste.people import names
from motjuste.people.name_titles import key_of
from motjuste.people.name_words import GENDERS
from motjuste.people.names import CleanName, safe_text


@dataclass(frozen=True, kw_only=True)
class Contact:
    """One person. Every text is one line without control characters or direction marks; "" is unknown."""

    formatted_name: str = ""
    other_names: tuple[str, ...] = ()
    """Further whole names, by which the person is found too: that of a card that was merged into this one, say."""
    given_name: str = ""
    family_name: str = ""
    additional_names: str = ""
    honorific_prefix: str = ""
    honorific_suffix: str = ""
    nickname: str = ""
    organization: str = ""
    title: str = ""
    city: str = ""
    country: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    profile_url: str = ""
    note: str = ""
    language: str = ""
    """A BCP 47 tag."""
    gender: str = ""
    """"F", "M" or "O", as the card says it; never guessed from a first name."""
    address_form: str = ""
    """"tu" or "vous"."""
    elides: bool | None = None
    """Whether "de" becomes "d’" before the name; None leaves it to the rule."""
    greeting: str = ""
    """How the user wants this person greeted; it wins over everything that the cleaning finds."""
    how_we_met: str = ""
    """The user's own words on where and how they met; nothing else fills it."""
    do_not_contact: bool | None = None
    """Whether no message may be written to this person; None is no."""
    connected_on: date | None = None
    uid: str = ""
    merged_uids: tuple[str, ...] = ()
    """The UIDs of the cards that were merged into this one, by which they are known when they are imported again."""
    source: str = ""
    """Where this was read, in words: "marie.vcf", "Connections.csv", "window title"."""
    kept: tuple[str, ...] = ()
    """vCard lines, unfolded, that say more than the fields above; they are written back as they were."""

    def __post_init__(self) -> None:
        # Safe by construction: whoever builds a card, no text of it can press a key or turn a terminal.
        for name, value in self.__dict__.items():
            if not value:
                continue
            if isinstance(value, str):
                safe: object = safe_text(value)
            elif isinstance(value, tuple) and name != "kept":
                safe = tuple(text for text in map(safe_text, value) if text)
            else:
                continue
            if safe != value:
                object.__setattr__(self, name, safe)

    @cached_property
    def clean_name(self) -> CleanName:
        """The name split and cleaned as far as that is certain."""
        return names.clean_card_name(
            self.formatted_name, self.given_name, self.family_name, self.organization
        )

    @property
    def stated_gender(self) -> str:
        """The card's gender; else what a civility or the person's own pronouns beside the name state."""
        return self.gender or self.clean_name.gender or GENDERS.get(key_of(self.honorific_prefix), "")

    @property
    def greeting_name(self) -> str:
        """What one says after "Bonjour": the given name; when unsure, the whole name; "" when unknown."""
        return self.greeting or self.clean_name.greeting

    @property
    def display_name(self) -> str:
        """The whole name, cleaned of titles, credentials and ornaments."""
        return self.clean_name.full or self.formatted_name or self.nickname or self.organization

    @property
    def confidence(self) -> str:
        """How sure the greeting name is: "high", "low" (the whole name is used) or "none"."""
        return "high" if self.greeting else self.clean_name.confidence

    @cached_property
    def profile_key(self) -> str:
        """What identifies a person on the network: the decoded slug after /in/, in lower case."""
        return profile_key(self.profile_url)


def profile_key(address: str) -> str:
    """The decoded, lower-cased slug after /in/ of a profile's address; "" when it has none."""
    _, found, rest = address.partition("/in/")
    if not found:
        return ""
    slug = rest.split("?")[0].split("#")[0].split("/")[0]
    return safe_text(unquote(slug)).lower()
