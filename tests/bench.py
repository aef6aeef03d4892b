"""`make bench`: what reading costs, side by side with the readers others use, in processor time and in one process.

usage: python -m tests.bench [--write docs/performance.md] [--rounds N] FILE.pdf…

A machine that does other work beside it is slower, but for all of them: what counts are the ratios of one round, and of
these the median. Readers that are not installed are left out.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import io
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import _lru_cache_wrapper
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pdfplumber
import pypdfium2

from carnet.pipeline.extract import extract
from carnet.pipeline.nlp import get_nlp
from carnet.pipeline.read.pdf import read_pdf
from carnet.pipeline.rules import load_rules
from carnet.pipeline.settle import settle
from carnet.schemas.source import SourceFile
from tests.performance_page import write_sections

STAGES = ("read", "missions", "fields", "settle")
BARE = "pdfplumber, words"
OURS = ("carnet, read stage", "carnet, all stages")
WIDEST = 30
"""Signs of a bar that stands for the slowest."""


@dataclass(frozen=True)
class Figures:
    """Of one file: seconds by reader and by stage of ours, as medians; `ratios` to the bare reading."""

    name: str
    pages: int
    seconds: Mapping[str, float]
    ratios: Mapping[str, float]
    stages: Mapping[str, float]


# ---- readers ------------------------------------------------------------------------------------------------------


def by_pdfplumber(data: bytes) -> None:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.extract_words()
            page.close()


def by_pdfium(data: bytes) -> None:
    document = pypdfium2.PdfDocument(data)
    for page in document:
        page.get_textpage().get_text_bounded()
    document.close()


def by_playa(data: bytes) -> None:
    import playa

    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        with playa.open(file.name) as document:
            for page in document.pages:
                for glyph in page.glyphs:
                    glyph.bbox  # noqa: B018 - worked out when it is asked for


def by_pdftotext(data: bytes) -> None:
    subprocess.run(["pdftotext", "-bbox", "-", os.devnull], input=data, check=True, stderr=subprocess.DEVNULL)


def by_docling(data: bytes) -> None:
    from docling_parse.pdf_parser import DoclingPdfParser

    for _ in DoclingPdfParser().load(io.BytesIO(data)).iterate_pages():
        pass


READERS: dict[str, Callable[[bytes], object]] = {
    BARE: by_pdfplumber,
    "PDFium, plain text": by_pdfium,
    "playa-pdf, letters": by_playa,
    "pdftotext -bbox": by_pdftotext,
    "docling-parse": by_docling,
    OURS[0]: read_pdf,
}


def there() -> Iterator[str]:
    """Readers that this machine has."""
    sample = next(iter(sorted(Path("raw").glob("*.pdf")))).read_bytes()
    for name, reader in READERS.items():
        with suppress(ImportError, FileNotFoundError):
            reader(sample)
            yield name


# ---- measuring ----------------------------------------------------------------------------------------------------


def processor() -> float:
    """Seconds of the processor that this process and its ended children took."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def timed(work: Callable[[], object]) -> float:
    before = processor()
    work()
    return processor() - before


def forget() -> None:
    """What is kept of the texts of one reading would flatter the next of the same file; rules and patterns stay."""
    for known in gc.get_objects():
        if isinstance(known, _lru_cache_wrapper) and (known.cache_parameters()["maxsize"] or 0) >= _OF_TEXTS:
            known.cache_clear()


_OF_TEXTS = 1_000
"""Answers that a memory of texts holds at least."""


def timed_stages(data: bytes, name: str) -> dict[str, float]:
    """Seconds for each stage of one reading."""
    times: dict[str, float] = {}
    last = processor()

    def tick(stage: str) -> None:
        nonlocal last
        now = processor()
        times[stage], last = now - last, now

    source = SourceFile(sha256=hashlib.sha256(data).hexdigest(), name=name, media_type="application/pdf")
    settle(extract(data, source, load_rules(), get_nlp(), tick))
    tick("settle")
    return times


def measured(file: Path, readers: Sequence[str], rounds: int) -> Figures:
    data = file.read_bytes()
    seconds: dict[str, list[float]] = {name: [] for name in (*readers, OURS[1])}
    stages: list[dict[str, float]] = []
    for _ in range(rounds):
        for name in readers:
            seconds[name].append(timed(lambda name=name: READERS[name](data)))  # type: ignore[misc]
        forget()
        stages.append(timed_stages(data, file.name))
        seconds[OURS[1]].append(sum(stages[-1].values()))
    ratios = {
        name: statistics.median(one / bare for one, bare in zip(each, seconds[BARE], strict=True))
        for name, each in seconds.items()
    }
    middle = {name: statistics.median(each) for name, each in seconds.items()}
    by_stage = {stage: statistics.median(each[stage] for each in stages) for stage in STAGES}
    return Figures(file.name, len(pypdfium2.PdfDocument(data)), middle, ratios, by_stage)


def commands(sample: Path, rounds: int) -> dict[str, tuple[float, int]]:
    """Whole commands in processes of their own: seconds of the processor, and memory in MB."""
    with tempfile.TemporaryDirectory() as folder:
        place = ["--warehouse", f"{folder}/w.duckdb"]
        asked = {
            f"carnet ingest {sample.name}, new": ["ingest", str(sample), *place],
            f"carnet ingest {sample.name}, known": ["ingest", str(sample), *place],
            'carnet sql "SELECT 1"': ["sql", "SELECT 1", *place],
            "carnet --help": ["--help"],
        }
        return {name: _command(arguments, 1 if name.endswith("new") else rounds) for name, arguments in asked.items()}


def _command(arguments: Sequence[str], rounds: int) -> tuple[float, int]:
    took = []
    memory = 0
    for _ in range(rounds):
        command = [sys.executable, "-c", _SMALL, sys.executable, "-m", "carnet", *arguments]
        said = subprocess.run(command, capture_output=True, text=True, check=True, env=QUIET).stdout.split()
        took.append(float(said[0]))
        memory = max(memory, int(said[1]) >> 10)
    return statistics.median(took), memory


_SMALL = """
import ctypes, os, resource, subprocess, sys
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(36, 1)  # PR_SET_CHILD_SUBREAPER: its reading processes are counted too
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
try:
    while True:
        os.wait()
except ChildProcessError:
    pass
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss)
"""
"""In between, for a process that is started by a big one is told to be as big."""
QUIET = os.environ | {"CARNET_PREFECT": "off"}


# ---- telling ------------------------------------------------------------------------------------------------------


def page(figures: Sequence[Figures], whole: Mapping[str, tuple[float, int]], rounds: int) -> str:
    """docs/performance.md."""
    readers = sorted(figures[0].ratios, key=lambda name: statistics.median(f.ratios[name] for f in figures))
    parts = [
        "# What reading costs\n",
        f"Made by `make bench`: processor time, all readers in one process, median of {rounds}; "
        f"pdfplumber {_version('pdfplumber')}, pypdfium2 {_version('pypdfium2')}, Python {sys.version.split()[0]}. "
        "What others do beside it on the machine slows all of them: trust the ratios.\n",
        "## Against bare pdfplumber (1.00: `extract_words` on every page)\n",
        _table(
            ["reader", *(f.name for f in figures), ""],
            [[name, *(f"{f.ratios[name]:.2f}" for f in figures), _bar(figures, name)] for name in readers],
        ),
        "## Milliseconds a page\n",
        _table(
            ["file", "pages", *readers],
            [[f.name, f.pages, *(f"{1000 * f.seconds[name] / f.pages:.1f}" for name in readers)] for f in figures],
        ),
        "## Our stages, milliseconds a page\n",
        _table(
            ["file", *STAGES],
            [[f.name, *(f"{1000 * f.stages[stage] / f.pages:.1f}" for stage in STAGES)] for f in figures],
        ),
        "## Whole commands (start-up and reading processes included, without Prefect; memory of the biggest process)\n",
        _table(
            ["command", "seconds of the processor", "memory"],
            [[f"`{name}`", f"{seconds:.2f}", f"{memory} MB"] for name, (seconds, memory) in whole.items()],
        ),
    ]
    return "\n".join(parts)


def _bar(figures: Sequence[Figures], name: str) -> str:
    middle = {n: statistics.median(f.ratios[n] for f in figures) for n in figures[0].ratios}
    return "█" * max(1, round(WIDEST * middle[name] / max(middle.values())))


def _table(columns: Sequence[object], rows: Sequence[Sequence[object]]) -> str:
    lines = [columns, ["---", *["--:"] * (len(columns) - 1)], *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines) + "\n"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "?"


def main() -> None:
    parser = argparse.ArgumentParser(description="What reading costs, side by side.")
    parser.add_argument("--write", type=Path, help="Where the page goes besides the terminal.")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("files", type=Path, nargs="+")
    asked = parser.parse_args()
    started = time.process_time()
    get_nlp().persons("Odile Brancourt")
    print(f"rules and language model: {time.process_time() - started:.1f} s\n", file=sys.stderr)
    readers = list(there())
    figures = [measured(file, readers, asked.rounds) for file in asked.files]
    told = page(figures, commands(asked.files[0], asked.rounds), asked.rounds)
    print(told)
    if asked.write:
        write_sections(asked.write, told)


if __name__ == "__main__":
    main()
