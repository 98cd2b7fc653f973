"""What a file of people is, told by what stands in it: vCards, jCards, a table or a pasted contact."""

from __future__ import annotations

import re

from motjuste.people.jcard import looks_like_jcard, read_jcards
from motjuste.people.pasted import read_pasted
from motjuste.people.reading import Reading, decoded
from motjuste.people.tables import is_table, read_table
from motjuste.people.vcard import read_vcards

_BEGINS = re.compile(rb"BEGIN\s*:\s*VCARD", re.IGNORECASE)


def read_people(data: bytes, source: str) -> Reading:
    """Everybody in `data`, whatever kind of file it is; without anybody, a problem says why."""
    name = source.casefold()
    if name.endswith((".vcf", ".vcard")) and not looks_like_jcard(decoded(data[:1000])):
        return read_vcards(data, source)
    # In UTF-16 a zero byte stands beside each letter.
    if _BEGINS.search(data) or _BEGINS.search(data[:4000].replace(b"\x00", b"")):
        return read_vcards(data, source)
    if name.endswith((".jcf", ".jcard", ".json")) or looks_like_jcard(decoded(data)):
        return read_jcards(data, source)
    if name.endswith(".csv") or is_table(data):
        return read_table(data, source)
    return read_pasted(data, source)
