"""A screen that nobody sees: Xvfb with a window manager, or Xephyr inside it, or the person's own."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from Xlib import X, Xatom
from Xlib.display import Display as Connection
from Xlib.error import BadWindow, ConnectionClosedError, XError
from Xlib.protocol import event
from Xlib.xobject.drawable import Window

from bench.processes import Processes
from bench.waiting import TookTooLongError, wait_until

# What would lead an application to the person's own session, input method, theme or screen.
FOREIGN = (
    "WAYLAND_DISPLAY", "XAUTHORITY", "SESSION_MANAGER", "DESKTOP_STARTUP_ID", "XMODIFIERS", "XCOMPOSEFILE",
    "GTK_IM_MODULE", "GTK_MODULES", "GTK_THEME", "QT_IM_MODULE", "QT_STYLE_OVERRIDE", "LANG", "LANGUAGE",
    "MOTJUSTE_HOME",
)  # fmt: skip
SIZE = "1280x800"
# A busy machine keeps a key of the typist's down for longer than the usual delay at times, and it would repeat.
REPEAT_LATE = ("-ardelay", "3000")


MANAGER_PATIENCE = 240
"""Seconds. Openbox takes its key bindings anew whenever another keyboard speaks, which is twice for each expansion
behind a person's own keyboard: after a long row of them it may be minutes behind."""


class MissingProgramError(RuntimeError):
    """A program of the bench is not installed."""


def program(*names: str) -> str:
    """The path of the first of `names` that is installed."""
    for name in names:
        found = shutil.which(name)
        if found:
            return found
    raise MissingProgramError(f"{names[0]} is not installed; run 'scripts/packages desktop'")


def private_environment(display: str, folder: Path) -> dict[str, str]:
    """The environment of an application on `display` that keeps all its files in `folder`."""
    env = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    for name in ("config", "data", "cache", "state", "runtime", "tmp"):
        path = folder / name
        path.mkdir(mode=0o700, exist_ok=True)
        variable = {"runtime": "XDG_RUNTIME_DIR", "tmp": "TMPDIR"}.get(name, f"XDG_{name.upper()}_HOME")
        env[variable] = str(path)
    return env | {
        "DISPLAY": display,
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "GDK_BACKEND": "x11",
        "QT_QPA_PLATFORM": "xcb",
        "NO_AT_BRIDGE": "1",
        "DBUS_SESSION_BUS_ADDRESS": "disabled:",
        "PYTHONUNBUFFERED": "1",
    }


class Display:
    """A running X server with what is needed to work on it; use it as a context manager."""

    def __init__(self, name: str, folder: Path, env: Mapping[str, str], processes: Processes) -> None:
        self.name = name
        self.folder = folder
        self.env = dict(env)
        self.processes = processes
        self.connection = Connection(name)
        self._manager_is_ours = False
        self._server: subprocess.Popen[bytes] | None = None
        self._outer: Display | None = None
        self._temporary: tempfile.TemporaryDirectory[str] | None = None

    @classmethod
    def private(cls, *, managed: bool = True, name: str = "") -> Self:
        """Start Xvfb, under a `name` such as ":7" if one is wanted, and, when `managed`, openbox."""
        temporary = tempfile.TemporaryDirectory(prefix="motjuste-bench-", ignore_cleanup_errors=True)
        folder = Path(temporary.name)
        processes = Processes()
        try:
            server = [
                program("Xvfb"),
                "-screen",
                "0",
                f"{SIZE}x24",
                "-nolisten",
                "tcp",
                "-noreset",
                "-dpi",
                "96",
                *REPEAT_LATE,
                *([name] if name else []),
            ]
            process, name = _start_server(processes, server, private_environment("", folder), folder)
            display = cls(name, folder, private_environment(name, folder), processes)
            display._server = process
            display._temporary = temporary
            if managed:
                display._manage_windows()
        except BaseException:
            processes.close()
            temporary.cleanup()
            raise
        return display

    @classmethod
    def nested(cls) -> Self:
        """Start Xephyr in a private Xvfb; keys sent to `outer` arrive inside as a real keyboard's."""
        # Nothing manages the outer windows: the one that fills its screen has the keyboard.
        outer = Display.private(managed=False)
        folder = outer.folder / "nested"
        folder.mkdir(mode=0o700)
        try:
            server = [program("Xephyr"), "-screen", SIZE, "-no-host-grab", "-nolisten", "tcp", "-noreset"]
            server += REPEAT_LATE
            _, name = _start_server(outer.processes, server, outer.env, folder)
            display = cls(name, folder, private_environment(name, folder), outer.processes)
            display._outer = outer
            display._manage_windows()
        except BaseException:
            outer.close()
            raise
        return display

    @classmethod
    def of_the_person(cls) -> Self:
        """The screen that the person looks at, with the person's own window manager and environment."""
        temporary = tempfile.TemporaryDirectory(prefix="motjuste-bench-", ignore_cleanup_errors=True)
        display = cls(os.environ["DISPLAY"], Path(temporary.name), os.environ, Processes())
        display._temporary = temporary
        return display

    @property
    def outer(self) -> Display:
        """Where a person's keys go in: the display around a nested one, else the display itself."""
        return self._outer or self

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End every process that was started on this display, and the display."""
        with suppress(ConnectionClosedError, OSError):
            self.connection.close()
        self.processes.close()
        if self._outer is not None:
            self._outer.close()
        if self._temporary is not None:
            self._temporary.cleanup()

    def crash(self) -> None:
        """End the server, and with it every window, at once."""
        assert self._server is not None
        # A connection to a server that has ended cannot be closed any more.
        self.connection.close()
        self._server.kill()
        self._server.wait(10)

    # Windows

    def find_window(self, title: str, *, deadline: float = MANAGER_PATIENCE) -> int:
        """The id of the managed window with exactly this title, once it is there and shown."""
        return wait_until(
            lambda: self._window_called(title),
            f"no window is called {title!r}",
            deadline=deadline,
            every=0.02,
        )

    def activate(self, window: int) -> None:
        """Bring `window` to the front, ask for the keyboard, and wait until it has it."""

        def asked_and_in_front() -> bool:
            if self._active_window() == window:
                return True
            # 2: asked by a pager, which window managers obey without a question of timing.
            self._ask_manager(window, "_NET_ACTIVE_WINDOW", 2, X.CurrentTime)
            return False

        wait_until(
            asked_and_in_front,
            f"window {window:#x} did not come to the front",
            deadline=MANAGER_PATIENCE,
            every=0.03,
        )
        wait_until(lambda: self._has_focus(window), f"window {window:#x} has no keyboard", every=0.01)
        if self._manager_is_ours:
            self._let_manager_catch_up(window)

    def _ask_manager(self, window: int, kind: str, *data: int) -> None:
        target = self.connection.create_resource_object("window", window)
        words = [*data, *[0] * (5 - len(data))]
        message = event.ClientMessage(
            window=target, client_type=self.connection.intern_atom(kind), data=(32, words)
        )
        mask = X.SubstructureRedirectMask | X.SubstructureNotifyMask
        self.connection.screen().root.send_event(message, event_mask=mask)
        self.connection.sync()

    def _let_manager_catch_up(self, window: int) -> None:
        """Wait until the window manager has done all it does about a change of focus.

        It announces the active window a second time when it hears of the focus, which may come late. It takes
        things in order, so a harmless wish of ours that it has fulfilled tells that it has come so far.
        """
        state, harmless = map(self.connection.intern_atom, ("_NET_WM_STATE", "_NET_WM_STATE_SKIP_PAGER"))
        target = self.connection.create_resource_object("window", window)

        def granted() -> bool:
            value = target.get_full_property(state, Xatom.ATOM)
            return harmless in (value.value if value else ())

        before = granted()
        toggle = 2
        self._ask_manager(window, "_NET_WM_STATE", toggle, harmless)
        wait_until(
            lambda: granted() != before,
            "the window manager does not answer",
            deadline=MANAGER_PATIENCE,
            every=0.002,
        )

    def close_window(self, title: str) -> None:
        """Ask the window with exactly this title to close, as its close button does, and wait until it is gone."""
        window = self._window_called(title)
        if window is not None:
            self._ask_manager(window, "_NET_CLOSE_WINDOW", X.CurrentTime, 2)
            with suppress(TookTooLongError):
                wait_until(
                    lambda: self._window_called(title) is None, "it stays open", deadline=5, every=0.01
                )

    def centre_of(self, window: int) -> tuple[int, int]:
        """The middle of `window` in the coordinates of the screen."""
        target = self.connection.create_resource_object("window", window)
        size = target.get_geometry()
        corner = self.connection.screen().root.translate_coords(target, 0, 0)
        return corner.x + size.width // 2, corner.y + size.height // 2

    def title_of(self, window: int) -> str:
        """The title of `window`, empty when it is gone."""
        target = self.connection.create_resource_object("window", window)
        try:
            value = target.get_full_property(self.connection.intern_atom("_NET_WM_NAME"), X.AnyPropertyType)
            value = value or target.get_full_property(Xatom.WM_NAME, X.AnyPropertyType)
        except XError:
            return ""
        if value is None:
            return ""
        return value.value.decode("utf-8", "replace") if isinstance(value.value, bytes) else str(value.value)

    def _frame(self, window: int) -> tuple[int, int, int, int]:
        """Where `window` with its frame is on the screen, clipped to it: left, top, width, height."""
        root = self.connection.screen().root
        frame = self.connection.create_resource_object("window", window)
        while (parent := frame.query_tree().parent) != root:
            frame = parent
        corner = root.translate_coords(frame, 0, 0)
        (width, height), (right, bottom) = _size(frame), _size(root)
        left, top = max(corner.x, 0), max(corner.y, 0)
        return left, top, min(corner.x + width, right) - left, min(corner.y + height, bottom) - top

    def _window_called(self, title: str) -> int | None:
        root = self.connection.screen().root
        clients = root.get_full_property(self.connection.intern_atom("_NET_CLIENT_LIST"), Xatom.WINDOW)
        for window in clients.value if clients else ():
            try:
                shown = (
                    self.connection.create_resource_object("window", window).get_attributes().map_state
                    == X.IsViewable
                )
            except BadWindow:
                continue
            if shown and self.title_of(window) == title:
                return int(window)
        return None

    def _active_window(self) -> int | None:
        root = self.connection.screen().root
        active = root.get_full_property(self.connection.intern_atom("_NET_ACTIVE_WINDOW"), Xatom.WINDOW)
        return int(active.value[0]) if active and active.value else None

    def _has_focus(self, window: int) -> bool:
        """Whether the keyboard's focus is `window` or inside it (GTK and Tk focus a child)."""
        focus = self.connection.get_input_focus().focus
        for _ in range(12):
            if isinstance(focus, int):
                return False
            if focus.id == window:
                return True
            try:
                focus = focus.query_tree().parent
            except XError:
                return False
            if not focus:
                return False
        return False

    # Pictures and keyboards

    def screenshot(self, path: Path, window: int | None = None) -> Path:
        """Save what the screen, or one window with its frame, shows as a PNG."""
        root = self.connection.screen().root
        left, top, width, height = self._frame(window) if window else (0, 0, *_size(root))
        pixels = root.get_image(left, top, width, height, X.ZPixmap, 0xFFFFFFFF).data
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(png(width, height, pixels))
        return path

    def use_layout(self, *layout: str) -> None:
        """Switch the keyboard: `us`, `fr`, `ca`, or any further arguments of setxkbmap."""
        plain = ["-option", "", "-variant", ""]
        self.run(
            [program("setxkbmap"), "-display", self.name, *plain[: 2 if "-variant" in layout else 4], *layout]
        )

    def run(self, command: list[str], *, text: str | None = None) -> str:
        """What a short command prints on this display; its complaint is raised when it fails."""
        done = subprocess.run(
            command, env=self.env, input=text, capture_output=True, encoding="utf-8", timeout=30, check=False,
            **({"stdin": subprocess.DEVNULL} if text is None else {}),
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{command[0]} ended with {done.returncode}: {done.stderr.strip()}")
        return done.stdout

    # The clipboard, as another application has it

    def copy(self, text: str, selection: str = "clipboard") -> None:
        """Own `selection` with `text` in a process that serves it, as a person's copy leaves it."""
        name = self.connection.intern_atom(selection.upper())
        before = self.connection.get_selection_owner(name)
        # xclip goes on serving in the background until somebody else copies; a pipe to it would never end.
        subprocess.run(
            [program("xclip"), "-selection", selection, "-in"], env=self.env, input=text.encode(),
            check=True, timeout=10, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        # Its child may ask to own the selection only after xclip itself has ended.
        wait_until(
            lambda: self.connection.get_selection_owner(name) not in (before, X.NONE),
            f"xclip does not own {selection}",
        )

    def copied(self, selection: str = "clipboard", target: str = "UTF8_STRING") -> str:
        """What `selection` holds now, empty when nobody owns it."""
        try:
            return self.run([program("xclip"), "-selection", selection, "-out", "-target", target])
        except RuntimeError:
            return ""

    def _manage_windows(self) -> None:
        # The tests' own is openbox; the demo gets along with one that is installed in half the time.
        manager = program("openbox", "blackbox")
        self.processes.start([manager], env=self.env, log=self.folder / "manager.log")
        self.use_layout("us")
        check = self.connection.intern_atom("_NET_SUPPORTING_WM_CHECK")
        root = self.connection.screen().root
        self._manager_is_ours = True
        wait_until(
            lambda: root.get_full_property(check, Xatom.WINDOW),
            f"{manager} does not manage windows",
            every=0.02,
        )


def png(width: int, height: int, pixels: bytes) -> bytes:
    """A picture file of `pixels`, rows of blue, green, red and an unused byte, as an X server gives them."""
    colours = bytearray(width * height * 3)
    colours[0::3], colours[1::3], colours[2::3] = pixels[2::4], pixels[1::4], pixels[0::4]
    rows = b"".join(b"\0" + colours[row : row + width * 3] for row in range(0, len(colours), width * 3))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows, 9))
        + chunk(b"IEND", b"")
    )


def _size(window: Window) -> tuple[int, int]:
    geometry = window.get_geometry()
    return geometry.width, geometry.height


def _start_server(
    processes: Processes, command: list[str], env: Mapping[str, str], folder: Path
) -> tuple[subprocess.Popen[bytes], str]:
    """Start an X server, which chooses its own number unless the command has one, and say its name."""
    log = folder / f"{Path(command[0]).name}.log"
    reading, writing = os.pipe()
    try:
        server = processes.start([*command, "-displayfd", str(writing)], env=env, log=log, pass_fds=[writing])
    finally:
        os.close(writing)
    with os.fdopen(reading) as numbers:
        number = numbers.readline().strip()
    if not number:
        server.wait(5)
        raise RuntimeError(f"{command[0]} did not start: {log.read_text(errors='replace').strip()}")
    return server, f":{number}"


def python_with(module: str) -> str:
    """A Python that can import `module`: this one, or the system's, which has Tk and GTK."""
    for candidate in (sys.executable, "/usr/bin/python3", "python3"):
        path = shutil.which(candidate)
        if (
            path
            and not subprocess.run(
                [path, "-c", f"import {module}"], capture_output=True, check=False
            ).returncode
        ):
            return path
    raise MissingProgramError(f"no Python here can import {module}; run 'scripts/packages desktop'")


__all__ = ["Display", "MissingProgramError", "program", "python_with"]
