"""Front matter, read once and kept beside the compiled templates: loading YAML takes longer than writing a message."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

from motjuste.messages.code_keys import code_of
from motjuste.messages.front_matter import FrontMatter, read_front_matter

if TYPE_CHECKING:
    from motjuste.messages.environment import CodeStore


class KeptFrontMatter:
    """Reads front matter as `read_front_matter` does, what is in `store` already from there.

    What the store gives is believed, as the code in it is.
    """

    def __init__(self, store: CodeStore | None) -> None:
        self._store = store

    def read(self, front: str, path: str) -> FrontMatter:
        """The front matter in `front`; a mistake is a UserError with `path` and line, each time anew."""
        if self._store is None or not front.strip():
            return read_front_matter(front, path)
        key = f"{code_of(path)}-front"
        if stored := self._store.get(key):
            text, matter = pickle.loads(stored)
            if text == front and isinstance(matter, FrontMatter):
                return matter
        matter = read_front_matter(front, path)
        self._store.set(key, pickle.dumps((front, matter)))
        return matter
