"""Lines of a list of firms that no sign parts: where one name ends and the next begins."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from carnet.pipeline.fields.context import Context, PartnerHabits
from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold, letters_of
from carnet.pipeline.rules.places import load_places, place_key
from carnet.pipeline.values.organisations.lexicon import lexicon_of
from carnet.schemas.layout import Passage
from carnet.schemas.outline import MissionSection, Part, PartKind

BRACKETS = re.compile(r"\([^()]{0,120}\)|\[[^\[\]]{0,120}\]")
PARTING = re.compile(r"\s{0,4}(?:(?:[,;/\n•]|\s[+·|]\s)(?:\s{0,4}et\s)?|\s[–—-]\s|\s(?:et|avec|ainsi que)\s)\s{0,4}")
_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-Þ0-9]")
_TRADE = re.compile(r",\s[a-zà-ÿ][^,]{3,60}$")


@dataclass(frozen=True)
class PartnerColumn:
    """Where a list of partners ends to the right, in points, and the names that the brochure tells elsewhere."""

    right: float
    names: frozenset[str]


@dataclass(frozen=True)
class _Words:
    legal_end: re.Pattern[str]
    trades: frozenset[str]  # what ends a name: "architectes", "conseil"
    firm_words: frozenset[str]
    on_with: frozenset[str]  # "fils", behind "et"


def habits_of(sections: Sequence[MissionSection]) -> PartnerHabits:
    """Where lines of partners begin and how far to the right they reach, and the names that a list tells alone: those
    between signs on one line, and lines of two different lists."""
    ends: dict[int, float] = {}
    alone: set[str] = set()
    lists: dict[str, set[str]] = defaultdict(set)
    for item in (i for s in sections for p in s.parts if p.kind is PartKind.PARTNERS for i in p.items):
        lines = item.lines()
        for line in lines:
            first, last = line.pieces[0].word.box, line.pieces[-1].word.box
            if first and last:
                ends[round(first.x0)] = max(ends.get(round(first.x0), 0.0), last.x1)
            lists[letters_of(line.text)].add(letters_of(item.text))
        if len(lines) == 1:
            alone |= {letters_of(name) for name in PARTING.split(BRACKETS.sub(" ", item.text))}
    alone |= {line for line, within in lists.items() if len(within) > 1}
    return PartnerHabits(tuple((float(left), end) for left, end in sorted(ends.items())), frozenset(alone - {""}))


def column_of(section: MissionSection, part: Part, ctx: Context) -> PartnerColumn:
    """How far to the right the lines of its size reach that begin where those of the part do, and the partners of other
    missions that begin there."""
    own = [line.pieces[0].word for item in part.items for line in item.lines()]
    lefts = [word.box.x0 for word in own if word.box]
    size = own[0].style.size if own else 0.0
    lines = [line for p in section.parts for item in (*p.items, p.label) if item for line in item.lines()]
    ends = (
        line.pieces[-1].word.box.x1
        for line in lines
        if lefts and line.pieces[0].word.box and line.pieces[-1].word.box
        and abs(line.pieces[0].word.box.x0 - lefts[0]) < 3 and abs(line.pieces[0].word.style.size - size) < 0.15 * size
    )  # fmt: skip
    elsewhere = (end for left, end in ctx.partners.reach if lefts and abs(left - lefts[0]) < 3)
    return PartnerColumn(max((*ends, *elsewhere), default=0.0), ctx.partners.names)


def at_names(item: Passage, column: PartnerColumn, ctx: Context) -> list[Passage]:
    """A line that ends with a legal form or a trade in brackets ends a name: "Lefèvre SPRL⏎Geolys (sols)⏎Struc" is
    three. Where no sign parts names, so does one with room for the next word, one that ends with a trade
    ("Hydrelle Conseil⏎Fournel"), and a name that the brochure tells alone elsewhere stands alone here."""
    words = _words(ctx.rules)
    lines = _begun(item.lines())
    stacked = not PARTING.search(BRACKETS.sub(" ", item.flow().text))
    if not stacked and _is_column(lines, column.right, ctx):
        return _without_trades(lines, ctx)
    out: list[list[Passage]] = [[]]
    for line, below in zip(lines, [*lines[1:], None], strict=True):
        out[-1].append(line)
        ended = words.legal_end.search(fold(line.text)) or line.text.rstrip().endswith(")")
        if ended or stacked and below is not None and _begins(out[-1], below, column, words):
            out.append([])
    return [Passage.join(lines) for lines in out if lines]


def is_town(text: str, ctx: Context) -> bool:
    """A commune of France, or a town of a country near, by its name alone."""
    text = text.strip()
    if not _CAPITAL.match(text) or any(c.isdigit() for c in text):
        return False
    return bool(load_places().find(text, "c")) or place_key(text) in lexicon_of(ctx.rules).cities


def is_its_town(text: str, firm: str, ctx: Context) -> bool:
    """Is it where the firm before it is at home, and no firm as "Orange" may be one: behind a legal form or a trade
    ("Thermovia Sàrl", "Ponson architectes"), or a town of a country near."""
    words = _words(ctx.rules)
    name = fold(firm).rstrip()
    ended = bool(words.legal_end.search(name)) or name.rpartition(" ")[2] in words.trades
    return is_town(text, ctx) and (ended or place_key(text) in lexicon_of(ctx.rules).cities)


def on_with(text: str, ctx: Context) -> bool:
    """Does a name go on with it behind "et": "et Fils SA"?"""
    first = re.match(r"\s*(\w+)", fold(text))
    return first is not None and first[1] in _words(ctx.rules).on_with


def _begins(above: Sequence[Passage], below: Passage, column: PartnerColumn, words: _Words) -> bool:
    """Does a name begin with the line below those of another?"""
    if not _could_begin(above[-1], below):
        return False
    known = letters_of(below.text) in column.names or letters_of("".join(line.text for line in above)) in column.names
    own = set(fold(below.text).split()) - words.firm_words
    if known and own:
        return True
    name = fold(" ".join(line.text for line in above)).split()
    trade = len(name) > 1 and name[-1] in words.trades and not words.firm_words.issuperset(name)
    return trade and bool(own) or _room_left(above[-1], below, column.right)


def _is_column(lines: Sequence[Passage], right: float, ctx: Context) -> bool:
    """One firm a line, perhaps with its trade or town behind a comma: "Hydrelle, hydraulique⏎BET Fournel, VRD". All
    lines begin with a capital, none goes on below, and one of them ends so or has room for what stands below it."""
    begun = all(_could_begin(line, line) for line in lines)
    pairs = itertools.pairwise(lines)
    ended = any(_TRADE.search(line.text) or _room_left(line, below, right) for line, below in pairs)
    return begun and len(lines) > 1 and (ended or bool(_with_towns(lines, ctx)))


def _with_towns(lines: Sequence[Passage], ctx: Context) -> list[Passage]:
    """Lines that end with the town of a firm behind their comma: several, or one that is surely its town."""
    parted = [(line, *line.text.partition(", ")[::2]) for line in lines]
    some = [(line, name, town) for line, name, town in parted if "," not in town and is_town(town, ctx)]
    return [line for line, name, town in some if len(some) > 1 or is_its_town(town, name, ctx)]


def _without_trades(lines: Sequence[Passage], ctx: Context) -> list[Passage]:
    """Lines without what stands behind their comma, where most of it begins with a small letter or is a town."""
    commas = [line.text.find(", ") for line in lines]
    with_towns = _with_towns(lines, ctx)
    parted = [(line, at) for line, at in zip(lines, commas, strict=True) if at > 0]
    if 2 * sum(line.text[at + 2 :][:1].islower() or line in with_towns for line, at in parted) < max(1, len(parted)):
        return list(lines)
    return [line.slice(0, at) if at > 0 else line for line, at in zip(lines, commas, strict=True)]


def _begun(lines: Sequence[Passage]) -> list[Passage]:
    """Lines with what goes on with them below, in small letters."""
    groups: list[list[Passage]] = []
    for line in lines:
        if groups and line.text[:1].islower():
            groups[-1].append(line)
        else:
            groups.append([line])
    return [Passage.join(group) for group in groups]


def _could_begin(line: Passage, below: Passage) -> bool:
    """May a name end with the line and another begin below it?"""
    return bool(_CAPITAL.match(below.text)) and line.text.rstrip()[-1:] not in "-&,;:/'’"


def _room_left(line: Passage, below: Passage, right: float) -> bool:
    """Would the first word of the line below have stood on this one? Then its writer began a new line."""
    last, first = line.pieces[-1].word, below.pieces[0].word
    if not (last.box and first.box) or not _could_begin(line, below):
        return False
    return last.box.x1 + 0.5 * last.style.size + first.box.width < right


@lru_cache(maxsize=4)
def _words(rules: Rules) -> _Words:
    data = rules.lexicon("partners")

    def folded(words: Sequence[object]) -> frozenset[str]:
        return frozenset(fold(str(word)) for word in words)

    forms = "|".join(re.escape(fold(str(w)).strip()) for w in sorted(data["legal_forms"], key=lambda w: -len(str(w))))
    return _Words(
        legal_end=re.compile(rf"\s(?:{forms})$"),
        trades=folded(data["name_ends"]),
        firm_words=folded(rules.lexicon("firm_words")["firm_words"]) | folded(data["legal_forms"]),
        on_with=folded(data["goes_on"]),
    )
