"""An invitation as it is copied from the network's page, in French and English."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motjuste.errors import UserError
from motjuste.inbox.invitation import PASTED, Invitation
from motjuste.inbox.pasted import Pasted, read_pasted_invitation

NOW = datetime(2026, 2, 12, 15, 30)
FRENCH = """\
Photo de profil de Hugo Martin
Hugo Martin
• 2e
Directeur marketing chez Acme | Conférencier
Marie Dupont, Ana Silva et 2 autres relations en commun
Il y a 2 jours

Bonjour Camille,

votre article m’a plu.
Hugo
Répondre à Hugo
Ignorer
Accepter
"""
ENGLISH = """\
Invitations
Hugo Martin, PhD 🚀
2nd
Marketing Director at Acme
3 mutual connections
Shared groups: Print Club, Paper
1 week ago
Hello Camille, I would like to connect with you.
Reply to Hugo
Ignore
Accept
"""
BY_HAND = "give the name yourself: motjuste inbox add NAME --note TEXT"


def read(text: str, name: str = "") -> Pasted:
    return read_pasted_invitation(text, now=NOW, name=name)


def told(text: str, name: str = "") -> dict[str, str]:
    """What was taken for what, but for the day where nothing tells it, which is today."""
    took = dict(read(text, name).took)
    if took["received"] == "2026-02-12 (today, as nothing says when)":
        del took["received"]
    return took


def test_a_french_page() -> None:
    assert read(FRENCH) == Pasted(
        Invitation(
            name="Hugo Martin",
            at=datetime(2026, 2, 10),
            note="Bonjour Camille,\n\nvotre article m’a plu.\nHugo",
            position="Directeur marketing",
            organization="Acme",
            mutual=4,
            source=PASTED,
        ),
        (
            ("name", "Hugo Martin"),
            ("position", "Directeur marketing"),
            ("organization", "Acme"),
            ("mutual", "4"),
            ("received", "2026-02-10 (Il y a 2 jours)"),
            ("note", "Bonjour Camille,\n\nvotre article m’a plu.\nHugo"),
        ),
    )


def test_an_english_page() -> None:
    assert read(ENGLISH).invitation == Invitation(
        name="Hugo Martin, PhD 🚀",
        at=datetime(2026, 2, 5),
        note="Hello Camille, I would like to connect with you.",
        position="Marketing Director",
        organization="Acme",
        mutual=3,
        groups=("Print Club", "Paper"),
        source=PASTED,
    )


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\n\n", " \n\u200b"])
def test_how_it_was_copied_makes_no_difference(newline: str) -> None:
    assert told(ENGLISH.replace("\n", newline)) == told(ENGLISH)


@pytest.mark.parametrize(
    ("line", "mutual"),
    [
        ("1 relation en commun", "1"),
        ("12 mutual connections", "12"),
        ("Ana Silva est une relation en commun", "1"),
        ("Ana Silva is a mutual connection", "1"),
        ("Ana Silva et Paul Roy sont des relations en commun", "2"),
        ("Ana Silva and Paul Roy are mutual connections", "2"),
        ("Ana Silva et 1 autre relation en commun", "2"),
        ("Ana Silva, Paul Roy, and 10 other mutual connections", "12"),
    ],
)
def test_connections_in_common_are_counted(line: str, mutual: str) -> None:
    assert told(f"Hugo Martin\n{line}\nAccepter") == {"name": "Hugo Martin", "mutual": mutual}


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Il y a 5 minutes", 12), ("3 hours ago", 12), ("Aujourd’hui", 12), ("Hier", 11), ("yesterday", 11),
        ("Il y a un jour", 11), ("2 d", 10), ("Il y a 1 sem.", 5), ("1w", 5), ("Sent a week ago", 5),
        ("Reçue il y a 10 jours", 2),
    ],
)  # fmt: skip
def test_the_age_tells_the_day(line: str, day: int) -> None:
    pasted = read(f"Hugo Martin\n{line}\nAccepter")
    assert pasted.invitation.at == datetime(2026, 2, day)
    assert pasted.took[1] == ("received", f"2026-02-{day:02} ({line})")


def test_months_and_years_tell_it_roughly() -> None:
    days = [read(f"Hugo Martin\n{line}\nAccept").invitation.at for line in ("Il y a 2 mois", "3 mo", "1 year ago")]
    assert days == [datetime(2025, 12, 14), datetime(2025, 11, 14), datetime(2025, 2, 12)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Hugo Martin\nCoach\nBonjour Camille !\nIgnorer\nAccepter",
            {"name": "Hugo Martin", "position": "Coach", "note": "Bonjour Camille !"},
            id="a greeting begins the note where nothing stands between",
        ),
        pytest.param(
            "Hugo Martin\nHello, nice article.\nhier\nAccepter",
            {"name": "Hugo Martin", "received": "2026-02-11 (hier)", "note": "Hello, nice article."},
            id="a note above the age",
        ),
        pytest.param(
            "Hugo Martin\nHelping teams at scale\nMe voilà\nAccepter",
            {"name": "Hugo Martin", "position": "Helping teams at scale", "note": "Me voilà"},
            id="a headline that is no employment stays whole",
        ),
        pytest.param(
            "Hugo Martin\nHugo MARTIN\nAccepter", {"name": "Hugo Martin"}, id="the name may stand there twice"
        ),
        pytest.param(
            "hugo\nCoach\nReply to hugo\nAccept",
            {"name": "hugo", "position": "Coach"},
            id="a name of one word, confirmed",
        ),
        pytest.param(
            "Madonna’s profile picture\nMadonna\nAccept", {"name": "Madonna"}, id="a name beside the picture"
        ),
        pytest.param(
            "Hugo Martin souhaite entrer en relation\nCoach\nAccepter",
            {"name": "Hugo Martin", "position": "Coach"},
            id="the sentence of the network alone names the person",
        ),
        pytest.param(
            "Hugo Martin\nlinkedin.com/in/hugo-martin\nVoir mon profil linkedin.com/in/autre\nAccepter",
            {"name": "Hugo Martin", "position": "Voir mon profil linkedin.com/in/autre",
             "profile": "linkedin.com/in/hugo-martin"},
            id="an address of its own line is the profile's",
        ),
        pytest.param(
            "Hugo Martin\nCoach\n1 mutual connection\nI loved your team’s photo\nI would like to connect\nAccept",
            {"name": "Hugo Martin", "position": "Coach", "mutual": "1",
             "note": "I loved your team’s photo\nI would like to connect"},
            id="a note may speak as the page does",
        ),
    ],
)  # fmt: skip
def test_what_stands_where(text: str, expected: dict[str, str]) -> None:
    assert told(text) == expected


def test_what_is_neither_is_left_out_and_said() -> None:
    pasted = read("Hugo Martin\nCoach\nLyon, France\n1 mutual connection\nI like paper\nAccept")
    assert (pasted.invitation.note, pasted.left_out) == ("I like paper", ("Lyon, France",))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "the text is empty; copy the invitation on the network's page, then try again"),
        ("x" * 6001, "the text has 6,001 characters, more than one invitation has; copy one invitation alone, from the "
         "name to its buttons"),
        ("Bonjour Camille,\nvotre article\nAccepter",
         f"could not tell whose invitation this is: 'Bonjour Camille,' is not surely a name; {BY_HAND}"),
        ("Directeur marketing\nHier\nAccepter",
         f"could not tell whose invitation this is: 'Directeur marketing' is not surely a name; {BY_HAND}"),
        ("Hugo Martin\nBonjour",
         f"could not tell whose invitation this is: 'Hugo Martin' is not surely a name; {BY_HAND}"),
        ("hugo\nCoach\nAccept", f"could not tell whose invitation this is: 'hugo' is not surely a name; {BY_HAND}"),
        ("Acme Consulting\n2 days ago\nAccept",
         f"could not tell whose invitation this is: 'Acme Consulting' is not surely a name; {BY_HAND}"),
        ("Accepter\nIgnorer", f"nobody is named in the text; {BY_HAND}"),
        ("Hugo Martin\nAccepter\nLéa Petit\nAccepter",
         "the text holds 2 invitations; copy one invitation alone, from the name to its buttons"),
        ("Photo de profil de Hugo Martin\nPhoto de profil de Léa Petit\nAccepter",
         "the text names several people: Hugo Martin, Léa Petit; copy one invitation alone, from the name to its "
         "buttons"),
        ("Hugo Martin vous a invité à suivre Acme\nAccepter",
         "this invites to something else than a network: 'Hugo Martin vous a invité à suivre Acme'; copy an invitation "
         "to connect"),
    ],
)  # fmt: skip
def test_nothing_is_taken_when_it_is_not_sure(text: str, told: str) -> None:
    with pytest.raises(UserError) as error:
        read(text)
    assert str(error.value) == told


def test_a_name_that_is_given_is_taken() -> None:
    assert told("Coach\n1 mutual connection\nAccept", "Hugo Martin") == {
        "name": "Hugo Martin",
        "position": "Coach",
        "mutual": "1",
    }
    # The page's own way to write it is no headline.
    assert told("Hugo MARTIN-ROY\nCoach\nAccept", "Hugo Martin") == {"name": "Hugo Martin", "position": "Coach"}


_LINES = st.sampled_from([*FRENCH.splitlines(), *ENGLISH.splitlines(), "", "x", "Léa Petit", "1 mutual connection"])


@given(st.text() | st.lists(_LINES).map("\n".join))
def test_any_text_is_an_invitation_or_refused(text: str) -> None:
    try:
        pasted = read(text)
    except UserError:
        return
    assert pasted.invitation.name
    assert pasted.invitation.person != "name:"
