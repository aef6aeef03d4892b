"""Words as a reader sees them: an initial set large goes back to its word, letters set apart close up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from unicodedata import category

from carnet.pipeline.page.segments import rows_of
from carnet.schemas.layout import BBox, Word

_LEAST = 4  # letters of a spaced word
_EVEN = 1.7  # a gap so much wider than the usual one parts two words
_TOUCHES = 0.12
"""Letter sizes between a capital and the small capitals of its word."""
_SMALL = (0.6, 0.92)
"""Size of small capitals, as a share of the large ones."""


def repaired(words: Sequence[Word]) -> list[Word]:
    """Words of a page with those that were drawn apart in one: letterspaced words, large first letters."""
    return spaced_out(initials(small_capitals(with_raised(words))))


def with_raised(words: Sequence[Word]) -> list[Word]:
    """ "2" and "ᵉ" right behind it, which a font of its own draws, become "2ᵉ"."""
    raised = [w for w in words if w.box and len(w.text) <= _RAISED and all(category(c) == "Lm" for c in w.text)]
    if not raised:
        return list(words)
    ends: dict[int, list[Word]] = {}
    for word in words:
        if word.box:
            ends.setdefault(round(word.box.x1), []).append(word)
    joined: dict[int, Word] = {}
    gone: set[int] = set()
    for sign in raised:
        near = (w for x in (-1, 0, 1) if sign.box for w in ends.get(round(sign.box.x0) + x, ()))
        before = next((w for w in near if w is not sign and _ends_at(w, sign)), None)
        if before is not None and before.box and sign.box:
            box = BBox.around([before.box, sign.box])
            joined[id(before)] = replace(before, text=before.text + sign.text, box=box)
            gone.add(id(sign))
    return [joined.get(id(w), w) for w in words if id(w) not in gone]


_RAISED = 3  # letters: "ᵉ", "ᵉʳ", "ᵐᵉ"


def _ends_at(word: Word, sign: Word) -> bool:
    if not (word.box and sign.box):
        return False
    overlap = word.box.y_overlap(sign.box) > 0.4 * min(word.box.height, sign.box.height)
    return overlap and abs(sign.box.x0 - word.box.x1) < _TOUCHES * word.style.size


def small_capitals(words: Sequence[Word]) -> list[Word]:
    """ "F" and "OYER" in smaller capitals right behind it become "FOYER", in the look of the smaller, which is that of
    most letters of the line."""
    if not any(_may_open(w) for w in words):
        return list(words)
    begins: dict[int, list[Word]] = {}
    for word in words:
        if word.box and word.text.isupper():
            begins.setdefault(round(word.box.x0), []).append(word)
    rests: dict[int, Word] = {}
    for first in words:
        if _may_open(first) and first.box:
            near = (w for x in (-1, 0, 1) for w in begins.get(round(first.box.x1) + x, ()))
            rest = next((w for w in near if _is_rest(first, w)), None)
            if rest is not None:
                rests[id(first)] = rest
    gone = {id(rest) for rest in rests.values()}
    kept = [w for w in words if id(w) not in gone]
    return [_opened(w, rests[id(w)]) if id(w) in rests else w for w in kept]


def _may_open(word: Word) -> bool:
    return len(word.text) <= 3 and word.text[-1:].isupper()


def _opened(first: Word, rest: Word) -> Word:
    assert first.box and rest.box
    return replace(rest, text=first.text + rest.text, box=BBox.around([first.box, rest.box]))


def _is_rest(first: Word, word: Word) -> bool:
    """Are these smaller capitals the rest of a word that opens with a large one?"""
    if first is word or not (first.box and word.box):
        return False
    size = first.style.size
    on_line = abs(first.box.bottom - word.box.bottom) < 0.3 * size
    near = abs(word.box.x0 - first.box.x1) < _TOUCHES * size
    alike = (first.style.bold, first.style.color) == (word.style.bold, word.style.color)
    return on_line and near and alike and _SMALL[0] * size < word.style.size < _SMALL[1] * size


def spaced_out(words: Sequence[Word]) -> list[Word]:
    """ "M I S S I O N" becomes "MISSION": runs of single letters of one look with even gaps. Letters that kerning draws
    near are one word already ("C O N TA C T")."""
    lone = [w for w in words if len(w.text) == 1 and not w.text.isdigit()]
    if len(lone) < _LEAST:
        return list(words)
    out: list[Word] = []
    for row in rows_of(words):
        run: list[Word] = []
        for word in row:
            if run and not _goes_on(run[-1], word):
                out.extend(_closed(run))
                run = []
            run.append(word)
        out.extend(_closed(run))
    return out


def _goes_on(a: Word, b: Word) -> bool:
    assert a.box and b.box
    lone = len(a.text) == 1 and len(b.text) == 1
    torn = a.text.isupper() and b.text.isupper() and b.box.x0 - a.box.x1 < 0.9 * a.style.size
    return (lone or torn) and a.style == b.style and b.box.x0 - a.box.x1 < 2.2 * a.style.size


def _closed(run: Sequence[Word]) -> Iterator[Word]:
    letters = [w for w in run if w.text.isalpha()]
    lone = sum(len(w.text) == 1 for w in run)
    if (
        lone < 3
        or lone < 0.4 * len(run)
        or sum(len(w.text) for w in letters) < _LEAST
        or not all(w.text.isupper() for w in letters)
    ):
        yield from run
        return
    gaps = [b.box.x0 - a.box.x1 for a, b in zip(run, run[1:], strict=False) if a.box and b.box]
    within = [g for g, a, b in zip(gaps, run, run[1:], strict=False) if len(a.text) == 1 or len(b.text) == 1]
    usual = sorted(within)[len(within) // 2]
    word = [run[0]]
    for gap, letter in zip(gaps, run[1:], strict=True):
        if gap > _EVEN * max(usual, 0.5):
            yield _joined(word)
            word = []
        word.append(letter)
    yield _joined(word)


def _joined(letters: Sequence[Word]) -> Word:
    box = BBox.around(w.box for w in letters if w.box)
    return replace(letters[0], text="".join(w.text for w in letters), box=box)


def initials(words: Sequence[Word]) -> list[Word]:
    """A large initial ("D" before "epuis") goes back to its word, or it would swallow the lines beside it."""
    sizes = sorted(w.style.size for w in words)
    usual = sizes[len(sizes) // 2] if sizes else 0
    out = list(words)
    for initial in [w for w in words if len(w.text) <= 2 and w.text[:1].isupper() and w.style.size > 1.8 * usual]:
        near = [w for w in out if w is not initial and _beside(initial, w, usual)]
        if not near:
            continue
        first = min(near, key=lambda w: w.box.top if w.box else 0)
        assert first.box and initial.box
        box = BBox(initial.box.x0, first.box.top, first.box.x1, first.box.bottom)
        out = [w for w in out if w is not initial and w is not first]
        out.append(replace(first, text=initial.text + first.text, box=box))
    return out


def _beside(initial: Word, word: Word, usual: float) -> bool:
    """Is `word` the rest of the word that `initial` opens: at its right, in its font, in small letters?"""
    if not (initial.box and word.box) or not word.text[:1].islower():
        return False
    if word.style.font != initial.style.font or word.style.size > 0.6 * initial.style.size:
        return False
    near = initial.box.x1 - 2 <= word.box.x0 < initial.box.x1 + 1.2 * usual
    return near and initial.box.top - 2 <= word.box.top < initial.box.bottom - 0.3 * usual
