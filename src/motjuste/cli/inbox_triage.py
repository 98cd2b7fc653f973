"""`motjuste inbox triage`: what a policy proposes for those who wait, how another differs, and taking it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from motjuste.cli.app import Noun
from motjuste.cli.asking import agreed, someone_is_there
from motjuste.cli.inbox import Json
from motjuste.cli.inbox_desk import PolicyName, counts_line, in_document, no_verdict, own_triage
from motjuste.cli.output import Answer, screen_width, table, tell
from motjuste.errors import UserError, nearest
from motjuste.inbox.events import VERDICTS
from motjuste.inbox.judging import LOOK
from motjuste.inbox.policy import Policy
from motjuste.inbox.saying_why import Words, number, words_in
from motjuste.inbox.verdict import Verdict
from motjuste.triage import Case, Difference, Triage, counted

app = Noun("")
UNASKED = 5
"""So many verdicts are taken without a question."""
Judged = list[tuple[Case, Verdict]]


@app.command()
def triage(
    policy: PolicyName = None,
    compare: Annotated[
        str | None, typer.Option("--compare", metavar="NAME", help="Show who would fare differently with this one.")
    ] = None,
    only: Annotated[
        str | None, typer.Option("--only", metavar="VERDICT", help=f"Only these: {', '.join(VERDICTS)}.")
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Also those decided on already that are not closed yet.")
    ] = False,
    take: Annotated[
        bool, typer.Option("--take", help="Record what is proposed; one undo takes all of it back.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Take without a question.")] = False,
    replies: Annotated[bool, typer.Option("--replies", help="Write each reply too, for --json.")] = False,
    json: Json = False,
) -> Answer:
    """Show what your policy proposes, and why.

    For each invitation that waits; nothing is recorded unless you say --take.
    """
    wanted = _verdict(only)
    on_desk, notes = own_triage()
    chosen = on_desk.policy(policy)
    other = on_desk.policy(compare) if compare is not None else None
    cases = on_desk.undone if again else on_desk.waiting
    judged = [(case, on_desk.judge(case, chosen)) for case in cases]
    shown = [(case, verdict) for case, verdict in judged if wanted in (None, verdict.verdict)]
    document: dict[str, Any] = {
        "policy": chosen.name,
        "counts": dict(counted(verdict for _, verdict in judged)),
        "invitations": [_document(on_desk, case, verdict, replies) for case, verdict in shown],
    }
    words = words_in(on_desk.locale)
    if other is not None:
        if take:
            raise UserError("--compare shows and takes nothing", next_step="leave out --compare, or --take")
        text = _compared(on_desk, shown, chosen, other, document, words)
    else:
        text = _preview(shown, words)
    if take:
        taken = _take(on_desk, shown, text, sure=yes)
        document["taken"] = len(taken)
        told = f"taken: {counts_line(counted(verdict for _, verdict in taken), on_desk.locale)}"
        return Answer("", document, (*notes, f"{told}; 'motjuste inbox undo' takes it back")).shown(as_json=json)
    summary = f"{chosen.name}: {counts_line(document['counts'], on_desk.locale)}"
    return Answer(text, document, (*notes, summary)).shown(as_json=json)


def _verdict(only: str | None) -> str | None:
    if only is None or only in VERDICTS:
        return only
    raise no_verdict(only, VERDICTS, nearest(only, VERDICTS))


def _document(on_desk: Triage, case: Case, verdict: Verdict, replies: bool) -> dict[str, Any]:
    document = in_document(case, verdict)
    if not replies:
        return document
    try:
        message = on_desk.reply_to(case, verdict)
    except UserError as problem:
        # One reply that cannot be written costs no other.
        return document | {"reply": None, "problem": str(problem)}
    return document | {"reply": message.rendered.text if message else None}


def _preview(judged: Judged, words: Words) -> str:
    rows = [
        (case.invitation.id, words.verdicts[verdict.verdict], _who(case), " ".join(verdict.reasons))
        for case, verdict in judged
    ]
    return table(rows, within=screen_width()) if rows else ""


def _who(case: Case) -> str:
    return case.contact.display_name or case.invitation.name


def _compared(
    on_desk: Triage, judged: Judged, chosen: Policy, other: Policy, document: dict[str, Any], words: Words
) -> str:
    differing = on_desk.differences((case for case, _ in judged), chosen, other)
    counts = counted(on_desk.judge(case, other) for case, _ in judged)
    document["compare"] = {
        "policy": other.name,
        "counts": dict(counts),
        "differ": [_difference(each) for each in differing],
    }
    rows = [
        (
            each.case.invitation.id,
            _who(each.case),
            f"{words.verdicts[each.first.verdict]} ({each.first.rule})",
            "→",
            f"{words.verdicts[each.second.verdict]} ({each.second.rule})",
        )
        for each in differing
    ]
    of_all = " / ".join(number(len(each), on_desk.locale) for each in (differing, judged))
    head = [
        f"{chosen.name} → {other.name}: {of_all}",
        f"{other.name}: {counts_line(counts, on_desk.locale)}",
    ]
    return "\n".join((*head, *([table(rows, within=screen_width())] if rows else [])))


def _difference(each: Difference) -> dict[str, Any]:
    return {
        "id": each.case.invitation.id,
        "person": _who(each.case),
        "verdict": each.first.verdict,
        "rule": each.first.rule,
        "other_verdict": each.second.verdict,
        "other_rule": each.second.rule,
    }


def _take(on_desk: Triage, judged: Judged, preview: str, *, sure: bool) -> Sequence[tuple[Case, Verdict]]:
    """Record the proposals; of more than a few, the person is shown them and asked."""
    count = sum(verdict.verdict != LOOK for _, verdict in judged)
    if count > UNASKED and not sure:
        if not someone_is_there():
            raise UserError(
                f"{count} verdicts would be taken, and nobody is there to be asked", next_step="say --yes to take them"
            )
        tell(preview.splitlines())
        if not agreed(f"take these {count} verdicts?"):
            raise KeyboardInterrupt
    return on_desk.take(judged)
