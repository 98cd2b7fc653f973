"""vCards in and out: a reader that bears with 2.1, 3.0 and 4.0 as phones write them, a writer of 4.0."""

from __future__ import annotations

import quopri
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from motjuste.people.card import Contact, profile_key
from motjuste.people.reading import Problem, Reading, marked_encoding


def read_vcards(data: bytes, source: str) -> Reading:
    """Every card in `data`; what is broken is reported with its line and stops nothing else."""
    cards = _Cards(source)
    text = _as_utf8(data)
    for number, line in _logical_lines(text):
        cards.take(number, line)
    return cards.reading(empty=not text.strip())


def write_vcard(contact: Contact) -> str:
    """`contact` as a vCard 4.0, folded at 75 octets, with the lines it kept from where it was read."""
    kept = [prop for prop in map(_property, contact.kept) if prop and prop.name not in _FRAME]
    lines = ["BEGIN:VCARD", "VERSION:4.0"]
    for facet in _FACETS:
        lines += facet.lines(contact, [prop for prop in kept if prop.name in facet.names])
    lines += [prop.line for prop in kept if prop.name not in _FACET_OF]
    return "".join(_folded(line) + "\r\n" for line in [*lines, "END:VCARD"])


def property_name(line: str) -> str:
    """The name of the property that an unfolded line states, in capitals."""
    prop = _property(line)
    return prop.name if prop else ""


def is_grouped(line: str) -> bool:
    """Whether other lines of its card belong to an unfolded line, as "item1.X-ABLabel" to "item1.TEL"."""
    match = _LINE.fullmatch(line)
    return bool(match and match["group"])


def _folded(line: str) -> str:
    """`line` in pieces of at most 75 octets, none of which ends inside a character."""
    pieces, room, start, used = [], 75, 0, 0
    for place, character in enumerate(line):
        octets = len(character.encode("utf-8", "replace"))
        if used + octets > room:
            pieces.append(line[start:place])
            start, used, room = place, 0, 74
        used += octets
    return "\r\n ".join([*pieces, line[start:]])


# --- lines ----------------------------------------------------------------------------------------

_QUOTED_PRINTABLE = re.compile(rb"[^:]*[;=]\s*QUOTED-PRINTABLE\b", re.IGNORECASE)
_BASE64 = re.compile(rb"[^:]*[;=]\s*(?:BASE64|B)\s*[;:]", re.IGNORECASE)
_BASE64_ONLY = re.compile(rb"[ \t]*[A-Za-z0-9+/=]+[ \t]*")
_FRAME_LINE = re.compile(rb"(?P<margin>[ \t]*)(?P<frame>BEGIN|END)\s*:\s*VCARD\s*", re.IGNORECASE)


def _as_utf8(data: bytes) -> bytes:
    encoding = marked_encoding(data)
    if encoding.startswith("utf-8"):
        return data.removeprefix(b"\xef\xbb\xbf")
    if encoding:
        return data.decode(encoding, "replace").removeprefix("\ufeff").encode("utf-8", "replace")
    return data


def _logical_lines(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Lines unfolded, with 1-based numbers: indented lines, soft line breaks, bare base64 are joined."""
    # iPhones have written CR CR LF.
    data = data.replace(b"\r\r\n", b"\n").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    pieces: list[bytes] = []
    first = 1
    margin = b""
    for number, line in enumerate(data.split(b"\n"), 1):
        line = line.removeprefix(margin)
        frame = _FRAME_LINE.fullmatch(line)
        if frame:
            # A card that was pasted with an indentation has it on every line.
            margin = margin + frame["margin"] if frame["frame"][:1] in b"Bb" else b""
        elif pieces and _joined(pieces, line):
            continue
        if pieces:
            yield first, b"".join(pieces)
        if frame:
            yield number, line
        pieces, first = ([] if frame or not line.strip() else [line]), number
    if pieces:
        yield first, b"".join(pieces)


def _joined(pieces: list[bytes], line: bytes) -> bool:
    """Append `line` to the `pieces` of a logical line when it continues them."""
    if b";" in pieces[0]:
        if pieces[-1].endswith(b"=") and _QUOTED_PRINTABLE.match(pieces[0]):
            pieces[-1:] = [pieces[-1][:-1], line]
            return True
        if _BASE64_ONLY.fullmatch(line) and _BASE64.match(pieces[0]):
            pieces.append(line.strip())
            return True
    if line.startswith((b" ", b"\t")):
        pieces.append(line[1:])
        return True
    return False


_CHARSET = re.compile(rb"[^:]*;\s*CHARSET\s*=\s*\"?([\w-]+)", re.IGNORECASE)


def _text(raw: bytes, charset: str) -> str:
    """`raw` decoded: UTF-8 when it is valid UTF-8, else what the line says of itself, else cp1252."""
    if raw.isascii():
        return raw.decode("ascii")
    candidates = ["utf-8", charset] if re.match("iso|latin|win|cp|us", charset, re.I) else [charset, "utf-8"]
    for codec in candidates:
        try:
            return raw.decode(codec)
        except (UnicodeError, LookupError):
            continue
    return raw.decode("cp1252", "replace")


# --- properties -----------------------------------------------------------------------------------

_LINE = re.compile(
    r"\s*(?:(?P<group>[\w-]+)\.)?(?P<name>[\w-]+)"
    r"(?P<parameters>(?:;(?:[^\":;]|\"[^\"]*\")*)*)\s*:(?P<value>.*)",
    re.DOTALL,
)
_LOOSE_LINE = re.compile(
    r"\s*(?:(?P<group>[\w-]+)\.)?(?P<name>[\w-]+)(?P<parameters>;[^:]*)?:(?P<value>.*)", re.DOTALL
)
_BARE = re.compile(r";[^=;\"]+(?=;|$)")  # vCard 2.1: TEL;CELL: and NOTE;QUOTED-PRINTABLE:
_ENCODINGS = ("QUOTED-PRINTABLE", "BASE64", "B", "8BIT", "7BIT")


@dataclass(frozen=True)
class Property:
    """One line of a card. `value` still has its escapes; `line` is how vCard 4.0 writes the whole."""

    name: str
    value: str
    parameters: tuple[tuple[str, str], ...]
    line: str

    def every(self, parameter: str) -> list[str]:
        """The values of a parameter, in capitals."""
        return [value.upper() for name, value in self.parameters if name == parameter]

    @property
    def preference(self) -> int:
        """1 is preferred most; 101 has no preference."""
        stated = next((int(value) for value in self.every("PREF") if value.isdecimal()), 101)
        return 1 if "PREF" in self.every("TYPE") else stated

    @property
    def text(self) -> str:
        return _unescaped(self.value).strip()

    @property
    def parts(self) -> list[str]:
        """The components between semicolons, commas inside them as they are."""
        return [_unescaped(part).strip() for part in _split(self.value)]


def _property(line: str, charset: str = "", quoted: bool = False) -> Property | None:
    """The property that a logical line states; None when it states none."""
    match = _LINE.fullmatch(line) or _LOOSE_LINE.fullmatch(line)
    if not match:
        return None
    parameters = tuple(_parameters(match["parameters"] or ""))
    value = match["value"]
    if quoted:
        decoded = _text(quopri.decodestring(value.encode("utf-8", "replace")), charset)
        value = decoded.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    name = match["name"].upper()
    group = f"{match['group']}." if match["group"] else ""
    is_older = any(key in ("CHARSET", "ENCODING") for key, _ in parameters)
    if is_older or _BARE.search(match["parameters"] or ""):
        line = group + _restated(name, parameters, value)
    return Property(name, value, parameters, line.replace("\r", "").replace("\n", "\\n"))


def _parameters(text: str) -> Iterator[tuple[str, str]]:
    for parameter in re.findall(r";((?:[^\";]|\"[^\"]*\"|\")*)", text):
        name, equals, values = parameter.partition("=")
        name = name.strip().upper()
        if equals:
            for value in re.findall(r"\"[^\"]*\"|[^,\"]+", values):
                yield name, value.strip().strip('"')
        elif name:
            yield ("ENCODING" if name in _ENCODINGS else "TYPE"), name


_MEDIA = {"PHOTO": "image", "LOGO": "image", "SOUND": "audio", "KEY": "application"}


def _restated(name: str, parameters: Iterable[tuple[str, str]], value: str) -> str:
    """A line of an older version as 4.0 writes it: UTF-8 without an encoding, pictures as data addresses."""
    others = [(key, stated) for key, stated in parameters if key not in ("CHARSET", "ENCODING")]
    encodings = [stated.upper() for key, stated in parameters if key == "ENCODING"]
    if name in _MEDIA and ("B" in encodings or "BASE64" in encodings):
        kind = next((stated.lower() for key, stated in others if key == "TYPE"), "octet-stream")
        kind = kind if "/" in kind else f"{_MEDIA[name]}/{kind}"
        return f"{name}:data:{kind};base64,{''.join(value.split())}"
    stated = "".join(f";{key}={_quoted(text)}" for key, text in others)
    return f"{name}{stated}:{value}".replace("\n", "\\n")


def _quoted(text: str) -> str:
    return f'"{text}"' if re.search("[:;,]", text) else text


_ESCAPE = re.compile(r"\\([\\;,:nN])")


def _unescaped(value: str) -> str:
    if "\\" not in value:
        return value
    return _ESCAPE.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)


def _escaped(text: str) -> str:
    return re.sub(r"([\\;,])", r"\\\1", text)


def _split(value: str, separator: str = ";") -> list[str]:
    """`value` cut at separators that no backslash escapes."""
    if "\\" not in value:
        return value.split(separator)
    parts = [""]
    for token in re.findall(r"\\.|[^\\]|\\$", value, re.DOTALL):
        if token == separator:
            parts.append("")
        else:
            parts[-1] += token
    return parts


# --- what the properties say ----------------------------------------------------------------------

Fields = dict[str, Any]


@dataclass(frozen=True, eq=False)
class _Facet:
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


def _simple(field: str, *names: str, accept: Callable[[str], str] = str) -> _Facet:
    """A facet of one text field; `accept` turns what does not belong there into ""."""

    def write(contact: Contact) -> list[str]:
        text = getattr(contact, field)
        return [f"{names[0]}:{_escaped(text)}"] if text else []

    return _Facet(names, lambda props: {field: accept(_first(props, *names))}, write)


def _listed(field: str, name: str, scheme: str) -> _Facet:
    """A facet of several texts of one property, which may be written as addresses ("tel:…")."""

    def read(props: Sequence[Property]) -> Fields:
        texts = (re.sub(rf"^{scheme}:", "", prop.text, flags=re.IGNORECASE) for prop in _preferred(props))
        return {field: tuple(dict.fromkeys(text for text in texts if text))}

    return _Facet(
        (name,), read, lambda contact: [f"{name}:{_escaped(t)}" for t in getattr(contact, field)], adding=True
    )


_NAME_FIELDS = ("family_name", "given_name", "additional_names", "honorific_prefix", "honorific_suffix")


def _read_name(props: Sequence[Property]) -> Fields:
    parts = next((prop.value for prop in props if prop.text.strip("; ")), "")
    texts = [[_unescaped(item).strip() for item in _split(part, ",")] for part in _split(parts)] + [[]] * 5
    # A family name and a suffix are cut at commas later ("Dupont, MBA"); given names are simply several.
    joints = (", ", " ", " ", " ", ", ")
    return {
        name: joint.join(filter(None, text))
        for name, joint, text in zip(_NAME_FIELDS, joints, texts, strict=False)
    }


def _write_name(contact: Contact) -> list[str]:
    texts = [_escaped(getattr(contact, name)) for name in _NAME_FIELDS]
    return ["N:" + ";".join(texts)] if any(texts) else []


def _read_organization(props: Sequence[Property]) -> Fields:
    parts = (part for prop in _preferred(props) for part in prop.parts if part)
    return {"organization": next(parts, "")}


def _write_organization(contact: Contact) -> list[str]:
    return [f"ORG:{_escaped(contact.organization)}"] if contact.organization else []


def _read_place(props: Sequence[Property]) -> Fields:
    for prop in _preferred(props):
        parts = [*prop.parts, "", "", "", "", "", "", ""]
        if parts[3] or parts[6]:
            return {"city": parts[3], "country": parts[6]}
    return {"city": "", "country": ""}


def _write_place(contact: Contact) -> list[str]:
    if not (contact.city or contact.country):
        return []
    return [f"ADR:;;;{_escaped(contact.city)};;;{_escaped(contact.country)}"]


_SOCIAL = ("X-SOCIALPROFILE", "SOCIALPROFILE")


def _read_web(props: Sequence[Property]) -> Fields:
    ordered = _preferred(props)
    social = [prop for prop in ordered if prop.name in _SOCIAL and _is_network_profile(prop)]
    urls = [prop for prop in ordered if prop.name == "URL" and prop.text]
    profiles = social or [prop for prop in urls if _is_network_profile(prop)]
    profile = profiles[0].text if profiles else ""
    others = dict.fromkeys(prop.text for prop in urls if social or prop.text != profile)
    return {"profile_url": profile, "urls": tuple(others)}


def _is_network_profile(prop: Property) -> bool:
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


def _gender(text: str) -> str:
    return _GENDERS.get(re.split(r"[;/,\s]", text.strip().lower())[0], "")


def _language(text: str) -> str:
    return text if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", text) else ""


def _address_form(text: str) -> str:
    return text.lower() if text.lower() in ("tu", "vous") else ""


_TRUTHS = dict.fromkeys(("true", "yes", "oui", "1"), True) | dict.fromkeys(("false", "no", "non", "0"), False)


def _write_elides(contact: Contact) -> list[str]:
    return [] if contact.elides is None else [f"X-MOTJUSTE-ELIDES:{str(contact.elides).lower()}"]


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
    return [f"NOTE:{_escaped(contact.note)}"] if contact.note else []


def _write_formatted_name(contact: Contact) -> list[str]:
    # vCard 4.0 wants an FN on every card.
    names = (contact.formatted_name, contact.display_name, *contact.emails, *contact.phones)
    return ["FN:" + _escaped(next(filter(None, names), ""))]


_FACETS = (
    _Facet(("FN",), lambda props: {"formatted_name": _first(props, "FN")}, _write_formatted_name),
    _Facet(("N",), _read_name, _write_name),
    _simple("nickname", "NICKNAME"),
    _Facet(("ORG",), _read_organization, _write_organization),
    _simple("title", "TITLE", "ROLE"),
    _listed("emails", "EMAIL", "mailto"),
    _listed("phones", "TEL", "tel"),
    _Facet(("ADR",), _read_place, _write_place, adding=True),
    _Facet(("URL", *_SOCIAL), _read_web, _write_web, adding=True),
    _Facet(("NOTE",), _read_note, _write_note, adding=True),
    _simple("language", "LANG", accept=_language),
    _simple("gender", "GENDER", "X-GENDER", "GRAMGENDER", "PRONOUNS", "X-PRONOUNS", accept=_gender),
    _simple("address_form", "X-MOTJUSTE-ADDRESS-FORM", accept=_address_form),
    _Facet(
        ("X-MOTJUSTE-ELIDES",),
        lambda props: {"elides": _TRUTHS.get(_first(props, "X-MOTJUSTE-ELIDES").lower())},
        _write_elides,
    ),
    _simple("greeting", "X-MOTJUSTE-GREETING-NAME"),
    _Facet(("X-MOTJUSTE-CONNECTED-ON",), _read_connected_on, _write_connected_on),
    _simple("uid", "UID"),
)
_FACET_OF = {name: facet for facet in _FACETS for name in facet.names}
_NOTHING_SAID = {field: value for facet in _FACETS for field, value in facet.read(()).items()}
_FRAME = ("BEGIN", "END", "VERSION")
_STRUCTURED = ("N", "ORG", "ADR")
_UNSTATED = (*_FRAME, "AGENT")


# --- cards ----------------------------------------------------------------------------------------


class _Cards:
    """The cards of one file, line by line."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.contacts: list[Contact] = []
        self.problems: list[Problem] = []
        self.properties: list[Property] | None = None
        self.start = 0
        self.nested = 0

    def take(self, number: int, raw: bytes) -> None:
        """One logical line, at its line number."""
        if _FRAME_LINE.fullmatch(raw):
            self._frame(number, opens=raw.strip()[:1] in b"Bb")
        elif self.properties is not None and not self.nested:
            charset = _CHARSET.match(raw) if b";" in raw else None
            codec = charset[1].decode("ascii") if charset else ""
            line = _text(raw, codec)
            prop = _property(line, codec, quoted=b";" in raw and bool(_QUOTED_PRINTABLE.match(raw)))
            if prop is None:
                self._report(number, f"not a property of a card: {_shown(line)}")
            else:
                self.properties.append(prop)

    def _frame(self, number: int, *, opens: bool) -> None:
        if self.properties is None:
            if opens:
                self.properties, self.start = [], number
            else:
                self._report(number, "END:VCARD without a card")
        elif opens and self._agent_follows():
            # Lotus writes a whole card inside AGENT; that is another person.
            self.nested += 1
        elif opens:
            self._report(number, f"a new card begins before the one of line {self.start} has ended")
            self._close()
            self.properties, self.start = [], number
        elif self.nested:
            self.nested -= 1
        else:
            self._close()

    def _agent_follows(self) -> bool:
        last = self.properties[-1] if self.properties else None
        return last is not None and last.name == "AGENT" and last.text.upper() in ("", "BEGIN:VCARD")

    def _close(self) -> None:
        contact = _contact(self.properties or [], self.source)
        if contact.formatted_name:
            self.contacts.append(contact)
        else:
            self._report(self.start, "the card names nobody: no name, organization, e-mail or phone number")
        self.properties, self.nested = None, 0

    def _report(self, line: int, reason: str) -> None:
        self.problems.append(Problem(self.source, line, reason))

    def reading(self, *, empty: bool) -> Reading:
        """What was read once the last line has been taken."""
        if self.properties is not None:
            self._report(self.start, "the card has no END:VCARD")
            self._close()
        if not self.contacts and not self.problems:
            self._report(1, "the file is empty" if empty else "no vCard here: expected a line BEGIN:VCARD")
        return Reading(tuple(self.contacts), tuple(self.problems))


def _shown(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:39] + "…")


def _says_something(prop: Property) -> bool:
    return bool(prop.value.strip("; \t\n" if prop.name in _STRUCTURED else None))


def _contact(properties: Sequence[Property], source: str) -> Contact:
    stated = [prop for prop in properties if prop.name not in _UNSTATED and _says_something(prop)]
    by_facet: dict[_Facet, list[Property]] = {}
    for prop in stated:
        if prop.name in _FACET_OF:
            by_facet.setdefault(_FACET_OF[prop.name], []).append(prop)
    said = dict(_NOTHING_SAID)
    for facet, props in by_facet.items():
        said |= facet.read(props)
    contact = Contact(**_completed(said, stated), source=source)
    kept: list[str] = []
    for facet in _FACETS:
        lines = [prop.line for prop in by_facet.get(facet, ())]
        if lines and lines != facet.write(contact):
            kept += lines
    kept += [prop.line for prop in stated if prop.name not in _FACET_OF]
    return replace(contact, kept=tuple(kept)) if kept else contact


def _completed(said: Fields, stated: Sequence[Property]) -> Fields:
    """`said` with a formatted name made of what there is, and a company's name where a company's belongs."""
    parts = (said["given_name"], said["additional_names"], said["family_name"])
    others = (said["nickname"], said["organization"], *said["emails"], *said["phones"])
    formatted = said["formatted_name"] or " ".join(filter(None, parts)) or next(filter(None, others), "")
    is_company = any(
        (prop.name, prop.text.lower()) in (("KIND", "org"), ("KIND", "group"), ("X-ABSHOWAS", "company"))
        for prop in stated
    )
    organization = said["organization"] or (formatted if is_company else "")
    return said | {"formatted_name": formatted, "organization": organization}
