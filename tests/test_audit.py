"""What `make audit` makes of a report: only what can be mended, and is not excused, fails. What no copy must hold."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.audit import ROOT, judged, main

MENDED = {"id": "PYSEC-1", "fix_versions": ["2.1"], "aliases": ["CVE-1"]}
MADE = re.compile(r"warehouse/[^/]*\.(?:jsonl|duckdb.*|lock|forgetting)|warehouse/\.prefect/.*|\.env|raw/[^/]*\.jsonl")
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
    (
        {"skip_reason": "not found"},
        {},
        0,
        ["audit: not asked: the service knows nothing of 1: some", "audit: so nothing is known of vulnerabilities"],
    ),
]


@pytest.mark.parametrize(("found", "excused", "status", "lines"), CASES)
def test_judged(found: dict[str, object], excused: dict[str, str], status: int, lines: list[str]) -> None:
    assert judged({"dependencies": [{"name": "some", "version": "2.0"} | found]}, excused) == (status, lines)


def test_nobody_to_ask(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever pip-audit itself prints then: "No known vulnerabilities found"."""
    unreachable = "import sys; print('No known vulnerabilities found', file=sys.stderr); sys.exit('no connection')"
    monkeypatch.setattr("tests.audit.COMMAND", [sys.executable, "-c", unreachable])
    assert main() == 0
    said = capsys.readouterr().out
    assert said.startswith("audit: not asked: ")
    assert "No known vulnerabilities" not in said
    assert "no connection" in said


def test_nothing_that_a_warehouse_makes_is_in_the_repository() -> None:
    """Lists of runs and exports hold paths of whoever made them."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("no repository")
    made = [name for name in listed.stdout.splitlines() if MADE.fullmatch(name)]
    assert made == []
    for name in ("carnet.exports.jsonl", "carnet.runs.jsonl", "carnet.refused.jsonl", "carnet.duckdb.forgetting"):
        ignored = subprocess.run(["git", "check-ignore", "--no-index", "-q", f"warehouse/{name}"], cwd=ROOT)
        assert ignored.returncode == 0, name
