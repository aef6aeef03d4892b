"""Which lines beneath the column heads belong to the table."""

from __future__ import annotations

from collections.abc import Sequence

from carnet.pipeline.layout.segments import rows_of
from carnet.pipeline.layout.tables.bands import TableLine, crosses, is_band, is_lone_band
from carnet.pipeline.layout.tables.columns import Columns
from carnet.pipeline.layout.tables.heads import KEY, TEXTS
from carnet.pipeline.layout.tables.measures import middle_of, top_of, usual_size
from carnet.pipeline.rules.labels import Labels
from carnet.schemas.layout import Page, Word


def fitting_lines(
    words: Sequence[Word], columns: Columns, separators: Sequence[float], page: Page, cell_gap: float, strict: bool
) -> list[TableLine]:
    """Lines that belong to the table, with whether each is a band; stops at the first that does not fit."""
    lines = sorted(rows_of(words), key=top_of)
    out: list[TableLine] = []
    last_bottom: float | None = None
    size = usual_size(w.style.size for w in words)
    for line in lines:
        top = top_of(line)
        crossing = crosses(line, columns, cell_gap)
        wide_gap = last_bottom is not None and top - last_bottom > 3.2 * size
        ruled = any(y > top for y in separators)
        if wide_gap and not ruled:
            break
        if max(w.style.size for w in line) > 1.1 * size and not is_lone_band(line, columns, page, separators):
            break
        if crossing:
            if strict and not out:
                return []
            if not is_band(line, columns, separators, page):
                break
        elif strict and not out and len({columns.of(middle_of(w)) for w in line}) < min(3, len(columns.heads)):
            return []
        out.append((line, crossing or is_lone_band(line, columns, page, separators)))
        last_bottom = max(w.box.bottom for w in line if w.box)
    return out


def above_text(words: Sequence[Word], labels: Labels) -> list[Word]:
    """Words above a line that is the label of running text, or of one more value: under its table of facts, a fiche
    goes on."""
    lines = sorted(rows_of(words), key=top_of)
    for line in lines[1:]:
        hit = labels.match(" ".join(w.text for w in line))
        if hit and hit.exact and hit.kind in TEXTS | KEY and line[0].style != lines[0][0].style:
            return [w for w in words if w.box and w.box.top < top_of(line) - 1]
    return list(words)
