"""Bodies that order missions, with what a reference answer says of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from random import Random
from typing import Any

from carnet.pipeline.teach.facts.grammar import Speaker, Words
from carnet.pipeline.teach.facts.lists import load, pick, weighed
from carnet.pipeline.teach.facts.places import joined, place

AFRICAN = ("SN", "CI", "ML", "BF", "TG", "MA")


@dataclass(frozen=True, slots=True)
class Body:
    """`text` as printed, `name` as the answer has it. `place`: the town or area it is called after. `the`: how running
    text names it ("la commune", "l'association"). `sort`: which people work there."""

    text: str
    name: str
    kind: str
    country: str
    aliases: tuple[str, ...]
    place: str
    sort: str
    the: str

    def gold(self) -> dict[str, Any]:
        return {"client_type": self.kind, "country": self.country, "client_aliases": list(self.aliases)}


_SORT = {
    "commune": "commune", "epci": "epci", "entreprise": "private", "bailleur": "private",
    "enseignement": "enseignement", "sante": "sante",
}  # fmt: skip
_THE = {
    "commune": ("la commune", "la ville", "la municipalité", "la collectivité"),
    "epci": ("la communauté de communes", "l'intercommunalité", "l'agglomération", "la collectivité"),
    "departement": ("le Département", "la collectivité"),
    "region": ("la Région", "l'institution régionale"),
    "etat": ("l'administration", "le service", "la direction"),
    "groupement": ("le syndicat", "la structure", "le territoire"),
    "entreprise": ("l'entreprise", "le groupe", "la société", "la direction"),
    "association": ("l'association", "la structure"),
    "consulaire": ("la chambre", "l'établissement"),
    "enseignement": ("l'établissement", "l'équipe pédagogique"),
    "sante": ("l'établissement", "la direction de l'établissement"),
    "bailleur": ("le bailleur", "l'office"),
    "autre": ("le maître d'ouvrage", "le commanditaire"),
}
_THE_AT = {
    ("BE", "region"): "l'administration régionale", ("BE", "departement"): "la Province",
    ("CH", "region"): "le Canton", ("BE", "groupement"): "l'intercommunale",
}  # fmt: skip


def body(rng: Random, country: str, kind: str) -> Body:
    """A body of a kind. "FR", "epci" gives "CC des Trois Vallées"; a kind that the country lacks becomes a near one."""
    forms = load("bodies").get(country) or load("bodies")["AF"]
    if kind not in forms:
        kind = {"epci": "commune", "departement": "region", "bailleur": "autre"}.get(kind, "commune")
        kind = kind if kind in forms else "commune"
    entry = weighed_entry(rng, _entries("AF" if country in AFRICAN else country, kind))
    speaker = _speaker(rng, country)
    text, *aliases = dict.fromkeys(speaker.say(form) for form in entry)
    the = _THE_AT.get((country, kind)) or pick(rng, _THE[kind])
    sort = country if country in ("BE", "CH", "LU", "CA") and kind == "commune" else _SORT.get(kind, "public")
    sort = "AF" if country in AFRICAN else sort
    return Body(text, text, kind, country, tuple(aliases), speaker.given["place"], sort, the)


def weighed_entry(rng: Random, entries: tuple[tuple[tuple[str, ...], ...], tuple[float, ...]]) -> tuple[str, ...]:
    return rng.choices(entries[0], cum_weights=entries[1])[0]


@cache
def _entries(country: str, kind: str) -> tuple[tuple[tuple[str, ...], ...], tuple[float, ...]]:
    forms: Sequence[Sequence[str]] = load("bodies")[country][kind]
    out, weights, total = [], [], 0.0
    for first, *others in forms:
        form, _, weight = first.partition("*")
        total += float(weight or 1)
        out.append((form, *others))
        weights.append(total)
    return tuple(out), tuple(weights)


def _speaker(rng: Random, country: str) -> Speaker:
    """Names drawn once, so that a form and its other spellings agree."""
    places, bodies = load("places"), load("bodies")
    given = {"place": place(rng, country), "place2": place(rng, country)}
    given["nn"], given["dep"] = _parted(pick(rng, places["departements"]))
    given["ct"], given["canton"] = _parted(pick(rng, places["cantons"]))
    given["region"], given["province"] = pick(rng, places["regions"]), pick(rng, places["provinces"])
    first = Speaker(rng, _lists(), given=given)
    for name in ("area", "area_the", "water", "water_the"):
        given[name] = first.slot(name)
    given |= {"surname": surname(rng), "surname2": surname(rng), "water2": first.slot("water")}
    second = Speaker(rng, _lists(), given=given)
    cc = pick(rng, bodies["cc"])
    given["cc"] = second.fill(cc)
    given["cc_bare"] = re.sub(r"^de (les?|la|l') ?", "", Speaker(rng, given=given).fill(given["cc"])).removeprefix(
        "de "
    )
    for name in ("of_area", "cause", "famous", "famous_last", "flower", "saint_name", "quarter_name", "made_short"):
        given[name] = second.slot(name)
    given["made"] = pick(rng, [second.slot("made"), given["made_short"]])
    given["MADE"], given["sigle"] = given["made"].upper(), sigle(rng)
    return Speaker(rng, _lists(), given=given)


@cache
def _lists() -> Words:
    lists = load("bodies")
    return {name: entries for name, entries in lists.items() if isinstance(entries, list)}


def _parted(entry: str) -> tuple[str, str]:
    code, _, name = entry.partition(" ")
    return code, name


def sigle(rng: Random) -> str:
    """Initials that can be said: "SIVAL", "IDERCO"."""
    return "".join(pick(rng, "BCDFGLMNPRSTV") + pick(rng, "AEIO") for _ in range(rng.randint(1, 2))) + pick(
        rng, "LRSXNA"
    )


def surname(rng: Random) -> str:
    """A family name: listed, or made of syllables."""
    people = load("people")
    if rng.random() < 0.4:
        return str(pick(rng, people["last"]))
    return joined(pick(rng, people["start"]), pick(rng, people["middle"]), pick(rng, people["end"]))


def made_firm(rng: Random) -> str:
    """A made-up company: "Verreries de la Brède", "Altilia Logistique"."""
    return _speaker(rng, "FR").given["made"]


def slug(text: str) -> str:
    """ "Saint-Éloi-sur-Braye" -> "saint-eloi-sur-braye"."""
    plain = unicodedata.normalize("NFD", text.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


# ---- how a brochure prints bodies


def with_note(rng: Random, found: Body) -> Body:
    """A place note in parentheses behind the body: an alias of the answer, not a part of it."""
    land = load("places")["countries"].get(found.country)
    note = pick(rng, [land, found.country]) if found.country != "FR" and land else _french_note(rng, found)
    if not note or "(" in found.text:
        return found
    text = f"{found.text} ({note})"
    return replace(found, text=text, aliases=(*found.aliases, text))


def _french_note(rng: Random, found: Body) -> str | None:
    if found.kind not in ("commune", "epci", "enseignement", "sante", "groupement"):
        return None
    number, name = _parted(pick(rng, load("places")["departements"]))
    return (
        number
        if rng.random() < 0.6
        else name.removeprefix("le ").removeprefix("la ").removeprefix("les ").removeprefix("l'")
    )


def in_capitals(found: Body) -> Body:
    """ "VILLE DE VARMONT"; the answer is as printed."""
    return replace(found, text=found.text.upper(), name=found.name.upper(), aliases=(*found.aliases, found.name))


def shared(one: Body, two: Body, joint: str) -> Body:
    """Two bodies under one heading are one client as printed."""
    name = f"{one.name}{joint}{two.name}"
    return replace(one, text=name, name=name, aliases=(), the="la collectivité")


def kind_of(rng: Random, weights: Mapping[str, float]) -> str:
    return weighed(rng, weights)
