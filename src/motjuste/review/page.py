"""What the review shows, as plain text in the person's language: the same for the whole screen and line by line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from motjuste.errors import printable
from motjuste.inbox.events import VERDICTS, Event, State
from motjuste.messages.counting import Count
from motjuste.people.card import Contact
from motjuste.review.recorded import Weighed
from motjuste.review.session import Said
from motjuste.review.sifting import NOTES, STATES, Filter
from motjuste.review.words import Words
from motjuste.review.work import Work

_EVENTS_SHOWN = 4


@dataclass(frozen=True, kw_only=True)
class Page:
    """One invitation as it is shown; every text is one line, but for `note` and `text`."""

    place: str
    sifted: str
    """What is gone through, in words."""
    name: str = ""
    link: str = ""
    about: tuple[str, ...] = ()
    note: str = ""
    note_kinds: str = ""
    verdict: str = ""
    """A name of VERDICTS, by which a colour may be chosen; "" at the end of the row."""
    verdict_title: str = ""
    verdict_words: str = ""
    reasons: tuple[str, ...] = ()
    reply_title: str = ""
    text: str = ""
    """The reply, or why there is none."""
    count: str = ""
    too_long: bool = False
    end: str = ""
    """What stands in place of an invitation, where none is shown."""


def page(work: Work, words: Words) -> Page:
    """What is to be shown now."""
    session = work.session
    count = len(session.row)
    sifted = sifting_words(session.filter, words)
    state = work.shown
    if state is None:
        end = words.nothing_here if not work.pile.states else words.everything_done
        return Page(place=words.end_place.format(words.number(count)), sifted=sifted, end=end)
    verdict = work.verdict(state)
    reply = work.pile.reply(state, verdict)
    text = work.text(state, verdict)
    counted = reply.counted(text)
    chosen = session.chosen.get(state.invitation.id)
    proposed = work.pile.proposal(state).verdict
    reasons = proposed.reasons
    if verdict.verdict != proposed.verdict:
        reasons = (words.labelled(words.proposal, words.verdicts[proposed.verdict]), *reasons)
    return Page(
        place=words.place.format(words.number(session.place + 1), words.number(count)),
        sifted=sifted,
        name=shown(work.pile.contact(state).display_name or state.invitation.name),
        link=shown(state.invitation.profile_url),
        about=tuple(map(shown, _about(work, state, words))),
        note=_lines(state.invitation.note),
        note_kinds=", ".join(
            words.notes[kind] for kind in work.pile.note_kinds(state) if kind in words.notes
        ),
        verdict=verdict.verdict,
        verdict_title=words.chosen if chosen else words.decided if state.verdict else words.proposal,
        verdict_words=words.verdicts[verdict.verdict],
        reasons=tuple(map(shown, reasons)),
        reply_title=words.own_reply if text != reply.text else words.reply,
        text=_lines(text) or shown(reply.problem) or words.no_reply,
        count=words.count(counted) if counted is not None else "",
        too_long=counted is not None and counted.state == "over",
    )


def _about(work: Work, state: State, words: Words) -> Iterator[str]:
    """What the invitation, the card and the record tell of the person."""
    told, contact = state.invitation, work.pile.contact(state)
    job = [contact.title or told.position, contact.organization or told.organization]
    if any(job):
        yield " · ".join(filter(None, job))
    common = [words.shared(told.mutual)] if told.mutual is not None else []
    common += [words.groups.format(", ".join(told.groups))] if told.groups else []
    yield " · ".join([words.received.format(words.date(told.at)), *common])
    if card := _card(contact, words):
        yield words.labelled(words.card, card)
    events = work.pile.history(state)[-_EVENTS_SHOWN:]
    if events:
        yield words.labelled(words.history, " · ".join(_event(event, words) for event in events))
    if state.follow_up:
        yield words.follow_up.format(words.date(state.follow_up))


def _card(contact: Contact, words: Words) -> str:
    since = words.connected.format(words.date(contact.connected_on)) if contact.connected_on else ""
    return " · ".join(filter(None, [since, contact.city, *contact.emails[:1], contact.note]))


def _event(event: Event, words: Words) -> str:
    decided = words.verdicts.get(event.details.get("verdict", ""), "")
    return f"{words.date(event.at)} {words.events.get(event.kind, event.kind).format(decided)}"


def sifting_words(wanted: Filter, words: Words) -> str:
    """A filter in words."""
    every = "every" if wanted.query else "waiting"
    parts = [words.states[wanted.state or every]]
    if wanted.proposed:
        parts.append(words.labelled(words.proposal.lower(), words.verdicts[wanted.proposed]))
    if wanted.note:
        parts.append(words.notes[wanted.note])
    if wanted.query:
        parts.append(f"“{shown(wanted.query)}”")
    return " · ".join(parts)


@dataclass(frozen=True)
class Choice:
    """One of the filters that may be chosen, in words; `heading` where a new group of them begins."""

    words: str
    filter: Filter
    heading: str = ""
    chosen: bool = False


def choices(now: Filter, words: Words) -> Sequence[Choice]:
    """All filters that are one choice away; each asks one more thing, or another."""
    found = [Choice(words.no_filter, Filter(), "", now == Filter())]
    for name, values, named in (
        ("state", STATES, words.states),
        ("proposed", VERDICTS, words.verdicts),
        ("note", NOTES, words.notes),
    ):
        for at, value in enumerate(values):
            chosen = getattr(now, name) == value
            # What is chosen already is let go of by choosing it once more.
            wanted = replace(now, **{name: "" if chosen else value})
            found.append(Choice(named[value], wanted, words.kinds[name] if not at else "", chosen))
    return found


def said(what: Said | None, words: Words) -> str:
    """A sentence for the person, as one line."""
    if what is None:
        return ""
    values = {name: _said_value(name, value, words) for name, value in what.values.items()}
    if "verdict" in values:
        values["done"] = words.done.get(values["verdict"], values["verdict"])
    sentence = words.said[what.name].format(**values)
    if what.name == "taken_all" and what.values.get("changed"):
        sentence += " " + words.said["all_changed"].format(number=values["changed"])
    if what.name in ("taken", "taken_copied") and values.get("address"):
        sentence += " " + words.said["link"].format(address=values["address"])
    return shown(sentence)


def _said_value(name: str, value: object, words: Words) -> str:
    if isinstance(value, Count):
        return words.count(value)
    if name == "now":
        return words.states.get(str(value)) or words.events.get(str(value), str(value))
    if isinstance(value, int):
        return words.number(value)
    return str(value)


def weighed_lines(weighed: Weighed, words: Words) -> Iterator[str]:
    """What taking all proposals would record: counts, and some examples of each."""
    total = words.number(len(weighed.decisions) + weighed.left)
    yield words.all_title.format(total, weighed.policy)
    yield ""
    if weighed.decisions:
        yield words.all_counts.format(words.number(len(weighed.decisions)))
    else:
        yield words.all_none
    for verdict, count in weighed.counts.items():
        yield f"  {words.number(count)} · {words.verdicts[verdict]}"
        for each in weighed.examples(verdict):
            reason = each.verdict.reasons[0] if each.verdict.reasons else ""
            name = each.invitation.contact.display_name
            yield shown(words.labelled(name, reason) if reason else name).join(("      ", ""))
    if weighed.left:
        yield words.all_left.format(words.number(weighed.left))


def help_lines(words: Words) -> Iterator[tuple[str, str]]:
    """Every key with what it does; sentences that belong to none come with an empty key."""
    for key, sentence in words.help.items():
        yield words.enter if key == "enter" else key, sentence
    for sentence in words.more_help:
        yield "", sentence


# --- texts that others wrote ----------------------------------------------------------------------

# Terminals disagree about how wide a cluster of several emoji is; each alone is of a certain width.
_EMOJI_JOINED = re.compile(
    "(?<![^\\W\\d_])\u200d|\u200d(?![^\\W\\d_])|[\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff]"
)


def shown(text: str) -> str:
    """`text` as one line that a terminal shows as it is, whoever wrote it."""
    return printable(_EMOJI_JOINED.sub("", unicodedata.normalize("NFC", text)).replace("\u00ad", ""))


def _lines(text: str) -> str:
    return "\n".join(map(shown, text.splitlines()))
