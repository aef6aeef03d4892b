"""Frozen classes that are made hundreds of thousands of times for one brochure."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any, TypeVar

T = TypeVar("T")


def made_quickly(cls: type[T]) -> type[T]:
    """A frozen dataclass with slots sets each attribute by its name, past its own prohibition; by the slots themselves
    it is made in a third of the time, and is frozen all the same.

    >>> from dataclasses import dataclass
    >>> @made_quickly
    ... @dataclass(frozen=True, slots=True)
    ... class Spot:
    ...     x: float
    ...     y: float = 0.0
    >>> Spot(3.0)
    Spot(x=3.0, y=0.0)
    """
    known: dict[str, Any] = {}
    head, body = [], []
    for each in fields(cls):  # type: ignore[arg-type]  # any dataclass
        name = each.name
        known[f"set_{name}"] = getattr(cls, name).__set__
        body.append(f"    set_{name}(self, {name})")
        if each.default is MISSING:
            head.append(name)
        else:
            known[f"default_{name}"] = each.default
            head.append(f"{name}=default_{name}")
    made: dict[str, Any] = {}
    exec(f"def __init__(self, {', '.join(head)}):\n" + "\n".join(body), known, made)
    cls.__init__ = made["__init__"]  # type: ignore[method-assign]
    return cls
