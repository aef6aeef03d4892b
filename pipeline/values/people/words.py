"""The lexicon of people: given names, civilities, heads of roles, labels."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold


@dataclass(frozen=True)
class PeopleWords:
    """The lexicon `people`, folded."""

    given: frozenset[str]
    particles: frozenset[str]
    civilities: frozenset[str]
    heads: frozenset[str]
    openers: frozenset[str]
    former: frozenset[str]
    left: tuple[str, ...]
    left_alone: frozenset[str]
    left_starts: frozenset[str]
    nameless: tuple[str, ...]
    replaced_by: tuple[str, ...]
    empty: frozenset[str]
    labels: frozenset[str]
    phone_labels: frozenset[str]
    fax_labels: frozenset[str]
    email_labels: frozenset[str]
    services: frozenset[str]
    not_names: frozenset[str]
    hyphen_prefixes: frozenset[str]
    unfinished: frozenset[str]
    open_nouns: frozenset[str]
    joins: frozenset[str]
    articles: frozenset[str]
    predicates: tuple[str, ...]  # what somebody does, behind the role: "répond"

    def is_label(self, bare: str) -> bool:
        return bare in self.labels or self.announces(bare)

    def announces(self, bare: str) -> bool:
        """A label of a number or an address: "Tél", "Fax", "Courriel"."""
        return bare in self.phone_labels or bare in self.fax_labels or bare in self.email_labels

    def is_given(self, low: str) -> bool:
        """A given name, or one with a hyphen that begins like one."""
        return low in self.given or ("-" in low and low.split("-")[0] in self.given)


@lru_cache(maxsize=4)
def words_of(rules: Rules) -> PeopleWords:
    """The lexicon of people, folded once for the same rules."""
    lexicon = rules.lexicon("people")

    def one_by_one(key: str) -> frozenset[str]:
        entry = lexicon[key]
        return frozenset(word for part in ([entry] if isinstance(entry, str) else entry) for word in fold(part).split())

    def whole(key: str) -> frozenset[str]:
        return frozenset(" ".join(fold(str(entry)).split()) for entry in lexicon[key])

    def bare(key: str) -> frozenset[str]:
        return frozenset(bare_of(str(entry)) or str(entry) for entry in lexicon[key])

    return PeopleWords(
        given=one_by_one("given_names"),
        particles=whole("particles"),
        civilities=whole("civilities"),
        heads=one_by_one("role_heads"),
        openers=whole("role_openers"),
        former=whole("former"),
        left=tuple(sorted(whole("left"), key=len, reverse=True)),
        left_alone=whole("left_alone"),
        left_starts=whole("left_starts"),
        nameless=tuple(sorted(whole("nameless"))),
        replaced_by=tuple(sorted(whole("replaced_by"), key=len, reverse=True)),
        empty=bare("empty") | {""},
        labels=bare("labels"),
        phone_labels=bare("phone_labels"),
        fax_labels=bare("fax_labels"),
        email_labels=bare("email_labels"),
        services=one_by_one("services"),
        not_names=one_by_one("not_names"),
        hyphen_prefixes=one_by_one("hyphen_prefixes"),
        unfinished=whole("unfinished"),
        open_nouns=whole("open_nouns"),
        joins=whole("joins"),
        articles=whole("articles"),
        predicates=tuple(f"{word} " for word in sorted(whole("predicates"))),
    )


def bare_of(text: str) -> str:
    """Folded, without the signs around it: "• Chef de projet :" gives "chef de projet"."""
    return " ".join(fold(text).split()).strip(" .:;,-()[]*•·")
