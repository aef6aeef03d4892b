"""Lines that go on: "chargé de|mission" is one role, "Noëlle|A" one name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold
from carnet.pipeline.values.organisations import classify
from carnet.pipeline.values.people.departures import says_left
from carnet.pipeline.values.people.names import civility_length, is_person, name_length
from carnet.pipeline.values.people.pieces import MAX_PIECE, ContactPiece, tokens_of
from carnet.pipeline.values.people.roles import is_service, role_start
from carnet.pipeline.values.people.words import PeopleWords, bare_of

_INITIAL = re.compile(r"[a-z]\.")
_CUT_WORD = re.compile(r"\w-\Z")


def join_lines(text: str, pieces: list[ContactPiece], words: PeopleWords, rules: Rules) -> list[ContactPiece]:
    """Pieces of text that only a wrapped line parts become one."""
    joined: list[ContactPiece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if (
            last is not None
            and piece.kind == last.kind == "text"
            and piece.before == "\n"
            and not text[last.end : piece.start].strip()
            and _goes_on(text, last, piece, joined[:-1], words, rules)
        ):
            joined[-1] = replace(last, end=piece.end)
        else:
            joined.append(piece)
    return joined


def _goes_on(
    text: str,
    last: ContactPiece,
    piece: ContactPiece,
    earlier: Sequence[ContactPiece],
    words: PeopleWords,
    rules: Rules,
) -> bool:
    """Whether the line end between the two is only a wrapped line: "chargé de|mission", "Noëlle|A"."""
    one, two = text[max(last.start, last.end - MAX_PIECE) : last.end], text[piece.start : piece.end]
    low_one, low_two = fold(one).split(), fold(two).split()
    first = low_two[0].strip(".,:")
    if _CUT_WORD.search(one):
        return True
    initial = _INITIAL.fullmatch(low_one[-1]) is not None and len(low_one) == 1
    label = words.is_label(bare_of(one)) and not initial
    if _is_label_word(two, words) or _opens_with_civility(two, words) or label:
        return False
    kind = _rough_kind(one, words)
    ends_open = low_one[-1] in words.unfinished or one[-1] in "'’&" or low_one[-1] in words.civilities
    if kind == "name":
        if low_one[-1] in words.particles or low_one[-1] in words.civilities:
            return True
        alone = [word for word in low_one if word not in words.civilities | words.joins]
        is_short = len(alone) == 1 and (len(low_one) > 1 or words.is_given(alone[0]) or initial)
        return is_short and len(low_two) == 1 and two[0].isupper() and first not in words.heads | words.services
    if ends_open:
        return not is_person(two, words)
    if two[0].islower() and first not in words.heads:
        return kind in ("role", "left", "service", "other")
    if two[0].islower():
        return kind == "role" and len(low_one) == 1 and low_one[0] in words.openers
    if kind == "role" and low_one[-1] in words.open_nouns and first not in words.heads:
        return not is_person(two, words, strictly=True) and not _is_body(two, rules)
    named = any(_rough_kind(text[p.start : p.end], words) == "name" for p in earlier if p.kind == "text")
    return kind == "role" and named and len(low_two) == 1 and first not in words.heads and not words.is_given(first)


def _opens_with_civility(two: str, words: PeopleWords) -> bool:
    """ "Mme Roche", and not "général des services", which goes on a role."""
    tokens = two.split()
    adjective = len(tokens) > 1 and tokens[1].islower() and two[0].islower() and len(tokens[0]) > _SHORT
    return fold(tokens[0]) in words.civilities and not adjective


_SHORT = 3
"""Letters of a civility at most that is no other word: "Mme", "Me", "Dr".
"""


def announced(text: str, piece: ContactPiece, words: PeopleWords) -> ContactPiece:
    """A piece that ends with somebody whom it announces in small letters, without what announces them: "Référence
    vérifiable auprès de Mme Odile Renaud" is "Mme Odile Renaud"."""
    if piece.kind != "text" or piece.end - piece.start > MAX_PIECE:
        return piece
    tokens = tokens_of(text[piece.start : piece.end])
    for n, (token, at) in enumerate(tokens[1:], start=1):
        if fold(token) in words.civilities and name_length(tokens[n + 1 :], words) == len(tokens) - n - 1:
            before = [word for word, _ in tokens[1:n]]
            low = [fold(word) for word, _ in tokens[:n]]
            small = all(word.islower() for word in before) and low[0] not in words.civilities
            nobody = role_start(low, words) is None
            return replace(piece, start=piece.start + at) if small and nobody else piece
    return piece


def _is_body(two: str, rules: Rules) -> bool:
    """ "Ville de Lyon": an organisation, not the end of the role above it."""
    kind = classify(two, rules)
    return kind.type_sure and kind.client_type is not None


def _is_label_word(two: str, words: PeopleWords) -> bool:
    bare = bare_of(two)
    first = bare.split(" ")[0]
    return words.is_label(bare) or (len(first) > 2 and words.announces(first) and first not in words.services)


def _rough_kind(one: str, words: PeopleWords) -> str:
    """What a line seems to be, before it is taken apart: name, role, left, service, other."""
    low = fold(one).split()
    if says_left(one, words):
        return "left"
    if role_start(low, words) == 0:
        return "role"
    tokens = tokens_of(one)
    skipped = civility_length(low, words) or int(len(low) > 1 and low[0] in words.joins)
    named = name_length(tokens[skipped:], words)
    if skipped + named == len(tokens) and (named or low[0] in words.civilities):
        return "name" if skipped or not is_service(low, words) else "service"
    if named and role_start(low, words) is not None:
        return "role"
    return "service" if is_service(low, words) else "other"
