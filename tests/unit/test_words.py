"""What is said of codes and fields: everything has its words, in both languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from carnet.schemas.closed_lists import FindingCode

GOLDEN = sorted((Path(__file__).parents[1] / "golden").glob("*/result.json"))


@pytest.mark.parametrize("code", FindingCode)
def test_finding_codes_are_told_in_both_languages(code: FindingCode) -> None:
    assert code.english and code.french and code.english != code.french
    assert code == code.name.lower()


@pytest.mark.parametrize("path", GOLDEN, ids=lambda p: p.parent.name)
def test_findings_have_the_origin_of_their_code(path: Path) -> None:
    found = json.loads(path.read_text(encoding="utf-8"))["findings"]
    assert found
    assert [f["code"] for f in found if FindingCode(f["code"]).origin != f["origin"]] == []
