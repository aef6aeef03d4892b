"""Around the articles of a firm's newspaper: masthead, editorial, and articles that are no missions. Words:
`words/press.yml`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from carnet.pipeline.teach.blocks.art import capped, say
from carnet.pipeline.teach.blocks.firm import firm_speaker
from carnet.pipeline.teach.content import Brochure
from carnet.pipeline.teach.facts.grammar import Speaker
from carnet.pipeline.teach.facts.lists import load
from carnet.pipeline.teach.facts.people import full_name
from carnet.pipeline.teach.nodes import Box, Look, Mark, Node, Para, Rule, Run, Stack
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role

_FRONT = Mark(Role.FRONT)
KINDS = ("tribune", "tribune", "interview", "interview", "agenda", "ours", "advert", "brief", "firm")


def press_speaker(rng: Random, brochure: Brochure) -> Speaker:
    """Who speaks in the newspaper of a firm."""
    words = {name: some for name, some in load("press").items() if isinstance(some, list)}
    city = brochure.offices[0][0] if brochure.offices else "Lyon"
    host = brochure.website or "www.agence.example"
    given = {"firm": brochure.firm, "city": city, "year": str(brochure.year), "host": host}
    return Speaker(rng, words, given=given, made={"person": lambda: full_name(rng)})


def masthead(rng: Random, brochure: Brochure, voice: Voice, width: float) -> Node:
    """The paper's name and the issue, between rules, in a filled band, or plain."""
    speaker, align = press_speaker(rng, brochure), rng.choice(("left", "center", "center", "right"))
    name = speaker.a("mastheads")
    size = min(rng.uniform(22, 62), width / (0.68 * max(len(name), 9)))
    ink = rng.choice((None, voice.accent, voice.accent2))
    form = rng.choice(("plain", "rules", "rules", "under", "filled", "box"))
    white = "#ffffff" if form == "filled" else None
    look = Look(size=round(size, 1), bold=rng.random() < 0.7, color=white or ink, upper=rng.random() < 0.35)
    small = Look(size=rng.choice((7.0, 8.0, 9.0)), color=white)
    parts = dict.fromkeys(speaker.say(t) for t in rng.sample(load("press")["issue_parts"], rng.randint(1, 4)))
    issue = rng.choice((" — ", " · ", " | ", " – ", "   ")).join(parts)
    lines: list[Node] = [say(name, Role.FRONT, look=look, align=align)]
    lines.insert(rng.choice((0, 1, 1, 1)), say(issue, Role.FRONT, look=small, align=align))
    if brochure.slogan and rng.random() < 0.4:
        lines.append(say(brochure.slogan, Role.FRONT, look=Look(size=9.0, italic=True, color=white), align=align))
    return _framed(form, lines, voice)


def _framed(form: str, lines: Sequence[Node], voice: Voice) -> Node:
    inner = Stack(tuple(lines), gap=10)
    match form:
        case "rules":
            return Stack((Rule(voice.accent, 1.2), inner, Rule(voice.accent, 0.6)), gap=7)
        case "under":
            return Stack((inner, Rule("#333333", 2.0)), gap=7)
        case "filled":
            return Box(inner, fill=voice.accent, inset=12)
        case "box":
            return Box(inner, stroke="#444444", inset=9)
    return inner


@dataclass(frozen=True)
class Columnist:
    """Writes what is no mission, in the very look of the articles. `size`: of the text; `cap`: of headlines."""

    rng: Random
    brochure: Brochure
    voice: Voice
    speaker: Speaker
    size: float
    cap: float
    align: str

    def editorial(self) -> list[Node]:
        """The firm about itself, by lot its people and where it sits."""
        rng = self.rng
        out = [self.headline(self.speaker.a("editorial_titles"))]
        own = firm_speaker(rng, self.brochure)
        said = [self.speaker.a("editorial_texts") for _ in range(rng.randint(2, 6))]
        said += [own.a("texts") for _ in range(rng.randint(0, 3))]
        said += list(self.brochure.about[: rng.randint(0, 2)])
        out += self.paragraphs(list(dict.fromkeys(said)))
        if rng.random() < 0.35:
            out.insert(rng.randint(2, len(out)), self.small_head(own.a("heads")))
        out += self._signed() if rng.random() < 0.5 else []
        out += self._team() if rng.random() < 0.5 else []
        out += self._offices() if rng.random() < 0.5 else []
        return out

    def other(self) -> list[Node]:
        """An article, box or list that is no mission."""
        match self.rng.choice(KINDS):
            case "tribune":
                return self._tribune()
            case "interview":
                return self._interview()
            case "agenda":
                return self._agenda()
            case "ours":
                return self._ours()
            case "advert":
                return self._advert()
            case "brief":
                return self._brief()
        return self.editorial()

    # ---- kinds

    def _tribune(self) -> list[Node]:
        rng, title = self.rng, self.speaker.a("tribunes")
        out = [self._rubric("Tribune", "Opinion", "Point de vue", "Libre propos")] if rng.random() < 0.5 else []
        texts = list(dict.fromkeys(self.speaker.a("tribune_texts") for _ in range(rng.randint(3, 8))))
        out += [self.headline(title), *self.paragraphs(texts)]
        return [*out, *(self._signed() if rng.random() < 0.6 else [])]

    def _interview(self) -> list[Node]:
        rng = self.rng
        who = rng.choice(self.brochure.team)[0] if self.brochure.team and rng.random() < 0.5 else full_name(rng)
        title = rng.choice(
            (f"Trois questions à {who}", f"{who} : « {self.speaker.a('tribunes')} »", f"L'invitée : {who}")
        )
        out: list[Node] = [self.headline(title)]
        strong = Look(bold=True, size=self.size, color=rng.choice((None, self.voice.accent)))
        dash = rng.choice(("", "", "– "))
        for question in dict.fromkeys(self.speaker.a("questions") for _ in range(rng.randint(2, 5))):
            out.append(Para((Run(question, _FRONT, strong),)))
            out.append(self._para(dash + " ".join(self.speaker.a("answers") for _ in range(rng.randint(1, 2)))))
        return out

    def _agenda(self) -> list[Node]:
        strong = Look(bold=True, size=self.size)
        out: list[Node] = [self.headline(self.rng.choice(("Agenda", "Rendez-vous", "À venir", "Dates à retenir")))]
        some = load("press")["agenda"]
        for when, what in self.rng.sample(some, self.rng.randint(3, len(some))):
            runs = (Run(self.speaker.say(when) + " ", _FRONT, strong), self._run(self.speaker.say(what)))
            out.append(Para(runs))
        return out

    def _ours(self) -> list[Node]:
        some = self.rng.sample(load("press")["ours"], self.rng.randint(3, 7))
        lines = [self.speaker.say(t) for t in some]
        if self.rng.random() < 0.4:
            lines = [" – ".join(lines)]
        small = Look(size=round(self.size * 0.85, 1))
        head = [self._rubric("Ours", "Colophon", "Mentions")] if self.rng.random() < 0.4 else []
        inner = Stack((*head, *(say(t, Role.FRONT, look=small) for t in lines)), gap=5)
        return [Box(inner, stroke="#999999", inset=6, keep=False) if self.rng.random() < 0.6 else inner]

    def _advert(self) -> list[Node]:
        name, _, text = self.rng.choice(load("press")["adverts"]).partition("|")
        while text.count("[") < text.count("]") or name.count("[") > name.count("]"):
            more, _, text = text.partition("|")
            name += "|" + more
        dark = self.rng.random() < 0.4
        ink = Look(color="#ffffff") if dark else Look()
        big = Look(size=round(self.size * 1.6, 1), bold=True, color=ink.color)
        inner = Stack(
            (say(self.speaker.say(name), Role.FRONT, look=big, align="center"),
             say(self.speaker.say(text), Role.FRONT, look=ink, align="center")), gap=7)  # fmt: skip
        fill = self.voice.accent if dark else self.rng.choice((None, self.voice.tint))
        return [Box(inner, fill=fill, stroke=None if fill else "#555555", inset=10)]

    def _brief(self) -> list[Node]:
        out: list[Node] = [self.headline(self.rng.choice(("En bref", "Brèves", "Carnet", "Échos")))]
        texts = list(dict.fromkeys(self.speaker.a("brief") for _ in range(self.rng.randint(3, 7))))
        mark = self.rng.choice(("", "", self.voice.bullet))
        return [*out, *(Para((self._run(t),), item=int(bool(mark)), marker=mark) for t in texts)]

    # ---- parts

    def headline(self, text: str) -> Node:
        """A title that looks as a mission's does."""
        return Para(capped((Run(text, _FRONT, self.voice.look("title")),), self.cap))

    def small_head(self, text: str) -> Node:
        return Para(capped((Run(text, _FRONT, self.voice.look("text_label")),), self.size * 1.2))

    def paragraphs(self, texts: Sequence[str]) -> list[Node]:
        """Sentences as paragraphs of one to three."""
        out: list[Node] = []
        at = 0
        while at < len(texts):
            count = self.rng.randint(1, 3)
            out.append(self._para(" ".join(texts[at : at + count])))
            at += count
        return out

    def _para(self, text: str) -> Para:
        return Para((self._run(text),), align=self.align)

    def _run(self, text: str) -> Run:
        return Run(text, _FRONT, self.voice.look("text"))

    def _rubric(self, *names: str) -> Node:
        return Para(capped((Run(self.rng.choice(names), _FRONT, self.voice.look("kicker")),), self.size * 1.1))

    def _signed(self) -> list[Node]:
        if not self.brochure.team:
            return []
        name, role = self.rng.choice(self.brochure.team)
        joint = self.rng.choice((", ", " – ", "\n"))
        look = Look(size=self.size, italic=self.rng.random() < 0.5, bold=self.rng.random() < 0.3)
        align = self.rng.choice(("left", "right"))
        return [Para((Run(name + joint + role, Mark(Role.TEAM), look),), align=align)]

    def _team(self) -> list[Node]:
        """The people in one paragraph, or line by line."""
        people = self.brochure.team
        if not people:
            return []
        lead, joint = self.speaker.a("team_leads"), self.rng.choice((", ", " (", " – "))
        said = [n + joint + r + (")" if "(" in joint else "") for n, r in people]
        strong, look = Look(bold=True, size=self.size), self.voice.look("text")
        if self.rng.random() < 0.5:
            label = Run(lead + " : ", Mark(Role.LABEL, 0, Role.TEAM), strong)
            return [Para((label, Run(" ; ".join(said) + ".", Mark(Role.TEAM), look)), align=self.align)]
        head = Para((Run(lead, Mark(Role.FRONT), strong),))
        mark = self.rng.choice(("", self.voice.bullet))
        return [head, *(Para((Run(t, Mark(Role.TEAM), look),), item=int(bool(mark)), marker=mark) for t in said)]

    def _offices(self) -> list[Node]:
        if not self.brochure.offices:
            return []
        text = " – ".join(f"{address}, {city}" for city, address, _ in self.brochure.offices)
        look = self.voice.look("text")
        label = Run(
            self.speaker.a("office_leads") + " : ", Mark(Role.LABEL, 0, Role.OFFICE), Look(bold=True, size=self.size)
        )
        return [Para((label, Run(text, Mark(Role.OFFICE), look)), align=self.align)]
