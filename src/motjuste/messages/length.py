"""How long a text is, in each unit that a channel may count in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from motjuste.errors import UserError, nearest

UNITS = ("utf16", "codepoints", "graphemes", "x-weighted", "sms", "bytes")

X_LINK = 23

_GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_ESCAPED = frozenset("|^{}[]~\\€\f")
_GSM = _GSM_BASIC | _GSM_ESCAPED
# A character outside GSM-7 takes 16 bits, the room of a little more than two septets.
_SEPTETS_OUTSIDE_GSM = 3

# Characters that are always a grapheme of their own: no combining mark, joiner, jamo or emoji among them.
_ONE_GRAPHEME_EACH = re.compile(
    "[\x20-\x7e\n\u00a0-\u02ff\u0391-\u03ff\u0400-\u0482\u2010-\u2027\u202f\u20ac]*"
)
# Without © and ®, which count as emoji there, and without what makes a digit a keycap.
_X_LIGHT = re.compile("[\u0000-\u00a8\u00aa-\u00ad\u00af-\u02ff\u0370-\u0482\u2010-\u201f\u2032-\u2037]*")
_X_WEIGHS_ONE = ((0x0000, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))

_BRACKETS = r"\([^\s()]*\)"
_TURNS = "\u202a-\u202e\u2066-\u2069"  # what turns the direction of writing
# A link ends where a sentence's own signs begin; brackets that it opened itself belong to it.
REST_OF_LINK = rf"(?:{_BRACKETS}|(?!{_BRACKETS})[^\s{_TURNS}])*(?:{_BRACKETS}|[^\s{_TURNS}.,;:!?…'\"’”»)\]])"
_PATH = rf"(?:/{REST_OF_LINK})?/?"
_QUERY = rf"(?:\?{REST_OF_LINK})?"
# A name without http:// is a link there when it ends in a country's code or in one of the common endings.
_COUNTRIES = (
    "a[cdefgilmoqrstuwxz]|b[abdefghijmnorstwyz]|c[acdfghiklmnoruvwxyz]|d[ejkmoz]|e[cegrstu]|f[ijkmor]"
    "|g[adefghilmnpqrstuwy]|h[kmnrtu]|i[delmnoqrst]|j[emop]|k[eghimnprwyz]|l[abcikrstuvy]"
    "|m[acdeghklmnopqrstuvwxyz]|n[acefgilopruz]|om|p[aefghklmnrstwy]|qa|r[eosuw]|s[abcdeghiklmnorstuvxyz]"
    "|t[cdfghjklmnortvwz]|u[agksyz]|v[aceginu]|w[fs]|y[et]|z[amw]"
)
_COMMON_ENDINGS = (
    "com|org|net|edu|gov|int|info|biz|name|pro|app|dev|blog|shop|site|online|store|tech|page|news|email|art|club"
    "|xyz|agency|studio|media|social|world|life|paris|quebec"
)
# A label of a name is 63 characters long at most, or there is no such name (RFC 1035).
_LABEL = r"[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?"
_ANY_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_X_LINKS = (
    r"(?<![\w@$#./-])(?:"
    rf"https?://(?P<name>(?:{_ANY_LABEL}\.)+[^\W\d_]{{2,}})(?::\d+)?(?![\w@-]){_PATH}{_QUERY}"
    rf"|(?:{_LABEL}\.)+(?:{_COMMON_ENDINGS}|{_COUNTRIES})(?::\d+)?(?![\w@-]|\.\w){_PATH}"
    r")"
)


@dataclass(frozen=True)
class Sms:
    """A text message: its alphabet, its length (septets, or UCS-2 code units), its parts."""

    alphabet: str
    septets: int
    parts: int


@dataclass(frozen=True)
class Costly:
    """A character (as a reader sees it) that costs more than one in `unit`."""

    text: str
    cost: int
    unit: str


def normalise(text: str) -> str:
    """The text as it is counted and inserted: composed characters (NFC), lines ended by LF."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def measure(text: str, unit: str) -> int:
    """The length of `text` in `unit`, one of UNITS (`sms` counts the message's parts)."""
    try:
        return _MEASURES[unit](text)
    except KeyError:
        close = nearest(unit, UNITS)
        raise UserError(
            f"unknown unit '{unit}'" + (f" (nearest: '{close}')" if close else ""),
            next_step="use one of " + ", ".join(UNITS),
        ) from None


def measure_all(text: str) -> dict[str, int]:
    """The length of `text` in every unit that counts characters, by the unit's name."""
    return {unit: measure(text, unit) for unit in UNITS if unit != "sms"}


def sms(text: str) -> Sms:
    """How `text` travels as a text message: 160 or 153 a part in GSM-7, 70 or 67 in UCS-2."""
    text = normalise(text)
    if all(character in _GSM_BASIC or character in _GSM_ESCAPED for character in text):
        sizes = [2 if character in _GSM_ESCAPED else 1 for character in text]
        return Sms("GSM-7", sum(sizes), _parts(sizes, alone=160, joined=153))
    sizes = [2 if character > "\uffff" else 1 for character in text]
    return Sms("UCS-2", sum(sizes), _parts(sizes, alone=70, joined=67))


def gsm_septets(text: str, otherwise: int | None = None) -> int | None:
    """The septets of `text` in GSM-7; each character that is missing there counts `otherwise`, or all is None."""
    missing = 0 if _GSM.issuperset(text) else sum(character not in _GSM for character in text)
    if missing and otherwise is None:
        return None
    return len(text) + sum(map(text.count, _GSM_ESCAPED)) + missing * ((otherwise or 1) - 1)


def costly(text: str, units: Sequence[str] = ("utf16", "codepoints", "x-weighted", "sms")) -> list[Costly]:
    """The characters that cost more than one, once each, in reading order (for `sms`, in septets)."""
    found: dict[Costly, None] = {}
    for grapheme in graphemes(normalise(text)):
        for unit in units:
            cost = _septets(grapheme) if unit == "sms" else measure(grapheme, unit)
            if cost > 1:
                found[Costly(grapheme, cost, unit)] = None
    return list(found)


def graphemes(text: str) -> Iterator[str]:
    """The characters of `text` as a reader sees them (extended grapheme clusters)."""
    if _ONE_GRAPHEME_EACH.fullmatch(text):
        yield from text
        return
    import regex  # late: most texts do without it, and it takes long to load

    for match in regex.finditer(r"\X", text):
        yield match.group()


def _parts(sizes: Sequence[int], *, alone: int, joined: int) -> int:
    if sum(sizes) <= alone:
        return 1 if sizes else 0
    parts, used = 1, 0
    for size in sizes:
        # An escape pair or a surrogate pair is not split over two parts.
        if used + size > joined:
            parts, used = parts + 1, 0
        used += size
    return parts


def _septets(grapheme: str) -> int:
    septets = gsm_septets(grapheme)
    return _SEPTETS_OUTSIDE_GSM * measure(grapheme, "utf16") if septets is None else septets


def _utf16(text: str) -> int:
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _graphemes(text: str) -> int:
    return len(text) if _ONE_GRAPHEME_EACH.fullmatch(text) else sum(1 for _ in graphemes(text))


def _bytes(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def _x_weighted(text: str) -> int:
    text, links = normalise(text), 0
    if "." in text:
        found = [match for match in _x_links().finditer(text) if _can_be_named(match["name"] or "")]
        links = len(found)
        for match in reversed(found):
            text = text[: match.start()] + text[match.end() :]
    if _X_LIGHT.fullmatch(text):
        return len(text) + links * X_LINK
    is_emoji = _emoji()
    weight = sum(2 if is_emoji(cluster) else sum(map(_x_weight, cluster)) for cluster in graphemes(text))
    return weight + links * X_LINK


def _can_be_named(name: str) -> bool:
    """Whether each label is short enough as it travels, too: in Punycode, with four characters before it."""
    return name.isascii() or all(
        label.isascii() or len(label.encode("punycode")) + 4 <= 63 for label in name.split(".")
    )


def _x_weight(character: str) -> int:
    return 1 if any(first <= ord(character) <= last for first, last in _X_WEIGHS_ONE) else 2


@cache
def _x_links() -> re.Pattern[str]:
    # Late: compiling it takes longer than writing a message, and most go elsewhere.
    return re.compile(_X_LINKS, re.IGNORECASE)


@cache
def _emoji() -> Callable[[str], object]:
    import regex

    # A pictograph with anything attached to it, a flag, a keycap.
    emoji: Callable[[str], object] = regex.compile(
        r"\p{Extended_Pictographic}.*|\p{RI}{2}.*|[0-9#*]\uFE0F?\u20E3", regex.DOTALL
    ).fullmatch
    return emoji


_MEASURES: dict[str, Callable[[str], int]] = {
    "utf16": _utf16,
    "codepoints": len,
    "graphemes": _graphemes,
    "x-weighted": _x_weighted,
    "sms": lambda text: sms(text).parts,
    "bytes": _bytes,
}
