"""A GTK 3 window with a box for a name and one for a password: password_gtk3.py LOG TITLE."""

from __future__ import annotations

import sys

import gi

gi.require_version("Gtk", "3.0")
from changes import ChangeLog, obey  # noqa: E402
from gi.repository import GLib, Gtk  # noqa: E402


def main(path: str, title: str) -> None:
    log = ChangeLog(path)
    window = Gtk.Window(title=title, border_width=16)
    window.connect("destroy", Gtk.main_quit)
    name, password = Gtk.Entry(), Gtk.Entry(visibility=False, input_purpose=Gtk.InputPurpose.PASSWORD)
    column = Gtk.Box(orientation=Gtk.Orientation.VERTICAL)
    for box in (name, password):
        box.connect("changed", lambda _: log.changed(f"{name.get_text()}\n{password.get_text()}"))
        column.add(box)
    window.add(column)
    GLib.io_add_watch(sys.stdin, GLib.IO_IN | GLib.IO_HUP, lambda *_: obey(print) or Gtk.main_quit())
    window.show_all()
    name.grab_focus()
    log.changed("\n")
    Gtk.main()


main(*sys.argv[1:])
