"""Each template written for all people and facts, and what its files say without being written."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from motjuste.errors import DoesNotFit, UserError
from motjuste.messages.channels import Channel
from motjuste.messages.checks import Finding, line_of_key
from motjuste.messages.checks.places import place_of, without_comments
from motjuste.messages.checks.prose import Flaw, objections, word_at_caret
from motjuste.messages.checks.reading import NOTHING, Reading, read_reading
from motjuste.messages.checks.samples import Scene, scenes
from motjuste.messages.checks.syntax import (
    blocks,
    names_used,
    unknown_names,
    unreachable_wordings,
    with_all_used,
    with_extended,
)
from motjuste.messages.front_matter import split
from motjuste.messages.templates import CHECKS_FILE, Library, Rendered, Template

_PARTS = ("thanks", "goal", "door")
_NO_CHANNEL = Channel("none")
_WHERE = re.compile(r"(?P<path>.+?):(?P<line>\d+): (?P<problem>.*)", re.DOTALL)


def findings(
    library: Library, channels: Mapping[str, Channel], only: Collection[str]
) -> Iterator[Finding]:
    """All that is wrong with the templates and pieces of `library`, silenced or not, as often as it is seen."""
    for error in library.problems:
        yield _from_error("unreadable", "", error)
    readings: dict[str, Reading] = {}
    for language in library.languages:
        try:
            readings[language] = _reading(library, language)
        except UserError as error:
            yield _from_error("unreadable", "", error)
    fields = {name for template in library.templates for name in template.fields}
    for key in library.pieces:
        yield from _of_syntax(library, key, fields, _NO_CHANNEL)
    for template in library.templates:
        used = with_all_used(library, template.key)
        if only and not {template.path, *map(library.path_of, used)} & set(only):
            continue
        channel = channels.get(template.channel, _NO_CHANNEL)
        found = list(_of_syntax(library, template.key, set(template.fields), channel))
        yield from found
        # A name that is not known ends every text where it stands, in the same words.
        if not any(each.check == "unknown-name" for each in found):
            yield from _Reader(library, template, channel, readings.get(template.language, NOTHING)).findings()


def _reading(library: Library, language: str) -> Reading:
    """What the language's own file says of it, or that of the language without its region."""
    for each in (language, language.partition("-")[0]):
        if text := library.text_of(f"{each}/{CHECKS_FILE}"):
            return read_reading(text, library.path_of(f"{each}/{CHECKS_FILE}"))
    return NOTHING


def _from_error(check: str, key: str, error: UserError, path: str = "", scene: Scene | None = None) -> Finding:
    """A finding from an error that begins with its place, or stands at none."""
    told = _WHERE.match(str(error))
    said = "" if scene is None else str(scene)
    if told is None:
        return Finding(check, key, path, 0, str(error), said)
    return Finding(check, key, told["path"], int(told["line"]), told["problem"], said)


def _of_syntax(library: Library, key: str, fields: set[str], channel: Channel) -> Iterator[Finding]:
    path = library.path_of(key)
    for line, problem in unknown_names(library, key, fields):
        yield Finding("unknown-name", key, path, line, problem)
    for line, problem in unreachable_wordings(library.syntax(key), channel):
        yield Finding("unreachable-wording", key, path, line, problem)


class _Reader:
    """Reads a template's texts for all people and facts."""

    def __init__(self, library: Library, template: Template, channel: Channel, reading: Reading) -> None:
        self._library = library
        self._template = template
        self._channel = channel
        self._reading = reading
        self._own = with_extended(library, template.key)
        self._used = with_all_used(library, template.key)
        self._blocks = blocks(self._own.values())
        said = names_used(self._used.values())
        self._says_tu = bool(said & {"tu", "vt"})
        # Three parts are promised as soon as there are two of them.
        promised = sum(name in self._blocks for name in _PARTS) > 1
        self._parts = _PARTS if promised else tuple(name for name in _PARTS if name in self._blocks)
        self._seen: dict[tuple[str, str, str], tuple[str, int]] = {}

    def findings(self) -> Iterator[Finding]:
        for scene in scenes(self._template, says_tu=self._says_tu, sample=self._reading.sample):
            try:
                rendered = self._written(scene)
            except DoesNotFit as error:
                line = line_of_key(self._library, self._template, "channel")
                yield self._finding("too-long", line, error.problem, scene, error.shortest)
            except UserError as error:
                yield _from_error("fails", self._template.key, error, self._template.path, scene)
            else:
                yield from self._of_text(rendered, scene)
                if scene.tightened:
                    yield from self._of_shorter_texts(rendered, scene)

    def _of_shorter_texts(self, rendered: Rendered, scene: Scene) -> Iterator[Finding]:
        """What is wrong with the texts that are chosen in ever less room."""
        while rendered.length:
            scene = replace(scene, limit=rendered.length - 1)
            try:
                rendered = self._written(scene)
            except UserError:
                return  # that was the shortest; or it is a channel's other limit, or a form's own length
            yield from self._of_text(rendered, scene)

    def _written(self, scene: Scene) -> Rendered:
        return self._library.render(
            self._template, contact=scene.card, me=scene.me, fields=scene.facts, locale=scene.locale,
            tu=scene.tu, form=scene.form or "auto", channel=self._channel, limit=scene.limit,
        )  # fmt: skip

    def _of_text(self, rendered: Rendered, scene: Scene) -> Iterator[Finding]:
        # Where the caret goes, the person writes something.
        text = _with_words_at_carets(rendered)
        if not text:
            yield self._finding("empty-text", self._body, "nothing is written", scene, "")
        written = {part.name for part in rendered.parts if part.text}
        for name in self._parts:
            if name not in written:
                line = self._blocks.get(name, self._body)
                yield self._finding("missing-part", line, f"the part '{name}' is missing", scene, text)
        asked = self._template.fields.items()
        facts = {name: scene.facts.get(name, each.default) for name, each in asked}
        typography = self._channel.typography
        for flaw in objections(text, scene, facts, typography, both=self._says_tu, reading=self._reading):
            path, line = self._place(text, flaw)
            problem = f"{flaw.problem}: {_excerpt(text, flaw)}"
            yield Finding(flaw.check, self._template.key, path, line, problem, str(scene), text)

    def _finding(self, check: str, line: int, problem: str, scene: Scene, example: str) -> Finding:
        return Finding(check, self._template.key, self._template.path, line, problem, str(scene), example)

    @cached_property
    def _body(self) -> int:
        """The first line below the front matter that has something in it."""
        body = split(self._library.text_of(self._template.key), self._template.path)[1]
        words = without_comments(body)
        return words[: len(words) - len(words.lstrip())].count("\n") + 1

    @cached_property
    def _sources(self) -> list[tuple[str, str]]:
        paths = [(key, self._library.path_of(key)) for key in self._used]
        return [(path, split(self._library.text_of(key), path)[1]) for key, path in paths]

    def _place(self, text: str, flaw: Flaw) -> tuple[str, int]:
        around = flaw.check, flaw.problem, _excerpt(text, flaw)
        if around not in self._seen:
            otherwise = (self._template.path, self._body)
            self._seen[around] = place_of(text, flaw.start, flaw.end, self._sources, otherwise=otherwise)
        return self._seen[around]


def _with_words_at_carets(rendered: Rendered) -> str:
    text = rendered.text
    places = sorted(place for place in (rendered.caret, *rendered.stops) if place is not None)
    for number, place in reversed(list(enumerate(places))):
        text = text[:place] + word_at_caret(number) + text[place:]
    return text


def _excerpt(text: str, flaw: Flaw) -> str:
    """The place with some whole words on both sides, in quotes."""
    first = max(text.rfind(" ", 0, max(0, flaw.start - 14)) + 1, flaw.start - 30, 0)
    last = text.find(" ", flaw.end + 14)
    words = text[first : min(last if last >= 0 else len(text), flaw.end + 30)]
    return repr(words.replace("\u00a0", " ").replace("\u202f", " "))
