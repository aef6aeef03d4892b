"""All that is recognised in one text: durations, dates and stretches, words for what goes on; and what is left over."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from carnet.pipeline.rules.remembered import remembered
from carnet.pipeline.values.dates.atoms import Atom, find_atoms
from carnet.pipeline.values.dates.durations import Duration, find_durations
from carnet.pipeline.values.dates.words import DateWords
from carnet.pipeline.values.dates.years import with_years
from carnet.pipeline.values.patterns import fold_figures


@dataclass(frozen=True)
class DateReading:
    """All that was recognised in one folded text."""

    folded: str
    printed: str
    durations: tuple[Duration, ...]
    atoms: tuple[Atom, ...]
    ongoing: tuple[tuple[int, int], ...]


@remembered
def read(text: str, words: DateWords) -> DateReading:
    """Durations first: their figures are no dates. "En cours d'année" does not say that something goes on."""
    folded = fold_figures(text).replace("\n", " ").replace("\r", " ")
    durations = tuple(find_durations(folded, words))
    rest = blank(folded, [(d.start, d.end) for d in durations])
    quiet = blank(rest, [m.span() for m in words.not_ongoing.finditer(rest)])
    ongoing = tuple(m.span() for m in words.ongoing.finditer(quiet))
    return DateReading(folded, text, durations, tuple(with_years(find_atoms(rest, words))), ongoing)


def left_over(reading: DateReading, words: DateWords) -> str:
    """Words that no step has read and that are no filler."""
    spans = [(a.start, a.end) for a in reading.atoms if a.dated]
    spans += [(d.start, d.end) for d in reading.durations] + list(reading.ongoing)
    rest = blank(reading.folded, spans)
    rest = words.renewal.sub(" ", words.numbered.sub(" ", rest))
    odd = [w.strip("-") for w in re.findall(r"[\w°?-]+", rest.replace("'", " "))]
    return " ".join(w for w in odd if w and w not in words.filler and w not in words.ordinals)[:60]


def blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with NULs instead of what stands in the spans, so that no pattern reads over them."""
    out, at = [], 0
    for start, end in sorted(spans):
        if start >= at:
            out += [text[at:start], "\0" * (end - start)]
            at = end
    return "".join([*out, text[at:]])
