"""People in the text of a contact field: name, role, e-mail, phone, in any order and on any lines.

The text is cut at separators, addresses and numbers into pieces (pieces.py); lines that were only wrapped are joined
again (lines.py); each piece is taken apart into what it says: names, roles, "has left" (parts.py, by means of names.py,
roles.py and departures.py); likely names stay where a name is expected (settled.py); and the parts are gathered, person
by person (gathering.py).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from carnet.pipeline.rules import Rules
from carnet.pipeline.values.emails import find_emails
from carnet.pipeline.values.people.gathering import ContactReading, gather, second_opinion
from carnet.pipeline.values.people.lines import announced, join_lines
from carnet.pipeline.values.people.parts import parts_of
from carnet.pipeline.values.people.pieces import cut_pieces, masked, region_of
from carnet.pipeline.values.people.settled import settle_names
from carnet.pipeline.values.people.words import bare_of, words_of
from carnet.pipeline.values.phones import find_phones

if TYPE_CHECKING:
    from carnet.pipeline.nlp import Nlp

_MAX_TEXT = 4000  # a contact field; more is a misread page


def parse_contacts(text: str, rules: Rules, nlp: Nlp | None = None, region: str = "FR") -> list[ContactReading]:
    """The people of a contact field, in order; [] for "–", "NC" and the like.

    >>> parse_contacts("François L, Coordinateur Smart Cities,\\nfla@bep.be", load_rules())[0].role.value
    'Coordinateur Smart Cities'
    """
    text = text[:_MAX_TEXT]
    words = words_of(rules)
    if bare_of(text) in words.empty or not re.search(r"\w", text):
        return []
    emails = find_emails(text)
    pieces = cut_pieces(text, emails, find_phones(masked(text, emails), rules, region_of(emails, region)))
    pieces = join_lines(text, [announced(text, piece, words) for piece in pieces], words, rules)
    parts = [part for piece in pieces for part in parts_of(text, piece, words)]
    parts = settle_names(parts, emails, words, rules)
    people = [person for person in gather(text, parts, words) if person.says_something()]
    if not any(person.name for person in people) and nlp is not None:
        people = second_opinion(text, parts, people, nlp)
    return [person.reading() for person in people]
