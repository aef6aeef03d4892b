"""Names, roles, addresses and numbers gathered, person by person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from carnet.pipeline.rules.fold import fold
from carnet.pipeline.values.found import Found
from carnet.pipeline.values.people.agreement import agrees
from carnet.pipeline.values.people.pieces import ContactPiece, tokens_of
from carnet.pipeline.values.people.roles import role_words
from carnet.pipeline.values.people.words import PeopleWords

if TYPE_CHECKING:
    from carnet.pipeline.nlp import Nlp


@dataclass(frozen=True)
class ContactReading:
    """One person as printed. `has_left`: the text says so. `email_malformed`: misprinted, whether repaired or not."""

    name: Found[str] | None = None
    role: Found[str] | None = None
    email: Found[str] | None = None
    phone: Found[str] | None = None
    has_left: bool = False
    email_repaired: bool = False
    notes: tuple[str, ...] = ()
    email_malformed: bool = False


@dataclass
class PersonDraft:
    """What has been gathered for one person so far."""

    name: ContactPiece | None = None
    role: ContactPiece | None = None
    role_text: str = ""
    email: ContactPiece | None = None
    phone: ContactPiece | None = None
    has_left: bool = False
    notes: list[str] = field(default_factory=list)

    def says_something(self) -> bool:
        return bool(self.name or self.role or self.email or self.phone or self.has_left)

    def reading(self) -> ContactReading:
        pieces = [piece for piece in (self.name, self.role, self.email, self.phone) if piece]
        mail = self.email.email if self.email else None
        return ContactReading(
            name=_found(self.name, _one_line(self.name.value) if self.name else ""),
            role=_found(self.role, self.role_text),
            email=_found(self.email, self.email.value if self.email else ""),
            phone=_found(self.phone, self.phone.value if self.phone else ""),
            has_left=self.has_left,
            email_repaired=bool(mail and mail.repaired),
            notes=(*self.notes, *(piece.note for piece in pieces if piece.note)),
            email_malformed=bool(mail and mail.malformed),
        )


def gather(text: str, parts: Sequence[ContactPiece], words: PeopleWords) -> list[PersonDraft]:
    """A name opens a person, or completes one; what else is said goes to whom it stands nearest or agrees with."""
    people: list[PersonDraft] = []
    after_fax = False
    for index, part in enumerate(parts):
        following = parts[index + 1] if index + 1 < len(parts) else None
        if part.kind == "name":
            _take_name(people, part, parts[index + 1 :])
        elif part.kind == "role":
            _take_role(text, people, part, following, words)
        elif part.kind == "lower":
            _take_lower(text, people, part, words)
        elif part.kind == "left":
            _current(people, new=not people).has_left = True
        elif part.kind == "email":
            _take_email(people, part)
        elif part.kind == "phone" and not after_fax:
            _take_phone(people, part)
        after_fax = part.kind == "fax"
    return people


def _current(people: list[PersonDraft], new: bool) -> PersonDraft:
    if new:
        people.append(PersonDraft())
    return people[-1]


def _take_name(people: list[PersonDraft], part: ContactPiece, following: Sequence[ContactPiece]) -> None:
    person = people[-1] if people else None
    new = person is None or person.name is not None
    if person is not None and not new and (person.email or person.phone):
        later = next((p for p in following if p.kind in ("email", "name")), None)
        own = bool(person.email and agrees(part.value, person.email.value))
        has_later = later is not None and later.kind == "email" and agrees(part.value, later.value)
        new = not own and (has_later or part.before in ("\n", ";"))
    if person is not None and person.has_left and not person.name and not person.role:
        new = True
    _current(people, new).name = part


def _take_role(
    text: str, people: list[PersonDraft], part: ContactPiece, following: ContactPiece | None, words: PeopleWords
) -> None:
    link = following.before if following is not None and following.kind == "name" else None
    person = people[-1] if people else None
    leads = link in ("", ":") or (person is not None and person.role is not None and link in (",", "-", "\n"))
    if person is None or (person.name and leads):
        person = _current(people, new=True)
    elif person.role:
        _lengthen_role(text, person, part, words)
        return
    person.role, person.role_text = part, role_words(text[part.start : part.end], words)
    person.has_left = person.has_left or part.has_left


def _lengthen_role(text: str, person: PersonDraft, part: ContactPiece, words: PeopleWords) -> None:
    """A second role right after the first ("maire, président du syndicat") is one role as printed; elsewhere a note."""
    assert person.role is not None
    between = text[person.role.end : part.start]
    if re.fullmatch(r"\s*(?:(?:[,/–-]|et|&)\s*)?", between) and "\n\n" not in between:
        person.role = replace(person.role, end=part.end)
        person.role_text = role_words(text[person.role.start : part.end], words)
        person.has_left = person.has_left or part.has_left
    else:
        person.notes.append(f"a second role was not kept: {text[part.start : part.end][:60]!r}")


def _take_lower(text: str, people: list[PersonDraft], part: ContactPiece, words: PeopleWords) -> None:
    """Words in lower case after a name are its role; after a role they lengthen it. Small words alone are neither ("au"
    before a number), nor is what somebody does: "directrice juridique, répond volontiers aux questions"."""
    tokens = [fold(token) for token, _ in tokens_of(text[part.start : part.end])]
    said = " ".join(tokens)
    if all(token in words.unfinished for token in tokens) or said.startswith(words.predicates):
        return
    person = people[-1] if people else None
    if person is None:
        return
    wrapped = len(tokens) <= _FEW and text[person.role.end : part.start] == "\n" if person.role else False
    if person.role and (wrapped or re.fullmatch(r"\s*,\s*", text[person.role.end : part.start])):
        _lengthen_role(text, person, part, words)
    elif (
        person.name and not person.role and re.fullmatch(r"\s*(?:[,(–—·|•/-]\s*)?", text[person.name.end : part.start])
    ):
        person.role = replace(part, rule="people.role.lower")
        person.role_text = role_words(text[part.start : part.end], words)


_FEW = 3
"""Words that a role goes on with on the next line, at most."""


def _take_email(people: list[PersonDraft], part: ContactPiece) -> None:
    for person in reversed(people):
        if person.name and not person.email and agrees(person.name.value, part.value):
            person.email = part
            return
    if any(person.email and person.email.value == part.value for person in people):
        return
    _current(people, new=not people or people[-1].email is not None).email = part


def _take_phone(people: list[PersonDraft], part: ContactPiece) -> None:
    person = _current(people, new=not people)
    if person.phone is None:
        person.phone = part
    elif person.phone.value != part.value:
        person.notes.append(f"a second phone number was not kept: {part.value}")


def second_opinion(text: str, parts: Sequence[ContactPiece], people: list[PersonDraft], nlp: Nlp) -> list[PersonDraft]:
    """Where no rule found a name, the trained model may; such a name carries a note."""
    for part in parts:
        if part.kind != "other":
            continue
        for found in nlp.persons(text[part.start : part.end]):
            start = part.start + found.start
            note = "the name was read by the language model only"
            piece = ContactPiece("name", start, part.start + found.end, "", found.value, rule=found.rule, note=note)
            person = people[0] if people else _current(people, new=True)
            person.name = person.name or piece
            return people
    return people


def _found(piece: ContactPiece | None, value: str) -> Found[str] | None:
    return Found(value, piece.start, piece.end, piece.rule, piece.note) if piece and value else None


def _one_line(value: str) -> str:
    """ "Noëlle\\nA" is "Noëlle A"."""
    return " ".join(re.sub(r"(?<=\w)-\s*\n\s*(?=\w)", "-", value).split()).strip(" ,;:")
