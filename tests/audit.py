"""`make audit`: known vulnerabilities of what requirements.lock pins, as far as the advisory service can be asked.

Status 1 for one that a newer version mends and that `tests/audit.yml` does not excuse; others are printed. Where the
service can't be asked, that is said, and nothing fails: a release must not hang on somebody else's server.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent
SHOWN = 5
COMMAND = [
    sys.executable, "-m", "pip_audit", "-r", "requirements.lock", "--require-hashes", "--disable-pip",
    "--timeout", "10", "--format", "json", "--progress-spinner", "off",
]  # fmt: skip


def main() -> int:
    excused = yaml.safe_load((ROOT / "tests" / "audit.yml").read_text(encoding="utf-8")) or {}
    try:
        done = subprocess.run(COMMAND, cwd=ROOT, capture_output=True, text=True, timeout=120)
        report = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        return _not_asked("no answer within 120 s")
    except ValueError:
        return _not_asked((done.stderr.strip().splitlines() or ["no answer"])[-1][:200])
    status, lines = judged(report, excused)
    print(*lines, sep="\n")
    return status


def _not_asked(why: str) -> int:
    print(f"audit: not asked: the advisory service could not be reached, so nothing is known: {why}")
    return 0


def judged(report: Mapping[str, Any], excused: Mapping[str, str]) -> tuple[int, list[str]]:
    """Exit status, and a line for each vulnerability.

    >>> judged({"dependencies": [{"name": "some", "version": "2.0", "vulns": []}]}, {})
    (0, ['audit: 1 packages were looked up'])
    """
    lines, status = [], 0
    for package, found in _vulnerabilities(report):
        names = [found["id"], *found.get("aliases", ())]
        reason = next((excused[name] for name in names if name in excused), None)
        if reason:
            told = f"excused: {reason}"
        elif found.get("fix_versions"):
            told, status = f"take {', '.join(found['fix_versions'])}, or say in tests/audit.yml why not", 1
        else:
            told = "no version mends it yet"
        lines.append(f"audit: {package}: {' '.join(names)}: {told}")
    return status, [*lines, *_asked_about(report["dependencies"])]


def _asked_about(packages: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Of how many packages the service told anything: "no known vulnerabilities" is no news where it told nothing."""
    unknown = [package["name"] for package in packages if "vulns" not in package]
    known = len(packages) - len(unknown)
    if unknown:
        more = " …" if len(unknown) > SHOWN else ""
        yield f"audit: not asked: the service knows nothing of {len(unknown)}: {', '.join(unknown[:SHOWN])}{more}"
    yield f"audit: {known} packages were looked up" if known else "audit: so nothing is known of vulnerabilities"


def _vulnerabilities(report: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for package in report["dependencies"]:
        for found in package.get("vulns", ()):
            yield f"{package['name']} {package['version']}", found


if __name__ == "__main__":
    sys.exit(main())
