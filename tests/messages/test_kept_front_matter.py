"""Front matter is read once, and anew as soon as it says something else."""

from __future__ import annotations

import pickle

import pytest

from motjuste.errors import UserError
from motjuste.messages.front_matter import Field, FrontMatter
from motjuste.messages.kept_front_matter import KeptFrontMatter

FRONT = 'title: Hello\ntags: [one, two]\nforms: {long: 900}\nfields:\n  why: {ask: "Why?", choices: [a, b]}\n'
MATTER = FrontMatter(
    title="Hello",
    tags=("one", "two"),
    forms={"long": 900},
    fields={"why": Field("why", "Why?", choices=("a", "b"))},
)


class Store(dict[str, bytes]):
    def set(self, key: str, code: bytes) -> None:
        self[key] = code


def test_what_was_kept_is_what_was_read() -> None:
    store = Store()
    assert [KeptFrontMatter(store).read(FRONT, "fr/a.txt") for _ in range(2)] == [MATTER, MATTER]
    assert KeptFrontMatter(None).read(FRONT, "fr/a.txt") == MATTER
    assert len(store) == 1


def test_it_is_not_read_again() -> None:
    store = Store()
    KeptFrontMatter(store).read(FRONT, "fr/a.txt")
    store.update({key: pickle.dumps((FRONT, FrontMatter(title="kept"))) for key in store})
    assert KeptFrontMatter(store).read(FRONT, "fr/a.txt") == FrontMatter(title="kept")


def test_each_file_has_its_own_and_other_words_are_read_anew() -> None:
    kept = KeptFrontMatter(Store())
    files = [("a.txt", "title: A"), ("b.txt", "title: B"), ("a.txt", "title: C"), ("a.txt", "title: A")]
    assert [kept.read(front, path).title for path, front in files] == ["A", "B", "C", "A"]


def test_a_mistake_is_told_each_time() -> None:
    store = Store()
    for _ in range(2):
        with pytest.raises(UserError, match=r"a\.txt:2: unknown key 'titel' in front matter"):
            KeptFrontMatter(store).read("titel: A", "a.txt")
    assert store == {}


def test_nothing_is_kept_of_a_file_without_front_matter() -> None:
    store = Store()
    assert (KeptFrontMatter(store).read("\n", "a.txt"), store) == (FrontMatter(), {})
