"""The labelled parts of a mission, from its tokens in order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from carnet.pipeline.outline.headings import is_reference_table
from carnet.pipeline.outline.kinds import NARRATIVE, OF_VALUE
from carnet.pipeline.outline.lead import is_lead, with_lead
from carnet.pipeline.outline.tokens import Is, Stream, Token
from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold
from carnet.pipeline.rules.labels import UNKNOWN_LABEL, LabelHit, unknown_label
from carnet.pipeline.rules.list_marks import list_marks, marker
from carnet.pipeline.values.money import says_no_amount
from carnet.pipeline.values.partner_words import names_at
from carnet.pipeline.values.plain import is_value, value_kind
from carnet.schemas.layout import BBox, BlockKind, Passage
from carnet.schemas.outline import Part, PartKind

_LONG_VALUE = 240
_LONGEST_NOTHING = 30  # letters of "sans objet", "non communiqué"


@dataclass
class _Open:
    """A part that still takes items."""

    kind: PartKind
    rule: str
    label: Passage | None
    items: list[Passage] = field(default_factory=list)
    bullets: list[bool] = field(default_factory=list)
    home: Token | None = None  # where the label stands
    last: Token | None = None
    unknown: bool = False


def read_parts(tokens: Sequence[Token], stream: Stream) -> tuple[Part, ...]:
    """Tokens of one mission, its heading left out -> parts in the order of print."""
    reader = _Reader(tokens, stream)
    for token in tokens:
        reader.take(token)
    parts = [Part(o.kind, tuple(o.items), o.label, o.rule, o.unknown) for o in reader.done if o.items or o.label]
    parts = [_cost_of_works(p, stream) for p in parts]
    return tuple(with_lead(_told_by_value(_settle_subjects(parts), stream), stream.rules))


class _Reader:
    def __init__(self, tokens: Sequence[Token], stream: Stream) -> None:
        self.stream = stream
        self.done: list[_Open] = []
        self.open: _Open | None = None
        self.narrative: _Open | None = None  # the last part of running text
        self.heads: Token | None = None
        self.last_aside: Token | None = None
        self.usual = _text_sizes(tokens)
        self.facts = _fact_regions(tokens, stream)

    def take(self, token: Token) -> None:
        if token.what is Is.FURNITURE:
            return
        if token.what is Is.LABEL and self._sub_label(token):
            self._text(token)
        elif token.what is Is.LABEL:
            self._labelled(token, token.hit, token.label)
        elif token.what is Is.INLINE:
            self._inline(token)
        elif token.what is Is.HEADS:
            self.heads = token
        elif token.what is Is.CELLS and self.heads and len(self.heads.hits) == len(token.block.cells):
            self._cells(self.heads, token)
        else:
            self._text(token)

    def _sub_label(self, token: Token) -> bool:
        """A label inside a text of its own kind ("Approche": "Méthodologie mise en œuvre :", a list), set as text."""
        part = self.open
        if part is None or part.kind not in NARRATIVE or part.home is None:
            return False
        if not self.stream.has_boxes:
            return token.kind is part.kind
        a, b = part.home.style, token.style
        usual = self.usual.get(token.page)
        plain = not b.bold and usual is not None and abs(b.size - usual) < 0.05 * usual
        told = part.items[-1].style if part.items else b
        return plain and (b.color, b.italic) == (told.color, told.italic) and (a.bold or a.color != b.color)

    def _start(self, token: Token, kind: PartKind, rule: str, label: Passage | None) -> _Open:
        part = _Open(kind, rule, label, home=token, last=token)
        self.done.append(part)
        self.open = part
        if kind in NARRATIVE:
            self.narrative = part
        return part

    def _labelled(self, token: Token, hit: LabelHit | None, label: Passage | None) -> _Open:
        """A part under a label; one without a hit is known by its look alone."""
        if hit is None:
            return self._start(token, PartKind.OTHER, "", label)
        part = self._start(token, hit.kind, hit.rule, label)
        part.unknown = hit.by == "nothing"
        return part

    def _inline(self, token: Token) -> None:
        assert token.hit
        kind = token.hit.kind
        within = self.open is not None and self.open.kind in NARRATIVE and token.is_bullet
        if within and self.open and (not token.hit.exact or kind is self.open.kind):
            self._text(token)
            return
        part = self._labelled(token, token.hit, token.label)
        part.items.extend(token.value)
        part.bullets.extend([False] * len(token.value))
        if token.block.kind is BlockKind.ROW and not token.value:
            self.open = None  # an empty cell: what stands below is no value of it

    def _cells(self, heads: Token, row: Token) -> None:
        for hit, head, cell in zip(heads.hits, heads.block.cells, row.block.cells, strict=True):
            part = self._labelled(row, hit or unknown_label(len(head.text)), head)
            if cell:
                part.items.append(cell)
        self.open = None
        self.heads = None

    def _text(self, token: Token) -> None:
        if not any(c.isalnum() for c in token.text):
            return  # an icon
        lead = not self.done and is_lead(token.text, self.stream.rules)
        if not lead and not self._in_facts(token) and self._aside(token):
            return
        partner = self._partner_line(token)
        if partner is not None:
            part = self._start(token, PartKind.PARTNERS, "outline.partner_line", None)
            part.items.append(partner)
            self.open = None
            return
        home = None if self._is_fact(token) else self._home(token)
        if home is None:
            boxed = token.block.fill not in (None, "#ffffff")
            short = len(token.text) < 90 and not _tells(token.text)
            kind = PartKind.FACTS if boxed or short else PartKind.BODY
            kind = PartKind.FACTS if self._in_facts(token) else kind
            home = self._start(token, kind, "outline.unlabelled", None)
            if kind is PartKind.BODY and not self.stream.has_boxes:
                self.open = None
        self._append(home, token)

    def _is_fact(self, token: Token) -> bool:
        """A date, an amount, an address or a number, apart from the running text it follows: a value without label."""
        part = self.open
        if part is None or part.kind not in NARRATIVE or token.is_bullet or len(token.text) > 180:
            return False
        if self._in_facts(token) and not _same_region(part.home, token):
            return True
        if not self.stream.has_boxes or _same_region(part.last, token):
            return False
        return is_value(token.text, self.stream.rules)

    def _in_facts(self, token: Token) -> bool:
        return (token.page, token.block.region) in self.facts

    def _partner_line(self, token: Token) -> Passage | None:
        """ "En association avec Traject Sambre": a line of its own that names partners."""
        text, part = token.text, self.open
        if part is not None and part.kind in NARRATIVE and not part.items:
            return None  # the first words under the label of a text are that text
        if token.is_bullet or len(text) > 130 or text.count("\n") > 1 or text.rstrip().endswith((".", ":")):
            return None
        start = names_at(text, self.stream.rules)
        return token.passage.slice(start, len(text)) if start and text[start:].lstrip()[:1].isupper() else None

    def _home(self, token: Token) -> _Open | None:
        """The part that this text goes on with."""
        part = self.open
        if part is None:
            return self.narrative if self._running(token) else None
        if part.kind in NARRATIVE:
            return part
        same_box = _same_region(part.last, token)
        if part.kind is PartKind.FACTS:
            return part if same_box or _in_box(part.home, token) else self._back(token)
        if part.kind is PartKind.BODY:
            return part
        if not part.items:
            return part
        if token.is_bullet and same_box:
            return part
        if (
            same_box
            and part.home
            and part.home.what is Is.LABEL
            and len(token.text) < _LONG_VALUE
            and self.stream.has_boxes
        ):
            return part if not _far(part.last, token) else self._back(token)
        return self._back(token)

    def _back(self, token: Token) -> _Open | None:
        """Running text after a value or a side box goes on with the last narrative part."""
        if self.narrative and self._running(token):
            self.open = self.narrative
            return self.narrative
        self.open = None
        return None

    def _running(self, token: Token) -> bool:
        """Does it look like the running text of this page?"""
        if not self.stream.has_boxes or self.narrative is None or not self.narrative.items:
            return False
        usual = self.usual.get(token.page)
        return (
            usual is not None
            and abs(token.style.size - usual) < 0.07 * usual
            and (len(token.text) > 40 or token.is_bullet or _goes_on(self.narrative.items[-1], token))
        )

    def _aside(self, token: Token) -> bool:
        """Pull quotes, big figures, captions: text in another size or slant than the running text of the page."""
        if self.stream.noise("credit_line", token.text) or self.stream.noise("total_row", token.text):
            return True
        if self.stream.noise("reference_line", token.text):
            return True
        if not self.stream.has_boxes:
            return False
        size, usual = token.style.size, self.usual.get(token.page)
        if usual is None:
            return False
        in_text = self.open is not None and self.open.kind in NARRATIVE
        if size > 1.5 * usual or token.style.italic and size > 1.1 * usual or self._quoted(token):
            self.last_aside = token
            return True
        if (
            _same_region(self.last_aside, token)
            and size < 0.95 * usual
            and not _in_box(self.open.home if self.open else None, token)
        ):
            return True
        if not in_text:
            return False
        same_box = self.open is not None and _same_region(self.open.home, token)
        small = size < 0.93 * usual and not _same_region(self.open.last if self.open else None, token)
        odd = small or not 0.86 < size / usual < 1.12
        style = token.style
        return odd and not (same_box and not style.italic and 0.8 < size / usual < 1.2)

    def _quoted(self, token: Token) -> bool:
        """Someone's words, set in italics and in another colour than the text they stand in."""
        if self.narrative is None or not self.narrative.items or token.text[:1] not in '«“"':
            return False
        told = self.narrative.items[-1].style
        return token.style.italic and not told.italic and token.style.color != told.color

    def _append(self, part: _Open, token: Token) -> None:
        if (
            part.items
            and part.kind in NARRATIVE | {PartKind.BODY}
            and not token.is_bullet
            and _goes_on(part.items[-1], token)
            and _moved(part.last, token)
        ):
            part.items[-1] = Passage.join([part.items[-1], token.passage])
        else:
            pieces = _at_bars(token.passage) if part.kind is PartKind.FACTS else [token.passage]
            part.items.extend(pieces)
            part.bullets.extend([token.is_bullet] * len(pieces))
        part.last = token


_BAR = re.compile(r"\s{1,40}[|•·■▪]\s{1,40}")


def _at_bars(passage: Passage) -> list[Passage]:
    """ "2021-2022 | 45 000 € HT | avec X": one piece a value."""
    flow = passage.flow()
    bars = list(_BAR.finditer(flow.text))
    if not bars or "@" in passage.text and "\n" in passage.text:
        return [passage]
    starts = [0, *(b.end() for b in bars)]
    ends = [*(b.start() for b in bars), len(flow.text)]
    return [flow.slice(a, b) for a, b in zip(starts, ends, strict=True) if flow.text[a:b].strip()]


def _text_sizes(tokens: Sequence[Token]) -> dict[int | None, float]:
    """Letter size of the running text under narrative labels, by page; the mission's own where a page has little."""
    by_page: dict[int | None, Counter[float]] = {}
    whole: Counter[float] = Counter()
    narrative = False
    for token in tokens:
        if token.what in (Is.LABEL, Is.INLINE):
            narrative = token.kind in NARRATIVE
            for item in token.value if narrative else ():
                size = round(item.style.size, 1)
                by_page.setdefault(token.page, Counter())[size] += len(item.text)
                whole[size] += len(item.text)
        elif token.what is Is.TEXT and narrative:
            size = round(token.style.size, 1)
            by_page.setdefault(token.page, Counter())[size] += len(token.text)
            whole[size] += len(token.text)
    out: dict[int | None, float] = {}
    for token in tokens:
        counts = by_page.get(token.page)
        if counts and sum(counts.values()) >= 60:
            out[token.page] = counts.most_common(1)[0][0]
        elif whole:
            out[token.page] = whole.most_common(1)[0][0]
    return out


def _fact_regions(tokens: Sequence[Token], stream: Stream) -> set[tuple[int | None, int | None]]:
    """Columns and boxes that hold values of several kinds without labels (a date, an amount, an address)."""
    kinds: dict[tuple[int | None, int | None], set[str]] = {}
    for before, token in zip([None, *tokens], tokens, strict=False) if stream.has_boxes else ():
        free = token.what is Is.TEXT and not token.is_bullet and (before is None or before.what is not Is.LABEL)
        if free and (kind := value_kind(token.text, stream.rules) or _nothing(token.text, stream)):
            kinds.setdefault((token.page, token.block.region), set()).add(kind)
    return {region for region, found in kinds.items() if len(found) >= 2}


def _nothing(text: str, stream: Stream) -> str | None:
    """ "amount" for "non communiqué": where a value would stand."""
    short = len(text) < _LONGEST_NOTHING and any(c.isalpha() for c in text)
    return "amount" if short and says_no_amount(text, stream.rules) else None


def _tells(text: str) -> bool:
    """A sentence, however short: "Quatre tours sur une butte, 380 logements, pas un banc." """
    return text.rstrip().endswith(".") and len(text.split()) >= _SENTENCE and text[:1].isupper()


_SENTENCE = 8  # words


def _same_region(a: Token | None, b: Token) -> bool:
    return a is not None and a.page == b.page and a.block.region == b.block.region


def _in_box(a: Token | None, b: Token) -> bool:
    """Both in drawn boxes of one colour on one page."""
    return a is not None and a.page == b.page and a.block.fill == b.block.fill and a.block.fill not in (None, "#ffffff")


def _far(a: Token | None, b: Token) -> bool:
    boxes: tuple[BBox | None, BBox | None] = (a.block.box if a else None, b.block.box)
    if boxes[0] is None or boxes[1] is None:
        return False
    return boxes[1].top - boxes[0].bottom > 2.2 * max(8.0, b.style.size)


def _moved(a: Token | None, b: Token) -> bool:
    """Is `b` in another column or on another page than `a`? Only there is a paragraph cut in two."""
    return a is not None and (a.page != b.page or a.block.region != b.block.region)


def _goes_on(item: Passage, token: Token) -> bool:
    """Does this text continue the sentence of the item before it?"""
    before, after = item.text.rstrip(), token.text.lstrip()
    if not before or not after or token.is_bullet:
        return False
    if before[-1] in ".!?…:;":
        return False
    return (
        after[0].islower() or before[-1] in "-‐\u00ad,(" or after[0] in "(«0123456789" or before.split()[-1].islower()
    )


def _settle_subjects(parts: list[Part]) -> list[Part]:
    """ "Mission", "Objet": the approach where no other part is one and it is a text, else a note."""
    has_approach = any(p.kind is PartKind.APPROACH and p.items for p in parts)
    out = []
    for part in parts:
        if part.kind is PartKind.SUBJECT:
            length = sum(len(i.text) for i in part.items)
            narrative = any(p.kind in NARRATIVE for p in parts)
            if not has_approach and (narrative or length > 160):
                part = replace(part, kind=PartKind.APPROACH)
        out.append(part)
    return out


def _cost_of_works(part: Part, stream: Stream) -> Part:
    """ "Travaux" over a text tells what was done; beside an amount or a date alone it speaks of the building."""
    if part.kind not in NARRATIVE or len(part.items) != 1 or part.label is None:
        return part
    text = part.items[0].text
    said = _nothing(text, stream) or value_kind(text, stream.rules)
    words = {fold(str(w)) for w in stream.rules.lexicon("fields")["works_cost_words"]}
    if said not in ("amount", "period") or not words & set(re.findall(r"\w+", fold(part.label.text))):
        return part
    return replace(part, kind=PartKind.WORKS_COST if said == "amount" else PartKind.OTHER)


def _told_by_value(parts: Sequence[Part], stream: Stream) -> list[Part]:
    """Under a label that nobody knows, a value that no other part gives tells what it is ("À joindre": an address)."""
    kinds = {p.kind for p in parts if p.items}
    out = []
    for part in parts:
        unknown = part.kind is PartKind.OTHER and part.unknown and len(part.items) == 1
        named = part.kind is PartKind.REFERENCE and len(part.items) == 1  # "Référence": a number, or a person
        said = value_kind(part.items[0].text, stream.rules) if unknown or named else None
        told = said and (unknown or said == "contact") and not kinds & OF_VALUE[said]
        out.append(replace(part, kind=PartKind.FACTS) if told else part)
    return out


def table_parts(heads: Token, row: Token) -> tuple[Part, ...]:
    """The cells of one row of a reference table, each under its column head; one column is the title."""
    assert is_reference_table(heads)
    kinds = [h.kind if h else PartKind.OTHER for h in heads.hits]
    kinds = _title_column(kinds, heads)
    parts = []
    for kind, hit, head, cell in zip(kinds, heads.hits, heads.block.cells, row.block.cells, strict=False):
        rule = hit.rule if hit else UNKNOWN_LABEL
        parts.append(Part(kind, (cell,) if cell else (), head, rule, hit is None))
    return tuple(parts)


def listed(part: Part, rules: Rules) -> Part:
    """A text in a cell that opens with a list mark: an item for each line that opens with one."""
    if part.kind not in NARRATIVE or len(part.items) != 1:
        return part
    cell, marks = part.items[0], list_marks(rules)
    starts = [0, *(m.end() for m in re.finditer("\n", cell.text))]
    cuts = [(at, length) for at in starts if (length := marker(cell.text[at:], marks))]
    if not cuts or cuts[0][0] > 0:
        return part
    ends = [at for at, _ in cuts[1:]] + [len(cell.text)]
    items = (cell.slice(at + length, end) for (at, length), end in zip(cuts, ends, strict=True))
    return replace(part, items=tuple(item for item in items if item))


def _title_column(kinds: list[PartKind], heads: Token) -> list[PartKind]:
    subjects = [i for i, k in enumerate(kinds) if k is PartKind.SUBJECT]
    if PartKind.TITLE not in kinds and subjects:
        kinds[subjects[0]] = PartKind.TITLE
        subjects = subjects[1:]
    elif PartKind.TITLE not in kinds and PartKind.APPROACH in kinds:
        kinds[kinds.index(PartKind.APPROACH)] = PartKind.TITLE
    for i in subjects:
        kinds[i] = PartKind.OTHER
    return kinds
