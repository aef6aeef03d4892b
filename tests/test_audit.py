"""What `make audit` makes of a report: only what can be mended, and is not excused, fails."""

from __future__ import annotations

import pytest

from tests.audit import judged

MENDED = {"id": "PYSEC-1", "fix_versions": ["2.1"], "aliases": ["CVE-1"]}
LEFT = "audit: 1 packages were looked up"
CASES = [
    ({"vulns": [MENDED]}, {}, 1, ["audit: some 2.0: PYSEC-1 CVE-1: take 2.1, or say in tests/audit.yml why not", LEFT]),
    (
        {"vulns": [MENDED | {"fix_versions": []}]},
        {},
        0,
        ["audit: some 2.0: PYSEC-1 CVE-1: no version mends it yet", LEFT],
    ),
    ({"vulns": [MENDED]}, {"CVE-1": "not reached"}, 0, ["audit: some 2.0: PYSEC-1 CVE-1: excused: not reached", LEFT]),
    ({"vulns": []}, {}, 0, [LEFT]),
    ({"skip_reason": "not found"}, {}, 0, ["audit: of 1 packages the service knows nothing: some …"]),
]


@pytest.mark.parametrize(("found", "excused", "status", "lines"), CASES)
def test_judged(found: dict[str, object], excused: dict[str, str], status: int, lines: list[str]) -> None:
    assert judged({"dependencies": [{"name": "some", "version": "2.0"} | found]}, excused) == (status, lines)
