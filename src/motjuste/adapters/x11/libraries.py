"""Finding the C libraries that every X11 desktop has."""

from __future__ import annotations

import ctypes
import ctypes.util

from motjuste.errors import UserError


def load(name: str, package: str) -> ctypes.CDLL:
    """The library called `name`, such as libxcb.so.1. UserError names the Debian `package` when it is missing."""
    for candidate in (name, ctypes.util.find_library(name.removeprefix("lib").split(".so")[0])):
        if candidate is None:
            continue
        try:
            return ctypes.CDLL(candidate)
        except OSError:
            continue
    raise UserError(
        f"the library {name} is missing, which motjuste needs on X11",
        next_step=f"install it (on Debian and Ubuntu: sudo apt install {package})",
    )
