"""Roles: what a printed text is in its brochure. Declared once; the reading, the teacher and the pages share them."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a stretch of printed text says."""

    # of a mission
    TITLE = "title"
    CLIENT = "client"
    PLACE = "place"
    PERIOD = "period"
    DURATION = "duration"
    START = "start"
    END = "end"
    AMOUNT = "amount"
    WORKS_COST = "works_cost"  # never the fee: cost of works, subsidy, budget
    CONTACT = "contact"  # name and function of a person to ask
    EMAIL = "email"
    PHONE = "phone"
    PARTNERS = "partners"
    STATUS = "status"
    REFERENCE = "reference"  # number of the fiche
    OTHER = "other"  # a value that no field holds: surface, keywords, procedure
    CONTEXT = "context"
    APPROACH = "approach"
    RESULTS = "results"
    HEADING = "heading"  # client and title in one stretch
    FACTS = "facts"  # several values in one stretch
    ASIDE = "aside"  # caption, credit, quote, big figure beside a mission
    # of a mission, or of many
    LABEL = "label"  # announces a role (`of`)
    HEAD = "head"  # heads a column of a table (`of`)
    DOMAIN = "domain"  # the part of the brochure
    KICKER = "kicker"  # the part of the brochure, printed at one mission
    YEAR = "year"  # the period that many missions stand under
    GROUP_CLIENT = "group_client"  # the client that many missions stand under
    # around missions
    TEAM = "team"
    OFFICE = "office"
    FRONT = "front"  # whatever else: cover, about us, figures, contents
    FURNITURE = "furniture"  # running heads and feet, numbers, menus

    @property
    def narrative(self) -> bool:
        """Running text: context, approach, results."""
        return self in (Role.CONTEXT, Role.APPROACH, Role.RESULTS)

    @property
    def of_mission(self) -> bool:
        """Does it belong to one mission?"""
        return self not in _AROUND


_AROUND = frozenset(
    {Role.DOMAIN, Role.YEAR, Role.GROUP_CLIENT, Role.TEAM, Role.OFFICE, Role.FRONT, Role.FURNITURE, Role.HEAD}
)
