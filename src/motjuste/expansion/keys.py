"""What a keyboard or a mouse told us, and a notation for it that people can write."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from motjuste.errors import UserError, nearest


@dataclass(frozen=True, slots=True)
class KeyEvent:
    """One key press, click or change of focus, after the keyboard layout has been applied.

    `text` is what the key put in (possibly several characters), `name` is like an X keysym and "" for plain
    text, `modifiers` are those of Control, Alt and Super held (Shift and AltGr are already in `text`).
    """

    # What a person types never reaches a log: not even by the repr of an event.
    text: str = field(default="", repr=False)
    name: str = ""
    modifiers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing is typed for so many milliseconds."""

    milliseconds: int


Stroke = KeyEvent | Wait

PAUSE = KeyEvent(name="Pause")

# Keys that neither type nor move the caret: the text before the caret stays certain.
SILENT_NAMES = frozenset({
    "Shift", "Control", "Alt", "Super", "AltGr", "Meta", "Hyper", "Compose", "Multi_key", "Mode_switch",
    "Shift_L", "Shift_R", "Control_L", "Control_R", "Alt_L", "Alt_R", "Super_L", "Super_R",
    "Meta_L", "Meta_R", "Hyper_L", "Hyper_R", "Caps_Lock", "Shift_Lock", "Num_Lock", "Scroll_Lock",
    "ISO_Level3_Shift", "ISO_Level3_Latch", "ISO_Level3_Lock",
    "ISO_Level5_Shift", "ISO_Level5_Latch", "ISO_Level5_Lock",
    "ISO_Next_Group", "ISO_Prev_Group", "ISO_First_Group", "ISO_Last_Group",
})  # fmt: skip

_MODIFIERS = {"ctrl": "Control", "control": "Control", "alt": "Alt", "super": "Super", "win": "Super"}

_NAMES = {
    "bs": "BackSpace", "backspace": "BackSpace", "esc": "Escape", "escape": "Escape",
    "del": "Delete", "delete": "Delete", "ins": "Insert", "insert": "Insert",
    "left": "Left", "right": "Right", "up": "Up", "down": "Down", "home": "Home", "end": "End",
    "pgup": "Prior", "pageup": "Prior", "prior": "Prior", "pgdn": "Next", "pagedown": "Next", "next": "Next",
    "click": "Click", "focus": "Focus", "pause": "Pause",
    "shift": "Shift", "altgr": "AltGr", "caps": "Caps_Lock", "meta": "Meta", "compose": "Multi_key", **_MODIFIERS,
    **{f"f{number}": f"F{number}" for number in range(1, 13)},
}  # fmt: skip

_TYPED = {
    "enter": KeyEvent(text="\n", name="Return"),
    "return": KeyEvent(text="\n", name="Return"),
    "tab": KeyEvent(text="\t", name="Tab"),
    "space": KeyEvent(text=" "),
    "lt": KeyEvent(text="<"),
    "gt": KeyEvent(text=">"),
}

# `<` begins a key only when a letter follows and the bracket closes: `<-` and `<3` are plain characters.
_STROKE = re.compile(r"<(?P<key>[A-Za-z][^<>\s]*)>|«(?P<together>[^«»]+)»|(?P<plain>.)", re.DOTALL)


def parse_keys(notation: str) -> tuple[Stroke, ...]:
    """The strokes that `notation` writes down, such as ``Bonjour<enter>invitlin<bs><ctrl+bs><wait:600>«ab»``.

    Characters stand for themselves, `<lt>` for `<`, and `«ab»` for one event that delivers two characters.
    Raises UserError for a key that is not known.
    """
    lines = notation.replace("\r\n", "\n").replace("\r", "\n")
    return tuple(_stroke(match) for match in _STROKE.finditer(lines))


def _stroke(match: re.Match[str]) -> Stroke:
    if match["key"]:
        return _named(match["key"])
    if match["together"]:
        return KeyEvent(text=match["together"])
    plain = match["plain"]
    return {"\n": _TYPED["enter"], "\t": _TYPED["tab"]}.get(plain) or KeyEvent(text=plain)


def _named(written: str) -> Stroke:
    lowered = written.lower()
    if wait := re.fullmatch(r"wait:(\d{1,9})", lowered):
        return Wait(int(wait[1]))
    *held, key = lowered.split("+")
    modifiers = frozenset(_MODIFIERS[name] for name in held if name in _MODIFIERS)
    known_key = key in _TYPED or key in _NAMES or (modifiers and len(key) == 1)
    if len(modifiers) != len(held) or not known_key:
        raise _unknown(written, *held, key)
    if key in _TYPED:
        typed = _TYPED[key]
        return KeyEvent(name=typed.name or key, modifiers=modifiers) if modifiers else typed
    return KeyEvent(name=_NAMES.get(key, key), modifiers=modifiers)


def _unknown(written: str, *names: str) -> UserError:
    known = {*_TYPED, *_NAMES, "wait:600"}
    stranger = next((name for name in names if name not in known), written)
    close = nearest(stranger, known)
    meant = f" (closest: <{close}>)" if close else ""
    return UserError(f"no key is called <{written}>{meant}", next_step="write <lt> for a plain '<'")
