"""What work costs, compared within one run: a busy or slow machine changes nothing but the time the tests take."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import TypeVar

Given = TypeVar("Given")

HANGS = 600.0
"""Seconds after which a program that comes to nothing is given up. Nothing is measured against it."""
TIMES = 8
"""So many times as much is read the second time."""
MARGIN = 3.0
"""It may cost so many times more than eight times as much: the square would be eight times more."""
NOT_WORTH_A_LOOK = 0.1
"""Seconds of the processor: what takes less is no danger, and too short to compare. More never fails by itself."""
TRIES = 6
OFTEN = 4
"""So often again the smaller is read at each try, where it costs little."""


def check_growth(read: Callable[[Given], object], make: Callable[[int], Given], size: int) -> None:
    """Reading `make(size)` costs about eight times as much as reading an eighth of it, not the square of that.

    In processor time, the least of several tries: what else runs beside makes single ones longer, never shorter.
    """
    large, small = make(size), make(size // TIMES)
    many, few = seconds_of(read, large), float("inf")
    for _ in range(TRIES):
        if many < NOT_WORTH_A_LOOK:
            return
        few = least(read, small, few, many)
        if many <= MARGIN * TIMES * few:
            return
        many = min(many, seconds_of(read, large))
    raise AssertionError(f"{many:.2f} s of the processor for {size}, {few:.3f} s for an eighth of it")


def check_not_worse(read: Callable[[Given], object], odd: Given, ordinary: Given, times: float) -> None:
    """Reading the odd one costs at most so many times as much as reading the ordinary one."""
    took, usual = seconds_of(read, odd), float("inf")
    for _ in range(TRIES):
        if took < NOT_WORTH_A_LOOK:
            return
        usual = least(read, ordinary, usual, took)
        if took <= times * usual:
            return
        took = min(took, seconds_of(read, odd))
    raise AssertionError(f"{took:.2f} s of the processor, {usual:.3f} s for something ordinary: {repr(odd)[:300]}")


def least(read: Callable[[Given], object], small: Given, before: float, many: float) -> float:
    """Of several tries of the smaller, and of those before; of one where it costs nearly as much as the larger."""
    few = min(before, seconds_of(read, small))
    return few if few > many / OFTEN else min(few, *(seconds_of(read, small) for _ in range(OFTEN)))


def seconds_of(read: Callable[[Given], object], given: Given) -> float:
    """Of the processor, by this thread: the clock of the process is coarse once an alarm was set on it. Without the
    collector of garbage, which looks at all that earlier tests have left."""
    gc.disable()
    try:
        started = time.thread_time()
        read(given)
        return time.thread_time() - started
    finally:
        gc.enable()
