"""Who publishes the brochure: from web addresses, mail boxes, running lines, the cover and the file's own data."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold, letters_of
from carnet.pipeline.values.country_signs import of_address, of_calling_code, of_currency, of_numbers_in
from carnet.pipeline.values.emails import find_emails
from carnet.pipeline.values.money import find_amounts
from carnet.pipeline.values.organisations import classify
from carnet.pipeline.values.organisations.domains import domain_body
from carnet.pipeline.values.patterns import any_of
from carnet.pipeline.values.surnames import is_somebody, may_be_somebody
from carnet.schemas.outline import MissionSection, Outline, PartKind

_URL = re.compile(r"(?:www\.|https?://(?:www\.)?)([a-z0-9-]{3,60})\.[a-z]{2,10}", re.IGNORECASE)
_BARE_URL = re.compile(r"([a-z0-9-]{4,60})\.[a-z]{2,10}")
_PARTS = re.compile(r"\s{1,40}[–—|·-]\s{1,40}|\s{0,40}[:|]\s{1,40}|,\s{1,40}|\n")
_HYPHENS = str.maketrans("‐‑", "--")
_SHORTEST, _LONGEST, _MOST_WORDS = 3, 45, 7
_PUBLIC = ("commune", "epci", "departement", "region", "etat", "groupement", "consulaire", "enseignement")


@dataclass(frozen=True)
class Publisher:
    """`name`: as printed, else as the file states it. `doubt`: why it may be another, or why none is named."""

    name: str | None
    doubt: str | None = None


@dataclass
class _Candidate:
    """A name, the places that print it, and its best spelling. `weight`: how much these places say together."""

    name: str
    places: set[str] = field(default_factory=set)
    weight: float = 0.0


@dataclass(frozen=True)
class _Words:
    not_firms: tuple[str, ...]
    firm_words: frozenset[str]
    works: frozenset[str]
    rights: re.Pattern[str]


def publisher(metadata: Mapping[str, str], outline: Outline, rules: Rules) -> Publisher:
    """The firm that most speaks for. Names of persons, of clients and of parts of the brochure are none; a name that
    only titles and running lines print is in doubt, and one that nothing else tells is not given.

    >>> publisher({"Author": "Claire Morin"}, Outline(), load_rules())
    Publisher(name=None, doubt='nothing tells who publishes the brochure')
    """
    sites = _sites(outline, rules)
    found = _candidates(metadata, outline, rules, sites)
    ranked = sorted(found.values(), key=lambda c: (-_score(c, sites, rules), -len(c.name), c.name))
    best = next((c for c in ranked if _says_who(c, sites, rules)), None)
    if best is None:
        return Publisher(None, "nothing tells who publishes the brochure")
    rival = next((c for c in ranked if c is not best and _rivals(c, best, sites, rules)), None)
    if rival is not None:
        return Publisher(best.name, f"the publisher may be {best.name!r} or {rival.name!r}")
    if not _is_sure(best, sites, rules):
        return Publisher(best.name, f"only {' and '.join(sorted(best.places))} of the file says {best.name!r}")
    return Publisher(best.name)


# ---- names and the places that print them ---------------------------------------------------------------------------


def _candidates(
    metadata: Mapping[str, str], outline: Outline, rules: Rules, sites: Sequence[str]
) -> dict[str, _Candidate]:
    ordered = {
        letters_of(i.text) for m in outline.missions for p in m.parts if p.kind is PartKind.CLIENT for i in p.items
    }
    lines = {line for _, line, _ in _lines(metadata, outline, rules)}
    found: dict[str, _Candidate] = {}
    for place, name, weight in _names(metadata, outline, rules, sites):
        name = name.strip(" .:–-·©")
        key = letters_of(name)
        if key in ordered or not _may_be_firm(name, rules, sites):
            continue
        candidate = found.setdefault(key, _Candidate(name))
        candidate.places.add(place)
        candidate.weight += weight
        if _better(name, candidate.name):
            candidate.name = name
    for key, candidate in found.items():
        candidate.weight += 0.5 * sum(key in letters_of(line) for line in lines)
    return found


def _names(
    metadata: Mapping[str, str], outline: Outline, rules: Rules, sites: Sequence[str]
) -> Iterator[tuple[str, str, float]]:
    """Place, name, weight: "Bureau Orbe – structures – 2022" names two."""
    for place, line, weight in _lines(metadata, outline, rules):
        first, *more = _PARTS.split(line)[:2]
        yield place, first, weight
        for second in more:
            yield place, second, weight if second[:1].isupper() else 0.3 * weight
    offices = (line for passage in outline.offices for line in passage.text.split("\n"))
    printed = [*_cover(outline), *(p.text for p in outline.running), *offices]
    for prefix in _common_openings(printed, sites):
        yield "cover", prefix, 3.0


def _lines(metadata: Mapping[str, str], outline: Outline, rules: Rules) -> Iterator[tuple[str, str, float]]:
    yield "author", metadata.get("Author", ""), 3.0
    yield "title", metadata.get("Title", ""), 1.0
    for passage in outline.running:
        yield "running line", passage.text, 1.0
    for at, line in enumerate(_cover(outline)):
        yield "cover", line, 0.8 if at else 1.6
    for passage in (*outline.running, *outline.front[-6:], *outline.offices):
        for line in passage.text.split("\n"):
            rights = _words(rules).rights.search(fold(line))
            if rights:
                yield "rights", line[rights.end() :], 2.0
    for passage in outline.offices[:2]:
        yield "offices", passage.text.split("\n")[0], 1.0


def _may_be_firm(name: str, rules: Rules, sites: Sequence[str]) -> bool:
    """No word of the brochure's own ("Sommaire", a label, what was done), no public body, no person."""
    key = letters_of(name)
    if not _SHORTEST <= len(key) <= _LONGEST or sum(c.isdigit() for c in name) > 3 or "@" in name:
        return False
    if key in sites:
        return True
    words, folded = fold(name).split(), fold(name)
    known = _words(rules)
    if not words or len(words) > _MOST_WORDS or not any(c.isupper() for c in name):
        return False
    if any(folded.startswith(start) if len(start) > 4 else words[0] == start for start in known.not_firms):
        return False
    label = rules.labels.match(name)
    if (label is not None and label.exact) or words[0].strip("'") in known.works - known.firm_words:
        return False
    if is_somebody(name.partition("(")[0].strip(), rules) and not _has_firm_word(name, rules):
        return False
    kind = classify(name, rules)
    return not (kind.client_type in _PUBLIC and kind.type_sure)


# ---- what speaks for a name ------------------------------------------------------------------------------------------


def _score(candidate: _Candidate, sites: Sequence[str], rules: Rules) -> float:
    return candidate.weight + _spelt(candidate.name, sites) + _has_firm_word(candidate.name, rules)


def _spelt(name: str, sites: Sequence[str]) -> float:
    """How well a web address or a mail box of the publisher spells the name."""
    key = letters_of(name)
    if key in sites:
        return 3.5
    if any((site in key or key in site) and min(len(site), len(key)) >= 4 for site in sites):
        return 2.5
    words = [letters_of(word) for word in name.split()]
    return 1.5 if any(len(word) > 4 and word in site for word in words for site in sites) else 0.0


def _says_who(candidate: _Candidate, sites: Sequence[str], rules: Rules) -> bool:
    """Does anything say that this is a firm? Titles and running lines say what a brochure is about, and the author of a
    file may be who wrote it."""
    signed = _spelt(candidate.name, sites) or _has_firm_word(candidate.name, rules) or "rights" in candidate.places
    seen = candidate.places & {"cover", "running line", "offices"}
    return bool(
        signed
        and (candidate.weight >= 1.5 or len(candidate.places) > 1)
        or "author" in candidate.places
        and not (candidate.places == {"author"} and may_be_somebody(candidate.name, rules))
        or len(candidate.places) > 1
        and seen
        and len(candidate.name.split()) <= 3
    )


def _is_sure(candidate: _Candidate, sites: Sequence[str], rules: Rules) -> bool:
    if _spelt(candidate.name, sites) >= 2.5:
        return True
    signed = _spelt(candidate.name, sites) or _has_firm_word(candidate.name, rules) or "rights" in candidate.places
    return bool(signed and (len(candidate.places) > 1 or candidate.weight >= 2)) or (
        "author" in candidate.places and len(candidate.places) > 1
    )


def _rivals(one: _Candidate, best: _Candidate, sites: Sequence[str], rules: Rules) -> bool:
    """Another name that as much speaks for, and that is not a longer or shorter form of the best."""
    a, b = letters_of(one.name), letters_of(best.name)
    near = _score(one, sites, rules) > 0.85 * _score(best, sites, rules)
    return near and _says_who(one, sites, rules) and a not in b and b not in a


def _has_firm_word(name: str, rules: Rules) -> bool:
    return any(word.strip(".,&()") in _words(rules).firm_words for word in fold(name).split())


# ---- cover, addresses ------------------------------------------------------------------------------------------------


def _cover(outline: Outline) -> list[str]:
    """Lines of the first page, at most eight blocks; a name that goes on with "&" is one line."""
    first = outline.front[0].pieces[0].word.page if outline.front and outline.front[0].pieces else None
    blocks = [p for p in outline.front[:8] if first is None or p.pieces and p.pieces[0].word.page == first]
    out: list[str] = []
    for line in (line.text for p in blocks for line in p.lines()):
        if out and line.startswith("& "):
            out[-1] += f" {line}"
        else:
            out.append(line)
    return out


def _sites(outline: Outline, rules: Rules) -> list[str]:
    """Letters of web addresses, with "www." or alone on their line, and of the domains of its mail boxes."""
    passages = (*outline.front, *outline.offices, *outline.team, *outline.running)
    texts = [p.text.translate(_HYPHENS) for p in passages]
    found = [m.group(1) for text in texts for m in _URL.finditer(text)]
    found += [m.group(1) for text in texts for line in text.split("\n") if (m := _BARE_URL.fullmatch(line.strip()))]
    mails = [mail.value.address for text in texts if "@" in text for mail in find_emails(text)]
    found += [body for mail in mails if (body := domain_body(mail, rules))]
    return list(dict.fromkeys(letters_of(site) for site in found))


def _common_openings(lines: Sequence[str], sites: Sequence[str]) -> list[str]:
    """What opens several lines and is spelt by the web address: "Orbe" of "Orbe France" and "Orbe Belgique"."""
    out = []
    for site in sites:
        holding = {letters_of(line) for line in lines if site in letters_of(line) and len(line) < _LONGEST}
        for line in lines:
            words = line.split()
            for n in range(1, min(len(words), 5) + 1):
                if letters_of(" ".join(words[:n])) == site and len(holding) != 1:
                    longer = {h for h in holding if h != site}
                    out += [" ".join(words[:n])] if len(longer) != 1 else []
    return out


_ADDRESS = re.compile(
    r"(?P<CH>(?:\+|(?<!\w)00)41[ .(]|\bCH-\s?\d{4}\b)|(?P<BE>(?:\+|(?<!\w)00)32[ ./(]|\bB-\s?\d{4}\b)"
    r"|(?P<LU>\(?(?:\+|(?<!\w)00)352|\bL-\s?\d{4}\b)"
    r"|(?P<CA>\b[A-Z]\d[A-Z] \d[A-Z]\d\b|\([2-9]\d\d\) ?\d{3}-\d{4})"
    r"|(?P<FR>(?:\+|(?<!\w)00)33[ .(]|(?<![\d+])\d{5}\s+[A-ZÀ-Ö]|(?<![\d/+])0\d(?:[ .]\d{2}){4})"
    r"|(?:\+|(?<!\w)00)(?P<code>\d{2,3})[ .(]"
)


def region(outline: Outline, rules: Rules) -> str:
    """Country of the publisher: of the first address or number among its offices, else on the cover, else beside its
    people; else of its web address, or of the one e-mail address around the missions; else that in which most of its
    clients surely are; France where nothing tells."""
    return _stated(outline, rules) or _of_clients(outline.missions, rules) or "FR"


def _stated(outline: Outline, rules: Rules) -> str | None:
    for block in (outline.offices, outline.front[:12], outline.front[-8:], outline.team):
        match = _ADDRESS.search("\n".join(p.text for p in block))
        country = _country(match, rules) if match else None
        if country:
            return country
    text = " ".join(p.text for p in (*outline.front, *outline.offices, *outline.running))
    sites = (of_address(match.group(), rules) for match in _SITE.finditer(text))
    mails = {of_address(match.group(), rules) for match in _MAIL.finditer(text)} - {None}
    return next((country for country in sites if country), None) or (mails.pop() if len(mails) == 1 else None)


_SITE = re.compile(r"www\.[\w.-]{2,60}\.[a-z]{2,12}\b")


def _of_clients(sections: Sequence[MissionSection], rules: Rules) -> str | None:
    """The country abroad that more than half of the missions name which name any: by their clients, by prefixes and
    domains of their contacts, by what stands beside amounts."""
    votes = Counter(country for section in sections for country in _named_by(section, rules))
    country, count = votes.most_common(1)[0] if votes else ("FR", 0)
    return country if country != "FR" and count >= _TWO and 2 * count > votes.total() else None


_TWO = 2


def _of_money(folded: str, rules: Rules) -> set[str]:
    """The country whose sign stands beside an amount: "12 000 € HTVA" is Belgian."""
    signs = rules.lexicon("countries")["money_signs"]
    return {
        code
        for code, some in signs.items()
        if any(re.search(rf"(?<![a-z]){re.escape(fold(str(s)))}(?![a-z])", folded) for s in some)
    }


def _named_by(section: MissionSection, rules: Rules) -> set[str]:
    """The countries that a mission names for sure."""
    said: set[str] = set()
    for part in section.parts:
        text = " ".join(item.text for item in part.items)
        if part.kind is PartKind.CLIENT:
            kind = classify(text, rules)
            said |= {kind.country} if kind.country and kind.country_sure else set()
        elif part.kind is PartKind.AMOUNT:
            told = {of_currency(found.value.currency, rules) for found in find_amounts(text, rules)}
            said |= _of_money(fold(text), rules) | {code for code in told if code}
        elif part.kind is PartKind.CONTACT:
            said |= {code for match in _MAIL.finditer(text) if (code := of_address(match.group(), rules))}
            said |= of_numbers_in(text, rules)
    return said


_MAIL = re.compile(r"@[\w.-]{2,60}\.[a-z]{2,12}\b")


def _country(match: re.Match[str], rules: Rules) -> str | None:
    """Of an address; of the prefix of any other country that has one of its own ("+221")."""
    if not match["code"]:
        return str(match.lastgroup)
    return of_calling_code(int(match["code"]), rules)


def _better(new: str, old: str) -> bool:
    """Mixed case is nearer to the name than capitals; accents nearer than none."""
    plain_old, plain_new = old.isupper() or old.islower(), new.isupper() or new.islower()
    if plain_old != plain_new:
        return plain_old
    return sum(c > "\x7f" for c in new) > sum(c > "\x7f" for c in old)


@lru_cache(maxsize=4)
def _words(rules: Rules) -> _Words:
    data = rules.lexicon("firm_words")
    return _Words(
        not_firms=tuple(fold(str(word)) for word in data["not_firms"]),
        firm_words=frozenset(fold(str(word)) for word in data["firm_words"]),
        works=frozenset(fold(str(word)) for word in rules.lexicon("works")["works"]),
        rights=re.compile(
            rf"(?:{any_of(data['rights'])})\s{{0,3}}(?:(?:19|20)\d\d(?:\s?-\s?(?:19|20)\d\d)?)?[\s,:–-]{{0,4}}"
        ),
    )
