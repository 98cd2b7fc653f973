"""A program in which a person has copied something: copied.py gtk4|qt CONTENTS, a JSON of base64 by media type."""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path


def with_gtk(contents: dict[str, bytes]) -> None:
    import gi

    gi.require_version("Gdk", "4.0")
    gi.require_version("Gtk", "4.0")
    from gi.repository import Gdk, GLib, Gtk

    Gtk.init()
    forms = [Gdk.ContentProvider.new_for_bytes(kind, GLib.Bytes.new(data)) for kind, data in contents.items()]
    Gdk.Display.get_default().get_clipboard().set_content(Gdk.ContentProvider.new_union(forms))
    GLib.MainLoop().run()


def with_qt(contents: dict[str, bytes]) -> None:
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QGuiApplication

    application = QGuiApplication(sys.argv[:1])
    content = QMimeData()
    for kind, data in contents.items():
        content.setData(kind, data)
    application.clipboard().setMimeData(content)
    application.exec()


def main(toolkit: str, path: str) -> None:
    contents = {kind: base64.b64decode(data) for kind, data in json.loads(Path(path).read_text()).items()}
    {"gtk4": with_gtk, "qt": with_qt}[toolkit](contents)


main(*sys.argv[1:])
