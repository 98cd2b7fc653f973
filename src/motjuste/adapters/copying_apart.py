"""The system's clipboard, for a program that draws on the whole terminal while it copies."""

from __future__ import annotations

import subprocess
import sys

from motjuste.adapters.copying import BY_HAND
from motjuste.errors import UserError

_PATIENCE = 10.0
"""Seconds after which a clipboard tool that does not answer is given up."""
_COPY = (
    "import sys\n"
    "from motjuste.adapters.copying import SystemClipboard\n"
    "from motjuste.errors import UserError\n"
    "try:\n"
    "    SystemClipboard().copy(sys.stdin.buffer.read().decode('utf-8'))\n"
    "except UserError as error:\n"
    "    sys.stdout.buffer.write(f'{error.problem}\\n{error.next_step}'.encode('utf-8', 'replace'))\n"
    "    sys.exit(1)\n"
)


class ClipboardApart:
    """Copies in a process of its own. Fulfils ports.Clipboard.

    Copying keeps the tools away from the terminal by turning this process's own output elsewhere for a moment, and what
    is drawn in that moment would be lost. A tool that hangs does not hang the program either.
    """

    def copy(self, text: str) -> None:
        """See SystemClipboard.copy."""
        try:
            done = subprocess.run(
                [sys.executable, "-c", _COPY],
                input=text.encode("utf-8", "replace"),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=_PATIENCE,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise UserError(
                f"the clipboard did not take the text: {type(error).__name__}", next_step=BY_HAND
            ) from error
        if done.returncode:
            problem, _, next_step = done.stdout.decode("utf-8", "replace").partition("\n")
            raise UserError(problem or "the clipboard did not take the text", next_step=next_step or BY_HAND)
