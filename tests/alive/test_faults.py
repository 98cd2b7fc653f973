"""Faults are counted, and none of them fills the log or gives a word away."""

from __future__ import annotations

from motjuste.alive.faults import Fault, Faults


class Scene:
    def __init__(self) -> None:
        self.now = 0.0
        self.written: list[Fault] = []
        self.faults = Faults(self.written.append, lambda: self.now)

    def stumble(self, error: Exception) -> Fault:
        try:
            raise error
        except Exception as raised:
            return self.faults.note("listening", raised)


def test_a_fault_with_every_key_is_one_line_a_minute() -> None:
    scene = Scene()
    for key in range(700):
        scene.now = key * 0.1
        scene.stumble(LookupError())
    assert [fault.count for fault in scene.written] == [1, 601]
    assert [(fault.what, fault.count, fault.last) for fault in scene.faults.found] == [("LookupError", 700, 69.9)]


def test_each_kind_of_fault_is_told_at_once() -> None:
    scene = Scene()
    assert scene.stumble(LookupError()).first
    assert not scene.stumble(LookupError()).first
    assert scene.stumble(ZeroDivisionError()).first
    assert [fault.what for fault in scene.written] == ["LookupError", "ZeroDivisionError"]


def test_a_fault_knows_its_place_and_nothing_of_what_it_says() -> None:
    fault = Scene().stumble(LookupError("the person typed: Jean Secret"))
    assert fault.place.startswith(f"{__name__}:")
    assert "Secret" not in repr(fault)
