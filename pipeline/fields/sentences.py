"""Facts told in sentences, one sentence at a time: "Pour la Ville d'Agen. 2020-2021. Honoraires 62 000 € TTC."."""

from __future__ import annotations

import re

from carnet.pipeline.fields.context import Context
from carnet.schemas.layout import Passage
from carnet.schemas.outline import MissionSection, PartKind

_STOP = re.compile(r"([\w€%)»]{1,20})[.;]\s{1,20}(?=[A-ZÀ-Ý0-9«])")
_BEFORE_FIGURE = re.compile(r",\s{1,20}(?=(?:[^\W\d_]{3,12}\.?\s)?\d)")
_SHORT = 5
"""Letters of a word that may be shortened before a figure: "juill. 2022", "tél. 03"."""


def facts(section: MissionSection, ctx: Context) -> list[Passage]:
    """The sentences of the facts that stand under no label, in order of print."""
    items = (i.flow(ctx.keep_hyphen) for p in section.parts if p.kind is PartKind.FACTS for i in p.items)
    return [fact for item in items for sentence in sentences(item) for fact in _at_figures(sentence)]


def _at_figures(sentence: Passage) -> list[Passage]:
    """Parted where a comma stands before a date or a figure: "43 k€ HT, décembre 2020"."""
    text = sentence.text
    ends = [0, *(m.end() for m in _BEFORE_FIGURE.finditer(text)), len(text)]
    return [_stripped(sentence.slice(a, b)) for a, b in zip(ends, ends[1:], strict=False)]


def sentences(flow: Passage) -> list[Passage]:
    """A passage cut behind each full stop or semicolon."""
    ends = [0, *(m.end(1) + 1 for m in _STOP.finditer(flow.text) if _ends(m)), len(flow.text)]
    cut = (flow.slice(a, b) for a, b in zip(ends, ends[1:], strict=False))
    return [sentence for sentence in map(_stripped, cut) if sentence.text]


def _ends(stop: re.Match[str]) -> bool:
    """Not behind "M." or "Dr.", nor between a short word and a figure."""
    word, following = stop.group(1), stop.string[stop.end()]
    if following.isdigit():
        return not (word.islower() and len(word) <= _SHORT)
    return not (word[:1].isupper() and len(word) <= 2 and not word.isupper()) and not (
        len(word) == 1 and word.isalpha()
    )


def _stripped(passage: Passage) -> Passage:
    text = passage.text
    return passage.slice(len(text) - len(text.lstrip()), len(text.rstrip(" ,")))
