"""How one brochure says things: its labels, signs and looks, drawn once and kept throughout.

A genre asks the voice for marked runs and never writes a label of its own, so that wording and composition vary apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from carnet.pipeline.teach.content import MissionFacts, Person
from carnet.pipeline.teach.nodes import PLAIN, Look, Mark, Para, Run
from carnet.schemas.roles import Role

NARRATIVE = (Role.CONTEXT, Role.APPROACH, Role.RESULTS)


@dataclass(frozen=True)
class Voice:
    """Labels by role (a role may have none: then its value stands bare), what follows a label, looks by use.

    `label_end`: " :", ":", " –", "." or "" behind a label before its value. `looks`: "title", "client", "label",
    "value", "text_label" (of context, approach, results), "text", "domain", "small", "date", "kicker".
    `order`: the order in which facts are printed. `head_words`: the same labels as heads of columns.
    `contact_leads`: words before a part of a contact ("Tél. "); `contact_forms`: signs around one ("({})").
    """

    labels: dict[Role, str]
    head_words: dict[Role, str]
    label_end: str
    looks: dict[str, Look]
    order: tuple[Role, ...]
    accent: str
    accent2: str
    tint: str  # pale fill
    bullet: str
    bar: str  # between values on one line
    contact_parts: tuple[str, ...]  # name, role, email, phone in this order
    contact_joint: str
    partner_joint: str
    head_form: (
        str  # how client and title share a line: "{client} : {title}", "{title} ({client})", "{title} pour {client}"
    )
    labelled: bool = True
    extras: dict[str, str] = field(default_factory=dict)
    contact_leads: dict[str, str] = field(default_factory=dict)
    contact_forms: dict[str, str] = field(default_factory=dict)

    def look(self, use: str) -> Look:
        return self.looks.get(use, PLAIN)

    # ---- values as runs

    def value(self, mission: MissionFacts, role: Role, use: str = "value") -> tuple[Run, ...]:
        """The value of a role in a mission, () where there is none. CONTACT, PARTNERS: `contact`, `partners`."""
        if role is Role.CONTACT:
            return self.contact(mission)
        if role is Role.PARTNERS:
            return self.partners(mission)
        if role in (Role.EMAIL, Role.PHONE):
            return tuple(run for run in self.contact(mission) if run.mark.role is role)
        printed = mission.values.get(role)
        if printed is None:
            return ()
        return (Run(printed.text, Mark(role, mission.ordinal), self.look(use)),)

    def label(self, role: Role, mission: int = 0, end: str | None = None, use: str = "label") -> tuple[Run, ...]:
        """The label of a role, with its sign; () where this voice has none. `end` overrides the sign."""
        word = self.labels.get(role)
        if not word:
            return ()
        return (Run(word + (self.label_end if end is None else end), Mark(Role.LABEL, mission, role), self.look(use)),)

    def head(self, role: Role) -> tuple[Run, ...]:
        """The label as the head of a column."""
        return (
            Run(
                self.head_words.get(role) or self.labels.get(role) or role.value,
                Mark(Role.HEAD, 0, role),
                self.look("head"),
            ),
        )

    def contact(self, mission: MissionFacts, joint: str | None = None) -> tuple[Run, ...]:
        """Who to ask, part by part; what stands for it ("NC") where there is nobody. `joint` overrides the voice's."""
        m, look, person = mission.ordinal, self.look("value"), mission.contact
        if person is None:
            nothing = mission.values.get(Role.CONTACT)
            return (Run(nothing.text, Mark(Role.CONTACT, m), look),) if nothing else ()
        out: list[Run] = []
        for part in self.contact_parts:
            text, role = _part(person, part)
            if not text:
                continue
            form = self.contact_forms.get(part, "{}") if out else "{}"
            if out:
                bracket = form != "{}" and (joint is None or "\n" not in joint)
                sign = " " if bracket else self.contact_joint if joint is None else joint
                out.append(Run(sign, Mark(Role.CONTACT, m), look))
            if lead := self.contact_leads.get(part):
                out.append(Run(lead, Mark(Role.LABEL, m, role), look))
            out.append(Run(form.format(text), Mark(role, m), look))
        return tuple(out)

    def partners(self, mission: MissionFacts) -> tuple[Run, ...]:
        """The line of partners as invented, else their names."""
        line = mission.values.get(Role.PARTNERS)
        text = line.text if line else self.partner_joint.join(mission.partners)
        return (Run(text, Mark(Role.PARTNERS, mission.ordinal), self.look("value")),) if text else ()

    # ---- lines and paragraphs

    def fact_line(self, mission: MissionFacts, role: Role) -> tuple[Run, ...]:
        """ "Montant : 45 000 € HT" as runs, () where the mission has no such value."""
        value = self.value(mission, role)
        if not value:
            return ()
        label = self.label(role, mission.ordinal)
        gap = (Run(" ", value[0].mark, PLAIN),) if label else ()
        return (*label, *gap, *value)

    def facts(self, mission: MissionFacts, roles: Sequence[Role] | None = None) -> list[tuple[Run, ...]]:
        """Lines of facts in this voice's order; extras among them."""
        lines = [line for role in (roles or self.order) if (line := self.fact_line(mission, role))]
        for extra in mission.extras:
            lines.append(self.extra_line(mission, extra.label, extra.text, extra.role))
        return lines

    def extra_line(self, mission: MissionFacts, label: str, text: str, role: Role) -> tuple[Run, ...]:
        m = mission.ordinal
        return (
            Run(label + self.label_end + " ", Mark(Role.LABEL, m, role), self.look("label")),
            Run(text, Mark(role, m), self.look("value")),
        )

    def headline(self, mission: MissionFacts, use: str = "title") -> tuple[Run, ...]:
        """Client and title on one line, in `head_form`; a missing one leaves the other alone."""
        title = self.value(mission, Role.TITLE, use)
        client = self.value(mission, Role.CLIENT, use)
        if not (title and client):
            return title or client
        out: list[Run] = []
        for piece in re.split(r"(\{client\}|\{title\})", self.head_form):
            if piece == "{client}":
                out += client
            elif piece == "{title}":
                out += title
            elif piece:
                out.append(Run(piece, Mark(Role.TITLE, mission.ordinal), self.look(use)))
        return tuple(out)

    def texts(self, mission: MissionFacts, role: Role) -> tuple[str, ...]:
        return {Role.CONTEXT: mission.context, Role.APPROACH: mission.approach, Role.RESULTS: mission.results}[role]

    def narrative(self, mission: MissionFacts, role: Role, bullets: bool | None = None) -> list[Para]:
        """Paragraphs or list items of one text."""
        items = self.texts(mission, role)
        listed = len(items) > 1 if bullets is None else bullets
        return [
            Para(
                (Run(t, Mark(role, mission.ordinal), self.look("text")),),
                item=1 if listed else 0,
                marker=self.bullet if listed else "",
            )
            for t in items
        ]


def _part(person: Person, part: str) -> tuple[str | None, Role]:
    match part:
        case "name":
            return _named(person), Role.CONTACT
        case "role":
            return person.role or person.service, Role.CONTACT
        case "email":
            return person.email_printed or person.email, Role.EMAIL
        case _:
            return person.phone, Role.PHONE


def _named(person: Person) -> str | None:
    """ "Mme Claire Rochat (retraitée)"; the note alone where there is no name."""
    if not person.name:
        return person.note
    name = f"{person.civility} {person.name}".strip()
    return f"{name} ({person.note})" if person.note else name
