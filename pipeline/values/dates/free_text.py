"""Where a running text speaks of a period, and whether it surely does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from carnet.pipeline.values.dates.atoms import Atom
from carnet.pipeline.values.dates.reading import DateReading
from carnet.pipeline.values.dates.words import TAIL, DateWords


def find_chains(reading: DateReading, words: DateWords) -> Iterator[tuple[int, int, list[Atom]]]:
    """Dates, durations and words such as "depuis" that only joining words part."""
    pieces: list[tuple[int, int, Atom | None]] = [(a.start, a.end, a) for a in reading.atoms]
    pieces += [(d.start, d.end, None) for d in reading.durations] + [(s, e, None) for s, e in reading.ongoing]
    run: list[tuple[int, int, Atom | None]] = []
    for piece in sorted(pieces, key=lambda p: (p[0], p[1])):
        if run and not words.gap.fullmatch(reading.folded[run[-1][1] : piece[0]][: TAIL + 1]):
            yield from _chain(run, reading.folded, words)
            run = []
        run.append(piece)
    yield from _chain(run, reading.folded, words)


def _chain(
    run: list[tuple[int, int, Atom | None]], folded: str, words: DateWords
) -> Iterator[tuple[int, int, list[Atom]]]:
    atoms = [a for _, _, a in run if a]
    if not atoms:
        return
    start, end = run[0][0], run[-1][1]
    window = folded[max(0, start - TAIL) : start]
    lead = words.since.search(window) or words.until.search(window) or words.opener.search(window)
    start -= len(window) - lead.start() if lead else 0
    if end < len(folded) and folded[end] == ")" and "(" in folded[start:end]:
        end += 1
    yield start, end, atoms


def is_sure(atoms: Sequence[Atom], folded: str, start: int, words: DateWords) -> bool:
    """Not an address, a law, a bare year, a single short year, an undated month."""
    if words.street_or_act_before.search(folded[max(0, start - TAIL) : start]) or not all(a.dated for a in atoms):
        return False
    before = folded[max(0, atoms[0].start - TAIL) : atoms[0].start]
    word = re.search(r"(?<![a-z])([a-z]+)[.\s]{0,40}$", before)
    if atoms[0].kind == "year" and word and word[1] not in words.filler and any(a.kind != "year" for a in atoms):
        return False  # "Févirer 2021 à mars 2022"
    if len(atoms) > 1:
        return all(a.kind != "year" for a in atoms) or len({a.low.year for a in atoms}) > 1
    return atoms[0].kind != "year" and not atoms[0].short or bool(words.since.search(before))
