"""`motjuste doctor`: what works here and what does not, each with the next step."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Annotated, TypeVar

import typer

from motjuste import wiring
from motjuste.adapters.files import writable
from motjuste.adapters.settings import Places, load_profile
from motjuste.cli.app import Noun
from motjuste.cli.output import Answer, table
from motjuste.errors import UserError
from motjuste.expansion.applications import Treatment
from motjuste.profile import Profile

app = Noun("What works here.")

T = TypeVar("T")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. What is not `needed` may be missing: everything else works without it."""

    name: str
    fine: bool
    says: str
    needed: bool = True


@app.command()
def doctor(
    windows: Annotated[
        bool,
        typer.Option("--windows", help="Show the open windows, and what the rules per application say of each."),
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> Answer:
    """Say what works here and what does not, each with the next step."""
    places = Places.from_environment(os.environ)
    if windows:
        return _windows(places).shown(as_json=json)
    desktop = _desktop()
    findings = [
        _folders(places),
        *_files(places),
        _ledger(places),
        *desktop,
        _clipboard(desktop[0]),
        _daemon(places),
    ]
    ill = any(finding.needed and not finding.fine for finding in findings)
    rows = [[_mark(finding), finding.name, finding.says] for finding in findings]
    document = {"fine": not ill, "findings": [asdict(finding) for finding in findings]}
    return Answer(table(rows), document, exit_code=1 if ill else 0).shown(as_json=json)


def _mark(finding: Finding) -> str:
    if finding.fine:
        return "ok"
    return "NO" if finding.needed else "-"


def _folders(places: Places) -> Finding:
    folders = {places.profile.parent, places.contacts, places.state}
    closed = sorted(str(folder) for folder in folders if not writable(folder))
    if closed:
        return Finding(
            "folders", False, f"cannot be written: {', '.join(closed)}; give yourself the right to write"
        )
    return Finding("folders", True, str(places.profile.parent))


def _files(places: Places) -> list[Finding]:
    scene = _tried(lambda: wiring.listening(places))
    if isinstance(scene, UserError):
        return [Finding("files", False, str(scene))]
    profile = _profile(places)
    problems = [Finding("files", False, problem) for problem in scene.problems if problem != profile.says]
    triggers = Finding("triggers", True, f"{scene.triggers} from templates and snippets")
    return [profile, triggers, _rules(places), *_policies(places), *problems]


def _policies(places: Places) -> list[Finding]:
    from motjuste.adapters.policy_folder import policy_names, read_policies, shipped_policies

    policies = read_policies(shipped_policies(), places.policies)
    own = policy_names(places.policies)
    says = f"{len(own)} of yours from {places.policies}, " if own else ""
    count = len(policies.found.keys() - set(own))
    return [
        Finding("policies", True, f"{says}{count} that ship; 'motjuste inbox policies' shows what each costs"),
        *(Finding("files", False, str(problem)) for problem in policies.problems.values()),
    ]


def _ledger(places: Places) -> Finding:
    if not places.ledger.exists():
        return Finding("ledger", True, "nothing is recorded yet")
    from motjuste.adapters.ledger import LedgerFile

    ledger = LedgerFile(places.ledger)
    entries = _tried(ledger.examine)
    if isinstance(entries, UserError):
        return Finding("ledger", False, str(entries))
    slowly = f", kept in a slower way: {ledger.slow_because}" if ledger.slow_because else ""
    return Finding("ledger", True, f"{entries:,} {'entry' if entries == 1 else 'entries'}, sound{slowly}")


def _rules(places: Places) -> Finding:
    files = wiring.rule_files(places)
    own = f"{len(files.own.rules)} of yours from {places.applications}, " if places.applications.exists() else ""
    says = f"{own}{len(files.shipped.rules)} that ship; 'motjuste doctor --windows' shows what holds where"
    return Finding("rules", True, says)


def _windows(places: Places) -> Answer:
    """The open windows: what a rule can be about, and what the rules make of it."""
    from motjuste.adapters.x11.open_windows import open_windows

    files = wiring.rule_files(places)
    applications = files.applications
    treated = [(window, applications.treatment(window)) for window in open_windows()]
    rows = [
        ["class", "program", "what holds", "by the rule", "title"],
        *(
            [window.wm_class, window.program, in_words(treatment), treatment.because, window.title]
            for window, treatment in treated
        ),
    ]
    document = {
        "windows": [
            {
                "title": window.title,
                "class": window.wm_class,
                "program": window.program,
                "off": treatment.off,
                **asdict(treatment.delivery),
                "return_sends": treatment.return_sends,
                "snippets": treatment.snippets,
                "rules": [rule.name for rule in applications.fitting(window)],
            }
            for window, treatment in treated
        ]
    }
    notes = [*files.own.problems, *(() if treated else ("the window manager lists no open windows",))]
    return Answer(table(rows), document, tuple(f"motjuste: {note}" for note in notes))


_NEWLINES_IN_WORDS = {
    "paste": "",
    "return": "Return for a line break",
    "shift-return": "Shift+Return for a line break",
    "space": "a space for a line break",
}


def in_words(treatment: Treatment) -> str:
    """What holds in a window that is treated so, for people."""
    if treatment.off:
        return "off"
    delivery = treatment.delivery
    said = [
        _NEWLINES_IN_WORDS[delivery.newline],
        "Return sends" if treatment.return_sends else "",
        f"pastes by {delivery.paste}" if delivery.paste else "",
        "pastes the primary selection" if delivery.selection == "primary" else "",
        "typed key by key" if delivery.backend == "keys" else "",
        f"only {' and '.join(treatment.snippets)}" if treatment.snippets is not None else "",
    ]
    return ", ".join(filter(None, said)) or "as usual"


def _profile(places: Places) -> Finding:
    if not places.profile.exists():
        return Finding("profile", False, f"write who you are into {places.profile}", needed=False)
    profile = _tried(lambda: load_profile(places))
    if isinstance(profile, UserError):
        return Finding("profile", False, str(profile))
    return Finding("profile", True, str(places.profile))


def _desktop() -> list[Finding]:
    if sys.platform in ("win32", "darwin"):
        says = "written for this system and not yet run on it; the daemon's status says what it cannot do"
        return [Finding("display", True, says, needed=False)]
    if os.environ.get("XDG_SESSION_TYPE") == "wayland" and not os.environ.get("DISPLAY"):
        return [
            Finding(
                "display",
                False,
                "Wayland without X11: the daemon cannot listen; log in to an X11 session",
                needed=False,
            )
        ]
    if not os.environ.get("DISPLAY"):
        return [
            Finding(
                "display",
                False,
                "no X11 display (DISPLAY is not set): the terminal commands work",
                needed=False,
            )
        ]
    from motjuste.adapters.x11.session import Session
    from motjuste.adapters.x11.xkb import Libraries

    session = _tried(Session)
    if isinstance(session, UserError):
        display = Finding("display", False, str(session))
    else:
        session.close()
        display = Finding("display", True, f"X11 on {os.environ['DISPLAY']}")
    libraries = _tried(Libraries)
    if isinstance(libraries, UserError):
        return [display, Finding("keyboard", False, str(libraries))]
    return [display, Finding("keyboard", True, "libxkbcommon is there"), _notices(), _password_fields()]


def _password_fields() -> Finding:
    from motjuste.adapters.accessibility import describe_here

    profile = _tried(lambda: load_profile(Places.from_environment(os.environ)))
    wanted = Profile() if isinstance(profile, UserError) else profile
    says = describe_here(os.environ, wanted.password_fields)
    return Finding("passwords", says.startswith("known"), says, needed=False)


def _notices() -> Finding:
    if shutil.which("notify-send"):
        return Finding("notices", True, "shown by notify-send")
    says = "none without notify-send; install it (on Debian and Ubuntu: sudo apt install libnotify-bin)"
    return Finding("notices", False, says, needed=False)


def _clipboard(display: Finding) -> Finding:
    from motjuste.adapters.copying import INSTALL_ONE, is_available

    if not display.fine and not os.environ.get("WAYLAND_DISPLAY"):
        return Finding("clipboard", False, "--copy needs a display", needed=False)
    if is_available():
        return Finding("clipboard", True, "--copy works")
    return Finding("clipboard", False, f"no clipboard tool for --copy; {INSTALL_ONE}", needed=False)


def _daemon(places: Places) -> Finding:
    from motjuste.adapters import control

    try:
        state = control.ask(places.socket, {"command": "status"})
    except control.NotRunning:
        return Finding("daemon", False, "not running; start it with 'motjuste daemon start'", needed=False)
    except UserError as problem:
        return Finding("daemon", False, str(problem))
    if state.get("state") == "no display":
        return Finding("daemon", False, "it has lost its display; 'motjuste daemon status' says more")
    return Finding("daemon", True, str(state.get("state")))


def _tried(make: Callable[[], T]) -> T | UserError:
    try:
        return make()
    except UserError as problem:
        return problem
