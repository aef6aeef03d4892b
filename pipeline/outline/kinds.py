"""Groups of kinds of parts, by what they say of the text around them."""

from __future__ import annotations

from carnet.schemas.outline import PartKind

NARRATIVE = frozenset({PartKind.CONTEXT, PartKind.APPROACH, PartKind.RESULTS})
"""Texts: paragraphs and bullets."""

VALUES = frozenset(
    {
        PartKind.CLIENT, PartKind.TITLE, PartKind.SUBJECT, PartKind.PERIOD, PartKind.DURATION, PartKind.AMOUNT,
        PartKind.WORKS_COST, PartKind.CONTACT, PartKind.NAME, PartKind.ROLE, PartKind.EMAIL, PartKind.PHONE,
        PartKind.PARTNERS, PartKind.STATUS, PartKind.PLACE, PartKind.COUNTRY, PartKind.DOMAIN, PartKind.REFERENCE,
        PartKind.OTHER,
    }
)  # fmt: skip
"""Values: one or few lines each."""

STRONG = frozenset(
    {
        PartKind.CLIENT, PartKind.PERIOD, PartKind.DURATION, PartKind.AMOUNT, PartKind.CONTACT, PartKind.PARTNERS,
        PartKind.CONTEXT, PartKind.APPROACH, PartKind.RESULTS, PartKind.WORKS_COST, PartKind.SUBJECT, PartKind.FACTS,
        PartKind.TITLE,
    }
)  # fmt: skip
"""What tells that a text is about a mission."""

SINGLE = frozenset({PartKind.CLIENT, PartKind.PERIOD, PartKind.AMOUNT, PartKind.CONTACT, PartKind.CONTEXT})
"""What a mission has once: twice under one heading, that heading holds two missions."""

FACT = frozenset(
    {PartKind.CLIENT, PartKind.PERIOD, PartKind.DURATION, PartKind.AMOUNT, PartKind.CONTACT, PartKind.FACTS}
)
"""What stands in columns of facts beside the texts."""

OF_VALUE = {
    "contact": frozenset({PartKind.CONTACT, PartKind.EMAIL, PartKind.PHONE}),
    "period": frozenset({PartKind.PERIOD, PartKind.START, PartKind.DURATION}),
    "amount": frozenset({PartKind.AMOUNT, PartKind.WORKS_COST}),
}
"""What a value tells (`value_kind`) -> the kinds of parts that tell it."""

KIND_OF_VALUE = {"contact": PartKind.CONTACT, "period": PartKind.PERIOD, "amount": PartKind.AMOUNT}
"""What a value tells -> the kind of part that it is where no label says."""

LINE_FACTS = frozenset(
    {
        PartKind.CLIENT, PartKind.PERIOD, PartKind.DURATION, PartKind.START, PartKind.END, PartKind.AMOUNT,
        PartKind.WORKS_COST, PartKind.CONTACT, PartKind.PARTNERS, PartKind.STATUS,
    }
)  # fmt: skip
"""What lines of values set as text tell."""
