"""Every text into every window on every layout, exactly: the whole of it with `make test-full`, a part each time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from bench.daemon import Daemon, home_with
from bench.display import Display
from bench.keyboard import LAYOUTS, Keyboard
from bench.windows import APPLICATIONS, Windows, as_the_box_has_it

TEXTS = {
    "ascii": r"""Ports 80-90: a < b & c > d? "Yes" | 'no' \ ~/x_1 $HOME 100 % #tag [x] (y) ^z `w` @me; done!""",
    "french": (
        "Bonjour Éloïse, j’ai été ravi d’échanger\u202f: «\u00a0à bientôt\u00a0» — œuvre, ça, où, naïf, "
        "Noël, ÀÇÉ, 100\u00a0€ et l’été… «\u00a0oui\u00a0»\u202f!"
    ),
    "emoji": (
        "Merci 👩🏽‍💻 et 👨‍👩‍👧‍👦, de 🇫🇷🇨🇦 et "
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f ❤️ à 🧑🏿‍🚀 !"
    ),
    # Decomposed letters, several marks on one letter in both orders, a mark on an emoji and on a space.
    "combining": (
        "E\u0301loi\u0308se, de\u0301ja\u0300 vu : a\u0323\u0302 a\u0302\u0323, o\u0328\u0304, "
        "Z\u0351\u036b\u0343\u0321, 7\ufe0f\u20e3, नमस्ते, ก\u0e33\u0e49, \u00a0\u0301."
    ),
    "multi-line": "Bonjour Hugo,\n\nDeux lignes,\npuis une troisième.\n\nÀ bientôt\u202f!",
    "10,000 characters": "".join(
        f"{number}. Ravi d’échanger, Éloïse\u202f: «\u00a0à bientôt\u00a0» 🇫🇷 — " for number in range(300)
    )[:10_000],
}
TRIGGERS = {
    "latin": ("xascii", "xfrench", "xemoji", "xmarks", "xlines", "xlong"),
    "greek": ("ξασκι", "ξγαλλικα", "ξεικονα", "ξτονοι", "ξσειρες", "ξμακρυ"),
    "cyrillic": ("хаски", "хфранц", "хэмодзи", "хзнаки", "хстроки", "хдлинный"),
}
SCRIPTS = {"gr": "greek", "ru": "cyrillic"}
# The part that is always run: each window takes each text, and each layout is typed on once in three windows.
ALWAYS_TYPED_ON = ("us",)
ALWAYS_FILLED = {("tk text", "french"), ("gtk text", "combining"), ("chromium", "emoji")}

CASES = [
    pytest.param(
        application,
        layout,
        text,
        id=f"{application}-{layout}-{text}",
        marks=() if layout in ALWAYS_TYPED_ON or (application, text) in ALWAYS_FILLED else pytest.mark.full,
    )
    for application in APPLICATIONS
    for layout in LAYOUTS
    for text in TEXTS
]


@pytest.fixture(scope="module")
def daemon(display: Display) -> Iterator[Daemon]:
    snippets = {
        trigger: text
        for triggers in TRIGGERS.values()
        for trigger, text in zip(triggers, TEXTS.values(), strict=True)
    }
    with Daemon(display, home_with(display.folder / "home of texts", snippets)) as daemon:
        yield daemon


@pytest.mark.parametrize(("application", "layout", "text"), CASES)
def test_a_trigger_becomes_its_text(
    application: str,
    layout: str,
    text: str,
    daemon: Daemon,
    session_keyboard: Keyboard,
    window_of: Windows,
) -> None:
    window = window_of(application)
    window.clear()
    if session_keyboard.layout != (layout,):
        session_keyboard.use_layout(layout)
    window.focus(session_keyboard)
    triggers = dict(zip(TEXTS, TRIGGERS[SCRIPTS.get(layout, "latin")], strict=True))
    session_keyboard.type(triggers[text])
    window.wait_for_text(as_the_box_has_it(application, TEXTS[text]))
