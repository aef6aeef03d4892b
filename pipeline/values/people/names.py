"""Which words are the name of a person, and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from carnet.pipeline.rules.fold import fold
from carnet.pipeline.values.people.pieces import Token, tokens_of
from carnet.pipeline.values.people.roles import role_start
from carnet.pipeline.values.people.words import PeopleWords


def civility_length(low: Sequence[str], words: PeopleWords) -> int:
    """How many words at the start are civilities: 1 in "Mme Claire D"."""
    count = 0
    while count < len(low) and low[count] in words.civilities:
        count += 1
    return count


def name_length(tokens: Sequence[Token], words: PeopleWords) -> int:
    """How many tokens at the start may be a person's name: 3 in "Yann Le B directeur", 0 in "le maire"."""
    count, capitals = 0, 0
    for index, (token, _) in enumerate(tokens[:7]):
        low = fold(token)
        if index and capitals and role_start([low], words) == 0 and not _is_surname_role(tokens, index):
            break
        if low in words.particles and (index or token[0].isupper()):
            count = index + 1 if capitals else count
            continue
        if not _is_capital(token) or (low.strip(".") in words.services | words.not_names and low not in words.given):
            break
        capitals += 1
        count = index + 1
    while count and fold(tokens[count - 1][0]) in words.particles:
        count -= 1
    return count if capitals else 0


def _is_surname_role(tokens: Sequence[Token], index: int) -> bool:
    """ "Jean Maire", "Claire Prévôt": one given name before, a capital, and nothing after."""
    word = tokens[index][0]
    return index == 1 and len(tokens) == 2 and word[0].isupper() and not word.isupper() and len(tokens[0][0]) > 2


def is_person(one: str, words: PeopleWords, strictly: bool = False) -> bool:
    """Whether the whole of `one` is a person's name; strictly: a civility or a known given name says so."""
    tokens = tokens_of(one.strip())
    if not tokens:
        return False
    civil = civility_length([fold(token) for token, _ in tokens], words)
    rest = tokens[civil:]
    if not rest or name_length(rest, words) != len(rest):
        return False
    return bool(civil) or strength_of([token for token, _ in rest], words) >= (3 if strictly else 2)


def strength_of(tokens: Sequence[str], words: PeopleWords) -> int:
    """3 surely a person, 2 likely (two capitals), 1 one word only."""
    low = [fold(token) for token in tokens]
    solid = [token for token, word in zip(tokens, low, strict=True) if word not in words.particles]
    if len(tokens) == 1 and not _is_dotted_pair(tokens[0]):
        return 1
    if low[0] in words.articles:
        return 1
    if _is_initial(tokens[0]) and len(solid) >= 2 and any(len(token.strip(".")) > 1 for token in solid[1:]):
        return 3
    if words.is_given(low[0]) or (words.is_given(low[-1]) and tokens[0].isupper()):
        return 3
    return 2 if len(solid) >= 2 else 1


_CAPITAL = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.·-]){0,40}\Z")


def _is_capital(token: str) -> bool:
    """ "Dupont", "J.-P.", "GIRY", "d'Arc", "O'Brien"."""
    is_elided = len(token) > 2 and token[1] in "'’" and token[0] in "dDlL"
    body = token[2:] if is_elided else token
    return body[0].isupper() and bool(_CAPITAL.match(body)) and len(body) < 40


def _is_initial(token: str) -> bool:
    return bool(re.fullmatch(r"[^\W\d_](?:[^\W\d_])?\.?(?:-?[^\W\d_]\.?)?", token)) and token == token.upper()


def _is_dotted_pair(token: str) -> bool:
    """ "J.Dupont"."""
    return bool(re.fullmatch(r"(?:[A-Z]\.-?){1,2}[^\W\d_]{3,}", token))
