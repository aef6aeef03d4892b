"""The ordering body: beside its label, in the heading, or from body text, contact and e-mail where nothing says it."""

from __future__ import annotations

import re
from dataclasses import replace

from carnet.pipeline.fields.client_words import name_of
from carnet.pipeline.fields.context import Context, candidate
from carnet.pipeline.fields.heading import read_heading, without_number, without_place
from carnet.pipeline.fields.sentences import facts
from carnet.pipeline.rules.fold import fold
from carnet.pipeline.rules.places import town_of_letters
from carnet.pipeline.values.bodies import names_body
from carnet.pipeline.values.emails import find_emails
from carnet.pipeline.values.found import Found
from carnet.pipeline.values.organisations.domains import domain_body
from carnet.pipeline.values.organisations.in_text import find_organisations
from carnet.schemas.evidence import Candidate
from carnet.schemas.layout import Passage
from carnet.schemas.outline import MissionSection, PartKind


def find(section: MissionSection, ctx: Context) -> list[Candidate]:
    """Candidates by label and heading; else inferred ones (the client is not stated)."""
    out = [*_labelled(section, ctx), *_in_heading(section, ctx)] or _in_facts(section, ctx)
    return out or _inferred(section, ctx)


def _labelled(section: MissionSection, ctx: Context) -> list[Candidate]:
    out = []
    for part in section.parts:
        if part.kind is not PartKind.CLIENT:
            continue
        items = [without_number(i, ctx).flow(ctx.keep_hyphen) for i in part.items if _says_something(i.text, ctx)]
        if items:
            whole, place = without_place(name_of(items[0], ctx), ctx)
            rule = "cell.client" if section.from_table else "label.client"
            printed = f"{whole.text} ({place.text})" if place else None
            out.append(candidate(ctx, "client", whole.text.rstrip(" ,;:"), whole, rule, printed))
    return out


def _in_facts(section: MissionSection, ctx: Context) -> list[Candidate]:
    """The body that a sentence of facts opens with: "Pour la Ville d'Agen, en 2018.", "Ville d'Agen, mai 2018"."""
    openers = sorted((fold(str(w)) for w in ctx.rules.lexicon("clients")["openers"]), key=len, reverse=True)
    before = "|".join(re.escape(fold(str(w))) for w in ctx.rules.lexicon("clients")["before_places"])
    opener = re.compile(rf"(?:{'|'.join(map(re.escape, openers))})\s(?:{before})?")
    for sentence in facts(section, ctx):
        told = opener.match(fold(sentence.text))
        start = told.end() if told else 0
        name = re.split(r"\s?[,;:(–]\s|\s?\.$|\s[–-]\s", sentence.text[start:], maxsplit=1)[0].rstrip(" .,")
        if name[:1].isupper() and len(name) > _SHORTEST and (told or _is_body(name, ctx)):
            place = sentence.slice(start, start + len(name))
            return [candidate(ctx, "client", place.text, place, "facts.client")]
    return []


def _is_body(name: str, ctx: Context) -> bool:
    """The name of a body and nothing else."""
    return any(found.start == 0 and found.end == len(name) for found in find_organisations(name, ctx.rules))


_SHORTEST = 3  # letters


def _says_something(text: str, ctx: Context) -> bool:
    nothing = {fold(str(w)) for w in ctx.rules.lexicon("clients")["says_nothing"]}
    return any(c.isalnum() for c in text) and fold(text).strip(" .") not in nothing


def _in_heading(section: MissionSection, ctx: Context) -> list[Candidate]:
    heading = read_heading(section, ctx)
    if heading.client is None:
        return []
    printed = f"{heading.client.text} ({heading.place.text})" if heading.place else None
    return [candidate(ctx, "client", heading.client.text, heading.client, heading.rule, printed)]


def _inferred(section: MissionSection, ctx: Context) -> list[Candidate]:
    """Bodies named in the mission's text, weighed: the one whose name is in the contact's e-mail domain, then the one
    named most, earliest, and as the subject of a verb of wanting or ordering."""
    mails = [domain for part in section.parts for item in part.items for domain in _domains(item.text, ctx)]
    weights: dict[str, float] = {}
    places: dict[str, tuple[str, Passage]] = {}
    at = 0
    for kind, passage in _texts(section, ctx):
        for found in (_without_role(f, ctx) for f in find_organisations(passage.text, ctx.rules)):
            key = _letters(found.value)
            if not key or ctx.firm and _letters(ctx.firm) in key:
                continue
            weight = 1.0 if kind in (PartKind.CONTEXT, PartKind.CONTACT, PartKind.TITLE) else 0.6
            after = fold(passage.text[found.end : found.end + 30]).lstrip(" ,)")
            if any(after.startswith(fold(str(v))) for v in ctx.rules.lexicon("clients")["verbs"]):
                weight += 1.5
            if any(_agrees(key, mail) for mail in mails):
                weight += 3
            weights[key] = weights.get(key, 0.0) + weight - 0.02 * at
            places.setdefault(key, (found.value, passage.slice(found.start, found.end)))
            at += 1
    for value, passage in (*_beside_name(section, mails), *_of_domain(section, mails)):
        key = _letters(value)
        weights[key] = weights.get(key, 0.0) + 4
        places.setdefault(key, (value, passage))
    ranked = sorted(weights, key=lambda k: -weights[k])
    out = []
    for i, key in enumerate(ranked[:3]):
        value, passage = places[key]
        rule = "inferred.body" if i == 0 else "mentioned.client"
        reading = candidate(ctx, "client", _headed(value), passage, rule)
        out.append(reading.model_copy(update={"inferred": i == 0}))
    return out or _by_model(section, ctx)


def _without_role(found: Found[str], ctx: Context) -> Found[str]:
    """ "DGS de la commune d'Aurel" names the commune."""
    heads = {fold(w) for part in ctx.rules.lexicon("people")["role_heads"] for w in str(part).split()}
    if fold(found.value).split()[0] not in heads:
        return found
    for word in re.finditer(r"\b[\w-]{3,}", found.value):
        rest = found.value[word.start() :]
        if word.start() and names_body(rest, ctx.rules):
            return replace(found, value=rest, start=found.end - len(rest))
    return found


def _by_model(section: MissionSection, ctx: Context) -> list[Candidate]:
    """Where no word of the lexicon names a body: the first organisation that the trained model sees, as a doubt."""
    if ctx.nlp is None:
        return []
    for kind, passage in _texts(section, ctx):
        if kind in (PartKind.APPROACH, PartKind.RESULTS):
            break
        for found in ctx.nlp.organisations(passage.text[:1500]):
            own = ctx.firm and _letters(ctx.firm) in _letters(found.value)
            if not own and len(found.value) > 3:
                place = passage.slice(found.start, found.end)
                seen = candidate(ctx, "client", found.value, place, "inferred.model", "seen by the model only")
                return [seen.model_copy(update={"inferred": True})]
    return []


def _beside_name(section: MissionSection, mails: list[str]) -> list[tuple[str, Passage]]:
    """A piece of the contact that its e-mail domain spells: "Anne Roche, Les Liaisons, a.roche@liaisons.org"."""
    out = []
    for part in section.parts:
        for item in part.items if part.kind is PartKind.CONTACT else ():
            for piece in re.finditer(r"[^,;()\n/|–]{4,60}", item.text):
                text = piece.group().strip()
                letters = _letters(text)
                if "@" in text or len(letters) < 5 or any(c.isdigit() for c in text):
                    continue
                if any(mail in letters or letters in mail for mail in mails if len(mail) > 4):
                    out.append((_proper(text), item.slice(piece.start(), piece.end())))
    return out


def _proper(text: str) -> str:
    """With capitals at its words' heads, as a name: "Les interconnectés" gives "Les Interconnectés"."""
    return " ".join(w[:1].upper() + w[1:] if len(w) > 3 else w for w in text.split())


def _of_domain(section: MissionSection, mails: list[str]) -> list[tuple[str, Passage]]:
    """The town whose name is the whole e-mail domain (bourgmartin.fr)."""
    out = []
    for part in section.parts:
        for item in part.items if part.kind is PartKind.CONTACT else ():
            for found in find_emails(item.text):
                domain = _letters(found.value.address.rpartition("@")[2].rpartition(".")[0])
                town = town_of_letters(re.sub(r"^(?:ville|mairie|commune)(?:de|d)?", "", domain)) if mails else None
                if town:
                    out.append((town, item.slice(found.start, found.end)))
    return out


def _headed(name: str) -> str:
    """With a capital at the head: "la Région Armor" gives "Région Armor"."""
    bare = re.sub(r"^(?:l['’]|la |le |les )", "", name)
    return bare[:1].upper() + bare[1:]


def _texts(section: MissionSection, ctx: Context) -> list[tuple[PartKind, Passage]]:
    order = (PartKind.CONTACT, PartKind.CONTEXT, PartKind.BODY, PartKind.APPROACH, PartKind.RESULTS, PartKind.FACTS)
    out = [(PartKind.TITLE, h.flow(ctx.keep_hyphen)) for h in section.heading]
    out += [(PartKind.TITLE, i.flow()) for p in section.parts if p.kind is PartKind.TITLE for i in p.items]
    for kind in order:
        out += [(kind, i.flow(ctx.keep_hyphen)) for p in section.parts if p.kind is kind for i in p.items]
    return out


def _domains(text: str, ctx: Context) -> list[str]:
    out = []
    for found in find_emails(text):
        body = domain_body(found.value.address, ctx.rules)
        if body:
            out.append(_letters(body))
    return out


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(text))


def _agrees(name: str, mail: str) -> bool:
    """Does the e-mail domain spell the name, or part of it of some length?"""
    return len(mail) >= 4 and (
        mail in name or name in mail or any(mail[i : i + 7] in name for i in range(len(mail) - 6))
    )
