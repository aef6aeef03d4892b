"""Who is meant by a name or an e-mail address: all by which this one person is known in the warehouse."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from carnet.schemas.spelling import folded
from carnet.warehouse.privacy.forgotten import Fingerprints, fingerprint, normalised
from carnet.warehouse.privacy.names import Forms, NameLexicon, forms_of

PASSING_KEY = b"only while it is looked for"


@dataclass(frozen=True)
class Person:
    """All by which the person is known here. What others share (a switchboard, a mailbox, "M. Vidal" where there are
    two) is not theirs. `short`: "M. Vidal", "C. Vidal"; `surnames`: a contact called only so; `alone`: those that mean
    nobody and nothing else, wherever they stand."""

    names: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    short: frozenset[str] = frozenset()
    surnames: frozenset[str] = frozenset()
    alone: frozenset[str] = frozenset()

    @property
    def anything(self) -> bool:
        return bool(self.names or self.emails or self.phones)

    def fingerprints(self, key: bytes) -> list[str]:
        kinds = {
            "name": self.names | self.short, "email": self.emails, "phone": self.phones, "surname": self.surnames,
            "alone": self.alone,
        }  # fmt: skip
        return sorted({fingerprint(key, kind, value) for kind, values in kinds.items() for value in values})

    def known(self) -> Fingerprints:
        return Fingerprints(PASSING_KEY, frozenset(self.fingerprints(PASSING_KEY)))


def person_of(
    who: str, people: Sequence[dict[str, Any]], lexicon: NameLexicon, used: Callable[[Fingerprints], set[str]]
) -> Person:
    """`people`: every contact and team member that is read anywhere, as JSON. `used`: words that stand for something
    else in the warehouse (a client, a place, a common word) once the person's names are taken out."""
    kind = "email" if "@" in who else "name"
    meant = [p for p in people if p.get(kind) and normalised(kind, p[kind]) == normalised(kind, who)]
    names = {p["name"] for p in meant if _is_whole(p.get("name"))} | ({who} if kind == "name" else set())
    forms = _own_forms(names, people, lexicon)
    by_name = Person(frozenset(names), short=forms.short, surnames=forms.surnames)
    known = by_name.known()
    mine = [p for p in people if p in meant or _is_called(p, known)]
    others = [p for p in people if p not in mine and p.get("name")]
    emails = {p["email"] for p in people if known.know_email(p.get("email"))} | ({who} if kind == "email" else set())
    emails |= set(_own("email", mine, others))
    person = replace(by_name, emails=frozenset(emails), phones=frozenset(_own("phone", mine, others)))
    return replace(person, alone=_free_surnames(forms.surnames, others, lexicon, used(person.known())))


def close_to(who: str, people: Sequence[dict[str, Any]]) -> list[str]:
    """Names (or addresses) of people here that are nearly this one, the nearest first; itself is none."""
    kind = "email" if "@" in who else "name"
    called = {normalised(kind, p[kind]): p[kind] for p in reversed(people) if p.get(kind)}
    meant = normalised(kind, who)
    near = difflib.get_close_matches(meant, called, n=3, cutoff=0.7)
    words = {word for word in meant.split() if len(word) > 3}
    near += [normal for normal in sorted(called) if kind == "name" and words & set(normal.split())]
    return [called[normal] for normal in dict.fromkeys(near) if normal != meant][:3]


def _is_whole(name: str | None) -> bool:
    return len(normalised("name", name or "").split()) > 1


def _is_called(person: dict[str, Any], known: Fingerprints) -> bool:
    name = person.get("name")
    return known.know("name", name) or known.know("surname", name)


def _own_forms(names: Iterable[str], people: Sequence[dict[str, Any]], lexicon: NameLexicon) -> Forms:
    """Short forms that mean nobody else who is read here."""
    whole = {normalised("name", name) for name in names}
    mine = [forms_of(name, lexicon) for name in names]
    short = frozenset[str]().union(*(f.short for f in mine))
    surnames = frozenset[str]().union(*(f.surnames for f in mine))
    partly = frozenset[str]().union(*(f.partly for f in mine)) - whole
    for other in {p["name"] for p in people if _is_whole(p.get("name"))}:
        its = normalised("name", other)
        if its in whole or its in short:  # "C. Vidal" is Claire Vidal
            continue
        theirs = forms_of(other, lexicon)
        if not _may_be(other, names):
            short, surnames = short - theirs.short - {its}, surnames - theirs.surnames
            partly = partly - theirs.partly - {its}
    return Forms(short | partly, surnames)


def _may_be(other: str, names: Iterable[str]) -> bool:
    """ "VIDAL Claire-Marie" may be Claire Vidal: one name's words all stand in the other."""
    words = set(normalised("name", other).split())
    return any(words >= set(normalised("name", name).split()) for name in names)


def _own(what: str, mine: Sequence[dict[str, Any]], others: Sequence[dict[str, Any]]) -> Iterator[str]:
    shared = {normalised(what, p[what]) for p in others if p.get(what)}
    return (p[what] for p in mine if p.get(what) and normalised(what, p[what]) not in shared)


def _free_surnames(
    surnames: frozenset[str], others: Sequence[dict[str, Any]], lexicon: NameLexicon, used: set[str]
) -> frozenset[str]:
    """Those that name this person wherever they stand."""
    taken = used | {word for p in others for word in normalised("name", p["name"]).split()} | lexicon.given

    def is_free(word: str) -> bool:
        return len(word) > 3 and word not in taken and word not in lexicon.particles and not lexicon.ordinary(word)

    return frozenset(s for s in surnames if any(is_free(word) for word in s.split()))


def words_used(texts: Iterable[str], bodies: Iterable[str]) -> set[str]:
    """Folded words that are written small somewhere, and all that clients, firms and towns are called by."""
    small = {folded(word) for text in texts for word in re.findall(r"[^\W\d_]+", text) if word[0].islower()}
    return small | {folded(word) for body in bodies for word in re.findall(r"[^\W\d_]+", body)}
