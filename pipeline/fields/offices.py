"""Where the publisher has its addresses: lines with a post code and a town, or towns at the start of a line of a list
of offices."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from carnet.pipeline.fields.context import Context
from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold
from carnet.pipeline.rules.places import load_places, place_key
from carnet.pipeline.values.organisations import classify
from carnet.pipeline.values.organisations.country import country_of_town
from carnet.pipeline.values.organisations.lexicon import lexicon_of
from carnet.pipeline.values.patterns import any_of
from carnet.schemas.evidence import Candidate, Evidence
from carnet.schemas.layout import Passage
from carnet.schemas.outline import Outline, PartKind

_HEAD = r"[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ÿ'’]+"
_CODES = {
    "LU": r"\bL-?\s?\d{4}", "BE": r"\bB-?\s?\d{4}", "CH": r"\bCH-?\s?\d{4}", "FR": r"(?<![\d+])(?:F-)?\d{5}",
    None: r"(?<![\d+-])\d{4}",
}  # fmt: skip
"""Post codes by country, None where more than one has such."""
_APART = re.compile(r"\s{1,9}[|•·/–—]\s{1,9}(?=[A-ZÀ-ÖØ-Þ])")


@dataclass(frozen=True)
class OfficeWords:
    """`coded`: a post code and its town, by country. `town_line`: a town that opens a line, alone or before its street.
    `told`: what stands in a sentence before the first town. `unfinished`: the end of a line that goes on below. `seat`:
    a note behind a town that makes it an office. `next_town`: what stands between two towns."""

    coded: tuple[tuple[str | None, re.Pattern[str]], ...]
    town_line: re.Pattern[str]
    unfinished: re.Pattern[str]
    told: re.Pattern[str]
    links: frozenset[str]
    stops: frozenset[str]
    no_towns: frozenset[str]
    next_town: re.Pattern[str]
    seat: re.Pattern[str]


@lru_cache(maxsize=4)
def words_of(rules: Rules) -> OfficeWords:
    """The lexicon of offices, in patterns."""
    lexicon = rules.lexicon("offices")
    elided = (word.removesuffix("'") + r"['’][A-ZÀ-Ö][a-zà-ÿ]+" for word in lexicon["elided"])
    link = "|".join([*map(re.escape, lexicon["links"]), *elided])
    town = rf"(?P<city>{_HEAD}(?:[ -](?:{_HEAD}|(?:{link})(?![a-zà-ÿ]))){{0,5}})"
    streets = "|".join(re.escape(str(word)) for word in rules.lexicon("periods")["street"])
    behind = rf"\s{{0,9}}(?:\((?P<note>[^()]{{2,30}})\)\s{{0,9}})?(?:[,–—:|·-]\s{{0,9}}(?:\d|(?:{streets})\s)|$)"
    openers = "|".join(re.escape(word) for word in sorted(map(str, lexicon["openers"]), key=len, reverse=True))
    before = "|".join(re.escape(word) for word in lexicon["before_towns"])
    ends = "|".join([link, *map(re.escape, lexicon["unfinished"])])
    starts = "|".join(re.escape(word) for word in lexicon["starting_points"])
    joins, since, at = ("|".join(map(re.escape, lexicon[key])) for key in ("joins", "since", "before_next"))
    return OfficeWords(
        coded=tuple((country, re.compile(rf"{code}\s+{town}")) for country, code in _CODES.items()),
        town_line=re.compile(town + behind),
        unfinished=re.compile(rf"(?:-|\b\d{{4,5}}|\s(?:{ends}))\s*$", re.IGNORECASE),
        told=re.compile(
            rf"\b(?i:{starts})\s(?=[A-ZÀ-Þ])|\b(?i:{openers})\b(?:\sde\s|[^.;!?A-ZÀ-Þ]{{0,30}}?(?:\s(?:{before})\s|\s?:\s)|\s(?=[^\s.;!?]{{2,30}}\s\())(?=[A-ZÀ-Þ])"
        ),
        links=frozenset(lexicon["links"]),
        stops=frozenset(fold(word) for word in lexicon["stops"]),
        no_towns=frozenset(fold(word) for word in lexicon["no_towns"]),
        next_town=re.compile(
            rf"(?:\s?\([^()]{{2,30}}\))?(?:,\s(?:(?:{joins})\s)?|\s(?:{joins})\s|\s(?:{joins}),\s(?:{since})\s\d{{4}},\s|\s?[/·–—]\s)"
            rf"(?:(?:{at})\s)?(?=[A-ZÀ-Þ])"
        ),
        seat=re.compile(rf"\((?:{'|'.join(map(re.escape, lexicon['seat']))})\b", re.IGNORECASE),
    )


def find(outline: Outline, ctx: Context) -> list[Candidate]:
    """One candidate a town, in order of print."""
    out: list[Candidate] = []
    seen: set[str] = set()
    for n, block in enumerate((*outline.offices, *outline.front, *outline.team, *outline.running)):
        elsewhere = n >= len(outline.offices) and not _street(block.text, ctx)
        for piece in _pieces(block, words_of(ctx.rules)):
            out += _coded(piece.flow(ctx.keep_hyphen), block, seen, ctx, elsewhere)
    out = _without_senders(out, outline)
    in_lists = [line for block in outline.offices for line in block.lines()]
    in_text = [line for block in (*outline.front, *outline.team) for line in block.lines() if _street(line.text, ctx)]
    for address in (piece for line in (*in_lists, *in_text) for piece in _apart(line)):
        opening = words_of(ctx.rules).town_line.match(address.text)
        city = opening["city"].rstrip() if opening else ""
        country = _at(city, opening["note"] or "", ctx) if opening else None
        if country and fold(city) not in seen:
            seen.add(fold(city))
            out.append(_office(address.slice(0, len(city)), country, "offices.town_line"))
        elif opening and opening["note"] and country:
            out = [_in_country(office, city, country) for office in out]
        elif not country and len(towns := _all_towns(address, ctx)) > 1:
            out += _fresh(towns, address, seen, "offices.town_line")
    for block in (*outline.front, *outline.team, *outline.running):
        out += _seats(block, seen, ctx)
    for block in (*outline.offices, *outline.front, *outline.team):
        out += _in_sentences(block.flow(ctx.keep_hyphen), seen, ctx)
    return out


def _without_senders(offices: Sequence[Candidate], outline: Outline) -> list[Candidate]:
    """The offices without the towns of those who write: where each of many missions prints an address of its own, on
    its page alone (letters), and others stand elsewhere or come again, these are the publisher's."""
    told = {
        page
        for m in outline.missions
        if m.page_first
        for page in range(m.page_first, (m.page_last or m.page_first) + 1)
    }
    pages: dict[str, list[int | None]] = {fold(office.value["city"]): [] for office in offices}
    for block in outline.offices:
        for city, at in pages.items():
            if city in fold(block.text):
                at.append(block.page)
    senders = {city for city, at in pages.items() if len(at) == 1 and at[0] in told}
    own = [office for office in offices if fold(office.value["city"]) not in senders]
    several = len(senders) >= _SENDERS and len({pages[city][0] for city in senders}) == len(senders)
    return own if own and several else list(offices)


_SENDERS = 3
"""Addresses, each on the page of one mission, that make letters."""


def _all_towns(line: Passage, ctx: Context) -> list[tuple[int, str, str]]:
    """The towns of a line that holds nothing else."""
    towns, end = _chain(line, 0, ctx)
    return towns if _AFTER_TOWN.fullmatch(line.text, end) else []


_AFTER_TOWN = re.compile(r"\s?(?:\([^()]{2,30}\))?\s?\.?\s{0,9}")


def _seats(block: Passage, seen: set[str], ctx: Context) -> list[Candidate]:
    """Towns, several on a line or one on each, one of which is said to be the seat: "Lyon (siège)⏎Nancy"."""
    lines = [(line, towns) for line in block.lines() if (towns := _all_towns(line, ctx))]
    if sum(len(towns) for _, towns in lines) < 2 or not words_of(ctx.rules).seat.search(block.text):
        return []
    return [office for line, towns in lines for office in _fresh(towns, line, seen, "offices.town_line")]


def home(outline: Outline, ctx: Context) -> str:
    """The country of the publisher: that of its offices; of several countries the one that far most clients are surely
    of, else that of the first office that is named, where its town is surely of one country; else what `ctx` says."""
    said = fold("\n".join(p.text for p in (*outline.offices, *outline.front, *outline.team, *outline.running)))

    def named(office: Candidate) -> float:
        found = re.search(rf"\b{re.escape(fold(office.value['city']))}\b", said)
        return found.start() if found else math.inf

    towns = [office.value["city"] for office in sorted(find(outline, ctx), key=named)]
    countries = [country_of_town(town, ctx.rules) for town in towns]
    sure = {country for country, is_sure in countries if is_sure}
    clients = (
        Counter(country for country in _of_clients(outline, ctx) if country in sure) if len(sure) > 1 else Counter()
    )
    (most, count), (_, next_count) = (*clients.most_common(2), ("", 0), ("", 0))[:2]
    if count >= _CLIENTS and count >= _FAR_MORE * next_count:
        return most
    first, is_sure = countries[0] if countries else ("", False)
    return first if is_sure else ctx.region


_CLIENTS, _FAR_MORE = 3, 2
"""Clients of a country, and how many times as many as of another, from which on the publisher is at home there."""


def _of_clients(outline: Outline, ctx: Context) -> Iterator[str]:
    """The countries of the clients of which that is sure."""
    for part in (part for m in outline.missions for part in m.parts if part.kind is PartKind.CLIENT and part.items):
        body = classify(part.items[0].flow(ctx.keep_hyphen).text, ctx.rules)
        if body.country and body.country_sure:
            yield body.country


def _in_sentences(flow: Passage, seen: set[str], ctx: Context) -> list[Candidate]:
    """Towns that a sentence names one behind the other: "Deux implantations : Lyon (siège) et Genève"."""
    out = []
    for opener in words_of(ctx.rules).told.finditer(flow.text[:_LONGEST]):
        towns, _ = _chain(flow, opener.end(), ctx)
        out += _fresh(towns, flow, seen, "offices.told")
    return out


def _fresh(towns: Sequence[tuple[int, str, str]], flow: Passage, seen: set[str], rule: str) -> list[Candidate]:
    """Offices in the towns that were not met before."""
    fresh = [(at, city, country) for at, city, country in towns if fold(city) not in seen]
    seen |= {fold(city) for _, city, _ in fresh}
    return [_office(flow.slice(at, at + len(city)), country, rule) for at, city, country in fresh]


def _chain(flow: Passage, at: int, ctx: Context) -> tuple[list[tuple[int, str, str]], int]:
    """Known towns one behind the other, with where each begins and its country; and where the last ends."""
    out: list[tuple[int, str, str]] = []
    end = at
    while at >= 0:
        city, country = _town(flow.text[at : at + _LONGEST_TOWN], ctx)
        if country is None:
            break
        out.append((at, city, country))
        end = at + len(city)
        more = words_of(ctx.rules).next_town.match(flow.text, end)
        at = more.end() if more else -1
    return out, end


def _town(text: str, ctx: Context) -> tuple[str, str | None]:
    """The known town that a text begins with, of two words sooner than of one, and its country."""
    found = _TOWN.match(text)
    names = [found.group(), found.group(1)] if found else []
    return next(((name, country) for name in names if (country := _at(name, "", ctx))), ("", None))


_TOWN = re.compile(rf"({_HEAD}(?:-[A-Za-zÀ-ÿ'’]+){{0,5}})(?: {_HEAD}(?:-[A-Za-zÀ-ÿ'’]+){{0,5}})?")
_LONGEST = 3_000
"""Letters of a block that are looked into."""
_LONGEST_TOWN = 60


def _in_country(office: Candidate, city: str, country: str) -> Candidate:
    """The office with the country that a line of its own gives its town: "Liège (Belgique)" over "4000 Liège"."""
    same = office.value["country"] is None and fold(office.value["city"]) == fold(city)
    return office.model_copy(update={"value": office.value | {"country": country}}) if same else office


def _apart(line: Passage) -> list[Passage]:
    """Addresses side by side: "Rouen, 19 rue du Puits · Caen, 6 rue Froide"."""
    cuts = list(_APART.finditer(line.text))
    starts, ends = [0, *(c.end() for c in cuts)], [*(c.start() for c in cuts), len(line.text)]
    return [line.slice(a, b) for a, b in zip(starts, ends, strict=True)]


def _at(city: str, note: str, ctx: Context) -> str | None:
    """The country of a town that is known, or that has a country in brackets behind it; None for any other word."""
    if fold(city) in words_of(ctx.rules).no_towns:
        return None
    noted = _country(note, ctx, None) if note else None
    if noted or load_places().find(city, "c"):
        return noted or "FR"
    return lexicon_of(ctx.rules).cities.get(place_key(city))


def _street(text: str, ctx: Context) -> bool:
    """Does it hold a street with a number: "19 rue du Puits", "Rue des Moulins 9"?"""
    return _streets(ctx.rules).search(fold(text)) is not None


@lru_cache(maxsize=4)
def _streets(rules: Rules) -> re.Pattern[str]:
    words = any_of(rules.lexicon("periods")["street"])
    return re.compile(rf"\d\D{{0,9}}\b(?:{words})\b|\b(?:{words})\b\D{{1,60}}\d")


def _pieces(block: Passage, words: OfficeWords) -> list[Passage]:
    """The lines of a block; those together over which a post code and its town may run ("01800 Charnoz sur⏎Ain")."""
    groups: list[list[Passage]] = []
    for line in block.lines():
        if groups and words.unfinished.search(groups[-1][-1].text):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [Passage.join(group) for group in groups]


def _coded(passage: Passage, block: Passage, seen: set[str], ctx: Context, strict: bool = False) -> list[Candidate]:
    """Towns behind their post codes; only those that are known, where `strict` ("ISO 27001⏎Réponse à incident")."""
    out = []
    words = words_of(ctx.rules)
    for country, pattern in words.coded:
        for match in pattern.finditer(passage.text):
            city = _known(_trim(match["city"], words), country)
            dated = _year(match.group(), country) and not _street(passage.text[: match.start()], ctx)
            if not city or fold(city) in seen or dated or (strict and not _at(city, "", ctx)):
                continue
            seen.add(fold(city))
            place = passage.slice(match.start("city"), match.start("city") + len(city))
            known = None if country else lexicon_of(ctx.rules).cities.get(place_key(city))
            out.append(_office(place, country or known or _country(block.text, ctx), "offices.post_code"))
    return out


def _office(place: Passage, country: str | None, rule: str) -> Candidate:
    evidence = Evidence.of(place, "office", rule)
    return Candidate(value={"city": place.text, "country": country}, evidence=(evidence,), rank=1, rule=rule)


def _known(city: str, country: str | None) -> str:
    """The French town at the start of what may be two, one on each line ("Nantes⏎Niort"); others as they are."""
    if country != "FR" or load_places().find(city, "ca"):
        return city
    words = city.split(" ")
    starts = (" ".join(words[:n]) for n in range(len(words) - 1, 0, -1))
    return next((start for start in starts if load_places().find(start, "c")), city)


def _trim(city: str, known: OfficeWords) -> str:
    """The town without what follows on the line: a country in brackets, "Tél."."""
    words = city.split(" ")
    for i, word in enumerate(words):
        if fold(word).strip(".") in known.stops and i:
            words = words[:i]
            break
    while words and words[-1] in known.links:
        words = words[:-1]
    return " ".join(words)


def _year(text: str, country: str | None) -> bool:
    """ "2017 Ville de Morcy" in a list is no address."""
    number = int(re.sub(r"\D", "", text.split()[0]) or 0)
    return country is None and 1980 <= number <= 2035


def _country(text: str, ctx: Context, otherwise: str | None = "") -> str | None:
    """The country that the text names or that its phone number tells; else `otherwise`, or the publisher's abroad."""
    folded = fold(text)
    for code, names in ctx.rules.lexicon("clients")["country_notes"].items():
        if any(re.search(rf"\b{re.escape(fold(str(n)))}\b", folded) for n in names):
            return str(code)
    phone = re.search(r"(?:\+|00)(32|41|352)", text.replace(" ", ""))
    codes = {"32": "BE", "41": "CH", "352": "LU"}
    if phone:
        return codes[phone.group(1)]
    return otherwise if otherwise != "" else (ctx.region if ctx.region != "FR" else None)
