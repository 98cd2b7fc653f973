"""A browser window with a box that counts: web_page.py LOG TITLE BROWSER PROFILE_FOLDER.

The page tells its own little server every change of the box, one after another; no debugger is attached.
"""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from changes import ChangeLog, obey

PAGE = """<!doctype html><meta charset="utf-8"><title>%TITLE%</title>
<style>body{font:16px sans-serif;margin:2em}textarea{width:95%;height:14em;font:inherit}</style>
<textarea id="box" maxlength="300" autofocus spellcheck="false"></textarea>
<p><output id="count">0</output>/300</p>
<script>
const box = document.getElementById('box'), count = document.getElementById('count');
let sending = Promise.resolve(), last = null;
function tell() {
  count.value = box.value.length;
  const text = box.value, at = performance.timeOrigin + performance.now();
  if (text === last) return;
  last = text;
  sending = sending.then(() => fetch('/changed', {method: 'POST', body: JSON.stringify({text, at})}));
}
box.addEventListener('input', tell);
new EventSource('/commands').onmessage = message => {
  box.value = JSON.parse(message.data); box.focus(); tell();
};
box.focus(); tell();
</script>"""

FLAGS = (
    "--no-sandbox", "--no-first-run", "--no-default-browser-check", "--disable-session-crashed-bubble",
    "--disable-gpu", "--disable-dev-shm-usage", "--ozone-platform=x11", "--password-store=basic",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic",
    "--disable-features=Translate,MediaRouter", "--window-size=700,460", "--window-position=60,60",
)  # fmt: skip


class Server(ThreadingHTTPServer):
    """Serves one page and listens to it."""

    daemon_threads = True

    def __init__(self, title: str, log: ChangeLog) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.page = PAGE.replace("%TITLE%", title).encode()
        self.log = log
        self.commands: queue.Queue[str] = queue.Queue()


class Conversation(BaseHTTPRequestHandler):
    """One connection of the page."""

    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path == "/commands":
            self._answer(200, "text/event-stream", None)
            while True:
                self.wfile.write(f"data: {json.dumps(self.server.commands.get())}\n\n".encode())
                self.wfile.flush()
        elif self.path == "/":
            self._answer(200, "text/html; charset=utf-8", self.server.page)
        else:
            self._answer(404, "text/plain", b"")

    def do_POST(self) -> None:
        change = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        # The page's own clock, since the changes queue up on their way here; it is the wall's, in milliseconds.
        ago = time.time() - change["at"] / 1000
        self.server.log.changed(change["text"], time.monotonic() - ago)
        self._answer(204, "text/plain", None)

    def _answer(self, status: int, kind: str, body: bytes | None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if body is not None:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body or b"")
        self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the change log is what counts."""


def main(path: str, title: str, browser: str, profile: str) -> None:
    server = Server(title, ChangeLog(path))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    # In the same process group, so that whoever ends this window ends the browser with it.
    window = subprocess.Popen(
        [browser, *FLAGS, f"--user-data-dir={profile}", f"--app={address}"], stdin=subprocess.DEVNULL
    )
    while obey(server.commands.put):
        pass
    window.terminate()


main(*sys.argv[1:])
