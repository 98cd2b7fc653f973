"""What a careful reader marks in a finished text, whoever it is for.

What is said of French and English stands here, what is said of any other language in that language's own file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from motjuste.messages.checks.reading import NOTHING, SPACE, Reading, Rule, words
from motjuste.messages.checks.samples import Card, Scene


@dataclass(frozen=True)
class Flaw:
    """What the check of that name found, and where in the text."""

    check: str
    problem: str
    start: int
    end: int


_AT_CARET = "aa[a-z]"
_SPACE = SPACE
_LINK = re.compile(r"[^\s(«]*(?:://|www\.|@)[^\s)»]*[^\s)».,;:!?…]")
_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*")


def _rules(*rules: tuple[str, str, str], flags: int = 0) -> tuple[Rule, ...]:
    return tuple((check, problem, re.compile(pattern, flags)) for check, problem, pattern in rules)


_ALWAYS = _rules(
    ("unsafe-card", "a control character",
     "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef]"),
    ("doubled-space", "two spaces in a row", r"[^\S\n]{2,}"),
)  # fmt: skip
_ANY_LANGUAGE = _rules(
    ("hole", "a hole", r"\(\s*\)|«\s*»|“\s*”|,\s*,|(?m:^)\s*[,.;:!?»)](?!\w)|[(«“]\s*$"),
    ("placeholder", "a placeholder",
     rf"\[(?!{_AT_CARET}\])[^\]\n]{{1,40}}\]|[{{}}]"
     r"|\bX{3,}\b|<[^\W\d_][\w ]*>|%[A-Z][A-Z_]+%?|_{3,}"
     r"|\b(?:None|Undefined|TODO)\b(?! of\b)|\b(?i:lorem ipsum)\b"),
    ("doubled-word", "a doubled word",
     rf"\b(?!(?i:vous|nous|had|that|bye|très){_SPACE})(?i:([^\W\d_]+){_SPACE}\1)\b(?!’)"),
    ("typography", "two marks in a row", rf"[,;:.!?…]{_SPACE}?[,;:]|,\.|(?<!\.)\.\.(?!\.)"),
    ("typography", "a space before a mark", rf"{_SPACE}[,.](?!\w)"),
    ("typography", "a comma at the end", r",\s*\Z"),
)  # fmt: skip
# Where these signs exist, the straight ones are somebody's typewriter.
_CURLY = _rules(("typography", "a straight quotation mark or apostrophe", r"[\"']"))
_FRENCH = _rules(
    ("hole", "a hole", r"(?<=\w)’(?=[\s,.;:!?)])|\b(?:de|du|des|à|au|aux|chez)(?=\s*[,.;:!?)»]|\s*\Z)"
     r"|\b(?:et|que|dont)(?=\s*[.;!?)»]|\s*\Z)"),
    ("typography", "a missing elision", r"\b(?i:[jntmsdl]e|que)[ ](?i:[aeiouéèêàâîôœ])(?!\b|ui\b|nz)"),
    ("typography", "o and e that belong together", r"(?i:\b(?:(?:c|ch|s)oe(?:u)|noe(?:u)|voe(?:u)|oe(?:u|il)))"),
    ("typography", "a capital without its accent",
     r"(?:(?m:^)|[.!?…] )(?:A (?:bientôt|très|la|l’|votre|ton|vous|toi|propos|partir|plus)\b|Ca |Etant|Ecri)"),
    ("typography", "Mr, which is M. in French", r"\bMr\b"),
)  # fmt: skip
_ENGLISH = _rules(
    # A sentence may well end in "at", "of" or "with"; behind work, it is the place that is missing.
    ("hole", "a hole", r"\b(?:the|my|your|(?:work(?:s|ed|ing)?|job|role|team|position|time|colleagues?) at)"
     r"(?=\s*[,.;:!?)”]|\s*\Z)|\b(?:and|an)(?=\s*[.;!?)”]|\s*\Z)"),
    ("typography", "a small i", r"(?<![\w.’])i(?=[ ’])"),
)
# Those of all other languages stand in their own files.
_OF_LANGUAGE: Mapping[str, tuple[Rule, ...]] = {"fr": _FRENCH, "en": _ENGLISH}

# How French says its two forms of address: what is said to a friend, and to a stranger.
_ADDRESS: Mapping[str, tuple[tuple[str, re.Pattern[str]], tuple[str, re.Pattern[str]]]] = {
    "fr": (
        ("tu", re.compile(r"\b(?:tu|te|toi|ton|ta|tes)\b|\bt’(?=\w)", re.IGNORECASE)),
        ("vous", re.compile(r"\b(?:vous|votre|vos)\b", re.IGNORECASE)),
    ),
}

# A name's words begin with a capital; a full stop belongs to a title (M., Dr.) or an initial.
_NAMED = r"(?:[^\W\d_a-zà-ÿ][^\W\d_]{0,2}\.[ \u00a0]|[^\W\d_a-zà-ÿ][\w’'-]*[ \u00a0]?)+"
_GREETING = re.compile(
    r"\b(?:Bonjour|Bonsoir|Salut|Ch[eè]re?s?|Hello|Hi|Hey|Dear|Good (?:morning|afternoon|evening))[ \u00a0]+"
    rf"(?P<name>{_NAMED})"
)
_FOR_ANYBODY = frozenset(
    {
        "madame", "monsieur", "mesdames", "messieurs", "mademoiselle", "mme", "mlle", "m", "mr", "mrs", "ms",
        "docteur", "maître", "professeur", "doctor", "professor", "dr", "pr", "me", "sir", "madam",
        "everyone", "everybody", "all", "there", "team", "colleague", "colleagues", "friend", "friends",
        "hiring", "manager", "recruiter", "editor",
    }
)  # fmt: skip


def flaws(
    text: str, language: str, typography: str, *, hostile: bool = False, reading: Reading = NOTHING
) -> Iterator[Flaw]:
    """The first place for each thing that is wrong with the form of a finished text; addresses are left out.

    The words of a hostile card are no words, so only what they must not do counts there.
    """
    said = _without_links(text)
    rules = _ALWAYS
    if not hostile:
        rules += _ANY_LANGUAGE + _OF_LANGUAGE.get(language, ()) + reading.rules
        rules += () if typography == "plain" else _CURLY
    for check, problem, pattern in rules:
        if match := pattern.search(said):
            yield Flaw(check, problem, match.start(), match.end())


def word_at_caret(number: int) -> str:
    """A word for the place where the person writes the `number`th one; brackets around it are meant."""
    return f"aa{chr(ord('a') + number % 26)}"


def form_of_address(
    text: str, language: str, *, tu: bool, both: bool, reading: Reading = NOTHING
) -> Iterator[Flaw]:
    """Where a text mixes tu and vous; where a template has `both` forms, where it says the wrong one."""
    address = reading.address or _ADDRESS.get(language)
    if address is None:
        return
    (friend, to_friend), (stranger, to_stranger) = address
    without_links = _without_links(text)
    said_tu, said_vous = to_friend.search(without_links), to_stranger.search(without_links)
    wrong = (said_vous if tu else said_tu) if both or (said_tu and said_vous) else None
    if wrong:
        problem = f"a {stranger} among {friend}" if wrong is said_vous else f"a {friend} among {stranger}"
        yield Flaw("address-form", problem, wrong.start(), wrong.end())


def greeted(text: str, card: Card, reading: Reading = NOTHING) -> Iterator[Flaw]:
    """Where somebody is greeted who is not on the card."""
    known = {word for key in card for word in _words(str(card[key]))}
    known |= _FOR_ANYBODY | {word.casefold() for word in reading.anybody}
    for match in _greeting(reading.greetings, reading.anybody).finditer(text):
        if any(word not in known for word in _words(match["name"])):
            name = match["name"].rstrip(" \u00a0")
            yield Flaw("wrong-person", f"'{name}' is greeted", match.start(), match.start("name") + len(name))


@cache
def _greeting(greetings: tuple[str, ...], anybody: tuple[str, ...]) -> re.Pattern[str]:
    """Greetings with a name, of French and English where a language has none of its own."""
    if not greetings:
        return _GREETING
    title = rf"(?:(?i:{words(anybody)})\.?{_SPACE}+)?" if anybody else ""
    return re.compile(rf"{words(greetings)},?{_SPACE}+{title}(?P<name>{_NAMED})")


def _words(text: str) -> list[str]:
    return [word.casefold() for word in re.findall(r"[^\W\d_]+", text)]


@dataclass(frozen=True)
class _Fact:
    """What can be thanked for only where a field says it: that has this value, or one of these names."""

    name: str
    thing: str
    fields: tuple[str, ...]
    words: re.Pattern[str]


_THANKS = re.compile(
    r"\b(?:merci|remerci\w*|fait plaisir|touchée?s?|plaisir|thanks?|thank|grateful|glad|pleasure|appreciate\w*|enjoyed"
    r"|good to)\b",
    re.IGNORECASE,
)
_FACTS = (
    _Fact("note", "a note", ("note", "their_note", "mot"), re.compile(
        r"\b(?:votre|ton|du|le|ce) (?:(?:petit|gentil|aimable|bref|joli) )?(?:mot|billet)\b"
        r"|pris le temps d’écrire|\b(?:your|the|that) (?:(?:kind|short|friendly|nice) )?note\b"
        r"|took the time to write", re.IGNORECASE)),
    _Fact("kind_words", "kind words", ("kind_words",), re.compile(
        r"\b(?:paroles|mots) (?:aimables|gentil\w*|bienveillant\w*)|\bgentils mots|\bkind words", re.IGNORECASE)),
    _Fact("shared_interest", "a shared interest", ("interest", "shared_interest"), re.compile(
        r"\bintérêts? communs?\b|\bshared interests?\b|interests? in common|\bshare (?:an|some) interest",
        re.IGNORECASE)),
)  # fmt: skip
_NO = ("", "no", "none", "nothing", "non", "rien", "aucun", "false")


def thanks(text: str, facts: Mapping[str, str], reading: Reading = NOTHING) -> Iterator[Flaw]:
    """Where the text thanks for a note, kind words or a shared interest that no fact speaks of."""
    for fact in _FACTS:
        if fact.name in facts.values() or any(facts.get(name, "") not in _NO for name in fact.fields):
            continue
        said, thanking = _said_of(fact, reading)
        for sentence in _SENTENCE.finditer(text):
            found = said.search(sentence.group())
            if found and thanking.search(sentence.group()):
                start = sentence.start() + found.start()
                problem = f"thanks for {fact.thing}, of which no fact speaks"
                yield Flaw("false-thanks", problem, start, start + len(found.group()))
                break


def _said_of(fact: _Fact, reading: Reading) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """How a fact is spoken of and how one thanks: in the words of the language, else in French and English."""
    own = reading.facts.get(fact.name)
    return (
        re.compile(words(own), re.IGNORECASE) if own else fact.words,
        re.compile(words(reading.thanking), re.IGNORECASE) if reading.thanking else _THANKS,
    )


def objections(
    text: str,
    scene: Scene,
    facts: Mapping[str, str],
    typography: str,
    *,
    both: bool,
    reading: Reading = NOTHING,
) -> Iterable[Flaw]:
    """All that is wrong with a finished text in its scene."""
    language = scene.locale.partition("-")[0]
    yield from flaws(text, language, typography, hostile=scene.hostile, reading=reading)
    yield from thanks(text, facts, reading)
    if scene.hostile:
        if "49" in text:
            yield Flaw("unsafe-card", "a card's text was evaluated", text.index("49"), text.index("49") + 2)
        return
    yield from greeted(text, scene.card, reading)
    yield from form_of_address(text, language, tu=scene.tu, both=both, reading=reading)


def _without_links(text: str) -> str:
    """The text with something of the same length for each address."""
    return _LINK.sub(lambda link: "a" * len(link.group()), text)
