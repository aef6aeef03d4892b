"""One word that no text knows, where somebody would stand: "mis au point par Isidoret", "Vaussenat (12 j)"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from carnet.pipeline.rules.fold import fold
from carnet.pipeline.values.personal import NameToken

_SHORTEST = 4
_STEPS_BACK = 3
_CAMEL = re.compile(r"([^\W\d_a-z][^\W\d_A-Z]{1,30})[^\W\d_a-z](?:[^\W\d_A-Z]{2,30}|[^\W\d_a-z]{2,30})")
_FILE = re.compile(r"[\w-]{3,80}\.(?:pdf|docx?|xlsx?|pptx?|od[tps]|jpe?g|png|zip)\b", re.IGNORECASE)
_PARTS = re.compile(r"[^\W\d_]{4,60}")
_HANDLE = re.compile(r"(?<![\w.@])@[\w.-]{5,60}")
_DOTTED = re.compile(r"(?<![\w./@-])([^\W\d_]{1,30})[._]([^\W\d_]{4,40})(?![\w@]|\.\w)")
_PATH = re.compile(r"(?<![\w/):.])(?:[/\\][\w.~-]{2,60}){2,8}")


@dataclass(frozen=True)
class Company:
    """Words beside which a strange word is somebody, folded. `agents`: right before it, small words between ("par",
    "sous la houlette de"); `rosters`: before a colon ("équipe :"); `behind`: what says of somebody ("et al.", ", née");
    `given`: given names; `called`: more of them, from everywhere; `small`: words between; `civilities`: "Mme";
    `titles`: roles, and what somebody had, right before it ("la propriété Vauquelin"); `dignities`: those of them that
    stand before no place ("le député Barnay"); `grounds`: places that a title has ("maire de la commune …");
    `closings`: before a given name alone ("cordialement, Noémie"), `articles` and words of firms before none; `did`:
    what people do ("Ternaux a relu"), behind `has`; `profiles`: addresses and accounts of somebody."""

    agents: frozenset[str]
    rosters: frozenset[str]
    behind: frozenset[str]
    given: frozenset[str]
    called: frozenset[str]
    small: frozenset[str]
    civilities: frozenset[str]
    titles: frozenset[str]
    dignities: frozenset[str]
    grounds: frozenset[str]
    closings: frozenset[str]
    articles: frozenset[str]
    has: frozenset[str]
    did: frozenset[str]
    profiles: re.Pattern[str]


Knows = Callable[[str], bool]
"""Whether a word, as it is spelt, stands in ordinary texts."""


Tells = Callable[[int], bool]
"""Of a word, by its number."""


def strangers(
    tokens: Sequence[NameToken], strange: Tells, proper: Tells, bears: Tells, company: Company
) -> Iterator[int]:
    """Which of the tokens are somebody's name by where they stand; `strange`: the word of that number is in no text;
    `proper`: in none with a small letter; `bears`: the same of what may be a place besides.

    "Estrabaud (H.) a fait les relevés", "Une étude (chef de projet : Maugenest)", "Voir (Ternisien, 2017)".
    """
    for at, token in enumerate(tokens):
        if _is_given_alone(tokens, at, company):
            yield at
        if len(token.low) < _SHORTEST or not _is_capital(token):
            continue
        if (
            _is_cited(tokens, at)
            or (at and _is_glued(tokens[at - 1], token))
            or _is_told(tokens, at, proper, bears, company)
        ):
            yield at
        elif not strange(at):
            continue
        elif _is_behind(tokens, at, company) or _is_before(tokens, at, company) or _is_in_brackets(tokens, at):
            yield at


def _is_cited(tokens: Sequence[NameToken], at: int) -> bool:
    """ "Vaudreuille et al."."""
    return [t.low.strip(".") for t in tokens[at + 1 : at + 3]] == ["et", "al"]


def _is_glued(before: NameToken, token: NameToken) -> bool:
    """ "P.Gavrelle": an initial without a blank; no number of a heading."""
    return _is_initial(before) and before.end == token.start and not token.text.isupper()


def _is_capital(token: NameToken) -> bool:
    """No mixed spelling, as of products ("CoPLER"), and no short name of a body ("ADEME", "FEDER-FSE")."""
    bare = token.text.rstrip(".")
    return (bare.isupper() and max(map(len, bare.split("-"))) > 5) or (
        bare[0].isupper() and not any(c.isupper() for c in _tail(bare))
    )


def _tail(word: str) -> str:
    """A capital may stand behind a hyphen."""
    return "".join(part[1:] for part in re.split(r"['’-]", word))


def _is_told(tokens: Sequence[NameToken], at: int, proper: Tells, bears: Tells, company: Company) -> bool:
    """By a title, by what somebody did, by a given name in brackets; the word may be one that texts know."""
    ways = (_is_titled, _is_busy, _is_before_given)
    told = any(way(tokens, at, company) for way in ways) and proper(at)
    return told or (_has_dignity(tokens, at, company) and bears(at))


def _is_titled(tokens: Sequence[NameToken], at: int, company: Company) -> bool:
    """ "le député Barnay", "la conseillère départementale Roumégoux", "le chef de projet Lacaze"; no place has a title
    ("maire de la commune Lacaze")."""
    before = tokens[max(0, at - _STEPS_BACK) : at]
    if not before or tokens[at].start - before[-1].end > 1:
        return False
    if before[-1].low in company.titles:
        return True
    said = [t.low.rstrip("'’") for t in before]
    if not (before[-1].text.islower() and said[-1] not in company.small | company.grounds):
        return False
    heads = company.titles | company.civilities
    return len(said) > 1 and (said[-2] in heads or (said[-2] in company.small and said[0] in company.titles))


def _has_dignity(tokens: Sequence[NameToken], at: int, company: Company) -> bool:
    """ "le député Barnay", "Madame la conseillère départementale Roumégoux": a place would stand behind "de"."""
    if not at or tokens[at].start - tokens[at - 1].end > 1:
        return False
    before = [t.low.rstrip("'’") for t in tokens[max(0, at - _STEPS_BACK - 1) : at]]
    called = any(word in company.civilities for word in before[:-2]) and _is_titled(tokens, at, company)
    return called or before[-1] in company.dignities


def _is_before_given(tokens: Sequence[NameToken], at: int, company: Company) -> bool:
    """ "MASSARDIER (Coralie)"."""
    after = tokens[at + 1 : at + 4]
    return len(after) > 2 and after[0].text == "(" and after[1].low in company.called and after[2].text[0] == ")"


def _is_busy(tokens: Sequence[NameToken], at: int, company: Company) -> bool:
    """ "Dufourcq a relu": at the head of a sentence."""
    heads = at == 0 or tokens[at - 1].text[-1] in ".!?:•"
    after = [t.low for t in tokens[at + 1 : at + 3]]
    return heads and len(after) > 1 and after[0] in company.has and after[1] in company.did


def _is_given_alone(tokens: Sequence[NameToken], at: int, company: Company) -> bool:
    """ "Cordialement, Noémie", "Jean-Baptiste, du service voirie", "la carte de Solveig"; rivers have an article,
    and at the head of a sentence a given name may be a word ("Pierre et chaux")."""
    token = tokens[at]
    if not token.text.istitle() or token.low.rstrip(".").split("-")[0] not in company.called:
        return False
    before, after = tokens[max(0, at - 2) : at], tokens[at + 1 : at + 3]
    if after and after[0].text[0].isupper() and after[0].start - token.end <= 1:
        return False
    if len(after) > 1 and after[0].text == "(" and after[1].text.islower():
        return True
    if not before or before[-1].text[-1] in ".!?":
        return len(after) > 1 and after[0].text == "," and after[1].low.rstrip("'’") in company.small
    return _calls(before, token, company)


def _calls(before: Sequence[NameToken], given: NameToken, company: Company) -> bool:
    """Whether what stands before a given name alone calls somebody: no article, no other name."""
    last = before[-1].low.rstrip("'’")
    if last in company.agents | company.closings or before[0].low in company.closings:
        return True
    near = given.low.rstrip(".").split("-")[0] in company.given and last not in company.articles
    return near and (before[-1].text.islower() or last in company.small or not before[-1].text[0].isalpha())


def _is_behind(tokens: Sequence[NameToken], at: int, company: Company) -> bool:
    before = [t for t in tokens[max(0, at - _STEPS_BACK) : at] if t.low.rstrip("'’") not in company.small]
    if not before:
        return False
    last = before[-1].low
    if last in company.agents or _is_initial(tokens[at - 1]):
        return True
    if last == ":":
        return any(t.low.strip(".") in company.rosters for t in tokens[max(0, at - 1 - _STEPS_BACK) : at])
    return last == ")" and _is_given_before_bracket(tokens, at - 1, company)


def _is_initial(token: NameToken) -> bool:
    return len(token.text) < _SHORTEST and token.text.endswith(".") and token.text[0].isupper()


def _is_given_before_bracket(tokens: Sequence[NameToken], end: int, company: Company) -> bool:
    """ "Solène (dite Sol) Quiniou"."""
    opened = next((n for n in range(end - 1, max(0, end - 5), -1) if tokens[n].text == "("), 0)
    return opened > 0 and tokens[opened - 1].low in company.given


def _is_before(tokens: Sequence[NameToken], at: int, company: Company) -> bool:
    after = [t.low for t in tokens[at + 1 : at + 4]]
    if after[:1] == ["("]:
        return len(after) > 1 and (after[1].isdigit() or _is_initial(tokens[at + 2]))
    return any(word.strip(".") in company.behind for word in after[:2]) and after[0] in (*company.behind, ",", "et")


def _is_in_brackets(tokens: Sequence[NameToken], at: int) -> bool:
    if at == 0 or tokens[at - 1].text[-1] != "(" or at + 1 >= len(tokens):
        return False
    after = tokens[at + 1 : at + 3]
    return after[0].text[0] == ")" or (after[0].text == "," and len(after) > 1 and after[1].low.isdigit())


def in_one_word(text: str, tokens: Sequence[NameToken], knows: Knows, company: Company) -> Iterator[tuple[int, int]]:
    """Where a name is written as one word: "SolveigKervellec", "www.yannick-lebrisec.example", "Plantevigne-Dubosq",
    in the name of a file, in the address of a profile."""
    yield from (m.span() for m in company.profiles.finditer(text))
    yield from (m.span() for m in _FILE.finditer(text) if any(not _known(part, knows) for part in _PARTS.findall(m[0])))
    yield from (m.span() for m in _HANDLE.finditer(text))
    yield from (m.span() for m in _DOTTED.finditer(text) if _is_dotted(m[1], m[2], knows, company))
    yield from (m.span() for m in _PATH.finditer(text) if any(not _known(part, knows) for part in _PARTS.findall(m[0])))
    for token in tokens:
        if _is_compound(token, knows, company) or _is_camel(token, knows, company):
            yield token.start, token.end


def _known(word: str, knows: Knows) -> bool:
    return any(knows(spelling) for spelling in (word, word.lower(), word.capitalize()))


def _is_compound(token: NameToken, knows: Knows, company: Company) -> bool:
    parts = token.text.rstrip(".").split("-")
    if len(parts) != 2 or min(map(len, parts)) < _SHORTEST:
        return False
    if token.low.split("-")[0] in company.given:
        return not _known(parts[1], knows)
    return all(part[0].isupper() for part in parts) and not any(_known(part, knows) for part in parts)


def _is_dotted(before: str, behind: str, knows: Knows, company: Company) -> bool:
    """ "mathilde.escoffre", "s.pelloquin"; "Merci.Ensuite" lacks a blank."""
    given = fold(before) in company.called
    return (given and not knows(behind.lower())) or (len(before) == 1 and not _known(behind, knows))


def _is_camel(token: NameToken, knows: Knows, company: Company) -> bool:
    """ "SolveigKervellec", "MmeGauthier"."""
    m = _CAMEL.fullmatch(token.text)
    who = company.given | company.civilities
    return m is not None and token.low[: m.end(1)] in who and not _known(token.text, knows)
