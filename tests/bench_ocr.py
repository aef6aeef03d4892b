"""`make bench`, third part: what it costs to read a scan, and how much of it is read, the worse the scan.

usage: python -m tests.bench_ocr [--write docs/performance.md]

A drawn brochure with reference answers is printed as pictures and read by each engine that is there; seconds are those
of the processor, of the engine's own process too, memory is the most that either took.
"""

from __future__ import annotations

import argparse
import io
import json
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image, ImageFilter

from carnet.pipeline.evaluate import evaluate
from carnet.pipeline.extract import extract
from carnet.pipeline.nlp import get_nlp
from carnet.pipeline.read.ocr.engines import ENGINES, engine_for
from carnet.pipeline.read.ocr.upright import turned
from carnet.pipeline.read.reading import OFF, ReadOptions
from carnet.pipeline.rules import load_rules
from carnet.pipeline.settle import settle
from carnet.schemas.source import SourceFile

ROOT = Path(__file__).parents[1]
FILE = ROOT / "raw" / "maubray-fiches.pdf"
GOLD = ROOT / "tests" / "samples" / "gold" / "maubray-fiches.gold.json"
HEAD = "## Scans"
DPI = 150
Spoil = Callable[[Image.Image], Image.Image]
SCANS: dict[str, tuple[Spoil, int]] = {
    "printed, 150 dpi": (lambda page: page, 92),
    "turned by 1°": (lambda page: turned(page, -1.0), 92),
    "blurred": (lambda page: page.filter(ImageFilter.GaussianBlur(0.8)), 92),
    "JPEG 60": (lambda page: page, 60),
    "all of it": (lambda page: turned(page, -1.0).filter(ImageFilter.GaussianBlur(0.8)), 60),
}
"""What is done to a page, and the quality of its JPEG."""


def scanned(spoil: Spoil, quality: int) -> bytes:
    """The brochure as pictures of its pages."""
    document = pypdfium2.PdfDocument(FILE.read_bytes())
    first, *rest = [spoil(page.render(scale=DPI / 72).to_pil().convert("RGB")) for page in document]
    into = io.BytesIO()
    first.save(into, "PDF", resolution=DPI, quality=quality, save_all=True, append_images=rest)
    return into.getvalue()


def measured(engine: str, scan: str) -> dict[str, float]:
    """In this process, by an engine (or none, as it was printed)."""
    data = FILE.read_bytes() if engine == OFF else scanned(*SCANS[scan])
    rules, nlp, gold = load_rules(), get_nlp(), json.loads(GOLD.read_text(encoding="utf-8"))
    nlp.persons("Odile Brancourt")  # loads the model before the clock runs
    if seen := engine_for(engine):
        seen.read(Image.new("RGB", (300, 100), "white"))  # and the engine's
    begun = _seconds()
    source = SourceFile(sha256="0" * 64, name=FILE.name, media_type="application/pdf")
    draft = extract(data, source, rules, nlp, asked=ReadOptions(ocr=engine))
    pages = draft.edition.pages or 1
    found = evaluate(settle(draft), gold).total
    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    silent = found.silent / found.found if found.found else 0.0
    return {"f1": found.f1, "silent": silent, "seconds": (_seconds() - begun) / pages, "memory": most / 1024}


def _seconds() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def apart(engine: str, scan: str) -> dict[str, Any]:
    """In a process of its own, whose memory is counted from nothing."""
    command = [sys.executable, "-m", "tests.bench_ocr", "--one", engine, scan]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def section() -> Iterator[str]:
    there = [name for name, kind in ENGINES.items() if kind.is_there()]
    yield HEAD
    yield ""
    yield f"`{FILE.name}` printed as pictures: values found and right (F1 over all fields) by the kind of scan, in"
    yield "brackets what is wrong without a finding. Seconds of the processor a page and memory of the first scan."
    yield "`python -m tests.bench_ocr` makes this table."
    yield ""
    yield f"| scan | {' | '.join(there)} |"
    yield f"| --- |{' --: |' * len(there)}"
    plain = apart(OFF, "")
    yield f"| none: its own letters | {' | '.join([_right(plain)] * len(there))} |"
    found = {}
    for scan in SCANS:
        found[scan] = by_engine = {name: apart(name, scan) for name in there}
        yield f"| {scan} | {' | '.join(_right(by_engine[name]) for name in there)} |"
    first = next(iter(found.values()))
    seconds = [f"{first[name]['seconds']:.1f}" for name in there]
    memory = [f"{first[name]['memory']:.0f} MB" for name in there]
    yield f"| seconds a page | {' | '.join(seconds)} |"
    yield f"| memory | {' | '.join(memory)} |"


def _right(of: dict[str, Any]) -> str:
    return f"{of['f1']:.3f} ({of['silent']:.1%})"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--write", type=Path, help="Whose section it replaces.")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(measured(*given.one)))
        return
    lines = []
    for line in section():
        print(line, flush=True)
        lines.append(line)
    told = "\n".join(lines) + "\n"
    if given.write:
        before = given.write.read_text(encoding="utf-8").split(f"\n{HEAD}")[0].rstrip("\n")
        given.write.write_text(f"{before}\n\n{told}", encoding="utf-8")


if __name__ == "__main__":
    main()
