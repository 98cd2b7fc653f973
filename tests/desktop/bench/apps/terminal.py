"""What runs inside xterm: a line editor that takes every key raw: terminal.py LOG COMMANDS.

Backspace takes back the last character, Return is a line end, and everything else is text.
"""

from __future__ import annotations

import codecs
import json
import os
import select
import sys
import tty

from changes import ChangeLog


def main(path: str, commands: str) -> None:
    log = ChangeLog(path)
    keys = sys.stdin.fileno()
    tty.setraw(keys)
    orders = os.open(commands, os.O_RDWR)  # opened for writing too, so that it never ends
    decode = codecs.getincrementaldecoder("utf-8")("replace").decode
    text = ""
    log.changed(text)
    while True:
        ready, _, _ = select.select([keys, orders], [], [])
        if orders in ready:
            text = json.loads(os.read(orders, 65536))
            os.write(1, b"\x1b[2J\x1b[H" + text.encode())
        if keys in ready:
            data = os.read(keys, 65536)
            if not data:
                return
            for character in decode(data):
                text = text[:-1] if character in "\x7f\x08" else text + character.replace("\r", "\n")
            os.write(1, data.replace(b"\x7f", b"\b \b").replace(b"\r", b"\r\n"))
        log.changed(text)


main(*sys.argv[1:])
