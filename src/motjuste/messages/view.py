"""What a template sees of a contact, of the writer and of a door: known names, clean texts, nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from motjuste.messages.marks import without_marks

CONTACT_NAMES = (
    "formatted_name", "given_name", "family_name", "additional_names", "honorific_prefix",
    "honorific_suffix", "nickname", "organization", "title", "city", "country", "emails", "phones",
    "urls", "profile_url", "note", "language", "gender", "address_form", "elides", "greeting",
    "how_we_met", "connected_on", "source", "greeting_name", "display_name", "confidence",
)  # fmt: skip
ME_NAMES = (
    "name", "first_name", "role", "organization", "field", "network_goal", "email", "phone", "website",
    "gender", "doors",
)  # fmt: skip
DOOR_NAMES = ("kind", "label", "address")

_SEVERAL = ("emails", "phones", "urls", "doors")


class View:
    """Named values that a template may look at; a name that is not among them is an error."""

    def __init__(self, kind: str, of: object, names: Sequence[str], locale: str) -> None:
        self._kind = kind
        self._names = names
        self._of = of
        self._locale = locale
        self._looked_at = False

    def __getattr__(self, name: str) -> object:
        if name not in self._names:
            raise AttributeError(name)
        self._looked_at = True
        value = self.__dict__[name] = self._read(name)  # from now on, it is simply there
        return value

    def __str__(self) -> str:
        return str(getattr(self, {"contact": "display_name", "me": "name"}.get(self._kind, "label")))

    def _read(self, name: str) -> object:
        value = _value_of(self._of, name)
        if name == "elides":
            return value
        if name == "doors":
            doors = value if isinstance(value, Iterable) else ()
            return tuple(View("door", door, DOOR_NAMES, self._locale) for door in doors)
        if name == "first_name" and not value:
            return str(self.__getattr__("name")).partition(" ")[0]
        if value is None:
            return () if name in _SEVERAL else ""
        return _clean(value, self._locale)


def _value_of(of: object, name: str) -> object:
    return of.get(name) if isinstance(of, Mapping) else getattr(of, name, None)


def _clean(value: object, locale: str) -> object:
    """A value from outside as text on one line, without marks; of several languages, the right one."""
    if isinstance(value, str):
        return " ".join(without_marks(value).split("\n")).strip()
    if isinstance(value, Mapping):
        return _clean(value.get(locale, value.get(locale.partition("-")[0], "")), locale)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return tuple(_clean(item, locale) for item in value)
    return _clean(str(value), locale)
