"""People at the client's: name, role, e-mail, phone, and whether they left."""

from __future__ import annotations

from carnet.pipeline.fields.context import Context, candidate
from carnet.pipeline.values.emails import find_emails
from carnet.pipeline.values.found import Found
from carnet.pipeline.values.people import parse_contacts
from carnet.pipeline.values.people.gathering import ContactReading
from carnet.pipeline.values.phones import find_phones
from carnet.schemas.evidence import AT_THE_FIRM, Candidate, Evidence
from carnet.schemas.layout import Passage
from carnet.schemas.mission import Contact
from carnet.schemas.outline import MissionSection, Part, PartKind

_KINDS = (PartKind.CONTACT, PartKind.NAME, PartKind.ROLE, PartKind.EMAIL, PartKind.PHONE)


def find(section: MissionSection, ctx: Context) -> list[Candidate]:
    """One candidate: the list of contacts, in order of print. `note` holds what is malformed."""
    parts = [p for p in section.parts if p.kind in _KINDS and p.items]
    if parts:
        return _read(Passage.join([i for p in parts for i in p.items]), _rule(section, parts), ctx)
    items = [i for p in section.parts if p.kind is PartKind.FACTS for i in p.items if _personal(i.text, ctx)]
    return _read(Passage.join(items), "facts.contact", ctx) if items else []


def _rule(section: MissionSection, parts: list[Part]) -> str:
    return "cell.contact" if section.from_table else "label.contact"


def _at_the_firm(email: str | None, ctx: Context) -> bool:
    """An address of the publisher's own, from a page about it or of the person in charge there."""
    domain = (email or "").rpartition("@")[2].lower()
    return any(domain == own or domain.endswith(f".{own}") for own in ctx.own)


def _personal(text: str, ctx: Context) -> bool:
    """A line of a side box without labels that tells a person: an address, a number, or a name."""
    if len(text) > 200:
        return False
    if find_emails(text) or find_phones(text, ctx.rules, ctx.region):
        return True
    if any(c.isdigit() for c in text) or "€" in text:
        return False
    return any(p.name or p.has_left for p in parse_contacts(text, ctx.rules, ctx.nlp, ctx.region)) and _like_name(
        text, ctx
    )


def _like_name(text: str, ctx: Context) -> bool:
    """Two or three capitalised words at the start, and no opener of partners."""
    first = text.split()[0].casefold() if text.split() else ""
    if first in {str(w).split()[0] for w in ctx.rules.lexicon("partners")["facts"]}:
        return False
    words = text.replace(",", " , ").split()
    return len(words) >= 2 and all(w[:1].isupper() or w in ("de", "d'", "le", "la", "du", "van") for w in words[:2])


def _read(passage: Passage, rule: str, ctx: Context) -> list[Candidate]:
    passage = passage.whole_words()
    people = parse_contacts(passage.text, ctx.rules, ctx.nlp, ctx.region)
    readings = [person for person in people if not _at_the_firm(_value(person.email), ctx)]
    contacts: list[Contact] = []
    evidence: list[Evidence] = []
    notes: list[str] = []
    for ordinal, reading in enumerate(readings, start=1):
        contacts.append(
            Contact(
                name=_value(reading.name),
                role=_value(reading.role),
                email=_value(reading.email),
                phone=_value(reading.phone),
                has_left=reading.has_left,
            )
        )
        evidence.extend(_evidence(reading, passage, rule, ordinal))
        if reading.email_malformed or reading.email_repaired:
            notes.append(f"email_malformed: {_printed(reading.email, passage)!r}")
        notes.extend(reading.notes)
    if not contacts:
        return [candidate(ctx, "contacts", [], passage, rule, AT_THE_FIRM)] if people else []
    value = [c.model_dump() for c in contacts]
    return [
        Candidate(value=value, evidence=tuple(evidence), rank=ctx.rank(rule), rule=rule, note="; ".join(notes) or None)
    ]


def _value(found: Found[str] | None) -> str | None:
    return found.value if found else None


def _printed(found: Found[str] | None, passage: Passage) -> str:
    return passage.text[found.start : found.end] if found else ""


def _evidence(reading: ContactReading, passage: Passage, rule: str, ordinal: int) -> list[Evidence]:
    out = []
    for field in ("name", "role", "email", "phone"):
        found: Found[str] | None = getattr(reading, field)
        if found is not None:
            place = passage.slice(found.start, found.end)
            out.append(Evidence.of(place, f"contact_{field}", found.rule or rule, ordinal))
    return out
