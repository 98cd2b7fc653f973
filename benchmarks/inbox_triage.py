"""An inbox of thousands: its file read and recorded, each invitation judged, each reply written; beside bare tools."""

from __future__ import annotations

import csv
import io
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import jinja2

from benchmarks.rows import Row, table
from motjuste.adapters.inbox_files import read_inbox_stream
from motjuste.adapters.settings import Places
from motjuste.desk import Desk, desk
from motjuste.inbox.verdict import Verdict
from motjuste.intake import take_in
from motjuste.mailroom import mailroom
from motjuste.triage import Case, Triage, triage

INVITATIONS = (3_200, 50_000)
GOAL_SECONDS = 3.0
# How much more an invitation may cost among fifteen times as many.
GOAL_GROWTH = 1.3
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
POLICY = "strong-ties"
PROFILE = """\
name = "Camille Roy"
language = "fr-FR"
network_goal = "échanger entre gens du métier"
[[doors]]
kind = "blog"
label = "Carnets d’atelier"
address = "https://carnets.example"
"""
HEADER = (
    "From", "To", "Sent At", "Message", "Direction", "inviterProfileUrl", "inviteeProfileUrl",
)  # fmt: skip
SYLLABLES = "ma ri du pont lo ze vi ta ken so bel gar no ly cha ber ton fre ju an to cas mel ou".split()  # noqa: SIM905
STOCK = (
    "I'd like to add you to my professional network on LinkedIn.",
    "Merci de m’ajouter à votre réseau LinkedIn.",
)
PITCH = (
    "Bonjour {name}, nous aidons les entreprises comme la vôtre à doubler leur chiffre d'affaires de {number} %. "
    "Auriez-vous 15 minutes cette semaine pour une démo gratuite ?"
)
OPENINGS = ("votre article sur", "ce que vous avez écrit de", "votre conférence sur", "le livre que vous citez sur")
BARE = """\
Bonjour {{ first }},

Merci de votre invitation{% if note %}, et surtout du mot qui l’accompagnait{% endif %}.

Mon réseau a ici un but précis : {{ goal }}. Nous n’avons pas encore eu l’occasion de nous parler : je ne donne donc pas
suite à votre invitation pour le moment.

La porte reste ouverte : d’ici là, vous pouvez lire {{ label }} ({{ address }}).

Bien à vous,
{{ me }}
"""


def export(count: int, seed: int = 7) -> bytes:
    """`Invitations.csv` with so many invitations, invented, half of them with a note of some kind."""
    chance = random.Random(seed)

    def word() -> str:
        return "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4)))

    def note(name: str) -> str:
        kind = chance.random()
        if kind < 0.5:
            return ""
        if kind < 0.65:
            return chance.choice(STOCK)
        if kind < 0.75:
            return PITCH.format(name=name, number=chance.randint(10, 90))
        about = " ".join(word() for _ in range(chance.randint(4, 12)))
        return f"Bonjour, {chance.choice(OPENINGS)} {about} m’a donné envie de vous écrire à ce sujet."

    file = io.StringIO(newline="")
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(HEADER)
    at = datetime(2026, 1, 1, 8, 0)
    for number in range(count):
        name = f"{word().capitalize()} {word().capitalize()}"
        at += timedelta(minutes=1)
        sent = f"{at.month}/{at.day}/{at:%y}, {at:%I:%M %p}".replace(", 0", ", ")
        rows.writerow(
            (
                name, "Camille Roy", sent, note(name), "INCOMING",
                f"https://www.linkedin.com/in/person-{number}", "https://www.linkedin.com/in/camille",
            )
        )  # fmt: skip
    return file.getvalue().encode("utf-8")


def measure(counts: tuple[int, ...] = INVITATIONS) -> list[Row]:
    """For each size: the whole, its parts, and the whole beside csv and Jinja alone."""
    rows: list[Row] = []
    per_invitation: list[float] = []
    for count in counts:
        data = export(count)
        with tempfile.TemporaryDirectory() as folder:
            taken = _taken(data, Path(folder))
        bare = _seconds(lambda data=data: _bare(data))  # type: ignore[misc]
        whole = sum(taken.values())
        per_invitation.append(whole / count)
        first = count == counts[0]
        parts = ", ".join(f"{what} {seconds:.2f}" for what, seconds in taken.items())
        goal = f"≤ {GOAL_SECONDS:g} s" if first else f"≤ {GOAL_GROWTH:g}× per invitation"
        growth = per_invitation[-1] / per_invitation[0]
        rows += [
            Row(
                f"{count:,} invitations imported, judged, answered",
                f"{whole:.2f} s",
                parts if first else f"{parts}; {growth:.2f}× per invitation",
                goal,
                whole <= GOAL_SECONDS if first else growth <= GOAL_GROWTH,
            ),
            Row("  beside csv and a bare Jinja template", f"{whole / bare:.0f}×", f"of {bare:.2f} s"),
        ]
    return rows


def _taken(data: bytes, folder: Path) -> dict[str, float]:
    """The processor's seconds of each step, once the program is loaded and its templates are compiled."""
    places = Places.from_environment({"MOTJUSTE_HOME": str(folder), "XDG_CACHE_HOME": str(folder / "cache")})
    places.profile.write_text(PROFILE, "utf-8")
    at = desk(places)
    _warm(at, places)
    seconds: dict[str, float] = {}

    def timed(what: str, step: Callable[[], object]) -> None:
        seconds[what] = _seconds(step)

    found: list[Triage] = []
    judged: list[tuple[Case, Verdict]] = []
    room = mailroom(places, at.book, now=lambda: NOW)
    def imported() -> None:
        take_in([read_inbox_stream(io.BytesIO(data), "Invitations.csv")], room.ledger, now=lambda: NOW)

    def judging() -> None:
        found.append(triage(places, at, room, now=lambda: NOW))
        judged.extend(_judged(found[0]))

    def answered() -> None:
        for case, verdict in judged:
            message = found[0].reply_to(case, verdict)
            assert message is not None
            assert message.rendered.text

    timed("import", imported)
    timed("judge", judging)
    timed("reply", answered)
    return seconds


def _judged(on_desk: Triage) -> Iterator[tuple[Case, Verdict]]:
    policy = on_desk.policy(POLICY)
    return ((case, on_desk.judge(case, policy)) for case in on_desk.waiting)


def _warm(at: Desk, places: Places) -> None:
    from motjuste.compose import Request
    from motjuste.people.card import Contact
    from motjuste.people.who import Meant

    for template in ("ask", "decline"):
        at.write(Request(template), Meant(Contact(formatted_name="Zoé Roy"), "benchmark"))


def _bare(data: bytes) -> int:
    """The same file read by csv and one text for each row by a compiled template: no judging, no ledger, no names."""
    template = jinja2.Environment().from_string(BARE)
    texts = [
        template.render(
            first=row["From"].partition(" ")[0],
            note=row["Message"],
            goal="échanger entre gens du métier",
            label="mon blog",
            address="https://carnets.example",
            me="Camille",
        )
        for row in csv.DictReader(io.StringIO(data.decode("utf-8")))
    ]
    return len(texts)


def _seconds(step: Callable[[], object]) -> float:
    start = time.process_time()
    step()
    return time.process_time() - start


if __name__ == "__main__":
    print(table(measure()))
