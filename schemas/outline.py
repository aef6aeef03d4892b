"""The outline of a brochure: its parts, its missions, and the labelled parts of each mission."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from carnet.schemas.layout import Passage


class PartKind(StrEnum):
    """What a label announces. The words that announce it are data (`pipeline/rules/*/labels.yml`)."""

    CLIENT = "client"
    TITLE = "title"
    SUBJECT = "subject"  # "Objet", "Mission": the outline turns it into TITLE, APPROACH or OTHER by its neighbours
    PERIOD = "period"
    DURATION = "duration"
    START = "start"  # first and last date under labels of their own
    END = "end"
    AMOUNT = "amount"
    WORKS_COST = "works_cost"  # cost of the works: never the fee
    CONTACT = "contact"
    NAME = "name"  # of a person, in a table
    ROLE = "role"  # of the contact, in a table
    EMAIL = "email"
    PHONE = "phone"
    PARTNERS = "partners"
    CONTEXT = "context"
    APPROACH = "approach"
    RESULTS = "results"
    STATUS = "status"
    PLACE = "place"
    COUNTRY = "country"
    DOMAIN = "domain"
    REFERENCE = "reference"  # number of the fiche
    OTHER = "other"  # a known label without a field (surface, keywords)
    FACTS = "facts"  # short lines without labels: values beside icons, "En bref"
    BODY = "body"  # text of the mission under no label


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a mission under one label (or none).

    `items`: one passage for each paragraph, bullet, cell or line group. Inside an item, printed lines are parted by
    newlines. `rule` is the id of what told the part: a role ("roles.amount"), or a label's rule
    ("fr.labels.amount.montant").
    """

    kind: PartKind
    items: tuple[Passage, ...]
    label: Passage | None = None
    rule: str = ""


class Above(StrEnum):
    """What a mission stands under that names its part of the brochure."""

    CHAPTER = "chapter"
    BAND = "band"  # a row over the rows of a table
    MENU = "menu"  # the entry of a menu that is marked on the page
    BADGE = "badge"  # the name of the part, at the edge of the page

    @property
    def rule(self) -> str:
        """The id that evidence carries."""
        return f"outline.{self.value}"


@dataclass(frozen=True, slots=True)
class MissionSection:
    """All that the brochure prints about one mission.

    `heading`: the heading's blocks in order, e.g. ("VILLE DE LIBOURNE", "Projet scientifique et culturel …") or one
    block "Ville d'Agen : Etude d'aménagement …" (its lines parted by newlines), or () for a mission without heading.
    `from_table`: one row of a reference table; then parts are its cells, labels its column heads; an empty cell is a
    Part without items. `year`: the heading over the missions of a year ("2021"). `above`: what kind of heading the
    `domain` is, where it is one.
    """

    ordinal: int
    heading: tuple[Passage, ...]
    parts: tuple[Part, ...]
    domain: Passage | None = None
    domain_rule: str = ""
    above: Above | None = None
    page_first: int | None = None
    page_last: int | None = None
    from_table: bool = False
    year: Passage | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """What stands in the document: missions, the rest by role, and what nobody read."""

    missions: tuple[MissionSection, ...] = ()
    front: tuple[Passage, ...] = ()  # blocks outside missions, in reading order (cover, firm, team, addresses)
    team: tuple[Passage, ...] = ()  # blocks under a heading like "L'équipe"; lines parted by newlines
    offices: tuple[Passage, ...] = ()  # blocks under a heading like "Nos agences", "Nous contacter"; cover addresses
    running: tuple[Passage, ...] = ()  # running heads and feet, each once
