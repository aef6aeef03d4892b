"""The official lists of communes, EPCI, départements and régions, and which of them a client's name means.

A list for each country, `bodies.tsv.gz` for France, `bodies_be.tsv.gz` for Belgium (whose provinces stand with the
départements), made by `tests/make_bodies.py`; its first line names source, version, licence and date.
"""

from __future__ import annotations

import gc
import gzip
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from carnet.schemas.from_yaml import from_yaml
from carnet.schemas.quick import made_quickly
from carnet.schemas.spelling import folded

_HERE = Path(__file__).parent
LISTS = {
    "FR": (_HERE / "bodies.tsv.gz", _HERE / "bodies.yml"),
    "BE": (_HERE / "bodies_be.tsv.gz", _HERE / "bodies_be.yml"),
}
"""By country: the list, and the words of its names."""
KINDS = {"c": "commune", "e": "epci", "d": "departement", "r": "region"}
"""As `client_type` calls them."""
_SHORT = {"st": "saint", "ste": "sainte"}
_WORD = re.compile(r"[a-z0-9]+")
_PLACE = re.compile(r"\(([^()]{2,44})\)\s{0,9}$")
_OF_TODAY = {"f": "c", "g": "e", "n": "c"}
"""Kinds of what was before, or is called so in another language, and of what it is (part of)."""
_ARTICLES = {"le": ("de le ", "du "), "la": ("de la ",), "les": ("de les ", "des "), "l": ("de l ",)}
"""Of names of communes, and how they are printed behind "Ville"."""
_MUCH_LARGER = 20
_LIKE, _SURELY = 90.0, 97.0
_SHORTEST = 5
"""Letters; a shorter name is like too many."""


@made_quickly
@dataclass(frozen=True, slots=True)
class Body:
    """`code`: INSEE, of an EPCI its SIREN. `today`: of a former one the code of that which it is part of. `epci`: of a
    commune."""

    kind: str
    code: str
    siren: str
    name: str
    departement: str
    region: str
    population: int
    today: str = ""
    epci: str = ""


@dataclass(frozen=True)
class Link:
    """That a name means a body. `doubt`: what speaks against it."""

    body: Body
    reason: str
    score: float
    doubt: str | None = None


def key_of(name: str) -> str:
    """The same for all spellings of a name.

    >>> key_of("St-Étienne-d'Albagnan")
    'saint etienne d albagnan'
    """
    return _key(folded(name))


def _key(low: str) -> str:
    return " ".join([_SHORT.get(word, word) for word in _WORD.findall(low)])


class Bodies:
    """All of them, found by name."""

    def __init__(self, bodies: Iterable[Body], words: Mapping[str, Any]) -> None:
        self.all = list(bodies)
        self.words = words
        self._small, self._loose = frozenset(words["small"]), frozenset(words["loose"])
        self._former_regions: Mapping[str, str] = words["former_regions"]
        self._forms: list[tuple[str, list[str]]] = list(words["epci_forms"].items())
        heads = [(head, kind) for kind, some in words["heads"].items() for head in some]
        self._heads = sorted(heads, key=lambda head: -len(head[0]))
        self.by_code = {(body.kind, body.code): body for body in self.all}
        self._by_key: dict[tuple[str, str], list[Body]] = {}
        low = folded("\n".join([body.name for body in self.all])).split("\n")  # at once: twice as quick
        for body, name in zip(self.all, low, strict=False):  # of none, one empty name
            kind = _OF_TODAY.get(body.kind, body.kind)
            headless = {self.bare(body.name)} if kind in "dr" else set()
            for key in self._keys_of(name) | headless:
                self._by_key.setdefault((kind, key), []).append(body)

    def _keys_of(self, low: str) -> set[str]:
        """Whole and bare, and what stands behind it in brackets: "ca de l'albigeois (c2a)"."""
        short = _PLACE.search(low) if ")" in low else None
        key = _key(low[: short.start()] if short else low)
        return {key, self._tight(key)} | ({_key(short[1])} if short else set())

    def by_letters(self, letters: str) -> list[Body]:
        """Those of today that are written so, head, blanks and signs apart; a former one stands for that of today.

        >>> [body.departement for body in load_bodies().by_letters("grandreims")]
        ['51']
        """
        return list(dict.fromkeys(self._today(body) for body in self._letters.get(letters, [])))

    @cached_property
    def _letters(self) -> dict[str, list[Body]]:
        found: dict[str, list[Body]] = {}
        for body in self.all:
            short = _PLACE.search(body.name)
            for key in {key_of(_PLACE.sub("", body.name)), *([key_of(short[1])] if short else [])}:
                for letters in {key.replace(" ", ""), self._headed(key)[1].replace(" ", "")}:
                    found.setdefault(letters, []).append(body)
        return found

    def bare(self, name: str) -> str:
        """The key of a name without what says its kind.

        >>> load_bodies().bare("CC des Campagnes de l'Artois")
        'campagnes de l artois'
        """
        return self._headed(key_of(_PLACE.sub("", name)))[1]

    def form_of(self, name: str) -> str:
        """Which form of EPCI a name says, as the list abbreviates it; '' for none, or for one that says any.

        >>> load_bodies().form_of("Communauté d'agglomération du Boulonnais")
        'ca'
        """
        key = f"{key_of(name)} "
        return next((form for form, heads in self._forms if any(key.startswith(f"{h} ") for h in heads)), "")

    def names_of(self, body: Body) -> Iterator[str]:
        """Today's and those that the list knows of before.

        >>> known = load_bodies()
        >>> list(known.names_of(known.by_code["e", "242500361"]))
        ['CU Grand Besançon Métropole', 'CA du Grand Besançon']
        """
        yield body.name
        yield from (former.name for former in self._former.get(body.code, []) if _OF_TODAY[former.kind] == body.kind)

    @cached_property
    def _former(self) -> dict[str, list[Body]]:
        found: dict[str, list[Body]] = {}
        for body in self.all:
            if body.today:
                found.setdefault(body.today, []).append(body)
        return found

    def departements(self, body: Body) -> frozenset[str]:
        """In which it lies; an EPCI may lie in several."""
        if body.kind == "e":
            return self._of_epci.get(body.code, frozenset({body.departement}))
        return frozenset({body.departement} - {""})

    @cached_property
    def _of_epci(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for body in self.all:
            if body.epci:
                found.setdefault(body.epci, set()).add(body.departement)
        return {code: frozenset(some) for code, some in found.items()}

    def link(self, name: str, client_type: str | None) -> Link | None:
        """The body that a printed name means, by what the name says it is, else by the client's type; None where it is
        no such body, or nothing is like it."""
        place = _PLACE.search(name)
        bare = key_of(name[: place.start()] if place else name)
        kind, rest = self._headed(bare)
        kind = kind or next((letter for letter, known in KINDS.items() if known == client_type), "")
        if not kind or (client_type and client_type not in KINDS.values()):
            return None
        hint = key_of(place[1]) if place else ""
        return self._with_article(bare, self._exactly(kind, bare, rest, hint)) or self._nearly(kind, bare, rest, hint)

    def _headed(self, bare: str) -> tuple[str, str]:
        """What the name says it is, and the name without that."""
        for head, kind in self._heads:
            if bare.startswith(f"{head} "):
                return kind, self._without_small(bare[len(head) + 1 :])
        if bare.endswith((" metropole", " agglomeration", " agglo", " communaute")):
            return "e", bare
        return "", bare

    def _without_small(self, text: str) -> str:
        words = text.split()
        while len(words) > 1 and words[0] in self._small - {"a", "en", "et", "sur"}:
            words.pop(0)
        return " ".join(words)

    def _tight(self, key: str) -> str:
        """A name in the order of its letters, without what it may lack."""
        if " " not in key and key not in self._small:
            return key
        words = [word for word in key.split(" ") if word not in self._small]
        return " ".join(sorted([word for word in words if word not in self._loose]) or sorted(words))

    # ---- the same

    def _exactly(self, kind: str, bare: str, rest: str, hint: str) -> Link | None:
        if kind == "r" and rest in self._former_regions:
            today = self.by_code["r", self._former_regions[rest]]
            return Link(today, f"region until 2015, part of {today.name} today", 1.0)
        if kind == "d" and ("d", rest) in self.by_code:
            return Link(self.by_code["d", rest], "code of the departement", 1.0)
        for key in (rest, bare, self._tight(rest)):
            found = self._by_key.get((kind, key), [])
            if found:
                return self._one_of(found, "its official name", 1.0, hint)
        return self._by_initials(bare, hint) if kind == "e" else None

    def _with_article(self, bare: str, link: Link | None) -> Link | None:
        """With doubt where a commune's article is not in what is printed, though a preposition is: the Ville de Liège
        is not Le Liège, which would be the Ville du Liège."""
        if link is None or link.doubt or link.body.kind != "c":
            return link
        article = key_of(link.body.name).split(" ")[0]
        said = next((bare[len(head) + 1 :] for head, kind in self._heads if bare.startswith(f"{head} ")), "")
        if article not in _ARTICLES or not said.startswith(("de ", "d ")) or said.startswith(_ARTICLES[article]):
            return link
        return Link(link.body, link.reason, link.score / 2, f"printed without the article of {link.body.name!r}")

    def _by_initials(self, bare: str, hint: str) -> Link | None:
        """ "CCCA": a name of capitals alone, as an EPCI is called at home. Never without doubt."""
        found = self._initials.get(bare, []) if 4 <= len(bare) <= 8 else []
        link = self._one_of(found, "the initials of its name", 0.7, hint) if found else None
        return link and Link(link.body, link.reason, link.score, link.doubt or "known by initials only")

    @cached_property
    def _initials(self) -> dict[str, list[Body]]:
        found: dict[str, list[Body]] = {}
        for body in self.all:
            if body.kind == "e":
                head, *rest = key_of(body.name).split()
                letters = head + "".join(word[0] for word in rest if word not in self._small)
                found.setdefault(letters, []).append(body)
        return found

    def _one_of(self, found: Sequence[Body], reason: str, score: float, hint: str) -> Link | None:
        """The one in the place that is told; else the only one, or the one that is much larger than the others."""
        hint = "" if any(self._is_short_for(hint, body) for body in found) else hint
        here = [body for body in found if hint and self._is_in(body, hint)]
        if hint and not here:
            doubt = f"{found[0].name} is not in {hint!r}"
            return Link(self._today(found[0]), reason, score / 2, doubt) if len(found) == 1 else None
        some = sorted(here or found, key=lambda body: (body.kind in _OF_TODAY, -body.population))
        first = some[0]
        if first.kind in _OF_TODAY:
            today = self._today(first).name
            reason = f"in French {today}" if first.kind == "n" else f"once {first.name}, part of {today} today"
        others = [body for body in some[1:] if body.kind not in _OF_TODAY or first.kind in _OF_TODAY]
        others = [body for body in others if self._today(body) != self._today(first)]
        if not others or first.population > _MUCH_LARGER * others[0].population:
            return Link(self._today(first), reason, score if not others else 0.9 * score)
        named = ", ".join(self._placed(body) for body in (first, *others[:2]))
        doubt = f"{len(others) + 1} are called so: {named}"
        return Link(self._today(first), reason, 0.5 * score, doubt)

    def _today(self, body: Body) -> Body:
        return self.by_code.get((_OF_TODAY[body.kind], body.today), body) if body.today else body

    def _is_in(self, body: Body, hint: str) -> bool:
        area = self.by_code.get(("d", body.departement))
        region = self.by_code.get(("r", body.region))
        names = {name for b in (area, region) if b for name in (key_of(b.name), self.bare(b.name))}
        return hint in names or hint == body.departement.lower() or hint in self.words["country"]

    def _is_short_for(self, hint: str, body: Body) -> bool:
        """ "Métropole européenne de Lille (MEL)": no place."""
        head, *rest = [word for word in key_of(body.name).split() if word not in self._small] or [""]
        letters = "".join(word[0] for word in rest)
        return hint in (head[:1] + letters, head + letters)

    def _placed(self, body: Body) -> str:
        """With its département as people say it: by number in France, by name in Belgium."""
        area = self.by_code.get(("d", body.departement)) if self.words["placed_by"] == "name" else None
        return f"{body.name} ({area.name if area else body.departement})"

    # ---- nearly the same

    def _nearly(self, kind: str, bare: str, rest: str, hint: str) -> Link | None:
        """A name that is like one of the list, and like no other as much."""
        from rapidfuzz import fuzz, process  # not needed for questions

        asked = self._tight(rest)
        if len(asked) < _SHORTEST:
            return None
        scorer = fuzz.token_set_ratio if kind == "e" else fuzz.ratio
        top = process.extract(asked, self._keys(kind), scorer=scorer, score_cutoff=_LIKE, limit=3)
        if not top:
            return None
        best = [key for key, score, _ in top if score == top[0][1]]
        found = [body for key in best for body in self._by_key[kind, key]]
        link = self._one_of(list(dict.fromkeys(found)), "a name like its own", top[0][1] / 100, hint)
        if link is None or link.doubt or (link.score >= _SURELY / 100 and len(best) == 1 and kind == "e"):
            return link
        return Link(link.body, link.reason, link.score, f"{bare!r} is only like {link.body.name!r}")

    def _keys(self, kind: str) -> list[str]:
        if kind not in self._listed:
            self._listed[kind] = [key for known, key in self._by_key if known == kind]
        return self._listed[kind]

    @cached_property
    def _listed(self) -> dict[str, list[str]]:
        return {}


@lru_cache(maxsize=len(LISTS))
def load_bodies(country: str = "FR") -> Bodies:
    """Read the list once; a quarter of a second, so only where a name has to be looked up. All of it stays, so nothing
    is gained by looking for garbage meanwhile, which takes a third longer."""
    file, words = LISTS[country]
    collects = gc.isenabled()
    gc.disable()
    try:
        return Bodies(_read(file), from_yaml(words.read_text(encoding="utf-8")))
    finally:
        if collects:
            gc.enable()


def _read(file: Path) -> Iterator[Body]:
    for line in gzip.decompress(file.read_bytes()).decode().splitlines()[1:]:
        kind, code, siren, name, departement, region, population, today, epci = line.split("\t")
        yield Body(kind, code, siren, name, departement, region, int(population), today, epci)


def source(country: str = "FR") -> str:
    """Where the list is from: package, version, licence, date."""
    with gzip.open(LISTS[country][0], "rt", encoding="utf-8") as file:
        return file.readline().removeprefix("#").strip()
