"""Keys that were read long after they were typed are known as such, whatever the server's clock shows."""

from __future__ import annotations

import pytest

from motjuste.adapters.x11.lateness import Lateness


@pytest.mark.parametrize("server_start", [0, 123_456, 2**32 - 2_000], ids=["young", "old", "going round"])
def test_what_waited_is_told_from_what_was_read_at_once(server_start: int) -> None:
    now = [50.0]
    lateness = Lateness(lambda: now[0])

    def typed_at(seconds: float) -> int:
        return (server_start + round(seconds * 1000)) % 2**32

    assert lateness.of(typed_at(50.0)) == 0
    now[0] = 51.0
    assert lateness.of(typed_at(50.98)) == pytest.approx(0.02)
    now[0] = 61.0
    assert lateness.of(typed_at(53.0)) == pytest.approx(8.0)
    assert lateness.of(typed_at(61.0)) == pytest.approx(0.0)


def test_a_first_event_that_waited_is_found_out_by_the_next() -> None:
    now = [50.0]
    lateness = Lateness(lambda: now[0])
    assert lateness.of(40_000) == 0
    assert lateness.of(50_000) == 0
    assert lateness.of(40_000) == pytest.approx(10)
