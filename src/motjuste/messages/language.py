"""What French asks of words put side by side: elision, and tu or vous."""

from __future__ import annotations

import unicodedata

# H is silent in these, so they elide; other names in h keep "de": Hugo, Hassan, Harry, Hannah.
_SILENT_H = frozenset(
    {
        "hector", "helene", "helena", "helie", "heliette", "heloise", "henri", "henriette", "herbert",
        "hercule", "hermance", "hermine", "hermione", "herve", "hilaire", "hilarion", "hippolyte",
        "homere", "honore", "honorine", "horace", "hortense", "hubert", "hyacinthe",
    }
)  # fmt: skip


def elides(name: str) -> bool:
    """Whether `de` and `que` lose their e before this name (d’Alice, d’Hector; de Hugo, de Yann)."""
    word = _first_word(name)
    if len(word) < 2 or not word.isalpha():
        return False
    letters = "".join(
        c for c in unicodedata.normalize("NFD", word.casefold()) if not unicodedata.combining(c)
    )
    if letters[0] == "h":
        return letters in _SILENT_H
    if letters[0] == "y":
        return letters[1] not in "aeiouyœæ"
    return letters[0] in "aeiouœæ"


def de(name: str, override: bool | None = None) -> str:
    """`name` after de: d’Alice, de Hugo; `override` is the card's own word on elision."""
    return _joined("d", name, override)


def que(name: str, override: bool | None = None) -> str:
    """`name` after que: qu’Alice, que Hugo; `override` is the card's own word on elision."""
    return _joined("qu", name, override)


def _joined(stem: str, name: str, override: bool | None) -> str:
    if not name:
        return ""
    return f"{stem}’{name}" if (elides(name) if override is None else override) else f"{stem}e {name}"


def _first_word(name: str) -> str:
    """The first word up to a hyphen or apostrophe; empty for an initial (`A.`), which never elides."""
    name = unicodedata.normalize("NFC", name)
    word = name.split()[0] if name.split() else ""
    if word.endswith(".") and len(word) == 2:
        return ""
    for separator in "-‐‑'’":
        word = word.partition(separator)[0]
    return word.rstrip(".,;:!?")
