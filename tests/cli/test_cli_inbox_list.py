"""`motjuste inbox list` and `show`: what came, and what became of it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from terminal import Ended, Motjuste, card

from motjuste.cli import inbox_list
from motjuste.cli.inbox import own_mailroom
from motjuste.inbox.events import Event
from motjuste.inbox.invitation import Invitation
from motjuste.inbox.verdict import Verdict
from motjuste.mailroom import Decision

HUGO = Invitation(
    name="Hugo Martin, PhD 🚀",
    at=datetime(2026, 2, 12, 11, 44),
    note="Bonjour Camille,\n\nvotre article sur le papier vivant m’a beaucoup plu ; parlons-en.",
    profile_url="https://www.linkedin.com/in/hugo-martin-1",
    position="Directeur marketing",
    organization="Acme",
    mutual=3,
    groups=("Club presse", "Papier"),
    source="Invitations.csv",
)
LEA = Invitation(name="Léa Petit", at=datetime(2026, 2, 11, 9, 5), profile_url="x/in/lea", position="Éditrice")
NOBODY = Invitation(name="", at=datetime(2025, 12, 31), profile_url="https://x.example/in/n-t")
ANA = Invitation(name="Ana Silva", at=datetime(2026, 1, 30, 12, 10), profile_url="x/in/ana", direction="outgoing")


@pytest.fixture
def inbox(home: Path) -> Path:
    room = own_mailroom()
    room.receive([NOBODY, ANA, LEA, HUGO])
    room.decide([Decision(LEA, Verdict(verdict="ask", policy="strong-ties", rule="no note", follow_up_days=7))])
    return home


def test_the_newest_stands_first_with_its_note_or_else_what_the_person_does(motjuste: Motjuste, inbox: Path) -> None:
    assert motjuste("inbox", "list") == Ended(
        0,
        f"{HUGO.id[:4]}  2026-02-12  waiting  Hugo Martin               Bonjour Camille, votre article sur le papier "
        "vivant m’a beaucoup plu ; parlons-en.\n"
        f"{LEA.id[:4]}  2026-02-11  ask      Léa Petit                 Éditrice\n"
        f"{NOBODY.id[:4]}  2025-12-31  waiting  https://x.example/in/n-t\n",
        "",
    )


def test_on_a_screen_each_one_is_a_line(motjuste: Motjuste, inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox_list, "screen_width", lambda: 80)
    own_mailroom().receive([Invitation(name="Marie-Antoinette de La Tour du Pin Gouvernet", at=datetime(2026, 2, 1))])
    out = motjuste("inbox", "list").out.splitlines()
    assert out[0] == f"{HUGO.id[:4]}  2026-02-12  waiting  Hugo Martin               Bonjour Camille, votre art…"
    assert " Marie-Antoinette de La…" in out[2]
    assert max(map(len, out)) == 80


def test_the_document_has_the_shape_that_is_promised(motjuste: Motjuste, inbox: Path) -> None:
    assert motjuste("inbox", "list", "--state", "ask", "--json").document == {
        "invitations": [
            {
                "id": LEA.id,
                "person": "Léa Petit",
                "received": "2026-02-11T09:05",
                "state": "ask",
                "verdict": "ask",
                "reasons": ["strong-ties: no note"],
            }
        ]
    }


@pytest.mark.parametrize(
    ("options", "people"),
    [
        ([], [HUGO, LEA, NOBODY]),
        (["--state", "waiting"], [HUGO, NOBODY]),
        (["--state", "Asked"], [LEA]),
        (["--search", "PAPIER viv"], [HUGO]),
        (["--search", "presse"], [HUGO]),
        (["--since", "2026-02-11"], [HUGO, LEA]),
        (["--since", "12 févr. 2026"], [HUGO]),
        (["--sent"], [ANA]),
        (["--state", "waiting", "--since", "2026-01-01", "--search", "hugo"], [HUGO]),
    ],
)
def test_options_narrow_the_list(
    motjuste: Motjuste, inbox: Path, options: list[str], people: list[Invitation]
) -> None:
    found = motjuste("inbox", "list", "--json", *options).document["invitations"]
    assert [each["id"] for each in found] == [each.id for each in people]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--state", "wait"], "'wait' is no state of an invitation; did you mean 'waiting'?"),
        (["--state", "xyz"], "'xyz' is no state of an invitation; they are waiting, accept, ask, decline, ignore, "
         "look, answered, accepted, removed, withdrawn"),
        (["--since", "02/03/2026"],
         "--since '02/03/2026' is no date that can be told for sure; write it like 2026-02-28"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_told(motjuste: Motjuste, home: Path, options: list[str], told: str) -> None:
    assert motjuste("inbox", "list", *options) == Ended(1, "", f"motjuste: {told}\n")


def test_where_nothing_is_a_word_says_what_to_do(motjuste: Motjuste, inbox: Path) -> None:
    assert motjuste("inbox", "list", "--search", "xyz") == Ended(0, "", "no invitation is like that\n")


def test_an_empty_inbox_says_how_to_fill_it(motjuste: Motjuste) -> None:
    empty = "the inbox is empty; fill it with 'motjuste inbox import FILE'\n"
    assert motjuste("inbox", "list") == Ended(0, "", empty)
    assert motjuste("inbox", "list", "--json").document == {"invitations": []}


def test_one_invitation_is_shown_in_full(motjuste: Motjuste, inbox: Path, tmp_path: Path) -> None:
    path = tmp_path / "hugo.vcf"
    path.write_text(card("Hugo Martin", url="https://www.linkedin.com/in/hugo-martin-1"), "utf-8")
    motjuste("contacts", "import", str(path))
    room = own_mailroom()
    at = datetime.fromisoformat("2026-02-16T08:30:00+00:00")
    room.decide([Decision(HUGO, Verdict(verdict="decline", policy="strong-ties", rule="no note", template="decline"))])
    told = {"kind": "need", "source_id": "answered:1"}
    room.ledger.record(
        [
            Event(kind="answered", at=at, person=HUGO.person, invitation=HUGO.id, details=told),
            Event(kind="typed", at=at.replace(day=13), person=HUGO.person, details={"template": "invite"}),
        ]
    )
    done = motjuste("inbox", "show", HUGO.id[:5])
    today = room.states()[HUGO.id].decided_at
    assert today is not None
    assert done.out == (
        f"id            {HUGO.id}\n"
        "person        Hugo Martin\n"
        "received      2026-02-12T11:44\n"
        "state         answered\n"
        "verdict       decline\n"
        "reasons       strong-ties: no note\n"
        "name          Hugo Martin, PhD 🚀\n"
        "direction     incoming\n"
        "position      Directeur marketing\n"
        "organization  Acme\n"
        "mutual        3\n"
        "groups        Club presse, Papier\n"
        "profile url   https://www.linkedin.com/in/hugo-martin-1\n"
        "source        Invitations.csv\n"
        "card          Hugo Martin\n"
        "last writer   them\n"
        "\n"
        "Bonjour Camille,\n"
        "\n"
        "votre article sur le papier vivant m’a beaucoup plu ; parlons-en.\n"
        "\n"
        "2026-02-12  received\n"
        "2026-02-13  reply typed    invite\n"
        "2026-02-16  they answered  need\n"
        f"{today.date()}  you decided    decline, strong-ties, no note, decline\n"
    )
    document = motjuste("inbox", "show", "hugo mar", "--json").document
    assert (document["mutual"], document["groups"], document["note"]) == (3, ["Club presse", "Papier"], HUGO.note)
    assert document["history"][1] == {"at": "2026-02-13T08:30:00+00:00", "what": "typed", "template": "invite"}


def test_unknown_and_none_stay_apart_in_the_document(motjuste: Motjuste, inbox: Path) -> None:
    document = motjuste("inbox", "show", "lea", "--json").document
    assert (document["mutual"], document["groups"], document["card"]) == (None, None, "")


def test_the_newest_invitation_of_a_person_is_meant_by_a_name(motjuste: Motjuste, inbox: Path) -> None:
    again = Invitation(name=LEA.name, at=datetime(2026, 3, 1), profile_url=LEA.profile_url)
    own_mailroom().receive([again])
    assert motjuste("inbox", "show", "léa", "--json").document["id"] == again.id


def test_who_is_called_exactly_so_is_meant_before_whose_name_begins_so(motjuste: Motjuste, inbox: Path) -> None:
    own_mailroom().receive([Invitation(name="Hugo Martin-Roy", at=datetime(2026, 3, 1))])
    assert motjuste("inbox", "show", "hugo MARTIN", "--json").document["id"] == HUGO.id
    assert motjuste("inbox", "show", "hugo martin r", "--json").document["person"] == "Hugo Martin-Roy"


def test_nobody_or_several_people_are_told(motjuste: Motjuste, inbox: Path) -> None:
    nobody = "nobody in the inbox is called 'Zoé', and no invitation has an id that begins so"
    more = "say more of the name, or give the id of 'motjuste inbox list'"
    assert motjuste("inbox", "show", "Zoé") == Ended(4, "", f"motjuste: {nobody}; {more}\n")
    own_mailroom().receive([Invitation(name="Hugo Petit", at=datetime(2026, 3, 1))])
    done = motjuste("inbox", "show", "hugo")
    assert (done.code, done.out) == (4, "")
    assert done.err.startswith(f"motjuste: 2 people of the inbox are called 'hugo'; {more}\n")
    assert f"  {HUGO.id}  Hugo Martin · Directeur marketing, Acme · 2026-02-12\n" in done.err
    assert motjuste("inbox", "show", " ").code == 4
