"""Whom a window's title names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from motjuste.people.book import Book, distinct
from motjuste.people.card import Contact
from motjuste.people.clipboard import at_addresses
from motjuste.people.name_order import is_particle
from motjuste.people.name_words import word_set
from motjuste.people.names import fold, fold_word, plain_words, safe_text
from motjuste.people.title_rules import TitleRule
from motjuste.people.window_title import is_search_page, name_in_title

_LONGEST_TITLE = 500


def owner_of_page(title: str, book: Book, rules: Sequence[TitleRule]) -> tuple[Contact, ...]:
    """The person whose page or conversation a window shows, known or not; several of one name."""
    for rule in rules:
        if name := rule.name_in(title):
            known = book.named(fold(name.full))
            if known or " " in name.full:
                return known or (Contact(formatted_name=name.full, source="window title"),)
    full = name_in_title(title)
    return (book.named(fold(full)) or (Contact(formatted_name=full, source="window title"),)) if full else ()


def in_window(title: str, book: Book) -> tuple[Contact, ...]:
    """Everybody of `book` whose whole name or e-mail address stands in any other title."""
    if is_search_page(title):
        return ()
    return distinct([*at_addresses(title[:_LONGEST_TITLE], book), *mentioned(title, book)])


def mentioned(title: str, book: Book) -> tuple[Contact, ...]:
    """The people of `book` whose whole names stand in `title` as whole words that no other name extends."""
    segments = _BORDER.split(safe_text(title[:_LONGEST_TITLE]))
    return distinct(contact for segment in segments for contact in _in_segment(plain_words(segment), book))


# A name does not reach across bars, brackets, quotation marks, colons, spaced dashes, a sentence's end.
_BORDER = re.compile(r"[^\w\s'’.\u0300-\u036f-]|\s[-–—]+\s|(?<=\w\w\w)\.\s|\d+")


def _in_segment(words: Sequence[str], book: Book) -> Iterator[Contact]:
    folded = [fold_word(word) for word in words]
    for start in range(len(words)):
        for end in range(start + 2, min(len(words), start + book.most_words) + 1):
            people = book.named(" ".join(folded[start:end]))
            if people and _is_written_as_a_name(words, start, end):
                yield from (person for person in people if person.confidence != "none")


def _is_written_as_a_name(words: Sequence[str], start: int, end: int) -> bool:
    """Whether words[start:end] have a name's capitals and no neighbour that makes it a longer, other name."""
    if any(word[0].islower() and not is_particle(word) for word in words[start:end]):
        return False
    following = list(words[end : end + 2])
    if len(following) == 2 and is_particle(following[0]) and following[1][0].isupper():
        # "Marie Dupont de Nemours" is not Marie Dupont.
        return False
    neighbours = [*words[max(0, start - 1) : start], *following[:1]]
    return not any(word[0].isupper() and fold_word(word) not in _NO_NAMES for word in neighbours)


# Words with a capital that stand beside a name in the titles of mail programs, chats and browsers.
_NO_NAMES = word_set(
    """
    a to from de re fw fwd tr cc compose message messages mail email courriel write writing ecrire
    ecriture redaction reply repondre reponse new nouveau nouvelle chat conversation discussion dm call
    appel with avec for pour contact profil profile whatsapp slack teams signal telegram messenger
    linkedin m mr mrs ms mme mlle madame monsieur me maitre dr pr prof cher chere dear bonjour hello and
    et s phd mba cpa invitation via on sur chez at redactar redaccion mensaje mensajes correo respuesta
    responder rv perfil con conversacion sr sra hola in an schreiben nachricht antwort herr frau verfassen
    """
)
