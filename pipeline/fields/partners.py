"""Firms that carried out the mission with the publisher."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from carnet.pipeline.fields.context import Context
from carnet.pipeline.fields.heading import read_heading
from carnet.pipeline.fields.partner_lines import BRACKETS, PARTING, at_names, column_of, is_its_town, on_with
from carnet.pipeline.fields.sentences import sentences
from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold, letters_of
from carnet.pipeline.values.bodies import names_body
from carnet.pipeline.values.organisations import classify
from carnet.pipeline.values.people.names import is_person
from carnet.pipeline.values.people.words import words_of as people_words
from carnet.schemas.evidence import Candidate, Evidence
from carnet.schemas.layout import Passage
from carnet.schemas.outline import MissionSection, Part, PartKind

_STRONGER = re.compile(r"[,;/\n•]")
"""Signs between firms."""
_PAIR = re.compile(r"\s{0,4}[\w'’-]{2,40}\s\+\s[\w'’-]{2,40}\s{0,130}$")
"""Two surnames, which are one firm among others that another sign parts: "Perrin + Daval, Atelier Nord"."""
_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-Þ0-9]")
_COUNTED = re.compile(r"\d{1,3}\s+(?:[a-zà-ÿ]|[A-Z]{2,4}$)")
""" "2 data scientists" and "1 PO" are no firm; "3B Ingénierie" is one."""
_ACRONYM = re.compile(r"\b[A-Z]{2,4}\b")
"""As in "LPO Bretagne", which is nobody's name."""
_LONGEST_SENTENCE = 1000  # letters


@dataclass(frozen=True)
class _Words:
    openers: re.Pattern[str]  # in running text; `names` starts the names
    weak_openers: re.Pattern[str]
    trade_openers: re.Pattern[str]
    beside_us: re.Pattern[str]
    not_with: re.Pattern[str]
    earlier: tuple[str, ...]
    we: re.Pattern[str]
    facts: re.Pattern[str]  # at the start of a line of a side box
    within_facts: re.Pattern[str]  # further on in it
    fact_behind: re.Pattern[str]  # what begins another fact behind names
    note: re.Pattern[str]  # at the start of a note behind the title
    lead: re.Pattern[str]  # articles and trades before a name
    stop: re.Pattern[str]  # what ends a list of names in a sentence
    tail: re.Pattern[str]  # what a name in a list does not go on with
    incomplete: frozenset[str]  # "Province" alone is no firm
    none: frozenset[str]
    none_starts: tuple[str, ...]
    roles: frozenset[str]
    nature: re.Pattern[str]
    team_labels: frozenset[str]
    counted: frozenset[str]


def find(section: MissionSection, ctx: Context) -> list[Candidate]:
    """One candidate: the list of names, without the publisher and the client."""
    words = _words(ctx.rules)
    names: list[tuple[str, Passage, str]] = []
    heading = read_heading(section, ctx)
    if heading.note is not None:
        names += [(n, p, "heading.note") for n, p in _listed(_after(heading.note, words.note), ctx)]
    for part in section.parts:
        if part.kind is PartKind.PARTNERS:
            column = column_of(section, part, ctx)
            among = any(_opens_with_firm(line.text, ctx) for item in part.items for line in item.lines())
            for item in (piece for whole in part.items for piece in at_names(whole, column, ctx)):
                flow = _after(_unwrapped(item.flow(ctx.keep_hyphen)), words.note)
                if not _says_none(flow.text, words):
                    found = [*_listed(flow, ctx), *_in_brackets(flow, ctx)]
                    listed = [(n, p) for n, p in found if among or not _is_member(n, part, ctx)]
                    names += [(n, p, "label.partners") for n, p in listed]
        elif part.kind is PartKind.FACTS:
            for item in part.items:
                flow = item.flow(ctx.keep_hyphen)
                names += [(n, p, "facts.partners") for n, p in _in_facts(flow, words, ctx)]
        elif part.kind is PartKind.CONTACT:
            for said in (s for item in part.items for s in sentences(item.flow(ctx.keep_hyphen))):
                opener = words.facts.match(fold(said.text))
                if opener and not _opens_with_person(said.text[opener.end() :], ctx):
                    names += [(n, p, "facts.partners") for n, p in _in_facts(said, words, ctx)]
    if not names:
        names = _in_text(section, ctx, words)
    kept = _distinct(names, section, ctx)
    if not kept:
        return []
    evidence = tuple(Evidence.of(p, "partner", rule, n) for n, (_, p, rule) in enumerate(kept, start=1))
    rule = kept[0][2]
    note = _doubt([p for _, p, _ in kept])
    value = [n for n, _, _ in kept]
    return [Candidate(value=value, evidence=evidence, rank=ctx.rank(rule), rule=rule, note=note)]


def _opens_with_person(text: str, ctx: Context) -> bool:
    """ "Mme Odile Renaud, directrice": a civility, or a name that is surely a person's."""
    known = people_words(ctx.rules)
    first = text.split(",")[0].strip(" .")
    return is_person(first, known, strictly=True) or fold(first).split(" ")[0] in known.civilities


def _in_facts(flow: Passage, words: _Words, ctx: Context) -> list[tuple[str, Passage]]:
    """Firms of a line of facts, which may tell more before and behind them: "Pour la Ville de Morcy, avec Hydrelle et
    Terra Sol, de mai 2019 à juin 2021"."""
    folded = fold(flow.text)
    opener = words.facts.match(folded)
    if opener and len(flow.text) < _LONGEST_FACT and not words.fact_behind.search(folded):
        return _listed(flow.slice(opener.end(), len(flow.text)), ctx)
    found = [opener] if opener else []
    found += words.within_facts.finditer(folded)
    out: list[tuple[str, Passage]] = []
    masked = BRACKETS.sub(lambda m: " " * len(m.group()), flow.text)
    for match in found:
        ends = (words.stop.search(masked, match.end()), words.fact_behind.search(fold(masked), match.end()))
        stop = min((end.start() for end in ends if end), default=len(flow.text))
        out += [(n, p) for n, p in _listed(flow.slice(match.end(), stop), ctx) if _CAPITAL.match(n)]
    return out


_LONGEST_FACT = 140  # letters


def _doubt(names: Sequence[Passage]) -> str | None:
    """May two of the names be one, or one of them two? "Pierre et Chaux Conseil"; "Épure Process⏎Atelier Lacombe"."""
    note: str | None = None
    words = [len(name.text.split()) for name in names]
    beside = zip(names, names[1:], words, words[1:], strict=False)
    if any(min(a, b) == 1 and max(a, b) > 1 and _joined(one, other) for one, other, a, b in beside):
        note = "perhaps one name, which a small word parted"
    elif any(count > _ONE_NAME and _on_two_lines(name) for name, count in zip(names, words, strict=True)):
        note = "perhaps two names, one below the other"
    return note


_ONE_NAME = 3
"""Words of a name on two lines at most, of which nobody doubts that it is one."""


def _on_two_lines(name: Passage) -> bool:
    first, last = name.pieces[0].word.box, name.pieces[-1].word.box
    return first is not None and last is not None and last.top > first.bottom - 1


def _joined(one: Passage, other: Passage) -> bool:
    """Does the other name follow on the one's line, or go on with it, and nothing but a small word between?"""
    last, first = one.pieces[-1].word, other.pieces[0].word
    if last.page != first.page or last.box is None or first.box is None:
        return False
    level = abs(first.box.top - last.box.top) < 0.5 * last.box.height
    return level and 0 < first.box.x0 - last.box.x1 < _AND * last.style.size and not _comma(one)


_AND = 2.2
"""Letter sizes that "et" takes with its blanks, at most."""


def _comma(one: Passage) -> bool:
    return one.pieces[-1].word.text.rstrip()[-1:] in ",;/"


def _is_member(name: str, part: Part, ctx: Context) -> bool:
    """A person under "Équipe" is one of the publisher's own; under "Architecte" a person may be the firm."""
    if not is_teams(part, ctx) or _ACRONYM.search(name):
        return False
    return is_person(name, people_words(ctx.rules), strictly=True)


def is_teams(part: Part, ctx: Context) -> bool:
    """Does its label announce people of a team?"""
    return part.label is not None and fold(part.label.text).strip(" :.") in _words(ctx.rules).team_labels


def _says_none(text: str, words: _Words) -> bool:
    folded = fold(text).strip(" .")
    return folded in words.none or folded.startswith(words.none_starts)


def _after(passage: Passage, opener: re.Pattern[str]) -> Passage:
    match = opener.match(fold(passage.text))
    return passage.slice(match.end(), len(passage.text)) if match else passage


def _unwrapped(passage: Passage) -> Passage:
    """Without the brackets around all of it."""
    whole = BRACKETS.fullmatch(passage.text)
    return passage.slice(1, len(passage.text) - 1) if whole else passage


def _listed(passage: Passage, ctx: Context) -> list[tuple[str, Passage]]:
    """Names of a list: parted by commas, slashes, "et"; trades in brackets, and the town of a firm
    behind its comma, dropped."""
    masked = BRACKETS.sub(lambda m: " " * len(m.group()), passage.text)
    out: list[tuple[str, Passage]] = []
    at = 0
    within = [span for span in _between(masked) if _PAIR.match(masked[slice(*span)])]
    parting = (
        m
        for m in PARTING.finditer(masked)
        if m.group().strip() != "+" or not any(start < m.start() < end for start, end in within)
    )
    sign = ""
    for piece in [*(m for m in parting if m.group().strip() != "et" or not on_with(masked[m.end() :], ctx)), None]:
        end = piece.start() if piece else len(masked)
        name = _name(passage, masked, at, end, ctx)
        if name and not (out and sign == "," and is_its_town(name[0], out[-1][0], ctx)):
            out.append(name)
        at, sign = (piece.end(), piece.group().strip()) if piece else (end, "")
    return out


def _in_brackets(passage: Passage, ctx: Context) -> list[tuple[str, Passage]]:
    """Names in brackets behind a label of their own: "Hydrelle (sous-traitant : Terra Sol)"."""
    out = []
    for bracket in BRACKETS.finditer(passage.text):
        inner = passage.slice(bracket.start(), bracket.end())
        inner = inner.slice(1, len(inner.text) - 1)
        label = ctx.rules.labels.match_start(inner.text)
        if label is not None and label.exact and label.kind is PartKind.PARTNERS:
            out += _listed(inner.slice(label.rest, len(inner.text)), ctx)
    return out


def _between(masked: str) -> list[tuple[int, int]]:
    """What stands between the signs of a list that has some; [] for a list of one."""
    signs = [m.span() for m in _STRONGER.finditer(masked)]
    starts, ends = [0, *(end for _, end in signs)], [*(start for start, _ in signs), len(masked)]
    return list(zip(starts, ends, strict=True)) if signs else []


def _name(passage: Passage, masked: str, start: int, end: int, ctx: Context) -> tuple[str, Passage] | None:
    text = masked[start:end]
    lead = _words(ctx.rules).lead.match(text)  # in small letters: "Cabinet" with a capital is part of the name
    begin = start + (lead.end() if lead and text[lead.end() :].strip() else 0)
    colon = masked.rfind(" : ", begin, end)
    begin = colon + 3 if colon >= 0 else begin
    said = _words(ctx.rules).note.match(fold(masked[begin:end]))  # "…, sous-traitant de Kappa Architectes"
    begin += said.end() if said else 0
    tail = _words(ctx.rules).tail.search(masked[begin:end])
    end = begin + tail.start() if tail else end
    end = begin + len(masked[begin:end].rstrip(" .,;:"))
    place = passage.slice(begin, end)
    while place.text and place.text[-1] in " .,;:)-–·|":
        place = place.slice(0, len(place.text) - 1)
    text = place.text
    if _COUNTED.match(text) or fold(text) in _words(ctx.rules).counted or _is_nature(text, ctx):
        return None
    if len(text) < 2 or len(text) > 70 or not _CAPITAL.search(text) or len(text.split()) > 8:
        return None
    return text, place


def _is_nature(text: str, ctx: Context) -> bool:
    """What was done, not by whom: "Maîtrise d'œuvre acoustique"; "Conseil Habitat" is a firm."""
    return bool(_words(ctx.rules).nature.match(fold(text))) and not _CAPITAL.search(text[1:])


def _in_text(section: MissionSection, ctx: Context, words: _Words) -> list[tuple[str, Passage, str]]:
    """Firms that a sentence names as partners of this mission."""
    out: list[tuple[str, Passage, str]] = []
    kinds = (PartKind.CONTEXT, PartKind.APPROACH, PartKind.BODY, PartKind.CLIENT)  # results tell of what came after
    for part in section.parts:
        if part.kind not in kinds:
            continue
        for item in part.items:
            flow = item.flow(ctx.keep_hyphen)
            folded = fold(flow.text)
            for pattern in (words.openers, words.weak_openers, words.trade_openers):
                for match in pattern.finditer(folded):
                    stop = _stop(flow.text, match.end(), words)
                    if _is_ours(flow.text, folded, match.start(), stop, pattern is words.trade_openers, ctx):
                        rest = flow.slice(match.start("names"), stop)
                        out += [(n, p, "body.partners") for n, p in _firms(rest, ctx, pattern is words.openers)]
            out += _with_publisher(flow, ctx)
    return out


def _is_ours(text: str, folded: str, start: int, stop: int, beside_trade: bool, ctx: Context) -> bool:
    """Is it this mission that the sentence tells of, and its author who had the partner?

    Not in "En partenariat avec l'ANCT, la Banque a lancé …" (the sentence opens with it and goes on with the client),
    "Suite à une étude menée en groupement avec …" (an earlier mission), "des entretiens avec le cabinet …".
    """
    words = _words(ctx.rules)
    sentence = folded[max(0, start - _LONGEST_SENTENCE) : start]
    before, clause = sentence.rstrip(), re.split(r"[.!?…;:,]\s", sentence)[-1]
    if not before or before[-1] in ".!?…:;":
        return bool(words.we.match(folded[stop:])) or _opens_with_firm(text[stop:], ctx)
    if any(word in clause for word in words.earlier):
        return False
    return not (beside_trade and words.not_with.search(clause[-60:]))


def _opens_with_firm(text: str, ctx: Context) -> bool:
    return bool(ctx.firm) and letters_of(text).startswith(letters_of(ctx.firm or ""))


def _stop(text: str, start: int, words: _Words) -> int:
    """The list of names ends at a verb, a full stop or a bracket that was open before; "(paysage)" is passed over.
    What has no end within a long sentence is no list."""
    ahead = text[start : start + _LONGEST_SENTENCE]
    match = words.stop.search(BRACKETS.sub(lambda m: " " * len(m.group()), ahead))
    if match:
        return start + match.start()
    return len(text) if start + len(ahead) == len(text) else start


_PUBLIC = ("commune", "epci", "departement", "region", "etat", "groupement", "consulaire", "sante")


def _firms(passage: Passage, ctx: Context, strong: bool) -> list[tuple[str, Passage]]:
    """The names up to the first public body: "… avec Hydrelle, la Ville a lancé …" names one firm."""
    out: list[tuple[str, Passage]] = []
    words = _words(ctx.rules)
    for name, place in _listed(passage, ctx):
        kind = classify(name, ctx.rules)
        if (
            fold(name) in words.incomplete
            or kind.client_type in _PUBLIC
            and (kind.type_sure or not strong and kind.where == "starts")
        ):
            break
        if not strong and name.isupper() and len(name) <= 5 and kind.type_sure:
            break
        if _CAPITAL.match(name) or names_body(name, ctx.rules):
            out.append((name, place))
    return out


def _with_publisher(flow: Passage, ctx: Context) -> list[tuple[str, Passage, str]]:
    """ "Carnet et Terre Neuve sont missionnés", "le groupement Terre Neuve / Carnet"."""
    if not ctx.firm:
        return []
    firm = re.escape(ctx.firm)
    name = r"(?P<n>[A-ZÀ-Ö][\w&'’.-]{0,60}(?:\s(?:d['’]|de |du |&\s)?[A-ZÀ-Ö][\w&'’.-]{0,60}){0,3})"
    out: list[tuple[str, Passage, str]] = []
    patterns = (
        rf"{firm}\s(?:et|/|&)\s{name}\s(?:sont|ont|se)",
        rf"{name}\s(?:et|/)\s{firm}\b",
        rf"{firm}\spour\s[^.;]{{3,50}}\set\s{name}\spour\s",
    )
    words = _words(ctx.rules)
    for match in words.beside_us.finditer(fold(flow.text)):
        if letters_of(flow.text[: match.start()]).endswith(letters_of(ctx.firm)):
            rest = flow.slice(match.end(), _stop(flow.text, match.end(), words))
            out += [(n, p, "body.partners") for n, p in _firms(rest, ctx, strong=True)]
    for pattern in patterns:
        for match in re.finditer(pattern, flow.text):
            sentence = fold(flow.text[: match.start()]).rpartition(". ")[2]
            if any(fold(str(w)) in sentence for w in ctx.rules.lexicon("partners")["earlier"]):
                continue  # an earlier mission
            found = _firms(flow.slice(match.start("n"), match.end("n")), ctx, strong=True)
            out += [(n, p, "body.partners") for n, p in found]  # "La Ville et Carnet se réunissent" names none
    return out


def _distinct(
    names: Sequence[tuple[str, Passage, str]], section: MissionSection, ctx: Context
) -> list[tuple[str, Passage, str]]:
    own = letters_of(ctx.firm or "")
    clients = [letters_of(i.text) for p in section.parts if p.kind is PartKind.CLIENT for i in p.items]
    heading = read_heading(section, ctx)
    clients += [letters_of(heading.client.text)] if heading.client else []
    kept: list[tuple[str, Passage, str]] = []
    seen: set[str] = set()
    for name, passage, rule in names:
        key = letters_of(name)
        same_firm = own and (key == own or own in key or key in own and len(key) > 4)
        if not key or key in seen or same_firm or key in clients or key in _words(ctx.rules).roles:
            continue
        seen.add(key)
        kept.append((name, passage, rule))
    return kept


@lru_cache(maxsize=4)
def _words(rules: Rules) -> _Words:
    data = rules.lexicon("partners")

    def any_of(key: str) -> str:
        return "|".join(re.escape(fold(str(w)).strip()) for w in sorted(data[key], key=lambda w: -len(str(w))))

    def printed(key: str) -> str:
        forms = sorted((str(w) for w in data[key]), key=lambda w: -len(w))
        return "|".join(re.escape(w).replace("'", "['’]") for w in forms)

    return _Words(
        openers=re.compile(rf"\b(?:{any_of('body')})(?:(?<=')|\s{{1,40}})(?!(?:{any_of('not_groups')})\b)(?P<names>)"),
        weak_openers=re.compile(rf"\b(?:{any_of('body_weak')})(?:(?<=')|\s{{1,40}})(?P<names>)"),
        trade_openers=re.compile(rf"\bavec (?P<names>)(?:(?:{any_of('articles')})\s?)(?:{any_of('with_trades')})\s"),
        beside_us=re.compile(rf",?\s(?:est\s|etait\s)?(?:{any_of('beside_us')})(?:(?<=')|\s{{1,40}})"),
        not_with=re.compile(rf"\b(?:{any_of('not_with')})\b"),
        earlier=tuple(fold(str(w)) for w in data["earlier"]),
        we=re.compile(rf"\s{{0,40}},?\s{{0,40}}(?:{any_of('we')})\b"),
        facts=re.compile(
            rf"(?:{any_of('facts')})\s{{0,40}}:?\s{{1,40}}|(?:{any_of('facts_colon')})\s{{0,40}}:\s{{1,40}}"
        ),
        within_facts=re.compile(rf"[\s,;(](?:{any_of('facts_within')}|{any_of('facts')})\s{{1,4}}"),
        fact_behind=re.compile(rf"[,;]\s{{1,4}}(?:(?:{any_of('facts_behind')})\b|d'|\(?\d)"),
        note=re.compile(rf"(?:{any_of('note_words')})\s{{0,40}}:?\s{{1,40}}(?:d['’])?"),
        lead=re.compile(
            rf"\s{{0,40}}(?:(?:avec|et)\s{{1,40}})?(?:(?:{printed('articles')})\s{{0,40}})?(?:(?:{printed('civilities')})\s{{1,40}})?"
            rf"(?:(?:{printed('trades')})(?:\s{{1,40}}(?:de\s|d['’]|en\s)[a-zà-ÿ-]+(?:\s[a-zà-ÿ-]+)?|\s[a-zà-ÿ]{{4,20}})?\s{{1,40}}(?=[A-ZÀ-Ö]))?"
        ),
        stop=re.compile(rf"(?<!\b[A-Z])[.](?=\s|$)|[;:)!?]|,?\s(?:{printed('stops')})\s|\sen\s(?=\d|[a-z])"),
        tail=re.compile(
            rf"\s{{1,40}}(?:{printed('stops')}|{printed('tails')})\s"
            rf"|(?:^|\s{{1,40}})\d[\d .,\u00a0\u202f]{{0,12}}(?:{printed('units')})(?!\w)"
        ),
        none_starts=tuple(fold(str(w)) for w in data["none_starts"]),
        incomplete=frozenset(fold(str(w)) for w in rules.lexicon("fields")["incomplete_bodies"]),
        none=frozenset(fold(str(w)).strip(" .") for w in data["none"]) | {""},
        team_labels=frozenset(fold(str(w)) for w in data["team_labels"]),
        counted=frozenset(f"{n} {fold(str(w))}" for w in data["counted"] for n in range(1, 31)),
        nature=re.compile(rf"(?:{any_of('natures')})\b"),
        roles=frozenset(letters_of(str(w)) for w in data["roles_drop"]),
    )
