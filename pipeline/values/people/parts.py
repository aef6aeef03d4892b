"""What one piece says: "Benjamin G Directeur Tél." holds a name, a role and a label."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from carnet.pipeline.rules.fold import fold
from carnet.pipeline.values.people.departures import says_left
from carnet.pipeline.values.people.names import civility_length, is_person, name_length, strength_of
from carnet.pipeline.values.people.pieces import MAX_PIECE, ContactPiece, Token, strip_span, tokens_of
from carnet.pipeline.values.people.roles import is_former, is_service, role_start
from carnet.pipeline.values.people.words import PeopleWords, bare_of


def parts_of(text: str, piece: ContactPiece, words: PeopleWords) -> list[ContactPiece]:
    """The names, roles and so on in one piece: "Benjamin G Directeur Tél." holds a name, a role and a label."""
    if piece.kind != "text":
        return [piece]
    start, end, before = piece.start, piece.end, piece.before
    if end - start > MAX_PIECE:
        return [ContactPiece("other", start, end, before, text[start:end])]
    one = text[start:end]
    bare = bare_of(one)
    if bare in words.empty:
        return []
    announces = text[end : end + 2].strip().startswith(":") or bare.split()[0] not in words.heads or before == "\n"
    if words.is_label(bare) and announces:
        return [ContactPiece("fax" if bare in words.fax_labels else "label", start, end, before, bare)]
    tokens = tokens_of(one)
    if fold(tokens[0][0]) in words.joins and len(tokens) > 1:
        return parts_of(text, replace(piece, start=start + tokens[1][1], before=";"), words)
    trailing = 0 if text[end : end + 1] == "," else _trailing_label(tokens, words)  # "cheffe de projet web, a@b.fr"
    if trailing:
        cut = start + tokens[-trailing][1]
        label = bare_of(text[cut:end])
        kind = "fax" if label in words.fax_labels else "label"
        left, right = strip_span(text, start, cut)
        said = parts_of(text, replace(piece, end=right), words) if left < right else []
        return [*said, ContactPiece(kind, cut, end, "", label)]
    return _two_people(text, piece, words) or _left_parts(text, piece, words) or _said(text, piece, words)


def _trailing_label(tokens: Sequence[Token], words: PeopleWords) -> int:
    """How many tokens at the end announce a number or address: 1 in "Directeur Tél."."""
    for count in (2, 1):
        if len(tokens) > count:
            bare = bare_of(" ".join(token for token, _ in tokens[-count:]))
            held = fold(tokens[-count - 1][0]) in words.unfinished  # "directrice de site"
            if words.announces(bare) and len(bare) > 2 and bare not in words.services and not held:
                return count
    return 0


def _two_people(text: str, piece: ContactPiece, words: PeopleWords) -> list[ContactPiece]:
    """ "Paul G et Aïcha B", "Jean D/Claire D": both sides are whole names."""
    one = text[piece.start : piece.end]
    for mark in list(re.finditer(r"\s(?:et|&|\+|and)\s|(?<=\w)/(?=\w)", one))[:4]:
        left, right = one[: mark.start()], one[mark.end() :]
        if is_person(left, words) and (is_person(right, words) or is_person(right.split(" - ")[0], words)):
            first = replace(piece, end=piece.start + mark.start())
            second = replace(piece, start=piece.start + mark.end(), before=";")
            return [*parts_of(text, first, words), *parts_of(text, second, words)]
    return []


def _left_parts(text: str, piece: ContactPiece, words: PeopleWords) -> list[ContactPiece]:
    """A piece that says that somebody left, perhaps after the name: "Claire D partie en retraite"."""
    one = text[piece.start : piece.end]
    low = " ".join(fold(one).split())
    if len(low) != len(one):
        low = fold(one)
    for phrase in words.replaced_by:
        if low.startswith(phrase):
            rest = replace(piece, start=piece.start + len(phrase), before=";")
            rest = replace(rest, start=strip_span(text, rest.start, rest.end)[0])
            left = ContactPiece("left", piece.start, piece.start + len(phrase), piece.before, rule="people.replaced")
            return [left, *parts_of(text, rest, words)] if rest.start < rest.end else [left]
    if says_left(one, words):
        return [ContactPiece("left", piece.start, piece.end, piece.before, rule="people.left")]
    tokens = tokens_of(one)
    named = name_length(tokens, words)
    if 0 < named < len(tokens):
        at = tokens[named][1]
        if says_left(one[at:], words):
            name = replace(piece, end=piece.start + at)
            left = ContactPiece("left", piece.start + at, piece.end, "", rule="people.left")
            return [*_said(text, replace(name, end=strip_span(text, name.start, name.end)[1]), words), left]
    return []


def _said(text: str, piece: ContactPiece, words: PeopleWords) -> list[ContactPiece]:
    """A role, a name, a service, or something that we do not know."""
    start, end = piece.start, piece.end
    one = text[start:end]
    tokens = tokens_of(one)
    low = [fold(token) for token, _ in tokens]
    civil = civility_length(low, words)
    if civil == len(low):
        return []
    at = role_start(low[civil:], words)
    if at == 0:
        return _role_parts(text, piece, tokens, civil, words)
    named = name_length(tokens[civil:], words)
    if named and not (named + civil == len(tokens) and is_service(low[civil:], words) and not civil):
        return _name_parts(text, piece, tokens, civil, named, words)
    if is_service(low, words):
        return [ContactPiece("service", start, end, piece.before, one)]
    kind = "lower" if one[0].islower() else "other"
    return [ContactPiece(kind, start, end, piece.before, one)]


def _role_parts(
    text: str, piece: ContactPiece, tokens: Sequence[Token], civil: int, words: PeopleWords
) -> list[ContactPiece]:
    """A role, and the name that may follow it: "Gestionnaire Noëlle A"."""
    first = civil
    while first < len(tokens) - 1 and fold(tokens[first][0]) in words.articles:
        first += 1
    start = piece.start + tokens[first][1]
    if fold(text[start : start + 2]) == "l'":
        start += 2
    has_left = any(is_former(fold(token), words) for token, _ in tokens[first : first + 2])
    for index in range(first + 1, len(tokens)):
        rest = tokens[index:]
        last = fold(tokens[index - 1][0])
        if last in words.unfinished and last not in words.heads | words.joins:
            continue
        tail = text[piece.start + rest[0][1] : piece.end]
        if is_person(tail, words, strictly=True):
            joined = last in words.joins  # "chargée d'études puis Kévin B"
            role_end = strip_span(text, start, piece.start + tokens[index - joined][1])[1]
            role = ContactPiece("role", start, role_end, piece.before, has_left=has_left, rule="people.role")
            link = ";" if joined else ""
            return [role, *parts_of(text, replace(piece, start=piece.start + rest[0][1], before=link), words)]
    return [ContactPiece("role", start, piece.end, piece.before, has_left=has_left, rule="people.role")]


def _name_parts(
    text: str, piece: ContactPiece, tokens: Sequence[Token], civil: int, named: int, words: PeopleWords
) -> list[ContactPiece]:
    """A name of `named` words behind `civil` civilities, and what follows it; or none after all."""
    start = piece.start + tokens[civil][1]
    last, at = tokens[civil + named - 1]
    end = piece.start + at + len(last)
    strength = 3 if civil else strength_of([token for token, _ in tokens[civil : civil + named]], words)
    name = ContactPiece("name", start, end, piece.before, text[start:end], strength=strength, rule="people.name")
    if civil + named == len(tokens):
        return [name]
    rest = replace(piece, start=piece.start + tokens[civil + named][1], before="")
    low = [fold(token) for token, _ in tokens[civil + named :]]
    if role_start(low, words) == 0:
        return [name, *_said(text, rest, words)]
    if named == 1 and len(low) == 1 and words.is_given(fold(tokens[civil][0])) and low[0].isalpha():
        return [replace(name, end=piece.end, value=text[start : piece.end], strength=2)]  # "Lionel p": a slip
    if strength == 3:
        return [name, *_said(text, rest, words)]
    kind = "service" if is_service([fold(token) for token, _ in tokens], words) else "other"
    return [ContactPiece(kind, piece.start, piece.end, piece.before, text[piece.start : piece.end])]
