"""What a person's keyboard does around an expansion: layouts, groups, locks, dead keys, Compose, held modifiers."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator

import pytest
from bench.daemon import Daemon, home_with
from bench.display import Display
from bench.keyboard import LAYOUTS, Keyboard
from bench.waiting import wait_until
from bench.windows import TextWindow, Windows

TEXT = "Bien noté — «\u00a0à bientôt\u00a0»\u202f!"
QUICK = 0.020
"""Seconds from one key to the next of the fastest typist there is."""
SNIPPETS = {
    "xgreet": TEXT,
    "XOK": "capitals",
    "xprêt": "circumflex",
    "x€": "euro",
    ";é": "acute",
    "x~y": "tilde",
    "xœuvre": "ligature",
    "x24": "digits",
    "xslow": "short",
    "xslowly": "long",
    "xslowê": "circumflexed",
    "ξώρα": "ὥρα",
    "хёлка": "ёлка",
    "okпривет": "both groups",
}
EVERYWHERE = ("tk text", "gtk text", "gtk4 text", "qt text", "xterm", "lxterminal", "chromium")
"""One box of each toolkit and terminal."""


@pytest.fixture(scope="module")
def daemon(display: Display) -> Iterator[Daemon]:
    with Daemon(display, home_with(display.folder / "home of keys", SNIPPETS)) as daemon:
        yield daemon


@pytest.fixture(scope="module")
def nested_daemon(nested_display: Display) -> Iterator[Daemon]:
    with Daemon(nested_display, home_with(nested_display.folder / "home of keys", SNIPPETS)) as daemon:
        yield daemon


def ready(window: TextWindow, keyboard: Keyboard) -> TextWindow:
    """`window`, empty and with the focus."""
    window.clear()
    window.focus(keyboard)
    return window


@pytest.fixture
def box(window_of: Windows, keyboard: Keyboard, daemon: Daemon) -> TextWindow:
    """An empty Tk text with the focus."""
    return ready(window_of("tk text"), keyboard)


# Layouts


@pytest.mark.parametrize(
    ("layout", "trigger"),
    [
        pytest.param("fr", "xprêt", id="fr, a dead key"),
        pytest.param("fr-oss", "xprêt", id="fr-oss, a dead key"),
        pytest.param("ca", "xprêt", id="ca, a dead key"),
        pytest.param("us-intl", "xprêt", id="us-intl, a dead key"),
        pytest.param("de", "xprêt", id="de, a dead key"),
        pytest.param("ch-fr", "xprêt", id="ch-fr, a dead key"),
        pytest.param("gr", "ξώρα", id="gr, a dead key"),
        pytest.param("us-intl", "x~y", id="us-intl, a dead key and the space bar"),
        pytest.param("fr", "x€", id="fr, AltGr"),
        pytest.param("us-intl", "x€", id="us-intl, AltGr"),
        pytest.param("de", "x€", id="de, AltGr"),
        pytest.param("ch-fr", "x€", id="ch-fr, AltGr"),
        pytest.param("fr", ";é", id="fr, an accented key"),
        pytest.param("ca", ";é", id="ca, an accented key"),
        pytest.param("us-intl", ";é", id="us-intl, an accent by AltGr or a dead key"),
        pytest.param("fr", "XOK", id="fr, capitals"),
        pytest.param("ru", "хёлка", id="ru"),
    ],
)
def test_a_trigger_is_heard_as_the_window_hears_it(
    layout: str, trigger: str, box: TextWindow, keyboard: Keyboard
) -> None:
    keyboard.use_layout(layout)
    keyboard.type("a " if layout not in ("gr", "ru") else " ", gap=QUICK)
    keyboard.type(trigger, gap=QUICK)
    box.wait_for(lambda text: text.endswith(f" {SNIPPETS[trigger]}"), SNIPPETS[trigger])
    assert box.text in (f"a {SNIPPETS[trigger]}", f" {SNIPPETS[trigger]}")


@pytest.mark.parametrize("application", EVERYWHERE)
def test_a_layout_changed_while_everything_runs_is_heard_at_once(
    application: str, daemon: Daemon, keyboard: Keyboard, window_of: Windows
) -> None:
    window = ready(window_of(application), keyboard)
    expected = ""
    for layout in (*LAYOUTS, "us", "gr", "fr"):
        trigger = {"gr": "ξώρα", "ru": "хёлка", "us": "xgreet", "fr-oss": "x€"}.get(layout, "xprêt")
        keyboard.use_layout(layout)
        keyboard.type(trigger, gap=QUICK)
        expected += SNIPPETS[trigger]
        window.wait_for_text(expected)
        keyboard.type(" ")
        expected += " "
        window.wait_for_text(expected)


def test_a_layout_changed_within_a_trigger_changes_only_what_follows(
    box: TextWindow, keyboard: Keyboard
) -> None:
    keyboard.type("xgr", gap=QUICK)
    keyboard.use_layout("fr")
    keyboard.type("eet a", gap=QUICK)
    box.wait_for_text(f"{TEXT} a")


# Two groups


def toggle(keyboard: Keyboard, *keys: str) -> None:
    """Switch to the other group as the layout's option says: with all of `keys` down at once."""
    before = keyboard.group
    for key in keys:
        keyboard.hold(key)
    for key in reversed(keys):
        keyboard.release(key)
    wait_until(lambda: keyboard.group != before, "the group stays")


@pytest.mark.parametrize("application", EVERYWHERE)
def test_the_other_group_of_a_keyboard_is_heard(
    application: str, daemon: Daemon, keyboard: Keyboard, window_of: Windows
) -> None:
    window = ready(window_of(application), keyboard)
    keyboard.use_layout("us,ru", "-option", "grp:shifts_toggle")
    keyboard.type("xgreet", gap=QUICK)
    window.wait_for_text(TEXT)
    toggle(keyboard, "Shift_L", "Shift_R")
    keyboard.type(" хёлка", gap=QUICK)
    window.wait_for_text(f"{TEXT} ёлка")
    toggle(keyboard, "Shift_L", "Shift_R")
    keyboard.type(" ok", gap=QUICK)
    toggle(keyboard, "Shift_L", "Shift_R")
    keyboard.type("привет", gap=QUICK)
    window.wait_for_text(f"{TEXT} ёлка both groups")
    assert keyboard.group == 1


@pytest.mark.parametrize(
    ("option", "keys"),
    [
        ("grp:shifts_toggle", ("Shift_L", "Shift_R")),
        ("grp:alt_shift_toggle", ("Alt_L", "Shift_L")),
        ("grp:ctrl_shift_toggle", ("Control_L", "Shift_L")),
        ("grp:caps_toggle", ("ISO_Next_Group",)),
    ],
)
def test_an_expansion_leaves_the_group_as_it_is(
    option: str, keys: tuple[str, ...], box: TextWindow, keyboard: Keyboard
) -> None:
    keyboard.use_layout("us,ru", "-option", option)
    for expected in ("capitals ", "capitals ёлка ", "capitals ёлка capitals "):
        group = keyboard.group
        if group == 0:
            # The left Shift is held while the text goes in, and our own chord needs the other one.
            keyboard.hold("Shift_L")
            keyboard.type("xok")
            box.wait_for_text(expected.rstrip())
            keyboard.release("Shift_L")
            keyboard.type(" ")
        else:
            keyboard.type("хёлка ")
        box.wait_for_text(expected)
        assert keyboard.group == group
        toggle(keyboard, *keys)


# Locks


@pytest.mark.parametrize("application", EVERYWHERE)
def test_with_caps_lock_on_a_trigger_is_what_it_looks_like(
    application: str, daemon: Daemon, keyboard: Keyboard, window_of: Windows
) -> None:
    window = ready(window_of(application), keyboard)
    keyboard.press("Caps_Lock")
    try:
        keyboard.type("xgreet xok")
        window.wait_for_text("XGREET capitals")
        keyboard.type(" on")
        window.wait_for_text("XGREET capitals ON")
    finally:
        keyboard.press("Caps_Lock")


@pytest.mark.parametrize("application", EVERYWHERE)
def test_with_num_lock_on_the_keypads_digits_belong_to_a_trigger(
    application: str, daemon: Daemon, keyboard: Keyboard, window_of: Windows
) -> None:
    window = ready(window_of(application), keyboard)
    keyboard.press("Num_Lock")
    try:
        keyboard.press("x", "KP_Down", "KP_Left")
        window.wait_for_text("digits")
        keyboard.press("KP_Down")
        window.wait_for_text("digits2")
    finally:
        keyboard.press("Num_Lock")


def test_without_num_lock_the_keypad_moves_the_caret_and_so_ends_a_trigger(
    daemon: Daemon, keyboard: Keyboard, window_of: Windows
) -> None:
    before = daemon.status()["expansions"]
    window = ready(window_of("gtk text"), keyboard)
    keyboard.type("xgre")
    keyboard.press("KP_Left")
    keyboard.type("et")
    window.wait_for_text("xgrete")
    assert daemon.status()["expansions"] == before


# Dead keys and Compose


@pytest.mark.parametrize("application", EVERYWHERE)
def test_compose_makes_letters_of_a_trigger(
    application: str, daemon: Daemon, keyboard: Keyboard, window_of: Windows
) -> None:
    keyboard.use_layout("us", "-option", "compose:menu")
    window = ready(window_of(application), keyboard)
    keyboard.press("x", "Multi_key", "o", "e", "u", "v", "r", "e", gap=QUICK)
    window.wait_for_text("ligature")


@pytest.mark.parametrize("application", EVERYWHERE)
def test_a_dead_key_in_progress_keeps_a_waiting_trigger_from_firing_into_it(
    application: str, daemon: Daemon, keyboard: Keyboard, window_of: Windows
) -> None:
    keyboard.use_layout("fr")
    window = ready(window_of(application), keyboard)
    keyboard.type("xslow", gap=QUICK)
    # Longer than a waiting trigger waits: the accent has no letter yet.
    keyboard.press("dead_circumflex", gap=1.0)
    keyboard.press("e")
    window.wait_for(lambda text: text in ("circumflexed", "shortê"), "either of the two, and nothing else")
    keyboard.type(" ok")
    window.wait_for(
        lambda text: text in ("circumflexed ok", "shortê ok"), "either of the two, and nothing else"
    )


@pytest.mark.parametrize("application", EVERYWHERE)
@pytest.mark.parametrize("broken_by", ["BackSpace", "Escape", "k"])
def test_a_dead_key_that_comes_to_nothing_never_makes_an_expansion_erase_too_much(
    application: str, broken_by: str, daemon: Daemon, keyboard: Keyboard, window_of: Windows
) -> None:
    keyboard.use_layout("fr")
    window = ready(window_of(application), keyboard)
    keyboard.type("keep x", gap=QUICK)
    keyboard.press("dead_circumflex", broken_by, gap=QUICK)
    keyboard.type("greet xprêt", gap=QUICK)
    window.wait_for(lambda text: text.endswith(" circumflex"), "the second trigger fires")
    assert window.text.startswith("keep")
    rest = window.text.removeprefix("keep").removesuffix(" circumflex").strip()
    assert rest in {
        TEXT,
        *(f"{x}{broken}greet" for x in ("x", "") for broken in ("", "^", "k", "^k", "k\u0302")),
    }


@pytest.mark.parametrize("application", EVERYWHERE)
def test_an_accent_typed_straight_after_a_trigger_comes_after_its_text(
    application: str, nested_daemon: Daemon, hardware: Keyboard, nested_window_of: Windows
) -> None:
    hardware.use_layout("fr")
    window = ready(nested_window_of(application), hardware)
    for number in range(1, 6):
        hardware.type("xgreetê ", gap=QUICK)
        window.wait_for_text(f"{TEXT}ê " * number)


@pytest.mark.parametrize("application", EVERYWHERE)
def test_an_accent_that_began_before_a_late_daemon_could_act_is_completed_first(
    application: str, nested_daemon: Daemon, hardware: Keyboard, nested_window_of: Windows
) -> None:
    hardware.use_layout("fr")
    window = ready(nested_window_of(application), hardware)
    hardware.type("xgree")
    window.wait_for_text("xgree")
    nested_daemon.process.send_signal(signal.SIGSTOP)
    try:
        hardware.type("t")
        hardware.press("dead_circumflex")
        # Chromium shows the accent already, as something that is not yet written.
        window.wait_for(lambda text: text in ("xgreet", "xgreet^"), "the trigger stands there")
    finally:
        nested_daemon.process.send_signal(signal.SIGCONT)
    hardware.reach()
    hardware.type("e ok")
    window.wait_for_text(f"{TEXT}ê ok")


# Modifiers and repeating keys


@pytest.mark.parametrize("modifier", ["Shift_L", "Shift_R", "Control_L", "Alt_L", "ISO_Level3_Shift"])
@pytest.mark.parametrize("application", EVERYWHERE)
def test_a_modifier_pressed_too_soon_changes_nothing(
    application: str, modifier: str, nested_daemon: Daemon, hardware: Keyboard, nested_window_of: Windows
) -> None:
    hardware.use_layout("fr")
    window = ready(nested_window_of(application), hardware)
    hardware.type("xgreet")
    hardware.hold(modifier)
    try:
        window.wait_for_text(TEXT)
        wait_until(lambda: hardware.down() == {modifier}, lambda: f"down are {set(hardware.down())}")
    finally:
        hardware.release(modifier)
    hardware.type(" ok")
    window.wait_for_text(f"{TEXT} ok")
    wait_until(lambda: hardware.down() == frozenset(), lambda: f"down are {set(hardware.down())}")


@pytest.mark.parametrize("modifier", ["Shift_L", "Shift_R", "Control_L", "Alt_L", "ISO_Level3_Shift"])
@pytest.mark.parametrize("application", EVERYWHERE)
def test_a_modifier_held_when_a_waiting_trigger_fires_neither_changes_nor_stalls_it(
    application: str, modifier: str, nested_daemon: Daemon, hardware: Keyboard, nested_window_of: Windows
) -> None:
    hardware.use_layout("fr")
    window = ready(nested_window_of(application), hardware)
    hardware.type("xslow")
    window.wait_for_text("xslow")
    held = time.monotonic()
    hardware.hold(modifier)
    try:
        shown = window.wait_for_text("short")
        assert shown.time - held < 3
        wait_until(lambda: hardware.down() == {modifier}, lambda: f"down are {set(hardware.down())}")
    finally:
        hardware.release(modifier)
    hardware.type(" ok")
    window.wait_for_text("short ok")
    wait_until(lambda: hardware.down() == frozenset(), lambda: f"down are {set(hardware.down())}")


@pytest.mark.parametrize("application", EVERYWHERE)
def test_shift_is_still_held_after_an_expansion_that_ends_in_a_capital(
    application: str, nested_daemon: Daemon, hardware: Keyboard, nested_window_of: Windows
) -> None:
    window = ready(nested_window_of(application), hardware)
    hardware.hold("Shift_L")
    try:
        hardware.type("xok")
        window.wait_for_text("capitals")
        hardware.type("yes")
        window.wait_for_text("capitalsYES")
        wait_until(lambda: hardware.down() == {"Shift_L"}, lambda: f"down are {set(hardware.down())}")
    finally:
        hardware.release("Shift_L")
    hardware.type("no")
    window.wait_for_text("capitalsYESno")


@pytest.mark.parametrize("application", EVERYWHERE)
def test_altgr_is_still_held_after_an_expansion_that_ends_with_it(
    application: str, nested_daemon: Daemon, hardware: Keyboard, nested_window_of: Windows
) -> None:
    hardware.use_layout("fr")
    window = ready(nested_window_of(application), hardware)
    hardware.type("x")
    hardware.hold("ISO_Level3_Shift")
    try:
        hardware.press("e")
        window.wait_for_text("euro")
        hardware.press("e")
        window.wait_for_text("euro€")
        wait_until(
            lambda: hardware.down() == {"ISO_Level3_Shift"}, lambda: f"down are {set(hardware.down())}"
        )
    finally:
        hardware.release("ISO_Level3_Shift")
    hardware.press("e")
    window.wait_for_text("euro€e")


@pytest.mark.parametrize("application", ["tk text", "gtk text", "gtk4 text", "qt text", "chromium"])
def test_control_still_held_makes_a_command_of_the_next_key(
    application: str, nested_daemon: Daemon, hardware: Keyboard, nested_window_of: Windows
) -> None:
    window = ready(nested_window_of(application), hardware)
    hardware.type("xslow")
    hardware.hold("Control_L")
    try:
        window.wait_for_text("short")
        hardware.press("slash" if application == "tk text" else "a")
    finally:
        hardware.release("Control_L")
    hardware.type("all")
    window.wait_for_text("all")


def test_a_backspace_held_down_cannot_complete_a_trigger(
    box: TextWindow, keyboard: Keyboard, daemon: Daemon
) -> None:
    keyboard.type("keep this xgrz")
    box.wait_for_text("keep this xgrz")
    before = daemon.status()["expansions"]
    keyboard.hold("BackSpace")
    try:
        box.wait_for(lambda text: len(text) < len("keep this x"), "Backspace repeats")
    finally:
        keyboard.release("BackSpace")
    keyboard.type("eet")
    # Of what is left nothing may go: a trigger pieced together from before would take six characters.
    box.wait_for(
        lambda text: text.endswith("eet") and "keep this".startswith(text[:-3].strip()), "nothing goes"
    )
    assert daemon.status()["expansions"] == before
