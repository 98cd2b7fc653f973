"""The messages: invite, decline, ask, answer, and fill for any template."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from motjuste.adapters.settings import Places
from motjuste.cli.app import Noun
from motjuste.cli.correspondence import Correspondence, inviting_people
from motjuste.cli.output import Answer, tell_error
from motjuste.cli.replying import told_by_invitation
from motjuste.cli.who import NOBODY, find_person, person_in_document
from motjuste.compose import Message, Request, described
from motjuste.desk import Desk, desk
from motjuste.errors import UsageError, UserError, nearest
from motjuste.messages.fit import FitChoice
from motjuste.messages.wordings import USUAL_WEIGHT
from motjuste.people.who import Meant

if TYPE_CHECKING:
    from motjuste.cli.replies import ReadReply

app = Noun("Write a message.")

Person = Annotated[
    str | None,
    typer.Argument(
        metavar="CONTACT",
        help="A name to look up, an invitation's id, a .vcf file, or - for a card on standard input. "
        "Without it, the current contact.",
        show_default=False,
    ),
]
Facts = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="Fill a field of the template; may be repeated."),
]
Language = Annotated[
    str | None,
    typer.Option("--lang", metavar="LANG", help="fr, fr-FR, fr-CA, en, es, or a folder of your templates."),
]
Form = Annotated[str, typer.Option("--form", metavar="FORM", help="long, short or auto.")]
Channel = Annotated[str | None, typer.Option("--channel", metavar="NAME", help="Where the text will go.")]
Limit = Annotated[str | None, typer.Option("--limit", metavar="N", help="At most N, in the channel's unit.")]
Copy = Annotated[bool, typer.Option("--copy", help="Put the text on the clipboard too.")]
Window = Annotated[bool, typer.Option("--window", help="Write it in a window, and copy it from there.")]
Explain = Annotated[bool, typer.Option("--explain", help="Say on stderr whom, why and how long.")]
_BRIEF = 90
# How a reply is answered; each has its own template: "answer-need" and so on.
KINDS = ("need", "call", "introduce", "pitch")
Reply = Annotated[
    str | None,
    typer.Option(
        "--reply", metavar="FILE", help="Their reply, - for standard input: its words choose the answer, or ask you to."
    ),
]
FromClipboard = Annotated[
    bool, typer.Option("--reply-from-clipboard", help="The same, with the reply that you have copied.")
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


def _register(template: str, help: str) -> None:
    @app.command(template, help=help)
    def command(
        contact: Person = None,
        set: Facts = None,
        lang: Language = None,
        form: Form = "auto",
        channel: Channel = None,
        limit: Limit = None,
        copy: Copy = False,
        window: Window = False,
        explain: Explain = False,
        json: Json = False,
    ) -> Answer:
        return _write(template, contact, set, lang, form, channel, limit, copy, window, explain, json)


_register("invite", "Write an invitation note.")
_register("decline", "Turn an invitation down with thanks, and leave the door open.")
_register("ask", "Ask someone unknown why they sent an invitation.")


@app.command("answer")
def answer(
    contact: Person = None,
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind", metavar="KIND", help="need, call, introduce or pitch.  [default: what the reply says, else need]"
        ),
    ] = None,
    reply: Reply = None,
    reply_from_clipboard: FromClipboard = False,
    set: Facts = None,
    lang: Language = None,
    form: Form = "auto",
    channel: Channel = None,
    limit: Limit = None,
    copy: Copy = False,
    window: Window = False,
    explain: Explain = False,
    json: Json = False,
) -> Answer:
    """Answer the reply to a decline: a real need (yourself, by a call, by someone else), or a pitch."""
    kinds = [fact.partition("=")[2].strip() for fact in set or [] if _is_kind(fact)]
    wanted = kind or (kinds or [""])[-1]
    if wanted and wanted not in KINDS:
        closest = nearest(wanted, KINDS)
        raise UserError(
            f"unknown kind {wanted!r} of reply",
            next_step=f"did you mean {closest!r}?" if closest else f"known: {', '.join(KINDS)}",
        )
    facts = [fact for fact in set or [] if not _is_kind(fact)]
    if reply is None and not reply_from_clipboard:
        template = f"answer-{wanted or KINDS[0]}"
        return _write(template, contact, facts, lang, form, channel, limit, copy, window, explain, json)
    # The words that are looked for are loaded only when there is a reply.
    from motjuste.cli.replies import read_by

    read = read_by(reply, reply_from_clipboard, contact, wanted)
    if read.problem is not None:
        return Answer(notes=read.notes, problem=read.problem)
    # What the person says of a field comes after what the reply says of it, and wins.
    facts = [*read.facts, *facts]
    template = f"answer-{read.answer}"
    return _write(template, contact, facts, lang, form, channel, limit, copy, window, explain, json, read)


def _is_kind(fact: str) -> bool:
    return fact.partition("=")[0].strip() == "kind"


@app.command("fill")
def fill(
    template: Annotated[
        str, typer.Argument(metavar="TEMPLATE", help="A name from 'motjuste templates list'.")
    ],
    contact: Person = None,
    set: Facts = None,
    lang: Language = None,
    form: Form = "auto",
    channel: Channel = None,
    limit: Limit = None,
    copy: Copy = False,
    window: Window = False,
    explain: Explain = False,
    json: Json = False,
) -> Answer:
    """Write a message from any template."""
    return _write(template, contact, set, lang, form, channel, limit, copy, window, explain, json)


def _write(
    template: str,
    contact: str | None,
    facts: list[str] | None,
    lang: str | None,
    form: str,
    channel: str | None,
    limit: str | None,
    copy: bool,
    window: bool,
    explain: bool,
    json: bool,
    read: ReadReply | None = None,
) -> Answer:
    request = Request(
        template=template,
        locale=lang,
        form=form,
        channel=channel,
        limit=positive(limit, "--limit"),
        fields=pairs(facts or []),
    )
    places = Places.from_environment(os.environ)
    at = desk(places)
    found = find_person(contact, at.book, lambda name: inviting_people(places, at, name))
    told = told_by_invitation(places, at, found.meant, template)
    request = replace(request, fields={**told.fields, **request.fields})
    message = _written(at, found.meant, request, in_window=window)
    notes = [
        *(read.notes if read else ()),
        *(f"motjuste: {problem}" for problem in at.problems),
        *(f"motjuste: {note}" for note in found.notes if note != NOBODY or "contact" in message.rendered.about),
    ]
    if not at.profile.name and "me" in message.rendered.about:
        notes.append(f'motjuste: nobody signs the message; write name = "Your Name" into {places.profile}')
    if explain:
        notes += [*_explained(message, at), *told.explained(request.fields)]
    letters = Correspondence(places, at)
    letters.before(message)
    # A window has copied it by itself.
    problem = _copy(message.rendered.text) if copy and not window else None
    if window or (copy and problem is None):
        letters.copied(message)
    if window or copy:
        at.book.note_use(message.contact)
    # The inbox and the letters may have met the same trouble.
    notes += dict.fromkeys([*([f"motjuste: {told.problem}"] if told.problem else []), *letters.notes])
    document = _as_document(message) | ({"reply": read.document} if read else {})
    return Answer(message.rendered.text, document, tuple(notes), problem).shown(as_json=json)


def _written(at: Desk, meant: Meant, request: Request, *, in_window: bool) -> Message:
    """The message; in a window as the person takes it out, and KeyboardInterrupt when the person gives up."""
    if not in_window:
        return at.write(request, meant)
    from motjuste.desktop.opening import write_in_window

    message = write_in_window(at, meant, request, last_words=tell_error)
    if message is None:
        raise KeyboardInterrupt
    return message


def _copy(text: str) -> UserError | None:
    """A clipboard that is missing must not cost the person the text: the problem is told after it."""
    from motjuste.adapters.copying import SystemClipboard

    try:
        SystemClipboard().copy(text)
    except UserError as problem:
        return problem
    return None


def pairs(facts: list[str]) -> Mapping[str, str]:
    """The fields that `--set NAME=VALUE` gave, the last of a name winning; UsageError for one without `=`."""
    fields = {}
    for fact in facts:
        name, equals, value = fact.partition("=")
        if not equals or not name.strip():
            raise UsageError(
                f"--set wants NAME=VALUE, not {fact!r}", next_step="for example: --set kind=pitch"
            )
        fields[name.strip()] = value
    return fields


def positive(number: str | None, option: str) -> int | None:
    """The whole number that an option gave, or None without one; UsageError when it is none, or below 1."""
    if number is None:
        return None
    if not number.isdecimal() or int(number) < 1:
        raise UsageError(f"{option} wants a whole number from 1 up, not {number!r}")
    return int(number)


def _explained(message: Message, at: Desk) -> Iterator[str]:
    """Whom the message is for and why, in which language, what its parts and wordings cost."""
    rendered = message.rendered
    person = message.contact
    yield f"for        {described(person) if message.evidence != 'nobody' else 'nobody in particular'}"
    yield f"because    {message.evidence}" + (f" ({person.source})" if person.source else "")
    yield f"language   {message.locale}"
    yield f"template   {message.template.path}"
    for name, value in message.fields.items():
        yield f"field      {name} = {value or '(empty)'}"
    room = f" of {rendered.limit}" if rendered.limit is not None else ""
    yield f"length     {rendered.length}{room} {rendered.unit} for {rendered.channel}"
    yield f"form       {rendered.form or 'the only one'}"
    for part in rendered.parts:
        yield f"part       {part.name}: {part.length}"
    for number, choice in enumerate(rendered.choices, 1):
        yield from _explained_choice(number, choice)
    yield f"shortest   {rendered.shortest} {rendered.unit}"
    first = at.channels[rendered.channel].first_seen(rendered.text)
    if first is not None:
        yield f"seen first {first}"
    for key in at.profile.missing_in(message.locale):
        yield f"left out   {key} of the profile, which has no text in {message.locale}"


def _explained_choice(number: int, choice: FitChoice) -> Iterator[str]:
    """What a fit block became, and below it each wording with the length that the whole text has with it."""
    weight = "" if choice.weight == USUAL_WEIGHT else f", weight {choice.weight}"
    yield f"fit        block {number}: wording {choice.chosen + 1} of {len(choice.wordings)}{weight}"
    for index, ((text, _), whole) in enumerate(zip(choice.wordings, choice.wholes, strict=True)):
        mark = "→" if index == choice.chosen else " "
        yield f"         {mark} {whole:>5}  {_briefly(text)}"


def _briefly(text: str) -> str:
    """A wording on one line, its middle left out when it is long."""
    line = " ".join(text.split())
    if not line:
        return "(nothing)"
    return line if len(line) <= _BRIEF else f"{line[: _BRIEF - 25]} … {line[-20:]}"


def _as_document(message: Message) -> dict[str, Any]:
    """The message as `--json` shows it; this shape is a promise."""
    rendered = message.rendered
    return {
        "text": rendered.text,
        "template": message.template.name,
        "language": message.locale,
        "channel": rendered.channel,
        "length": rendered.length,
        "limit": rendered.limit,
        "unit": rendered.unit,
        "form": rendered.form,
        "parts": [asdict(part) for part in rendered.parts],
        "contact": person_in_document(message.contact),
        "fields": dict(message.fields),
        "fit": [
            {
                "chosen": choice.chosen,
                "weight": choice.weight,
                "wordings": [
                    {"text": text, "length": length, "whole": whole}
                    for (text, length), whole in zip(choice.wordings, choice.wholes, strict=True)
                ],
            }
            for choice in rendered.choices
        ],
    }
