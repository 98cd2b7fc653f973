"""Windows, by pynput's low-level hook and by ctypes.

The hook's callback has to answer within `LowLevelHooksTimeout` (300 ms unless the registry says otherwise), or
Windows takes the hook away without a word; so it only decodes and queues. pynput's own decoding is passed by
(`win32_event_filter` returns False): it reads the layout once, for its own thread, asks for the modifiers too late,
and knows nothing of Caps Lock. `ToUnicodeEx` is told to leave the keyboard's state alone (Windows 10 1607 and
newer), else the person's dead keys would be lost.

Written for and typed against Windows 10 and 11, not yet run on them.
"""

from __future__ import annotations

import contextlib
import ctypes
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from ctypes import wintypes
from pathlib import PureWindowsPath
from typing import Any, Final

from motjuste.adapters.pynput_desktop import windows_keys
from motjuste.adapters.pynput_desktop.hooks import mouse_listener, quiet
from motjuste.adapters.pynput_desktop.strokes import ANY_CODE, Meaning, Stroke
from motjuste.adapters.pynput_desktop.system import ListenerThread
from motjuste.ports import InjectionFailed, Window

assert sys.platform == "win32"

_MARK: Final = 0x6D6F746A  # in the extra information of each key that we send
_LEAVE_STATE_ALONE: Final = 1 << 2
_INPUT_KEYBOARD: Final = 1
_KEY_EXTENDED: Final = 0x0001
_KEY_UP: Final = 0x0002
_KEY_UNICODE: Final = 0x0004
_SCAN_OF_CODE: Final = 0
_QUERY_PROCESS: Final = 0x1000
_TOKEN_QUERY: Final = 0x0008
_TOKEN_ELEVATION: Final = 20
_SWITCH_DESKTOP: Final = 0x0100
_UNICODE_TEXT: Final = 13
_MOVEABLE: Final = 0x0002
_OPEN_ATTEMPTS: Final = 20
_OPEN_PAUSE_SECONDS: Final = 0.005
# Not plain memory: bitmaps, metafiles, palettes, what its owner draws. Windows makes a bitmap again from its DIB.
_HANDLE_FORMATS: Final = frozenset({2, 3, 9, 14, 0x80, 0x81, 0x82, 0x83, 0x8E, *range(0x0200, 0x0400)})
_NOT_FOR_HISTORY: Final = (
    "ExcludeClipboardContentFromMonitorProcessing",
    "CanIncludeInClipboardHistory",
    "CanUploadToCloudClipboard",
    "Clipboard Viewer Ignore",
)

_user32 = ctypes.WinDLL("user32", use_last_error=True)
_kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
_advapi32 = ctypes.WinDLL("advapi32", use_last_error=True)


class _KeyInput(ctypes.Structure):
    _fields_ = (
        ("wVk", wintypes.WORD),
        ("wScan", wintypes.WORD),
        ("dwFlags", wintypes.DWORD),
        ("time", wintypes.DWORD),
        ("dwExtraInfo", ctypes.c_size_t),
    )


class _MouseInput(ctypes.Structure):  # the largest of the union, which gives it its size
    _fields_ = (
        ("dx", wintypes.LONG),
        ("dy", wintypes.LONG),
        ("mouseData", wintypes.DWORD),
        ("dwFlags", wintypes.DWORD),
        ("time", wintypes.DWORD),
        ("dwExtraInfo", ctypes.c_size_t),
    )


class _AnyInput(ctypes.Union):
    _fields_ = (("ki", _KeyInput), ("mi", _MouseInput))


class _Input(ctypes.Structure):
    _fields_ = (("type", wintypes.DWORD), ("value", _AnyInput))


class _LastInput(ctypes.Structure):
    _fields_ = (("cbSize", wintypes.UINT), ("dwTime", wintypes.DWORD))


def _declare(function: Any, result: Any, *arguments: Any) -> Any:
    function.restype = result
    function.argtypes = arguments
    return function


_handle, _dword, _bool, _uint = wintypes.HANDLE, wintypes.DWORD, wintypes.BOOL, wintypes.UINT
_GetForegroundWindow = _declare(_user32.GetForegroundWindow, wintypes.HWND)
_GetWindowText = _declare(_user32.GetWindowTextW, ctypes.c_int, wintypes.HWND, wintypes.LPWSTR, ctypes.c_int)
_GetClassName = _declare(_user32.GetClassNameW, ctypes.c_int, wintypes.HWND, wintypes.LPWSTR, ctypes.c_int)
_GetWindowThreadProcessId = _declare(
    _user32.GetWindowThreadProcessId, _dword, wintypes.HWND, ctypes.POINTER(_dword)
)
_GetKeyboardLayout = _declare(_user32.GetKeyboardLayout, wintypes.HKL, _dword)
_GetKeyState = _declare(_user32.GetKeyState, ctypes.c_short, ctypes.c_int)
_GetAsyncKeyState = _declare(_user32.GetAsyncKeyState, ctypes.c_short, ctypes.c_int)
_ToUnicodeEx = _declare(
    _user32.ToUnicodeEx, ctypes.c_int,
    _uint, _uint, ctypes.c_char_p, wintypes.LPWSTR, ctypes.c_int, _uint, wintypes.HKL,
)  # fmt: skip
_MapVirtualKeyEx = _declare(_user32.MapVirtualKeyExW, _uint, _uint, _uint, wintypes.HKL)
_SendInput = _declare(_user32.SendInput, _uint, _uint, ctypes.POINTER(_Input), ctypes.c_int)
_GetLastInputInfo = _declare(_user32.GetLastInputInfo, _bool, ctypes.POINTER(_LastInput))
_GetTickCount = _declare(_kernel32.GetTickCount, _dword)
_OpenInputDesktop = _declare(_user32.OpenInputDesktop, _handle, _dword, _bool, _dword)
_CloseDesktop = _declare(_user32.CloseDesktop, _bool, _handle)
_OpenProcess = _declare(_kernel32.OpenProcess, _handle, _dword, _bool, _dword)
_GetCurrentProcess = _declare(_kernel32.GetCurrentProcess, _handle)
_QueryFullProcessImageName = _declare(
    _kernel32.QueryFullProcessImageNameW, _bool, _handle, _dword, wintypes.LPWSTR, ctypes.POINTER(_dword)
)
_OpenProcessToken = _declare(_advapi32.OpenProcessToken, _bool, _handle, _dword, ctypes.POINTER(_handle))
_GetTokenInformation = _declare(
    _advapi32.GetTokenInformation,
    _bool,
    _handle,
    ctypes.c_int,
    ctypes.c_void_p,
    _dword,
    ctypes.POINTER(_dword),
)
_CloseHandle = _declare(_kernel32.CloseHandle, _bool, _handle)
_CreateWindowEx = _declare(
    _user32.CreateWindowExW, wintypes.HWND, _dword, wintypes.LPCWSTR, wintypes.LPCWSTR, _dword,
    *[ctypes.c_int] * 4, wintypes.HWND, wintypes.HMENU, wintypes.HINSTANCE, ctypes.c_void_p,
)  # fmt: skip
_DestroyWindow = _declare(_user32.DestroyWindow, _bool, wintypes.HWND)
_OpenClipboard = _declare(_user32.OpenClipboard, _bool, wintypes.HWND)
_CloseClipboard = _declare(_user32.CloseClipboard, _bool)
_EmptyClipboard = _declare(_user32.EmptyClipboard, _bool)
_EnumClipboardFormats = _declare(_user32.EnumClipboardFormats, _uint, _uint)
_GetClipboardData = _declare(_user32.GetClipboardData, _handle, _uint)
_SetClipboardData = _declare(_user32.SetClipboardData, _handle, _uint, _handle)
_RegisterClipboardFormat = _declare(_user32.RegisterClipboardFormatW, _uint, wintypes.LPCWSTR)
_GetClipboardSequenceNumber = _declare(_user32.GetClipboardSequenceNumber, _dword)
_GlobalAlloc = _declare(_kernel32.GlobalAlloc, _handle, _uint, ctypes.c_size_t)
_GlobalFree = _declare(_kernel32.GlobalFree, _handle, _handle)
_GlobalLock = _declare(_kernel32.GlobalLock, ctypes.c_void_p, _handle)
_GlobalUnlock = _declare(_kernel32.GlobalUnlock, _bool, _handle)
_GlobalSize = _declare(_kernel32.GlobalSize, ctypes.c_size_t, _handle)


class WindowsSystem:
    """Fulfils `system.System`."""

    name = "Windows"
    paste_chord = "ctrl+v"
    codes = windows_keys.CODES

    def __init__(self) -> None:
        self.clipboard = WindowsClipboard()
        self._elevated = _is_elevated(_GetCurrentProcess())
        self._asked_about: tuple[object, str] = (None, "")

    def listen(
        self, hear: Callable[[Stroke], bool], touched: Callable[[bool], None]
    ) -> Sequence[ListenerThread]:
        from pynput import keyboard

        hook = windows_keys.Hook(_MARK)

        def filtered(message: int, data: Any) -> bool:
            stroke = hook.stroke(
                message,
                code=data.vkCode,
                scan=data.scanCode,
                flags=data.flags,
                extra=data.dwExtraInfo or 0,
            )
            if stroke and hear(stroke):
                listener.suppress_event()  # raises, which is how pynput keeps a key from the windows
            return False  # pynput need not decode it

        listener = quiet(keyboard.Listener)(win32_event_filter=filtered)
        listener.start()
        return (listener, mouse_listener(touched))

    def meaning(self, stroke: Stroke, held: frozenset[str], *, composing: bool) -> Meaning:
        return windows_keys.meaning(stroke, held, _translated)

    def is_down(self, code: int) -> bool:
        return bool(_GetAsyncKeyState(code) & 0x8000)

    def send(self, strokes: Sequence[Stroke], down: Sequence[Stroke]) -> None:
        inputs = [each for stroke in strokes for each in _inputs(stroke)]
        if not inputs:
            return
        row = (_Input * len(inputs))(*inputs)
        if not _SendInput(len(inputs), row, ctypes.sizeof(_Input)):
            raise InjectionFailed("Windows refuses our keys, as it does for a window of an administrator")

    def front(self) -> Window:
        window = _GetForegroundWindow()
        return Window(title=_text_of(_GetWindowText, window), wm_class=_text_of(_GetClassName, window),
                      program=_program(window))  # fmt: skip

    def front_id(self) -> object:
        return _GetForegroundWindow()

    def idle_seconds(self) -> float | None:
        last = _LastInput(ctypes.sizeof(_LastInput))
        if not _GetLastInputInfo(ctypes.byref(last)):
            return None
        return float((_GetTickCount() - last.dwTime) & 0xFFFFFFFF) / 1000

    def deaf_because(self) -> str:
        desktop = _OpenInputDesktop(0, False, _SWITCH_DESKTOP)
        if not desktop:
            return "Windows asks for a password or a permission; keys are heard again after it"
        _CloseDesktop(desktop)
        window = self.front_id()
        if self._asked_about[0] != window:
            self._asked_about = (window, self._kept_from_us(window))
        return self._asked_about[1]

    def _kept_from_us(self, window: object) -> str:
        if self._elevated or not window:
            return ""
        with _process(window) as process:
            # A process that may not even be asked belongs to somebody with more rights.
            if process and not _is_elevated(process):
                return ""
        return (
            "the window in front runs as administrator, and its keys are kept from us; "
            "start the daemon as administrator to use it there"
        )

    def tick(self) -> None:
        pass


def _translated(stroke: Stroke, held: frozenset[str]) -> tuple[str, bool]:
    """The text of a key on the layout of the window in front, and whether it is a dead key."""
    state = bytearray(256)
    for name, codes in (("Shift", (0x10, 0xA0)), ("Control", (0x11, 0xA2)), ("Alt", (0x12, 0xA5))):
        if name in held:
            for code in codes:
                state[code] = 0x80
    state[0x14] = _GetKeyState(0x14) & 1
    thread = _GetWindowThreadProcessId(_GetForegroundWindow(), None)
    text = ctypes.create_unicode_buffer(8)
    count = _ToUnicodeEx(
        stroke.code, stroke.scan & 0xFF, bytes(state), text, len(text) - 1, _LEAVE_STATE_ALONE,
        _GetKeyboardLayout(thread),
    )  # fmt: skip
    # A negative count stands for one dead key, whose accent is there alone.
    return ctypes.wstring_at(text, abs(count)), count < 0


def _inputs(stroke: Stroke) -> Iterator[_Input]:
    up = 0 if stroke.pressed else _KEY_UP
    if stroke.code == ANY_CODE:
        units = stroke.text.encode("utf-16-le")
        for at in range(0, len(units), 2):
            yield _input(0, int.from_bytes(units[at : at + 2], "little"), _KEY_UNICODE | up)
        return
    if up and stroke.name in ("Alt_L", "Alt_R", "Super_L", "Super_R"):
        # Alone, their coming up opens a menu; a key that does nothing makes a command of them.
        yield _input(windows_keys.NO_KEY, 0, 0)
        yield _input(windows_keys.NO_KEY, 0, _KEY_UP)
    scan = stroke.scan & 0xFF or _MapVirtualKeyEx(stroke.code, _SCAN_OF_CODE, None)
    extended = _KEY_EXTENDED if windows_keys.is_extended(stroke.code, stroke.scan) else 0
    yield _input(stroke.code, scan, extended | up)


def _input(code: int, scan: int, flags: int) -> _Input:
    return _Input(_INPUT_KEYBOARD, _AnyInput(ki=_KeyInput(code, scan, flags, 0, _MARK)))


def _text_of(ask: Any, window: object) -> str:
    text = ctypes.create_unicode_buffer(512)
    return text.value if ask(window, text, len(text)) else ""


@contextlib.contextmanager
def _process(window: object) -> Iterator[Any]:
    """The process of `window`, None when it may not be asked about."""
    number = _dword()
    _GetWindowThreadProcessId(window, ctypes.byref(number))
    process = _OpenProcess(_QUERY_PROCESS, False, number.value)
    try:
        yield process
    finally:
        if process:
            _CloseHandle(process)


def _program(window: object) -> str:
    with _process(window) as process:
        path = ctypes.create_unicode_buffer(1024)
        size = _dword(len(path))
        if process and _QueryFullProcessImageName(process, 0, path, ctypes.byref(size)):
            return PureWindowsPath(path.value).name
    return ""


def _is_elevated(process: Any) -> bool:
    token, elevated, size = _handle(), _dword(), _dword()
    if not _OpenProcessToken(process, _TOKEN_QUERY, ctypes.byref(token)):
        return True
    try:
        known = _GetTokenInformation(
            token, _TOKEN_ELEVATION, ctypes.byref(elevated), ctypes.sizeof(elevated), ctypes.byref(size)
        )
        return not known or bool(elevated.value)
    finally:
        _CloseHandle(token)


class WindowsClipboard:
    """Fulfils `borrowing.SystemClipboard` for every format that is plain memory."""

    def save(self) -> tuple[tuple[int, bytes], ...]:
        """Format numbers and their bytes, in the order of the clipboard.

        A program that makes its formats only when they are asked for (a large spreadsheet) makes them all now.
        """
        saved = []
        with _open_clipboard():
            number = _EnumClipboardFormats(0)
            while number:
                if number not in _HANDLE_FORMATS and (memory := _GetClipboardData(number)):
                    saved.append((number, _bytes_of(memory)))
                number = _EnumClipboardFormats(number)
        return tuple(saved)

    def restore(self, saved: Any) -> None:
        with _open_clipboard():
            _must(_EmptyClipboard())
            for number, content in saved:
                _put(number, content)

    def put(self, text: str) -> None:
        with _open_clipboard():
            _must(_EmptyClipboard())
            _put(_UNICODE_TEXT, (text.replace("\n", "\r\n") + "\0").encode("utf-16-le"))
            for name in _NOT_FOR_HISTORY:
                _put(_RegisterClipboardFormat(name), bytes(4))

    def text(self) -> str:
        with _open_clipboard():
            memory = _GetClipboardData(_UNICODE_TEXT)
            content = _bytes_of(memory) if memory else b""
        return content.decode("utf-16-le", "replace").partition("\0")[0].replace("\r\n", "\n")

    def changes(self) -> int:
        return int(_GetClipboardSequenceNumber())


@contextlib.contextmanager
def _open_clipboard() -> Iterator[None]:
    """The clipboard for us alone; OSError when another program does not let go of it.

    It has to be opened for a window, else nothing can be put on it. The window does not outlive this: as nobody
    would read its messages, other programs would wait for it when they copy.
    """
    window = _CreateWindowEx(0, "STATIC", None, 0, 0, 0, 0, 0, None, None, None, None)
    _must(window)
    try:
        for attempt in range(_OPEN_ATTEMPTS):
            if _OpenClipboard(window):
                break
            if attempt + 1 == _OPEN_ATTEMPTS:
                raise ctypes.WinError(ctypes.get_last_error())
            time.sleep(_OPEN_PAUSE_SECONDS)
        try:
            yield
        finally:
            _CloseClipboard()
    finally:
        _DestroyWindow(window)


def _bytes_of(memory: Any) -> bytes:
    address = _GlobalLock(memory)
    if not address:
        return b""
    try:
        return ctypes.string_at(address, _GlobalSize(memory))
    finally:
        _GlobalUnlock(memory)


def _put(number: int, content: bytes) -> None:
    memory = _GlobalAlloc(_MOVEABLE, max(1, len(content)))
    _must(memory)
    address = _GlobalLock(memory)
    ctypes.memmove(address, content, len(content))
    _GlobalUnlock(memory)
    if not _SetClipboardData(number, memory):  # else Windows owns the memory now
        problem = ctypes.WinError(ctypes.get_last_error())
        _GlobalFree(memory)
        raise problem


def _must(result: object) -> None:
    if not result:
        raise ctypes.WinError(ctypes.get_last_error())
