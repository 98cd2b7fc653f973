"""The daemon's loop on a made-up desktop: what it does of itself, and what it survives."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from motjuste.adapters import control, journal
from motjuste.adapters.card_folder import CardFolder
from motjuste.adapters.settings import Places
from motjuste.alive.desktop import Desktop
from motjuste.alive.reconnection import Reconnection
from motjuste.daemon import Daemon
from motjuste.errors import UserError
from motjuste.expansion.keys import KeyEvent
from motjuste.ports import DisplayGone, Injection, InjectionFailed, Window

GIVE_UP = 30.0


class FakeDesktop:
    """Delivers the keys that a test puts into `keys`; an exception among them is raised in its place."""

    name = ":test"
    problems: tuple[str, ...] = ()
    unheard = True
    deaf: frozenset[str] = frozenset()

    def describe(self) -> str:
        return "known"

    def copied(self) -> str:
        return ""

    def __init__(self) -> None:
        self.keys: list[str | Exception] = []
        self.injected: list[str] = []
        self.broken: Exception | None = None
        """What every injection raises."""
        self.closed = False
        self.rounds = 0
        self._ours, self._theirs = socket.socketpair()

    def type(self, *keys: str | Exception) -> None:
        self.keys += keys
        # A daemon that happens to be awake may have heard the end of this desktop already, and closed it.
        with contextlib.suppress(OSError):
            self._theirs.send(b"k")

    @property
    def window(self) -> FakeDesktop:
        return self

    @property
    def injector(self) -> FakeDesktop:
        return self

    @property
    def next_due(self) -> float | None:
        return None

    def current(self) -> Window:
        return Window("Notes of Jean Secret", "Notes")

    def holding(self) -> contextlib.AbstractContextManager[None]:
        return contextlib.nullcontext()

    def inject(self, injection: Injection) -> None:
        if self.broken:
            raise self.broken
        self.injected.append(injection.text)

    def move(self, clusters: int) -> None:
        pass

    def intercept(self, names: frozenset[str]) -> None:
        pass

    def let_through(self, name: str) -> None:
        pass

    def fileno(self) -> int:
        return self._ours.fileno()

    def typed(self) -> Iterator[KeyEvent]:
        self._ours.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            self._ours.recv(64)
        while self.keys:
            key = self.keys.pop(0)
            if isinstance(key, Exception):
                raise key
            yield KeyEvent(text=key)

    def tick(self) -> None:
        self.rounds += 1

    def close(self) -> None:
        self.closed = True
        self._ours.close()
        self._theirs.close()


class Told:
    """What the person was told."""

    problem = ""

    def __init__(self) -> None:
        self.notices: list[str] = []

    def notify(self, summary: str, body: str = "") -> None:
        self.notices.append(f"{summary}: {body}")


class Scene:
    """A daemon in this thread and, in another, a person who does one thing after the other."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.told = Told()
        self.desktops: list[FakeDesktop] = []
        self.next_desktop: Callable[[], FakeDesktop] = FakeDesktop
        self.reconnection = Reconnection(pauses=(0.0, 0.01), patience=GIVE_UP)
        self.session: Path | None = None
        self.failed: BaseException | None = None

    def open(self) -> Desktop:
        desktop = self.next_desktop()
        self.desktops.append(desktop)
        return desktop

    @property
    def desktop(self) -> FakeDesktop:
        return self.desktops[-1]

    def play(self, person: Callable[[], None]) -> int:
        daemon = Daemon(
            self.places,
            self.open,
            notices=self.told,
            reconnection=self.reconnection,
            session=self.session,
        )
        thread = threading.Thread(target=self._play, args=(person,))
        thread.start()
        try:
            return daemon.serve()
        finally:
            thread.join()
            if self.failed:
                raise self.failed

    def _play(self, person: Callable[[], None]) -> None:
        try:
            wait_until(lambda: self.status() != {})
            person()
        except BaseException as error:
            self.failed = error
        finally:
            with contextlib.suppress(control.NotRunning, UserError):
                self.ask("stop")

    def ask(self, command: str) -> dict[str, Any]:
        return control.ask(self.places.socket, {"command": command})

    def status(self) -> dict[str, Any]:
        try:
            return self.ask("status")
        except (control.NotRunning, UserError):
            return {}

    def log(self) -> list[dict[str, Any]]:
        return journal.read(self.places.log, 1000)

    def events(self) -> list[str]:
        return [entry["event"] for entry in self.log()]

    def expands(self, text: str = "Regards") -> None:
        """A trigger that is typed now becomes its text."""
        before = len(self.desktop.injected)
        self.desktop.type(*"xsig")
        wait_until(lambda: self.desktop.injected[before:] == [text])


def wait_until(seen: Callable[[], object]) -> None:
    end = time.monotonic() + GIVE_UP
    while not seen():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.002)


def snippets(places: Places, **texts: str) -> None:
    places.snippets.mkdir(parents=True, exist_ok=True)
    listed = [{"trigger": trigger, "replace": text} for trigger, text in texts.items()]
    (places.snippets / "mine.yml").write_text(json.dumps({"snippets": listed}), "utf-8")


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The templates that ship are compiled once for all these tests."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def places(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    places = Places.from_environment({"MOTJUSTE_HOME": str(tmp_path / "home")} | os.environ)
    snippets(places, xsig="Regards", xbroken="{{ contact.greeting_name }}")
    return places


@pytest.fixture
def scene(places: Places) -> Scene:
    return Scene(places)


def test_what_cannot_be_used_is_told_when_the_daemon_begins(scene: Scene) -> None:
    scene.places.profile.write_text('nom = "Camille"\n', "utf-8")
    assert scene.play(lambda: None) == 0
    assert scene.told.notices[0].startswith(
        f"this file is not used: {scene.places.profile}:1: unknown key 'nom'"
    )


def test_a_mistake_is_told_when_the_file_is_saved_and_only_once(scene: Scene) -> None:
    def person() -> None:
        scene.places.profile.write_text('nom = "Camille"\n', "utf-8")
        wait_until(lambda: len(scene.told.notices) == 1)
        scene.places.channels.write_text("x = 1\n", "utf-8")
        wait_until(lambda: len(scene.told.notices) == 2)
        scene.places.applications.write_text("x = 1\n", "utf-8")
        wait_until(lambda: len(scene.told.notices) == 3)

    scene.play(person)
    first, second, third = scene.told.notices
    assert "unknown key 'nom'" in first
    assert "channels.toml:1" in second
    assert "applications.toml:1" in third


def test_a_key_that_is_read_in_passing_is_heard_before_the_daemon_sleeps(scene: Scene) -> None:
    class Busy(FakeDesktop):
        """Reads a key in the middle of something else: no byte of it is left to wake anybody."""

        def tick(self) -> None:
            self.rounds += 1
            if self.rounds == 1:
                self.keys += "xsig"

    scene.next_desktop = Busy
    scene.play(lambda: wait_until(lambda: scene.desktop.injected == ["Regards"]))


def test_a_card_that_was_saved_a_moment_ago_is_the_one_that_counts(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[Path] = []
    finding = CardFolder._finding
    monkeypatch.setattr(CardFolder, "_finding", lambda folder: looks.append(folder.folder) or finding(folder))
    card = scene.places.contacts / "jean.vcf"
    card.parent.mkdir(parents=True)
    text = "BEGIN:VCARD\nVERSION:4.0\nFN:Jean Secret\nX-MOTJUSTE-GREETING-NAME:{}\nEND:VCARD\n"
    card.write_text(text.format("Jeannot"), "utf-8")

    def greets(name: str) -> None:
        scene.desktop.injected.clear()
        scene.desktop.type(*"xbroken")
        wait_until(lambda: scene.desktop.injected)
        assert scene.desktop.injected == [name], (scene.desktop.injected, scene.told.notices, scene.status())

    def person() -> None:
        greets("Jeannot")
        known = len(looks)
        greets("Jeannot")
        assert len(looks) == known, "the folder was looked at though nothing had changed"
        card.write_text(text.format("Jeannette"), "utf-8")
        greets("Jeannette")
        wait_until(lambda: (scene.places.state / "last-used").exists())

    scene.play(person)


# -- the display goes and comes back ---------------------------------------------------------------


def test_a_display_that_went_is_found_again_and_triggers_expand_there(scene: Scene) -> None:
    def person() -> None:
        scene.expands()
        scene.desktop.type(DisplayGone("the server ended"))
        wait_until(lambda: len(scene.desktops) == 2)
        wait_until(lambda: scene.status()["state"] == "listening")
        scene.expands()

    assert scene.play(person) == 0
    assert scene.desktops[0].closed
    events = ["started", "expanded", "display gone", "display back", "expanded", "stopped"]
    assert scene.events() == events


def test_the_rules_hold_in_the_window_in_front_of_the_next_display(scene: Scene) -> None:
    asked: list[bool] = []

    class Vault(FakeDesktop):
        def current(self) -> Window:
            asked.append(True)
            return Window("Passwords", "KeePassXC")

    def person() -> None:
        scene.next_desktop = Vault
        scene.desktop.type(DisplayGone("the server ended"))
        wait_until(lambda: scene.status()["state"] == "listening" and len(scene.desktops) == 2)
        wait_until(lambda: asked)  # before the first key, which nothing should remember there
        scene.desktop.type(*"xsig")
        wait_until(lambda: not scene.desktop.keys)

    scene.play(person)
    assert scene.desktops[1].injected == []


def test_while_there_is_no_display_the_daemon_says_so_and_says_since_when(scene: Scene) -> None:
    servers: list[Exception] = []

    def open_server() -> FakeDesktop:
        if servers:
            raise servers[0]
        return FakeDesktop()

    def person() -> None:
        servers.append(UserError("no display can be opened: refused"))
        scene.desktop.type(DisplayGone("the server ended"))
        wait_until(lambda: "refused" in " ".join(scene.status()["problems"]))
        status = scene.status()
        assert status["state"] == "no display"
        assert status["display_gone_since"] >= status["since"]
        assert scene.ask("resume")["state"] == "no display"
        servers.clear()
        wait_until(lambda: scene.status()["state"] == "listening")
        assert scene.status()["display_gone_since"] is None
        assert scene.status()["problems"] == []

    scene.next_desktop = open_server
    scene.play(person)


def test_what_the_desktop_cannot_do_is_a_problem(scene: Scene) -> None:
    def person() -> None:
        scene.desktop.problems = ("a password is asked for",)
        assert scene.status()["problems"] == ["a password is asked for"]
        scene.desktop.problems = ()
        assert scene.status()["problems"] == []

    scene.play(person)


def test_it_tries_at_once_when_somebody_says_that_the_display_is_back(scene: Scene) -> None:
    scene.reconnection = Reconnection(pauses=(0.0, 3600.0), patience=7200.0)
    open_now = [True]

    def open_server() -> FakeDesktop:
        if not open_now[0]:
            raise UserError("refused")
        return FakeDesktop()

    def person() -> None:
        open_now[0] = False
        scene.desktop.type(DisplayGone("the server ended"))
        wait_until(lambda: "refused" in " ".join(scene.status()["problems"]))
        open_now[0] = True
        scene.ask("resume")
        wait_until(lambda: scene.status()["state"] == "listening")

    scene.next_desktop = open_server
    scene.play(person)


def test_a_server_that_hangs_as_it_starts_holds_up_nothing(scene: Scene) -> None:
    release = threading.Event()

    def open_server() -> FakeDesktop:
        if scene.desktops:
            release.wait(GIVE_UP)
        return FakeDesktop()

    def person() -> None:
        scene.desktop.type(DisplayGone("the server ended"))
        wait_until(lambda: scene.status()["state"] == "no display")
        scene.ask("stop")

    scene.next_desktop = open_server
    assert scene.play(person) == 0
    release.set()
    wait_until(lambda: len(scene.desktops) == 2)
    scene.desktop.close()


def test_a_display_that_does_not_come_back_ends_the_daemon_with_one_sentence(scene: Scene) -> None:
    scene.reconnection = Reconnection(pauses=(0.0, 0.01), patience=0.05)
    _only_one_display(scene)
    with pytest.raises(UserError, match="the display :test has gone and did not come back"):
        scene.play(lambda: _loses_its_display(scene))
    assert scene.log()[-1]["reason"] == "the display did not come back"
    assert not scene.places.socket.exists()


def test_a_log_out_ends_the_daemon_at_once(scene: Scene, tmp_path: Path) -> None:
    scene.session = tmp_path / "runtime"
    scene.session.mkdir()
    _only_one_display(scene)

    def person() -> None:
        scene.desktop.type(DisplayGone("the server ended"))
        wait_until(lambda: scene.status()["state"] == "no display")
        (tmp_path / "runtime").rmdir()
        wait_until(lambda: scene.status() == {})

    with pytest.raises(UserError, match="has gone"):
        scene.play(person)
    assert scene.log()[-1]["reason"] == "the person has logged out"


def _only_one_display(scene: Scene) -> None:
    def open_server() -> FakeDesktop:
        if scene.desktops:
            raise UserError("refused")
        return FakeDesktop()

    scene.next_desktop = open_server


def _loses_its_display(scene: Scene) -> None:
    scene.desktop.type(DisplayGone("the server ended"))
    wait_until(lambda: scene.status() == {})


# -- faults ----------------------------------------------------------------------------------------


def test_a_fault_in_listening_costs_that_key_alone_and_is_told_once(scene: Scene) -> None:
    def person() -> None:
        for _ in range(40):
            scene.desktop.type("x", LookupError("the person typed Jean Secret"))
            wait_until(lambda: not scene.desktop.keys)
        scene.expands()
        (fault,) = scene.status()["faults"]
        assert (fault["part"], fault["error"], fault["count"]) == ("listening", "LookupError", 40)

    scene.play(person)
    assert len(scene.desktops) == 1
    assert scene.told.notices == [
        "motjuste met an internal fault: it goes on; 'motjuste daemon log' says more"
    ]
    assert scene.events() == ["started", "fault", "expanded", "stopped"]
    assert "Secret" not in scene.places.log.read_text("utf-8")


def test_what_was_typed_around_a_fault_is_not_certain(scene: Scene) -> None:
    def person() -> None:
        scene.desktop.type("x", "s", LookupError(), "i", "g")
        wait_until(lambda: not scene.desktop.keys)
        scene.expands()

    scene.play(person)
    assert scene.desktop.injected == ["Regards"]


def test_listening_that_is_broken_for_good_is_begun_anew(scene: Scene) -> None:
    def person() -> None:
        scene.desktop.type(LookupError(), LookupError(), LookupError())
        wait_until(lambda: len(scene.desktops) == 2)
        wait_until(lambda: scene.status()["state"] == "listening")
        scene.expands()

    scene.play(person)
    assert scene.desktops[0].closed
    assert scene.events() == ["started", "fault", "begun anew", "display back", "expanded", "stopped"]


def test_a_fault_in_delivery_leaves_the_trigger_and_lets_the_keyboard_go(scene: Scene) -> None:
    def person() -> None:
        scene.desktop.broken = ZeroDivisionError("Regards")
        scene.desktop.type(*"xsig")
        wait_until(lambda: len(scene.desktops) == 2)
        wait_until(lambda: scene.status()["state"] == "listening")
        scene.expands()

    scene.play(person)
    assert scene.desktops[0].closed
    (notice,) = scene.told.notices
    assert notice.startswith("xsig was left as typed: an internal fault (ZeroDivisionError)")
    refused = next(entry for entry in scene.log() if entry["event"] == "refused")
    assert refused["reason"] == "fault"


def test_a_window_that_does_not_take_a_text_is_no_fault(scene: Scene) -> None:
    def person() -> None:
        scene.desktop.broken = InjectionFailed("the window did not take the text")
        scene.desktop.type(*"xsig")
        wait_until(lambda: scene.told.notices)
        scene.desktop.broken = None
        scene.expands()
        assert scene.status()["faults"] == []

    scene.play(person)
    assert len(scene.desktops) == 1


def test_a_snippet_that_raises_is_a_refusal_and_the_others_expand(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    def explode(*_: object, **__: object) -> None:
        raise ZeroDivisionError("Jean Secret")

    monkeypatch.setattr("motjuste.messages.templates.Library.render", explode)

    def person() -> None:
        for _ in range(2):
            scene.desktop.type(*"xbroken ")
        scene.expands()
        (fault,) = scene.status()["faults"]
        assert (fault["part"], fault["error"], fault["count"]) == ("rendering", "ZeroDivisionError", 2)

    scene.play(person)
    assert len(scene.desktops) == 1
    assert scene.events() == ["started", "fault", "refused", "refused", "expanded", "stopped"]
    assert "Secret" not in scene.places.log.read_text("utf-8")


def test_a_fault_in_answering_is_an_answer(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    def person() -> None:
        with monkeypatch.context() as patch:
            patch.setattr("motjuste.daemon._told", lambda moment: 1 / 0)
            with pytest.raises(UserError, match="an internal fault"):
                scene.ask("status")
        assert scene.status()["faults"][0]["part"] == "control"
        scene.expands()

    scene.play(person)


def test_a_fault_in_a_thread_is_counted_and_printed_nowhere(
    scene: Scene, capsys: pytest.CaptureFixture[str]
) -> None:
    def person() -> None:
        broken = threading.Thread(target=lambda: 1 / 0)
        broken.start()
        broken.join()
        wait_until(lambda: scene.status()["faults"])

    scene.play(person)
    assert scene.log()[1]["part"] == "thread"
    assert capsys.readouterr().err == ""


def test_a_notifier_that_fails_does_not_hold_up_an_expansion(scene: Scene) -> None:
    def fail(summary: str, body: str = "") -> None:
        raise OSError("no bus")

    scene.told.notify = fail  # type: ignore[method-assign]

    def person() -> None:
        scene.desktop.broken = InjectionFailed("not now")
        scene.desktop.type(*"xsig")
        wait_until(lambda: scene.status()["faults"])
        scene.desktop.broken = None
        scene.expands()

    scene.play(person)


def test_a_socket_that_was_cleared_away_is_there_again(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("motjuste.daemon._REACHABLE_SECONDS", 0.0)

    def person() -> None:
        scene.places.socket.unlink()
        scene.expands()
        wait_until(lambda: scene.status() != {})

    scene.play(person)


# -- files -----------------------------------------------------------------------------------------


def test_a_folder_that_is_deleted_and_put_back_is_noticed_both_times(scene: Scene) -> None:
    known: list[int] = []

    def triggers() -> int:
        return int(scene.status()["triggers"])

    def person() -> None:
        known.append(triggers())
        (scene.places.snippets / "mine.yml").unlink()
        scene.places.snippets.rmdir()
        wait_until(lambda: triggers() == known[0] - 2)
        snippets(scene.places, xsig="Back again")
        wait_until(lambda: triggers() == known[0] - 1)
        scene.expands("Back again")

    scene.play(person)


def test_a_system_that_watches_no_more_files_is_named_and_tried_again(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(24, "the limit fs.inotify.max_user_instances is reached")

    def person() -> None:
        with monkeypatch.context() as patch:
            patch.setattr("motjuste.daemon.Watcher", refuse)
            scene.ask("resume")  # the watcher that is there is kept
        assert scene.status()["problems"] == []

    scene.play(person)
    with monkeypatch.context() as patch:
        patch.setattr("motjuste.daemon.Watcher", refuse)
        again = Scene(scene.places)

        def without() -> None:
            (problem,) = again.status()["problems"]
            assert "max_user_instances" in problem
            again.expands()
            patch.undo()
            snippets(again.places, xsig="Saved meanwhile")
            again.ask("resume")
            wait_until(lambda: again.status()["problems"] == [])
            wait_until(lambda: "reloaded" in again.events())
            again.expands("Saved meanwhile")

        again.play(without)


# -- what is late ----------------------------------------------------------------------------------


def test_a_trigger_that_has_waited_for_its_pause_too_long_is_left_alone(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    snippets(scene.places, xa="short", xab="long")
    asleep = [0.0]
    over = threading.Event()
    pause_is_over = Daemon._pause_is_over

    def note(daemon: Daemon) -> None:
        pause_is_over(daemon)
        over.set()

    monkeypatch.setattr(Daemon, "_pause_is_over", note)
    monkeypatch.setattr("motjuste.daemon._seconds_since_boot", lambda: time.monotonic() + asleep[0])

    def person() -> None:
        scene.desktop.type(*"xa")
        wait_until(lambda: not scene.desktop.keys)
        asleep[0] = 60.0
        assert over.wait(GIVE_UP)
        assert scene.desktop.injected == []
        scene.desktop.type("b", *"xa")
        wait_until(lambda: scene.desktop.injected)

    scene.play(person)
    assert scene.desktop.injected == ["short"]


# -- what is written down --------------------------------------------------------------------------


def test_the_log_tells_what_happened_without_a_word_of_it(scene: Scene) -> None:
    def person() -> None:
        scene.expands()
        scene.ask("pause")
        scene.ask("resume")

    scene.play(person)
    started, expanded, paused, resumed, stopped = scene.log()
    assert (started["display"], started["triggers"] > 2) == (":test", True)
    assert expanded.keys() == {"time", "event", "label", "window", "milliseconds"}
    assert (expanded["label"], expanded["window"]) == ("a snippet of mine.yml:1", "Notes")
    assert [paused["event"], resumed["event"]] == ["paused", "resumed"]
    assert stopped["reason"] == "asked"
    written = scene.places.log.read_text("utf-8")
    assert not [secret for secret in ("xsig", "Regards", "Secret") if secret in written]


def test_words_of_ones_own_are_kept_compiled_as_long_as_their_template_alone(scene: Scene) -> None:
    def kept(words: str) -> bool:
        for each in scene.places.cache.rglob("*-*"):
            # Another one may go at this moment.
            with contextlib.suppress(FileNotFoundError):
                if words.encode() in each.read_bytes():
                    return True
        return False

    def person() -> None:
        mine = scene.places.templates / "fr" / "mine.txt"
        mine.parent.mkdir(parents=True)
        mine.write_text("---\ntitle: Mine\ntriggers: [xmine]\n---\nZorgluton", "utf-8")
        snippets(scene.places, xsig="Bricolombe{{ 's' }}")
        wait_until(lambda: "reloaded" in scene.events())
        for trigger in ("xsig", " xmine"):
            scene.desktop.type(*trigger)
        wait_until(lambda: scene.desktop.injected == ["Bricolombes", "Zorgluton"])
        assert kept("Zorgluton")
        mine.unlink()
        wait_until(lambda: not kept("Zorgluton"))
        assert not kept("Bricolombe")

    scene.play(person)


def test_a_signal_ends_the_daemon_and_is_logged(scene: Scene) -> None:
    assert scene.play(lambda: os.kill(os.getpid(), signal.SIGTERM)) == 0
    assert scene.log()[-1]["reason"] == "signal"
