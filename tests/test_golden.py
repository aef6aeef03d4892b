"""The results of the sample brochures, value by value, as they were last looked over.

`CARNET_REWRITE_GOLDENS=1 pytest tests/test_golden.py` rewrites them; review the difference line by line.
"""

from __future__ import annotations

import difflib
import json
import os
from pathlib import Path
from typing import Any

import pytest

from carnet.schemas.result import EditionResult
from tests.accuracy.measure import read_brochure

ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden"
SWITCH = "CARNET_REWRITE_GOLDENS"
SAMPLES = ("maubray-fiches", "orvane-deck")
CHANGES_WITH_EVERY_RULE = {"rules_digest"}


@pytest.mark.parametrize("name", SAMPLES)
def test_the_result_is_the_one_that_was_looked_over(name: str) -> None:
    path = GOLDEN / name / "result.json"
    now = as_lines(read_brochure(ROOT / "raw" / f"{name}.pdf"))
    if os.environ.get(SWITCH):
        path.write_text(now, encoding="utf-8")
    before = path.read_text(encoding="utf-8")
    if now != before:
        change = difflib.unified_diff(before.splitlines(), now.splitlines(), "golden", "now", lineterm="", n=1)
        pytest.fail(f"{SWITCH}=1 rewrites it, if all of this is right:\n" + "\n".join(change), pytrace=False)


def test_the_switch_is_off() -> None:
    assert SWITCH not in os.environ, "goldens were rewritten, not compared"


def as_lines(result: EditionResult) -> str:
    """JSON with a line for each value of a mission and each piece of evidence, without what is empty."""
    record = result.model_dump(mode="json", exclude_defaults=True, exclude=CHANGES_WITH_EVERY_RULE)
    missions, evidence = record.pop("missions"), record.pop("evidence")
    keys = record.pop("keys")
    record["missions"] = [
        {"key": key, **values, "evidence": places} for key, values, places in zip(keys, missions, evidence, strict=True)
    ]
    return _lines(record) + "\n"


def _lines(value: Any, indent: str = "") -> str:
    """A flat record stays on one line; a list has a line for each item."""
    inner = indent + " "
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(inner + _lines(v, inner) for v in value) + f"\n{indent}]"
    if isinstance(value, dict) and any(isinstance(v, dict | list) for v in value.values()):
        entries = [f"{inner}{json.dumps(k)}: {_lines(v, inner)}" for k, v in value.items()]
        return "{\n" + ",\n".join(entries) + f"\n{indent}}}"
    return json.dumps(value, ensure_ascii=False)
