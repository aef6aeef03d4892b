"""Telephone numbers in text -> E.164, through the phonenumbers library.

Digits are cut into the groups in which they are printed, and a number is a row of whole groups: so an amount, a post
code or a second number behind is never taken in. Numbers need only be possible, not assigned.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers

from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold
from carnet.pipeline.values.found import Found

_LONGEST = 20_000
_DIGITS_AT_MOST = 17  # of a number with its country code, 00 and (0)
_SEPARATOR = r"[ \u00a0\u202f\u2009./()\n\u2010\u2011\u00b7-]"
_RUN = re.compile(rf"(?<![\w,€#@])\(?\+?[ \u00a0]?\(?[0-9]{{1,20}}(?:{_SEPARATOR}{{1,3}}[0-9]{{1,20}}){{0,30}}(?!\w)")
_GROUP = re.compile(r"[0-9]+")
_FORMER = 7  # digits of a number that is too short today, without its country's code
_NEAR = 30  # letters before a number in which its label stands


@dataclass(frozen=True)
class _Group:
    """A row of digits. `before`: what parts it from the group in front, or opens the run."""

    digits: str
    start: int
    end: int
    before: str


@dataclass(frozen=True)
class _Words:
    regions: tuple[str, ...]
    lengths: dict[str, tuple[int, ...]]
    bare: dict[str, tuple[int, ...]]
    mobile: dict[str, str]
    shapes: dict[tuple[int, ...], str]
    national: dict[str, tuple[tuple[int, ...], ...]]
    written: dict[str, re.Pattern[str]]
    territories: dict[tuple[str, str], str]
    slash: str
    label: re.Pattern[str]
    not_after: re.Pattern[str]
    not_before: re.Pattern[str]


def find_phones(text: str, rules: Rules, region: str = "FR") -> list[Found[str]]:
    """Numbers that carry a country code or are possible in the publisher's country or its neighbours.

    >>> find_phones("Tél. 03 84 34 12 47", load_rules())[0].value
    '+33384341247'
    """
    words = _words(rules)
    printed = text[:_LONGEST]
    folded = fold(printed)
    found: list[Found[str]] = []
    for run in _RUN.finditer(printed):
        if sum(c.isdigit() for c in run.group()) < 6:
            continue
        groups = _groups(run)
        i = 0
        while i < len(groups):
            hit = _number_at(
                groups, i, i == 0 or bool(found and found[-1].end == groups[i - 1].end), folded, words, region
            )
            if hit is None:
                i += 1
                continue
            value, after = hit
            start = _opening(printed, groups[i])
            found.append(Found(value, start, groups[after - 1].end, "phones.number"))
            i = after
    return found


def _groups(run: re.Match[str]) -> list[_Group]:
    out: list[_Group] = []
    at = 0
    for match in _GROUP.finditer(run.group()):
        before = run.group()[at : match.start()]
        out.append(_Group(match.group(), run.start() + match.start(), run.start() + match.end(), before))
        at = match.end()
    return out


def _opening(printed: str, group: _Group) -> int:
    """Where the number begins: at its "+" or bracket."""
    mark = group.before.find("+")
    if mark >= 0:
        start = group.start - len(group.before) + mark
        return start - (printed[start - 1 : start] == "(")
    return group.start - (group.before.endswith("(") and printed[group.end : group.end + 1] == ")")


def _number_at(
    groups: Sequence[_Group], i: int, fresh: bool, folded: str, words: _Words, region: str
) -> tuple[str, int] | None:
    """The number that begins with group i, and the group after it. `fresh`: no stray digits stand right before."""
    first = groups[i]
    window = folded[max(0, first.start - len(first.before) - _NEAR) : first.start - len(first.before)]
    if words.not_after.search(window):
        return None
    labelled = bool(words.label.search(window))
    if "+" in first.before or first.digits.startswith("00"):
        return _international(groups, i, folded, words)
    if first.digits.startswith("0"):
        return _national(groups, i, fresh, labelled, folded, words, region)
    hit = _row(groups, i, words.bare[region], [region], folded, words) if labelled and region in words.bare else None
    return hit or _without_zero(groups, i, fresh, folded, words, region)


def _international(groups: Sequence[_Group], i: int, folded: str, words: _Words) -> tuple[str, int] | None:
    possible = None
    digits = ""
    for j in range(i, len(groups)):
        group = groups[j]
        trunk = group.digits == "0" and group.before.endswith("(")
        digits += "" if trunk else group.digits
        if len(digits) > _DIGITS_AT_MOST or j > i and "+" in group.before:
            break
        if trunk or words.not_before.match(folded, group.end):
            continue
        number = _parse("+" + digits.removeprefix("00"), None)
        if number and len(str(number.national_number)) >= 6:
            possible = (_e164(number), j + 1)
            if phonenumbers.is_valid_number(number) and _ends(groups, j):
                return possible
        elif possible is None and _ends(groups, j):
            former = _parse("+" + digits.removeprefix("00"), None, former=True)
            if former and len(str(former.national_number)) >= _FORMER:
                return _e164(former), j + 1
    return possible


def _ends(groups: Sequence[_Group], j: int) -> bool:
    """Is group j the last, or does another thing begin behind?"""
    return j + 1 == len(groups) or "\n" in groups[j + 1].before or len(groups[j + 1].digits) > 3


def _national(
    groups: Sequence[_Group], i: int, fresh: bool, labelled: bool, folded: str, words: _Words, region: str
) -> tuple[str, int] | None:
    """A number that begins with 0. Dates and registration numbers begin so too."""
    if _like_date(groups, i) or groups[i].digits == "0" and groups[i + 1 : i + 2] and groups[i + 1].before == ".":
        return None
    regions = [region, *words.regions]
    for j in range(i, len(groups)):
        row = groups[i : j + 1]
        shape = tuple(len(g.digits) for g in row)
        if sum(shape) > 10:
            break
        if sum(shape) == 9 and shape[-1] == 1:
            continue  # a digit is missing or stands on the next line
        if shape == (4, 3, 3) and row[1].before == row[2].before == "." and not labelled:
            return None  # 0456.789.123: a Belgian enterprise
        known = words.shapes.get(shape)
        if known is None and sum(shape) == 10 and len(row) > 1 and "/" in row[1].before and len(row[0].digits) == 4:
            known = words.slash
        if not known and not labelled and not (fresh and _alone(groups, i, j)):
            continue
        order = list(dict.fromkeys([known, *regions] if known else regions))
        hit = _row(groups, i, (sum(shape),), order, folded, words)
        if hit and hit[1] == j + 1:
            return hit
    return None


def _without_zero(
    groups: Sequence[_Group], i: int, fresh: bool, folded: str, words: _Words, region: str
) -> tuple[str, int] | None:
    """A number of a country whose numbers do not begin with 0: in the groups that the publisher's country prints, or
    written as one country alone does ("418 555-0142")."""
    start = groups[i].start - groups[i].before.endswith("(")
    for country, pattern in words.written.items():
        match = pattern.match(folded, start)
        end = next((j for j, g in enumerate(groups) if match and g.end == match.end()), None)
        if end is not None and fresh and _alone(groups, i, end):
            return _in_use(groups, i, end, country, folded, words, assigned=False)
    for shape in words.national.get(region, ()):
        end = i + len(shape) - 1
        if tuple(len(g.digits) for g in groups[i : end + 1]) == shape and fresh and _alone(groups, i, end):
            return _in_use(groups, i, end, region, folded, words, assigned=True)
    return None


def _in_use(
    groups: Sequence[_Group], i: int, end: int, country: str, folded: str, words: _Words, assigned: bool
) -> tuple[str, int] | None:
    number = _parse("".join(g.digits for g in groups[i : end + 1]), country)
    if number is None or words.not_before.match(folded, groups[end].end):
        return None
    in_use = phonenumbers.is_valid_number_for_region(number, country)
    return (_e164(number), end + 1) if in_use or not assigned else None


def _alone(groups: Sequence[_Group], i: int, j: int) -> bool:
    """Do no other digits stand right at the groups from i to j, and are these no two post codes?"""
    if [len(g.digits) for g in groups[i : j + 1]] == [5, 5]:
        return False
    if i and groups[i].before in (" ", ".", "-") and not groups[i - 1].digits.startswith("0"):
        return False
    after = groups[j + 1] if j + 1 < len(groups) else None
    goes_on = after and after.before in (" ", ".", "-") and not (after.digits[0] == "0" and len(after.digits) <= 4)
    return not goes_on


def _like_date(groups: Sequence[_Group], i: int) -> bool:
    """01/02/2021, 09/2019."""
    for size in (2, 3):
        row = groups[i : i + size]
        year = row[-1].digits
        small = all(len(g.digits) <= 2 for g in row[:-1])
        if len(row) == size and small and len(year) == 4 and year[:2] in ("19", "20"):
            return True
    return False


def _row(
    groups: Sequence[_Group], i: int, lengths: Iterable[int], regions: Sequence[str], folded: str, words: _Words
) -> tuple[str, int] | None:
    """The row of whole groups from i with one of the lengths, if it is a number of one of the regions."""
    total = ""
    for j in range(i, len(groups)):
        total += groups[j].digits
        if len(total) not in lengths:
            continue
        after = groups[j + 1] if j + 1 < len(groups) else None
        if after and len(after.digits) <= 3 and after.before in (" ", ".", "-") and after.digits[0] != "0":
            continue  # the digits go on: no number
        if words.not_before.match(folded, groups[j].end):
            continue
        for region in regions:
            own = words.territories.get((region, total[:4]), region)
            number = _parse(total, own) if _printed_so(total, region, words) else None
            if number:
                return _e164(number), j + 1
    return None


def _printed_so(digits: str, region: str, words: _Words) -> bool:
    """Does the country print numbers of this length?"""
    if not digits.startswith("0"):
        return len(digits) in words.bare.get(region, ())
    lengths = words.lengths.get(region, ())
    if len(digits) not in lengths or digits[1] == "0":
        return False
    return len(digits) < max(lengths) or digits.startswith(words.mobile.get(region, "0"))


def _parse(text: str, region: str | None, former: bool = False) -> phonenumbers.PhoneNumber | None:
    """`former`: one that is too short today as well; countries have lengthened theirs since brochures were printed."""
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    why = phonenumbers.is_possible_number_with_reason(number)
    short = former and why == phonenumbers.ValidationResult.TOO_SHORT
    return number if phonenumbers.is_possible_number(number) or short else None


def _e164(number: phonenumbers.PhoneNumber) -> str:
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


@lru_cache(maxsize=4)
def _words(rules: Rules) -> _Words:
    data = rules.lexicon("phones")
    return _Words(
        regions=tuple(data["regions"]),
        lengths={k: tuple(v) for k, v in data["lengths"].items()},
        bare={k: tuple(v) for k, v in data["bare"].items()},
        mobile=dict(data["mobile"]),
        shapes={tuple(shape): region for region, shapes in data["shapes"].items() for shape in shapes},
        national={k: tuple(map(tuple, v)) for k, v in data["national"].items()},
        written={k: re.compile(v) for k, v in data["written"].items()},
        territories={
            (country, start): territory
            for country, parts in data["begins"].items()
            for territory, starts in parts.items()
            for start in starts
        },
        slash=str(data["slash"]),
        label=re.compile(rf"(?<!\w)(?:{_any(data['labels'])})[\s.:]{{0,4}}$"),
        not_after=re.compile(rf"(?<!\w)(?:{_any(data['not_after'])})[\s.:°]{{0,4}}(?:[a-z]{{2}}\s?\d{{0,2}}\s?)?$"),
        not_before=re.compile(rf"\s?(?:{_any(data['not_before'])})(?!\w)"),
    )


def _any(words: Iterable[object]) -> str:
    """Alternation of words, longest first."""
    return "|".join(re.escape(w) for w in sorted({fold(str(w)) for w in words}, key=lambda w: (-len(w), w)))
