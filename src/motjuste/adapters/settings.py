"""Where a person's files live, and reading the profile among them."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from motjuste.adapters.files import read_text
from motjuste.adapters.template_files import languages_in, shipped_folder
from motjuste.profile import Profile, read_profile

# The kernel's limit for a Unix socket's path is 108 bytes; a deep MOTJUSTE_HOME may pass it.
LONGEST_SOCKET_PATH = 100


@dataclass(frozen=True, kw_only=True)
class Places:
    """The files and folders that belong to one person; none of them needs to exist."""

    profile: Path
    templates: Path
    snippets: Path
    channels: Path
    applications: Path
    titles: Path
    policies: Path
    contacts: Path
    ledger: Path
    state: Path
    socket: Path
    cache: Path

    @property
    def current_contact(self) -> Path:
        """Remembers who was chosen with `motjuste contacts use`."""
        return self.state / "current-contact"

    @property
    def people_index(self) -> Path:
        """Where what stands on the cards of these contacts is kept for the next time."""
        return self.cache / "people" / f"{hashlib.sha256(os.fsencode(self.contacts)).hexdigest()[:16]}.db"

    @property
    def log(self) -> Path:
        """What the background daemon wrote to its standard error."""
        return self.state / "daemon.log"

    @property
    def watched(self) -> tuple[Path, ...]:
        """The files and folders whose change calls for a reload."""
        return (
            self.profile,
            self.templates,
            self.snippets,
            self.channels,
            self.applications,
            self.titles,
            self.policies,  # the profile names one of them
            self.contacts,
        )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Places:
        """Everything under MOTJUSTE_HOME when it is set, else the platform's own folders."""
        # Code is kept there, so it is never within MOTJUSTE_HOME, which people may pass on or synchronise.
        cache = Path(environment.get("XDG_CACHE_HOME") or Path.home() / ".cache", "motjuste")
        home = environment.get("MOTJUSTE_HOME", "")
        if home:
            folder = Path(home).expanduser().absolute()
            state = folder / "state"
            socket = _short(state / "daemon.sock")
            return cls._under(config=folder, data=folder, state=state, socket=socket, cache=cache)
        import platformdirs

        folders = platformdirs.PlatformDirs("motjuste", appauthor=False)
        state = folders.user_state_path
        runtime = environment.get("XDG_RUNTIME_DIR", "")
        return cls._under(
            cache=cache,
            config=folders.user_config_path,
            data=folders.user_data_path,
            state=state,
            socket=Path(runtime, "motjuste", "daemon.sock") if runtime else _short(state / "daemon.sock"),
        )

    @classmethod
    def _under(cls, *, config: Path, data: Path, state: Path, socket: Path, cache: Path) -> Places:
        return cls(
            cache=cache,
            profile=config / "profile.toml",
            templates=config / "templates",
            snippets=config / "snippets",
            channels=config / "channels.toml",
            applications=config / "applications.toml",
            titles=config / "titles.toml",
            policies=config / "policies",
            contacts=data / "contacts",
            ledger=data / "ledger.db",
            state=state,
            socket=socket,
        )


def _short(socket: Path) -> Path:
    """`socket`, or a shorter path that stands for it where it is longer than the kernel takes."""
    path = os.fsencode(socket)
    # On Windows it is an ordinary file.
    if sys.platform == "win32" or len(path) <= LONGEST_SOCKET_PATH:
        return socket
    return Path(
        tempfile.gettempdir(), f"motjuste-{os.getuid()}", f"{hashlib.sha256(path).hexdigest()[:16]}.sock"
    )


def load_profile(places: Places) -> Profile:
    """The person's profile, an empty one when there is no file; UserError with the line when it is wrong."""
    if not places.profile.exists():
        return Profile()
    from motjuste.adapters.policy_folder import policy_names  # late, as there may be no profile

    languages = languages_in(shipped_folder(), places.templates)
    return read_profile(
        read_text(places.profile), str(places.profile), languages, policy_names(places.policies)
    )
