"""An address book of 30,000 people: finding a misspelt name, and deciding who is meant, as the daemon does."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable

from benchmarks.rows import Row, table
from motjuste.people.book import Book
from motjuste.people.card import Contact
from motjuste.people.entry import entry_of
from motjuste.people.search import find
from motjuste.people.who import who_is_meant

PEOPLE = 30_000
TIMES = 60
TYPO_SECONDS, MEANT_SECONDS = 0.010, 0.001
SYLLABLES = "ma ri du pont lo ze vi ta ken so bel gar no ly cha ber ton fre ju an to cas mel ou".split()  # noqa: SIM905


def crowd(count: int, seed: int = 5) -> Book:
    """So many people, invented, most of whom share no name."""
    chance = random.Random(seed)

    def word() -> str:
        return "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))).capitalize()

    people = []
    for number in range(count):
        given, family = word(), word()
        people.append(
            Contact(
                formatted_name=f"{given} {family}",
                given_name=given,
                family_name=family,
                organization=f"{word()} {word()}",
                emails=(f"{number}@example.org",),
                profile_url=f"https://www.linkedin.com/in/person-{number}",
            )
        )
    return Book(packed=[entry_of(person).packed for person in people])


def misspelt(name: str, chance: random.Random) -> str:
    """`name` with two neighbouring letters of its last word the wrong way round."""
    at = chance.randrange(name.index(" ") + 2, len(name) - 1)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def titles(name: str) -> tuple[str, ...]:
    return (
        f"(3) {name} | LinkedIn — Mozilla Firefox",
        f"Rédaction : Re: Salon du livre - {name} - Courrier entrant - Mozilla Thunderbird",
        "Quarterly report of the northern offices, second draft - LibreOffice Writer",
    )


def seconds_of(calls: list[Callable[[], object]]) -> list[float]:
    taken = []
    for call in calls:
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return taken


def measure(people: int = PEOPLE) -> list[Row]:
    """The median and the worst of many different questions, once the index is made."""
    book, chance = crowd(people), random.Random(6)
    start = time.perf_counter()
    find("Nobody Atall", book)
    who_is_meant(window_title="Nobody Atall - Compose", clipboard="nobody@example.org", contacts=book)
    ahead = time.perf_counter() - start
    asked = [chance.choice(book).display_name for _ in range(TIMES)]
    typos = seconds_of([lambda name=name: find(misspelt(name, chance), book) for name in asked])  # type: ignore[misc]
    meant = seconds_of(
        [
            lambda title=title, number=number: who_is_meant(  # type: ignore[misc]
                window_title=title, clipboard=f"{number}@example.org", contacts=book
            )
            for number, name in enumerate(asked)
            for title in titles(name)
        ]
    )
    return [
        _row(f"a misspelt name among {people:,}", typos, TYPO_SECONDS),
        _row(f"who is meant among {people:,}", meant, MEANT_SECONDS),
        Row("  the indices, made once", f"{ahead:.2f} s", "of what is kept in the index beside the cards"),
    ]


def _row(what: str, taken: list[float], goal: float) -> Row:
    median, worst = statistics.median(taken), max(taken)
    beside = f"worst of {len(taken)}: {worst * 1000:.2f} ms"
    return Row(what, f"{median * 1000:.2f} ms", beside, f"≤ {goal * 1000:g} ms", median <= goal)


if __name__ == "__main__":
    print(table(measure()))
