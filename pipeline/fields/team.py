"""People of the publishing firm, from a part headed "L'équipe" or from pairs of name and role."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.fuzz import ratio

from carnet.pipeline.fields.context import Context
from carnet.pipeline.fields.partners import is_teams
from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold
from carnet.pipeline.values.organisations import classify
from carnet.pipeline.values.people import parse_contacts
from carnet.pipeline.values.people.names import civility_length
from carnet.pipeline.values.people.pieces import tokens_of
from carnet.pipeline.values.people.words import words_of as people_words
from carnet.schemas.evidence import Candidate, Evidence
from carnet.schemas.layout import Passage
from carnet.schemas.outline import Outline

_WORD = r"[A-ZÀ-ÖØ-Þ][\w'’-]{1,45}"
_NAME = re.compile(rf"{_WORD}(?:\s{_WORD})?\s(?:(?:de|du|des|le|la|van|von|d['’])\s?){{0,2}}{_WORD}(?:\s{_WORD})?")
_LONGEST = 75
_SAME = 84  # likeness of two spellings of one name, of 100

PrintedPerson = tuple[Passage, Passage | None]


def find(outline: Outline, ctx: Context) -> list[Candidate]:
    """One candidate a person; of two spellings of a name the one that is printed more often."""
    beside = [person for block in outline.offices[:_MOST_BLOCKS] for person in _listed(block, ctx)]
    in_team = _told(outline.team, ctx)
    in_front = [person for block in outline.front[:_MOST_BLOCKS] for person in _listed(block, ctx)] if in_team else []
    people = (
        [*in_team, *in_front]
        or _beside_one_mission(outline, ctx)
        or _told(outline.front, ctx, strict=True)
        or beside
        or [person for block in outline.running for person in _listed(block, ctx)]
        or _in_prose(outline.front, ctx)
    )
    printed = " ".join(fold(p.text) for p in (*outline.team, *outline.front))
    kept: list[PrintedPerson] = []
    for person in people:
        twin = next((i for i, p in enumerate(kept) if _same_person(p[0].text, person[0].text)), None)
        if twin is None:
            kept.append(person)
        elif _surer(person[0].text, kept[twin][0].text, printed, ctx):
            kept[twin] = (person[0], kept[twin][1] or person[1])
    out = []
    for name, role in ((_without_civility(name, ctx), role) for name, role in kept):
        value = {"name": name.text, "role": role.text if role else None}
        out.append(
            Candidate(value=value, evidence=(Evidence.of(name, "team_name", "team.name"),), rank=1, rule="team.name")
        )
    return out


def _beside_one_mission(outline: Outline, ctx: Context) -> list[PrintedPerson]:
    """People under a label of teams that one mission of all has, as where the firm's people stand before or behind all
    missions."""
    having = [teams for m in outline.missions if (teams := [part for part in m.parts if is_teams(part, ctx)])]
    if len(having) != 1 or len(outline.missions) < _TWO:
        return []
    return [person for part in having[0] for item in part.items for person in _listed(item, ctx)]


def _without_civility(name: Passage, ctx: Context) -> Passage:
    """ "Maître Anne Roche" is Anne Roche."""
    tokens = tokens_of(name.text)
    civil = civility_length([fold(token) for token, _ in tokens], people_words(ctx.rules))
    return name.slice(tokens[civil][1], len(name.text)) if 0 < civil < len(tokens) else name


def _same_person(a: str, b: str) -> bool:
    """Two spellings of one name: nearly the same, or one surname with like given names ("Cécile", "Cérile")."""
    a, b = fold(a), fold(b)
    surnames = a.split()[-1] == b.split()[-1] and a[0] == b[0]
    return ratio(a, b) >= (_SAME - 12 if surnames else _SAME)


def _in_prose(blocks: Sequence[Passage], ctx: Context) -> list[PrintedPerson]:
    """People that a sentence of the presentation names with their role: "Anne Roche, gérante, et Luc Vial, biologiste".

    The names are those that the trained model sees; the role is what stands between commas behind one.
    """
    if ctx.nlp is None:
        return []
    out: list[PrintedPerson] = []
    for block in blocks[:25]:
        flow = block.flow(ctx.keep_hyphen)
        if not 40 < len(flow.text) < 700 or "@" in flow.text:
            continue
        for found in ctx.nlp.persons(flow.text):
            role = re.match(
                r"\s{0,40},\s{0,40}([a-zà-ÿ][^,.;:()]{2,60}?)(?=\s{0,40}[,.;)]|\s{1,40}et\s)", flow.text[found.end :]
            )
            if role and _is_name(found.value, ctx) and _known_role(role.group(1), ctx):
                start = found.end + role.start(1)
                out.append((flow.slice(found.start, found.end), flow.slice(start, start + len(role.group(1)))))
    return out


def _told(blocks: Sequence[Passage], ctx: Context, strict: bool = False) -> list[PrintedPerson]:
    """People one behind the other in a block, and pairs of name and role in the others."""
    listed = [_listed(block, ctx) if n < _MOST_BLOCKS else [] for n, block in enumerate(blocks)]
    if not strict:
        listed = [
            some if len(some) >= len(_pairs([block], ctx)) else [] for block, some in zip(blocks, listed, strict=True)
        ]
    others = [block for block, some in zip(blocks, listed, strict=True) if not some]
    return [*_pairs(others, ctx, strict), *(person for some in listed for person in some)]


def _listed(block: Passage, ctx: Context) -> list[PrintedPerson]:
    """People with their roles one behind the other: "Anne Roche, gérante · Luc Vial, biologiste", or as sentences; the
    role in brackets behind the name or before a colon ("Gérante : Anne Roche. Études : Luc Vial")."""
    by_line = [p for line in _lines(block, ctx) if (p := _of_line(line, ctx)) is not None]
    flow = block.flow(ctx.keep_hyphen)
    lines = block.lines()
    in_text = [_in_form(form, flow, ctx) for form in (_LISTED, _BRACKETED, _ROLE_FIRST)]
    in_text.append([person for line in lines for person in _in_form(_ROLE_FIRST, line, ctx)])
    most = max(in_text, key=len)
    if len(by_line) >= max(_TWO, len(most)) and (len(by_line) > _TWO or len(by_line) >= 0.5 * len(lines)):
        return by_line
    return most if len(most) >= _TWO else []


def _in_form(form: re.Pattern[str], flow: Passage, ctx: Context) -> list[PrintedPerson]:
    """Who a running text names in that form; nobody, where half of the roles are none that are known."""
    found = [m for m in form.finditer(flow.text[:_LONGEST_LIST]) if not _holds_name(m["role"])]
    named = [m for m in found if _is_name(m["name"], ctx)]
    known = [m for m in named if _announces(m["role"], ctx)]
    some = named if len(known) >= _TWO and len(known) > 0.5 * len(found) else known
    return [(flow.slice(*m.span("name")), flow.slice(*m.span("role"))) for m in some]


def _holds_name(role: str) -> bool:
    """A degree in capitals is none: "architecte DE HMONP"."""
    return any(not name.group().isupper() for name in _NAME.finditer(role))


def _of_line(line: Passage, ctx: Context) -> PrintedPerson | None:
    """Who a line of its own names: "Aya Takeda, paysagiste"."""
    found = _LISTED.match(line.text[:_LONGEST])
    if found is None or not _is_name(found["name"], ctx) or _holds_name(found["role"]):
        return None
    known = _known_role(found["role"], ctx)
    return (line.slice(*found.span("name")), line.slice(*found.span("role"))) if known else None


_LISTED = re.compile(
    rf"(?P<name>{_NAME.pattern})\s?[,:–—·]\s{{1,4}}(?P<role>[a-zà-ÿ][^.,;:·•|()@/\n]{{3,60}}?)(?=\s{{0,4}}[.,;·•|)/]|\s[–—]\s|\s\(|$)"
)
_BRACKETED = re.compile(rf"(?P<name>{_NAME.pattern})\s?\((?P<role>[a-zà-ÿ][^()@\n]{{3,60}})\)")
_ROLE_FIRST = re.compile(
    r"(?:^|(?<=[.;·|\n–—] ))(?P<role>[A-ZÀ-Þ][a-zà-ÿ'’ ]{3,40}?)\s?:\s"
    rf"(?P<name>{_NAME.pattern})(?=\s{{0,4}}(?:[.,;·•|(]|\s[–—]\s|$))"
)
_TWO = 2
"""People in a list at least."""
_MOST_BLOCKS, _LONGEST_LIST = 200, 2_000
"""Blocks that are looked into, and letters of each."""
_ADDRESS = re.compile(r"\s{0,4}[–—|(/·-]?\s{0,4}[\w.+-]{1,60}@[\w.-]{1,80}\)?\.?$")
"""An address behind a role: "directrice – o.caron@exemple.fr"."""


def _announces(role: str, ctx: Context) -> bool:
    """A role, or the part of a firm that somebody heads ("Direction")."""
    return fold(role) in _words(ctx.rules, "services") or _known_role(role[:1].lower() + role[1:], ctx)


def _known_role(text: str, ctx: Context) -> bool:
    read = parse_contacts(f"Anne Martin, {text}", ctx.rules, None, ctx.region)
    return bool(read and read[0].role)


def _surer(new: str, old: str, printed: str, ctx: Context) -> bool:
    """Of two spellings of one name: the one with a given name that is known, else the one printed more often."""
    given = ctx.rules.lexicon("people")["given_names"]
    known = frozenset(fold(w) for part in ([given] if isinstance(given, str) else given) for w in str(part).split())
    a, b = fold(new).split()[0] in known, fold(old).split()[0] in known
    return a and not b if a != b else printed.count(fold(new)) > printed.count(fold(old))


def _pairs(blocks: Sequence[Passage], ctx: Context, strict: bool = False) -> list[PrintedPerson]:
    """Name and role: on two lines, in two blocks, in two cells, or parted by a comma."""
    out: list[PrintedPerson] = _zipped(blocks, ctx)
    if len(out) >= 2:
        return out
    lines = [(line, n) for n, block in enumerate(blocks) for line in _lines(block, ctx)]
    out = []
    i = 0
    while i < len(lines):
        line, block = lines[i]
        if _is_name(line.text, ctx):
            after, home = lines[i + 1] if i + 1 < len(lines) else (None, -1)
            below = home == block and not strict and after is not None and not _is_name(after.text, ctx)
            role = after if after and (_is_role(after.text, ctx) or below) else None
            if role is not None or not strict:
                out.append((line, role))
            i += 2 if role is not None else 1
            continue
        line = _without_address(line)
        opening = line.opening
        if opening and _is_name(line.text[:opening], ctx) and _is_role(line.text[opening:], ctx):
            out.append((line.slice(0, opening), _without_sign(line.slice(opening, len(line.text)))))
            i += 1
            continue
        out += next(filter(None, (_parted(text, ctx) for text in (line, _first_line(line)))), [])
        i += 1
    if strict:
        looks = Counter(_look(p[0]) for p in out)
        out = [p for p in out if looks[_look(p[0])] >= 2]
        if len(out) < 3:
            return []
    with_role = [p for p in out if p[1] is not None]
    return with_role if len(with_role) >= 0.5 * len(out) else out


def _parted(line: Passage, ctx: Context) -> list[PrintedPerson]:
    """ "Anne Roche, gérante", "Anne Roche .... gérante"."""
    comma = re.match(rf"({_NAME.pattern})\s{{0,40}}(?:[,–—:-]|[._·…]{{4,400}})\s{{0,40}}(.+)$", line.text)
    if comma is None or not _is_name(comma.group(1), ctx) or not _is_role(comma.group(2), ctx):
        return []
    return [(line.slice(0, comma.end(1)), line.slice(comma.start(2), len(line.text)))]


def _first_line(flow: Passage) -> Passage:
    """What stands on the first printed line of a text that runs over several."""
    end = next((p.start for p in flow.pieces if not _level(flow, Passage(p.word.text, (p,)))), len(flow.text))
    return flow.slice(0, end)


def _without_sign(role: Passage) -> Passage:
    return role.slice(len(role.text) - len(role.text.lstrip(_SIGNS)), len(role.text))


_SIGNS = " ·•|,:–—-"


def _without_address(line: Passage) -> Passage:
    address = _ADDRESS.search(line.text[-_LONGEST_ADDRESS:])
    return line.slice(0, max(len(line.text) - _LONGEST_ADDRESS, 0) + address.start()) if address else line


_LONGEST_ADDRESS = 150  # letters


def _zipped(blocks: Sequence[Passage], ctx: Context) -> list[PrintedPerson]:
    """A block of names beside a block of as many roles, or a column of each."""
    out: list[PrintedPerson] = _side_by_side(blocks, ctx) or _in_grid(blocks, ctx)
    if len(out) >= _TWO:
        return out
    for names, roles in zip(blocks, blocks[1:], strict=False):
        left, right = names.lines(), roles.lines()
        if len(left) >= 2 and len(left) == len(right) and all(_is_name(n.text, ctx) for n in left):
            out += [(n, r) for n, r in zip(left, right, strict=True)]
    return out


def _side_by_side(blocks: Sequence[Passage], ctx: Context) -> list[PrintedPerson]:
    """Names of a block, each with what stands at its height in the block at its right, where nearly all have such."""
    lines = [(line, n) for n, block in enumerate(blocks[:_MOST_BLOCKS]) for line in block.lines()]
    names = [(line, n) for line, n in lines if _is_name(line.text, ctx)]
    roles = [(line, n) for line, n in lines if not _is_name(line.text, ctx)]
    out: list[PrintedPerson] = []
    for name, home in names:
        beside = [role for role, n in roles if n != home and _level(name, role) and _left(role) > _left(name)]
        if beside:
            out.append((name, min(beside, key=_left)))
    return out if len(out) >= _MOST * len(names) else []


def _in_grid(blocks: Sequence[Passage], ctx: Context) -> list[PrintedPerson]:
    """Names side by side, each with what stands right under it at its left edge, where nearly all have such."""
    lines = [line for block in blocks[:_MOST_BLOCKS] for line in block.lines()]
    names = [line for line in lines if _is_name(line.text, ctx)]
    if sum(any(_level(name, other) for other in names if other is not name) for name in names) < _TWO:
        return []
    out: list[PrintedPerson] = []
    for name in names:
        under = [line for line in lines if line not in names and _under(line, name)]
        if under:
            out.append((name, min(under, key=_top)))
    own = len({id(role) for _, role in out}) == len(out)
    return out if own and len(out) >= _MOST * len(names) else []


def _under(line: Passage, name: Passage) -> bool:
    first, second = (p.pieces[0].word if p.pieces else None for p in (name, line))
    if first is None or second is None or first.box is None or second.box is None or first.page != second.page:
        return False
    below = second.box.top - first.box.bottom
    flush = abs(second.box.x0 - first.box.x0) < 0.3 * first.box.height
    return flush and -0.3 * first.box.height < below < _NEXT * first.box.height


_NEXT = 0.8
"""Letter sizes between a name and the role under it, at most."""
_MOST = 0.75
"""Share of the names with a role beside them, or under them."""


def _top(line: Passage) -> float:
    box = line.pieces[0].word.box if line.pieces else None
    return box.top if box else 0.0


def _left(line: Passage) -> float:
    box = line.pieces[0].word.box if line.pieces else None
    return box.x0 if box else 0.0


def _level(a: Passage, b: Passage) -> bool:
    """Side by side on one page."""
    first, second = (p.pieces[0].word if p.pieces else None for p in (a, b))
    if first is None or second is None or first.box is None or second.box is None:
        return False
    return first.page == second.page and abs(first.box.top - second.box.top) < 0.5 * first.box.height


def _look(name: Passage) -> tuple[float, bool]:
    """Names of a team are set alike."""
    return round(name.style.size), name.style.bold


def _lines(block: Passage, ctx: Context) -> list[Passage]:
    """The lines of a block; a role that wraps is one line ("Consultant senior et⏎associé"), and so is a name that is
    the whole block ("Marguerite⏎Lallement")."""
    out: list[Passage] = []
    parts = block.lines()
    if len(parts) == _TWO and all(len(part.text.split()) == 1 for part in parts) and _is_name(block.flow().text, ctx):
        return [block.flow()]
    for line in block.lines():
        if out and line.text[:1].islower() and len(out[-1].text) < _LONGEST:
            out[-1] = Passage.join([out[-1], line]).flow()
        else:
            out.append(line)
    return out


def _is_name(text: str, ctx: Context) -> bool:
    text = text.strip()
    if not _NAME.fullmatch(text) or len(text) > 45:
        return False
    words = [w for w in re.split(r"[\s'’-]", fold(text)) if w]
    if words[0] in {"le", "la", "les", "l", "un", "une", "nos", "notre"} or set(words) & _words(
        ctx.rules, "not_names", "role_heads", "services"
    ):
        return False
    firm = re.sub(r"[^a-z0-9]", "", fold(ctx.firm or ""))
    return re.sub(r"[^a-z0-9]", "", fold(text)) != firm and not classify(text, ctx.rules).sure


@lru_cache(maxsize=8)
def _words(rules: Rules, *keys: str) -> frozenset[str]:
    """Words of the lexicon of people under these keys."""
    lexicon = rules.lexicon("people")
    entries = ((entry,) if isinstance(entry := lexicon.get(key, ()), str) else entry for key in keys)
    return frozenset(word for entry in entries for part in entry for word in fold(str(part)).split())


def _is_role(text: str, ctx: Context) -> bool:
    text = text.strip()
    if not 3 <= len(text) <= 110 or text.endswith(".") or any(c.isdigit() for c in text) or "@" in text:
        return False
    if _is_name(text, ctx):
        return False
    read = parse_contacts(f"Anne Martin, {text}", ctx.rules, None, ctx.region)
    return bool(read and read[0].role) or len(text.split()) <= 7
