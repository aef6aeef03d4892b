"""Titles, texts, extras of a mission: what a profession says of its work."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from random import Random
from typing import Any

from carnet.pipeline.teach.content import Extra
from carnet.pipeline.teach.facts.bodies import Body, made_firm, surname
from carnet.pipeline.teach.facts.grammar import Speaker, Words, capital, smooth
from carnet.pipeline.teach.facts.lists import load, pick, weighed
from carnet.pipeline.teach.facts.people import full_name
from carnet.pipeline.teach.facts.places import place
from carnet.schemas.roles import Role

_NO_DIGITS = dict.fromkeys(map(ord, "0123456789"))
NARRATIVE = (Role.CONTEXT, Role.APPROACH, Role.RESULTS)
_SHAPES: Mapping[str, Mapping[str, float]] = {
    "context": {"prose": 5, "bullets": 3, "sentence": 2, "long": 1.5, "fragment": 1},
    "approach": {"prose": 3, "bullets": 6, "sentence": 1, "long": 1, "many": 2, "fragment": 1},
    "results": {"prose": 2, "bullets": 5, "sentence": 3, "fragment": 2, "many": 0.5},
}


_TITLES: Sequence[Mapping[str, float]] = (
    {"made": 8, "whole": 4, "short": 1},
    {"made": 3, "whole": 2, "short": 6},
    {"made": 2, "whole": 6, "long": 4},
    {"made": 1, "short": 0.2, "whole": 1},
)


@dataclass(frozen=True, slots=True)
class ProseForms:
    """How a brochure writes: the shape and share of each text, lengths, how its titles are made."""

    shapes: Mapping[Role, str]
    shares: Mapping[Role, float]
    stop: bool  # a full stop behind bullets
    titles: Mapping[str, float]
    tail: float


def prose_forms(rng: Random) -> ProseForms:
    """Forms by lot: all three texts, some, none."""
    told = weighed(rng, {"all": 6, "two": 3, "one": 2, "none": 1.5})
    count = {"all": 3, "two": 2, "one": 1, "none": 0}[told]
    some = NARRATIVE if count == 3 else rng.sample(NARRATIVE, count)
    full = pick(rng, (1.0, 1.0, 0.95, 0.8, 0.5))
    return ProseForms(
        shapes={role: weighed(rng, _SHAPES[role.value]) for role in NARRATIVE},
        shares={role: full if role in some else 0.0 for role in NARRATIVE},
        stop=rng.random() < 0.2,
        titles=pick(rng, _TITLES),
        tail=pick(rng, (0.0, 0.1, 0.3)),
    )  # fmt: skip


class Teller:
    """Speaks of one profession's missions. `firm`: the publisher; `year`: of the brochure."""

    def __init__(self, rng: Random, profession: str, firm: str, country: str, works: Callable[[], str]) -> None:
        self.rng, self.country, self.firm = rng, country, firm
        self.lists = profession_lists(profession)
        self.said: dict[str, None] = {}  # templates used of late
        self.made = {
            "person": lambda: full_name(rng), "body_the": lambda: pick(rng, load("bodies")["bodies"]),
            "funder": lambda: pick(rng, load("bodies")["funders"]), "works": works,
            "surname_new": lambda: surname(rng), "made_new": lambda: made_firm(rng),
            "place2": lambda: place(rng, country),
            "quarter": lambda: pick(rng, load("places")["quarters"]),
            "water": lambda: pick(rng, load("bodies")["water"]),
            "water_the": lambda: pick(rng, load("bodies")["water_the"]),
        }  # fmt: skip

    def speaker(self, body: Body | None) -> Speaker:
        """Somebody who speaks of a client; of nobody by name where there is none."""
        given = {"firm": self.firm, "place": body.place if body else place(self.rng, self.country)}
        given["the"] = body.the if body else "notre client"
        given["client"] = body.name if body and len(body.name) < 46 and "/" not in body.name else given["the"]
        return Speaker(self.rng, load_texts(), self.lists, given=given, made=self.made)

    def title(self, forms: ProseForms, speaker: Speaker) -> str:
        """What was done, in one word to three lines."""
        rng, lists = self.rng, self.lists
        kind = weighed(rng, forms.titles)
        given = {**speaker.given, "act": speaker.fill(pick(rng, lists["acts"]))}
        given["thing"] = speaker.fill(pick(rng, lists["things"]))
        given["act_low"] = (lambda a: a[:1].lower() + a[1:] if a[1:2].islower() else a)(
            speaker.fill(pick(rng, lists["acts"]))
        )
        given["thing_low"], given["thing_cap"] = given["thing"], capital(smooth(given["thing"]))
        given["thing_bare"] = capital(_bare(smooth(given["thing"])))
        title = Speaker(rng, load_texts(), lists, given=given, made=self.made)
        title.given = given
        if kind == "short":
            return capital(title.a("short"))
        given["thing2"] = speaker.fill(pick(rng, lists["things"]))
        whole = str(pick(rng, lists["titles"]))
        if whole.count("{thing") > 1:
            whole = "{thing2}".join(whole.rsplit("{thing_low}" if whole.endswith("{thing_low}") else "{thing}", 1))
        text = title.say(whole if kind == "whole" else "{act} {thing}")
        if kind == "long" or rng.random() < forms.tail:
            text += (
                " et " + title.say("{act_low} " + speaker.fill(pick(rng, lists["things"])))
                if " et " not in text and rng.random() < 0.4
                else ""
            )
            text += smooth("." + title.fill(pick(rng, load("firms")["titles_tail"])))[1:] if rng.random() < 0.8 else ""
        return capital(text)

    def text(self, forms: ProseForms, role: Role, speaker: Speaker) -> tuple[str, ...]:
        """Paragraphs or bullets of one text; () where it is left out."""
        if self.rng.random() >= forms.shares[role]:
            return ()
        rng = self.rng
        shape = forms.shapes[role] if rng.random() < 0.85 else weighed(rng, _SHAPES[role.value])
        name = role.value
        match shape:
            case "bullets" | "many":
                count = rng.randint(2, 5) if shape == "bullets" else rng.randint(5, 9)
                return self._bullets(name, count, speaker, forms.stop)
            case "fragment":
                return (self._one(name + "_b", speaker),)
            case "sentence":
                return (self._one(name + "_s", speaker),)
            case "long":
                return tuple(self._paragraph(name, rng.randint(2, 5), speaker) for _ in range(rng.randint(1, 3)))
            case _:
                return tuple(self._paragraph(name, rng.randint(1, 3), speaker) for _ in range(rng.randint(1, 2)))

    def extras(self, entries: Sequence[str], speaker: Speaker) -> tuple[Extra, ...]:
        """Facts that no field holds, of the labels that a brochure has."""
        out = []
        for entry in entries:
            label, text, *works = (part.strip() for part in entry.split(" | "))
            out.append(Extra(label, capital(speaker.say(text)), Role.WORKS_COST if works else Role.OTHER))
        return tuple(out)

    # ---- parts

    def _one(self, name: str, speaker: Speaker) -> str:
        own, common = self.lists.get(name, ()), load_texts()[name + "2" if self.rng.random() < 0.45 else name]
        share = 2.5 * len(own) / (2.5 * len(own) + len(common))
        template = pick(self.rng, own if self.rng.random() < share else common)
        for _ in range(4):
            if template not in self.said:
                break
            template = pick(self.rng, own if self.rng.random() < share else common)
        self.said[template] = None
        if len(self.said) > 60:
            del self.said[next(iter(self.said))]
        return capital(speaker.say(template))

    def _several(self, name: str, count: int, speaker: Speaker) -> list[str]:
        """Fragments that do not start alike."""
        out: dict[str, str] = {}
        for _ in range(count * 2):
            text = self._one(name, speaker)
            out.setdefault(text.translate(_NO_DIGITS)[:14], text)
            if len(out) == count:
                break
        return list(out.values())

    def _bullets(self, name: str, count: int, speaker: Speaker, stop: bool) -> tuple[str, ...]:
        kinds = name + ("_s" if self.rng.random() < 0.15 else "_b")
        some = self._several(kinds, count, speaker)
        if self.rng.random() < 0.15:
            some.append(self._one(name + "_s", speaker))
        low = self.rng.random() < 0.1
        ended = [t if t[-1:] in ".?!" or not stop else t + "." for t in some]
        return tuple(t[:1].lower() + t[1:] if low and t[1:2].islower() else t for t in ended)

    def _paragraph(self, name: str, count: int, speaker: Speaker) -> str:
        return " ".join(self._several(name + "_s", count, speaker))


@cache
def profession(name: str) -> Mapping[str, Any]:
    """The lists of a profession: "conseil"."""
    return load("p_" + name)


@cache
def profession_lists(name: str) -> Words:
    return {key: entries for key, entries in profession(name).items() if isinstance(entries, list) and key != "fee"}


@lru_cache(maxsize=1)
def load_texts() -> Words:
    return {**load("texts"), "city": [c.rsplit(" ", 1)[0] for c in load("places")["cities"]["FR"]]}


def _bare(thing: str) -> str:
    """Without its article: "le projet" -> "projet"."""
    for article in ("le ", "la ", "les ", "l'"):
        if thing.startswith(article):
            return thing[len(article) :]
    return thing
