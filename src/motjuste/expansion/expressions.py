"""What is wrong with a regular expression that should call a snippet, in a reader's words."""

from __future__ import annotations

import regex

LONGEST = 1000
# Short texts, of which a pattern should match none between two characters.
_SAMPLES = ("", "a", "a b", "1", "\n", "a.")
_SECONDS = 0.02


def what_is_wrong(pattern: str) -> str:
    """One line without an end about `pattern`, "" when it can be used."""
    if len(pattern) > LONGEST:
        return f"a regular expression has at most {LONGEST:,} characters, this one has {len(pattern):,}"
    try:
        compiled = regex.compile(pattern)
        # As it will be asked: what goes wrong there should be said here.
        regex.compile(f"(?r)(?:{pattern}\n)" if compiled.flags & regex.VERBOSE else f"(?r)(?:{pattern})")
        if any(_matches_nothing(compiled, sample) for sample in _SAMPLES):
            return f"the regular expression {pattern!r} matches the empty text; let it ask for a character"
    except regex.error as error:
        where = "" if error.pos is None else f" at character {min(error.pos + 1, len(pattern))}"
        return f"not a regular expression: {error.msg}{where} of {pattern!r}"
    except (TimeoutError, RecursionError, MemoryError):
        return f"the regular expression {pattern!r} takes too long; write it more simply"
    return ""


def group_names(pattern: str) -> tuple[str, ...]:
    """The names of the groups in a pattern that can be used; an empty one has none."""
    return tuple(regex.compile(pattern).groupindex) if pattern else ()


def _matches_nothing(compiled: regex.Pattern[str], sample: str) -> bool:
    found = (compiled.match(sample, at, timeout=_SECONDS) for at in range(len(sample) + 1))
    return any(each is not None and each.start() == each.end() for each in found)
