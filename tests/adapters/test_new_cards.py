"""All the new people of an import or none, whatever happens in the middle."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from motjuste.adapters.address_book import VCardFolder
from motjuste.adapters.new_cards import save_together, take_in
from motjuste.errors import UserError
from motjuste.people.card import Contact

CUT_OFF = """
import os, sys
seen = 0
def at(event, about):
    global seen
    if event == sys.argv[3] and str(about[0]).startswith(sys.argv[1]):
        seen += 1
        if seen == int(sys.argv[4]):
            if sys.argv[2] == "power cut":
                os._exit(9)
            raise KeyboardInterrupt
from motjuste.adapters.address_book import VCardFolder
from motjuste.people.card import Contact
from datetime import UTC, datetime
from pathlib import Path
home = Path(sys.argv[1])
book = VCardFolder(home / "contacts", home / "state", now=lambda: datetime.now(UTC))
book.contacts()
sys.addaudithook(at)
book.add([Contact(formatted_name=f"Anne {letter}") for letter in ("Aa", "Bb", "Cc", "Dd", "Ee")])
"""


def people(folder: Path) -> list[str]:
    book = VCardFolder(folder, folder / "state", now=lambda: pytest.fail("nobody asks"))
    return [contact.formatted_name for contact in book.contacts()]


def visible(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir() if not path.name.startswith(".")}


@pytest.mark.parametrize("what", ["power cut", "Ctrl+C"])
@pytest.mark.parametrize(
    ("event", "number", "added"),
    [
        pytest.param("open", 1, 0, id="before the first card"),
        pytest.param("open", 4, 0, id="among the cards"),
        pytest.param("os.rename", 1, 0, id="when all are written"),
        pytest.param("os.rename", 2, 5, id="when all are to be moved"),
        pytest.param("os.rename", 4, 5, id="when some are moved"),
        pytest.param("os.rename", 6, 5, id="when all but one are moved"),
    ],
)
def test_all_people_of_an_import_are_added_or_nobody(
    tmp_path: Path, what: str, event: str, number: int, added: int
) -> None:
    command = [sys.executable, "-c", CUT_OFF, str(tmp_path), what, event, str(number)]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == (9 if what == "power cut" else -signal.SIGINT)
    assert len(people(tmp_path / "contacts")) == added
    if what == "Ctrl+C" or added:
        # Nothing is left over.
        assert sorted(path.suffix for path in (tmp_path / "contacts").iterdir()) == [".vcf"] * added


def test_what_an_import_of_former_days_has_left_goes_away(tmp_path: Path) -> None:
    for name, age in ((".import-old", 2 * 86_400), (".import-now", 60)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.vcf").write_text("a")
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    save_together(tmp_path, {"b.vcf": "b"})
    assert sorted(path.name for path in tmp_path.iterdir()) == [".import-now", "b.vcf"]


def test_a_card_that_somebody_else_has_put_there_meanwhile_stays(tmp_path: Path) -> None:
    (tmp_path / ".added-x").mkdir()
    (tmp_path / ".added-x" / "a.vcf").write_text("ours")
    (tmp_path / "a.vcf").write_text("theirs")
    take_in(tmp_path)
    assert visible(tmp_path) == {"a.vcf": "theirs", "a-2.vcf": "ours"}


def test_what_is_known_of_a_card_that_had_to_make_room_is_read(tmp_path: Path) -> None:
    book = VCardFolder(tmp_path, tmp_path / "state", now=lambda: pytest.fail("nobody asks"))
    book.add([Contact(formatted_name="Marie Dupont")])
    # As if it had come between the look at the folder and the moving.
    text = (tmp_path / "marie-dupont.vcf").read_text().replace("Dupont", "Durand")
    save_together(tmp_path, {"marie-dupont.vcf": text})
    assert people(tmp_path) == ["Marie Durand", "Marie Dupont"]


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="cannot be made: not a directory; make it writable"):
        save_together(tmp_path / "file", {"a.vcf": "a"})
    assert save_together(tmp_path / "nowhere", {}) == {}
    assert not (tmp_path / "nowhere").exists()
