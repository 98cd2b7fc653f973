"""The error boundary: every end of the program is an exit code and at most one line, never a traceback."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Sequence

from motjuste.cli import output
from motjuste.errors import UserError

INTERRUPTED = 130
# What a shell reports for a program that SIGPIPE ended: the reader had enough.
READER_LEFT = 141
# A command that ends at once makes some 40,000 objects, of which nearly all stay until then.
COLLECT_AFTER = 100_000


def run(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks for and return the exit code."""
    if arguments is None:
        arguments = sys.argv[1:]
        if arguments[:1] != ["daemon"]:
            _put_off_collecting()
    try:
        return _run(arguments)
    except UserError as error:
        output.tell_error(error)
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        output.forget_stdout()
        return READER_LEFT
    except OSError as error:
        output.forget_stdout()
        where = f"{error.filename}: " if error.filename else ""
        output.tell([f"motjuste: {where}{(error.strerror or str(error)).lower()}"])
        return 1
    except Exception as error:
        if os.environ.get("MOTJUSTE_DEBUG") == "1":
            raise
        output.tell(
            [
                f"motjuste: this should not have happened ({type(error).__name__}); please report it on "
                "motjuste's issue tracker, with what the same command shows under MOTJUSTE_DEBUG=1"
            ]
        )
        return 1


def _put_off_collecting() -> None:
    """Look for lost objects rarely, and not at the end: that would take a fifth of a short command's time.

    The daemon, which stays, keeps Python's own measure.
    """
    gc.set_threshold(COLLECT_AFTER)
    atexit.register(gc.freeze)


def _run(arguments: Sequence[str]) -> int:
    from motjuste.cli.app import call

    if sys.stdout is not None:
        # A message is UTF-8 wherever it goes: its spaces and quotes exist in no older encoding.
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    return output.show(call(arguments))


if __name__ == "__main__":
    sys.exit(run())
