"""People in the text of a contact field: name, role, e-mail, phone, in any order and on any lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.rules import Rules
from pipeline.rules.fold import fold
from pipeline.values.emails import EmailReading, find_emails
from pipeline.values.found import Found
from pipeline.values.organisations import classify
from pipeline.values.phones import find_phones

if TYPE_CHECKING:
    from pipeline.nlp import Nlp

_MAX_TEXT = 4000  # a contact field; more is a misread page
_MAX_PIECE = 300  # between two separators; more is a sentence, no name and no role
_SEPARATOR = re.compile(
    r"\n|[;,|•·▪●►▶\[\](){}<>\t]|(?<!\S)[-–—]+(?!\S)|(?<!\S)/|/(?!\S)|:(?!\S)|(?<=\w):(?=\x00)| {4}"
)
_TOKEN = re.compile(r"\S+")
_CUT_WORD = re.compile(r"\w-\Z")


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


def parse_contacts(text: str, rules: Rules, nlp: Nlp | None = None, region: str = "FR") -> list[ContactReading]:
    """The people of a contact field, in order; [] for "–", "NC" and the like.

    >>> parse_contacts("François L, Coordinateur Smart Cities,\\nfla@bep.be", load_rules())[0].role.value
    'Coordinateur Smart Cities'
    """
    text = text[:_MAX_TEXT]
    words = _words(rules)
    if _bare(text) in words.empty or not re.search(r"\w", text):
        return []
    emails = find_emails(text)
    pieces = _pieces(text, emails, find_phones(_masked(text, emails), rules, _region(emails, region)))
    pieces = _joined_lines(text, pieces, words, rules)
    parts = [part for piece in pieces for part in _parts(text, piece, words)]
    parts = _settled_names(parts, emails, words, rules)
    people = [person for person in _people(text, parts, words) if person.says_something()]
    if not any(person.name for person in people) and nlp is not None:
        people = _second_opinion(text, parts, people, nlp)
    return [person.reading() for person in people]


# --- words


@dataclass(frozen=True)
class _Words:
    """The lexicon `people`, folded."""

    given: frozenset[str]
    particles: frozenset[str]
    civilities: frozenset[str]
    heads: frozenset[str]
    openers: frozenset[str]
    former: frozenset[str]
    left: tuple[str, ...]
    left_alone: frozenset[str]
    left_starts: frozenset[str]
    replaced_by: tuple[str, ...]
    empty: frozenset[str]
    labels: frozenset[str]
    phone_labels: frozenset[str]
    fax_labels: frozenset[str]
    email_labels: frozenset[str]
    services: frozenset[str]
    not_names: frozenset[str]
    hyphen_prefixes: frozenset[str]
    unfinished: frozenset[str]
    open_nouns: frozenset[str]
    joins: frozenset[str]
    articles: frozenset[str]

    def is_label(self, bare: str) -> bool:
        return bare in self.labels or bare in self.phone_labels or bare in self.email_labels or bare in self.fax_labels


@lru_cache(maxsize=4)
def _words(rules: Rules) -> _Words:
    lexicon = rules.lexicon("people")

    def one_by_one(key: str) -> frozenset[str]:
        entry = lexicon[key]
        return frozenset(word for part in ([entry] if isinstance(entry, str) else entry) for word in fold(part).split())

    def whole(key: str) -> frozenset[str]:
        return frozenset(" ".join(fold(str(entry)).split()) for entry in lexicon[key])

    def bare(key: str) -> frozenset[str]:
        return frozenset(_bare(str(entry)) or str(entry) for entry in lexicon[key])

    return _Words(
        given=one_by_one("given_names"),
        particles=whole("particles"),
        civilities=whole("civilities"),
        heads=one_by_one("role_heads"),
        openers=whole("role_openers"),
        former=whole("former"),
        left=tuple(sorted(whole("left"), key=len, reverse=True)),
        left_alone=whole("left_alone"),
        left_starts=whole("left_starts"),
        replaced_by=tuple(sorted(whole("replaced_by"), key=len, reverse=True)),
        empty=bare("empty") | {""},
        labels=bare("labels"),
        phone_labels=bare("phone_labels"),
        fax_labels=bare("fax_labels"),
        email_labels=bare("email_labels"),
        services=one_by_one("services"),
        not_names=one_by_one("not_names"),
        hyphen_prefixes=one_by_one("hyphen_prefixes"),
        unfinished=whole("unfinished"),
        open_nouns=whole("open_nouns"),
        joins=whole("joins"),
        articles=whole("articles"),
    )


def _bare(text: str) -> str:
    return " ".join(fold(text).split()).strip(" .:;,-()[]*•·")


# --- pieces: the text cut at separators, addresses and numbers


@dataclass(frozen=True)
class _Piece:
    """`text[start:end]`. `kind`: text, email or phone, later name, role, left, label, fax, service, lower, other.

    `before` is the separator in front: a line end, a comma, "", … `strength` of a name: 3 sure, 2 likely, 1 one word.
    """

    kind: str
    start: int
    end: int
    before: str
    value: str = ""
    email: EmailReading | None = None
    strength: int = 0
    has_left: bool = False
    rule: str = ""
    note: str | None = None


def _region(emails: Sequence[Found[EmailReading]], region: str) -> str:
    """Where an address ends in the country of a neighbour, numbers without prefix are of that country."""
    endings = {found.value.address.rpartition(".")[2].upper() for found in emails}
    near = endings & {"BE", "CH", "LU", "MC", "AD", "DE", "IT", "ES"}
    return near.pop() if len(near) == 1 and region == "FR" else region


def _masked(text: str, emails: Sequence[Found[EmailReading]]) -> str:
    chars = list(text)
    for found in emails:
        chars[found.start : found.end] = " " * (found.end - found.start)
    return "".join(chars)


def _pieces(text: str, emails: Sequence[Found[EmailReading]], phones: Sequence[Found[str]]) -> list[_Piece]:
    known = [_Piece("email", f.start, f.end, "", f.value.address, f.value, rule=f.rule, note=f.note) for f in emails]
    known += [_Piece("phone", f.start, f.end, "", f.value, rule=f.rule, note=f.note) for f in phones]
    known.sort(key=lambda piece: piece.start)
    pieces: list[_Piece] = []
    at, before = 0, "\n"
    for piece in known:
        if piece.start < at:
            continue
        before = _cut(text, at, piece.start, before, pieces)
        pieces.append(replace(piece, before=before))
        at, before = piece.end, ""
    _cut(text, at, len(text), before, pieces)
    return pieces


def _cut(text: str, start: int, end: int, before: str, pieces: list[_Piece]) -> str:
    """Add the pieces of `text[start:end]`, which holds no address or number; return the last separator."""
    at = start
    area = text[:end] + "\x00"
    while True:
        mark = _SEPARATOR.search(area, at, end)
        stop = mark.start() if mark else end
        left, right = _stripped(text, at, stop)
        if left < right:
            pieces.append(_Piece("text", left, right, before))
            before = ""
        if not mark:
            return before
        sign = mark.group()
        before = _stronger(before, "-" if sign[0] in "-–—" else sign[0] if sign.strip() or sign == "\n" else ",")
        at = mark.end()


def _stronger(old: str, new: str) -> str:
    """Of several separators in a row the one that parts most."""
    order = "\n;|/-•·▪●►▶({[<:,"
    for sign in order:
        if sign in (old, new):
            return sign
    return new or old


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in "\"*_'"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in '"*_'):
        end -= 1
    return start, end


# --- lines that go on


def _joined_lines(text: str, pieces: list[_Piece], words: _Words, rules: Rules) -> list[_Piece]:
    joined: list[_Piece] = []
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


def _goes_on(text: str, last: _Piece, piece: _Piece, earlier: Sequence[_Piece], words: _Words, rules: Rules) -> bool:
    """Whether the line end between the two is only a wrapped line: "chargé de|mission", "Noëlle|A"."""
    one, two = text[max(last.start, last.end - _MAX_PIECE) : last.end], text[piece.start : piece.end]
    low_one, low_two = fold(one).split(), fold(two).split()
    first = low_two[0].strip(".,:")
    if _CUT_WORD.search(one):
        return True
    if _is_label_word(two, words) or low_two[0] in words.civilities or words.is_label(_bare(one)):
        return False
    kind = _rough_kind(one, words)
    ends_open = low_one[-1] in words.unfinished or one[-1] in "'’&" or low_one[-1] in words.civilities
    if kind == "name":
        if low_one[-1] in words.particles or low_one[-1] in words.civilities:
            return True
        alone = [word for word in low_one if word not in words.civilities | words.joins]
        is_short = len(alone) == 1 and (len(low_one) > 1 or _is_given(alone[0], words))
        return is_short and len(low_two) == 1 and two[0].isupper() and first not in words.heads | words.services
    if ends_open:
        return not _is_person(two, words)
    if two[0].islower() and first not in words.heads:
        return kind in ("role", "left", "service", "other")
    if two[0].islower():
        return kind == "role" and len(low_one) == 1 and low_one[0] in words.openers
    if kind == "role" and low_one[-1] in words.open_nouns and first not in words.heads:
        return not _is_person(two, words, strictly=True) and not _is_body(two, rules)
    named = any(_rough_kind(text[p.start : p.end], words) == "name" for p in earlier if p.kind == "text")
    return kind == "role" and named and len(low_two) == 1 and first not in words.heads and not _is_given(first, words)


def _is_body(two: str, rules: Rules) -> bool:
    """ "Ville de Lyon": an organisation, not the end of the role above it."""
    kind = classify(two, rules)
    return kind.type_sure and kind.client_type is not None


def _is_label_word(two: str, words: _Words) -> bool:
    bare = _bare(two)
    first = bare.split(" ")[0]
    announces = words.phone_labels | words.fax_labels | words.email_labels
    return words.is_label(bare) or (len(first) > 2 and first in announces and first not in words.services)


def _rough_kind(one: str, words: _Words) -> str:
    low = fold(one).split()
    if _says_left(one, words):
        return "left"
    if _role_start(low, words) == 0:
        return "role"
    tokens = _tokens(one)
    skipped = _civility_length(low, words) or int(len(low) > 1 and low[0] in words.joins)
    named = _name_length(tokens[skipped:], words)
    if skipped + named == len(tokens) and (named or low[0] in words.civilities):
        return "name" if skipped or not _is_service(low, words) else "service"
    if named and _role_start(low, words) is not None:
        return "role"
    return "service" if _is_service(low, words) else "other"


# --- parts: what each piece says


def _parts(text: str, piece: _Piece, words: _Words) -> list[_Piece]:
    """The names, roles and so on in one piece: "Benjamin G Directeur Tél." holds a name, a role and a label."""
    if piece.kind != "text":
        return [piece]
    start, end, before = piece.start, piece.end, piece.before
    if end - start > _MAX_PIECE:
        return [_Piece("other", start, end, before, text[start:end])]
    one = text[start:end]
    bare = _bare(one)
    if bare in words.empty:
        return []
    announces = text[end : end + 2].strip().startswith(":") or bare.split()[0] not in words.heads or before == "\n"
    if words.is_label(bare) and announces:
        return [_Piece("fax" if bare in words.fax_labels else "label", start, end, before, bare)]
    tokens = _tokens(one)
    if fold(tokens[0][0]) in words.joins and len(tokens) > 1:
        return _parts(text, replace(piece, start=start + tokens[1][1], before=";"), words)
    trailing = _trailing_label(tokens, words)
    if trailing:
        cut = start + tokens[-trailing][1]
        label = _bare(text[cut:end])
        kind = "fax" if label in words.fax_labels else "label"
        left, right = _stripped(text, start, cut)
        said = _parts(text, replace(piece, end=right), words) if left < right else []
        return [*said, _Piece(kind, cut, end, "", label)]
    return _two_people(text, piece, words) or _left_parts(text, piece, words) or _said(text, piece, words)


def _tokens(one: str) -> list[tuple[str, int]]:
    return [(match.group(), match.start()) for match in _TOKEN.finditer(one)]


def _trailing_label(tokens: Sequence[tuple[str, int]], words: _Words) -> int:
    """How many tokens at the end announce a number or address: 1 in "Directeur Tél."."""
    for count in (2, 1):
        if len(tokens) > count:
            bare = _bare(" ".join(token for token, _ in tokens[-count:]))
            known = bare in words.phone_labels or bare in words.email_labels or bare in words.fax_labels
            if known and len(bare) > 2 and bare not in words.services:
                return count
    return 0


def _two_people(text: str, piece: _Piece, words: _Words) -> list[_Piece]:
    """ "Paul G et Aïcha B", "Jean D/Claire D": both sides are whole names."""
    one = text[piece.start : piece.end]
    for mark in list(re.finditer(r"\s(?:et|&|\+|and)\s|(?<=\w)/(?=\w)", one))[:4]:
        left, right = one[: mark.start()], one[mark.end() :]
        if _is_person(left, words) and (_is_person(right, words) or _is_person(right.split(" - ")[0], words)):
            first = replace(piece, end=piece.start + mark.start())
            second = replace(piece, start=piece.start + mark.end(), before=";")
            return [*_parts(text, first, words), *_parts(text, second, words)]
    return []


def _left_parts(text: str, piece: _Piece, words: _Words) -> list[_Piece]:
    """A piece that says that somebody left, perhaps after the name: "Claire D partie en retraite"."""
    one = text[piece.start : piece.end]
    low = " ".join(fold(one).split())
    if len(low) != len(one):
        low = fold(one)
    for phrase in words.replaced_by:
        if low.startswith(phrase):
            rest = replace(piece, start=piece.start + len(phrase), before=";")
            rest = replace(rest, start=_stripped(text, rest.start, rest.end)[0])
            left = _Piece("left", piece.start, piece.start + len(phrase), piece.before, rule="people.replaced")
            return [left, *_parts(text, rest, words)] if rest.start < rest.end else [left]
    if _says_left(one, words):
        return [_Piece("left", piece.start, piece.end, piece.before, rule="people.left")]
    tokens = _tokens(one)
    named = _name_length(tokens, words)
    if 0 < named < len(tokens):
        at = tokens[named][1]
        if _says_left(one[at:], words):
            name = replace(piece, end=piece.start + at)
            left = _Piece("left", piece.start + at, piece.end, "", rule="people.left")
            return [*_said(text, replace(name, end=_stripped(text, name.start, name.end)[1]), words), left]
    return []


def _says_left(one: str, words: _Words) -> bool:
    low = " ".join(fold(one).split()).strip(" .!:")
    if low in words.left_alone or any(_starts(low, phrase) for phrase in words.left):
        return True
    head = low.split(" ")[0]
    starts = head in words.left_starts or re.split("'", head)[0] + "'" + head.partition("'")[2] in words.left_starts
    return starts and any(f" {phrase} " in f" {low} " for phrase in words.left)


def _starts(low: str, phrase: str) -> bool:
    return low == phrase or low.startswith(f"{phrase} ")


def _said(text: str, piece: _Piece, words: _Words) -> list[_Piece]:
    """A role, a name, a service, or something that we do not know."""
    start, end = piece.start, piece.end
    one = text[start:end]
    tokens = _tokens(one)
    low = [fold(token) for token, _ in tokens]
    civil = _civility_length(low, words)
    if civil == len(low):
        return []
    at = _role_start(low[civil:], words)
    if at == 0:
        return _role_parts(text, piece, tokens, civil, words)
    named = _name_length(tokens[civil:], words)
    if named and not (named + civil == len(tokens) and _is_service(low[civil:], words) and not civil):
        return _name_parts(text, piece, tokens, civil, named, words)
    if _is_service(low, words):
        return [_Piece("service", start, end, piece.before, one)]
    kind = "lower" if one[0].islower() else "other"
    return [_Piece(kind, start, end, piece.before, one)]


def _civility_length(low: Sequence[str], words: _Words) -> int:
    count = 0
    while count < len(low) and low[count] in words.civilities:
        count += 1
    return count


# --- roles


def _role_start(low: Sequence[str], words: _Words) -> int | None:
    """Where a role begins in these folded words: 0 in "ancien adjoint", 2 in "Jean D directeur"; else None."""
    for index, word in enumerate(low):
        if _is_head(word, words):
            return _with_openers(low, index, words)
    return None


def _is_head(word: str, words: _Words) -> bool:
    bare = word.strip(",;:()'\"")
    if bare in words.heads or bare.rstrip(".") in words.heads:
        return True
    parts = re.split(r"[-/']", bare.rstrip("."))
    if len(parts) > 1 and parts[0] in words.former and parts[1] in words.heads:
        return True
    return len(parts) > 1 and parts[0] in ({"l"} | words.openers | words.heads) and parts[-1] in words.heads


def _with_openers(low: Sequence[str], index: int, words: _Words) -> int:
    start = index
    while start > 0 and (low[start - 1] in words.openers or low[start - 1] in words.former):
        start -= 1
    if start > 0 and low[start - 1] in words.articles:
        start -= 1
    return start


def _role_parts(text: str, piece: _Piece, tokens: Sequence[tuple[str, int]], civil: int, words: _Words) -> list[_Piece]:
    """A role, and the name that may follow it: "Gestionnaire Noëlle A"."""
    first = civil
    while first < len(tokens) - 1 and fold(tokens[first][0]) in words.articles:
        first += 1
    start = piece.start + tokens[first][1]
    if fold(text[start : start + 2]) in ("l'",):
        start += 2
    has_left = any(_is_former(fold(token), words) for token, _ in tokens[first : first + 2])
    for index in range(first + 1, len(tokens)):
        rest = tokens[index:]
        last = fold(tokens[index - 1][0])
        if last in words.unfinished and last not in words.heads | words.joins:
            continue
        tail = text[piece.start + rest[0][1] : piece.end]
        if _is_person(tail, words, strictly=True):
            joined = fold(tokens[index - 1][0]) in words.joins  # "chargée d'études puis Kévin B"
            role_end = _stripped(text, start, piece.start + tokens[index - joined][1])[1]
            role = _Piece("role", start, role_end, piece.before, has_left=has_left, rule="people.role")
            link = ";" if joined else ""
            return [role, *_parts(text, replace(piece, start=piece.start + rest[0][1], before=link), words)]
    return [_Piece("role", start, piece.end, piece.before, has_left=has_left, rule="people.role")]


def _is_former(word: str, words: _Words) -> bool:
    return word in words.former or re.split(r"-", word)[0] in words.former


# --- names


def _name_parts(
    text: str, piece: _Piece, tokens: Sequence[tuple[str, int]], civil: int, named: int, words: _Words
) -> list[_Piece]:
    start = piece.start + tokens[civil][1]
    last, at = tokens[civil + named - 1]
    end = piece.start + at + len(last)
    strength = 3 if civil else _strength([token for token, _ in tokens[civil : civil + named]], words)
    name = _Piece("name", start, end, piece.before, text[start:end], strength=strength, rule="people.name")
    if civil + named == len(tokens):
        return [name]
    rest = replace(piece, start=piece.start + tokens[civil + named][1], before="")
    low = [fold(token) for token, _ in tokens[civil + named :]]
    if _role_start(low, words) == 0:
        return [name, *_said(text, rest, words)]
    if named == 1 and len(low) == 1 and _is_given(fold(tokens[civil][0]), words) and low[0].isalpha():
        return [replace(name, end=piece.end, value=text[start : piece.end], strength=2)]  # "Lionel p": a slip
    if strength == 3:
        return [name, *_said(text, rest, words)]
    if _is_service([fold(token) for token, _ in tokens], words):
        return [_Piece("service", piece.start, piece.end, piece.before, text[piece.start : piece.end])]
    return [_Piece("other", piece.start, piece.end, piece.before, text[piece.start : piece.end])]


def _name_length(tokens: Sequence[tuple[str, int]], words: _Words) -> int:
    """How many tokens at the start may be a person's name: 2 in "Yann Le B directeur" would be 3, "le maire" 0."""
    count, capitals = 0, 0
    for index, (token, _) in enumerate(tokens[:7]):
        low = fold(token)
        if index and capitals and _role_start([low], words) == 0 and not _is_surname_role(tokens, index, words):
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


def _is_surname_role(tokens: Sequence[tuple[str, int]], index: int, words: _Words) -> bool:
    """ "Jean Maire", "Claire Prévôt": one given name before, a capital, and nothing after."""
    word = tokens[index][0]
    return index == 1 and len(tokens) == 2 and word[0].isupper() and not word.isupper() and len(tokens[0][0]) > 2


_CAPITAL = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.·-]){0,40}\Z")


def _is_capital(token: str) -> bool:
    """ "Dupont", "J.-P.", "GIRY", "d'Arc", "O'Brien"."""
    body = token
    if len(body) > 2 and body[1] in "'’" and body[0] in "dDlL":
        body = body[2:]
    return bool(body) and body[0].isupper() and bool(_CAPITAL.match(body)) and len(body) < 40


def _is_initial(token: str) -> bool:
    return bool(re.fullmatch(r"[^\W\d_](?:[^\W\d_])?\.?(?:-?[^\W\d_]\.?)?", token)) and token == token.upper()


def _is_given(low: str, words: _Words) -> bool:
    return low in words.given or ("-" in low and low.split("-")[0] in words.given)


def _strength(tokens: Sequence[str], words: _Words) -> int:
    """3 surely a person, 2 likely (two capitals), 1 one word only."""
    low = [fold(token) for token in tokens]
    solid = [token for token, word in zip(tokens, low, strict=True) if word not in words.particles]
    if len(tokens) == 1 and not _is_dotted_pair(tokens[0]):
        return 1
    if low[0] in words.articles:
        return 1
    if _is_initial(tokens[0]) and len(solid) >= 2 and any(len(token.strip(".")) > 1 for token in solid[1:]):
        return 3
    if _is_given(low[0], words) or (_is_given(low[-1], words) and tokens[0].isupper()):
        return 3
    return 2 if len(solid) >= 2 else 1


def _is_dotted_pair(token: str) -> bool:
    """ "J.Dupont"."""
    return bool(re.fullmatch(r"(?:[A-Z]\.-?){1,2}[^\W\d_]{3,}", token))


def _is_person(one: str, words: _Words, strictly: bool = False) -> bool:
    """Whether the whole of `one` is a person's name; strictly: a civility or a known given name says so."""
    tokens = _tokens(one.strip())
    if not tokens:
        return False
    civil = _civility_length([fold(token) for token, _ in tokens], words)
    rest = tokens[civil:]
    if not rest or _name_length(rest, words) != len(rest):
        return False
    return bool(civil) or _strength([token for token, _ in rest], words) >= (3 if strictly else 2)


def _is_service(low: Sequence[str], words: _Words) -> bool:
    first = low[0].strip(".,:")
    if first in words.articles and len(low) > 1:
        first = low[1].strip(".,:")
    bare = re.sub(r"^[ld]'", "", first)
    return bare in words.services and not (len(low) > 1 and _is_given(first, words))


# --- which likely names are names


def _settled_names(
    parts: Sequence[_Piece], emails: Sequence[Found[EmailReading]], words: _Words, rules: Rules
) -> list[_Piece]:
    """Likely names stay where a name is expected or an address agrees; the others become `other`."""
    settled: list[_Piece] = []
    for index, part in enumerate(parts):
        if part.kind == "name" and part.strength < 3 and not _name_fits(part, index, parts, settled, emails, rules):
            part = replace(part, kind="other")
        elif part.kind == "name" and part.strength == 1:
            part = replace(part, note="a single word read as a name")
        settled.append(part)
    return settled


def _name_fits(
    part: _Piece,
    index: int,
    parts: Sequence[_Piece],
    settled: Sequence[_Piece],
    emails: Sequence[Found[EmailReading]],
    rules: Rules,
) -> bool:
    if any(agrees(part.value, found.value.address) for found in emails):
        return True
    follows_name = any(p.kind == "name" for p in settled) and part.before not in ("\n", ";", "|", "•")
    if follows_name or fold(part.value.split()[0]) in _words(rules).articles:
        return False
    if part.strength == 1:
        following = parts[index + 1] if index + 1 < len(parts) else None
        leads = following is not None and following.kind == "role" and following.before in (",", "-", "(", "")
        given = following is not None and _is_given(fold(part.value), _words(rules)) and not settled
        if not (leads or given) or part.value.isupper() and len(part.value) < 5:
            return False
    kind = classify(part.value, rules)
    return not (kind.sure and kind.client_type)


def agrees(name: str, email: str) -> bool:
    """Whether the part before the @ may be made of this name: "Fabien LOPEZ", flopez@x.fr.

    >>> agrees("François Lambert", "fla@bep.be")
    True
    """
    local = re.sub(r"[^a-z]", "", fold(email.partition("@")[0]))
    parts = [re.sub(r"[^a-z]", "", word) for word in re.split(r"[\s.]+", fold(name))]
    parts = [part for part in parts if part]
    if not local or not parts:
        return False
    if any(len(part) > 2 and part in local for part in parts):
        return True
    pieces = [piece for word in re.split(r"[\s.-]+", fold(name)) if (piece := re.sub(r"[^a-z]", "", word))]
    if any(len(piece) > 3 and piece in local for piece in pieces):
        return True
    initials = "".join(piece[0] for piece in pieces)
    given, surname = parts[0], parts[-1]
    short = len(parts) > 1 and 3 <= len(local) <= 6 and local[0] == given[0] and surname.startswith(local[1:3])
    return local == initials or short


# --- people


@dataclass
class _Person:
    """What has been gathered for one person so far."""

    name: _Piece | None = None
    role: _Piece | None = None
    role_text: str = ""
    email: _Piece | None = None
    phone: _Piece | None = None
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


def _found(piece: _Piece | None, value: str) -> Found[str] | None:
    return Found(value, piece.start, piece.end, piece.rule, piece.note) if piece and value else None


def _one_line(value: str) -> str:
    """ "Noëlle\\nA" is "Noëlle A"."""
    return " ".join(re.sub(r"(?<=\w)-\s*\n\s*(?=\w)", "-", value).split()).strip(" ,;:")


def _people(text: str, parts: Sequence[_Piece], words: _Words) -> list[_Person]:
    people: list[_Person] = []
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


def _current(people: list[_Person], new: bool) -> _Person:
    if new:
        people.append(_Person())
    return people[-1]


def _take_name(people: list[_Person], part: _Piece, following: Sequence[_Piece]) -> None:
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


def _take_role(text: str, people: list[_Person], part: _Piece, following: _Piece | None, words: _Words) -> None:
    link = following.before if following is not None and following.kind == "name" else None
    person = people[-1] if people else None
    leads = link in ("", ":") or (person is not None and person.role is not None and link in (",", "-", "\n"))
    if person is None or (person.name and leads):
        person = _current(people, new=True)
    elif person.role:
        _lengthen_role(text, person, part, words)
        return
    person.role, person.role_text = part, _role_words(text[part.start : part.end], words)
    person.has_left = person.has_left or part.has_left


def _lengthen_role(text: str, person: _Person, part: _Piece, words: _Words) -> None:
    """A second role right after the first ("maire, président du syndicat") is one role as printed; elsewhere a note."""
    assert person.role is not None
    between = text[person.role.end : part.start]
    if re.fullmatch(r"\s*(?:(?:[,/–-]|et|&)\s*)?", between) and "\n\n" not in between:
        person.role = replace(person.role, end=part.end)
        person.role_text = _role_words(text[person.role.start : part.end], words)
        person.has_left = person.has_left or part.has_left
    else:
        person.notes.append(f"a second role was not kept: {text[part.start : part.end][:60]!r}")


def _take_lower(text: str, people: list[_Person], part: _Piece, words: _Words) -> None:
    """Words in lower case after a name are its role; after a role they lengthen it."""
    person = people[-1] if people else None
    if person is None:
        return
    if person.role and re.fullmatch(r"\s*,\s*", text[person.role.end : part.start]):
        _lengthen_role(text, person, part, words)
    elif person.name and not person.role and re.fullmatch(r"\s*(?:[,(–-]\s*)?", text[person.name.end : part.start]):
        person.role = replace(part, rule="people.role.lower")
        person.role_text = _role_words(text[part.start : part.end], words)


def _take_email(people: list[_Person], part: _Piece) -> None:
    for person in reversed(people):
        if person.name and not person.email and agrees(person.name.value, part.value):
            person.email = part
            return
    if any(person.email and person.email.value == part.value for person in people):
        return
    _current(people, new=not people or people[-1].email is not None).email = part


def _take_phone(people: list[_Person], part: _Piece) -> None:
    person = _current(people, new=not people)
    if person.phone is None:
        person.phone = part
    elif person.phone.value != part.value:
        person.notes.append(f"a second phone number was not kept: {part.value}")


def _role_words(printed: str, words: _Words) -> str:
    """The role on one line, words cut by a line end joined: "d'inclu-|sion" but "vice-|président"."""

    def mended(match: re.Match[str]) -> str:
        before, after = match.group(1), match.group(2)
        keeps = after.isupper() or fold(before) in words.hyphen_prefixes
        return f"{before}-{after}" if keeps else before + after

    joined = re.sub(r"(\w{1,40})-\s*\n\s*(\w)", mended, printed)
    return " ".join(joined.replace("\u00ad", "").split()).strip(" ,;:–-")


# --- the language model


def _second_opinion(text: str, parts: Sequence[_Piece], people: list[_Person], nlp: Nlp) -> list[_Person]:
    """Where no rule found a name, the trained model may; such a name carries a note."""
    for part in parts:
        if part.kind != "other":
            continue
        for found in nlp.persons(text[part.start : part.end]):
            start = part.start + found.start
            note = "the name was read by the language model only"
            piece = _Piece("name", start, part.start + found.end, "", found.value, rule=found.rule, note=note)
            person = people[0] if people else _current(people, new=True)
            person.name = person.name or piece
            return people
    return people
