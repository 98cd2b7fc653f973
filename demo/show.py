"""motjuste at work: types `invitlin` in a real text box and shows the note that stands there afterwards."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import textwrap
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests" / "desktop"))

from bench.daemon import Daemon  # noqa: E402
from bench.display import Display, MissingProgramError  # noqa: E402
from bench.keyboard import HUMAN, Keyboard, NoSuchKeyError  # noqa: E402
from bench.waiting import TookTooLongError, wait_until  # noqa: E402
from bench.windows import TextWindow  # noqa: E402

PERSON = "Élodie Garnier"
TRIGGER = "invitlin"
LIMIT = 300
PICTURE = HERE.parent / "build" / "demo.png"
EVERY_DAY = """\
To use motjuste every day:
  pipx install .                            puts the command `motjuste` on your path
  motjuste contacts import marie.vcf        or the network's Connections.csv
  motjuste daemon start                     then type invitlin, declin or askinfo in any text box
  motjuste decline "Marie Dupont" --copy    the same in the terminal, onto the clipboard
  motjuste doctor                           says what is missing, if anything is"""


class DemoFailedError(Exception):
    """The demonstration could not be given; the message is one line."""


def main() -> int:
    """Give the demonstration; 0 when the note arrived."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    real = os.environ.get("DISPLAY_REAL", "") not in ("", "0")
    try:
        if real and not os.environ.get("DISPLAY"):
            raise DemoFailedError(
                "DISPLAY_REAL=1 asks for your own screen, but DISPLAY names none; leave it out"
            )
        with Display.of_the_person() if real else Display.private() as display:
            show(display, stay=real)
    except KeyboardInterrupt:
        print(
            "\nmotjuste: the demonstration was interrupted; everything it started has ended", file=sys.stderr
        )
        return 130
    except (
        DemoFailedError,
        MissingProgramError,
        NoSuchKeyError,
        TookTooLongError,
        AssertionError,
    ) as problem:
        print(f"motjuste: {problem}", file=sys.stderr)
        return 1
    print(EVERY_DAY)
    return 0


def show(display: Display, *, stay: bool) -> None:
    """Type the trigger on `display` and print what came of it; `stay` until the window is closed."""
    home = display.folder / "home"
    home.mkdir()
    shutil.copy(HERE / "profile.toml", home)
    with Daemon(display, home) as daemon:
        added = daemon.motjuste("contacts", "import", HERE / "elodie.vcf")
        if added.returncode:
            raise DemoFailedError(added.stderr.strip())
        window = TextWindow("demo", display, title=f"{PERSON} | LinkedIn", script=HERE / "note_window.py")
        keyboard = Keyboard(display)
        window.focus(keyboard)
        print(f"A text box is open in a window called “{window.title}”. Typing {TRIGGER} into it…\n")
        keyboard.type(TRIGGER, gap=HUMAN)
        note = window.wait_for(lambda text: len(text) > len(TRIGGER), f"the note for {PERSON} did not come")
        print(indented(note.text))
        length = len(note.text.encode("utf-16-le")) // 2
        took = (note.time - keyboard.sent) * 1000
        print(f"\n  for {PERSON} · {length}/{LIMIT} characters · {took:.0f} ms after the last key")
        if length > LIMIT or PERSON.split()[0] not in note.text:
            raise DemoFailedError(f"the note should name {PERSON} and have at most {LIMIT} characters")
        display.screenshot(PICTURE, window.id)
        print(f"  picture of the window: {PICTURE}\n")

        decline = daemon.motjuste("decline", HERE / "elodie.vcf", "--lang", "fr")
        if decline.returncode:
            raise DemoFailedError(decline.stderr.strip())
        print("In the terminal, `motjuste decline demo/elodie.vcf --lang fr` writes the courteous refusal:\n")
        print(indented(decline.stdout.strip()), "\n")
        if stay:
            print("Close the window to end; until then you may type triggers into it.\n")
            wait_until(lambda: not window.open, "the window stayed open", deadline=600, every=0.2)
        keyboard.close()


def indented(text: str) -> str:
    """`text` in lines that a terminal can show, with a bar before them."""
    lines = (part for line in text.split("\n") for part in textwrap.wrap(line, 84) or [""])
    return "\n".join(f"  │ {line}" for line in lines)


if __name__ == "__main__":
    sys.exit(main())
