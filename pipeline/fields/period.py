"""When the mission ran: beside its label, in a cell, or on a line that is nothing but a period."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from carnet.pipeline.fields.context import Context, candidate
from carnet.pipeline.fields.heading import read_heading
from carnet.pipeline.fields.sentences import facts
from carnet.pipeline.fields.told import words_of_sentences
from carnet.pipeline.rules.fold import fold
from carnet.pipeline.values.dates import find_periods, parse_period
from carnet.pipeline.values.found import Found
from carnet.schemas.evidence import Candidate, Evidence
from carnet.schemas.layout import Passage
from carnet.schemas.outline import MissionSection, Part, PartKind
from carnet.schemas.values import Period

_LONGEST_LINE = 90
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_Reading = tuple[Period, Passage, str, str | None]
"""A period with where it stands, the rule of that, and a doubt."""


def find(section: MissionSection, ctx: Context) -> list[Candidate]:
    """Of the label, else of a side box, else of the heading, else of the year over it, else of an end alone; a duration
    printed apart is part of it."""
    labelled = _both_ends(section, ctx) or _since_year(_labelled(section, ctx), section, ctx)
    if any(c.value.start or c.value.ongoing for c in labelled):
        return [_with_months(c, _stated(section, ctx)) for c in labelled]
    dated = [_with_end(c, section, ctx) for c in _facts(section, ctx)] or _in_heading(section, ctx)
    dated = _since_year(dated, section, ctx)
    if not any(c.value.start or c.value.ongoing for c in dated):
        dated = _of_year(section, ctx) or dated
    months = next((c.value.stated_months for c in labelled if c.value.stated_months), None) or _stated(section, ctx)
    found = [_with_months(c, months) for c in dated if c.value.start or not labelled] or labelled or dated
    return found or [_with_months(c, months) for c in _end_alone(section, ctx)]


def _with_months(reading: Candidate, months: int | None) -> Candidate:
    period: Period = reading.value
    if period.stated_months or not months or not period.start:
        return reading
    return reading.model_copy(update={"value": period.model_copy(update={"stated_months": months})})


def _stated(section: MissionSection, ctx: Context) -> int | None:
    """Months stated apart from the dates: "Durée : 14 mois" on a line of its own."""
    for part in section.parts:
        for item in part.items if part.kind in (PartKind.DURATION, PartKind.FACTS) else ():
            flow = item.flow()
            found = parse_period(flow.text, ctx.rules) if len(flow.text) <= _LONGEST_LINE else None
            if found and found.value.stated_months and not found.value.start and not found.note:
                return found.value.stated_months
    return None


def _both_ends(section: MissionSection, ctx: Context) -> list[Candidate]:
    """Start and end under labels, or in columns, of their own."""
    ends: dict[PartKind, tuple[Period, Passage]] = {}
    for part in section.parts:
        if part.kind in (PartKind.START, PartKind.END) and part.items and part.kind not in ends:
            passage = Passage.join(part.items).flow()
            found = parse_period(passage.text, ctx.rules)
            if found:
                ends[part.kind] = (found.value, passage)
    if PartKind.START not in ends:
        return _whole_under_end(section, ends, ctx)
    first, place = ends[PartKind.START]
    last, end_place = ends.get(PartKind.END, (_second_date(first, place) or Period(ongoing=first.ongoing), None))
    period = Period(start=first.start, end=last.end, ongoing=last.ongoing or PartKind.END not in ends and first.ongoing)
    reading = candidate(ctx, "period", period, place, _rule(section))
    if end_place is None:
        return [reading]
    evidence = (*reading.evidence, Evidence.of(end_place, "period", _rule(section)))
    return [reading.model_copy(update={"evidence": evidence})]


def _second_date(first: Period, place: Passage) -> Period | None:
    """The end that stands with the start: "06/2012 09/2012", or the same once more."""
    words = place.text.split()
    twice = len(words) == 2 and words[0] == words[1]
    return Period(end=first.end) if first.end and (first.end != first.start or twice) else None


def _whole_under_end(
    section: MissionSection, ends: dict[PartKind, tuple[Period, Passage]], ctx: Context
) -> list[Candidate]:
    """From when to when, where only the end was looked for: "juil-août 2014"."""
    period, place = ends.get(PartKind.END, (Period(), None))
    if place is None or not period.start or not period.end or period.start == period.end:
        return []
    elsewhere = any(c.value.start for c in _labelled(section, ctx))
    return [] if elsewhere else [candidate(ctx, "period", period, place, _rule(section))]


def _end_alone(section: MissionSection, ctx: Context) -> list[Candidate]:
    """The one date of a mission, that of its end, is when it was: "Livraison : mars 2021"."""
    items = [item for part in section.parts if part.kind is PartKind.END for item in part.items]
    place = Passage.join(items).flow() if items else None
    found = parse_period(place.text, ctx.rules) if place else None
    if place is None or found is None or found.value.start is None:
        return []
    return [candidate(ctx, "period", found.value, place, _rule(section), found.note)]


def _with_end(reading: Candidate, section: MissionSection, ctx: Context) -> Candidate:
    """With the end that stands under a label of its own, where the reading is the one date that comes before it."""
    items = [item for part in section.parts if part.kind is PartKind.END for item in part.items]
    place = Passage.join(items).flow() if items else None
    found = parse_period(place.text, ctx.rules) if place else None
    period: Period = reading.value
    if place is None or found is None or found.value.end is None or period.start is None or period.end != period.start:
        return reading
    evidence = (*reading.evidence, Evidence.of(place, "period", _rule(section)))
    value = period.model_copy(update={"end": found.value.end})
    return reading.model_copy(update={"value": value, "evidence": evidence})


def _labelled(section: MissionSection, ctx: Context) -> list[Candidate]:
    """Date and duration may stand under labels of their own: then they are one reading."""
    parts = _years_together([p for p in section.parts if p.kind in (PartKind.PERIOD, PartKind.DURATION) and p.items])
    readings: list[_Reading] = []
    for part in parts:
        passage = Passage.join(part.items).flow()
        found = parse_period(passage.text, ctx.rules)
        if found is None:
            if any(c.isalnum() for c in passage.text) and not _missing(passage.text, ctx):
                readings.append((Period(), passage, part.rule, f"period: {passage.text!r}: not understood"))
            continue
        readings.append((found.value, passage, part.rule, found.note))
    dated = _finest([r for r in readings if r[0].start])
    rest = [r for r in readings if not r[0].start]
    out = []
    for period, passage, _, note in dated:
        stated = period.stated_months or next((r[0].stated_months for r in rest if r[0].stated_months), None)
        ongoing = period.ongoing or any(r[0].ongoing for r in rest)
        value = period.model_copy(update={"stated_months": stated, "ongoing": ongoing})
        out.append(candidate(ctx, "period", value, passage, _rule(section), note))
        if len(dated) > 1:
            break  # "Calendrier", then "Livraison": the first label is the mission's
    if not dated:
        out += [candidate(ctx, "period", p, passage, _rule(section), note) for p, passage, _, note in rest]
    return out


def _years_together(parts: Sequence[Part]) -> list[Part]:
    """Years of a mission that stand apart, each alone under no label, as one part: "2021", "2022" over columns."""
    years = [
        part for part in parts if part.label is None and all(_YEAR.fullmatch(item.text.strip()) for item in part.items)
    ]
    if len(years) < _TWO:
        return list(parts)
    together = replace(years[0], items=(Passage.join([item for part in years for item in part.items], ", "),))
    return [together, *(part for part in parts if part not in years)]


_TWO = 2


def _finest(dated: list[_Reading]) -> list[_Reading]:
    """Without a mere year beside a date that says when in it: a column of years beside one of dates."""
    first = dated[0][0] if len(dated) > 1 else None
    if first is None or first.start is None or first.start.month or first.end != first.start:
        return dated
    year = first.start.year
    finer = [r for r in dated[1:] if r[0].start and r[0].start.month and r[0].start.year == year]
    return [*finer, *(r for r in dated if r not in finer)]


def _rule(section: MissionSection) -> str:
    return "cell.period" if section.from_table else "label.period"


def _missing(text: str, ctx: Context) -> bool:
    return fold(text).strip(" .") in {fold(str(w)).strip(" .") for w in ctx.rules.lexicon("periods")["missing"]}


def _in_heading(section: MissionSection, ctx: Context) -> list[Candidate]:
    passage = read_heading(section, ctx).period
    found = parse_period(passage.text, ctx.rules) if passage else None
    return [candidate(ctx, "period", found.value, passage, "heading.period")] if found and passage else []


def _of_year(section: MissionSection, ctx: Context) -> list[Candidate]:
    """The year that the mission stands under ("2021" over the missions of that year), with the months that it tells."""
    found = parse_period(section.year.text, ctx.rules) if section.year else None
    if found is None or section.year is None:
        return []
    reading = candidate(ctx, "period", found.value, section.year, "heading.year")
    return [_months_of(reading, section, ctx) or reading]


def _months_of(reading: Candidate, section: MissionSection, ctx: Context) -> Candidate | None:
    """ "de janvier à mai" under "2024"."""
    year = reading.value.start.year if reading.value.start else None
    for part in section.parts:
        passage = Passage.join(part.items).flow() if part.kind is PartKind.PERIOD and part.items else None
        if passage is None or year is None or parse_period(passage.text, ctx.rules) is not None:
            continue
        told = parse_period(f"{passage.text.rstrip(' .,;')} {year}", ctx.rules)
        if told and told.value.start and told.value.start.month and told.value.start.year == year and not told.note:
            evidence = (*reading.evidence, Evidence.of(passage, "period", "heading.year"))
            return reading.model_copy(update={"value": told.value, "evidence": evidence})
    return None


def _since_year(readings: Sequence[Candidate], section: MissionSection, ctx: Context) -> list[Candidate]:
    """ "(en cours)" of a mission that stands under a year goes on since that year."""
    years = _of_year(section, ctx)
    if not years or len(readings) != 1 or readings[0].value.start or not readings[0].value.ongoing:
        return list(readings)
    value = readings[0].value.model_copy(update={"start": years[0].value.start})
    evidence = (*years[0].evidence, *readings[0].evidence)
    return [readings[0].model_copy(update={"value": value, "evidence": evidence})]


def _facts(section: MissionSection, ctx: Context) -> list[Candidate]:
    """The line of a side box, or the sentence, that is nothing but a period, one with a date before one with a mere
    duration; else the one period that all facts name."""
    out: list[Candidate] = []
    others: list[Candidate] = []
    for passage in facts(section, ctx):
        for found in find_periods(passage.text, ctx.rules) or _of_years(passage.text, ctx):
            place = passage.slice(found.start, found.end)
            whole = len(passage.text) <= _LONGEST_LINE and found.end - found.start >= 0.6 * len(passage.text)
            reading = candidate(ctx, "period", found.value, place, "facts.period", found.note)
            (out if whole else others).append(reading)
    dated = [c for c in others if c.value.start]
    if not any(c.value.start for c in out) and len(dated) == 1:
        return dated
    return next(([c] for c in out if c.value.start), out[:1])


def _of_years(text: str, ctx: Context) -> list[Found[Period]]:
    """The one year of a line, behind a word that says when something was done: "Ville d'Agen Réalisé en 2017". A whole
    sentence may tell of anything: "Créée en 2004, la régie employait vingt agents."."""
    if text.endswith((".", "!", "?")) or len(_YEAR.findall(text)) > 1:
        return []
    out = []
    for match in words_of_sentences(ctx.rules).years.finditer(fold(text)):
        read = parse_period(text[match.start() : match.end()], ctx.rules)
        if read and read.value.start:
            out.append(Found(read.value, match.start(), match.end(), "facts.year", read.note))
    return out
