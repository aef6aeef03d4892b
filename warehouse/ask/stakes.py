"""What a mistake would cost: how often a finding is one, times what a wrong value does in a list that leaves."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from carnet.schemas.from_yaml import from_yaml

OTHER = "other"


def loss(findings: Iterable[tuple[str, str]]) -> float:
    """Expected of a mission with these findings, each a code and the field it is about; doubts of one field are one.

    >>> loss([("weak_reading", "client")]) > loss([("weak_reading", "domain")]) > loss([])
    True
    """
    by_field: dict[str, float] = {}
    for code, field in findings:
        by_field[field] = max(by_field.get(field, 0), _of("likely", code) * _of("cost", field))
    return sum(by_field.values())


def loss_in_sql() -> tuple[str, list[object]]:
    """The same of one finding `f`, as an expression with its parameters."""
    told = (_stakes()["likely"], _stakes()["cost"])
    parameters: list[object] = []
    for weights in told:
        parameters += [list(weights), [float(weight) for weight in weights.values()]]
    terms = [f"coalesce(map(?::VARCHAR[], ?::DOUBLE[])[f.{column}], {weights[OTHER]})"
             for column, weights in zip(("code", "field"), told, strict=True)]  # fmt: skip
    return " * ".join(terms), parameters


def _of(kind: str, name: str) -> float:
    weights = _stakes()[kind]
    return float(weights.get(name, weights[OTHER]))


@cache
def _stakes() -> Any:  # the content of a YAML file of ours
    return from_yaml(Path(__file__).with_name("stakes.yml").read_text(encoding="utf-8"))
