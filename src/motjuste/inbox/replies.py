"""The two kinds of answers to a decline, a need that is stated and a pitch, and which template answers them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Literal

from motjuste.inbox.needs import FoundNeed, need_signs
from motjuste.inbox.pitches import FoundSign, looks_like_a_pitch, pitch_signs
from motjuste.inbox.saying import Reason

ReplyKind = Literal["need", "pitch", "unclear"]

SPONSORED = Reason(
    "sponsored",
    "it is an advertisement that the network delivered",
    "c’est une publicité que le réseau a livrée",
)
_NOTHING_SAID = Reason(
    "nothing-said", "it neither states a need nor offers anything", "elle ne dit aucun besoin et n’offre rien"
)
_BOTH = Reason(
    "both",
    "it speaks of a need and of something for sale",
    "elle parle d’un besoin et de quelque chose à vendre",
)
_TOO_LITTLE = Reason(
    "too-little",
    "it proposes to talk and does not say of what",
    "elle propose de se parler et ne dit pas de quoi",
)
_ONE_SIGN = Reason(
    "one-sign", "one sign of a pitch is no verdict", "un seul signe de démarchage ne suffit pas pour conclure"
)


@dataclass(frozen=True)
class ReplyJudgement:
    """What a reply is, why, and the kind of answer that fits ("need", "call", "introduce", "pitch").

    An unclear reply has no answer; its reasons say what speaks for which side. `fields` are what the reply says of
    the template's fields.
    """

    kind: ReplyKind
    reasons: tuple[Reason, ...]
    answer: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def template(self) -> str:
        """The name of the template that fits; "" for an unclear reply."""
        return f"answer-{self.answer}" if self.answer else ""


def judge_reply(text: str) -> ReplyJudgement:
    """What `text`, the reply to a decline or to a request for more information, wants.

    It may be pasted with the mail that it quotes, or stand in `messages.csv` with the network's mark-up.
    """
    if is_sponsored(text):
        return ReplyJudgement("pitch", (SPONSORED,), "pitch")
    said = words_of(text)
    needs, signs = need_signs(said), pitch_signs(said)
    reasons = (*(need.reason for need in needs), *(sign.reason for sign in signs))
    wanted = [each for each in needs if each.sign.subject]
    sells = any(sign.sells for sign in signs)
    if wanted and not sells:
        answer, fields = _answer_to(needs)
        return ReplyJudgement("need", tuple(each.reason for each in needs), answer, fields)
    if looks_like_a_pitch(signs) and not wanted:
        return ReplyJudgement("pitch", tuple(sign.reason for sign in signs), "pitch")
    return ReplyJudgement("unclear", (_why_unclear(wanted, signs, sells=sells, asks=bool(reasons)), *reasons))


def is_sponsored(text: str) -> bool:
    """Whether a message of `messages.csv` is the network's advertisement; it says so in its mark-up."""
    return bool(re.match(r"\s*<p class=\"spinmail", text))


def words_of(text: str) -> str:
    """What the person wrote: without mark-up, and without the earlier message that a mail program quotes."""
    if re.search(r"</?(?:p|br|div|span|a)\b[^<>]*>", text):
        text = unescape(re.sub(r"<[^<>]*>", " ", re.sub(r"<(?:br|/p|/div)\b[^<>]*>", "\n", text)))
    lines = []
    for line in text.splitlines():
        if _QUOTES_FOLLOW.search(line):
            break
        if not line.lstrip().startswith(">"):
            lines.append(line)
    return "\n".join(lines).strip()


_QUOTES_FOLLOW = re.compile(
    r"^\s*(?:(?:On|Le|El|Am)\b.{4,120}\b(?:wrote|a écrit|escribió|schrieb)\s*:|"
    r"-{2,} ?(?:Original|Message|Mensaje)\b.*)\s*$",
    re.IGNORECASE,
)


def _answer_to(needs: Sequence[FoundNeed]) -> tuple[str, Mapping[str, str]]:
    """The kind of answer, and the template's fields as far as the reply tells them."""
    names = {each.name for each in needs}
    if "someone-else" in names:
        return "introduce", {}
    if "video" in names:
        return "call", {"by": "video"}
    if "telephone" in names:
        return "call", {"by": "phone"}
    return "need", {"wish": "meet"} if "meeting" in names else {}


def _why_unclear(
    wanted: Sequence[FoundNeed], signs: Sequence[FoundSign], *, sells: bool, asks: bool
) -> Reason:
    if wanted:
        return _BOTH
    if sells:
        return _ONE_SIGN
    return _TOO_LITTLE if asks else _NOTHING_SAID
