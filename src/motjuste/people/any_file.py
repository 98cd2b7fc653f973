"""What a file of people is, told by what stands in it: vCards, jCards, a table or a pasted contact."""

from __future__ import annotations

import re

from motjuste.people.reading import Reading, decoded
from motjuste.people.vcard import read_vcards

_BEGINS = re.compile(rb"BEGIN\s*:\s*VCARD", re.IGNORECASE)
_JCARD = r"(?i)\[\s*\"vcard\"\s*,"


def read_people(data: bytes, source: str) -> Reading:
    """Everybody in `data`, whatever kind of file it is; without anybody, a problem says why."""
    name = source.casefold()
    if name.endswith((".vcf", ".vcard")) and not _looks_like_jcard(decoded(data[:1000])):
        return read_vcards(data, source)
    # In UTF-16 a zero byte stands beside each letter.
    if _BEGINS.search(data) or _BEGINS.search(data[:4000].replace(b"\x00", b"")):
        return read_vcards(data, source)
    # Late, as what follows: a message for a vCard, which is what is written most, does without them.
    if name.endswith((".jcf", ".jcard", ".json")) or _looks_like_jcard(decoded(data)):
        from motjuste.people.jcard import read_jcards

        return read_jcards(data, source)
    from motjuste.people.tables import is_table, read_table

    if name.endswith(".csv") or is_table(data):
        return read_table(data, source)
    from motjuste.people.pasted import read_pasted

    return read_pasted(data, source)


def _looks_like_jcard(text: str) -> bool:
    """Whether `text` is JSON that has a card in it, or is meant to."""
    return text.lstrip()[:1] in ("[", "{") and bool(re.search(_JCARD, text))
