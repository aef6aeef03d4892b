"""Years that are not printed at a date but beside it."""

from __future__ import annotations

from dataclasses import replace

from carnet.pipeline.values.dates.atoms import Atom


def with_years(atoms: list[Atom]) -> list[Atom]:
    """A missing year is that of the next date that has one, else of the date before.

    A year that stands apart ("2021 : mars à juin", "mars à juin (2021)") only lends itself and is dropped.
    """
    years = [a for a in atoms if a.dated]
    if len(years) == 1 and len(atoms) > 1 and years[0].kind == "year" and years[0] in (atoms[0], atoms[-1]):
        lent = years[0].low.year
        out = [a.in_year(lent) for a in atoms if not a.dated]
        out[0] = replace(out[0], start=min(out[0].start, years[0].start))
        out[-1] = replace(out[-1], end=max(out[-1].end, years[0].end))
        return _descending(out) if len(atoms) > 1 else out
    out = list(atoms)
    for i in range(len(out) - 1, -1, -1):
        after = out[i + 1] if i + 1 < len(out) else None
        if not out[i].dated and after and after.dated:
            late = (out[i].low.month or 0) > (after.low.month or 12)
            out[i] = out[i].in_year(after.low.year - late)  # "octobre à février 2014"
    for i in range(1, len(out)):
        before = out[i - 1]
        if not out[i].dated and before.dated:
            early = (out[i].high.month or 12) < (before.high.month or 0)
            out[i] = out[i].in_year(before.high.year + early)  # "octobre 2020 à mars"
    return out


def _descending(atoms: list[Atom]) -> list[Atom]:
    """ "octobre à mars (2021)": which of the two is in 2021 is not printed."""
    if len(atoms) > 1 and (atoms[0].low.month or 0) > (atoms[-1].high.month or 12):
        return [*atoms[:-1], replace(atoms[-1].in_year(1), note="the year of the first or of the last month")]
    return atoms
