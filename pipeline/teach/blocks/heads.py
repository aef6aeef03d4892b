"""Heads of missions: where title, client, part and a few facts stand, drawn once by lot for a whole brochure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from carnet.pipeline.teach.blocks.art import WHITE, Runs, capped, floored, line, restyle, stack
from carnet.pipeline.teach.blocks.words import word
from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.nodes import Box, Cell, Grid, Look, Mark, Node, Para, Rule, Run, Space
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role

CLIENT_PLACES = ("over", "under", "beside", "inline", "kicker", "band", "corner", "facts")
DRESSES = ("plain", "plain", "ruled", "left-bar", "filled", "tinted", "over-ruled", "framed")


@dataclass(frozen=True)
class Head:
    """The head of every mission of a brochure. `used`: roles that it prints, so that the facts need not."""

    voice: Voice
    client: str  # one of CLIENT_PLACES
    dress: str  # one of DRESSES
    align: str
    kicker: bool  # the part over the title
    under: tuple[Role, ...]  # facts on a line under the title
    number: str | None  # "Fiche n° {n}"
    total: int
    cap: float  # no type larger than this
    floor: float

    @property
    def used(self) -> frozenset[Role]:
        some = {Role.TITLE, *self.under}
        return frozenset(some | ({Role.CLIENT} if self.client != "facts" else set()))

    def draw(self, mission: MissionFacts) -> Node:
        """The head of a mission."""
        title = self._title(mission)
        client = self._client(mission)
        rows: list[Node | None] = [self._kicker(mission)]
        match self.client:
            case "over" | "kicker" | "band":
                rows += [client, title]
            case "under":
                rows += [title, client]
            case "beside" | "corner":
                rows.append(_side_by_side(title, client, self.client))
            case _:
                rows.append(title)
        rows.append(self._facts(mission))
        return self._dressed(stack(rows, 4.0))

    # ---- its parts

    def _runs(self, runs: Runs, invert: bool = True) -> Runs:
        runs = capped(runs, self.cap)
        return restyle(runs, WHITE) if invert and self.dress == "filled" else runs

    def _title(self, mission: MissionFacts) -> Para | None:
        runs = (
            self.voice.headline(mission) if self.client == "inline" else self.voice.value(mission, Role.TITLE, "title")
        )
        return line(self._runs(floored(runs, self.floor)), self.align)

    def _client(self, mission: MissionFacts) -> Node | None:
        runs = self._runs(self.voice.value(mission, Role.CLIENT, "client"), invert=self.client != "band")
        if not runs:
            return None
        if self.client == "kicker":
            runs = restyle(runs, Look(size=9.0, upper=True, tracking=1.2))
        if self.client == "band":
            return Box(Para(restyle(runs, WHITE)), fill=self.voice.accent2, inset=4, width="100%")
        return line(runs, "right" if self.client in ("beside", "corner") else self.align)

    def _kicker(self, mission: MissionFacts) -> Node | None:
        look = self.voice.look("kicker")
        part: Runs = (
            (Run(mission.domain, Mark(Role.DOMAIN, mission.ordinal), look),) if self.kicker and mission.domain else ()
        )
        number: Runs = ()
        if self.number:
            text = self.number.format(n=mission.ordinal, nn=f"{mission.ordinal:02}", total=self.total)
            number = (Run(text, Mark(Role.REFERENCE, mission.ordinal), look),)
        part, number = self._runs(part), self._runs(number)
        if part and number:
            return Grid(("1fr", "auto"), ((Cell(Para(part)), Cell(Para(number))),), gap_x=8)
        return line(part or number, self.align)

    def _facts(self, mission: MissionFacts) -> Para | None:
        out: list[Run] = []
        for role in self.under:
            value = self.voice.value(mission, role, "date")
            if value and out:
                out.append(Run(self.voice.bar, Mark(out[-1].mark.role, mission.ordinal), self.voice.look("date")))
            out += value
        return line(self._runs(tuple(out)), self.align)

    def _dressed(self, inner: Node) -> Node:
        match self.dress:
            case "ruled":
                return stack((inner, Rule(self.voice.accent, 1.0)), 5)
            case "over-ruled":
                return stack((Rule(self.voice.accent, 2.0), inner), 6)
            case "left-bar":
                return Box(inner, stroke=self.voice.accent, stroke_width=4, sides="l", inset=8)
            case "filled":
                return Box(inner, fill=self.voice.accent, inset=9)
            case "tinted":
                return Box(inner, fill=self.voice.tint, inset=9)
            case "framed":
                return Box(inner, stroke=self.voice.accent, inset=8)
            case _:
                return inner


def _side_by_side(title: Node | None, client: Node | None, form: str) -> Node:
    widths = ("2fr", "1fr") if form == "beside" else ("3fr", "1fr")
    cells = (Cell(title), Cell(client, valign="bottom" if form == "beside" else "top"))
    return Grid(widths, (cells,), gap_x=14)


def head(
    rng: Random,
    brochure: Brochure,
    voice: Voice,
    clients: Sequence[str] = CLIENT_PLACES,
    dresses: Sequence[str] = DRESSES,
    kicker: float = 0.25,
    under: Sequence[Role] = (Role.PLACE, Role.PERIOD, Role.AMOUNT),
    cap: float = 26.0,
    floor: float = 8.0,
) -> Head:
    """A head by lot, out of the places and dresses that a genre allows."""
    some = [r for r in under if rng.random() < 0.18]
    return Head(
        voice,
        rng.choice(list(clients)),
        rng.choice(list(dresses)),
        rng.choice(("left",) * 6 + ("center", "right")),
        rng.random() < kicker,
        tuple(some),
        word(rng, "file_words") if rng.random() < 0.22 else None,
        len(brochure.missions),
        cap,
        floor,
    )


def continued(rng: Random, voice: Voice, mission: MissionFacts, cap: float = 16.0) -> Node:
    """The head of a page on which a mission goes on: its title again, "(suite)" behind it; it heads no mission."""
    title = mission.values.get(Role.TITLE)
    client = mission.values.get(Role.CLIENT)
    text = title.text if title else client.text if client else ""
    if len(text) > 60 and rng.random() < 0.5:
        text = text[:57].rsplit(" ", 1)[0] + "…"
    look = replace(voice.look("title"), size=min(voice.look("title").size or cap, cap))
    runs = (Run(f"{text} {word(rng, 'continued')}", Mark(Role.FURNITURE), look),)
    return stack((Para(runs), Space(4)), 2)
