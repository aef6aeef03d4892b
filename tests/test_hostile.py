"""All of ../shared/hostile with five good brochures in one `carnet ingest`: nothing crashes, hangs or gets lost."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.effort import HANGS

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("CARNET_SHARED") or ROOT.parent / "shared")
GOOD = {
    "ocalia-slides.pdf": 48, "thevenard-roussel.pdf": 30, "aquavene-ingenierie.pdf": 45, "studio-meridor.pdf": 12,
    "atelier-confluences.pdf": 22,
}  # fmt: skip
"""Missions of each."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (SHARED / "hostile" / "manifest.json").exists(), reason="needs ../shared/hostile"),
]

READ = re.compile(r"no mission found: |no text layer: |no readable text: ")
"""Refusals of files that were read: they hold nothing for us, or only pictures or blank pages, and that is said."""
UNCLEAR = re.compile(r"Error|Exception|Traceback|0x[0-9a-f]{6}|\n|object has no attribute|carnet failed")
MISSED = {
    "big-content--pdfjs-bug920426.pdf",  # a font without Unicode values that only pdfium guesses
    "evil-cmap--playa-evil-cmap.pdf",  # its character map points out of the folder of maps; it is not followed
    "vertical-text--pdfminer-issue-449-vertical.pdf",  # nothing but turned letters: read one by one they told nothing
    "stream-is-dict--safedocs-dialect-dictisstream.pdf",  # a page tree in a stream
}
"""Expected to be read and refused, with a clear sentence."""


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What became of each file, by name."""
    folder = tmp_path_factory.mktemp("hostile")
    incoming = folder / "in"
    incoming.mkdir()
    for file in (SHARED / "hostile").glob("*.pdf"):
        shutil.copyfile(file, incoming / file.name)
    for name in GOOD:
        shutil.copyfile(SHARED / "brochures" / name, incoming / name)
    command = [
        sys.executable, "-c", "from carnet.flows.cli import main; main()", "ingest", str(incoming), "--json",
        "--warehouse", str(folder / "w.duckdb"), "--raw", str(folder / "raw"),
    ]  # fmt: skip
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"CARNET_PREFECT": "off"}, capture_output=True, text=True, timeout=HANGS
    )
    assert done.returncode == 1, done.stderr[-2000:]
    return {Path(o["file"]).name: o for o in json.loads(done.stdout)["files"]}


def manifest() -> dict[str, dict[str, Any]]:
    return {entry["file"]: entry for entry in json.loads((SHARED / "hostile" / "manifest.json").read_text())}


def test_every_file_is_accounted_for(outcomes: dict[str, dict[str, Any]]) -> None:
    assert set(outcomes) == set(manifest()) | set(GOOD)


def test_the_good_ones_are_complete(outcomes: dict[str, dict[str, Any]]) -> None:
    assert {name: outcomes[name]["missions"] for name in GOOD} == GOOD


def test_each_refusal_is_one_clear_sentence(outcomes: dict[str, dict[str, Any]]) -> None:
    reasons = {name: o["reason"] for name, o in outcomes.items() if o["status"] == "refused"}
    assert [name for name, reason in reasons.items() if not reason or len(reason) > 300] == []
    assert {name: reason for name, reason in reasons.items() if UNCLEAR.search(reason)} == {}


def test_what_should_be_read_is_and_what_should_not_is_not(outcomes: dict[str, dict[str, Any]]) -> None:
    def is_read(name: str) -> bool:
        return outcomes[name]["status"] != "refused" or bool(READ.match(outcomes[name]["reason"]))

    wrong = {
        name: outcomes[name]["reason"]
        for name, entry in manifest().items()
        if entry["expect"] != "either" and is_read(name) != (entry["expect"] == "read")
    }
    assert {name: reason for name, reason in wrong.items() if name not in MISSED} == {}
    assert set(wrong) >= MISSED, "some are read now: take them off the list"


def test_passwords_open(tmp_path: Path) -> None:
    from carnet.pipeline.errors import UnreadableDocument
    from carnet.pipeline.read.pdf import read_pdf
    from carnet.pipeline.read.reading import ReadOptions

    failed = {}
    for name, entry in manifest().items():
        if entry.get("password"):
            try:
                read_pdf((SHARED / "hostile" / name).read_bytes(), ReadOptions(password=entry["password"]))
            except UnreadableDocument as error:
                if not READ.match(str(error)):
                    failed[name] = str(error)
    assert failed == {}
