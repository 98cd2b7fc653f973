"""A simulated machine whose keyboard pynput listens to."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

os.environ["PYNPUT_BACKEND"] = "dummy"

from machine import Machine, Person


@pytest.fixture
def machine() -> Iterator[Machine]:
    machine = Machine()
    yield machine
    machine.stop()


@pytest.fixture
def person(machine: Machine) -> Iterator[Person]:
    person = Person(machine)
    yield person
    person.desktop.close()
