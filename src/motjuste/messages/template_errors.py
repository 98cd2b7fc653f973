"""What goes wrong in a template, told to the person who wrote it: path and line, and no word of the engine."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Protocol

from jinja2.exceptions import TemplateNotFound, TemplateSyntaxError, UndefinedError

from motjuste.errors import UserError, nearest


class Paths(Protocol):
    """Knows where each template is kept, and what to say of one that is not there."""

    def path_of(self, name: str) -> str: ...

    def not_found(self, name: str) -> UserError: ...

    def filter_names(self) -> Iterable[str]: ...


@contextmanager
def explained(environment: Paths, name: str) -> Iterator[None]:
    """Turn whatever goes wrong in a template into a UserError with path and line."""
    try:
        yield
    except UserError:
        raise
    except TemplateSyntaxError as error:
        where = f"{error.filename or name}:{error.lineno}"
        problem, next_step = _in_words(error.message or "", environment.filter_names())
        raise UserError(f"{where}: {problem}", next_step=next_step) from None
    # A template is a program that its user wrote: whatever it raises is for the user to mend.
    except Exception as error:
        where = _where(error) or environment.path_of(name)
        problem, next_step = str(error).rstrip("."), "correct the template"
        if isinstance(error, TemplateNotFound):
            missing = environment.not_found(str(error.name))
            problem, next_step = missing.problem, missing.next_step
        elif isinstance(error, UndefinedError):
            next_step = "correct the name in the template"
        elif isinstance(error, RecursionError):
            problem, next_step = "it does not end: it uses itself", "break the circle"
        raise UserError(f"{where}: {problem}", next_step=next_step) from error


def _where(error: Exception) -> str:
    """Path and line of the template that ran last when the error came."""
    found = ""
    traceback = error.__traceback__
    while traceback is not None:
        template = traceback.tb_frame.f_globals.get("__jinja_template__")
        if template is not None:
            found = f"{template.filename}:{template.get_corresponding_lineno(traceback.tb_lineno)}"
        traceback = traceback.tb_next
    return found


_UNKNOWN_TAG = re.compile(r"Encountered unknown tag '(?P<tag>[^']*)'")
_NO_FILTER = re.compile(r"No filter named '(?P<name>[^']*)'")
_OPEN = re.compile(r"The innermost block that needs to be closed is '(?P<tag>\w+)'")
_TAGS = "known tags: fit, or, if, elif, else, for, block, set, macro, import, extends, each with its end"


def _in_words(message: str, filters: Iterable[str]) -> tuple[str, str]:
    """What is wrong in a template's syntax and what to do about it, without the engine's own way of telling."""
    if no_filter := _NO_FILTER.search(message):
        close = nearest(no_filter["name"], filters)
        problem = f"unknown filter '{no_filter['name']}'" + (f" (nearest: '{close}')" if close else "")
        return problem, "correct the name behind the |"
    unknown, still_open = _UNKNOWN_TAG.search(message), _OPEN.search(message)
    if unknown and still_open:
        tag = still_open["tag"]
        return f"unknown tag '{unknown['tag']}'", f"write {{% end{tag} %}} where '{tag}' ends"
    if unknown:
        return f"unknown tag '{unknown['tag']}'", _TAGS
    if still_open:
        return f"'{still_open['tag']}' is never closed", f"write {{% end{still_open['tag']} %}} where it ends"
    if message.startswith(("expected", "unexpected")):
        return message, "expected {{ name }} for a value and {% tag %} for a tag"
    return message.rstrip("."), "correct the template"
