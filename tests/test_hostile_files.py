"""Made-up hostile files and places with two good brochures in one `carnet ingest`; CARNET_HOSTILE=500 for more."""

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
from tests.hostile_files import KINDS, RAW, SAMPLES, hostile_files

ROOT = Path(__file__).parent.parent
UNCLEAR = re.compile(r"Error|Exception|Traceback|0x[0-9a-f]{6}|\n|object has no attribute|carnet failed")
MANY = int(os.environ.get("CARNET_HOSTILE") or 0)


def ingested(folder: Path, incoming: Path) -> list[dict[str, Any]]:
    """What became of each file in `incoming` and of the samples; no file has more than 20 s."""
    command = [
        sys.executable, "-c", "from carnet.flows.cli import main; main()", "ingest", str(RAW), str(incoming), "--json",
        "--warehouse", str(folder / "w.duckdb"), "--raw", str(folder / "raw"),
    ]  # fmt: skip
    limits = {"CARNET_PREFECT": "off", "CARNET_FILE_SECONDS": "20"}
    done = subprocess.run(command, cwd=ROOT, env=os.environ | limits, capture_output=True, timeout=2 * HANGS)
    assert done.returncode == 1, done.stderr[-2000:]
    assert b"Traceback" not in done.stderr
    return list(json.loads(done.stdout)["files"])


def check(files: list[dict[str, Any]], given: set[str]) -> None:
    """Each file is accounted for, each refusal is one clear sentence, the good ones are complete."""
    assert {file["file"] for file in files} == given
    reasons = {file["file"]: file["reason"] or "" for file in files if file["status"] == "refused"}
    assert {name: reason for name, reason in reasons.items() if UNCLEAR.search(reason) or not reason} == {}
    assert [file["missions"] for file in files if Path(file["file"]) in SAMPLES] == [15] * len(SAMPLES)


PLACES = [
    "loop.pdf",
    "nowhere.pdf",
    "pipe.pdf",
    "sparse.pdf",
    "copy.pdf",
    "line\nbreak.md",
    "\u202efdp.exe.pdf",
    "-rf.pdf",
]


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes and links")
def test_places_and_names(tmp_path: Path) -> None:
    """Loops of links, pipes and what is far too big are refused at once; copies are told."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "loop.pdf").symlink_to(folder / "loop.pdf")
    (folder / "nowhere.pdf").symlink_to(folder / "missing")
    (folder / "around").symlink_to(folder, target_is_directory=True)
    os.mkfifo(folder / "pipe.pdf")
    with (folder / "sparse.pdf").open("wb") as file:
        file.write(b"%PDF-1.7")
        file.truncate(20 << 30)
    shutil.copyfile(SAMPLES[0], folder / "copy.pdf")
    (folder / "line\nbreak.md").write_text("# Rien")
    (folder / "\u202efdp.exe.pdf").write_bytes(b"%PDF-1.7")
    (folder / "-rf.pdf").write_bytes(b"%PDF-1.4")
    files = ingested(tmp_path, folder)
    check(files, {str(path) for path in [*SAMPLES, *(folder / name for name in PLACES)]})
    told = {Path(file["file"]).name: (file["status"], file["reason"]) for file in files}
    assert told["loop.pdf"] == told["nowhere.pdf"] == ("refused", "a link that leads nowhere")
    assert told["pipe.pdf"] == ("refused", "neither a file nor a folder")
    assert told["sparse.pdf"] == ("refused", "too big: 20480 MB, the limit is 1024 MB")
    assert told["copy.pdf"] == ("unchanged", f"the same content as {SAMPLES[0]}")


@pytest.mark.slow
@pytest.mark.skipif(not MANY, reason="takes a second a file; CARNET_HOSTILE=500 asks for so many")
def test_hundreds_in_one_ingest(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, data in hostile_files(MANY, seed=MANY):
        (folder / name).write_bytes(data)
    check(ingested(tmp_path, folder), {str(path) for path in [*SAMPLES, *folder.iterdir()]})


QUICK = [
    "cut", "flipped", "hole", "numbers", "references", "keys", "xref", "xref-stream", "content", "ends", "other",
    "odd-numbers", "patterns", "polyglot", "object-streams", "locked-256",
]  # fmt: skip


@pytest.mark.parametrize("kind", QUICK)
def test_some_of_each_quick_kind_are_read_or_refused(kind: str) -> None:
    import contextlib
    import random

    from carnet.pipeline.errors import UnreadableDocument
    from carnet.pipeline.read.pdf import read_pdf

    for seed in range(3):
        with contextlib.suppress(UnreadableDocument):
            read_pdf(KINDS[kind](random.Random(seed)))


@pytest.mark.parametrize("revision", [5, 6])
def test_aes_256_opens_without_a_password_where_none_is_asked_for(revision: int) -> None:
    from carnet.pipeline.errors import UnreadableDocument
    from carnet.pipeline.read.pdf import read_pdf
    from carnet.pipeline.read.reading import ReadOptions
    from tests.hostile_more import aes_256

    def words(data: bytes, password: str | None = None) -> list[str]:
        return [word.text for word in read_pdf(data, ReadOptions(password=password)).pages[0].words]

    assert words(aes_256(b"", revision=revision))[:2] == ["Ville", "de"]
    assert words(aes_256("clé".encode(), revision=revision), "clé")[:2] == ["Ville", "de"]
    for password in (None, "", "cle"):
        with pytest.raises(UnreadableDocument, match="password"):
            words(aes_256("clé".encode(), revision=revision), password)
