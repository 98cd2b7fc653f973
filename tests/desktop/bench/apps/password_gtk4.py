"""A GTK 4 window with a box for a name and one for a password: password_gtk4.py LOG TITLE."""

from __future__ import annotations

import sys

import gi

gi.require_version("Gtk", "4.0")
from changes import ChangeLog, obey  # noqa: E402
from gi.repository import GLib, Gtk  # noqa: E402


def main(path: str, title: str) -> None:
    log = ChangeLog(path)

    def activated(application: Gtk.Application) -> None:
        window = Gtk.ApplicationWindow(application=application, title=title)
        name, password = Gtk.Entry(), Gtk.PasswordEntry()
        column = Gtk.Box(orientation=Gtk.Orientation.VERTICAL)
        for box in (name, password):
            box.connect("changed", lambda _: log.changed(f"{name.get_text()}\n{password.get_text()}"))
            column.append(box)
        window.set_child(column)
        window.present()
        name.grab_focus()
        log.changed("\n")

    application = Gtk.Application(application_id="motjuste.bench.Password")
    application.connect("activate", activated)
    GLib.io_add_watch(sys.stdin, GLib.IO_IN | GLib.IO_HUP, lambda *_: obey(print) or application.quit())
    application.run()


main(*sys.argv[1:])
