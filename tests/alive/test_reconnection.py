"""When a display that went is looked for."""

from __future__ import annotations

from motjuste.alive.reconnection import PAUSES, Reconnection


def tries(reconnection: Reconnection, now: float, count: int) -> list[float]:
    """The moments of the next tries, all in vain, as seconds after `now`."""
    moments = []
    for _ in range(count):
        assert reconnection.next_try is not None
        moments.append(reconnection.next_try - now)
        at = reconnection.next_try
        reconnection.trying()
        assert reconnection.next_try is None
        reconnection.failed(at)
    return moments


def test_the_pauses_grow_to_half_a_minute() -> None:
    reconnection = Reconnection()
    reconnection.lost(100.0)
    assert tries(reconnection, 100.0, 9) == [0, 1, 3, 7, 15, 31, 61, 91, 121]
    assert PAUSES[-1] == 30


def test_it_hopes_for_ten_minutes() -> None:
    reconnection = Reconnection()
    assert not reconnection.hopeless(1e9)
    reconnection.lost(100.0)
    assert not reconnection.hopeless(699.0)
    assert reconnection.hopeless(700.0)
    reconnection.back(700.0)
    assert not reconnection.hopeless(1e9)
    assert reconnection.next_due is None


def test_what_is_due_is_the_next_try_or_the_end_of_hope() -> None:
    reconnection = Reconnection(pauses=(0.0, 1000.0))
    assert reconnection.next_due is None
    reconnection.lost(0.0)
    assert reconnection.next_due == 0.0
    reconnection.trying()
    assert reconnection.next_due == 600.0
    reconnection.failed(0.0)
    assert reconnection.next_due == 600.0


def test_a_display_that_comes_and_goes_is_not_tried_in_a_circle() -> None:
    reconnection = Reconnection()
    now, pauses = 0.0, []
    for _ in range(5):
        reconnection.lost(now)
        assert reconnection.next_try is not None
        pauses.append(reconnection.next_try - now)
        now = reconnection.next_try
        reconnection.back(now)
    assert pauses == [0, 1, 2, 4, 8]
    reconnection.lost(now + 60)
    assert reconnection.next_try == now + 60


def test_somebody_who_knows_better_is_believed() -> None:
    reconnection = Reconnection()
    reconnection.lost(0.0)
    tries(reconnection, 0.0, 6)
    reconnection.hurry(50.0)
    assert tries(reconnection, 50.0, 3) == [0, 1, 3]
