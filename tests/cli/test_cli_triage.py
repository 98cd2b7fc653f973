"""`motjuste inbox triage`, `policies` and `explain`, and the reply to an invitation that waits."""

from __future__ import annotations

import io
import sys
from datetime import datetime
from pathlib import Path

import pytest
from terminal import Ended, Motjuste, card

from motjuste.__main__ import run
from motjuste.cli import inbox_triage
from motjuste.cli.inbox import own_mailroom
from motjuste.inbox.invitation import Invitation
from motjuste.profile import POLICIES

AT = datetime(2026, 2, 11, 9, 0)
NOTE = "Bonjour, votre article sur les archives sonores m’a donné envie de vous poser une question."
LEA = Invitation(name="Léa Petit", at=AT, profile_url="linkedin.com/in/lea-petit", position="Recruteuse")
HUGO = Invitation(name="Hugo Martin", at=AT, profile_url="linkedin.com/in/hugo", note=NOTE)
UNASKED = "Vous ne vous connaissez pas, et rien de personnel n’accompagne l’invitation."
STRANGER = "Un mot personnel l’accompagne, mais vous ne vous êtes encore ni rencontrés ni écrit."
UNKNOWN = "On ne sait pas\u00a0: si vous vous êtes rencontrés."
COUNTS = {"accept": 0, "ask": 1, "decline": 1, "ignore": 0, "look": 0}


@pytest.fixture
def inbox(home: Path, profile: Path) -> None:
    own_mailroom().receive([LEA, HUGO])


def states() -> list[str]:
    return [state.name for state in own_mailroom().states().values()]


@pytest.mark.usefixtures("inbox")
def test_the_verdicts_are_shown_with_their_reasons_and_counted(motjuste: Motjuste) -> None:
    assert motjuste("inbox", "triage") == Ended(
        0,
        f"{LEA.id}  se renseigner  Léa Petit    {UNASKED} {UNKNOWN}\n"
        f"{HUGO.id}  décliner       Hugo Martin  {STRANGER} {UNKNOWN}\n",
        "strong-ties: accepter 0 · se renseigner 1 · décliner 1 · ignorer 0 · à voir 0\n",
    )
    assert states() == ["waiting", "waiting"]


@pytest.mark.usefixtures("inbox")
def test_the_verdicts_are_one_document(motjuste: Motjuste) -> None:
    assert motjuste("inbox", "triage", "--only", "decline", "--json").document == {
        "policy": "strong-ties",
        "counts": COUNTS,
        "invitations": [
            {
                "id": HUGO.id,
                "person": "Hugo Martin",
                "received": "2026-02-11T09:00",
                "state": "waiting",
                "verdict": "decline",
                "reasons": [STRANGER, UNKNOWN],
                "rule": "reason of a stranger",
                "template": "decline",
                "fields": {"reason": "not_met", "pleased_by": "note"},
                "follow_up_days": None,
            }
        ],
    }


@pytest.mark.usefixtures("inbox")
def test_the_replies_are_written_for_a_program(motjuste: Motjuste, home: Path) -> None:
    found = motjuste("inbox", "triage", "--replies", "--json").document["invitations"]
    asked = motjuste("ask", "-", "--set", "days=10", stdin=card("Léa Petit"))
    assert found[0]["reply"] + "\n" == asked.out
    assert motjuste("inbox", "triage", "--policy", "open-network", "--replies", "--json").document["invitations"][0][
        "reply"
    ] is None


@pytest.mark.usefixtures("inbox")
def test_one_reply_that_cannot_be_written_costs_no_other(motjuste: Motjuste, home: Path) -> None:
    own = home / "templates" / "fr"
    own.mkdir(parents=True)
    (own / "ask.txt").write_text("---\nfields:\n  days: {ask: x, default: ''}\n---\n{{ nobody }}", "utf-8")
    found = motjuste("inbox", "triage", "--replies", "--json").document["invitations"]
    assert (found[0]["reply"], found[1]["reply"][:12]) == (None, "Bonjour Hugo")
    assert found[0]["problem"].startswith(f"{own / 'ask.txt'}:5: unknown name 'nobody'")


@pytest.mark.usefixtures("inbox")
def test_what_is_taken_is_one_step(motjuste: Motjuste) -> None:
    done = motjuste("inbox", "triage", "--take", "--json")
    assert (done.code, done.document["taken"], states()) == (0, 2, ["ask", "decline"])
    assert done.err == (
        "taken: accepter 0 · se renseigner 1 · décliner 1 · ignorer 0 · à voir 0; 'motjuste inbox undo' takes it back\n"
    )
    assert motjuste("inbox", "triage").out == ""
    motjuste("inbox", "undo")
    assert states() == ["waiting", "waiting"]


@pytest.mark.usefixtures("inbox")
def test_only_one_kind_of_verdict_is_taken(motjuste: Motjuste) -> None:
    motjuste("inbox", "triage", "--take", "--only", "ask")
    assert states() == ["ask", "waiting"]


@pytest.fixture
def many(home: Path, profile: Path) -> None:
    own_mailroom().receive(
        Invitation(name=f"{name} Petit", at=AT, profile_url=f"linkedin.com/in/{name}")
        for name in ("Ana", "Ben", "Eva", "Ida", "Lou", "Max")
    )


@pytest.mark.usefixtures("many")
def test_many_verdicts_are_taken_only_by_somebody_who_says_so(motjuste: Motjuste) -> None:
    assert motjuste("inbox", "triage", "--take") == Ended(
        1, "", "motjuste: 6 verdicts would be taken, and nobody is there to be asked; say --yes to take them\n"
    )
    assert set(states()) == {"waiting"}
    assert motjuste("inbox", "triage", "--take", "--yes").code == 0
    assert states() == ["ask"] * 6


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize(("answer", "code", "state"), [("\n", 0, "ask"), ("n\n", 130, "waiting"), ("", 130, "waiting")])
def test_somebody_at_a_terminal_is_shown_them_and_asked(
    answer: str, code: int, state: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(answer))
    monkeypatch.setattr(inbox_triage, "someone_is_there", lambda: True)
    assert run(["inbox", "triage", "--take"]) == code
    told = capsys.readouterr().err
    assert "se renseigner  Max Petit" in told
    assert "take these 6 verdicts? [Y/n]" in told
    assert set(states()) == {state}


@pytest.mark.usefixtures("inbox")
def test_another_policy_is_compared(motjuste: Motjuste) -> None:
    done = motjuste("inbox", "triage", "--policy", "four-criteria", "--compare", "strong-ties")
    assert done == Ended(
        0,
        "four-criteria → strong-ties: 1 / 2\n"
        "strong-ties: accepter 0 · se renseigner 1 · décliner 1 · ignorer 0 · à voir 0\n"
        f"{HUGO.id}  Hugo Martin  à voir (a reason to read)  →  décliner (reason of a stranger)\n",
        "four-criteria: accepter 0 · se renseigner 1 · décliner 0 · ignorer 0 · à voir 1\n",
    )
    document = motjuste("inbox", "triage", "--policy", "four-criteria", "--compare", "strong-ties", "--json").document
    assert document["compare"] == {
        "policy": "strong-ties",
        "counts": COUNTS,
        "differ": [
            {
                "id": HUGO.id,
                "person": "Hugo Martin",
                "verdict": "look",
                "rule": "a reason to read",
                "other_verdict": "decline",
                "other_rule": "reason of a stranger",
            }
        ],
    }


@pytest.mark.usefixtures("inbox")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("triage", "--compare", "strong-ties", "--take"), "--compare shows and takes nothing; "
         "leave out --compare, or --take"),
        (("triage", "--only", "aks"), "'aks' is no verdict; did you mean 'ask'?"),
        (("triage", "--only", "xyz"), "'xyz' is no verdict; they are accept, ask, decline, ignore, look"),
        (("triage", "--policy", "strong"), "there is no policy 'strong'; did you mean 'strong-ties'?"),
        (("triage", "--compare", "xyz"), "there is no policy 'xyz'; there are four-criteria, open-network, "
         "reply-to-reasons, strong-ties"),
    ],
)  # fmt: skip
def test_what_is_asked_for_wrongly_is_told(motjuste: Motjuste, arguments: tuple[str, ...], said: str) -> None:
    assert motjuste("inbox", *arguments) == Ended(1, "", f"motjuste: {said}\n")


def test_who_is_asked_again_is_said(motjuste: Motjuste, inbox: None) -> None:
    motjuste("inbox", "triage", "--take")
    assert [each["state"] for each in motjuste("inbox", "triage", "--again", "--json").document["invitations"]] == [
        "ask",
        "decline",
    ]


# --- policies ---------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("inbox")
def test_each_policy_is_listed_with_what_it_costs(motjuste: Motjuste) -> None:
    done = motjuste("inbox", "policies")
    assert (done.code, done.err) == (0, "")
    assert done.out.split("\n\n")[-1] == (
        "* strong-ties  Liens forts\n"
        "    Accepter les personnes que vous connaissez, demander aux autres ce qui les amène, "
        "décliner avec courtoisie.\n"
        "    accepter 0 · se renseigner 1 · décliner 1 · ignorer 0 · à voir 0\n"
        "    Acceptation immédiate\u00a0: 0 sur 2.\n"
        "    Perte pour l’instant\u00a0: 2. "
        "Un réseau plus petit se trouve moins, par mots-clés et de proche en proche.\n"
        "    Postes connus parmi cette perte\u00a0: 1\u202f; recrutement\u00a0: 1, achats\u00a0: 0. "
        "Là aussi, on vous trouvera moins.\n"
        "    Gain\u00a0: voix nouvelles dans votre fil, 0 au lieu de 2\u202f; ce qui vous intéresse s’y perd moins.\n"
    )
    document = motjuste("inbox", "policies", "--json").document
    assert document["waiting"] == 2
    assert [(each["name"], each["default"], each["counts"]["accept"]) for each in document["policies"]] == [
        ("four-criteria", False, 0),
        ("open-network", False, 2),
        ("reply-to-reasons", False, 2),
        ("strong-ties", True, 0),
    ]


def test_without_invitations_policies_are_listed_and_cost_nothing(motjuste: Motjuste, profile: Path) -> None:
    done = motjuste("inbox", "policies")
    assert (done.code, done.out.count("\n\n"), "Acceptation" in done.out) == (0, len(POLICIES) - 1, False)
    assert done.err == "motjuste: the inbox is empty; bring invitations in with 'motjuste inbox import FILE'\n"
    assert motjuste("inbox", "triage").out == ""


def test_a_policy_with_a_mistake_is_told_and_the_others_are_listed(motjuste: Motjuste, profile: Path) -> None:
    own = profile.parent / "policies"
    own.mkdir()
    own_mailroom().receive([LEA])
    (own / "mine.toml").write_text("[[rules]]\nwhen = 'mutal > 3'\nverdict = 'ask'\nreason = 'x'\n", "utf-8")
    done = motjuste("inbox", "policies")
    assert (done.code, done.err) == (
        0,
        f"motjuste: {own / 'mine.toml'}:2: unknown fact 'mutal'; did you mean 'mutual'?\n",
    )


def test_the_doctor_counts_the_policies_and_tells_a_bad_one(motjuste: Motjuste, profile: Path) -> None:
    shows = "4 that ship; 'motjuste inbox policies' shows what each costs"
    assert f"ok  policies   {shows}" in motjuste("doctor").out.splitlines()
    own = profile.parent / "policies"
    own.mkdir()
    (own / "mine.toml").write_text("[[rules]]\n", "utf-8")
    (own / "open-network.toml").write_text("[[rules]]\nverdict = 'look'\nreason = 'x'\n", "utf-8")
    lines = motjuste("doctor").out.splitlines()
    assert f"ok  policies   2 of yours from {own}, {shows.replace('4', '3')}" in lines
    (bad,) = [line for line in lines if line.startswith("NO  files")]
    assert bad.startswith(f"NO  files      {own / 'mine.toml'}:1: this rule has no verdict")


def test_a_profile_with_a_mistake_decides_nothing(motjuste: Motjuste, profile: Path) -> None:
    profile.write_text("default_policy = 'x'\n", "utf-8")
    assert (motjuste("inbox", "triage").code, motjuste("inbox", "policies").code) == (1, 1)


# --- explain ----------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("inbox")
@pytest.mark.parametrize("who", ["hugo", "MARTIN", HUGO.id, HUGO.id[:4].upper()])
def test_every_rule_is_explained(motjuste: Motjuste, who: str) -> None:
    done = motjuste("inbox", "explain", who)
    assert done == Ended(
        0,
        f"""\
Hugo Martin · 2026-02-11
strong-ties: décliner (reason of a stranger)
  {STRANGER}
  {UNKNOWN}
  → decline (reason = not_met, pleased_by = note)

   blocked               ignorer        ne s’applique pas  blocked = non
   met                   accepter       on ne sait pas     known_in_person = ?
   pitch in answer       décliner       ne s’applique pas  answer_kind = none
   exchanged             accepter       ne s’applique pas  written_before = non, answered = non
   no answer             ignorer        ne s’applique pas  silent_days = 0
   answer awaited        à voir         ne s’applique pas  asked = non, answered = non
   no reason given       se renseigner  ne s’applique pas  note_kind = personal
→  reason of a stranger  décliner       s’applique
""",
        "",
    )


@pytest.mark.usefixtures("inbox")
def test_a_program_gets_every_rule_and_every_fact(motjuste: Motjuste) -> None:
    document = motjuste("inbox", "explain", "hugo", "--policy", "four-criteria", "--json").document
    (judged,) = [
        each
        for each in motjuste("inbox", "triage", "--policy", "four-criteria", "--json").document["invitations"]
        if each["id"] == HUGO.id
    ]
    assert {key: document[key] for key in judged} == judged
    assert document["policy"] == "four-criteria"
    assert [each["name"] for each in document["rules"] if each["decided"]] == [judged["rule"]] == ["a reason to read"]
    assert document["rules"][4] == {
        "name": "groups in common",
        "when": "groups_match or groups_shared >= 2",
        "verdict": "accept",
        "outcome": "not known",
        "decided": False,
        "facts": {},
        "unknown": ["groups_match", "groups_shared"],
    }
    assert (document["facts"]["mutual"], document["facts"]["note_length"]) == (None, len(NOTE))


@pytest.mark.usefixtures("inbox")
def test_somebody_is_called_as_on_the_card_and_found_by_either_name(motjuste: Motjuste) -> None:
    motjuste("contacts", "import", "-", stdin=card("Hugo Legrand", url="https://www.linkedin.com/in/hugo"))
    assert [each["person"] for each in motjuste("inbox", "triage", "--json").document["invitations"]] == [
        "Léa Petit",
        "Hugo Legrand",
    ]
    assert "  Hugo Legrand  " in motjuste("inbox", "triage").out
    found = [motjuste("inbox", "explain", name).out.splitlines()[0] for name in ("legrand", "martin")]
    assert found == ["Hugo Legrand · 2026-02-11"] * 2


@pytest.mark.usefixtures("inbox")
def test_too_little_of_an_id_means_nobody(motjuste: Motjuste) -> None:
    assert motjuste("inbox", "explain", HUGO.id[:3]).code == 4


@pytest.mark.usefixtures("inbox")
def test_who_is_not_there_or_means_several_is_told(motjuste: Motjuste) -> None:
    done = motjuste("inbox", "explain", "nora")
    assert (done.code, done.err) == (
        4,
        "motjuste: nobody who invited you is called 'nora', and no invitation has an id that begins so; "
        "say more of the name, or give the id of 'motjuste inbox list'\n",
    )
    other = Invitation(name="Hugo Roy", at=AT, profile_url="linkedin.com/in/hugo-roy")
    own_mailroom().receive([other])
    done = motjuste("inbox", "explain", "hugo")
    assert (done.code, done.err.splitlines()) == (
        4,
        [
            "motjuste: 2 people who invited you are called 'hugo'; "
            "say more of the name, or give the id of 'motjuste inbox list'",
            f"  {HUGO.id}  Hugo Martin · 2026-02-11",
            f"  {other.id}  Hugo Roy · 2026-02-11",
        ],
    )


def test_of_several_invitations_by_one_person_the_newest_is_meant(motjuste: Motjuste, profile: Path) -> None:
    later = Invitation(name="Hugo Martin", at=AT.replace(day=12), profile_url=HUGO.profile_url)
    own_mailroom().receive([later, HUGO])
    assert motjuste("inbox", "explain", "hugo", "--json").document["id"] == later.id


# --- the reply to an invitation that waits ----------------------------------------------------------------

URL = {"url": "https://www.linkedin.com/in/hugo/"}


@pytest.mark.usefixtures("inbox")
def test_a_reply_is_filled_by_the_invitation_that_waits(motjuste: Motjuste) -> None:
    done = motjuste("decline", "-", "--explain", stdin=card("Hugo Martin", **URL))
    assert "et surtout du mot qui l’accompagnait" in done.out
    assert f"invitation {HUGO.id}, received 2026-02-11: pleased_by = note" in done.err.splitlines()
    own = motjuste("decline", "-", "--explain", "--set", "pleased_by=nothing", stdin=card("Hugo Martin", **URL))
    assert "mot qui" not in own.out
    assert f"invitation {HUGO.id}, received 2026-02-11" in own.err.splitlines()
    assert "je l’accepte" in motjuste("fill", "accept", "-", "--limit", "200", stdin=card("Hugo Martin", **URL)).out


@pytest.mark.usefixtures("inbox")
def test_a_namesake_or_an_invitation_that_waits_no_more_fills_nothing(motjuste: Motjuste) -> None:
    assert "mot qui" not in motjuste("decline", "-", stdin=card("Hugo Martin")).out
    motjuste("inbox", "triage", "--take")
    assert "mot qui" not in motjuste("decline", "-", stdin=card("Hugo Martin", **URL)).out


def test_a_ledger_that_cannot_be_read_costs_no_message(motjuste: Motjuste, home: Path, profile: Path) -> None:
    (home / "ledger.db").write_bytes(b"no database" * 100)
    done = motjuste("decline", "-", stdin=card("Hugo Martin", **URL))
    assert (done.code, done.out[:13]) == (0, "Bonjour Hugo,")
    (told,) = done.err.splitlines()
    assert told.startswith(f"motjuste: the ledger {home / 'ledger.db'}")
