"""Ordering bodies: which kind a name is, of which country; which bodies a text names; which names are one body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from pipeline.errors import RuleError
from pipeline.rules import Rules
from pipeline.rules.fold import fold
from pipeline.rules.places import FrenchPlace, load_places, place_key
from pipeline.values.found import Found
from schemas.mission import ClientType

_WORD = re.compile(r"[^\W_]+|&|\+")
_DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,}")
_NOTE = re.compile(r"\(([^()]{0,80})\)")
_MAX_NAME = 300
_MAX_WORDS = 40


@dataclass(frozen=True)
class OrgKind:
    """What a name is. `sure`: kind and country both are; `type_sure` and `country_sure` tell which is not."""

    client_type: ClientType | None
    country: str | None
    rule: str
    sure: bool
    type_sure: bool = True
    country_sure: bool = True


def classify(name: str, rules: Rules) -> OrgKind:
    """Kind and country of the body called `name`; of several ("A / B") the first that is known.

    >>> classify("CC du Pays de l'Arbresle", load_rules()).client_type
    'epci'
    """
    lexicon = _lexicon(rules)
    bodies = [body for body in re.split(r"\s/\s|[,;\n]\s|\s[+|]\s", name[:_MAX_NAME]) if _WORD.search(body)]
    if not bodies:
        return OrgKind(None, None, "organisations.none", False, False, False)
    hits = [_class_of(body, lexicon) for body in bodies[:4]]
    at = next((index for index, hit in enumerate(hits) if hit.sure), 0)
    hit = hits[at]
    country, country_sure = _country(name, bodies[at], hit, lexicon)
    type_sure = hit.sure and at == 0
    return OrgKind(hit.kind, country, hit.rule, type_sure and country_sure, type_sure, country_sure)


# --- the lexicon


@dataclass(frozen=True)
class _Class:
    """A kind of body with the words that show it."""

    name: str
    kind: ClientType
    sure: bool
    country: str | None
    yields_to: frozenset[str]
    abroad: bool = False


@dataclass(frozen=True)
class _Form:
    """One form of a class as words; `capitals`: an acronym, which must be printed in capitals."""

    words: tuple[str, ...]
    capitals: bool
    owner: _Class


_Index = Mapping[str, tuple[_Form, ...]]


@dataclass(frozen=True)
class _Lexicon:
    starts: _Index
    ends: _Index
    anywhere: _Index
    patterns: tuple[tuple[re.Pattern[str], _Class], ...]
    class_words: frozenset[str]
    regions: frozenset[str]
    empty: frozenset[str]
    optional: frozenset[str]
    joins: frozenset[str]
    name_words: frozenset[str]
    not_names: frozenset[str]
    name_tails: frozenset[str]
    not_in_text: frozenset[tuple[str, ...]]
    ambiguous: frozenset[str]
    domain_words: frozenset[str]
    countries: Mapping[str, str]
    cities: Mapping[str, str]
    communes: Mapping[str, str]
    wider: frozenset[str]  # regions and provinces abroad
    abroad: re.Pattern[str]
    providers: frozenset[str]
    suffixes: tuple[str, ...]
    short_forms: Mapping[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]


_KEYS = frozenset({"kind", "sure", "country", "starts", "ends", "anywhere", "names", "patterns", "yields_to", "abroad"})
_KINDS = frozenset(ClientType.__args__)  # type: ignore[attr-defined]
_NEAR = ("BE", "CH", "LU", "AD", "MC")  # countries whose towns and regions are looked for inside longer names


@lru_cache(maxsize=4)
def _lexicon(rules: Rules) -> _Lexicon:
    own, lands, mails = rules.lexicon("organisations"), rules.lexicon("countries"), rules.lexicon("emails")
    indexes: dict[str, dict[str, list[_Form]]] = {"starts": {}, "ends": {}, "anywhere": {}}
    patterns: list[tuple[re.Pattern[str], _Class]] = []
    class_words: set[str] = set()
    for name, entry in own["classes"].items():
        owner = _checked_class(name, entry)
        for where, index in indexes.items():
            for printed in entry.get(where, ()):
                form = _Form(_words(printed), printed.isupper(), owner)
                index.setdefault(form.words[-1] if where == "ends" else form.words[0], []).append(form)
                class_words.update(form.words)
        patterns += [(re.compile(pattern), owner) for pattern in entry.get("patterns", ())]
    countries = {_key(form): code for code, forms in lands["names"].items() for form in forms}
    cities, communes = _places_abroad(lands["cities"]), _places_abroad(lands["communes"])
    near = [form for code in _NEAR for group in ("cities", "regions") for form in _listed(lands[group].get(code, ""))]
    return _Lexicon(
        starts=_frozen(indexes["starts"]),
        ends=_frozen(indexes["ends"]),
        anywhere=_frozen(indexes["anywhere"]),
        patterns=tuple(patterns),
        class_words=frozenset(class_words),
        regions=frozenset(_key(region) for region in own["regions"]),
        empty=frozenset(own["empty_words"]),
        optional=frozenset(own["optional_words"]),
        joins=frozenset(fold(word) for word in own["name_joins"]),
        name_words=frozenset(fold(word) for word in own["name_words"]),
        not_names=frozenset(own["not_names"]),
        name_tails=frozenset(fold(word) for word in own["name_tails"]),
        not_in_text=frozenset(_words(form) for form in own["not_in_text"]),
        ambiguous=frozenset(_key(place) for place in own["ambiguous_places"]),
        domain_words=frozenset(own["domain_words"]),
        countries=countries,
        cities=cities | _places_abroad(lands["regions"]),
        communes=communes,
        wider=frozenset(_places_abroad(lands["regions"])),
        abroad=_any_of(near),
        providers=frozenset(mails["providers"].split()),
        suffixes=tuple(mails["shared_suffixes"]),
        short_forms=_by_first_word(own["short_forms"]),
    )


def _checked_class(name: str, entry: Mapping[str, Any]) -> _Class:  # an entry of the YAML file, checked here
    unknown = set(entry) - _KEYS
    if unknown or entry.get("kind") not in _KINDS:
        wrong = ", ".join(sorted(unknown)) or entry.get("kind")
        raise RuleError(f"organisations.yml: {name}: unknown key or kind: {wrong}")
    return _Class(
        name,
        entry["kind"],
        entry.get("sure", True),
        entry.get("country"),
        frozenset(entry.get("yields_to", ())),
        entry.get("abroad", False),
    )


def _frozen(index: Mapping[str, list[_Form]]) -> _Index:
    return {word: tuple(sorted(forms, key=lambda form: -len(form.words))) for word, forms in index.items()}


def _by_first_word(forms: Mapping[str, str]) -> dict[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]:
    found: dict[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]] = {}
    for long_form, short in sorted(forms.items(), key=lambda item: -len(item[0])):
        words = _words(long_form)
        found[words[0]] = (*found.get(words[0], ()), (words, _words(short)))
    return found


def _listed(entry: str) -> list[str]:
    return [place for part in entry.split(";") if (place := " ".join(part.split()))]


def _places_abroad(group: Mapping[str, str]) -> dict[str, str]:
    return {place_key(place): code for code, entry in group.items() for place in _listed(entry)}


def _any_of(places: Sequence[str]) -> re.Pattern[str]:
    folded = sorted({fold(place) for place in places}, key=len, reverse=True)
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, folded)) + r")(?![\w-])")


def _words(text: str) -> tuple[str, ...]:
    """Folded words: "Communauté d'agglomération" is communaute, d, agglomeration."""
    return tuple(fold(word).replace("œ", "oe").replace("æ", "ae") for word in _printed_words(text))


def _printed_words(text: str) -> list[str]:
    joined = _DOTTED.sub(lambda match: match.group().replace(".", ""), text)
    return _WORD.findall(joined)[:_MAX_WORDS]


def _key(text: str) -> str:
    return " ".join(_words(text))


# --- the kind


@dataclass(frozen=True)
class _Hit:
    """The class found for one name, and its words without those of the class."""

    kind: ClientType | None
    owner: _Class | None
    rule: str
    sure: bool
    core: tuple[str, ...]


def _class_of(body: str, lexicon: _Lexicon) -> _Hit:
    printed = _printed_words(_NOTE.sub(" ", body)) or _printed_words(body)
    words = tuple(fold(word).replace("œ", "oe").replace("æ", "ae") for word in printed)
    skipped = 0
    while skipped < len(words) - 1 and words[skipped] in ("le", "la", "les", "l"):
        skipped += 1
    printed, bare = printed[skipped:], words[skipped:]
    return (
        _as_region(words, bare, lexicon)
        or _as_pattern(body, bare, lexicon)
        or _as_town(words, bare, lexicon)
        or _as_form(printed, bare, lexicon, sure=True)
        or _as_place(words, bare, lexicon)
        or _as_form(printed, bare, lexicon, sure=False)
        or _unknown(printed, bare)
    )


def _unknown(printed: Sequence[str], bare: tuple[str, ...]) -> _Hit:
    """A name without any known word may be a company's; a lone acronym may be anything's."""
    if len(printed) == 1 and printed[0].isupper():
        return _Hit(None, None, "organisations.unknown.acronym", False, bare)
    return _Hit("entreprise", None, "organisations.fallback.entreprise", False, bare)


def _as_region(words: tuple[str, ...], bare: tuple[str, ...], lexicon: _Lexicon) -> _Hit | None:
    for form in (words, bare):
        if " ".join(form) in lexicon.regions:
            return _Hit("region", None, "organisations.region.name", True, form)
    return None


def _as_pattern(body: str, bare: tuple[str, ...], lexicon: _Lexicon) -> _Hit | None:
    for pattern, owner in lexicon.patterns:
        if pattern.match(body.strip()[:40]):
            core = tuple(word for word in bare if word not in lexicon.class_words)
            return _Hit(owner.kind, owner, f"organisations.{owner.name}.pattern", owner.sure, core)
    return None


def _as_town(words: tuple[str, ...], bare: tuple[str, ...], lexicon: _Lexicon) -> _Hit | None:
    """A French town whose name begins like a body: "Château-Thierry", "Carrières-sous-Poissy", "Ville-d'Avray"."""
    if len(bare) < 2 or not any(len(form.words) == 1 for form in lexicon.starts.get(bare[0], ())):
        return None
    for form in dict.fromkeys((words, bare)):
        if load_places().find(" ".join(form), "c"):
            return _Hit("commune", None, "organisations.place.c", True, form)
    return None


def _as_form(printed: Sequence[str], words: tuple[str, ...], lexicon: _Lexicon, sure: bool) -> _Hit | None:
    start = _form_at(lexicon.starts, printed, words, 0, sure)
    end = _form_at_end(lexicon.ends, printed, words, sure)
    if start and not (end and end.owner.kind in start.owner.yields_to):
        return _reconsidered(_hit(start, "starts", words[len(start.words) :]), words, lexicon)
    if end and len(words) > len(end.words):
        return _hit(end, "ends", words[: -len(end.words)])
    inside = [
        (form, at)
        for at in range(len(words))
        if (form := _form_at(lexicon.anywhere, printed, words, at, sure)) is not None
    ]
    if inside:
        form, at = max(inside, key=lambda pair: len(pair[0].words))
        return _hit(form, "anywhere", words[:at] + words[at + len(form.words) :])
    return _hit(start, "starts", words[len(start.words) :]) if start else None


def _reconsidered(hit: _Hit, words: tuple[str, ...], lexicon: _Lexicon) -> _Hit:
    """ "Pays de Mirepoix", "Région de Guebwiller": perhaps an EPCI of that name without its type."""
    name = hit.owner.name if hit.owner else ""
    if name not in ("pays", "region") or not hit.core:
        return hit
    if _core_key(words, lexicon) in _epci_keys():
        return _Hit("epci", None, "organisations.place.epci", False, words)
    known = name == "pays" or " ".join(_without_joins(hit.core, lexicon)) in lexicon.regions
    article = " ".join(_without_joins(hit.core, lexicon)[1:]) in lexicon.regions
    return hit if known or article else replace(hit, sure=False)


def _hit(form: _Form, where: str, core: tuple[str, ...]) -> _Hit:
    rule = f"organisations.{form.owner.name}.{where}.{'-'.join(form.words)}"
    return _Hit(form.owner.kind, form.owner, rule, form.owner.sure, core)


def _form_at(index: _Index, printed: Sequence[str], words: Sequence[str], at: int, sure: bool) -> _Form | None:
    for form in index.get(words[at], ()) if at < len(words) else ():
        end = at + len(form.words)
        if form.owner.sure == sure and tuple(words[at:end]) == form.words and _in_capitals(form, printed[at:end]):
            return form
    return None


def _form_at_end(index: _Index, printed: Sequence[str], words: Sequence[str], sure: bool) -> _Form | None:
    for form in index.get(words[-1], ()) if words else ():
        at = len(words) - len(form.words)
        if at >= 0 and form.owner.sure == sure and tuple(words[at:]) == form.words and _in_capitals(form, printed[at:]):
            return form
    return None


def _in_capitals(form: _Form, printed: Sequence[str]) -> bool:
    return not form.capitals or all(word.upper() == word for word in printed)


def _as_place(words: tuple[str, ...], bare: tuple[str, ...], lexicon: _Lexicon) -> _Hit | None:
    """A bare name of the gazetteer: "Sète", "Ille-et-Vilaine", "Quimper Bretagne Occidentale"."""
    places = load_places()
    for form in dict.fromkeys((words, bare)):
        name = " ".join(form)
        found = places.find(name, "cdr")
        if found:
            return _as_french_place(found, form, name in lexicon.ambiguous)
        if name in lexicon.wider:
            named = form[0] in lexicon.starts  # "Province de Luxembourg": its first word says what it is
            return None if named else _Hit("region", None, "organisations.place.region_abroad", False, form)
        code = lexicon.cities.get(name) or lexicon.communes.get(name)
        if code:
            return _Hit("commune", None, "organisations.place.abroad", name in lexicon.cities, form)
    if _core_key(bare, lexicon) in _epci_keys():
        return _Hit("epci", None, "organisations.place.epci", True, bare)
    if bare[:1] == ("grand",) and len(bare) <= 4 and places.find(" ".join(bare[1:]), "c"):
        return _Hit("epci", None, "organisations.place.grand", True, bare)
    if places.find(" ".join(bare), "a"):
        return _Hit("commune", None, "organisations.place.former", True, bare)
    return None


def _as_french_place(found: Sequence[FrenchPlace], form: tuple[str, ...], ambiguous: bool) -> _Hit:
    """Of one name the big town first (Paris), then the département; not sure when both are likely (Vienne)."""
    kinds: dict[str, ClientType] = {"r": "region", "d": "departement", "c": "commune"}
    town = next((place for place in found if place.kind == "c"), None)
    wide = next((place for kind in "rd" for place in found if place.kind == kind), None)
    first = town if town and (wide is None or town.inhabitants > 100_000) else wide or found[0]
    sure = not ambiguous
    if town and first is town:
        sure = sure and town.inhabitants >= 500
    elif town:
        sure = town.inhabitants < 3000
    return _Hit(kinds[first.kind], None, f"organisations.place.{first.kind}", sure, form)


def _core_key(words: Sequence[str], lexicon: _Lexicon) -> str:
    return " ".join(word for word in words if word not in lexicon.empty)


@lru_cache(maxsize=1)
def _epci_keys() -> frozenset[str]:
    """Names of EPCI without their type and small words: "CC du Pays de l'Arbresle (CCPA)" is "pays arbresle"."""
    small = {"de", "du", "des", "d", "la", "le", "les", "l", "en", "et", "sur", "a", "au", "aux"}
    types = {"cc", "ca", "cu", "ept", "metropole", "communaute", "agglomeration", "agglo", "eurometropole"}
    keys: set[str] = set()
    for place in load_places().epci():
        named = _NOTE.sub(" ", place.name)
        for part in [named, *re.findall(r"''([^']+)''", named)]:
            words = [word for word in _words(part) if word not in small]
            if words and words[0] in types:
                words = words[1:]
            if len(words) > 1 or (words and not load_places().find(words[0], "cadr")):
                keys.add(" ".join(words))
    return frozenset(keys)


# --- the country


def _country(name: str, body: str, hit: _Hit, lexicon: _Lexicon) -> tuple[str, bool]:
    """ISO code, and whether it is sure: a word in brackets, the kind of body, a place abroad; else France."""
    for note in _notes(name):
        code = lexicon.countries.get(_key(note))
        if code and (len(note.strip()) > 3 or note.strip().isupper()):
            return code, True
    core = " ".join(_without_joins(hit.core, lexicon))
    if hit.owner and hit.owner.country and not (hit.kind == "autre" and core in lexicon.cities):
        return hit.owner.country, True
    if hit.kind == "commune":
        return _country_of_town(core, lexicon)
    parted = re.sub(r"(?<=[a-zà-ÿ])(?=[A-Z])", " ", _NOTE.sub(" ", name[:_MAX_NAME]))  # "DigitalWallonia"
    abroad = lexicon.abroad.search(fold(parted))
    of_neighbours = hit.owner is not None and hit.owner.abroad
    if abroad and (of_neighbours or hit.kind not in ("epci", "departement")):
        code = lexicon.cities.get(place_key(abroad.group()), "FR")
        at_home = load_places().find(abroad.group(), "c")
        if not at_home or at_home[0].inhabitants < 3000:
            return code, True
    return "FR", hit.sure and not of_neighbours


def _notes(name: str) -> Iterator[str]:
    """Places where a country is printed beside a name: "(Suisse)", "… – Belgique", "…, Luxembourg"."""
    for match in _NOTE.finditer(name):
        yield from re.split(r"\s{0,40}[,/–-]\s{0,40}", match.group(1))
    tail = re.search(r"(?:\s[–—-]\s|,\s{0,40}|\s/\s)([^\W\d_][^,/–—]{2,30})\Z", name.strip())
    if tail:
        yield tail.group(1)


def _without_joins(words: Sequence[str], lexicon: _Lexicon) -> Sequence[str]:
    at = 0
    while at < len(words) and words[at] in ("de", "du", "des", "d"):
        at += 1
    return words[at:]


def _country_of_town(core: str, lexicon: _Lexicon) -> tuple[str, bool]:
    bare = core.split(" ", 1)[1] if core.split(" ", 1)[0] in ("la", "le", "les", "l") and " " in core else core
    home = load_places().find(core, "ca") or load_places().find(bare, "ca")
    inhabitants = home[0].inhabitants if home else 0
    city = lexicon.cities.get(core) or lexicon.cities.get(bare)
    if city and inhabitants < 5000:
        return city, inhabitants < 1000
    if home:
        return "FR", not (core in lexicon.communes and inhabitants < 5000)
    code = lexicon.communes.get(core) or lexicon.communes.get(bare)
    return (code, True) if code else ("FR", False)


# --- bodies named in a text


def find_organisations(text: str, rules: Rules) -> list[Found[str]]:
    """Ordering bodies named in running text by a body word and a proper name; the longest reading of each.

    >>> find_organisations("La Région Nouvelle-Aquitaine a consacré", load_rules())[0].value
    'Région Nouvelle-Aquitaine'
    """
    lexicon = _lexicon(rules)
    tokens = _running_words(text)
    found: list[Found[str]] = []
    at = 0
    while at < len(tokens):
        end, rule = _body_at(text, tokens, at, lexicon)
        if end:
            start, stop = tokens[at].start, tokens[end - 1].end
            found.append(Found(" ".join(text[start:stop].split()), start, stop, rule))
        at = max(end, at + 1)
    return found


@dataclass(frozen=True)
class _Token:
    printed: str
    low: str
    start: int
    end: int


def _running_words(text: str) -> list[_Token]:
    tokens = []
    for match in _WORD.finditer(text):
        word = match.group()
        low = fold(word).replace("œ", "oe").replace("æ", "ae")
        tokens.append(_Token(word, low, match.start(), match.end()))
    return tokens


def _body_at(text: str, tokens: Sequence[_Token], at: int, lexicon: _Lexicon) -> tuple[int, str]:
    """Where the body that begins at token `at` ends, and by which rule; 0 when none begins here."""
    window = tokens[at : at + 24]
    if _inside_word(text, window[0]):
        return 0, ""
    form = _body_form(text, window, lexicon)
    if form:
        length = _name_end(text, window, len(form.words), lexicon, form.owner)
        if length > len(form.words) or _stands_alone(form, window[0].printed):
            return at + length, f"organisations.text.{form.owner.name}"
        return 0, ""
    is_article = window[0].low in ("le", "la", "les", "l")
    if is_article and len(window) > 1 and _body_form(text, window[1:], lexicon):
        return 0, ""
    length, rule = _name_with_body_word(text, window, lexicon)
    return (at + length if length else 0), rule


def _body_form(text: str, window: Sequence[_Token], lexicon: _Lexicon) -> _Form | None:
    form = _form_at(lexicon.starts, [t.printed for t in window], [t.low for t in window], 0, True)
    if form is None or form.words in lexicon.not_in_text or form.owner.kind == "entreprise":
        return None
    return form if _unbroken(text, window[: len(form.words)]) else None


def _stands_alone(form: _Form, first: str) -> bool:
    """Bodies that need no further name: "ADEME", "Banque des Territoires"."""
    if form.owner.name not in ("agence_etat", "etat_be"):
        return False
    return form.capitals or (first[0].isupper() and (len(form.words) > 2 or len(form.words[0]) > 4))


def _name_with_body_word(text: str, window: Sequence[_Token], lexicon: _Lexicon) -> tuple[int, str]:
    """ "Toulouse Métropole", "Loire Forez agglomération", "Quimper Bretagne Occidentale"."""
    first = window[0]
    if not first.printed[0].isupper() or (first.low in lexicon.joins and first.low not in ("le", "la", "les", "saint")):
        return 0, ""
    length = _capitals(text, window, lexicon)
    words = tuple(token.low for token in window[:length])
    bodies = [word for word in words if word in _EPCI_WORDS]
    if length > 1 and bodies and words[0] not in _EPCI_WORDS:
        return length, f"organisations.text.{bodies[0]}"
    key = _core_key(words, lexicon)
    if len(key.split()) > 1 and key in _epci_keys():
        return length, "organisations.text.epci-name"
    return 0, ""


_EPCI_WORDS = ("metropole", "agglomeration", "agglo", "communaute", "intercom")


def _unbroken(text: str, tokens: Sequence[_Token]) -> bool:
    """Only spaces, hyphens or apostrophes between the words, and no empty line."""
    return all(
        _BETWEEN.fullmatch(text, one.end, two.start) is not None for one, two in zip(tokens, tokens[1:], strict=False)
    )


_BETWEEN = re.compile(r"[ \u00a0\u202f]?\n?[ \u00a0\u202f'’‐‑-]{0,2}|\.")


def _inside_word(text: str, token: _Token) -> bool:
    before = text[max(0, token.start - 1) : token.start]
    return before in ("-", "@", "_", "‐", "‑") or (before == "." and text[max(0, token.start - 2)].isalnum())


def _name_end(text: str, window: Sequence[_Token], length: int, lexicon: _Lexicon, owner: _Class) -> int:
    """The name after a body word: capitals, and the small words between them."""
    end, at = length, length
    while at < len(window) and _unbroken(text, window[at - 1 : at + 1]):
        token = window[at]
        printed, following = token.printed, window[at + 1] if at + 1 < len(window) else None
        if printed in lexicon.not_names:
            break
        if printed[0].isupper() or (printed[0].isdigit() and owner.kind == "departement" and at == length):
            if window[at - 1].low == "et" and _body_form(text, window[at:], lexicon):
                break
            end = at + 1
        elif token.low in lexicon.name_tails and end == at:
            end = at + 1
        elif token.low in ("et", "&"):
            if following is None or not _and_goes_on(following, owner):
                break
        elif not (token.low in lexicon.joins or token.low in lexicon.name_words or _class_word(token, lexicon)):
            break
        at += 1
    return end


def _and_goes_on(following: _Token, owner: _Class) -> bool:
    """Whether "et" joins two halves of one name ("CC Usses et Rhône") and not two bodies."""
    if owner.kind in ("epci", "groupement", "departement"):
        return following.printed[0].isupper() or following.low in ("de", "du", "des", "d")
    return owner.name in ("ministere", "consulaire", "agence_etat") and following.low in ("de", "du", "des", "d")


def _class_word(token: _Token, lexicon: _Lexicon) -> bool:
    return token.low in lexicon.class_words and len(token.low) > 3


def _capitals(text: str, window: Sequence[_Token], lexicon: _Lexicon) -> int:
    """How many words make one name in capitals: "Quimper Bretagne Occidentale", "Metz Métropole"."""
    end, at = 1, 1
    while at < len(window) and _unbroken(text, window[at - 1 : at + 1]):
        token = window[at]
        if token.printed[0].isupper() or (token.low in _EPCI_WORDS and end == at):
            end = at + 1
        elif token.low not in ("de", "du", "des", "d", "la", "le", "les", "l", "en", "sur"):
            break
        at += 1
    return end


# --- one body under two names


def same_body(a: str, b: str, rules: Rules) -> bool:
    """Whether two names mean one body, whatever the body word or its short form; "A / B" is either of the two.

    >>> same_body("Ville de Sète", "Mairie de Sète", load_rules())
    True
    """
    lexicon = _lexicon(rules)
    return any(_same(one, two, lexicon) for one in _bodies(a, lexicon) for two in _bodies(b, lexicon))


@dataclass(frozen=True)
class _Identity:
    """A name for comparing: its kind and family, its telling words in order, and those without the body words."""

    kind: ClientType | None
    family: str
    sure: bool
    words: tuple[str, ...]
    in_full: tuple[str, ...]
    core: frozenset[str]
    is_acronym: bool


def _bodies(name: str, lexicon: _Lexicon) -> list[_Identity]:
    """The name, its parts where it holds several, and an acronym in brackets."""
    name = name[:_MAX_NAME]
    notes = [note for note in _NOTE.findall(name) if _key(note) not in lexicon.countries]
    without = _NOTE.sub(" ", name)
    parts = re.split(r"\s/\s|[,;]\s", without)
    forms = dict.fromkeys(part.strip() for part in [without, *(parts if len(parts) > 1 else []), *notes])
    return [identity for form in list(forms)[:6] if (identity := _identity(form, lexicon)).words]


def _identity(name: str, lexicon: _Lexicon) -> _Identity:
    printed = _printed_words(name)
    hit = _class_of(name, lexicon) if printed else _Hit(None, None, "", False, ())
    words = _with_departement(_words(name), hit.kind)
    in_full = tuple(word for word in words if word not in lexicon.empty)
    telling = tuple(word for word in _shortened(words, lexicon) if word not in lexicon.empty)
    core = [word for word in _shortened(_with_departement(hit.core, hit.kind), lexicon) if word not in lexicon.empty]
    slim = [word for word in core if word not in lexicon.optional] if hit.kind == "epci" else core
    family = _family(hit, [word for word in telling if word not in core])
    acronym = bool(printed) and printed[0].isupper() and len(printed[0]) > 1
    return _Identity(hit.kind, family, hit.sure, telling, in_full, frozenset(slim or core), acronym)


def _family(hit: _Hit, body_words: Sequence[str]) -> str:
    """Names of one family may be one body: all towns, all EPCI; State offices only under one word (DREAL, ARS)."""
    if hit.kind in ("commune", "epci", "departement", "region", "entreprise", "bailleur", "association"):
        return str(hit.kind)
    if hit.owner is None:
        return ""
    return hit.owner.name if hit.kind == "groupement" else f"{hit.owner.name}: {' '.join(body_words)}"


def _shortened(words: Sequence[str], lexicon: _Lexicon) -> tuple[str, ...]:
    """Long forms replaced by their short ones: "direction départementale des territoires" is "ddt"."""
    out: list[str] = []
    at = 0
    while at < len(words):
        known = lexicon.short_forms.get(words[at], ())
        form = next((form for form in known if tuple(words[at : at + len(form[0])]) == form[0]), None)
        out.extend(form[1] if form else words[at : at + 1])
        at += len(form[0]) if form else 1
    return tuple(out)


def _with_departement(words: Sequence[str], kind: ClientType | None) -> tuple[str, ...]:
    """ "CD 35" is "CD Ille-et-Vilaine"."""
    out: list[str] = []
    for word in words:
        number = re.fullmatch(r"(?:c[dg])?(\d[\dab]\d?)", word)
        name = _departements().get(number.group(1)) if number and len(words) > (kind != "departement") else None
        out.extend(_words(name) if name else [word])
    return tuple(out)


@lru_cache(maxsize=1)
def _departements() -> Mapping[str, str]:
    lines = [line for lines in load_places().lines.values() for line in lines.splitlines() if line[0] == "d"]
    return {line.split("\t")[2].lower(): line.split("\t")[1] for line in lines}


def _same(one: _Identity, two: _Identity, lexicon: _Lexicon) -> bool:
    if set(one.words) == set(two.words) or "".join(one.words) == "".join(two.words):
        return True
    if _acronym_of(one, two) or _acronym_of(two, one):
        return True
    if not _may_be_one(one, two):
        return False
    if one.core == two.core and one.core:
        return True
    if "".join(sorted(one.core)) == "".join(sorted(two.core)) and one.core:
        return True
    if one.core == frozenset(two.words) or two.core == frozenset(one.words):
        return True
    return _one_is_shorter(one, two, lexicon) or _one_is_shorter(two, one, lexicon)


def _one_is_shorter(short: _Identity, whole: _Identity, lexicon: _Lexicon) -> bool:
    """ "PNR des Bauges" of "PNR du Massif des Bauges"; never "Loire" of "Haute-Loire"."""
    if short.family != whole.family or not short.family or short.kind == "departement" or not short.core <= whole.core:
        return False
    if not short.core:
        return short.kind not in ("commune", "entreprise", "association")
    if short.kind == "commune":
        name = " ".join(word for word in short.words if word in short.core)
        return len(name) > 5 and whole.words[: len(short.words)] == short.words and not load_places().find(name, "ca")
    return any(len(word) > 3 and word not in lexicon.name_words for word in short.core)


def _may_be_one(one: _Identity, two: _Identity) -> bool:
    """Not a town and its agglomeration, nor two offices of the State in one region."""
    if one.family == two.family:
        return True
    if not one.family or not two.family:  # one is a bare name
        return not one.sure or not two.sure or one.kind == two.kind
    groups = (
        {"pays", "epci"},
        {"syndicat_mixte", "pays", "petr", "scot", "eptb", "gip"},
        {"pays", "pnr", "parc_weak"},
    )
    return any(one.family in group and two.family in group for group in groups) or not (one.sure and two.sure)


def _acronym_of(short: _Identity, whole: _Identity) -> bool:
    """ "CCPBS" of "Communauté de communes du Pays Bigouden Sud", "ARML Bretagne" of "Association … de Bretagne"."""
    if not short.is_acronym or not 2 < len(short.words[0]) < 10 or not short.words[0].isalpha():
        return False
    rest = short.words[1:]
    if any(word not in whole.in_full for word in rest):
        return False
    letters = "".join(word[0] for word in whole.in_full if word not in rest)
    return short.words[0] == letters or (not rest and letters.startswith(short.words[0]) and len(short.words[0]) > 3)


# --- e-mail domains


def domain_body(email: str, rules: Rules) -> str | None:
    """Letters of the organisation in the domain, without "mairie", "cc" and the like; None for a provider.

    >>> domain_body("accueil@mairie-cluny.fr", load_rules())
    'cluny'
    """
    lexicon = _lexicon(rules)
    domain = fold(email.rpartition("@")[2]).strip(". ")
    if "." not in domain or domain in lexicon.providers:
        return None
    shared = next((suffix for suffix in lexicon.suffixes if domain.endswith(f".{suffix}")), None)
    labels = (domain[: -len(shared) - 1] if shared else domain.rpartition(".")[0]).split(".")
    telling = [label for label in labels if label not in lexicon.domain_words] or labels
    parts = [part for part in telling[-1].split("-") if part]
    kept = [part for part in parts if part not in lexicon.domain_words and not part.isdigit()] or parts
    letters = re.sub(r"[^a-z0-9]", "", "".join(kept))
    return letters or None


def fits_domain(email: str, name: str, rules: Rules) -> bool | None:
    """Whether the domain may be that of the body `name`; None where the domain tells nothing.

    >>> fits_domain("y.b@ccpbs.fr", "Communauté de communes du Pays Bigouden Sud", load_rules())
    True
    """
    letters = domain_body(email, rules)
    if letters is None or len(letters) < 3:
        return None
    lexicon = _lexicon(rules)
    whole = "".join(_words(name))
    telling = [word for word in _words(name) if word not in lexicon.empty]
    spoken = [word for word in telling if word not in lexicon.domain_words]
    initials = ["".join(word[0] for word in words) for words in (telling, _words(name), spoken)]
    short = "".join(_shortened(telling, lexicon))
    if letters in whole or letters in "".join(telling) or letters in short or re.sub(r"^l[ea]s?", "", letters) in whole:
        return True
    if any(word[: max(5, len(word) - 2)] in letters for word in spoken if len(word) > 3):
        return True
    if any(len(first) > 2 and (letters.startswith(first) or letters in first) for first in initials):
        return True
    return None if fold(email).endswith(_STATE_DOMAINS) else False


_STATE_DOMAINS = (".gouv.fr", ".fgov.be", ".admin.ch", ".etat.lu", ".public.lu")
