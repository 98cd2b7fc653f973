"""A browser window with a box: web_page.py LOG TITLE KIND BROWSER FLAGS..., KIND one of BOXES.

The page tells its own little server every change of the box, one after another; no debugger is attached. The
window opens in the browser that already has the profile among the flags.
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
<style>
  body { font: 16px sans-serif; margin: 2em }
  #box { width: 95%; font: inherit }
  textarea, input, [contenteditable] { height: 14em }
  [contenteditable] { white-space: pre-wrap; overflow: auto; border: 1px solid }
</style>
%BOX%
<script>
const box = document.getElementById('box');
let sending = Promise.resolve(), last = null;
function report(text) {
  const at = performance.timeOrigin + performance.now();
  if (text === last) return;
  last = text;
  send({text, at});
}
function send(what) {
  sending = sending.then(() => fetch('/happened', {method: 'POST', body: JSON.stringify(what)}));
}
%SCRIPT%
new EventSource('/commands').onmessage = message => { set(JSON.parse(message.data)); box.focus() };
box.addEventListener('mousedown', () => send({click: true}));
box.focus();
// Until it has painted once, the browser drops whatever a page is given to do.
requestAnimationFrame(() => requestAnimationFrame(tell));
</script>"""

BOXES = {
    "textarea": (
        '<textarea id="box" autofocus spellcheck="false"></textarea>',
        """
function tell() { report(box.value) }
function set(text) { box.value = text; tell() }
box.addEventListener('input', tell);
""",
    ),
    # As a heavy page does now and then, it computes when it should paste, and again in the midst of pasting.
    "busy": (
        '<textarea id="box" autofocus spellcheck="false"></textarea>',
        """
function compute(milliseconds) { for (const end = performance.now() + milliseconds; performance.now() < end;); }
function tell() { report(box.value) }
function set(text) { box.value = text; tell() }
box.addEventListener('keydown', event => { if (event.key === 'Insert') compute(1200) });
box.addEventListener('paste', event => {
  event.clipboardData.getData('text/plain');
  compute(1200);
  event.preventDefault();
  document.execCommand('insertText', false, event.clipboardData.getData('text/plain'));
});
box.addEventListener('input', tell);
""",
    ),
    # A rich box as message windows have it. Its lines are blocks, and an empty block holds a <br> as a stopgap.
    "editable": (
        '<div id="box" contenteditable="true" spellcheck="false"></div>',
        """
const isBlock = node => node.nodeName === 'DIV' || node.nodeName === 'P';
function written(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.nodeName === 'BR') return node.nextSibling ? '\\n' : '';
  let text = '';
  for (const child of node.childNodes) {
    if (isBlock(child) && child.previousSibling) text += '\\n';
    text += written(child);
    if (isBlock(child) && child.nextSibling && !isBlock(child.nextSibling)) text += '\\n';
  }
  return text;
}
function tell() { report(written(box)) }
function set(text) { box.textContent = text; tell() }
box.addEventListener('input', tell);
""",
    ),
    # What React does with <input value={state} onChange={...}>: it shadows `value` on the element to know what it
    # wrote itself, takes an input event for a change only when the real value differs from that, renders from the
    # state, and puts the element back to the state at the end of each event.
    "controlled": (
        '<input id="box" autofocus spellcheck="false" autocomplete="off">',
        """
const real = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');
let tracked = '', state = '';
Object.defineProperty(box, 'value', {
  configurable: true,
  get() { return real.get.call(this) },
  set(value) { tracked = '' + value; real.set.call(this, value) },
});
function render() {
  if (box.value === state) return;
  const start = box.selectionStart, end = box.selectionEnd;
  box.value = state;
  box.setSelectionRange(Math.min(start, state.length), Math.min(end, state.length));
}
function setState(next) { state = next; render(); tell() }
function tell() { report(state) }
function set(text) { setState(text) }
box.addEventListener('input', () => {
  const now = real.get.call(box);
  if (now !== tracked) { tracked = now; setState(now) }
  render();
});
""",
    ),
}


class Server(ThreadingHTTPServer):
    """Serves one page and listens to it."""

    daemon_threads = True

    def __init__(self, title: str, kind: str, log: ChangeLog) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        box, script = BOXES[kind]
        self.page = PAGE.replace("%TITLE%", title).replace("%BOX%", box).replace("%SCRIPT%", script).encode()
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
        told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if "click" in told:
            self.server.log.clicked()
        else:
            # The page's own clock, since the changes queue up on their way here; it is the wall's, in milliseconds.
            ago = time.time() - told["at"] / 1000
            self.server.log.changed(told["text"], time.monotonic() - ago)
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


def main(path: str, title: str, kind: str, browser: str, *flags: str) -> None:
    server = Server(title, kind, ChangeLog(path))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    # It hands the address over to the browser that runs, and ends; without one it becomes the browser itself.
    window = subprocess.Popen([browser, *flags, f"--app={address}"], stdin=subprocess.DEVNULL)
    while obey(server.commands.put):
        pass
    window.terminate()


main(*sys.argv[1:])
