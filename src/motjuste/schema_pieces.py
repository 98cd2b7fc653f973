"""What the JSON Schemas are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Schema = dict[str, Any]


def about(description: str, **more: Any) -> Schema:
    """What says this of itself."""
    return {"description": description, **more}


def text(description: str = "") -> Schema:
    """A text."""
    return about(description, type="string") if description else {"type": "string"}


def one_of(description: str, values: Iterable[str]) -> Schema:
    """One of these."""
    return about(description, enum=list(values))


def count(description: str) -> Schema:
    """A whole number from 1 up."""
    return about(description, type="integer", minimum=1)


def flag(description: str) -> Schema:
    """Yes or no."""
    return about(description, type="boolean")


def table(properties: Mapping[str, Schema], **more: Any) -> Schema:
    """These keys and no others."""
    return {"type": "object", "properties": dict(properties), "additionalProperties": False, **more}
