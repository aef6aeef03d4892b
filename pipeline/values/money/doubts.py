"""What makes a reading doubtful, and texts that say there is no amount."""

from __future__ import annotations

import re
from collections.abc import Sequence

from carnet.pipeline.values.money.figures import ONE, Figure
from carnet.pipeline.values.money.hints import AmountHints
from carnet.pipeline.values.money.marks import is_other_tax
from carnet.pipeline.values.money.ranges import from_the_least
from carnet.pipeline.values.money.words import MoneyWords

_SMALL = 500  # a figure below it without a unit is rather a count than a fee


def find_doubts(
    first: Figure,
    second: Figure | None,
    chosen: Sequence[Figure],
    figures: Sequence[Figure],
    folded: str,
    hints: AmountHints,
    words: MoneyWords,
) -> list[str]:
    """What a careful reader would question in the reading."""
    out = []
    last = second or first
    others = [f for f in chosen if f.start > last.start]
    if others and not is_other_tax(first, others, folded, words):
        out.append("several amounts")
    if first.value is None:
        out.append(f"not a number: {first.printed!r}")
    window = folded[max(0, first.start - 30) : first.start]
    if words.digits.search(window) and not words.numbered_before.search(window):
        out.append("digits beside the figure")
    if words.share.search(window) or words.times.match(folded, last.end):
        out.append("a share or a multiple")
    bounded = words.bound_before.search(window) or words.bound_behind.match(folded, last.end)
    if bounded and not (second and from_the_least(first, folded, words)):
        out.append("a bound, no figure")
    if first.multiplier == 1000 and re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", first.printed):
        out.append(f"{first.printed!r}: thousands or decimals")
    if second and first.multiplier == 1000 and second.multiplier is None:
        out.append("a range whose first figure is cut short")
    if not any(f.is_money for f in (first, second) if f):
        left = left_over(folded, figures, words)
        if left:
            out.append(f"not understood: {left!r}")
        elif is_small_and_bare(first, second, hints):
            out.append("a small figure without a unit")
    return out


def is_rate(figure: Figure, folded: str, words: MoneyWords) -> bool:
    """A fee per day or hour, which is no fee of the mission: "TJM 650 €", "45 jours à 650 €", "650 € HT / jour"."""
    window = folded[max(0, figure.start - 60) : figure.start]
    behind = words.rate_behind.match(folded, figure.end) or words.rate_named_behind.match(folded, figure.end)
    return bool(words.rate_before.search(window) or words.rate_named_before.search(window) or behind)


def is_small_and_bare(first: Figure, second: Figure | None, hints: AmountHints) -> bool:
    """ "Lot 3", "12 ateliers": too small for a fee, and nothing says that it is money."""
    return not any(f.is_money for f in (first, second) if f) and first.total < _SMALL and hints.scale == ONE


def says_missing(folded: str, words: MoneyWords) -> bool:
    """NC, "Montant : NC", "Confidentiel (accord-cadre)"."""
    bare = folded.strip(" .:()")
    if bare in words.missing or any(bare.startswith(m) for m in words.missing if len(m) > 5):
        return True
    rest = [w for w in re.split(r"[\s:;,()]+", bare) if w.strip(".") and w.strip(".'") not in words.filler]
    return " ".join(rest).strip(" .") in words.missing - {""}


def left_over(folded: str, figures: Sequence[Figure], words: MoneyWords) -> str:
    """Words beside a figure without unit that no rule knows: "29 OOO €"."""
    kept = list(folded)
    for figure in figures:
        kept[figure.start : figure.end] = " " * (figure.end - figure.start)
    rest = words.tax_mark.sub(" ", "".join(kept))
    odd = re.findall(r"[\w?]+", rest)
    return " ".join(w for w in odd if w not in words.filler and w not in words.currency)[:60]
