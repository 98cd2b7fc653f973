"""Who writes: the person's own profile, as it stands in `profile.toml`."""

from __future__ import annotations

import dataclasses
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from motjuste.errors import UserError, nearest
from motjuste.inbox.interests import Interests
from motjuste.people.names import safe_text

LANGUAGES = ("fr-FR", "fr-CA", "en")
ADDRESS_FORMS = ("tu", "vous")
GENDERS = ("F", "M", "O")
TIERS = ("free", "premium")
AIMS = ("reach", "quality")
# More than any account has; a number beyond it is a mistake.
MOST_NOTES = 1000
# Those that ship; a person's own stand in the folder `policies`.
POLICIES = ("strong-ties", "open-network", "four-criteria", "reply-to-reasons")
# Seconds of a pause: a shorter one nobody can type through, for a longer one nobody waits.
SHORTEST_PAUSE, LONGEST_PAUSE = 0.1, 10.0
PASSWORD_FIELDS = ("toolkits", "browsers", "off")
DOOR_KINDS = ("blog", "network", "group", "event", "newsletter", "email", "phone", "other")

# A text by language ("fr", "fr-CA", "en"); the key "" holds one that does for every language.
ByLanguage = Mapping[str, str]


@dataclass(frozen=True)
class Door:
    """A way to stay in touch. `kind` is one of DOOR_KINDS; the label may be unknown in a language."""

    kind: str
    label: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class Me:
    """The writer as a template sees them, in the message's language; unknown texts are empty."""

    name: str = ""
    first_name: str = ""
    role: str = ""
    organization: str = ""
    field: str = ""
    network_goal: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""
    gender: str = ""
    """"F", "M" or "O" as the writer says it, for words that agree; "" asks for neutral ones."""
    doors: tuple[Door, ...] = ()


@dataclass(frozen=True)
class DoorByLanguage:
    """A door as the profile holds it, its label by language."""

    kind: str
    label: ByLanguage = dataclasses.field(default_factory=dict)
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class Typing:
    """How the person wants their typing understood.

    `separators` are the signs that end a word, as white space does anyway; None means the usual ones. `pause` is
    how many seconds without a key are a pause; with `undo`, Backspace right after an expansion takes it back.
    """

    separators: str | None = None
    pause: float = 0.6
    undo: bool = True


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What `profile.toml` says; an empty profile is a valid one."""

    name: str = ""
    first_name: str = ""
    role: ByLanguage = dataclasses.field(default_factory=dict)
    organization: str = ""
    field: ByLanguage = dataclasses.field(default_factory=dict)
    network_goal: ByLanguage = dataclasses.field(default_factory=dict)
    email: str = ""
    phone: str = ""
    website: str = ""
    gender: str = ""
    language: str = ""
    address_form: str = ""
    tier: str = "premium"
    default_policy: str = "strong-ties"
    block: tuple[str, ...] = ()
    """Names, companies and profile addresses whose invitations are never wanted."""
    aim: str = "quality"
    """What invitations are sent for: "reach" for many contacts, "quality" for those that matter."""
    notes_per_month: int = 5
    """How many personal notes a free account has; others name other numbers, so it is a setting."""
    password_fields: str = "toolkits"
    doors: tuple[DoorByLanguage, ...] = ()
    typing: Typing = Typing()
    interests: Interests = dataclasses.field(default_factory=Interests)

    def me(self, locale: str) -> Me:
        """The writer for a message in `locale`: each text in that language, or empty."""
        return Me(
            name=self.name,
            first_name=self.first_name or self.name.partition(" ")[0],
            role=_in(self.role, locale),
            organization=self.organization,
            field=_in(self.field, locale),
            network_goal=_in(self.network_goal, locale),
            email=self.email,
            phone=self.phone,
            website=self.website,
            gender=self.gender,
            doors=tuple(Door(door.kind, _in(door.label, locale), door.address) for door in self.doors),
        )

    def missing_in(self, locale: str) -> tuple[str, ...]:
        """The keys that have a text, but none for `locale`."""
        texts = {"role": self.role, "field": self.field, "network_goal": self.network_goal}
        return tuple(key for key, text in texts.items() if text and not _in(text, locale))


def _in(text: ByLanguage, locale: str) -> str:
    return text.get(locale) or text.get(locale.partition("-")[0]) or text.get("", "")


def read_profile(
    toml_text: str, source: str, languages: Iterable[str] = (), policies: Iterable[str] = ()
) -> Profile:
    """The profile that `toml_text` holds; besides LANGUAGES and POLICIES it may speak of `languages`, `policies`.

    Raises UserError for the first thing that is wrong: `source`, the line, the nearest known name.
    """
    try:
        document = tomllib.loads(toml_text)
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(str(error), toml_text, source) from error
    known = (*LANGUAGES, *(each for each in languages if each not in ("fr", *LANGUAGES)))
    return _ProfileReader(toml_text, source, known, (*POLICIES, *policies)).read(document)


def _syntax_error(message: str, toml_text: str, source: str) -> UserError:
    told = re.fullmatch(r"(?P<what>.*?) \(at (?:line (?P<line>\d+), column \d+|end of document)\)", message)
    what = told["what"] if told else message
    line = told["line"] if told and told["line"] else str(len(toml_text.splitlines()) or 1)
    written = "".join(toml_text.splitlines()[int(line) - 1 : int(line)])
    if re.search(r"=\s*[“”„«‘’]", written):
        problem, next_step = "these quotation marks are not plain", 'write: name = "Camille Roy"'
    elif what == r"Illegal character '\n'":
        problem, next_step = "a quotation mark is not closed", 'write: name = "Camille Roy"'
    elif what == "Cannot overwrite a value":
        problem, next_step = "this stands twice", "keep one of them"
    else:
        problem = f"this is not TOML: {what[:1].lower()}{what[1:]}"
        next_step = 'a line reads like: name = "Camille Roy"'
    return UserError(f"{source}:{line}: {problem}", next_step=next_step)


class _ProfileReader:
    """Checks each key and value of a profile, and knows where in the file it stands."""

    def __init__(
        self, toml_text: str, source: str, languages: tuple[str, ...], policies: tuple[str, ...]
    ) -> None:
        self.lines = toml_text.splitlines()
        self.source = source
        self.languages = languages
        self.policies = tuple(dict.fromkeys(policies))

    def read(self, document: Mapping[str, Any]) -> Profile:
        readers: dict[str, Callable[[str, Any], Any]] = {each.name: self.text for each in fields(Profile)}
        readers |= {
            "role": self.text_for_all,
            "field": self.text_by_language,
            "network_goal": self.text_by_language,
            "language": self.language,
            "address_form": self.one_of(ADDRESS_FORMS),
            "gender": self.one_of(GENDERS),
            "tier": self.one_of(TIERS),
            "default_policy": self.one_of(self.policies),
            "block": self.texts,
            "password_fields": self.one_of(PASSWORD_FIELDS),
            "aim": self.one_of(AIMS),
            "notes_per_month": self.notes,
            "interests": self.interests,
            "doors": self.doors,
            "typing": self.typing,
        }
        values = {}
        self.own_language = str(document.get("language", "")).partition("-")[0]
        for key, value in document.items():
            if key not in readers:
                raise self.unknown("key", key, readers, self.line_of(key))
            values[key] = readers[key](key, value)
        return Profile(**values)

    def text(self, key: str, value: Any) -> str:
        if not isinstance(value, str):
            raise self.wrong(key, f"{key} should be a text in quotes, not {_shown(value)}")
        return safe_text(value)

    def texts(self, key: str, value: Any) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self.wrong(
                key,
                f"{key} should be texts in quotes, not {_shown(value)}",
                next_step=f'such as: {key} = ["Nord Conseil"]',
            )
        return tuple(filter(None, map(safe_text, value)))

    def text_for_all(self, key: str, value: Any) -> ByLanguage:
        return self.table(key, value) if isinstance(value, dict) else {"": self.text(key, value)}

    def text_by_language(self, key: str, value: Any) -> ByLanguage:
        """A plain text is in the person's own language: it must not turn up in a message in another."""
        return (
            self.table(key, value) if isinstance(value, dict) else {self.own_language: self.text(key, value)}
        )

    def table(self, key: str, value: Mapping[str, Any]) -> ByLanguage:
        known = ("fr", *self.languages)
        for language in value:
            if language not in known:
                raise self.unknown(
                    f"language in {key}", language, known, self.line_of(language, fallback=key)
                )
        return {language: self.text(key, text) for language, text in value.items()}

    def one_of(self, choices: tuple[str, ...]) -> Callable[[str, Any], str]:
        def read(key: str, value: Any) -> str:
            for choice in choices:
                if isinstance(value, str) and value.casefold() == choice.casefold():
                    return choice
            raise self.wrong(key, f"{key} should be one of {', '.join(choices)}, not {_shown(value)}")

        return read

    def language(self, key: str, value: Any) -> str:
        """One of the languages; any region of one whose regions are not told apart, such as es-MX."""
        base, _, region = value.partition("-") if isinstance(value, str) else ("", "", "")
        if re.fullmatch(r"[A-Za-z]{2}", region) and base.casefold() in self.languages[len(LANGUAGES) :]:
            return f"{base.casefold()}-{region.upper()}"
        return self.one_of(self.languages)(key, value)

    def doors(self, key: str, value: Any) -> tuple[DoorByLanguage, ...]:
        if not isinstance(value, list) or not all(isinstance(door, dict) for door in value):
            raise self.wrong(key, "doors should be tables", next_step="begin each door with a line [[doors]]")
        return tuple(self.door(door, number) for number, door in enumerate(value))

    def door(self, door: Mapping[str, Any], number: int) -> DoorByLanguage:
        start = self.line_of_door(number)
        for key in door:
            if key not in ("kind", "label", "address"):
                line = self.line_of(key, start=start)
                raise self.unknown("key in doors", key, ("kind", "label", "address"), line)
        kind = door.get("kind", "other")
        if kind not in DOOR_KINDS:
            raise self.at(
                self.line_of("kind", start=start),
                f"a door's kind should be one of {', '.join(DOOR_KINDS)}, not {_shown(kind)}",
            )
        label = self.text_for_all("label", door["label"]) if "label" in door else {}
        address = self.text("address", door.get("address", ""))
        if not label and not address:
            raise self.at(
                start, "this door has neither a label nor an address", next_step="give it one of them"
            )
        return DoorByLanguage(kind, label, address)

    def typing(self, key: str, value: Any) -> Typing:
        if not isinstance(value, dict):
            raise self.wrong(key, "typing should be a table", next_step="begin it with a line [typing]")
        readers: dict[str, Callable[[int, Any], Any]] = {
            "separators": self.separators,
            "pause": self.pause,
            "undo": self.flag,
        }
        start = self.line_of(key)
        self.nothing_misplaced(key, value, readers, start)
        for name in value:
            line = self.line_of(name, start=start)
            if name not in readers:
                raise self.unknown("key in typing", name, readers, line)
        values = {name: readers[name](self.line_of(name, start=start), each) for name, each in value.items()}
        return Typing(**values)

    def nothing_misplaced(self, table: str, value: Mapping[str, Any], own: Iterable[str], start: int) -> None:
        """A key of the profile below the line that begins a table belongs to the table, for TOML."""
        for name in value:
            if name not in own and name in (each.name for each in fields(Profile)):
                problem = f"{name!r} stands in the table [{table}]"
                raise self.at(
                    self.line_of(name, start=start), problem, next_step=f"move it above the line [{table}]"
                )

    def interests(self, key: str, value: Any) -> Interests:
        from motjuste.profile_interests import read_interests  # late: few profiles have them

        start = self.line_of(key)
        if isinstance(value, dict):
            self.nothing_misplaced(key, value, (each.name for each in fields(Interests)), start)
        return read_interests(self, value, start)

    def notes(self, key: str, value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_NOTES:
            raise self.wrong(key, f"{key} should be a whole number from 0 to {MOST_NOTES}, not {_shown(value)}")
        return value

    def separators(self, line: int, value: Any) -> str:
        if not isinstance(value, str):
            raise self.at(line, f"separators should be a text in quotes, not {_shown(value)}")
        for sign in value:
            if unicodedata.category(sign)[0] not in "PSZ" and sign not in "\t\n\r\v\f":
                raise self.at(
                    line,
                    f"separators should be signs that end a word, not {sign!r}",
                    next_step='write them without letters, digits or commas between them: " ,;:.?!"',
                )
        return value

    def pause(self, line: int, value: Any) -> float:
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if not number or not SHORTEST_PAUSE <= value <= LONGEST_PAUSE:
            raise self.at(
                line,
                f"pause should be a number of seconds from {SHORTEST_PAUSE:g} to {LONGEST_PAUSE:g}, "
                f"not {_shown(value)}",
            )
        return float(value)

    def flag(self, line: int, value: Any) -> bool:
        if not isinstance(value, bool):
            raise self.at(line, f"undo should be true or false, not {_shown(value)}")
        return value

    def line_of(self, key: str, *, start: int = 1, fallback: str = "") -> int:
        """The line where `key` is set, at `start` or below it; the first line when it cannot be told."""
        quoted = re.escape(key)
        sets_key = re.compile(rf"""(?:^|[{{,.])\s*\[*\s*["']?{quoted}["']?\s*\]*\s*(?:=|\.|$)""")
        for number, line in enumerate(self.lines[start - 1 :], start):
            if sets_key.search(line):
                return number
        return self.line_of(fallback) if fallback else start

    def line_of_door(self, number: int) -> int:
        starts = [
            line for line, text in enumerate(self.lines, 1) if re.match(r"\s*\[\[\s*doors\s*\]\]", text)
        ]
        return starts[number] if number < len(starts) else self.line_of("doors")

    def wrong(self, key: str, problem: str, *, next_step: str = "") -> UserError:
        return self.at(self.line_of(key), problem, next_step=next_step)

    def at(self, line: int, problem: str, *, next_step: str = "") -> UserError:
        return UserError(f"{self.source}:{line}: {problem}", next_step=next_step)

    def unknown(
        self, what: str, name: str, known: Mapping[str, Any] | tuple[str, ...], line: int
    ) -> UserError:
        closest = nearest(name, known)
        return self.at(
            line,
            f"unknown {what} {name!r}",
            next_step=f"did you mean {closest!r}?" if closest else f"known: {', '.join(known)}",
        )


def _shown(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else repr(value)
