"""The library of message templates: reading them, finding one, rendering it for a person and a channel."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from motjuste.errors import UserError, nearest
from motjuste.messages.channels import Channel
from motjuste.messages.code_keys import BARE_TEXT
from motjuste.messages.fit import Fitted, choose
from motjuste.messages.front_matter import Field, FrontMatter, split
from motjuste.messages.kept_front_matter import KeptFrontMatter
from motjuste.messages.marks import without_marks
from motjuste.messages.rendered import Finisher
from motjuste.messages.rendered import Part as Part
from motjuste.messages.rendered import Rendered as Rendered
from motjuste.messages.view import CONTACT_NAMES, ME_NAMES, View
from motjuste.messages.wordings import Pins

if TYPE_CHECKING:
    from jinja2 import nodes

    from motjuste.messages.environment import CodeStore, Environment

VARIABLES = ("contact", "me", "form", "lang", "locale", "region", "tu", "limit", "vt")

CHECKS_FILE = "_checks.toml"
"""The file of a language that is no template: what the checks know of it."""

_NO_PINS: Pins = {}
_EXTENDS = re.compile(r"\{%[-+]?\s*extends\s+['\"]([^'\"]+)['\"]")


@dataclass(frozen=True)
class Source:
    """A file: its `name` without ending, the `language` of its folder, a `path` for messages, its `text`."""

    name: str
    language: str
    path: str
    text: str


@dataclass(frozen=True)
class Template:
    """A message that can be rendered; `key` is what `extends` and `import` call it.

    Those of its `triggers` that are in `triggers_at_rest` too fire at the separator behind them or in a
    pause. `lengths` holds, by form, the UTF-16 code units that it stays within whatever room the channel
    leaves. `silence` holds the reason by the name of each check that has nothing to say about it.
    """

    name: str
    language: str
    path: str
    key: str
    title: str = ""
    description: str = ""
    when: str = ""
    tags: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()
    triggers_at_rest: tuple[str, ...] = ()
    channel: str = "none"
    fields: Mapping[str, Field] = field(default_factory=dict)
    forms: tuple[str, ...] = ("",)
    lengths: Mapping[str, int] = field(default_factory=dict)
    silence: Mapping[str, str] = field(default_factory=dict)


class Library:
    """Templates by language and name; the person's own ones stand before those that ship."""

    def __init__(
        self,
        shipped: Iterable[Source],
        own: Iterable[Source],
        compiled: CodeStore | None = None,
        today: Callable[[], date] | None = None,
    ) -> None:
        self._shipped = {f"{source.language}/{source.name}": source for source in shipped}
        self._own = {f"{source.language}/{source.name}": source for source in own}
        self._compiled = compiled
        self._matter = KeptFrontMatter(compiled)
        self._today = today
        self._texts: dict[str, Source] = {}
        self._trees: dict[str, nodes.Template] = {}
        self._read: dict[str, Template | UserError] = {}

    @classmethod
    def load(
        cls,
        shipped: Iterable[Source],
        own: Iterable[Source] = (),
        *,
        compiled: CodeStore | None = None,
        today: Callable[[], date] | None = None,
    ) -> Library:
        """A library of these files; nothing is read before it is asked for.

        `compiled` keeps it compiled; `today` is asked which day it is, and without it that is always the same one.
        """
        return cls(shipped, own, compiled, today)

    def with_own(self, own: Iterable[Source]) -> Library:
        """The same library, in which these files stand before those of the same name."""
        return Library(self._shipped.values(), (*self._own.values(), *own), self._compiled)

    @property
    def languages(self) -> frozenset[str]:
        """The languages that there are messages in, regions included; nothing is read to know them."""
        return frozenset(key.partition("/")[0] for key in self._keys())

    def languages_of(self, name: str) -> frozenset[str]:
        """The languages that there is a message of that name in."""
        return self._languages_by_name.get(name, frozenset())

    @cached_property
    def _languages_by_name(self) -> Mapping[str, frozenset[str]]:
        # Every message asks for it: thousands of replies in a row share it.
        found: dict[str, frozenset[str]] = {}
        for key in self._keys():
            language, _, name = key.partition("/")
            found[name] = found.get(name, frozenset()) | {language}
        return found

    @cached_property
    def templates(self) -> tuple[Template, ...]:
        """Every template that works, by language and name."""
        checked = (self._checked(key) for key in self._keys())
        return tuple(found for found in checked if isinstance(found, Template))

    @cached_property
    def problems(self) -> tuple[UserError, ...]:
        """What is wrong with the templates that do not work."""
        checked = [self._checked(key) for key in self._keys()]
        pieces = [self._compiling(key) for key in {**self._shipped, **self._own} if _is_piece(key, compiled=True)]
        return tuple(found for found in (*checked, *pieces) if isinstance(found, UserError))

    @property
    def pieces(self) -> tuple[str, ...]:
        """The keys of the files that are only there to be imported or extended, if they can be read."""
        keys = sorted(key for key in {**self._shipped, **self._own} if _is_piece(key, compiled=True))
        return tuple(key for key in keys if self._compiling(key) is None)

    @property
    def functions(self) -> frozenset[str]:
        """The functions that every template knows."""
        return frozenset(self._environment.globals)

    def syntax(self, key: str) -> nodes.Template:
        """The syntax tree of a template or a piece."""
        if key not in self._trees:
            self._trees[key] = self._environment.parsed(key)
        return self._trees[key]

    def path_of(self, key: str) -> str:
        """Where a template or a piece is kept."""
        return self._environment.path_of(key)

    def text_of(self, key: str) -> str:
        """What stands in the file of a template or a piece."""
        source = self._source(key)
        return source.text.removeprefix("\ufeff").replace("\r\n", "\n") if source else ""

    def silenced(self, key: str) -> Mapping[str, str]:
        """The checks that a template or a piece silences, with the reasons."""
        try:
            return self._inherited(key, ()).silence or {}
        except UserError:
            return {}

    def find(self, name: str, locale: str) -> Template:
        """The template of that name in the locale's region, else in its language."""
        for language in (locale, locale.partition("-")[0]):
            key = f"{language}/{name}"
            if not _is_piece(key) and (key in self._own or key in self._shipped):
                found = self._front(key)
                if isinstance(found, UserError):
                    raise found
                return found
        raise self._unknown(name, locale)

    def text_template(
        self,
        text: str,
        *,
        language: str = "fr",
        path: str = "text",
        channel: str = "none",
        fields: Iterable[str] = (),
    ) -> Template:
        """A template made of a bare text, such as a snippet's, with these fields; equal texts are compiled once."""
        key = f"{BARE_TEXT}{language}/{path}/{text}"
        self._texts[key] = Source(path, language, path, text)
        return Template(
            name=path,
            language=language,
            path=path,
            key=key,
            title=path,
            channel=channel,
            fields={name: Field(name, ask="") for name in fields},
        )

    def render(
        self,
        template: Template,
        *,
        contact: object,
        me: Mapping[str, object] | object,
        fields: Mapping[str, str],
        locale: str,
        tu: bool,
        form: str,
        channel: Channel,
        limit: int | None = None,
        pins: Pins = _NO_PINS,
        even_too_long: bool = False,
    ) -> Rendered:
        """The message for this person, in this form (`auto`: the longest form that fits) and this channel.

        `pins` name the wording of a fit block, by the block's number. A text that does not fit in any wording is a
        DoesNotFit, which carries the shortest one; `even_too_long` gives that one all the same.
        """
        room = channel.room(limit)
        if locale.partition("-")[0] != template.language.partition("-")[0]:
            locale = template.language
        variables = _variables(template, contact, me, fields, locale, tu, room.limit)
        people = {name: variables[name] for name in ("contact", "me")}
        finisher = Finisher(locale, channel, room)

        def told(rendered: Rendered) -> Rendered:
            about = (name for name, view in people.items() if isinstance(view, View) and view._looked_at)
            return replace(rendered, about=frozenset(about))

        tried: list[tuple[str, Fitted]] = []
        for one in _forms_to_try(template, form):
            marked = self._environment.run(template.key, {**variables, "form": one or "long"})
            fitted = _fitted(template, marked, finisher, template.lengths.get(one), pins)
            if fitted.first:
                return told(finisher.rendered(fitted.first, fitted, one))
            tried.append((one, fitted))
        # A form's own length is a matter of style: rather a longer message than none.
        for one, fitted in tried:
            if room.overflow(finisher.text(fitted.shortest)) is None:
                return told(finisher.rendered(fitted.shortest, fitted, one))
        if even_too_long:
            one, fitted = min(tried, key=lambda each: room.length(finisher.text(each[1].shortest)))
            return told(finisher.rendered(fitted.shortest, fitted, one))
        raise finisher.refusal([fitted.shortest for _, fitted in tried])

    @cached_property
    def _environment(self) -> Environment:
        # Late: Jinja takes longer to load than all the rest.
        from motjuste.messages.environment import EXAMPLE_DAY, Environment

        return Environment(
            self._body,
            lambda: [*self._shipped, *self._own],
            self._compiled,
            self._today or (lambda: EXAMPLE_DAY),
        )

    def _source(self, key: str) -> Source | None:
        if key.startswith("shipped/"):
            return self._shipped.get(key.removeprefix("shipped/"))
        return self._own.get(key) or self._shipped.get(key) or self._texts.get(key)

    def _body(self, key: str) -> tuple[str, str] | None:
        source = self._source(key)
        if source is None:
            return None
        if key in self._texts:
            return source.path, source.text
        return source.path, split(source.text, source.path)[1]

    def _keys(self) -> list[str]:
        return sorted(key for key in {**self._shipped, **self._own} if not _is_piece(key))

    def _checked(self, key: str) -> Template | UserError:
        found = self._front(key)
        return found if isinstance(found, UserError) else self._compiling(key) or found

    def _compiling(self, key: str) -> UserError | None:
        try:
            self._environment.compiled(key)
        except UserError as error:
            return error
        return None

    def _front(self, key: str) -> Template | UserError:
        if key not in self._read:
            source = self._source(key)
            assert source is not None
            try:
                matter = self._inherited(key, ())
                self._read[key] = _template(key, source, matter)
            except UserError as error:
                self._read[key] = error
        return self._read[key]

    def _inherited(self, key: str, below: tuple[str, ...]) -> FrontMatter:
        """The front matter of a file, with what it lacks from the one that it extends."""
        source = self._source(key)
        if source is None or key in below:
            return FrontMatter()  # compiling or rendering says it better, with the line
        matter = self._matter.read(split(source.text, source.path)[0], source.path)
        extends = _EXTENDS.search(source.text)
        if not extends:
            return matter
        above = self._inherited(extends[1], (*below, key))
        fields = {**(above.fields or {}), **(matter.fields or {})}
        own = {name: value for name, value in vars(matter).items() if value is not None}
        return replace(above, **{**own, "fields": fields})

    def _unknown(self, name: str, locale: str) -> UserError:
        names = {key.partition("/")[2]: key.partition("/")[0] for key in self._keys()}
        language = locale.partition("-")[0]
        if name in names:
            return UserError(
                f"the template '{name}' does not exist in {locale}",
                next_step=f"it does in {names[name]}: use that language",
            )
        here = [key.partition("/")[2] for key in self._keys() if key.partition("/")[0] in (locale, language)]
        close = nearest(name, here or names)
        return UserError(
            f"unknown template '{name}'" + (f" (nearest: '{close}')" if close else ""),
            next_step="see 'motjuste templates list'",
        )


def _fitted(template: Template, marked: str, finisher: Finisher, most: int | None, pins: Pins) -> Fitted:
    try:
        return choose(marked, finisher.finish, finisher.room.within(most), pins)
    except UserError as error:
        raise UserError(f"{template.path}: {error.problem}", next_step=error.next_step) from None


def _is_piece(key: str, *, compiled: bool = False) -> bool:
    """Whether a file is no message; with `compiled`, whether it is a template all the same."""
    name = key.rpartition("/")[2]
    return name.startswith("_") and not (compiled and name == CHECKS_FILE)


def _template(key: str, source: Source, matter: FrontMatter) -> Template:
    return Template(
        name=source.name,
        language=source.language,
        path=source.path,
        key=key,
        title=matter.title or source.name,
        description=matter.description or "",
        when=matter.when or "",
        tags=matter.tags or (),
        triggers=(*(matter.triggers or ()), *(matter.triggers_at_rest or ())),
        triggers_at_rest=matter.triggers_at_rest or (),
        channel=matter.channel or "none",
        fields=dict(matter.fields or {}),
        forms=tuple(matter.forms or ("",)),
        lengths={form: length for form, length in (matter.forms or {}).items() if length is not None},
        silence=dict(matter.silence or {}),
    )


def _forms_to_try(template: Template, form: str) -> Sequence[str]:
    if form == "auto":
        return template.forms
    if form in template.forms:
        return (form,)
    has = ", ".join(one for one in template.forms if one)
    raise UserError(
        f"'{template.name}' has no form '{form}'",
        next_step=f"use one of auto, {has}" if has else "it has one form only: leave the form out",
    )


def _values_of(template: Template, given: Mapping[str, str]) -> dict[str, str]:
    """The declared fields with the given values, or their defaults."""
    for name, value in given.items():
        if name not in template.fields:
            close = nearest(name, template.fields)
            raise UserError(
                f"'{template.name}' has no field '{name}'" + (f" (nearest: '{close}')" if close else ""),
                next_step="its fields: " + (", ".join(template.fields) or "none"),
            )
        asked = template.fields[name]
        if asked.choices and value not in (*asked.choices, asked.default):
            close = nearest(value, asked.choices)
            raise UserError(
                f"{name}='{value}' is not a choice of '{template.name}'"
                + (f" (nearest: '{close}')" if close else ""),
                next_step="use one of " + ", ".join(asked.choices),
            )
    return {name: without_marks(given.get(name, asked.default)) for name, asked in template.fields.items()}


def _variables(
    template: Template,
    contact: object,
    me: Mapping[str, object] | object,
    fields: Mapping[str, str],
    locale: str,
    tu: bool,
    limit: int | None,
) -> dict[str, object]:
    """All that a template can name, save its form."""
    lang, _, region = locale.partition("-")
    return {
        **_values_of(template, fields),
        "contact": View("contact", contact, CONTACT_NAMES, locale),
        "me": View("me", me, ME_NAMES, locale),
        "lang": lang,
        "locale": locale,
        "region": region,
        "tu": tu,
        "limit": limit,
        "vt": (lambda vous_form, tu_form: tu_form) if tu else (lambda vous_form, tu_form: vous_form),
    }
