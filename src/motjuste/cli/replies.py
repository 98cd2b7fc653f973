"""The reply that is answered: where it comes from, what it wants, and how that is told."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from motjuste.adapters.files import decoded, read_bytes
from motjuste.adapters.settings import Places, load_profile
from motjuste.cli.who import STDIN, read_stdin
from motjuste.errors import UsageError, UserError
from motjuste.inbox.replies import ReplyJudgement, judge_reply

_LEADS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "need": "their reply states a need",
        "pitch": "their reply is a pitch",
        "unclear": "their reply is not clear",
        "answered": "answered with {}; another kind: --kind need, call, introduce or pitch",
        "chosen": "answered with {}, as you say",
    },
    "fr": {
        "need": "la réponse reçue exprime un besoin",
        "pitch": "la réponse reçue est un démarchage",
        "unclear": "la réponse reçue n’est pas claire",
        "answered": "le message est {} ; pour un autre : --kind need, call, introduce ou pitch",
        "chosen": "le message est {}, comme vous le dites",
    },
}


@dataclass(frozen=True)
class ReadReply:
    """A reply that was read: the kind of answer, what it says of the template's fields, and what is told of it."""

    answer: str
    facts: tuple[str, ...]
    notes: tuple[str, ...]
    document: Mapping[str, Any]
    problem: UserError | None = None


def read_by(source: str | None, from_clipboard: bool, contact: str | None, wanted: str) -> ReadReply:
    """Read the reply and judge it; `wanted` is the kind of answer that the person asked for, if they did.

    An unclear reply is a problem unless they did. UserError for a reply that cannot be read, or that is empty.
    """
    judged = judge_reply(_reply(source, from_clipboard, contact))
    language = _language()
    leads = _LEADS[language]
    answer = wanted or judged.answer
    notes = [f"motjuste: {leads[judged.kind]}", *(f"  {each.said_in(language)}" for each in judged.reasons)]
    if answer:
        notes.append(f"motjuste: {leads['chosen' if wanted else 'answered'].format(f'answer-{answer}')}")
    return ReadReply(
        answer,
        tuple(f"{name}={value}" for name, value in judged.fields.items()) if answer == judged.answer else (),
        tuple(notes),
        {
            "kind": judged.kind,
            "answer": judged.answer,
            "reasons": [{"name": each.name, "text": each.said_in(language)} for each in judged.reasons],
        },
        None if answer else _unclear(judged, contact),
    )


def _reply(source: str | None, from_clipboard: bool, contact: str | None) -> str:
    if source is not None and from_clipboard:
        raise UsageError(
            "a reply comes from --reply or from the clipboard, not from both", next_step="give one of them"
        )
    if from_clipboard:
        from motjuste.adapters.copying import SystemClipboard

        text = SystemClipboard().paste()
    elif source == STDIN:
        if contact == STDIN:
            raise UsageError(
                "the card and the reply cannot both come from standard input",
                next_step="give one of them as a file",
            )
        text = decoded(read_stdin("their reply"), Path("standard input"))
    else:
        path = Path(source or "").expanduser()
        text = decoded(read_bytes(path), path)
    if not text.strip():
        where = (
            "on the clipboard"
            if from_clipboard
            else "on standard input"
            if source == STDIN
            else f"in {source}"
        )
        raise UserError(
            f"there is no reply {where}", next_step="copy the whole of what they wrote, and try again"
        )
    return text


def _language() -> str:
    """What the person is told this in: French where the profile is, else English."""
    try:
        profile = load_profile(Places.from_environment(os.environ))
    except UserError:
        # What is wrong with the profile is said when the message is written.
        return "en"
    return "fr" if profile.language.startswith("fr") else "en"


def _unclear(judged: ReplyJudgement, contact: str | None) -> UserError:
    call = " ".join(["motjuste answer", *([shlex.quote(contact)] if contact else [])])
    return UserError(
        "it is not clear whether the reply states a need or sells something",
        next_step=f"say it: {call} --kind need, or {call} --kind pitch",
    )
