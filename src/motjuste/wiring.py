"""From settings to an engine's parts: the one place that knows everybody."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from motjuste.adapters.address_book import VCardFolder
from motjuste.adapters.application_files import ApplicationFile, read_application_file
from motjuste.adapters.settings import Places
from motjuste.adapters.snippet_files import NO_SNIPPETS, read_snippet_file, read_snippet_folder
from motjuste.adapters.template_files import shipped_folder
from motjuste.adapters.title_files import read_title_file
from motjuste.compose import DEFAULT_LOCALE, Request, addressed, ambiguous, locale_for
from motjuste.desk import Attempts, Desk, desk
from motjuste.engine import Engine, Expander, Expansion, Outcome
from motjuste.errors import DoesNotFit, NoSuchPerson, UserError, nearest
from motjuste.expansion.applications import Applications, Wildcards, folded, names_of
from motjuste.expansion.expressions import group_names
from motjuste.expansion.keys import KeyEvent
from motjuste.expansion.matching import SEPARATORS, Match, Matcher
from motjuste.expansion.snippets import Snippet
from motjuste.expansion.table import SnippetTable
from motjuste.messages.channels import Channel, find_channel
from motjuste.messages.checks import check_at_load
from motjuste.messages.marks import without_marks
from motjuste.messages.templates import VARIABLES, Template
from motjuste.people.card import Contact
from motjuste.people.title_rules import TitleRule
from motjuste.people.who import Meant, who_is_meant
from motjuste.ports import FrontWindow, Injector, Notifier, Window
from motjuste.profile import Typing

CARET = "$|$"
MARKUP = ("{{", "{%", "{#")


@dataclass(frozen=True)
class Listening:
    """What an engine needs to know what was typed, what should stand there, and how it goes in where.

    `problems` are sentences about files that could not be used; `snippet_problems` are those among them that
    concern snippets.
    """

    matcher: Matcher
    expander: MessageExpander
    typing: Typing
    applications: Applications
    triggers: int
    book: VCardFolder
    problems: tuple[str, ...]
    snippet_problems: tuple[str, ...]

    def engine(
        self,
        *,
        injector: Injector,
        window: FrontWindow,
        notifier: Notifier,
        observer: Callable[[Outcome], None] = lambda outcome: None,
        seen: Callable[[Expander], Expander] = lambda expander: expander,
    ) -> Engine:
        """An engine at these ports; `seen` may put something around what expands."""
        engine = Engine(
            matcher=self.matcher,
            expander=self.expander,
            injector=injector,
            window=window,
            notifier=notifier,
            observer=observer,
        )
        self.renew(engine, seen=seen)
        # The window that is in front already may be one that a rule turns off.
        engine.key(KeyEvent(name="Focus"))
        return engine

    def renew(
        self, engine: Engine, *, seen: Callable[[Expander], Expander] = lambda expander: expander
    ) -> None:
        """Let an engine go on with what was read."""
        engine.replace_matcher(self.matcher)
        engine.replace_expander(seen(self.expander))
        engine.treatment = self.applications.treatment
        engine.wait_seconds = self.typing.pause
        engine.undo = self.typing.undo


def listening(
    places: Places,
    *,
    book: VCardFolder | None = None,
    argument: Contact | None = None,
    snippet_file: Path | None = None,
    clipboard: Callable[[], str] = str,
) -> Listening:
    """Read everything anew: templates, snippets, profile, channels and rules; of the `book`, the cards that changed.

    With `argument`, every expansion is for that person; `clipboard` reads what was copied last, "" for none. With
    `snippet_file`, that file stands in place of the person's own snippets.
    The person's own triggers come before those of the templates.
    """
    at = desk(places, book, tidy=True)
    files = Attempts()
    own = files.read(
        lambda: (
            read_snippet_file(snippet_file, places.cache)
            if snippet_file
            else read_snippet_folder(places.snippets, places.cache)
        ),
        NO_SNIPPETS,
    )
    languages = _languages_by_trigger(at.library.templates)
    suspects = own.snippets.having("template", "regex")
    astray = {number: problem for number in suspects if (problem := _what_is_wrong(own.snippets[number], at))}
    mine = own.snippets.without(astray)
    shipped = {trigger for template in at.library.templates for trigger in template.triggers}
    library = _library_snippets(at.library.templates, without=shipped.intersection(mine.every_trigger))
    snippet_problems = (*map(str, files.problems), *own.problems, *astray.values())
    profile_problem = (at.profile_problem,) if at.profile_problem else ()
    rules = rule_files(places)
    titles = read_title_file(places.titles)
    rule_problems = (*rules.own.problems, *_astray(rules.own, mine, library))
    return Listening(
        matcher=Matcher(library, tables=(mine,), separators=_separators(at.profile.typing)),
        expander=MessageExpander(at, languages, argument, titles=titles.rules, clipboard=clipboard),
        typing=at.profile.typing,
        triggers=len(mine.every_trigger)
        + len(mine.having("regex"))
        + sum(len(snippet.triggers) for snippet in library),
        applications=rules.applications,
        book=at.book,
        problems=(
            *map(str, (*profile_problem, *at.problems, *at.library.problems)),
            # Only what costs nothing: to write every text takes seconds, and is for `motjuste templates check`.
            *map(str, check_at_load(at.library, at.channels)),
            *snippet_problems,
            *rule_problems,
            *titles.problems,
        ),
        snippet_problems=snippet_problems,
    )


@dataclass(frozen=True)
class RuleFiles:
    """The rules per application: a person's own, and those that ship."""

    own: ApplicationFile
    shipped: ApplicationFile

    @property
    def applications(self) -> Applications:
        return Applications((*self.own.rules, *self.shipped.rules))


def rule_files(places: Places) -> RuleFiles:
    """Read the rules per application."""
    return RuleFiles(
        own=read_application_file(places.applications),
        shipped=read_application_file(shipped_folder() / "applications.toml"),
    )


def _astray(own: ApplicationFile, mine: SnippetTable, library: tuple[Snippet, ...]) -> Iterator[str]:
    """What is wrong with the rules that name snippets which are not there: they would silence all others."""
    if not any(rule.snippets for rule in own.rules):
        return
    named = [mine[number] for number in mine.having("label", "template")]
    files = [Snippet(triggers=(), source=source) for source in mine.sources]
    known = {folded(name) for snippet in (*named, *files, *library) for name in names_of(snippet)}
    for rule in own.rules:
        for name in rule.snippets or ():
            wanted = Wildcards([name])
            if not any(wanted.fit(each) for each in known):
                close = nearest(name, known)
                meant = f"did you mean {close!r}?" if close else "name a snippet's label, its file or a template"
                yield f"{rule.source}: the rule {rule.name!r} names {name!r}, which no snippet is called; {meant}"


def _separators(typing: Typing) -> frozenset[str]:
    """What ends a word: of the usual signs, white space always does."""
    if typing.separators is None:
        return SEPARATORS
    return frozenset(typing.separators) | frozenset(filter(str.isspace, SEPARATORS))


def _what_is_wrong(snippet: Snippet, at: Desk) -> str:
    """Why a snippet cannot become a text: its template is not there, or a group has a name that is taken."""
    taken = [name for name in group_names(snippet.regex) if name in VARIABLES]
    if taken:
        return (
            f"{snippet.source}: the group {taken[0]!r} of the regular expression has a name that every text "
            "knows already; give it another"
        )
    if not snippet.template or snippet.template in {each.name for each in at.library.templates}:
        return ""
    try:
        at.library.find(snippet.template, at.profile.language or DEFAULT_LOCALE)
    except UserError as problem:
        return f"{snippet.source}: {problem}"
    return ""


def _languages_by_trigger(templates: tuple[Template, ...]) -> Mapping[tuple[str, str], frozenset[str]]:
    """The languages in which a template, by its name, has a trigger."""
    found: dict[tuple[str, str], frozenset[str]] = {}
    for template in templates:
        for trigger in template.triggers:
            key = (template.name, trigger)
            found[key] = found.get(key, frozenset()) | {template.language}
    return found


def _library_snippets(templates: tuple[Template, ...], *, without: set[str]) -> tuple[Snippet, ...]:
    """One snippet a template name and way to fire: its language is decided when it is expanded."""
    triggers: dict[str, dict[str, bool]] = {}
    first: dict[str, Template] = {}
    for template in templates:
        first.setdefault(template.name, template)
        found = triggers.setdefault(template.name, {})
        for trigger in template.triggers:
            if trigger not in without:
                # While somebody types, the language is not known: what begins words in one rests in all.
                found[trigger] = found.get(trigger, False) or trigger in template.triggers_at_rest
    return tuple(
        # A trigger must not fire at the end of a longer word.
        Snippet(
            triggers=alike,
            template=name,
            left_word=True,
            at_rest=at_rest,
            label=name,
            source=first[name].path,
        )
        for name, found in triggers.items()
        for at_rest in (False, True)
        if (alike := tuple(trigger for trigger, rests in found.items() if rests is at_rest))
    )


class MessageExpander:
    """Turns a match into a message for whoever is meant. Fulfils engine.Expander."""

    def __init__(
        self,
        desk: Desk,
        languages: Mapping[tuple[str, str], frozenset[str]],
        argument: Contact | None = None,
        *,
        titles: tuple[TitleRule, ...] = (),
        clipboard: Callable[[], str] = str,
    ) -> None:
        self._titles = titles
        self._clipboard = clipboard
        self._desk = desk
        self._languages = languages
        self._argument = argument

    def expand(self, match: Match, window: Window) -> Expansion:
        """The text for `match`; UserError when nobody certain is meant, or the text does not fit."""
        snippet = match.snippet
        if not snippet.template and not any(mark in snippet.replace for mark in MARKUP):
            return _as_it_stands(snippet)
        for_somebody = bool(snippet.template) or "contact" in snippet.replace
        meant = self._who(window, clipboard=self._clipboard if for_somebody else "")
        if meant.candidates and for_somebody:
            raise _which(meant)
        if snippet.template:
            return self._message(match, meant)
        return self._own_text(match, meant)

    def _who(self, window: Window, *, clipboard: str | Callable[[], str]) -> Meant:
        book = self._desk.book
        return who_is_meant(
            argument=self._argument,
            window_title=window.title,
            clipboard=clipboard,
            contacts=book.contacts(),
            current=book.current(),
            rules=self._titles,
        )

    def _message(self, match: Match, meant: Meant) -> Expansion:
        template = match.snippet.template
        contact = meant.contact or Contact()
        profile, library = self._desk.profile, self._desk.library
        languages = self._languages.get((template, match.trigger)) or {
            each.language for each in library.templates if each.name == template
        }
        locale = locale_for(None, contact, profile, languages)
        if locale.partition("-")[0] not in {language.partition("-")[0] for language in languages}:
            # The trigger exists in another language only, and so says which one is meant.
            locale = locale_for(min(languages), contact, profile, library.languages)
        asked = library.find(template, locale).fields if match.variables else ()
        given = {name: value for name, value in match.variables.items() if name in asked and value}
        message = self._desk.write(Request(template, locale=locale, fields=given), meant)
        rendered = message.rendered
        return Expansion(
            text=rendered.text,
            caret=rendered.caret,
            stops=rendered.stops,
            person=message.contact.display_name,
            evidence=message.evidence,
            template=template,
            length=rendered.length,
            limit=rendered.limit,
            channel=rendered.channel,
            contact=message.contact if "contact" in rendered.about else None,
            check=partial(_check_room, find_channel(self._desk.channels, rendered.channel)),
        )

    def _own_text(self, match: Match, meant: Meant) -> Expansion:
        snippet = match.snippet
        if self._desk.profile_problem is not None:
            raise self._desk.profile_problem
        contact = addressed(meant.contact)
        profile, library = self._desk.profile, self._desk.library
        locale = locale_for(None, contact, profile, library.languages)
        text = library.text_template(
            snippet.replace, language=locale.partition("-")[0], path=snippet.source, fields=match.variables
        )
        rendered = library.render(
            text,
            contact=contact,
            me=profile.me(locale),
            fields=match.variables,
            locale=locale,
            tu=(contact.address_form or profile.address_form) == "tu",
            form="auto",
            channel=Channel("none"),
        )
        return Expansion(
            text=rendered.text,
            caret=rendered.caret,
            stops=rendered.stops,
            person=contact.display_name,
            evidence=meant.evidence,
            contact=contact if "contact" in rendered.about else None,
        )


def _check_room(channel: Channel, text: str) -> None:
    """Raises DoesNotFit when `text` is longer than the channel allows: capitals may be more letters than before."""
    over = channel.room(None).overflow(text)
    if over:
        unit, length, limit = over
        raise DoesNotFit(shortest=text, length=length, limit=limit, unit=unit, channel=channel.name)


_NAMING = {"clipboard": "the clipboard names", "window title and clipboard": "the window and the clipboard name"}


def _which(meant: Meant) -> NoSuchPerson:
    """The question which of several people is meant; whoever types can answer it in a terminal."""
    candidates = meant.candidates
    names = tuple(dict.fromkeys(repr(candidate.display_name) for candidate in candidates))
    if len(names) == 1:
        return ambiguous(
            candidates,
            *names,
            next_step="choose one with 'motjuste contacts use', by e-mail or profile address",
        )
    return NoSuchPerson(
        f"{_NAMING.get(meant.evidence, 'the window names')} {len(candidates)} people: {', '.join(names)}",
        next_step="name one of them in a terminal, for example: motjuste invite NAME --copy",
    )


def _as_it_stands(snippet: Snippet) -> Expansion:
    """A text without markup says the same to everybody, to the last space."""
    first, *others = without_marks(snippet.replace).split(CARET)
    text, places = first, []
    for piece in others:
        places.append(len(text))
        text += piece
    return Expansion(text, places[0] if places else None, tuple(places[1:]))
