"""A mission in running text: sentences that each tell one or two facts, run-in labels, sentences whose figures, dates
and people are none of the mission's values. Words: `words/phrases.yml`.

A template is filled with a sign for each value. What stands between two "^" has one role, that of the value in it, so
that every letter of a sentence that tells a fact is marked as that fact.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from random import Random

from carnet.pipeline.teach.blocks.art import Runs, restyle
from carnet.pipeline.teach.blocks.told import opening, says_nothing
from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.facts.amounts import amount_forms, works_cost
from carnet.pipeline.teach.facts.bodies import made_firm
from carnet.pipeline.teach.facts.grammar import Speaker, capital, smooth
from carnet.pipeline.teach.facts.lists import load
from carnet.pipeline.teach.facts.people import full_name
from carnet.pipeline.teach.nodes import Look, Mark, Run
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role

ROLES: Mapping[str, Role] = {
    "client": Role.CLIENT, "amount": Role.AMOUNT, "works": Role.WORKS_COST, "place": Role.PLACE,
    "duration": Role.DURATION, "status": Role.STATUS, "reference": Role.REFERENCE, "start": Role.START,
    "end": Role.END, "who": Role.CONTACT, "email": Role.EMAIL, "phone": Role.PHONE, "period_by": Role.PERIOD,
    "period_year": Role.PERIOD, "period_num": Role.PERIOD, "period_other": Role.PERIOD, "partners": Role.PARTNERS,
    "partners_by": Role.PARTNERS, "amount_by": Role.AMOUNT, "start_as_is": Role.START, "end_as_is": Role.END,
    "who_as_is": Role.CONTACT,
}  # fmt: skip
_SIGNS = {name: chr(0xE100 + i) for i, name in enumerate(ROLES)}
_OF_SIGN = {sign: name for name, sign in _SIGNS.items()}
_SIGN = re.compile("([\ue100-\ue1ff])")
_CONTRACTED = re.compile(r"\b([dD]e|[àÀ]) (les?) (?=[\ue100-\ue1ff])")
_SLOT = re.compile(r"\{(\w+)\}")
_LABEL, _FRAGMENT = 34, 60
"""Letters: the longest label before a colon; a text up to which is no sentence mostly."""
_WITH = re.compile(
    r"(?:en|avec|au|aux|dans|seuls?|sans|groupement|co-?traitance|mandataire|membre|équipe)\b", re.IGNORECASE
)
_VOWELS = "AEIOUYÉÈÊÎÔaeiouéèêîô"
_PERIODS = {"_by": "period_by", "_year": "period_year", "": "period_num", "_other": "period_other"}


@dataclass(frozen=True)
class Phrases:
    """How one brochure writes. `kind`: which templates, "run" or "prose"; `shown`: the share of each value that is
    told; `traps`: of sentences with figures of no mission."""

    rng: Random
    voice: Voice
    speaker: Speaker
    shown: Mapping[Role, float]
    traps: float
    looks: Mapping[Role, Look]
    label: Look
    works: Callable[[], str]
    unit: str  # what amounts count where a brochure prints bare figures

    def facts(self, mission: MissionFacts, kind: str) -> list[Runs]:
        """Sentences that tell the facts of a mission, each once, in any order."""
        values = self.values(mission)
        left = set(values)
        out: list[Runs] = []
        while left:
            fitting = [t for t, slots in _templates(kind) if slots <= left]
            if not fitting:
                break
            slots_of = dict(_templates(kind))
            some = self.rng.choices(fitting, [len(slots_of[t]) ** 2 for t in fitting])[0]
            slots = slots_of[some]
            left -= slots
            out.append(self._marked(some, mission, values, self.label if kind == "run" else self.voice.look("text")))
        return out

    def ordered(self, mission: MissionFacts, kind: str) -> list[Runs]:
        """The same, the client mostly first and the contact last."""
        order = {Role.CLIENT: 0, Role.CONTACT: 8, Role.EMAIL: 9, Role.PHONE: 9}
        return sorted(self.facts(mission, kind), key=lambda runs: order.get(_told(runs), 5))

    def text(self, mission: MissionFacts, role: Role, more: Sequence[str] = ()) -> list[Runs]:
        """The sentences of a text, among them by lot some with figures, dates and people of no mission. With `more` of
        them, most fragments of the mission's own are left out."""
        own = self.voice.texts(mission, role)
        items = [*(t for t in own if not more or len(t) > _FRAGMENT or self.rng.random() < 0.3), *more]
        out = [self._said(capital(t) if t[-1:] in ".?!…" else capital(t) + ".", role, mission) for t in items]
        if out and self.rng.random() < self.traps:
            trap = self.speaker.say(self.rng.choice(load("phrases")["traps"][role.value]))
            out.insert(self.rng.randint(0, len(out)), self._said(trap, role, mission))
        if out and self.rng.random() < self.traps * 0.35:
            cost = self._said(self.speaker.a("costs"), Role.WORKS_COST, mission)
            out.insert(self.rng.randint(1, len(out)), cost)
        return out

    def asides(self, mission: MissionFacts) -> list[Runs]:
        """By lot who built, or who worked on it in the firm: no values of the mission."""
        out: list[Runs] = []
        for name in ("builders", "own"):
            if self.rng.random() < self.traps * 0.5:
                label, _, text = self.speaker.a(name).partition(" : ")
                named = Run(label + " : ", Mark(Role.LABEL, mission.ordinal, Role.OTHER), self.label)
                out.append((named, Run(text, Mark(Role.OTHER, mission.ordinal), self.voice.look("text"))))
        return out

    def values(self, mission: MissionFacts) -> dict[str, Runs]:
        """What is told of a mission by name of slot, in the look that it has in running text."""
        rng, voice = self.rng, self.voice
        told = {role for role in dict.fromkeys(ROLES.values()) if rng.random() < self.shown.get(role, 0.5)}
        out: dict[str, Runs] = {}
        for role in told:
            if role in _PEOPLE:
                runs = self._person(mission, role)
            elif role is Role.WORKS_COST:
                cost = next((e.text for e in mission.extras if e.role is role), None) or self.works()
                runs = (Run(cost, Mark(role, mission.ordinal), voice.look("text")),)
            else:
                runs = () if says_nothing(mission, role) else voice.value(mission, role)
            if role is Role.AMOUNT and runs and self.unit:
                runs = (*runs[:-1], replace(runs[-1], text=f"{runs[-1].text} {self.unit}"))
            if runs:
                flat = tuple(replace(r, text=r.text.replace("\n", " ")) for r in runs)
                slot = _slot_of(role, flat)
                slot = "who_as_is" if slot == "who" and not (mission.contact and mission.contact.name) else slot
                out[slot] = restyle(flat, self.looks.get(role, self.voice.look("text")))
        if not any(name.startswith("who") for name in out) and rng.random() < 0.8:
            out = {name: runs for name, runs in out.items() if name not in ("email", "phone")}
        return dict(sorted(_edges(out).items()))

    def _person(self, mission: MissionFacts, role: Role) -> Runs:
        if mission.contact is None:
            return ()
        parts = ("name", "role") if role is Role.CONTACT else (_PEOPLE[role],)
        plain = replace(self.voice, contact_parts=parts, contact_leads={}, contact_forms={})
        return plain.contact(mission, ", ")

    # ---- marked runs

    def _said(self, text: str, role: Role, mission: MissionFacts) -> Runs:
        return (Run(text, Mark(role, mission.ordinal), self.voice.look("text")),)

    def _marked(self, template: str, mission: MissionFacts, values: Mapping[str, Runs], label: Look) -> Runs:
        filled = Speaker(self.rng, *self.speaker.words, given={**self.speaker.given, **_SIGNS}).fill(template)
        if "client" in values:
            filled = _named(filled, values["client"][0].text)
        text = capital(smooth(_CONTRACTED.sub(_joined, filled)))
        first_told = next((ROLES[_OF_SIGN[sign]] for sign in text if sign in _OF_SIGN), Role.ASIDE)
        out: list[Run] = []
        for part in text.split("^"):
            out += self._part(part, mission.ordinal, values, out[-1].mark.role if out else first_told, label)
        first = out[0]
        return (replace(first, text=capital(first.text)), *out[1:]) if first.mark.role is Role.PARTNERS else tuple(out)

    def _part(self, part: str, mission: int, values: Mapping[str, Runs], before: Role, label: Look) -> list[Run]:
        """A stretch of one role: of its value or, where it has none, `before`; a label apart."""
        pieces = [p for p in _SIGN.split(part) if p]
        names = [_OF_SIGN[p] for p in pieces if p in _OF_SIGN]
        role = ROLES[names[0]] if names else before
        look = self.voice.look("text")
        out: list[Run] = []
        for n, piece in enumerate(pieces):
            if piece in _OF_SIGN:
                out += values[_OF_SIGN[piece]]
            elif names and n == 0 and piece.endswith(" : ") and len(piece) <= _LABEL:
                out.append(Run(piece, Mark(Role.LABEL, mission, role), label))
            else:
                out.append(Run(piece, Mark(role, mission), look))
        return _one_stop(out)


_PEOPLE = {Role.CONTACT: "name", Role.EMAIL: "email", Role.PHONE: "phone"}


def phrases(rng: Random, brochure: Brochure, voice: Voice) -> Phrases:
    """A way of writing by lot."""
    own = tuple(name for name, _ in brochure.team)
    speaker = Speaker(
        rng,
        {name: some for name, some in load("phrases").items() if isinstance(some, list)},
        given={"firm": brochure.firm, "city": brochure.offices[0][0] if brochure.offices else "Lyon"},
        made={
            "person": lambda: full_name(rng),
            "own": lambda: rng.choice(own) if own else full_name(rng),
            "made": lambda: made_firm(rng),
        },
    )
    rich, works = rng.choice((0.75, 0.9, 1.0)), rng.choice((0.0, 0.1, 0.6))
    shown = {role: rich for role in ROLES.values()} | {Role.CLIENT: 0.98, Role.WORKS_COST: works}
    shown |= dict.fromkeys((Role.PERIOD, Role.START, Role.END, Role.AMOUNT, Role.CONTACT), 0.95)
    for role in (Role.AMOUNT, Role.CONTACT, Role.PARTNERS, Role.PLACE, Role.STATUS):
        if rng.random() < 0.12:
            shown[role] = 0.0
    plain = replace(voice.look("text"), bold=False)
    strong = rng.choice((plain, plain, plain, Look(bold=True), Look(italic=True)))
    looks = {role: plain for role in ROLES.values()}
    looks |= dict.fromkeys(rng.sample(list(looks), rng.choice((0, 0, 1, 3))), strong)
    forms = amount_forms(rng, brochure.country, brochure.firm, False)
    label = rng.choice(
        (plain, plain, Look(bold=True), Look(italic=True), Look(color=voice.accent), Look(small_caps=True))
    )
    return Phrases(
        rng=rng,
        voice=voice,
        speaker=speaker,
        shown=shown,
        traps=rng.choice((0.0, 0.25, 0.5, 0.8)),
        looks=looks,
        label=label,
        works=lambda: works_cost(rng, forms, brochure.country),
        unit=re.sub("[()]|^en ", "", brochure.amount_unit or ""),
    )


def together(sentences: Sequence[Runs]) -> Runs:
    """Sentences of one paragraph, a space between in the role of the first."""
    out: list[Run] = []
    for some in sentences:
        if out and some and not out[-1].text.endswith((" ", "\n")):
            out.append(Run(" ", out[-1].mark, out[-1].look))
        out += some
    return tuple(out)


def paragraphs(rng: Random, sentences: Sequence[Runs], most: int) -> list[Runs]:
    """The sentences dealt to one to `most` paragraphs."""
    count = min(rng.randint(1, most), len(sentences))
    cuts = sorted(rng.sample(range(1, len(sentences)), count - 1)) if count > 1 else []
    return [together(sentences[a:b]) for a, b in zip([0, *cuts], [*cuts, len(sentences)], strict=True)]


def mingled(rng: Random, facts: Sequence[Runs], texts: Sequence[Runs]) -> list[Runs]:
    """Facts dealt at random among the sentences of the texts, each in its own order."""
    places = sorted(rng.randint(0, len(texts)) for _ in facts)
    out: list[Runs] = []
    for at in range(len(texts) + 1):
        out += [fact for fact, place in zip(facts, places, strict=True) if place == at]
        out += texts[at : at + 1]
    return out


# ---- parts


@cache
def _templates(kind: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Templates with the slots that each must have."""
    return tuple((t, frozenset(n for n in _SLOT.findall(t) if n in ROLES)) for t in load("phrases")[kind])


def _slot_of(role: Role, runs: Runs) -> str:
    """The slot that a value fits into by how it opens."""
    text = runs[0].text
    match role:
        case Role.PERIOD:
            return "period_other" if text[:1].isupper() or text.startswith("en cours") else _PERIODS[opening(text)]
        case Role.PARTNERS:
            return "partners" if text[:1].isupper() and not _WITH.match(text) else "partners_by"
        case Role.AMOUNT if text[:1].islower():
            return "amount_by"
        case Role.START | Role.END if not (text[:1].isdigit() or text[:1].islower()):
            return f"{role.value}_as_is"
    return next(name for name, of in ROLES.items() if of is role)


def _edges(values: dict[str, Runs]) -> dict[str, Runs]:
    """Start and end in the same form; one without the other is left out."""
    named = {name.split("_")[0]: name for name in values if name.startswith(("start", "end"))}
    if len(named) == 2 and named["start"].endswith("_as_is") == named["end"].endswith("_as_is"):
        return values
    some = {name: runs for name, runs in values.items() if name not in named.values()}
    if len(named) == 2:
        some |= {f"{edge}_as_is": values[name] for edge, name in named.items()}
    return some


def _told(runs: Runs) -> Role:
    """What a sentence tells first."""
    return next((r.mark.role for r in runs if r.mark.role is not Role.LABEL), Role.ASIDE)


def _named(text: str, client: str) -> str:
    """The client with the article that its noun has in running text: "pour la Ville d'Orbec"."""
    sign = _SIGNS["client"]
    at = text.find(sign)
    if at < 0 or text[:at].rstrip()[-1:] in ":(":
        return text
    first = re.split(r"[\s’']", client, maxsplit=1)[0].lower()
    article: str | None = next((a for a, nouns in load("sentences")["articles"].items() if first in nouns), None)
    if article is None:
        return re.sub(rf"\b([dD])e (?={sign})", r"\1'", text) if client[:1] in _VOWELS else text
    if not text[:at].strip() and text[at + 1 : at + 2] in ",( ":
        return text if text[at + 1 : at + 2] != " " else (article if article == "l'" else article + " ") + text
    return text[:at] + (article if article == "l'" else article + " ") + text[at:]


def _joined(match: re.Match[str]) -> str:
    some = {("d", "le"): "du", ("d", "les"): "des", ("à", "le"): "au", ("à", "les"): "aux"}
    word = some[match[1].lower()[0], match[2].lower()]
    return (capital(word) if match[1][0].isupper() else word) + " "


def _one_stop(runs: list[Run]) -> list[Run]:
    """One full stop where a value that ends in a stop is followed by another."""
    if len(runs) > 1 and runs[-1].text == "." and runs[-2].text.endswith("."):
        return runs[:-1]
    return runs
