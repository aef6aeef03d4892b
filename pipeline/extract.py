"""File -> draft: the first half, on one screen. Pure: no database, no clock, no network."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from carnet.pipeline.checks.coverage import unread
from carnet.pipeline.compounds import compounds
from carnet.pipeline.dating import edition_date
from carnet.pipeline.decode.choose import choose
from carnet.pipeline.decode.read import read_roles
from carnet.pipeline.doubts import reading_findings
from carnet.pipeline.errors import UnreadableDocument
from carnet.pipeline.fields import FIELDS, offices, team, websites
from carnet.pipeline.fields.context import Context, kept_hyphens
from carnet.pipeline.fields.heading import heading_habits
from carnet.pipeline.fields.named_twice import in_full
from carnet.pipeline.fields.over_all import without_general_title
from carnet.pipeline.fields.partner_lines import habits_of
from carnet.pipeline.fields.relabelled import as_they_say
from carnet.pipeline.fields.repeats import with_repeats
from carnet.pipeline.fields.tails import with_facts_apart
from carnet.pipeline.fields.told import with_told
from carnet.pipeline.firm import publisher
from carnet.pipeline.firm import region as region_of
from carnet.pipeline.keys import mission_keys
from carnet.pipeline.nlp import Nlp
from carnet.pipeline.read import read
from carnet.pipeline.read.reading import PLAINLY, ReadOptions
from carnet.pipeline.recognised import doubted_values
from carnet.pipeline.rules import Rules
from carnet.pipeline.translations import for_document
from carnet.pipeline.values.money.hints import NONE, general_hints
from carnet.pipeline.word_vectors import word_vectors
from carnet.schemas.draft import EditionDraft, MissionDraft
from carnet.schemas.layout import Page, Passage
from carnet.schemas.outline import MissionSection, Outline
from carnet.schemas.source import Edition, SourceFile

Timer = Callable[[str], None]


def extract(
    data: bytes,
    source: SourceFile,
    rules: Rules,
    nlp: Nlp | None = None,
    tick: Timer = lambda stage: None,
    asked: ReadOptions = PLAINLY,
) -> EditionDraft:
    """Candidates for every field of every mission of one file. `tick` is told when a stage is done;
    `asked` holds the password and the limits of reading.

    Raises UnreadableDocument when the file can't be read.
    """
    reading = read(data, source.media_type, source.name, asked)
    tick("read")
    digest, rules = rules.digest, for_document(reading.pages, rules)
    chosen = choose(read_roles(reading.pages, rules), rules)
    sections = _whole(chosen.outline, rules)
    if len(sections.missions) > asked.limits.missions:
        raise UnreadableDocument(f"too many missions: more than {asked.limits.missions}")
    tick("missions")
    who = publisher(reading.metadata, sections, rules)
    ctx = _context(sections, who.name, rules, nlp)
    ctx = replace(ctx, keep_hyphen=ctx.keep_hyphen | compounds(sections, reading.pages, word_vectors()))
    missions = _missions(sections, ctx)
    left = [p for m, s in zip(missions, sections.missions, strict=True) for p in unread(s, m.candidates)]
    date, date_rule = edition_date(sections, reading.metadata, rules)
    edition = Edition(
        source=source,
        pages=len(reading.pages) if reading.boxed else None,
        firm=ctx.firm,
        edition_date=date,
        date_rule=date_rule,
    )
    doubted = doubted_values(reading.pages, missions)
    draft = EditionDraft(
        edition=edition,
        missions=missions,
        team=tuple(team.find(sections, ctx)),
        offices=tuple(offices.find(sections, ctx)),
        websites=tuple(websites.find(sections, ctx)),
        findings=(*reading_findings(reading.pages, sections, left, who.doubt), *chosen.findings, *doubted),
        region=ctx.region,
        read_share=_share(reading.pages, left),
        rules_digest=digest,
    )
    tick("fields")
    return draft


def _whole(proposed: Outline, rules: Rules) -> Outline:
    """With what a mission says that the one above says ("Idem"), and with the facts of its heading apart."""
    missions = in_full(with_repeats(without_general_title(proposed.missions, rules), rules), rules)
    return replace(proposed, missions=as_they_say(with_facts_apart(missions, rules), rules))


def _missions(sections: Outline, ctx: Context) -> tuple[MissionDraft, ...]:
    keys = mission_keys(sections.missions)
    drafts = [_mission(key, section, ctx) for key, section in zip(keys, sections.missions, strict=True)]
    return with_told(drafts, sections.missions, ctx)


def mission_draft(key: str, section: MissionSection, firm: str | None, region: str, rules: Rules) -> MissionDraft:
    """One mission by itself, of a document whose publisher is known: one that somebody drew."""
    ctx = Context(rules, None, firm, region, keep_hyphen=kept_hyphens(rules))
    return _mission(key, section, replace(ctx, habits=heading_habits([section], ctx)))


def _context(sections: Outline, firm: str | None, rules: Rules, nlp: Nlp | None) -> Context:
    ctx = Context(rules, nlp, firm, region_of(sections, rules))
    ctx = replace(ctx, region=offices.home(sections, ctx))
    said = (general_hints(p.flow().text, rules) for p in (*sections.front, *sections.running))
    money = next((hints for hints in said if hints != NONE), NONE)
    own = websites.own_domains(sections, ctx)
    ctx = replace(ctx, keep_hyphen=kept_hyphens(rules), money=money, own=own, partners=habits_of(sections.missions))
    return replace(ctx, habits=heading_habits(sections.missions, ctx))


def _mission(key: str, section: MissionSection, ctx: Context) -> MissionDraft:
    found = {name: tuple(find(section, ctx)) for name, find in FIELDS.items()}
    return MissionDraft(
        key=key,
        ordinal=section.ordinal,
        page_first=section.page_first,
        page_last=section.page_last,
        from_table=section.from_table,
        labels=tuple(sorted({p.kind.value for p in section.parts})),
        candidates={field: candidates for field, candidates in found.items() if candidates},
    )


def _share(pages: Sequence[Page], left: Sequence[Passage]) -> float:
    """Letters of the document that were read or ignored by a named rule, of all letters: 0 to 1."""
    total = sum(len(word.text) for page in pages for word in page.words)
    return round(1 - sum(len(p.text) for p in left) / total, 4) if total else 0.0
