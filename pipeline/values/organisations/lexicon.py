"""The lexicon of bodies: classes and the forms that show them, small words, places abroad, domains."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from carnet.pipeline.errors import RuleError
from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold
from carnet.pipeline.rules.places import place_key
from carnet.pipeline.values.organisations.words import key_of, words_of
from carnet.pipeline.values.patterns import any_of
from carnet.schemas.mission import ClientType


@dataclass(frozen=True)
class BodyClass:
    """A kind of body with the words that show it."""

    name: str
    kind: ClientType
    sure: bool
    country: str | None
    yields_to: frozenset[str]
    abroad: bool = False
    common: bool = False


@dataclass(frozen=True)
class Form:
    """One form of a class as words; `capitals`: an acronym, which must be printed in capitals."""

    words: tuple[str, ...]
    capitals: bool
    owner: BodyClass


FormIndex = Mapping[str, tuple[Form, ...]]


@dataclass(frozen=True)
class BodyLexicon:
    """Forms by the place in a name at which they show a kind of body, and small words, places and domains."""

    starts: FormIndex
    ends: FormIndex
    anywhere: FormIndex
    patterns: tuple[tuple[re.Pattern[str], BodyClass], ...]
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
    adjectives: Mapping[str, str]
    marks: re.Pattern[str]  # words in a name that tell its country, each country a group
    near_marks: re.Pattern[str]
    cities: Mapping[str, str]
    communes: Mapping[str, str]
    wider: frozenset[str]  # regions and provinces abroad
    abroad: re.Pattern[str]
    providers: frozenset[str]
    suffixes: tuple[str, ...]
    short_forms: Mapping[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]


_KEYS = frozenset(
    {"kind", "sure", "country", "starts", "ends", "anywhere", "names", "patterns", "yields_to", "abroad", "common"}
)
_KINDS = frozenset(ClientType.__args__)  # type: ignore[attr-defined]
_NEAR = ("BE", "CH", "LU", "AD", "MC")  # countries whose towns and regions are looked for inside longer names


def _marks(by_country: Mapping[str, Sequence[object]]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{code}>{_alone(words)})" for code, words in by_country.items()))


def _alone(words: Sequence[object]) -> str:
    forms = "|".join(re.escape(str(w)) for w in sorted(words, key=lambda w: -len(str(w))))
    return rf"(?<![\w.'’-])(?:{forms})(?![\w'’-])"


@lru_cache(maxsize=4)
def lexicon_of(rules: Rules) -> BodyLexicon:
    """From organisations.yml, countries.yml and emails.yml, checked."""
    own, lands, mails = rules.lexicon("organisations"), rules.lexicon("countries"), rules.lexicon("emails")
    indexes: dict[str, dict[str, list[Form]]] = {"starts": {}, "ends": {}, "anywhere": {}}
    patterns: list[tuple[re.Pattern[str], BodyClass]] = []
    class_words: set[str] = set()
    for name, entry in own["classes"].items():
        owner = _checked_class(name, entry)
        for where, index in indexes.items():
            for printed in entry.get(where, ()):
                form = Form(words_of(printed), printed.isupper(), owner)
                index.setdefault(form.words[-1] if where == "ends" else form.words[0], []).append(form)
                class_words.update(form.words)
        patterns += [(re.compile(pattern), owner) for pattern in entry.get("patterns", ())]
    countries = {key_of(form): code for code, forms in lands["names"].items() for form in forms}
    cities, communes = _places_abroad(lands["cities"]), _places_abroad(lands["communes"])
    near = [form for code in _NEAR for group in ("cities", "regions") for form in _listed(lands[group].get(code, ""))]
    return BodyLexicon(
        starts=_frozen(indexes["starts"]),
        ends=_frozen(indexes["ends"]),
        anywhere=_frozen(indexes["anywhere"]),
        patterns=tuple(patterns),
        class_words=frozenset(class_words),
        regions=frozenset(key_of(region) for region in own["regions"]),
        empty=frozenset(own["empty_words"]),
        optional=frozenset(own["optional_words"]),
        joins=frozenset(fold(word) for word in own["name_joins"]),
        name_words=frozenset(fold(word) for word in own["name_words"]),
        not_names=frozenset(own["not_names"]),
        name_tails=frozenset(fold(word) for word in own["name_tails"]),
        not_in_text=frozenset(words_of(form) for form in own["not_in_text"]),
        ambiguous=frozenset(key_of(place) for place in own["ambiguous_places"]),
        domain_words=frozenset(own["domain_words"]),
        countries=countries,
        adjectives={key_of(form): code for code, forms in lands["adjectives"].items() for form in forms},
        marks=_marks(lands["marks"]),
        near_marks=re.compile(_alone(lands["near_marks"])),
        cities=cities | _places_abroad(lands["regions"]),
        communes=communes,
        wider=frozenset(_places_abroad(lands["regions"])),
        abroad=re.compile(rf"(?<![\w-])(?:{any_of(near)})(?![\w-])"),
        providers=frozenset(mails["providers"].split()),
        suffixes=tuple(mails["shared_suffixes"]),
        short_forms=_by_first_word(own["short_forms"]),
    )


def _checked_class(name: str, entry: Mapping[str, Any]) -> BodyClass:  # an entry of the YAML file, checked here
    unknown = set(entry) - _KEYS
    if unknown or entry.get("kind") not in _KINDS:
        wrong = ", ".join(sorted(unknown)) or entry.get("kind")
        raise RuleError(f"organisations.yml: {name}: unknown key or kind: {wrong}")
    return BodyClass(
        name,
        entry["kind"],
        entry.get("sure", True),
        entry.get("country"),
        frozenset(entry.get("yields_to", ())),
        entry.get("abroad", False),
        entry.get("common", False),
    )


def _frozen(index: Mapping[str, list[Form]]) -> FormIndex:
    return {word: tuple(sorted(forms, key=lambda form: -len(form.words))) for word, forms in index.items()}


def _by_first_word(forms: Mapping[str, str]) -> dict[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]:
    found: dict[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]] = {}
    for long_form, short in sorted(forms.items(), key=lambda item: -len(item[0])):
        words = words_of(long_form)
        found[words[0]] = (*found.get(words[0], ()), (words, words_of(short)))
    return found


def _listed(entry: str) -> list[str]:
    return [place for part in entry.split(";") if (place := " ".join(part.split()))]


def _places_abroad(group: Mapping[str, str]) -> dict[str, str]:
    return {place_key(place): code for code, entry in group.items() for place in _listed(entry)}
