"""Takes the picture of the window of a text being written: `python demo/window.py docs/window.png`."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests" / "desktop"))

from bench.display import Display  # noqa: E402
from bench.keyboard import HUMAN, Keyboard  # noqa: E402
from bench.waiting import wait_until  # noqa: E402

TITLE = "Élodie Garnier – Note d’invitation – motjuste"
REASON = "j'ai lu votre article sur les archives de la radio"


def main(picture: Path) -> None:
    """Open the window on a private display, fill in why this person, and take the picture."""
    with Display.private() as display:
        home = display.folder / "home"
        home.mkdir()
        shutil.copy(HERE / "profile.toml", home)
        command = [sys.executable, "-m", "motjuste", "invite", HERE / "elodie.vcf", "--lang", "fr", "--window"]
        log = display.folder / "window.log"
        process = display.processes.start(command, env=display.env | {"MOTJUSTE_HOME": str(home)}, log=log)
        window = display.find_window(TITLE, deadline=40)
        display.activate(window)
        keyboard = Keyboard(display)
        keyboard.type(REASON, gap=HUMAN)
        # The caret blinks; out of the field it does not come into the picture.
        keyboard.press("alt+r")
        before: list[bytes] = []

        def settled() -> bool:
            before.append(display.screenshot(picture, window).read_bytes())
            return len(before) > 1 and before[-1] == before[-2]

        wait_until(settled, "the window goes on changing", every=0.4)
        keyboard.close()
        display.processes.end(process)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
