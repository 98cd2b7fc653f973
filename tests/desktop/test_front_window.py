"""What is known of the window in front: asked once, and anew when it may be another."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from bench.display import Display
from bench.keyboard import Keyboard
from bench.waiting import wait_until
from bench.windows import TextWindow

from motjuste.adapters.x11 import requests
from motjuste.adapters.x11.events import PropertyChanged
from motjuste.adapters.x11.front_window import FrontWindow
from motjuste.adapters.x11.session import Session, words


class Scene:
    """The front window as the daemon sees it, and a window whose title another program changes."""

    def __init__(self, display: Display, window: TextWindow) -> None:
        self._others, self._id = Session(display.name), window.id
        self.session = Session(display.name)
        self.front = FrontWindow(self.session)
        self.entitle("Marie Dupont")

    def entitle(self, title: str) -> None:
        name, utf8 = self._others.atom("_NET_WM_NAME"), self._others.atom("UTF8_STRING")
        self._others.set_property(self._id, name, utf8, 8, title.encode())
        self._others.sync()

    def write_something_else(self) -> None:
        self._others.set_property(self._id, self._others.atom("OF_NO_INTEREST"), requests.STRING, 8, b"x")
        self._others.sync()

    def tell_front_window_anew(self) -> None:
        root, active = self._others.root, self._others.atom("_NET_ACTIVE_WINDOW")
        self._others.set_property(root, active, self._others.atom("WINDOW"), 32, words([self._id]))
        self._others.sync()

    def title(self) -> str:
        """The title, once all that happened has been heard."""
        self.hear()
        return self.front.current().title

    def hear(self) -> None:
        self.session.sync()
        for _ in self.session.events():
            pass

    def is_told_of(self, title: str) -> bool:
        """Whether a change of the title reaches us, who say nothing to the server meanwhile."""
        self.entitle(title)
        name = self.session.atom("_NET_WM_NAME")
        told = [each for each in self.session.events() if isinstance(each, PropertyChanged)]
        return any(each.name == name for each in told)

    def requests_of(self, act: Callable[[], object]) -> int:
        before = self.session.last_sent
        act()
        return self.session.last_sent - before

    def close(self) -> None:
        self.session.close()
        self._others.close()


@pytest.fixture
def scene(display: Display, keyboard: Keyboard) -> Iterator[Scene]:
    window = TextWindow("tk text", display)
    window.focus(keyboard)
    scene = Scene(display, window)
    yield scene
    scene.close()
    window.close()


def test_a_window_is_asked_for_its_title_only_once(scene: Scene) -> None:
    assert scene.title() == "Marie Dupont"
    scene.hear()
    assert scene.requests_of(scene.front.current) == 0


def test_a_title_that_changes_is_known_at_the_next_look(scene: Scene) -> None:
    scene.title()
    scene.entitle("Jean Petit")
    assert scene.title() == "Jean Petit"


def test_whenever_the_front_window_is_told_anew_it_is_asked_anew(scene: Scene) -> None:
    """A window that has closed may have left its number to another."""
    scene.title()
    scene.tell_front_window_anew()
    scene.hear()
    assert scene.requests_of(scene.front.current) > 1  # not only which window it is


def test_what_else_a_window_writes_on_itself_costs_no_question(scene: Scene) -> None:
    scene.title()
    scene.write_something_else()
    scene.hear()
    assert scene.requests_of(scene.front.current) == 0


def test_a_title_that_goes_on_changing_soon_wakes_us_no_more(scene: Scene) -> None:
    scene.title()
    wait_until(lambda: not scene.is_told_of("Jean Petit (1)"), "a title is told each time it changes")
    scene.entitle("Jean Petit (2)")
    assert scene.title() == "Jean Petit (2)"


def test_who_stops_listening_to_a_window_leaves_it_to_those_who_go_on(scene: Scene) -> None:
    """As a large content does, which a window reads in pieces."""
    scene.title()
    window = scene.front.id()
    scene.session.hear_of(window, requests.PROPERTY_CHANGE)
    scene.session.hear_no_more(window, requests.PROPERTY_CHANGE)
    scene.hear()
    scene.entitle("Jean Petit")
    assert scene.title() == "Jean Petit"
