"""A browser window with a box for a name and one for a password.

password_page.py LOG TITLE BROWSER PROFILE [FLAG …]
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from changes import ChangeLog, obey

FLAGS = (
    "--no-sandbox", "--no-first-run", "--disable-gpu", "--disable-dev-shm-usage", "--ozone-platform=x11",
    "--password-store=basic", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--window-size=700,460",
)  # fmt: skip
PAGE = """<!doctype html><meta charset="utf-8"><title>%TITLE%</title>
<input id="name" autofocus autocomplete="off"><br><input id="password" type="password" autocomplete="off">
<script>
const boxes = [document.getElementById('name'), document.getElementById('password')];
let sending = Promise.resolve();
function tell() {
  const body = JSON.stringify(boxes.map(box => box.value).join('\\n'));
  sending = sending.then(() => fetch('/changed', {method: 'POST', body}));
}
for (const box of boxes) box.addEventListener('input', tell);
// A browser drops what a new page is given to do: who is about to type taps a harmless key until it is felt.
addEventListener('keydown', event => { if (event.key === 'Shift') fetch('/felt', {method: 'POST', body: '""'}) });
boxes[0].focus(); tell();
</script>"""


class Conversation(BaseHTTPRequestHandler):
    """One connection of the page."""

    page: bytes
    log: ChangeLog

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(self.page)

    def do_POST(self) -> None:
        told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == "/felt":
            self.log.clicked()
        else:
            self.log.changed(told)
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the change log is what counts."""


def main(path: str, title: str, browser: str, profile: str, *flags: str) -> None:
    Conversation.page, Conversation.log = PAGE.replace("%TITLE%", title).encode(), ChangeLog(path)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Conversation)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    # In the same process group, so that whoever ends this window ends the browser with it.
    window = subprocess.Popen(
        [browser, *FLAGS, *flags, f"--user-data-dir={profile}", f"--app={address}"], stdin=subprocess.DEVNULL
    )
    while obey(print):
        pass
    window.terminate()


main(*sys.argv[1:])
