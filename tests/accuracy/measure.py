"""`make accuracy`: read every brochure with reference answers and write how right we are to `scores.csv`.

usage: python -m tests.accuracy.measure [--floors] [FOLDER]

FOLDER holds brochures with their `*.gold.json` beside them (default: ../shared/brochures, left out where it is
missing). `--floors` also raises `floors.yml`, below which `test_accuracy.py` lets no brochure fall.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import hashlib
import json
import os
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from carnet.pipeline.evaluate import TOTAL, Evaluation, evaluate, rows
from carnet.pipeline.extract import extract
from carnet.pipeline.nlp import Nlp, get_nlp
from carnet.pipeline.rules import load_rules
from carnet.pipeline.settle import settle
from carnet.schemas.result import EditionResult
from carnet.schemas.source import SourceFile
from tests.make_samples import draw_variants

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SHARED = ROOT.parent / "shared" / "brochures"
SCORES, FLOORS = HERE / "scores.csv", HERE / "floors.yml"
TYPES = {".pdf": "application/pdf", ".txt": "text/plain", ".md": "text/markdown"}
LEFT_OUT = {"ocalia-scan", "ocalia-2019"}  # no text in it; an older edition
SLACK = 0.01
FLOORS_HEAD = """\
# What no brochure may fall below: F1 over all fields (measured, less 0.01) and missions found. `make accuracy FLOORS=1`
# raises them.
"""
HEADER = ("brochure", "field", "found", "right", "missed", "wrong", "silent")


@dataclass(frozen=True)
class Brochure:
    """A file and its answers. `name`: shared/…, variant/…, hand/… or sample/…"""

    name: str
    file: Path
    gold: Path


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("folder", nargs="?", type=Path, default=SHARED)
    options.add_argument("--floors", action="store_true")
    args = options.parse_args()
    with tempfile.TemporaryDirectory() as drawn:
        brochures = [*samples(), *by_hand(), *variants(Path(drawn)), *shared(args.folder)]
        nlp = get_nlp()
        nlp.persons("Odile Brancourt")  # loads the model before the clock runs
        measured = dict(_measured(brochures, nlp))
    _write_scores(measured)
    if args.floors:
        write_floors(measured)


def samples() -> list[Brochure]:
    return list(_beside(ROOT / "tests" / "samples" / "gold", "sample", ROOT / "raw"))


def by_hand() -> list[Brochure]:
    """Written by people who did not see the reader: tests/samples/hand/README.md."""
    folder = ROOT / "tests" / "samples" / "hand"
    return list(_beside(folder, "hand", folder))


def variants(folder: Path) -> list[Brochure]:
    """The other layouts, drawn into `folder`."""
    with Path(os.devnull).open("w") as nowhere, contextlib.redirect_stdout(nowhere):
        draw_variants(folder)
    return list(_beside(folder, "variant", folder))


def shared(folder: Path = SHARED) -> list[Brochure]:
    return [b for b in _beside(folder, "shared", folder) if b.file.stem not in LEFT_OUT]


def _beside(golds: Path, prefix: str, folder: Path) -> Iterator[Brochure]:
    for gold in sorted(golds.glob("*.gold.json")):
        name = gold.name.removesuffix(".gold.json")
        file = next((f for suffix in TYPES if (f := folder / (name + suffix)).exists()), None)
        if file is not None:
            yield Brochure(f"{prefix}/{name}", file, gold)


def read_brochure(file: Path, nlp: Nlp | None = None) -> EditionResult:
    """The result of one file, as `carnet ingest` makes it."""
    data = file.read_bytes()
    source = SourceFile(sha256=hashlib.sha256(data).hexdigest(), name=file.name, media_type=TYPES[file.suffix])
    return settle(extract(data, source, load_rules(), nlp))


def measure(brochure: Brochure, nlp: Nlp | None = None) -> Evaluation:
    return evaluate(read_brochure(brochure.file, nlp), json.loads(brochure.gold.read_text(encoding="utf-8")))


def _measured(brochures: Iterable[Brochure], nlp: Nlp) -> Iterator[tuple[str, Evaluation]]:
    """Each evaluation, with a line on the terminal as it comes."""
    print(f"{'brochure':32}{'missions':>10}{'whole':>7}{'F1':>8}{'silent':>8}{'alarms':>8}{'ms a page':>11}")
    for brochure in brochures:
        started = time.perf_counter()
        result = read_brochure(brochure.file, nlp)
        pace = 1000 * (time.perf_counter() - started) / max(1, result.edition.pages or 1)
        done = evaluate(result, json.loads(brochure.gold.read_text(encoding="utf-8")))
        total = done.total
        print(
            f"{brochure.name:32}{f'{done.paired}/{done.missions}':>10}{done.wholly_right:7}{total.f1:8.3f}"
            f"{total.silent:8}{total.alarm:8}{pace:11.1f}",
            flush=True,
        )
        yield brochure.name, done


def _write_scores(measured: dict[str, Evaluation]) -> None:
    lines = [line for name, evaluation in measured.items() for line in score_lines(name, evaluation)]
    with SCORES.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(sorted(lines))


def score_lines(name: str, done: Evaluation) -> Iterator[tuple[str | int, ...]]:
    """A line a field; `missed` was printed and not found, `wrong` was found and is not what is printed."""
    for field, t in rows(done):
        label = "ALL" if field == TOTAL else field
        yield name, label, t.found, t.right, t.missing, t.wrong + t.spurious, t.silent
    whole = done.wholly_right
    yield name, "WHOLE MISSIONS", done.paired, whole, done.missions - done.paired, done.paired - whole, 0


@dataclass(frozen=True)
class Floor:
    """What a brochure may not fall below: F1 over all fields, and missions found."""

    f1: float
    missions: int


def write_floors(measured: dict[str, Evaluation]) -> None:
    """Floors only rise: what was lost must be lowered by hand, with a reason in the commit."""
    floors = load_floors()
    for name, done in measured.items():
        old = floors.get(name, Floor(0.0, 0))
        floors[name] = Floor(max(old.f1, round(done.total.f1 - SLACK, 3)), max(old.missions, done.paired))
    lines = [f"{name}: {{f1: {floor.f1}, missions: {floor.missions}}}\n" for name, floor in sorted(floors.items())]
    FLOORS.write_text(FLOORS_HEAD + "".join(lines), encoding="utf-8")


def load_floors() -> dict[str, Floor]:
    stored = yaml.safe_load(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else None
    return {name: Floor(**values) for name, values in (stored or {}).items()}


if __name__ == "__main__":
    main()
