"""A mission told in sentences: who speaks, in which words, is drawn once for a brochure; the words are data
(`words/sentences.yml`).

A template is filled with a sign for each value; the signs then become marked runs, and the words between get the mark
of what they are: a label before a colon, the value's own where they are few, an aside of the mission where they are
many.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from carnet.pipeline.teach.blocks.art import Runs, restyle
from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.facts.amounts import amount_forms, works_cost
from carnet.pipeline.teach.facts.grammar import Speaker, capital, smooth
from carnet.pipeline.teach.facts.lists import load, pick, weighed
from carnet.pipeline.teach.nodes import PLAIN, Look, Mark, Run
from carnet.pipeline.teach.voice import NARRATIVE, Voice
from carnet.schemas.roles import Role

SAID = (Role.PERIOD, Role.AMOUNT, Role.WORKS_COST, Role.PLACE, Role.DURATION, Role.PARTNERS, Role.STATUS,
        Role.REFERENCE, Role.CONTACT)  # fmt: skip
_NAMES = {Role.WORKS_COST: "works"}
_SLOTS = ("client", "title", "start", "end", *(_NAMES.get(r, r.value) for r in SAID))
_SIGNS = {name: chr(0xE000 + i) for i, name in enumerate(_SLOTS)}
_OF_SIGN = {sign: name for name, sign in _SIGNS.items()}
_SIGN = re.compile(f"([{_SIGNS['client']}-{chr(0xE000 + len(_SLOTS) - 1)}])")
_CONTRACTED = re.compile(rf"\b([dD]e|[àÀ]) (les?) (?={_SIGN.pattern})")
_OPENS_SMALL = re.compile(r"(?:de|du|d'|depuis|en|entre|à|au|jusqu|courant|mi-|fin|début)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_PHRASE = re.compile(r"[.;,?–] |\(")
_LABEL, _FEW = 32, 14
"""Letters: up to so many before a colon are a label; up to so many elsewhere belong to the value beside them."""


@dataclass(frozen=True)
class Telling:
    """How one brochure tells its missions. `shown`: what it says of them, in this order; `tails`: share of the values
    said in the sentence of title and client; `kept`: templates that it uses again; `told`: texts it goes on with."""

    rng: Random
    voice: Voice
    words: Mapping[str, Sequence[str]]
    firm: str
    speech: str
    strays: float
    steady: float
    shown: tuple[Role, ...]
    tails: float
    articles: bool
    around: float
    told: tuple[Role, ...]
    looks: Mapping[Role, Look]
    works: Callable[[], str]
    kept: dict[str, str] = field(default_factory=dict)

    def sentences(self, mission: MissionFacts) -> list[Runs]:
        """What is said of a mission, sentence by sentence."""
        values = self.values(mission)
        tails = [r for r in self.shown if r in values and r is not Role.CONTACT and self.rng.random() < self.tails]
        main = self._main(values) + "".join(self._tail(r, values) for r in tails)
        own = [self._own(r, values) for r in self.shown if r in values and r not in tails]
        if Role.START in values and Role.END in values:
            own.insert(0, self._template("edges_own"))
        out = [self._marked(text, mission, values) for text in (main, *own) if text]
        return self._with_words(out, mission)

    def texts(self, mission: MissionFacts, role: Role) -> Runs:
        """A text of the mission as running words."""
        items = self.voice.texts(mission, role)
        said = " ".join(capital(t) if t[-1:] in ".?!" else capital(t) + "." for t in items[:3])
        return (Run(said, Mark(role, mission.ordinal), self.voice.look("text")),) if said else ()

    def values(self, mission: MissionFacts) -> dict[Role, Runs]:
        """What may be said of a mission, each in the look that it has in sentences."""
        some = (Role.CLIENT, Role.TITLE, Role.START, Role.END, *SAID)
        out = {r: self.voice.value(mission, r) for r in some if not says_nothing(mission, r) or r is Role.TITLE}
        if Role.WORKS_COST in self.shown:
            cost = next((e.text for e in mission.extras if e.role is Role.WORKS_COST), None) or self.works()
            out[Role.WORKS_COST] = (Run(cost, Mark(Role.WORKS_COST, mission.ordinal)),)
        flat = {r: tuple(replace(x, text=x.text.replace("\n", " ")) for x in runs) for r, runs in out.items()}
        return {r: restyle(runs, self.looks.get(r, PLAIN)) for r, runs in flat.items() if runs}

    # ---- sentences as text with signs

    def _main(self, values: Mapping[Role, Runs]) -> str:
        if Role.CLIENT not in values:
            return self._template("alone")
        return self._template(self.speech if self.rng.random() > self.strays else weighed(self.rng, load_speeches()))

    def _tail(self, role: Role, values: Mapping[Role, Runs]) -> str:
        name = _NAMES.get(role, role.value) + "_tail"
        text = values[role][0].text
        if role is Role.PERIOD:
            name += opening(text)
        if role is Role.PARTNERS:
            name += "" if text[:1].isupper() else "_by"
        if role is Role.PLACE and not text[:1].isalpha():
            return f" ({_SIGNS['place']})"
        return self._template(name)

    def _own(self, role: Role, values: Mapping[Role, Runs]) -> str:
        name = _NAMES.get(role, role.value) + "_own"
        text = values[role][0].text
        if role is Role.PERIOD and self.rng.random() < 0.5:
            name += opening(text).replace("_other", "")
        if role is Role.PARTNERS and text[:1].isupper() and self.rng.random() < 0.4:
            name += "_bare"
        return self._template(name)

    def _template(self, name: str) -> str:
        """One of the sentences of a kind, mostly the one used before, filled."""
        if name not in self.kept or self.rng.random() > self.steady:
            self.kept[name] = pick(self.rng, self.words[name])
        given = {**_SIGNS, "firm": self.firm}
        return Speaker(self.rng, self.words, given=given).fill(self.kept[name])

    # ---- marked runs

    def _marked(self, text: str, mission: MissionFacts, values: Mapping[Role, Runs]) -> Runs:
        client = values.get(Role.CLIENT)
        if client and self.articles:
            text = _with_article(text, client[0].text, self.words_of_articles)
        text = capital(smooth(_CONTRACTED.sub(_contracted, text)))
        pieces = _SIGN.split(text)
        out: list[Run] = []
        for i, piece in enumerate(pieces):
            role = _role(piece)
            if role is not None:
                out += values.get(role, ())
            elif piece:
                before = _role(pieces[i - 1]) if i else None
                behind = _role(pieces[i + 1]) if i + 1 < len(pieces) else None
                out += _between(piece, mission.ordinal, before, behind, self.voice.look("text"))
        return _ended(tuple(out))

    @property
    def words_of_articles(self) -> Mapping[str, str]:
        some = load("sentences")["articles"]
        return {noun: article for article, nouns in some.items() for noun in nouns}

    def _with_words(self, said: list[Runs], mission: MissionFacts) -> list[Runs]:
        """By lot words before and behind that say nothing of the mission."""
        who = "attest" if self.speech == "attest" else "we"
        if self.rng.random() < self.around * 0.5:
            said = [self._words(f"before_{who}", mission), *said]
        if self.rng.random() < self.around:
            said = [*said, self._words(f"behind_{who}", mission)]
        return said

    def _words(self, name: str, mission: MissionFacts) -> Runs:
        text = Speaker(self.rng, self.words, given={"firm": self.firm}).a(name)
        return (Run(text, Mark(Role.ASIDE, mission.ordinal), self.voice.look("text")),)


def telling(rng: Random, brochure: Brochure, voice: Voice, rich: float = 0.6) -> Telling:
    """A way of telling by lot. `rich`: how probable each value is."""
    shown = [r for r in SAID if rng.random() < (0.85 if r is Role.PERIOD else 0.2 if r is Role.WORKS_COST else rich)]
    if rng.random() < 0.5:
        rng.shuffle(shown)
    forms = amount_forms(rng, brochure.country, brochure.firm, False)
    return Telling(
        rng=rng,
        voice=voice,
        words={k: v for k, v in load("sentences").items() if isinstance(v, list)},
        firm=brochure.firm,
        speech=weighed(rng, load_speeches()),
        strays=pick(rng, (0.0, 0.1, 0.5)),
        steady=pick(rng, (1.0, 0.8, 0.4, 0.0)),
        shown=tuple(shown),
        tails=pick(rng, (0.0, 0.3, 0.6, 1.0)),
        articles=rng.random() < 0.6,
        around=pick(rng, (0.0, 0.3, 0.6)),
        told=tuple(r for r in NARRATIVE if rng.random() < pick(rng, (0.0, 0.3, 0.7))),
        looks=_looks(rng, voice),
        works=lambda: works_cost(rng, forms, brochure.country),
    )


def load_speeches() -> Mapping[str, float]:
    """Who may speak, by weight."""
    speeches: Mapping[str, float] = load("sentences")["speeches"]
    return speeches


def _looks(rng: Random, voice: Voice) -> dict[Role, Look]:
    """Looks of values in sentences: mostly the text's own; title or client stand out by lot."""
    strong = (Look(bold=True), Look(italic=True), Look(bold=True, color=voice.accent), Look(upper=True))
    plain = Look(size=voice.look("text").size, bold=False)
    looks = {r: plain for r in (Role.CLIENT, Role.TITLE, *SAID)}
    for role, share in ((Role.TITLE, 0.5), (Role.CLIENT, 0.4)):
        if rng.random() < share:
            looks[role] = pick(rng, strong)
    if rng.random() < 0.2:
        looks |= dict.fromkeys(SAID, pick(rng, strong[:3]))
    return looks


def run_together(sentences: Iterable[Runs], joint: str = " ") -> Runs:
    """Sentences of one paragraph."""
    out: list[Run] = []
    for some in sentences:
        if out and some:
            out.append(Run(joint, out[-1].mark))
        out += some
    return tuple(out)


# ---- parts


def opening(period: str) -> str:
    """Which sentences a period fits into: a year, one that opens with a word ("de mars à juin"), figures, others."""
    if _YEAR.fullmatch(period):
        return "_year"
    return "_by" if _OPENS_SMALL.match(period) else "" if period[:1].isdigit() else "_other"


def says_nothing(mission: MissionFacts, role: Role) -> bool:
    """ "NC" has no place in a sentence."""
    if role is Role.PARTNERS:
        return not mission.partners
    if role is Role.CONTACT:
        return mission.contact is None
    printed = mission.values.get(role)
    return bool(printed and any(str(code).endswith("_missing") for code in printed.gold.get("findings", ())))


def _role(sign: str) -> Role | None:
    name = _OF_SIGN.get(sign)
    return Role.WORKS_COST if name == "works" else Role(name) if name else None


def _between(text: str, mission: int, before: Role | None, behind: Role | None, look: Look) -> list[Run]:
    """The words between two values: what announces the second apart from what ends the first."""
    if behind and text.rstrip().endswith(":"):
        cut = _boundary(text)
        label = text[cut:].rstrip()
        if 1 < len(label.strip(" :")) <= _LABEL:
            rest = _between(text[:cut], mission, before, None, look) if cut else []
            gap = (Run(text[cut + len(label) :], Mark(behind, mission)),) if len(text) > cut + len(label) else ()
            return [*rest, Run(label, Mark(Role.LABEL, mission, behind), look), *gap]
    if len(text.strip()) <= _FEW and (before or behind):
        return [Run(text, Mark(behind or before or Role.ASIDE, mission), look)]
    return [Run(text, Mark(Role.ASIDE, mission), look)]


def _boundary(text: str) -> int:
    """Where the last phrase of a text begins."""
    ends = [m.end() for m in _PHRASE.finditer(text) if m.end() < len(text.rstrip()) - 1]
    return ends[-1] if ends else 0


def _ended(runs: Runs) -> Runs:
    """With a full stop, where no sign ends them."""
    if not runs or runs[-1].text.rstrip()[-1:] in ".!?…:":
        return runs
    return (*runs, replace(runs[-1], text="."))


def _with_article(text: str, client: str, articles: Mapping[str, str]) -> str:
    """ "pour Ville d'Orbec" -> "pour la Ville d'Orbec", where the client stands in a sentence."""
    sign = _SIGNS["client"]
    first = re.split(r"[\s’']", client, maxsplit=1)[0].lower()
    article = articles.get(first)
    at = text.find(sign)
    if not article or at < 0 or text[:at].rstrip()[-1:] in ":–(.;/" and text[:at].strip():
        return text
    behind = text[at + 1 :].lstrip()
    if not text[:at].strip() and (not behind or not behind[0].isalpha()):
        return text
    return text[:at] + (article if article == "l'" else article + " ") + text[at:]


def _contracted(match: re.Match[str]) -> str:
    joined = {("d", "le"): "du", ("d", "les"): "des", ("à", "le"): "au", ("à", "les"): "aux"}
    return joined[match[1].lower()[0], match[2].lower()] + " "
