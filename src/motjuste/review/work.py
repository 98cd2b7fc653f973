"""The review at work: keys go through the session, and what follows from them is done in the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from motjuste.errors import UserError
from motjuste.inbox.events import State
from motjuste.inbox.verdict import Verdict
from motjuste.mailroom import Decision, Mailroom
from motjuste.ports import Clipboard
from motjuste.review import session as core
from motjuste.review.judging import Browser, Policies, Writer
from motjuste.review.pile import Pile
from motjuste.review.recorded import Record, ToCopy, Weighed, steps_in
from motjuste.review.remembering import Memory, Remembered
from motjuste.review.session import Act, Do, OpenProfile, Said, Session, Sift, Sight, Step, Take
from motjuste.review.sifting import Filter, sifted

Job = Iterator[tuple[int, int]]
"""Long work in small pieces: how many are done, of how many. Closing it leaves everything as it was."""
PIECE = 50


class Work:
    """One review, from its start to its end. Nothing in it draws, and every key answers."""

    def __init__(
        self,
        room: Mailroom,
        policies: Policies,
        policy: str,
        writer: Writer,
        clipboard: Clipboard,
        browser: Browser,
        memory: Memory,
        read: Callable[[], Record],
    ) -> None:
        self._room = room
        self._policies = policies
        self.pile = Pile(room, policies.by(policy), writer)
        self._clipboard = clipboard
        self._browser = browser
        self._memory = memory
        self._read = read
        self.policy = policy
        self.session = Session()
        self.weighed: Weighed | None = None
        self.left = False
        self.last = ""
        """The profile of the one decided on last."""
        self.unheard: ToCopy | None = None
        """The reply that did not reach the clipboard and is shown in place of that."""
        self._remembered = Remembered()

    # --- what is shown --------------------------------------------------------------------------

    @property
    def shown(self) -> State | None:
        """The invitation shown; None at the end of the row."""
        return self.pile.states.get(self.session.shown)

    def verdict(self, state: State) -> Verdict:
        """The verdict that Enter would take: chosen with a key, else recorded, else proposed."""
        proposed = self.pile.proposal(state).verdict
        wanted = self.session.chosen.get(state.invitation.id) or state.verdict
        return proposed if not wanted or wanted == proposed.verdict else self.pile.instead(state, wanted)

    def text(self, state: State, verdict: Verdict) -> str:
        """The reply's text, as the person changed it."""
        draft = (state.invitation.id, verdict.verdict)
        return self.session.drafts.get(draft, self.pile.reply(state, verdict).text)

    def _sight(self) -> Sight | None:
        state = self.shown
        if state is None:
            return None
        verdict = self.verdict(state)
        reply = self.pile.reply(state, verdict)
        count = reply.counted(self.text(state, verdict))
        return Sight(
            id=state.invitation.id,
            verdict=verdict.verdict,
            too_long=-count.left if count is not None and count.state == "over" else 0,
            has_reply=count is not None,
            problem=reply.problem,
            profile_url=state.invitation.profile_url,
        )

    # --- keys -----------------------------------------------------------------------------------

    def start(self) -> Job:
        """Read the ledger and go where the person stopped. Raises UserError when the ledger cannot be read."""
        record = self._read()
        self.pile.know(record.states)
        self._remembered = self._memory.recall()
        steps = steps_in(record.events, self.pile.states)
        self.session = Session(steps=steps, filter=self._remembered.filter)
        yield from self._sift(self._remembered.filter, self._remembered.at, resumed=True)

    def press(self, key: str) -> Job | None:
        """Do what a key does; a job when that takes longer than a moment."""
        self.unheard = None
        self.session, act = core.press(self.session, key, self._sight())
        return self._do(act)

    def typed(self, text: str) -> Job | None:
        """What was typed when the session asked for words or a number."""
        self.session, act = core.typed(self.session, text)
        return self._do(act)

    def edited(self, text: str) -> None:
        """The reply of the invitation shown now reads so."""
        state = self.shown
        if state is not None:
            verdict = self.verdict(state)
            draft = (state.invitation.id, verdict.verdict)
            self.session = core.edited(self.session, draft, text, self.pile.reply(state, verdict).text)

    def sift(self, wanted: Filter) -> Job:
        """Go through what another filter means."""
        self.session = replace(self.session, mode="reading", said=None)
        return self._sift(wanted, self.session.shown)

    def stop(self) -> None:
        """A job was closed before its end."""
        self._say("stopped")

    def remember(self) -> None:
        """Keep where the person is, for the next start; what cannot be kept is no reason to stop."""
        # What a person types is written nowhere.
        now = Remembered(self.session.shown, replace(self.session.filter, query=""))
        if now != self._remembered:
            self._remembered = now
            self._memory.keep(now)

    def look_ahead(self) -> None:
        """Judge the next invitation and write its reply while the person reads this one."""
        at = self.session.place + 1
        if self.session.mode == "reading" and at < len(self.session.row):
            state = self.pile.states[self.session.row[at]]
            self.pile.reply(state, self.verdict(state))

    def _do(self, act: Act | None) -> Job | None:
        match act:
            case Take(id, verdict):
                self._take(self.pile.states[id], verdict)
            case Sift():
                return self._sift(act.filter, self.session.shown)
            case OpenProfile(address):
                self._open(address)
            case Do("take back"):
                self._take_back()
            case Do("take again"):
                self._take_again()
            case Do("weigh all"):
                return self._weigh()
            case Do("take all"):
                self._take_all()
            case Do("open last"):
                self._open(self.last) if self.last else self._say("nobody_last")
            case Do("leave"):
                self.left = True
        return None

    def _say(self, sentence: str, /, *, good: bool = False, **values: Any) -> None:
        self.session = replace(self.session, said=Said(sentence, values, good))

    def _open(self, address: str) -> None:
        name = "opened" if self._browser.open(address) else "not_opened"
        self._say(name, good=name == "opened", address=address)

    # --- going through --------------------------------------------------------------------------

    def _sift(self, wanted: Filter, at: str, *, resumed: bool = False) -> Job:
        row: list[str] = []
        found = sifted(self.pile.states.values(), wanted, self.pile, self.pile.searchable)
        for done, id in enumerate(found):
            if id is not None:
                row.append(id)
            if done % PIECE == 0:
                yield done, len(self.pile.states)
        if not row and not resumed and wanted != Filter():
            self._say("none_found")
            return
        self.session = core.went(self.session, row, wanted, at)
        if resumed:
            self._resume(at)

    def _resume(self, at: str) -> None:
        """Where the person stopped; what was decided there meanwhile leads on to the next."""
        if not at or at not in self.pile.states:
            return
        if at not in self.session.row:
            # In the order of the row, the first that came after it.
            order = {id: place for place, id in enumerate(self.pile.states)}
            later = (place for place, id in enumerate(self.session.row) if order[id] > order[at])
            self.session = replace(self.session, place=next(later, 0))
        self._say("resumed", good=True)

    # --- deciding -------------------------------------------------------------------------------

    to_copy: ToCopy | None = None
    """The reply that the last key sent on its way; whoever draws copies it with `copy`, and tells `copied`."""

    def _take(self, state: State, wanted: str) -> None:
        verdict = self.verdict(state)
        reply = self.pile.reply(state, verdict)
        try:
            if self._changed_meanwhile(state):
                return
            fresh = state.verdict != wanted
            batch = self._room.decide([Decision(state.invitation, verdict)]) if fresh else 0
            self.pile.learn(self._room.state_of(state.invitation) or state)
        except UserError as problem:
            self._say("not_recorded", problem=problem)
            return
        self.last = state.invitation.profile_url
        text = self.text(state, verdict)
        step = Step((batch,), (state.invitation.id,))
        self.session = core.taken(self.session, step, self.pile.waits) if fresh else core.after(self.session)
        count = reply.counted(text)
        if count is not None and text:
            self.to_copy = ToCopy(
                state, verdict, text, count, reply.channel, again=state.replied_at is not None
            )
        said = "taken" if fresh else "nothing_new"
        self._say(said, good=fresh, name=_name(state), verdict=wanted, address=self.last)

    def _changed_meanwhile(self, state: State) -> bool:
        """Whether another program has changed the invitation since it was read; then that is told and shown."""
        now = self._room.state_of(state.invitation)
        if now == state:
            return False
        if now is None:
            self._say("gone", name=_name(state))
        else:
            self.pile.learn(now)
            chosen = {id: verdict for id, verdict in self.session.chosen.items() if id != state.invitation.id}
            self.session = replace(self.session, chosen=chosen)
            self._say("meanwhile", name=_name(state), now=now.name)
        return True

    def copy(self, copying: ToCopy) -> UserError | None:
        """Put the reply on the clipboard; why it is not there. Touches nothing else, so it may run beside."""
        try:
            self._clipboard.copy(copying.text)
        except UserError as problem:
            return problem
        return None

    def copied(self, copying: ToCopy, problem: UserError | None) -> None:
        """Record that the reply was copied; or show it, where it was not."""
        state = copying.state
        values: dict[str, Any] = {
            "name": _name(state),
            "verdict": copying.verdict.verdict,
            "count": copying.count,
        }
        if problem is not None:
            if self.session.mode == "reading":
                self.unheard = copying
                self.session = replace(self.session, mode="showing")
            self._say("not_copied", **values, problem=problem)
            return
        told = {"template": copying.verdict.template, "channel": copying.channel}
        told = {name: text for name, text in told.items() if text} | {"length": str(copying.count.length)}
        try:
            batch = self._room.note("copied", state.invitation, **told)
            self.pile.learn(self._room.state_of(state.invitation) or state)
        except UserError as problem_of_ledger:
            self._say("copied_unrecorded", **values, problem=problem_of_ledger)
            return
        self.session = core.grown(self.session, state.invitation.id, batch)
        address = state.invitation.profile_url
        said = "copied_again" if copying.again else "taken_copied"
        self._say(said, good=True, **values, address=address)

    # --- taking back ----------------------------------------------------------------------------

    def _take_back(self) -> None:
        step = self.session.steps[-1]
        self._recount(step, step.batches, "taken_back", core.taken_back)

    def _take_again(self) -> None:
        step, batch = self.session.undone[-1]
        self._recount(step, (batch,), "taken_again", lambda now, _: core.taken_again(now, self.pile.waits))

    def _recount(
        self, step: Step, batches: Sequence[int], said: str, then: Callable[[Session, int], Session]
    ) -> None:
        """Let a step count no more, or again, unless another program has done so."""
        first = self.pile.states[step.invitations[0]].invitation
        counted = said == "taken_back"
        try:
            ours = self._room.stands(step.batches[0], first) == counted
            batch = self._room.take_back(batches) if ours else 0
            ours = ours and self._room.stands(step.batches[0], first) != counted
            self._look_again(step.invitations)
        except UserError as problem:
            self._say("not_recorded", problem=problem)
            return
        state = self.pile.states[first.id]
        if not ours:
            self.session = core.forgotten(self.session, step)
            self._say("meanwhile", name=_name(state), now=state.name)
            return
        self.session = then(self.session, batch)
        if len(step.invitations) == 1:
            self._say(said, good=True, name=_name(state))
        else:
            self._say(f"{said}_many", good=True, number=len(step.invitations))

    def _look_again(self, ids: Sequence[str]) -> None:
        """Read anew what became of these invitations."""
        if len(ids) > PIECE:
            found = self._room.states()
            for id in ids:
                if id in found:
                    self.pile.learn(found[id])
            return
        for id in ids:
            now = self._room.state_of(self.pile.states[id].invitation)
            if now is not None:
                self.pile.learn(now)

    # --- all at once ----------------------------------------------------------------------------

    @property
    def policies(self) -> Sequence[str]:
        """The names of all policies."""
        return self._policies.names

    def other_policy(self, further: int) -> Job:
        """Weigh all anew by the policy that comes so much further in the list."""
        names = list(self.policies)
        at = names.index(self.policy) if self.policy in names else 0
        return self.by_policy(names[(at + further) % len(names)])

    def by_policy(self, name: str) -> Job:
        """Judge by this policy from now on, and weigh all anew."""
        try:
            self.pile.judge_by(self._policies.by(name))
        except UserError as problem:
            self.session = replace(self.session, mode="reading")
            self._say("not_recorded", problem=problem)
            return iter(())
        self.policy = name
        return self._weigh()

    def _weigh(self) -> Job:
        waiting = [id for id in self.session.row if self.pile.waits(id)]
        decisions, left = [], 0
        for done, id in enumerate(waiting):
            state = self.pile.states[id]
            verdict = self.pile.proposal(state).verdict
            if verdict.verdict in core.VERDICT_KEYS.values():
                decisions.append(Decision(state.invitation, verdict))
            else:
                left += 1
            if done % PIECE == 0:
                yield done, len(waiting)
        if not waiting:
            self._say("all_none")
            return
        self.weighed = Weighed(self.policy, tuple(decisions), left)
        self.session = replace(self.session, mode="all")

    def _take_all(self) -> None:
        weighed, self.weighed = self.weighed, None
        if weighed is None or not weighed.decisions:
            self._say("all_none")
            return
        try:
            found = self._room.states()
            still = [
                each
                for each in weighed.decisions
                if found.get(each.invitation.id) == self.pile.states[each.invitation.id]
            ]
            batch = self._room.decide(still)
            found = self._room.states()
        except UserError as problem:
            self._say("not_recorded", problem=problem)
            return
        for each in weighed.decisions:
            if each.invitation.id in found:
                self.pile.learn(found[each.invitation.id])
        changed = len(weighed.decisions) - len(still)
        if not still:
            self._say("all_changed", number=changed)
            return
        step = Step((batch,), tuple(each.invitation.id for each in still))
        self.session = core.taken(self.session, step, self.pile.waits)
        self._say("taken_all", good=True, number=len(still), changed=changed)


def _name(state: State) -> str:
    return state.invitation.contact.display_name
