"""Checks: whether every template knows its names, and how it reads for people of whom little or much is known."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from motjuste.errors import UserError
from motjuste.messages.channels import Channel, find_channel
from motjuste.messages.front_matter import split
from motjuste.messages.templates import Library, Template


@dataclass(frozen=True)
class Finding:
    """What the check of that name has against a template, with the place in its file; 0 is no certain line.

    `scene` says for whom and with which facts the text `example` was written.
    """

    check: str
    template: str
    path: str
    line: int
    problem: str
    scene: str = ""
    example: str = ""

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}: " if self.line else f"{self.path}: " if self.path else ""
        return f"{where}{self.problem}{f' ({self.scene})' if self.scene else ''} [{self.check}]"


def check(library: Library, channels: Mapping[str, Channel], only: Collection[str] = ()) -> tuple[Finding, ...]:
    """All that is wrong with the templates of `library`, each thing once, with the first text that shows it.

    `only` are the paths of the files to speak of, all of them when there is none. What a template silences, and
    says why, is left out.
    """
    # Late: whoever only loads templates does without all the rules of prose.
    from motjuste.messages.checks.every_text import findings

    at_load = (*_without_channel(library, channels), *_sharing_triggers(library))
    return _told(library, (*at_load, *findings(library, channels, only)), only)


def check_at_load(library: Library, channels: Mapping[str, Channel]) -> tuple[Finding, ...]:
    """What can be said of a library whose templates are compiled already, without reading or writing any of them."""
    return _told(library, (*_without_channel(library, channels), *_sharing_triggers(library)), ())


def _told(library: Library, findings: Iterable[Finding], only: Collection[str]) -> tuple[Finding, ...]:
    silent = _Silence(library)
    first: dict[tuple[str, str, int, str], Finding] = {}
    for finding in findings:
        if (not only or finding.path in only) and not silent.about(finding):
            # Of one kind of fault, once a line is enough; other cards would only show it again.
            what = finding.problem.partition(":")[0] if finding.scene else finding.problem
            first.setdefault((finding.check, finding.path, finding.line, what), finding)
    return tuple(first.values())


class _Silence:
    """What the templates, and the pieces that they use, silence; nothing is read before there is a finding."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def about(self, finding: Finding) -> bool:
        """Whether the template says that this check has nothing to say, or the file that the finding is in."""
        reasons = self._reasons
        return any(finding.check in reasons.get(of, ()) for of in (finding.template, finding.path))

    @cached_property
    def _reasons(self) -> Mapping[str, Mapping[str, str]]:
        library = self._library
        found = {key: library.silenced(key) for key in (*library.pieces, *(each.key for each in library.templates))}
        return found | {library.path_of(key): reasons for key, reasons in found.items()}


def _without_channel(library: Library, channels: Mapping[str, Channel]) -> Iterator[Finding]:
    for template in library.templates:
        try:
            find_channel(channels, template.channel)
        except UserError as error:
            yield Finding(
                "unknown-channel", template.key, template.path, line_of_key(library, template, "channel"), str(error)
            )


def _sharing_triggers(library: Library) -> Iterator[Finding]:
    """Templates of one name may share a trigger: the language decides between them."""
    first: dict[str, Template] = {}
    for template in library.templates:
        for trigger in template.triggers:
            other = first.setdefault(trigger, template)
            if other.name != template.name and "shared-trigger" not in other.silence:
                problem = f"'{trigger}' is a trigger of {other.path} too, and only one of them can fire"
                line = line_of_key(library, template, trigger)
                advice = f"{problem}; give one of them another"
                yield Finding("shared-trigger", template.key, template.path, line, advice)


def line_of_key(library: Library, template: Template, word: str) -> int:
    """The line of the front matter where `word` stands; 0 when it is inherited."""
    text = library.text_of(template.key)
    front = split(text, template.path)[0].split("\n")
    whole = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])")
    return next((number for number, line in enumerate(front, 2) if whole.search(line)), 0)
