"""Draws brochures and keeps them as examples: `python -m carnet.pipeline.teach.make_examples FOLDER --each 40 [--part
0/2]`."""

from __future__ import annotations

import argparse
import json
import traceback
from pathlib import Path

import numpy as np
import numpy.typing as npt

from carnet.pipeline.observe.document import LOOK_NAMES, PLACE_NAMES
from carnet.pipeline.observe.vectors import Meaning
from carnet.pipeline.observe.words import KINDS, NAMES, WordObserver
from carnet.pipeline.rules import load_rules
from carnet.pipeline.teach.draw import draw
from carnet.pipeline.teach.examples import ROLES, of_drawn
from carnet.pipeline.teach.examples_file import save
from carnet.pipeline.teach.office import OFFICE, draw_office
from carnet.pipeline.teach.office_run import program
from carnet.pipeline.word_vectors import word_vectors

AXES = 32


def axes() -> npt.NDArray[np.float32]:
    """The main axes of the French model's vectors, signs fixed."""
    known = word_vectors()
    assert known is not None, "the French model is not installed"
    data = np.asarray(known.rows, np.float64)
    data = data / np.maximum(np.linalg.norm(data, axis=1, keepdims=True), 1e-9)
    _, vectors = np.linalg.eigh(data.T @ data / len(data))
    top = vectors[:, ::-1][:, :AXES]
    signs = np.sign(top[np.abs(top).argmax(axis=0), np.arange(AXES)])
    turned: npt.NDArray[np.float32] = (top * signs).astype(np.float32)
    return turned


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--each", type=int, default=40)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--part", default="0/1")
    parser.add_argument("--genres", default="")
    a = parser.parse_args()
    from carnet.pipeline.teach import plain
    from carnet.pipeline.teach.genres.registry import LEARN, MEASURE

    a.folder.mkdir(parents=True, exist_ok=True)
    mine, parts = (int(x) for x in a.part.split("/"))
    rules = load_rules()
    base = axes()
    if mine == 0:
        np.save(a.folder / "axes.npy", base)
        words = len(NAMES)
        columns = {"labels": [0, len(KINDS) + 3], "words": [0, words], "vectors": [words, words + 2 * AXES]}
        meta = {"roles": [r.value for r in ROLES], "columns": columns, "names": [*NAMES, *LOOK_NAMES, *PLACE_NAMES]}
        (a.folder / "meta.json").write_text(json.dumps(meta))
    observer, meaning = WordObserver(rules), Meaning(base)
    names = [*((g, g) for g in LEARN), *((f"measure.{g}", g) for g in MEASURE)]
    names += [*((g, g) for g in plain.LEARN), *((f"measure.{g}", g) for g in plain.MEASURE)]
    names += [(kind, kind) for kind in OFFICE] if program() else []
    if a.genres:
        names = [(n, g) for n, g in names if g in a.genres.split(",")]
    jobs = [(n, g, seed) for seed in range(a.first, a.first + a.each) for n, g in names]
    for n, (name, genre, seed) in enumerate(jobs):
        path = a.folder / f"{name}-{seed}.npz"
        if n % parts != mine or path.exists():
            continue
        try:
            drawn = draw_office(genre, seed) if genre in OFFICE else draw(genre, seed)
            save(path, of_drawn(drawn, rules, observer, meaning))
        except Exception:
            print(f"{genre} {seed}: {traceback.format_exc(limit=-3)}", flush=True)


if __name__ == "__main__":
    main()
