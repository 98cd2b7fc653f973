"""Takes the picture of the review of invitations: `python demo/review.py docs/review.png`, which needs Chromium."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from motjuste.adapters.copying import SystemClipboard
from motjuste.adapters.ledger import LedgerFile
from motjuste.adapters.settings import Places
from motjuste.inbox.events import told_of
from motjuste.inbox.invitation import Invitation
from motjuste.review.languages import words_for
from motjuste.review.own import own_work
from motjuste.review.screen import ReviewScreen

HERE = Path(__file__).resolve().parent
NOW = datetime(2026, 2, 12, 9, 0, tzinfo=UTC)
INBOX = (
    Invitation(
        name="Dr. Élodie GARNIER 🎙️",
        at=datetime(2026, 2, 9, 17, 40),
        note="Bonjour Camille,\nvotre article sur les archives de la radio m’a donné envie de rouvrir nos cartons. "
        "Nous numérisons cette année deux cents bandes, et votre méthode d’indexation nous aiderait. "
        "Seriez-vous d’accord pour que nous en parlions ?",
        profile_url="https://www.linkedin.com/in/elodie-garnier",
        position="Archiviste",
        organization="Radio Estuaire",
        mutual=12,
        groups=("Patrimoine sonore",),
    ),
    Invitation(name="Hugo Martin", at=datetime(2026, 2, 10, 8, 2), organization="Nord Conseil", mutual=0),
    Invitation(name="Ana Roy", at=datetime(2026, 2, 11, 12, 30), position="Libraire", mutual=4),
)


async def drawn(places: Places, size: tuple[int, int], keys: list[str]) -> str:
    """The screen of a review as an SVG, after some keys."""
    work, language, _ = own_work(places, "strong-ties", SystemClipboard(), now=lambda: NOW)
    app = ReviewScreen(work, words_for(language))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        while app.is_busy:
            await pilot.pause()
        for key in keys:
            await pilot.press(key)
        await pilot.pause()
        return app.export_screenshot(title="motjuste inbox review")


def main(picture: Path, columns: int, rows: int, *keys: str) -> None:
    """Draw the first of some invitations, and let Chromium make a picture of it."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["MOTJUSTE_HOME"] = home
        places = Places.from_environment(os.environ)
        shutil.copy(HERE / "profile.toml", places.profile)
        ledger = LedgerFile(places.ledger)
        ledger.record(told_of(each, at=NOW) for each in INBOX)
        ledger.close()
        svg = asyncio.run(drawn(places, (columns, rows), list(keys)))
        width, height = re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)[0]
        file = Path(home, "review.svg")
        file.write_text(svg, encoding="utf-8")
        browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
        quietly = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars")
        size = f"--window-size={round(float(width))},{round(float(height))}"
        command = [browser, *quietly, size, f"--screenshot={picture}", file.as_uri()]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    columns, rows = map(int, sys.argv[2:4] or (80, 24))
    main(Path(sys.argv[1]).resolve(), columns, rows, *sys.argv[4:])
