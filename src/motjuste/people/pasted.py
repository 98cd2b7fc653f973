"""A contact pasted as plain text: a line, a signature or a form. What is not sure is left out, and said."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from motjuste.people.card import Contact, profile_key
from motjuste.people.name_words import CIVILITIES, CREDENTIALS, PARTICLES, TITLES
from motjuste.people.names import fold
from motjuste.people.pasted_words import COURTESIES, LABELS, LEGAL_FORMS, ROLES
from motjuste.people.reading import Problem, Reading, decoded

_MOST_CHARACTERS = 4000
_MOST_LINES = 40
_EMAIL = re.compile(r"(?:mailto:)?([\w.+%-]{1,64}@(?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,24})")
_ADDRESS = re.compile(r"(?:https?://|www\.|(?:[a-z]{2,3}\.)?linkedin\.com/)[^\s<>,;|]+", re.IGNORECASE)
_PHONE = re.compile(
    r"(?<![\w/])(?:\+|00|0|\(\d)\d?[\d .()/-]{7,20}\d(?!\w)|(?<![\w/-])\d{3}[ .-]\d{3}[ .-]\d{4}(?!\w)"
)
_LABELLED = re.compile(r"([^\W\d][\w’' .-]{0,24}?)\s*[:=]\s*(.+)")
_CUT = re.compile(r"\s*[,;|•·<>()\t]\s*|\s+[-–—]+\s+")
_EMPLOYED = re.compile(r"(?:(.*?)\s+)?(?:chez|at|@)\s+(\S.*)", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]*)*")
_EXAMPLE = "for example: Marie Dupont, directrice marketing chez Acme, marie@acme.example"


def read_pasted(data: bytes, source: str) -> Reading:
    """The contact whom a pasted text describes, or several that stand one a line."""
    text = decoded(data)
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not lines:
        return Reading(problems=(Problem(source, 1, "the file is empty"),))
    if len(text) > _MOST_CHARACTERS or len(lines) > _MOST_LINES:
        why = f"not a card, no table, and too long for one pasted contact; {_EXAMPLE}"
        return Reading(problems=(Problem(source, 1, why),))
    blocks = [[line] for line in lines] if _is_one_a_line([line for _, line in lines]) else [lines]
    readings = [_block(block, source) for block in blocks]
    return Reading(
        tuple(contact for reading in readings for contact in reading.contacts),
        tuple(problem for reading in readings for problem in reading.problems),
    )


def _is_one_a_line(lines: list[str]) -> bool:
    return len(lines) > 1 and all(_EMAIL.search(line) and is_name(_CUT.split(line)[0]) for line in lines)


@dataclass
class _Found:
    """What was told of one contact so far."""

    texts: dict[str, str] = field(default_factory=dict)
    emails: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    untold: list[tuple[int, str]] = field(default_factory=list)

    def set(self, name: str, text: str) -> bool:
        """Take `text` for a field that is still free."""
        return bool(text) and self.texts.setdefault(name, text) == text


def _block(lines: list[tuple[int, str]], source: str) -> Reading:
    found = _Found()
    pieces: list[tuple[int, str]] = []
    for number, line in lines:
        labelled = _LABELLED.fullmatch(line)
        label = LABELS.get(fold(labelled[1]), "") if labelled else ""
        if labelled and label:
            if not found.set(label, labelled[2].strip()):
                found.untold.append((number, line))
            continue
        rest = _without_addresses(line, found)
        pieces += [(number, piece) for piece in _CUT.split(rest) if _says_something(piece)]
    is_first = "formatted_name" not in found.texts
    for number, piece in pieces:
        if not _told(piece, found, is_first=is_first):
            found.untold.append((number, piece))
        is_first = False
    return _reading(found, lines[0][0], source)


def _without_addresses(line: str, found: _Found) -> str:
    """`line` without its addresses and numbers, which `found` has now."""
    for pattern, into in ((_EMAIL, found.emails), (_ADDRESS, found.urls), (_PHONE, found.phones)):
        for match in pattern.finditer(line):
            text = (match[1] if match.re is _EMAIL else match[0]).strip().rstrip(".")
            if text not in into:
                into.append(text)
        line = pattern.sub(" , ", line)
    return line


def _says_something(piece: str) -> bool:
    words = fold(piece)
    return bool(words) and words not in LABELS and words not in COURTESIES


def _told(piece: str, found: _Found, *, is_first: bool) -> bool:
    """Whether it is sure what `piece` is."""
    piece = piece.strip(" .:")
    if is_first and is_name(piece):
        return found.set("formatted_name", piece)
    if _EMPLOYED.fullmatch(piece):
        role, organization = employment(piece)
        return bool(organization) and found.set("organization", organization) and (not role or found.set("title", role))
    if fold(piece).replace(" ", "") in CREDENTIALS:
        return found.set("honorific_suffix", piece)
    if _is_company(piece) and len(piece.split()) <= 6:
        return found.set("organization", piece)
    if _is_role(piece):
        return found.set("title", piece)
    # A company's name looks like anything; that the address of the e-mail has it too tells.
    squeezed = fold(piece).replace(" ", "")
    domains = {fold(email.partition("@")[2].rpartition(".")[0]).replace(" ", "") for email in found.emails}
    return len(squeezed) > 2 and squeezed in domains and found.set("organization", piece)


def employment(text: str) -> tuple[str, str]:
    """Position and organization of "directrice marketing chez Acme" or "at Acme"; both "" where that is not sure."""
    employed = _EMPLOYED.fullmatch(text)
    if employed is None or len(text.split()) > 12:
        return "", ""
    role = employed[1] or ""
    sure = _is_role(role) if role else not employed[2][0].islower()
    return (role, employed[2]) if sure else ("", "")


def _is_role(text: str) -> bool:
    words = fold(text).split()
    return len(words) <= 8 and bool(ROLES & set(words))


def _is_company(text: str) -> bool:
    return fold(text).rpartition(" ")[2] in LEGAL_FORMS and text[:1].isupper()


def is_name(text: str) -> bool:
    """Whether `text` has the shape of a person's whole name: two words or more that begin with a capital."""
    words = [word for word in text.split() if fold(word) not in {*CIVILITIES, *TITLES}]
    names = [word for word in words if word.casefold() not in PARTICLES]
    spelt = all(_NAME.fullmatch(word) and re.sub("^d['’]", "", word)[:1].isupper() for word in names)
    strange = _is_company(text) or set(fold(text).split()) & (ROLES | COURTESIES)
    return 2 <= len(names) <= len(words) <= 6 and spelt and not strange


def _reading(found: _Found, line: int, source: str) -> Reading:
    texts = found.texts
    labelled = bool({"given_name", "family_name"} & set(texts))
    if "given_name" not in texts and " " in texts.get("family_name", ""):
        # Without a line "Prénom: …", a French "Nom: …" is the whole name.
        texts.setdefault("formatted_name", texts.pop("family_name"))
    parts = " ".join(filter(None, (texts.get("given_name", ""), texts.get("family_name", ""))))
    name = texts.get("formatted_name", "") or parts
    profiles = [url for url in found.urls if "linkedin.com/" in url.lower() and profile_key(url)]
    sure = bool(
        found.emails or profiles or (name and (found.phones or texts.get("organization") or labelled))
    )
    if not sure or (found.untold and not name):
        shown = next((piece for _, piece in found.untold), name)
        shown = shown if len(shown) <= 40 else shown[:39] + "…"
        why = (
            "only a name, with nothing that says it is a person's"
            if name
            else f"could not tell whose: {shown!r}"
        )
        return Reading(problems=(Problem(source, line, f"not a contact: {why}; {_EXAMPLE}"),))
    others = (texts.get("organization", ""), *found.emails, *profiles)
    contact = Contact(
        **(texts | {"formatted_name": name or next(filter(None, others), "")}),  # type: ignore[arg-type]
        emails=tuple(found.emails),
        phones=tuple(found.phones),
        profile_url=profiles[0] if profiles else "",
        urls=tuple(url for url in found.urls if url not in profiles[:1]),
        source=source,
    )
    problems = [
        Problem(source, number, f"could not tell what {piece!r} is, so it was left out")
        for number, piece in found.untold
    ]
    return Reading((contact,), tuple(problems))
