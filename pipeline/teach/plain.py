"""Brochures as text and Markdown, typed as such or converted from pages: no geometry, only lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from carnet.pipeline.teach.blocks import grids, groups, items
from carnet.pipeline.teach.blocks.art import Runs
from carnet.pipeline.teach.blocks.flat import flattened
from carnet.pipeline.teach.blocks.lists import listed, listed_words
from carnet.pipeline.teach.blocks.typed import TextBrochure, Typist, starred
from carnet.pipeline.teach.blocks.words import word
from carnet.pipeline.teach.content import Brochure, MissionFacts
from carnet.pipeline.teach.genres import registry
from carnet.pipeline.teach.nodes import Look, Mark, Node, Para, Run, paras
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role

ComposeText = Callable[[Random, Brochure, Voice], TextBrochure]

BULLETS = ("- ", "* ", "• ", "– ", "+ ", "> ")


def compose_text(rng: Random, brochure: Brochure, voice: Voice) -> TextBrochure:
    """A text by lot: typed in one of its forms, or what a converter makes of a genre to learn from."""
    return rng.choice(tuple(LEARN.values()))(rng, brochure, voice)


# ---- converted


def converted(rng: Random, brochure: Brochure, voice: Voice) -> TextBrochure:
    """Pages of a genre to learn from, as a converter writes them."""
    return flattened(rng, registry.LEARN[rng.choice(sorted(registry.LEARN))](rng, brochure, voice))


def converted_unseen(rng: Random, brochure: Brochure, voice: Voice) -> TextBrochure:
    """Pages of a genre to measure on, as a converter writes them."""
    return flattened(rng, registry.MEASURE[rng.choice(sorted(registry.MEASURE))](rng, brochure, voice))


# ---- typed


def sections(rng: Random, brochure: Brochure, voice: Voice) -> TextBrochure:
    """A section for each mission: head, facts on lines, texts."""
    out = _typist(rng)
    m = items.manner(rng, voice, 10.0, facts=("lines", "lines", "items", "bar", "pairs", "bare"), rich=0.55)
    m = m.but(width=9999.0, paragraphs=9)
    typed = _Typed(rng, out, m)
    typed.before(brochure)
    for domain, missions in groups.parts(brochure) if rng.random() < 0.6 else [("", list(brochure.missions))]:
        typed.part(domain)
        for mission in missions:
            typed.mission(mission)
    typed.after(brochure)
    return out.done()


def listing(rng: Random, brochure: Brochure, voice: Voice) -> TextBrochure:
    """A line for each mission, under parts, years or clients."""
    out = _typist(rng)
    m = items.manner(rng, voice, 10.0, heads=("one_line", "run_in", "client_caps"), rich=0.35).but(
        width=9999.0, kicker=False
    )
    typed = _Typed(rng, out, m)
    typed.before(brochure)
    by = rng.choice(("part", "year", "client", "none"))
    mark = rng.choice((*BULLETS, ""))
    for key, missions in _groups(brochure, by):
        if key is not None and by != "none":
            role = {"part": Role.DOMAIN, "year": Role.YEAR, "client": Role.GROUP_CLIENT}[by]
            typed.group(str(key), role)
        for mission in missions:
            out.para(_one_line(m, mission, by), mark, " " * len(mark) if rng.random() < 0.5 else "")
            if typed.airy:
                out.blank()
    typed.after(brochure)
    return out.done()


def table(rng: Random, brochure: Brochure, voice: Voice) -> TextBrochure:
    """A table: Markdown's, or typed with blanks or tabs."""
    out = _typist(rng)
    out.width = 0
    voice = grids.plain_voice(voice, 10.0)
    look = grids.table_look(rng, voice, 10.0)
    m = items.manner(rng, voice, 10.0).but(width=9999.0)
    typed = _Typed(rng, out, m)
    typed.before(brochure)
    whole = rng.random() < 0.6
    for domain, missions in [("", list(brochure.missions))] if whole else groups.parts(brochure):
        typed.part(domain)
        some = grids.columns(rng, voice, missions, rng.randint(3, 7))
        head = [_runs(grids.head_cell(look, voice, k, rng).child) for k in some]
        rows = [[_runs(grids.cell(look, voice, mission, k, 9999.0).child) for k in some] for mission in missions]
        _rows(rng, out, head, rows, [max(6, int(k.weight * 11)) for k in some])
        out.blank()
    typed.after(brochure)
    return out.done()


LEARN: dict[str, ComposeText] = {
    "text-sections": sections,
    "text-listing": listing,
    "text-table": table,
    "text-converted": converted,
}
MEASURE: dict[str, ComposeText] = {"text-converted-unseen": converted_unseen}


# ---- parts of typed texts


def _typist(rng: Random) -> Typist:
    markdown = rng.random() < 0.5
    return Typist(markdown, 0 if markdown or rng.random() < 0.4 else rng.randint(62, 100))


class _Typed:
    """How heads, facts and texts of a text brochure are typed, drawn once."""

    def __init__(self, rng: Random, out: Typist, m: items.Manner) -> None:
        self.rng, self.out, self.m = rng, out, m
        self.rule = rng.choice(("", "", "=", "-", "~", "*"))
        self.upper = rng.random() < 0.35
        self.rank = rng.choice((1, 2, 2))
        self.airy = rng.random() < 0.4
        self.mark = rng.choice(BULLETS) if m.facts == "items" else ""
        self.between = (
            rng.choice(("", "", "---", "* * *", "________________"))
            if out.markdown
            else rng.choice(("", "", "-" * 40, "_" * 30, "***"))
        )
        self.bold_head = out.markdown and rng.random() < 0.3
        self.bold_label = out.markdown and rng.random() < 0.6
        self.text_mark = rng.choice(BULLETS)
        self.indent = rng.choice(("", "", "  ", "\t", "    "))

    def before(self, brochure: Brochure) -> None:
        """Name of the firm and words about it, by lot none."""
        if self.rng.random() < 0.75:
            name = self.rng.choice(
                (brochure.firm, f"{brochure.firm} – {word(self.rng, 'cover')}", word(self.rng, "cover"))
            )
            self.out.heading((Run(name, Mark(Role.FRONT)),), 1, self.rng.choice(("", "=")))
            self.out.blank()
        for text in brochure.about[: self.rng.choice((0, 0, 1, 2, 9))]:
            self.out.para((Run(text, Mark(Role.FRONT)),))
            self.out.blank()
        if self.rng.random() < 0.4:
            self.out.heading((Run(listed(self.rng, "list_titles"), Mark(Role.FRONT)),), self.rank, self.rule)
        self.out.blank()

    def after(self, brochure: Brochure) -> None:
        """Team, addresses, promises behind the missions, by lot."""
        self.out.blank()
        if self.rng.random() < 0.3 and brochure.team:
            self.out.heading((Run(word(self.rng, "team"), Mark(Role.FRONT)),), self.rank, self.rule)
            for name, job in brochure.team:
                self.out.para((Run(name, Mark(Role.TEAM)), Run(f", {job}", Mark(Role.TEAM))), self.text_mark)
            self.out.blank()
        if self.rng.random() < 0.3:
            for text in listed_words(self.rng, "charter_lines", 3):
                self.out.para((Run(text, Mark(Role.FRONT)),), self.text_mark)
            self.out.blank()
        if self.rng.random() < 0.5:
            self.out.heading((Run(word(self.rng, "offices"), Mark(Role.FRONT)),), self.rank, self.rule)
            for city, street, _ in brochure.offices:
                self.out.para((Run(f"{city} – {street}", Mark(Role.OFFICE)),))
            self.out.para((Run(brochure.website, Mark(Role.FRONT)),))

    def part(self, domain: str) -> None:
        if domain:
            self.group(domain, Role.DOMAIN)

    def group(self, text: str, role: Role) -> None:
        """A heading over several missions."""
        self.out.blank()
        self.out.heading((Run(text, Mark(role), Look(upper=self.upper)),), self.rank, self.rule)
        self.out.blank()

    def mission(self, mission: MissionFacts) -> None:
        if self.between and self.out.paras:
            self.out.blank()
            self.out.sign(self.between)
        self.out.blank()
        self._head(mission)
        order = [self._facts, self._texts] if self.m.facts_first else [self._texts, self._facts]
        for write in order:
            if self.airy:
                self.out.blank()
            write(mission)

    def _head(self, mission: MissionFacts) -> None:
        lines = [tuple(p.runs) for n in items.head(self.m, mission) for p in paras(n)]
        for i, runs in enumerate(lines):
            if i == 0 and not self.bold_head:
                self.out.heading(runs, self.rank + 1)
            else:
                self.out.para(starred(runs) if self.bold_head and i == 0 else runs)

    def _facts(self, mission: MissionFacts) -> None:
        for node in items.facts(self.m.but(facts="lines" if self.m.facts == "items" else self.m.facts), mission):
            for para in paras(node):
                runs = para.runs
                if self.bold_label and runs[0].mark.role is Role.LABEL:
                    runs = (*starred(runs[:1]), *runs[1:])
                self.out.para(runs, self.indent + self.mark, self.indent + " " * len(self.mark))
                if self.airy and not self.mark:
                    self.out.blank()

    def _texts(self, mission: MissionFacts) -> None:
        for node in items.texts(self.m, mission):
            for para in paras(node):
                self._text(para)

    def _text(self, para: Para) -> None:
        if para.runs[0].mark.role is Role.LABEL and len(para.runs) == 1:
            if self.airy:
                self.out.blank()
            if self.out.markdown and not self.bold_label:
                self.out.heading(para.runs, min(self.rank + 2, 5))
            else:
                self.out.para(starred(para.runs) if self.bold_label else para.runs)
            return
        self.out.para(para.runs, self.text_mark if para.item else "", "  " if para.item else "")
        if self.airy and not para.item:
            self.out.blank()


def _groups(brochure: Brochure, by: str) -> Sequence[tuple[object, list[MissionFacts]]]:
    match by:
        case "part":
            return groups.parts(brochure)
        case "year":
            dated = [k for k in brochure.missions if groups.first_year(k)]
            return sorted(groups.grouped(dated, lambda k: groups.first_year(k) or 0), reverse=True)
        case "client":
            return groups.grouped([k for k in brochure.missions if groups.client_text(k)], groups.client_text)
    return [(None, list(brochure.missions))]


def _one_line(m: items.Manner, mission: MissionFacts, by: str) -> Runs:
    """Head and some values on one line; without what the group's heading says."""
    if by == "client":
        head: Runs = m.voice.value(mission, Role.TITLE)
    else:
        head = items.joined([tuple(p.runs) for n in items.head(m, mission) for p in paras(n)], ", ")
    roles = [r for r in items.fact_roles(m) if by != "year" or r not in items.TIME]
    return items.joined([r for r in (head, *items.bare_values(m, mission, roles)) if r], m.joint.replace("     ", "  "))


def _runs(node: Node | None) -> Runs:
    """All runs of a cell."""
    out: list[Run] = []
    for para in paras(node):
        if out and para.runs:
            out.append(Run(" ", para.runs[0].mark))
        out += para.runs
    return tuple(out)


def _rows(rng: Random, out: Typist, head: list[Runs], rows: list[list[Runs]], widths: list[int]) -> None:
    form = "pipes" if out.markdown else rng.choice(("room", "room", "tabs", "semicolons", "bars"))
    if form == "room":
        out.row(head, widths, "  ")
        if rng.random() < 0.5:
            out.sign("-" * (sum(widths) + 2 * len(widths)))
        for row in rows:
            out.row(row, widths, "  ")
        return
    sign = {"pipes": "|", "tabs": "\t", "semicolons": " ; ", "bars": "|"}[form]
    out.pipes(head, sign)
    if sign == "|":
        out.sign("|" + "---|" * len(head))
    for row in rows:
        out.pipes(row, sign)
