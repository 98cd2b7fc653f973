"""What the README says to type works as it is written there."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from bench.display import Display

ROOT = Path(__file__).resolve().parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    line.partition("#")[0].strip()
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
    if line.partition("#")[0].strip()
]
CARD = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Marie Dupont\r\nN:Dupont;Marie;;;\r\nLANG:fr\r\nEND:VCARD\r\n"


def run(command: list[str], folder: Path, env: dict[str, str]) -> str:
    done = subprocess.run(
        command,
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, (command, done.stdout, done.stderr)
    return done.stdout


INVITATIONS = (
    "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
    'Léa Petit,Camille Roy,"2/12/26, 11:44 AM",,INCOMING,https://www.linkedin.com/in/lea,\n'
)


def test_the_readme_gives_two_commands_to_begin_five_for_every_day_and_four_for_the_inbox() -> None:
    assert [command.split()[0] for command in COMMANDS] == ["make"] * 2 + ["pipx"] + ["motjuste"] * 8


def test_the_daily_commands_work_in_their_order(display: Display, tmp_path: Path) -> None:
    (tmp_path / "marie.vcf").write_bytes(CARD.encode())
    with zipfile.ZipFile(tmp_path / "Basic_LinkedInDataExport.zip", "w") as export:
        export.writestr("Invitations.csv", INVITATIONS)
    env = display.env | {"MOTJUSTE_HOME": str(tmp_path / "home")}
    motjuste = str(Path(sys.executable).with_name("motjuste"))
    printed = {}
    try:
        for command in COMMANDS:
            program, *words = shlex.split(command)
            if program == "motjuste":
                printed[command] = run([motjuste, *words], tmp_path, env)
    finally:
        subprocess.run([motjuste, "daemon", "stop"], env=env, capture_output=True, timeout=30, check=False)
    decline = next(text for command, text in printed.items() if " decline " in command)
    assert "Marie" in decline
    assert display.copied().strip() == decline.strip()
    review = next(text for command, text in printed.items() if command.endswith(" review"))
    assert "Léa Petit" in review


@pytest.mark.parametrize(
    "target", [command.split()[1] for command in COMMANDS if command.startswith("make ")]
)
def test_make_knows_what_the_readme_asks_for(target: str) -> None:
    run(["make", "--dry-run", target], ROOT, {"PATH": "/usr/local/bin:/usr/bin:/bin"})


def test_the_snippet_of_the_readme_is_one(display: Display, tmp_path: Path) -> None:
    snippet = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)[0]
    (tmp_path / "mine.yml").write_text(snippet, encoding="utf-8")
    (tmp_path / "marie.vcf").write_bytes(CARD.encode())
    env = display.env | {"MOTJUSTE_HOME": str(tmp_path / "home")}
    words = ["try", "xmerci", "--contact", "marie.vcf", "--snippets", "mine.yml"]
    text = run([str(Path(sys.executable).with_name("motjuste")), *words], tmp_path, env)
    assert text.strip().replace("\u202f", " ") == "Merci Marie, et à bientôt !|"


def test_every_file_that_the_readme_links_to_is_there() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert [link for link in links if not (ROOT / link).exists()] == []


@pytest.mark.full
def test_a_wheel_brings_the_templates(tmp_path: Path) -> None:
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--wheel-dir",
        str(tmp_path),
        str(ROOT),
    ]
    subprocess.run(build, check=True, capture_output=True, timeout=300)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    shipped = {
        f"motjuste/{path.relative_to(ROOT)}"
        for folder in ("templates", "policies")
        for path in (ROOT / folder).rglob("*") if path.is_file()
    }
    assert shipped <= names
