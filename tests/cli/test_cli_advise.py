"""motjuste advise: whether a personal note is worth it, told to people and to programs."""

from __future__ import annotations

import shlex
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from terminal import Motjuste, card

from motjuste.adapters.ledger import LedgerFile
from motjuste.adapters.settings import Places
from motjuste.inbox.events import Event, told_of
from motjuste.inbox.invitation import Invitation

OWN = """\
name = "Camille Roy"
role = "documentaliste"
organization = "Éditions du Large"
language = "{language}"
tier = "{tier}"

[interests]
positions = ["archiviste"]
schools = ["Université Laval"]
"""
MARIE = card(title="Directrice des archives", org="Nord", note="Diplômée de l’Université Laval")


def write(profile: Path, *, language: str = "fr-FR", tier: str = "free", more: str = "") -> None:
    profile.write_text(more + OWN.format(language=language, tier=tier), "utf-8")


def record(home: Path, *events: Event) -> None:
    ledger = LedgerFile(Places.from_environment({"MOTJUSTE_HOME": str(home)}).ledger)
    ledger.record(events)
    ledger.close()


def sent(name: str = "Léa Petit", *, days: int = 0, note: str = "Bonjour", url: str = "") -> Event:
    """An outgoing invitation, so many days ago."""
    at = datetime.now() - timedelta(days=days)
    invitation = Invitation(name=name, at=at, note=note, direction="outgoing", profile_url=url)
    return told_of(invitation, at=datetime.now(UTC))


def test_an_answer_its_reasons_and_what_to_type_next(motjuste: Motjuste, profile: Path) -> None:
    write(profile)
    done = motjuste("advise", "-", stdin=MARIE)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "Oui, une note personnelle à Marie Dupont vaut la peine (points : 4, il en faut 2).",
        "  +1  vous visez la qualité : une note commence une conversation, sans être acceptée plus souvent",
        "  +1  le poste « archiviste » est parmi vos intérêts : « archives » (supposé ; sinon, --relation)",
        "  +1  cette personne semble d’un rang bien plus élevé que le vôtre : « Directrice » "
        "(supposé ; sinon, --standing)",
        "  +1  l’école « Université Laval » est parmi vos intérêts",
        "      il reste 5 notes personnelles ce mois-ci",
        "      aucune invitation envoyée n’est notée : toutes les notes du mois comptent (sinon, --notes-left)",
        "Tapez ensuite :  motjuste fill invite-standing -",
        "Encore mieux avec vos propres mots : ajoutez --set reason=…",
    ]


def test_a_no_is_as_plain_and_in_english_for_others(motjuste: Motjuste, profile: Path) -> None:
    write(profile, language="en", tier="premium")
    done = motjuste("advise", "-", "--aim", "reach", stdin=card(title="Boulanger"))
    assert done.out.splitlines() == [
        "No, invite Marie Dupont without a note (points: -2, needed: 2).",
        "  -1  your aim is reach: as many accept without a note (26.4 % both ways, of 16,492 requests)",
        "  -1  a stranger whose work is not yours (a guess; --relation says otherwise)",
        "      they seem to be a peer (a guess; --standing says otherwise)",
    ]


def test_what_the_person_says_is_no_guess_and_fills_the_note(
    motjuste: Motjuste, profile: Path, tmp_path: Path
) -> None:
    write(profile, language="en")
    path = tmp_path / "marie dupont.vcf"
    path.write_text(MARIE, "utf-8")
    done = motjuste(
        "advise",
        str(path),
        "--set",
        "event=l’atelier  du port",
        "--standing",
        "peer",
        "--notes-left",
        "1",
        "--aim",
        "reach",
    )
    assert done.out.splitlines() == [
        "No, invite Marie Dupont without a note (points: 1, needed: 3).",
        "  -1  your aim is reach: as many accept without a note (26.4 % both ways, of 16,492 requests)",
        "  +2  you met: “l’atelier du port”",
        "      you say that they are a peer",
        "      1 personal note is left this month, so 3 points are needed rather than 2",
    ]
    yes = motjuste(
        "advise", str(path), "--set", "event=l’atelier du port", "--relation", "known", "--notes-left", "9"
    )
    assert (
        yes.out.splitlines()[-1]
        == f"Type next:  motjuste fill invite-event '{path}' --set 'event=l’atelier du port'"
    )


def test_what_is_to_be_typed_next_can_be_typed(motjuste: Motjuste, profile: Path, tmp_path: Path) -> None:
    write(profile)
    path = tmp_path / "marie dupont.vcf"
    path.write_text(MARIE, "utf-8")
    for facts in (
        "event=le Salon",
        "article=Le Phare",
        "mutual=Alex",
        "school=Laval",
        "alumni=L",
        "group=G",
        "reason=x",
    ):
        advised = motjuste(
            "advise", str(path), "--set", facts, "--set", "reason=votre livre", "--json"
        ).document
        program, *arguments = shlex.split(advised["command"])
        written = motjuste(*arguments)
        assert (program, written.code, written.err) == ("motjuste", 0, ""), facts
        assert advised["template"] in (arguments[1], arguments[0])


def test_json_has_the_promised_shape(motjuste: Motjuste, profile: Path) -> None:
    write(profile, language="en")
    person = card(title="Recruiter", org="Éditions du large")
    done = motjuste("advise", "-", "--relation", "field", "--set", "reason=your book", "--json", stdin=person)
    assert done.document == {
        "contact": motjuste("invite", "-", "--json", stdin=person).document["contact"],
        "worth": True,
        "stopped": None,
        "score": 5,
        "needed": 2,
        "reasons": [
            {
                "name": "aim-quality",
                "points": 1,
                "text": "your aim is quality: a note begins a conversation, though it is not accepted more often",
            },
            {"name": "relation-field", "points": 1, "text": "you say: a stranger in your field"},
            {"name": "standing-peer", "points": 0, "text": "they seem to be a peer"},
            {"name": "own-reason", "points": 2, "text": "you have something of your own to say: “your book”"},
            {"name": "common-company", "points": 1, "text": "the same company: “Éditions du large”"},
            {"name": "notes-left", "points": 0, "text": "5 personal notes are left this month"},
        ],
        "aim": "quality",
        "relation": {"value": "field", "guessed": False},
        "standing": {"value": "peer", "guessed": True},
        "facts": {"company": "Éditions du large", "reason": "your book"},
        "notes_left": {"number": 5, "known_by": "assumed"},
        "template": "invite",
        "fields": {"reason": "your book"},
        "command": "motjuste invite - --set 'reason=your book'",
        "also": [{"template": "invite-recruiter", "command": "motjuste fill invite-recruiter -"}],
    }


def test_the_current_contact_is_meant_when_nobody_is_named(
    motjuste: Motjuste, profile: Path, marie: Path
) -> None:
    write(profile, language="en")
    motjuste("contacts", "import", str(marie))
    motjuste("contacts", "use", "marie")
    assert (
        motjuste("advise", "--relation", "met", "--json").document["command"] == "motjuste fill invite-event"
    )


@pytest.mark.parametrize(
    ("role", "language", "also"),
    [
        (
            "recruteuse",
            "fr-FR",
            "Si vous avez un poste pour cette personne :  motjuste fill invite-candidate -",
        ),
        ("journalist", "en", "If you would like to interview this person:  motjuste fill invite-interview -"),
    ],
)
def test_who_recruits_or_interviews_is_told_of_their_notes(
    motjuste: Motjuste, profile: Path, role: str, language: str, also: str
) -> None:
    profile.write_text(f'role = "{role}"\nlanguage = "{language}"\n', "utf-8")
    assert motjuste("advise", "-", stdin=card()).out.splitlines()[-1] == also


def test_without_a_language_the_profile_is_read_in_english(motjuste: Motjuste, profile: Path) -> None:
    profile.write_text('role = {en = "journalist", fr = "libraire"}\n', "utf-8")
    told = motjuste("advise", "-", "--json", stdin=card(title="Journaliste")).document
    assert (told["relation"]["value"], [each["template"] for each in told["also"]]) == (
        "field",
        ["invite-interview"],
    )
    assert told["reasons"][0]["text"].startswith("your aim is quality")


# --- the ledger --------------------------------------------------------------------------------------------


def test_notes_that_went_out_this_month_are_counted(motjuste: Motjuste, profile: Path, home: Path) -> None:
    write(profile, more="notes_per_month = 4\n")
    record(home, sent("Léa"), sent("Hugo", note=""), sent("Ana"), sent("Inés", days=40))
    told = motjuste("advise", "-", "--json", stdin=MARIE).document
    assert (told["notes_left"], told["needed"]) == ({"number": 2, "known_by": "ledger"}, 3)
    record(home, *(sent(url=f"https://www.linkedin.com/in/p{number}") for number in range(5)))
    gone = motjuste("advise", "-", stdin=MARIE)
    assert gone.out.splitlines() == [
        "Pas de note à Marie Dupont.",
        "      il ne reste pas de note personnelle ce mois-ci ; une invitation sans note part toujours",
    ]
    assert motjuste("advise", "-", "--notes-left", "1", "--json", stdin=MARIE).document["notes_left"] == {
        "number": 1,
        "known_by": "option",
    }


@pytest.mark.parametrize(
    ("event", "left"),
    [
        pytest.param(
            Event(
                kind="copied",
                at=datetime.now(UTC),
                person="in:lea",
                details={"channel": "linkedin-note", "template": "x"},
            ),
            {"number": 4, "known_by": "ledger"},
            id="a note that was copied probably went out",
        ),
        pytest.param(
            Event(
                kind="copied", at=datetime.now(UTC), person="in:lea", details={"channel": "linkedin-message"}
            ),
            {"number": 5, "known_by": "assumed"},
            id="a message is no note",
        ),
        pytest.param(sent(days=40), {"number": 5, "known_by": "ledger"}, id="a note of another month"),
    ],
)
def test_how_many_notes_are_left_is_known_from_what_was_sent_and_copied(
    motjuste: Motjuste, profile: Path, home: Path, event: Event, left: dict[str, object]
) -> None:
    write(profile)
    record(home, event)
    assert motjuste("advise", "-", "--json", stdin=MARIE).document["notes_left"] == left


def test_an_account_that_counts_no_notes_has_all_it_wants(
    motjuste: Motjuste, profile: Path, home: Path
) -> None:
    write(profile, tier="premium")
    record(home, *(sent(url=f"https://www.linkedin.com/in/p{number}") for number in range(9)))
    told = motjuste("advise", "-", "--json", stdin=MARIE).document
    assert (told["notes_left"], told["needed"]) == ({"number": None, "known_by": "unlimited"}, 2)


def test_who_was_invited_already_is_not_invited_twice(motjuste: Motjuste, profile: Path, home: Path) -> None:
    write(profile, language="en")
    person = card(url="https://www.linkedin.com/in/marie-dupont")
    event = sent("Marie D.", days=3, url="https://www.linkedin.com/in/marie-dupont/")
    record(home, event)
    on = (date.today() - timedelta(days=3)).isoformat()
    assert motjuste("advise", "-", "--relation", "met", stdin=person).out.splitlines() == [
        "No note to Marie Dupont.",
        f"      you have invited them, and they have not answered yet ({on})",
    ]
    record(
        home, Event(kind="withdrawn", at=datetime.now(UTC), person=event.person, invitation=event.invitation)
    )
    assert motjuste("advise", "-", "--json", stdin=person).document["stopped"] == "withdrawn"


def test_who_has_invited_is_answered(motjuste: Motjuste, profile: Path, home: Path) -> None:
    write(profile, language="en")
    person = card(url="https://www.linkedin.com/in/marie-dupont")
    invitation = Invitation(
        name="Marie Dupont",
        at=datetime(2026, 2, 3, 9, 0),
        profile_url="https://www.linkedin.com/in/marie-dupont",
    )
    record(home, told_of(invitation, at=datetime.now(UTC)))
    done = motjuste("advise", "-", stdin=person)
    assert done.out.splitlines() == [
        "No note to Marie Dupont.",
        "      they have invited you: answer that (2026-02-03)",
        "Type next:  motjuste decline -",
    ]


def test_a_ledger_that_cannot_be_read_stops_no_advice(motjuste: Motjuste, profile: Path, home: Path) -> None:
    write(profile)
    ledger = Places.from_environment({"MOTJUSTE_HOME": str(home)}).ledger
    ledger.parent.mkdir(parents=True, exist_ok=True)
    ledger.write_bytes(
        b"this is no database, and it is longer than a header of a hundred bytes would be " * 4
    )
    done = motjuste("advise", "-", stdin=MARIE)
    assert (done.code, done.out.splitlines()[0][:4]) == (0, "Oui,")
    assert done.err.startswith("motjuste: ")
    assert str(ledger) in done.err


# --- what is wrong -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("--aim", "many"), 2, "--aim wants one of reach, quality, not 'many'"),
        (("--relation", "friend"), 2, "--relation wants one of known, met, field, far, not 'friend'"),
        (("--standing", "boss"), 2, "--standing wants one of senior, peer, junior, not 'boss'"),
        (("--notes-left", "-1"), 2, "--notes-left wants a whole number from 0 up, not '-1'"),
        (("--set", "evnt=x"), 1, "unknown fact 'evnt'; did you mean 'event'?"),
        (
            ("--set", "zzz=x"),
            1,
            "unknown fact 'zzz'; known: event, article, mutual, school, alumni, group, company, reason",
        ),
        (
            (),
            4,
            "nobody is named and nobody is chosen; name someone, or choose with 'motjuste contacts use NAME'",
        ),
    ],
)
def test_what_is_wrong_is_told_in_one_line(
    motjuste: Motjuste, profile: Path, arguments: tuple[str, ...], code: int, told: str
) -> None:
    done = motjuste("advise", *arguments)
    assert (done.code, done.out, done.err) == (code, "", f"motjuste: {told}\n")


def test_to_whom_nothing_may_be_written_no_note_is_advised(
    motjuste: Motjuste, profile: Path, marie: Path
) -> None:
    motjuste("contacts", "import", str(marie))
    motjuste("contacts", "edit", "marie", "--do-not-contact", "yes")
    done = motjuste("advise", "marie")
    assert (done.code, done.out) == (1, "")
    assert done.err == motjuste("invite", "marie").err


def test_whoever_is_connected_needs_no_invitation(motjuste: Motjuste, profile: Path, tmp_path: Path) -> None:
    write(profile, language="en")
    path = tmp_path / "Connections.csv"
    path.write_text(
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
        "Zoé,Tremblay,https://www.linkedin.com/in/zoe,,Nord,Archiviste,08 Feb 2026\n",
        "utf-8",
    )
    motjuste("contacts", "import", str(path))
    assert (
        motjuste("advise", "zoe").out
        == "No note to Zoé Tremblay.\n      you are connected already (2026-02-08)\n"
    )
