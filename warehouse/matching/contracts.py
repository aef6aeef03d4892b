"""Which public contract a mission was done under, by the buyer, the words, the amount and the dates.

Two of three must speak for it: words near, and the amount or the dates the same. Where the third is another, that is
what a careful reader would question; where two contracts are as near, none is taken.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from carnet.schemas.from_yaml import from_yaml
from carnet.schemas.spelling import slug
from carnet.warehouse.matching.assignment import assign
from carnet.warehouse.matching.contradictions import Contradiction
from carnet.warehouse.matching.likeness import numbers_alike

CODE = "contract_mismatch"
NEAR, SOMEWHAT_NEAR = 0.6, 0.34
"""Of the words of the shorter text, by weight."""
AS_NEAR = 0.1
COMMON, STEM = 0.3, 6
BEFORE, AFTER = dt.timedelta(days=365), dt.timedelta(days=183)
"""A contract is notified before the work starts, or soon after the day that a brochure prints for its start."""
LASTING = dt.timedelta(days=5 * 366)
"""Of a mission whose end alone is printed."""
FAR = 2
"""How many times the amount of the one may be that of the other, where words and dates alone speak for a contract."""
LEAST, SHARE = Decimal("0.01"), Decimal("0.05")
VAT = (Decimal("1.2"), Decimal("1.1"), Decimal("1.055"))


@dataclass(frozen=True)
class Contract:
    """A contract as its buyer published it. `buyer`: SIREN; `amounts`: EUR without tax, as notified, then as changed;
    `holders`: how many firms hold it. Who they are is not kept: some are persons."""

    number: str
    buyer: str
    title: str
    amounts: tuple[Decimal, ...] = ()
    notified: dt.date | None = None
    months: int | None = None
    holders: int = 0
    source: str = ""

    @property
    def contract_id(self) -> str:
        """The same in every file that tells of it."""
        told = "\n".join((self.buyer, self.number, self.title, str(self.notified)))
        return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:12]

    @property
    def line(self) -> dict[str, Any]:
        """As the log has it; `contract_of` reads it."""
        told = asdict(self) | {
            "amounts": list(map(str, self.amounts)),
            "notified": self.notified and str(self.notified),
        }
        return {name: value for name, value in told.items() if name != "source"}


def contract_of(line: Mapping[str, Any], source: str) -> Contract:
    """Raises KeyError, TypeError, ValueError or ArithmeticError where the line is not as `Contract.line` makes it."""
    notified = line["notified"] and dt.date.fromisoformat(line["notified"])
    amounts = tuple(map(Decimal, line["amounts"]))
    return Contract(**{**line, "amounts": amounts, "notified": notified, "source": source})


@dataclass(frozen=True)
class Work:
    """What of a mission is compared. `start`, `start_last`: first and last day of the start as it is printed."""

    ordinal: int
    client: str
    title: str
    buyers: frozenset[str]
    amount: Decimal | None = None
    amount_max: Decimal | None = None
    tax: str | None = None
    start: dt.date | None = None
    start_last: dt.date | None = None
    end: dt.date | None = None


@dataclass(frozen=True)
class Match:
    """`is_amount_same`, `is_period_same`: None where one of both does not say."""

    contract: Contract
    likeness: float
    is_amount_same: bool | None
    is_period_same: bool | None

    @property
    def score(self) -> float:
        """What of several is the likeliest."""
        return self.likeness + 0.5 * bool(self.is_amount_same) + 0.2 * bool(self.is_period_same)


def paired(works: Sequence[Work], contracts: Iterable[Contract]) -> dict[int, Match]:
    """By their `ordinal`, the missions of one edition that were done under one of the contracts; each contract once."""
    found = {work.ordinal: matches for work, matches in all_matches(works, contracts) if _is_plain(matches)}
    scores = {(ordinal, m.contract.contract_id): m.score for ordinal, matches in found.items() for m in matches}
    kept = {(ordinal, m.contract.contract_id): m for ordinal, matches in found.items() for m in matches}
    return {ordinal: kept[ordinal, contract_id] for ordinal, contract_id in assign(scores)}


def all_matches(works: Iterable[Work], contracts: Iterable[Contract]) -> Iterator[tuple[Work, list[Match]]]:
    """Each mission with all contracts that it may have been done under, the likeliest first."""
    by_buyer: dict[str, list[Contract]] = {}
    for contract in contracts:
        by_buyer.setdefault(contract.buyer, []).append(contract)
    for work in works:
        near = [_match(work, contract) for buyer in sorted(work.buyers) for contract in by_buyer.get(buyer, ())]
        matches = sorted((m for m in near if m), key=lambda m: (-m.score, m.contract.contract_id))
        if matches:
            yield work, matches


def differences(match: Match, printed: Mapping[str, str | None]) -> Iterator[Contradiction]:
    """What the brochure prints otherwise. `printed`: its words by field."""
    contract = match.contract
    if match.is_amount_same is False:
        told = f"{contract.amounts[-1]:f}".removesuffix(".00")
        message = f"public contract {contract.number!r} is of {told} EUR, printed is {printed['amount']!r}"
        yield Contradiction(CODE, "amount", message)
    if match.is_period_same is False:
        number, period = contract.number, printed["period"]
        message = f"public contract {number!r} was notified on {contract.notified}, printed is {period!r}"
        yield Contradiction(CODE, "period", message)


def _is_plain(matches: Sequence[Match]) -> bool:
    """Its amount tells which one it is, or its words do, better than those of any other."""
    best, *others = matches
    return bool(best.is_amount_same) or all(one.likeness < best.likeness - AS_NEAR for one in others)


def _match(work: Work, contract: Contract) -> Match | None:
    near = likeness(work.title, contract.title, work.client)
    if near < SOMEWHAT_NEAR:
        return None
    found = Match(contract, near, _same_amount(work, contract), _same_period(work, contract))
    if found.is_amount_same and found.is_period_same:
        return found
    if not found.is_amount_same and (_is_far(work, contract) or _says_more(work.title, contract.title)):
        return None
    return found if near >= NEAR and (found.is_amount_same or found.is_period_same) else None


def likeness(title: str, other: str, client: str = "") -> float:
    """0 to 1: the share of the shorter one's words, by what they tell, that the other has. The client's name tells
    nothing.

    >>> likeness("Schéma directeur d'eau potable", "Étude : schéma directeur de l'eau potable de Morcy", "Morcy")
    1.0
    >>> likeness("Étude de circulation", "Étude de la ressource en eau")
    0.0
    """
    ours, theirs = (_stems(text) - _stems(client) for text in (title, other))
    both, least = _weight(ours & theirs), min(_weight(ours), _weight(theirs))
    return min(1.0, both / least) * numbers_alike(title, other) if both > 1 else 0.0


@lru_cache(maxsize=65536)
def _stems(text: str) -> frozenset[str]:
    words = (word for word in slug(text).split("-") if len(word) > 2 and not word.isdigit())
    return frozenset(word[:STEM] for word in words if word not in _silent())


def _weight(stems: Iterable[str]) -> float:
    return sum(COMMON if stem in _common_stems() else 1.0 for stem in stems)


@cache
def _common_stems() -> frozenset[str]:
    return frozenset(word[:STEM] for word in vocabulary()["common"])


def _same_amount(work: Work, contract: Contract) -> bool | None:
    """Within what is rounded in print; without tax, where the brochure prints it or may."""
    if work.amount is None or not contract.amounts:
        return None
    rates = VAT if work.tax == "TTC" else () if work.tax == "HT" else VAT[:1]
    least, most = work.amount - _rounding(work.amount), (work.amount_max or work.amount)
    most += _rounding(most)
    return any(least <= amount * rate <= most for amount in contract.amounts for rate in (Decimal(1), *rates))


def _is_far(work: Work, contract: Contract) -> bool:
    """Is it of several times as much as is printed, or of a fraction: the works that a study was about?"""
    if work.amount is None or not contract.amounts:
        return False
    most = work.amount_max or work.amount
    return all(not work.amount / FAR <= amount <= most * FAR for amount in contract.amounts)


@lru_cache(maxsize=65536)
def _says_more(title: str, other: str) -> bool:
    """Does a contract say by a word that it is of more, or of what came before or after, where the mission does not:
    "phase 2", "actualisation"; or begin with works or goods?"""
    ours, theirs = slug(title).split("-"), slug(other).split("-")
    more, openers = vocabulary()["more"], vocabulary()["works"]
    opens = any(
        theirs[: len(one.split())] == one.split() and ours[: len(one.split())] != one.split() for one in openers
    )
    known, said = f" {' '.join(ours)} ", f" {' '.join(theirs)} "
    return opens or any(f" {word} " in said and f" {word} " not in known for word in more)


def _rounding(amount: Decimal) -> Decimal:
    """Half of the last printed place, within bounds.

    >>> [int(_rounding(Decimal(amount))) for amount in ("29000", "31512", "400000")]
    [500, 315, 20000]
    """
    digits = str(int(amount))
    half = Decimal(10 ** (len(digits) - len(digits.rstrip("0")))) / 2
    return max(amount * LEAST, min(half, amount * SHARE))


def _same_period(work: Work, contract: Contract) -> bool | None:
    """The contract was notified when the mission may have begun."""
    window = _window(work)
    if contract.notified is None or window is None:
        return None
    return window[0] <= contract.notified <= window[1]


def _window(work: Work) -> tuple[dt.date, dt.date] | None:
    """First and last day on which its contract can well have been notified."""
    if work.start is not None:
        last = (work.start_last or work.start) + AFTER
        return work.start - BEFORE, min(last, work.end) if work.end else last
    return (work.end - LASTING, work.end) if work.end else None


@cache
def vocabulary() -> Any:  # the content of a YAML file of ours
    """What `contracts.yml` says: names of columns, words that tell little."""
    return from_yaml(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"))


@cache
def _silent() -> frozenset[str]:
    return frozenset(vocabulary()["silent"])
