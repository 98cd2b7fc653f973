"""What the properties of a vCard say of a contact, and the lines that say it again."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from motjuste.people.card import Contact, profile_key
from motjuste.people.content_lines import Property, components, escaped, unescaped

Fields = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Facet:
    """Some fields of a contact, the properties that say them, and the lines that we write for them.

    An `adding` facet may say more than our fields hold (a street beside the city): new lines then stand
    beside the kept ones. Elsewhere new lines replace kept ones that say something else.
    """

    names: tuple[str, ...]
    read: Callable[[Sequence[Property]], Fields]
    write: Callable[[Contact], list[str]]
    adding: bool = False

    def lines(self, contact: Contact, kept: Sequence[Property]) -> list[str]:
        """The lines for `contact`: those kept as long as they still hold, and those missing."""
        fresh = self.write(contact)
        if not kept:
            return fresh
        said = Contact(**self.read(kept))
        if all(getattr(said, name) == getattr(contact, name) for name in self.read(())):
            return [prop.line for prop in kept]
        if not self.adding:
            return fresh
        known = self.write(said)
        return [*(prop.line for prop in kept), *(line for line in fresh if line not in known)]


def _first(props: Sequence[Property], *names: str) -> str:
    """The text of the first property, the most preferred one of the first name that is there."""
    for name in names:
        texts = [prop.text for prop in _preferred(props) if prop.name == name and prop.text]
        if texts:
            return texts[0]
    return ""


def _preferred(props: Sequence[Property]) -> list[Property]:
    return sorted(props, key=lambda prop: prop.preference)


def _simple(field: str, *names: str, accept: Callable[[str], str] = str) -> Facet:
    """A facet of one text field; `accept` turns what does not belong there into ""."""

    def write(contact: Contact) -> list[str]:
        text = getattr(contact, field)
        return [f"{names[0]}:{escaped(text)}"] if text else []

    return Facet(names, lambda props: {field: accept(_first(props, *names))}, write)


def _listed(field: str, name: str, scheme: str) -> Facet:
    """A facet of several texts of one property, which may be written as addresses ("tel:…")."""

    def read(props: Sequence[Property]) -> Fields:
        texts = (re.sub(rf"^{scheme}:", "", prop.text, flags=re.IGNORECASE) for prop in _preferred(props))
        return {field: tuple(dict.fromkeys(text for text in texts if text))}

    return Facet(
        (name,), read, lambda contact: [f"{name}:{escaped(t)}" for t in getattr(contact, field)], adding=True
    )


NAME_FIELDS = ("family_name", "given_name", "additional_names", "honorific_prefix", "honorific_suffix")


def _read_name(props: Sequence[Property]) -> Fields:
    parts = next((prop.value for prop in props if prop.text.strip("; ")), "")
    texts = [[unescaped(item).strip() for item in components(part, ",")] for part in components(parts)] + [
        []
    ] * 5
    # A family name and a suffix are cut at commas later ("Dupont, MBA"); given names are simply several.
    joints = (", ", " ", " ", " ", ", ")
    return {
        name: joint.join(filter(None, text))
        for name, joint, text in zip(NAME_FIELDS, joints, texts, strict=False)
    }


def _write_name(contact: Contact) -> list[str]:
    texts = [escaped(getattr(contact, name)) for name in NAME_FIELDS]
    return ["N:" + ";".join(texts)] if any(texts) else []


def _read_organization(props: Sequence[Property]) -> Fields:
    parts = (part for prop in _preferred(props) for part in prop.parts if part)
    return {"organization": next(parts, "")}


def _write_organization(contact: Contact) -> list[str]:
    return [f"ORG:{escaped(contact.organization)}"] if contact.organization else []


def _read_place(props: Sequence[Property]) -> Fields:
    for prop in _preferred(props):
        parts = [*prop.parts, "", "", "", "", "", "", ""]
        if parts[3] or parts[6]:
            return {"city": parts[3], "country": parts[6]}
    return {"city": "", "country": ""}


def _write_place(contact: Contact) -> list[str]:
    if not (contact.city or contact.country):
        return []
    return [f"ADR:;;;{escaped(contact.city)};;;{escaped(contact.country)}"]


SOCIAL = ("X-SOCIALPROFILE", "SOCIALPROFILE")


def _read_web(props: Sequence[Property]) -> Fields:
    ordered = _preferred(props)
    social = [prop for prop in ordered if prop.name in SOCIAL and is_network_profile(prop)]
    urls = [prop for prop in ordered if prop.name == "URL" and prop.text]
    profiles = social or [prop for prop in urls if is_network_profile(prop)]
    profile = profiles[0].text if profiles else ""
    others = dict.fromkeys(prop.text for prop in urls if social or prop.text != profile)
    return {"profile_url": profile, "urls": tuple(others)}


def is_network_profile(prop: Property) -> bool:
    """Whether an address is somebody's profile on the network."""
    address = prop.text.lower()
    stated = {*prop.every("TYPE"), *prop.every("SERVICE-TYPE")}
    return "LINKEDIN" in stated or ("linkedin.com/" in address and bool(profile_key(address)))


def _write_web(contact: Contact) -> list[str]:
    lines = ["URL:" + url.replace("\\", "\\\\") for url in contact.urls]
    if contact.profile_url:
        lines.append("X-SOCIALPROFILE;TYPE=linkedin:" + contact.profile_url.replace("\\", "\\\\"))
    return lines


_GENDERS = {
    "f": "F", "female": "F", "femme": "F", "feminine": "F", "she": "F", "elle": "F",
    "m": "M", "male": "M", "homme": "M", "masculine": "M", "he": "M", "il": "M",
    "o": "O", "other": "O", "autre": "O", "they": "O", "iel": "O",
}  # fmt: skip


def gender_of(text: str) -> str:
    """"F", "M" or "O" for whatever says so; else ""."""
    return _GENDERS.get(re.split(r"[;/,\s]", text.strip().lower())[0], "")


def language_of(text: str) -> str:
    """`text` when it is a language's tag, else ""."""
    return text if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", text) else ""


def address_form_of(text: str) -> str:
    """"tu" or "vous" when `text` is one of them, else ""."""
    return text.lower() if text.lower() in ("tu", "vous") else ""


_TRUTHS = dict.fromkeys(("true", "yes", "oui", "1"), True) | dict.fromkeys(("false", "no", "non", "0"), False)


def truth_of(text: str) -> bool | None:
    """Whether `text` says yes or no; None when it says neither."""
    return _TRUTHS.get(text.lower())


def _truth(field: str, name: str) -> Facet:
    """A facet of one yes or no, which a card may leave open."""

    def write(contact: Contact) -> list[str]:
        value = getattr(contact, field)
        return [] if value is None else [f"{name}:{str(value).lower()}"]

    return Facet((name,), lambda props: {field: truth_of(_first(props, name))}, write)


def _read_connected_on(props: Sequence[Property]) -> Fields:
    try:
        return {"connected_on": date.fromisoformat(_first(props, "X-MOTJUSTE-CONNECTED-ON"))}
    except ValueError:
        return {"connected_on": None}


def _write_connected_on(contact: Contact) -> list[str]:
    return [f"X-MOTJUSTE-CONNECTED-ON:{contact.connected_on.isoformat()}"] if contact.connected_on else []


def _read_note(props: Sequence[Property]) -> Fields:
    return {"note": " ".join(prop.text for prop in props if prop.text)}


def _write_note(contact: Contact) -> list[str]:
    return [f"NOTE:{escaped(contact.note)}"] if contact.note else []


def _read_whole_names(props: Sequence[Property]) -> Fields:
    names = [*dict.fromkeys(prop.text for prop in _preferred(props) if prop.text), ""]
    return {"formatted_name": names[0], "other_names": tuple(names[1:-1])}


def _write_whole_names(contact: Contact) -> list[str]:
    # vCard 4.0 wants an FN on every card.
    names = (contact.formatted_name, contact.display_name, *contact.emails, *contact.phones)
    return [f"FN:{escaped(name)}" for name in (next(filter(None, names), ""), *contact.other_names)]


FACETS = (
    Facet(("FN",), _read_whole_names, _write_whole_names),
    Facet(("N",), _read_name, _write_name),
    _simple("nickname", "NICKNAME"),
    Facet(("ORG",), _read_organization, _write_organization),
    _simple("title", "TITLE", "ROLE"),
    _listed("emails", "EMAIL", "mailto"),
    _listed("phones", "TEL", "tel"),
    Facet(("ADR",), _read_place, _write_place, adding=True),
    Facet(("URL", *SOCIAL), _read_web, _write_web, adding=True),
    Facet(("NOTE",), _read_note, _write_note, adding=True),
    _simple("language", "LANG", accept=language_of),
    _simple("gender", "GENDER", "X-GENDER", "GRAMGENDER", "PRONOUNS", "X-PRONOUNS", accept=gender_of),
    _simple("address_form", "X-MOTJUSTE-ADDRESS-FORM", accept=address_form_of),
    _truth("elides", "X-MOTJUSTE-ELIDES"),
    _truth("do_not_contact", "X-MOTJUSTE-DO-NOT-CONTACT"),
    _simple("greeting", "X-MOTJUSTE-GREETING-NAME"),
    _simple("how_we_met", "X-MOTJUSTE-HOW-WE-MET"),
    Facet(("X-MOTJUSTE-CONNECTED-ON",), _read_connected_on, _write_connected_on),
    _simple("uid", "UID"),
    _listed("merged_uids", "X-MOTJUSTE-MERGED-UID", "uid"),
)
FACET_OF = {name: facet for facet in FACETS for name in facet.names}
NOTHING_SAID = {field: value for facet in FACETS for field, value in facet.read(()).items()}
FRAME = ("BEGIN", "END", "VERSION")
STRUCTURED = ("N", "ORG", "ADR")
UNSTATED = (*FRAME, "AGENT")
