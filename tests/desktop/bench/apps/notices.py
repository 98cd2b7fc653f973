"""A desktop's notification service that writes down what it is asked to show: notices.py LOG."""

from __future__ import annotations

import json
import sys

from gi.repository import Gio, GLib

INTERFACE = Gio.DBusNodeInfo.new_for_xml("""
<node><interface name="org.freedesktop.Notifications">
  <method name="Notify">
    <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
    <arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/>
  </method>
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
  <method name="GetServerInformation">
    <arg type="s" direction="out"/><arg type="s" direction="out"/>
    <arg type="s" direction="out"/><arg type="s" direction="out"/>
  </method>
</interface></node>""").interfaces[0]


def main(path: str) -> None:
    log = open(path, "a", encoding="utf-8")  # noqa: SIM115 - open as long as the service

    def write(notice: dict[str, str]) -> None:
        log.write(json.dumps(notice) + "\n")
        log.flush()

    def called(*call: object) -> None:
        method, values, answer = call[4], call[5].unpack(), call[6]
        if method == "Notify":
            application, _, _, summary, body, *_ = values
            write({"application": application, "summary": summary, "body": body})
            answer.return_value(GLib.Variant("(u)", (1,)))
        elif method == "GetCapabilities":
            answer.return_value(GLib.Variant("(as)", (["body", "body-markup"],)))
        else:
            answer.return_value(GLib.Variant("(ssss)", ("notices", "motjuste", "1", "1.2")))

    def register(bus: Gio.DBusConnection, _: str) -> None:
        bus.register_object("/org/freedesktop/Notifications", INTERFACE, called, None, None)

    Gio.bus_own_name(
        Gio.BusType.SESSION, "org.freedesktop.Notifications", Gio.BusNameOwnerFlags.NONE,
        register, lambda *_: write({"application": "", "summary": "ready", "body": ""}), None,
    )  # fmt: skip
    GLib.MainLoop().run()


main(*sys.argv[1:])
