"""Names that many people bear: what a word is by itself, and whether a whole text is nothing but somebody's name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold
from carnet.pipeline.values.people.names import is_person
from carnet.pipeline.values.people.words import words_of as people_words
from carnet.pipeline.values.personal import NameToken, PersonalWords, tokens_of, words_of

SHORTEST = 4
"""Letters: shorter words in capitals are abbreviations."""


@dataclass(frozen=True)
class Surnames:
    """Folded words. `ordinary`: surnames that are words besides; `harmless`: words of bodies, places, roles; `titles`:
    what stands for a person (roles); `announcing`: labels before a colon; `agents`: right before somebody; `kin`:
    before or behind a surname ("frères", "père"); `civilities`: whole words of them;
    `small`: before what is no person; `goes_on`: behind a surname that is a word besides; `written_to`: "c/o";
    `firms`: "TP", "Paysage"."""

    personal: PersonalWords
    common: frozenset[str]
    ordinary: frozenset[str]
    harmless: frozenset[str]
    given: frozenset[str]
    titles: frozenset[str]
    announcing: frozenset[str]
    agents: frozenset[str]
    kin: frozenset[str]
    civilities: frozenset[str]
    small: frozenset[str]
    goes_on: frozenset[str]
    written_to: frozenset[str]
    firms: frozenset[str]

    @cached_property
    def names(self) -> frozenset[str]:
        """Those that are no other word."""
        return self.common - self.ordinary - self.harmless


@lru_cache(maxsize=4)
def surnames_of(rules: Rules) -> Surnames:
    """The lexicons, folded."""
    said, listed, people = (rules.lexicon(name) for name in ("personal", "names", "people"))
    words = words_of(rules)
    common, ordinary, given = (frozenset(str(listed[name]).split()) for name in ("common", "ordinary", "given"))
    roles = _folded(people["role_heads"]) - _folded(said["also_roles"])
    labels = frozenset(fold(str(label)) for label in people["labels"])
    return Surnames(
        personal=words, common=common | ordinary, ordinary=ordinary, harmless=harmless_of(rules),
        given=(words.given | given) - words.also_words, titles=roles | _folded(said["ranks"]),
        announcing=roles | labels | _folded([*said["rosters"], *said["also_roles"], *said["holders"]]),
        agents=_folded(said["agents"]), kin=_folded(said["kin"]),
        civilities=frozenset(word for word in words.civilities if len(word) > 2 and word[-1] != "."),
        small=_folded(said["small_words"]), goes_on=_folded(said["goes_on"]), written_to=_folded(said["written_to"]),
        firms=firms_of(rules),
    )  # fmt: skip


@lru_cache(maxsize=4)
def harmless_of(rules: Rules) -> frozenset[str]:
    """Words that stand in no name: of bodies, places and roles, small words."""
    personal, bodies = words_of(rules), rules.lexicon("organisations")
    named = _folded([*bodies["name_words"], *bodies["name_tails"], *bodies["regions"]])
    small = _folded(rules.lexicon("personal")["small_words"])
    return personal.nobody | personal.eponyms | personal.civilities | small | named


def _folded(entries: Iterable[object]) -> frozenset[str]:
    return frozenset(word for entry in entries for word in fold(str(entry)).split())


def is_common(token: NameToken, words: Surnames) -> bool:
    """Whether a word with a capital is such a surname, and no other word: it may stand where a strange one would."""
    return token.text[0].isupper() and is_surname(token, words.names)


def is_somebody(name: str, rules: Rules) -> bool:
    """Whether the whole of it is a person's name, in any order and from anywhere.

    >>> [is_somebody(name, load_rules()) for name in ("Silva Ana", "Ngozi Adeyemi", "Garcia Lopez", "Silva Consult")]
    [True, True, True, False]
    """
    words, people = surnames_of(rules), people_words(rules)
    tokens = [t for t in tokens_of(name) if t.low not in words.personal.particles]
    if any(_is_of_a_firm(token, rules) for token in tokens):
        return False
    if is_person(name, people, strictly=True):
        return True
    known = [t for t in tokens if is_surname(t, words.common) or t.low.split("-")[0] in words.given]
    given = any(t.low.split("-")[0] in words.given for t in tokens)
    initials = [t for t in tokens if is_initial(t)]
    named = len(known) + len(initials) == len(tokens) >= 2 and known
    return bool(named or (given and len(tokens) > 1 and is_person(name, people)))


def may_be_somebody(name: str, rules: Rules) -> bool:
    """Whether it has the form of a person's name, or is a surname alone: "Wojciech Kowalczyk", "Diallo"; and of many a
    firm's ("Terra Nivel")."""
    words = surnames_of(rules)
    if any(_is_of_a_firm(token, rules) for token in tokens_of(name)):
        return False
    return is_person(name, people_words(rules)) or fold(name) in words.common - words.harmless


def _is_of_a_firm(token: NameToken, rules: Rules) -> bool:
    """ "Conseil", "Paysage"."""
    return token.low.rstrip(".") in firms_of(rules)


@lru_cache(maxsize=4)
def firms_of(rules: Rules) -> frozenset[str]:
    """Words of firms, folded."""
    return _folded([*rules.lexicon("firm_words")["firm_words"], *rules.lexicon("personal")["trades"]])


def is_surname(token: NameToken, surnames: frozenset[str]) -> bool:
    """No abbreviation of three letters ("CHU")."""
    return bare(token) in surnames and not (token.text.isupper() and len(token.text) < SHORTEST)


def bare(token: NameToken) -> str:
    """Folded, without "d'" before it and the full stop behind it."""
    return token.low.rstrip(".").split("'")[-1].split("’")[-1]


def is_initial(token: NameToken) -> bool:
    """ "M.", "J.-"; no word of two letters."""
    return len(token.text) <= 3 and token.text[0].isupper() and token.text[-1] in ".-" and token.text[1:2] in ".-"
