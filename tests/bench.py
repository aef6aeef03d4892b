"""`make bench`: milliseconds a page for each stage, and the whole against a bare pdfplumber word reading.

usage: python -m tests.bench FILE.pdf…
"""

from __future__ import annotations

import hashlib
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pdfplumber

from carnet.pipeline.extract import extract
from carnet.pipeline.nlp import get_nlp
from carnet.pipeline.rules import load_rules
from carnet.pipeline.settle import settle
from carnet.schemas.source import SourceFile

STAGES = ("read", "layout", "outline", "fields", "settle")
ROUNDS = 3


def main(files: list[Path]) -> None:
    """A row for each file: medians of a few rounds, start-up (imports, rules, language model) left out."""
    started = time.perf_counter()
    load_rules()
    get_nlp().persons("Odile Brancourt")
    print(f"start-up in this process (rules, language model): {time.perf_counter() - started:.1f} s\n")
    print(
        f"{'ms a page':32}{'pages':>6}"
        + "".join(f"{stage:>9}" for stage in (*STAGES, "whole", "bare"))
        + f"{'ratio':>8}"
    )
    for file in files:
        data = file.read_bytes()
        rounds = [(timed_stages(data, file.name), timed_words(file)) for _ in range(ROUNDS)]
        pages = rounds[0][1][0]
        stages = {stage: statistics.median(r[0][stage] for r in rounds) for stage in STAGES}
        whole = statistics.median(sum(r[0].values()) for r in rounds)
        bare = statistics.median(r[1][1] for r in rounds)
        figures = "".join(f"{1000 * seconds / pages:9.1f}" for seconds in (*stages.values(), whole, bare))
        print(f"{file.name:32}{pages:6}{figures}{whole / bare:8.2f}")


def timed_stages(data: bytes, name: str) -> dict[str, float]:
    """Seconds for each stage of one reading."""
    times: dict[str, float] = {}
    tick = _stopwatch(times)
    source = SourceFile(sha256=hashlib.sha256(data).hexdigest(), name=name, media_type="application/pdf")
    draft = extract(data, source, load_rules(), get_nlp(), tick)
    settle(draft)
    tick("settle")
    return times


def _stopwatch(times: dict[str, float]) -> Callable[[str], None]:
    last = [time.perf_counter()]

    def tick(stage: str) -> None:
        now = time.perf_counter()
        times[stage] = now - last[0]
        last[0] = now

    return tick


def timed_words(file: Path) -> tuple[int, float]:
    """Pages, and the seconds that pdfplumber alone needs for their words."""
    started = time.perf_counter()
    with pdfplumber.open(file) as pdf:
        for page in pdf.pages:
            page.extract_words()
            page.close()
        return len(pdf.pages), time.perf_counter() - started


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
