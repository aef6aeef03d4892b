"""The lexicon of money as patterns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold
from carnet.pipeline.values.numbers import NUMBER
from carnet.pipeline.values.patterns import GAP, SPACES, any_of, compiled

Tax = Literal["HT", "TTC"]
LONGEST = 300
"""Letters of an amount field that are read; the rest is noted."""


@dataclass(frozen=True)
class MoneyWords:
    """The lexicon `money`, folded; words as patterns where they stand beside a figure."""

    currency: dict[str, str]
    tax: dict[str, Tax]
    multiplier: dict[str, Decimal]
    missing: frozenset[str]
    filler: frozenset[str]
    figure: re.Pattern[str]
    tax_mark: re.Pattern[str]
    tax_before: re.Pattern[str]
    tax_inside: re.Pattern[str]
    tax_behind: re.Pattern[str]
    currency_mark: re.Pattern[str]
    scale_mark: re.Pattern[str]
    to: re.Pattern[str]
    and_: re.Pattern[str]
    opens_range: re.Pattern[str]
    range_lead: re.Pattern[str]
    least_before: re.Pattern[str]
    to_most: re.Pattern[str]
    bound_before: re.Pattern[str]
    bound_behind: re.Pattern[str]
    digits: re.Pattern[str]
    numbered_before: re.Pattern[str]
    rate_before: re.Pattern[str]
    rate_behind: re.Pattern[str]
    rate_named_before: re.Pattern[str]
    rate_named_behind: re.Pattern[str]
    rate_label: re.Pattern[str]
    times: re.Pattern[str]
    share: re.Pattern[str]
    no_money: re.Pattern[str]
    numbered: re.Pattern[str]
    speaks: re.Pattern[str]


@lru_cache(maxsize=4)
def words_of(rules: Rules) -> MoneyWords:
    """The lexicon of amounts as patterns, made once for the same rules."""
    data = rules.lexicon("money")
    currency = {fold(str(w)): code for code, forms in data["currencies"].items() for w in forms}
    tax: dict[str, Tax] = {fold(str(w)): code for code, forms in data["tax"].items() for w in forms}
    multiplier = {fold(str(w)): Decimal(n) for w, n in data["multipliers"].items()}
    taxes = any_of(tax)
    # a currency in letters ends where the word ends, unless the tax is glued to it
    marks = rf"(?:{any_of(currency)})(?:(?<![a-z])|(?![a-z])|(?={taxes}))"
    short = any_of(w for w in multiplier if len(w) <= 2)
    long = any_of(w for w in multiplier if len(w) > 2)
    of = any_of(data["of"])
    # "29 000 €", "45 k€", "1,2 M€", "1,5 million d'euros", "CHF 45'000.–", "kCHF 45", "€ 45.000", "€ HT 25 000"
    before = rf"(?:(?<![a-z])(?P<m0>{short})?(?P<c1>{marks})(?:\s?(?P<t>{taxes})\.?)?\s?:?\s{{0,2}})?"
    cents = r"(?:[.,]\s?-{1,2})?"
    after = (
        rf"(?:\s?(?:(?P<m>{long})(?![a-z])(?:\s(?:{of}))?|(?P<ms>{short})(?=\s?(?:{marks})|(?![a-z0-9])|{taxes})))?"
        rf"(?:\s?(?P<c2>{marks}))?"
    )
    bounds = any_of(data["bounds"])
    rates, units = any_of(data["rate_labels"]), any_of(data["rate_units"])
    return MoneyWords(
        currency=currency,
        tax=tax,
        multiplier=multiplier,
        missing=frozenset(fold(str(w)).strip(" .") for w in data["missing"]) | {""},
        filler=frozenset(fold(str(w)) for w in data["filler"]),
        figure=compiled(rf"{before}(?<![\d.,'])(?P<n>{NUMBER}){cents}{after}"),
        tax_mark=compiled(rf"(?<![a-z])(?P<t>{taxes})(?![a-z])"),
        tax_before=compiled(rf"(?<![a-z])(?P<t>{taxes})\)?\s?:\s?$"),
        tax_inside=compiled(rf"[km]?(?:{marks})\s?(?P<t>{taxes})(?![a-z])"),
        tax_behind=compiled(rf"\s?(?:\((?:{taxes})\)|(?:{taxes})(?![a-z]))"),
        currency_mark=compiled(rf"(?<![a-z])(?:{short})?(?P<c>{marks})"),
        scale_mark=compiled(
            rf"(?<![a-z])(?:(?P<m>{short}|{long})\s?(?:{of})?(?:{marks})|(?:{marks})\s(?P<m2>{short}|{long})(?![a-z]))"
        ),
        to=compiled(rf"[\s()]{{0,40}}(?:{any_of(data['to'])})[\s()]{{0,40}}"),
        and_=compiled(rf"{GAP}(?:{any_of(data['and'])}){GAP}"),
        opens_range=compiled(rf"(?<!\w)(?:{any_of(data['opens_range'])}){GAP}$"),
        range_lead=compiled(rf"(?<!\w)(?:{any_of(data['range_lead'])}){SPACES}$"),
        least_before=compiled(rf"(?<!\w)(?:{any_of(data['least'])})\s?:?\s?$"),
        to_most=compiled(rf"[\s/,;()–—-]{{1,10}}(?:et\s)?(?:{any_of(data['most'])})\s?:?\s?"),
        bound_before=compiled(rf"(?<!\w)(?:{bounds})\s?:?\s?$"),
        bound_behind=compiled(rf"[\s,(]{{0,2}}(?:{taxes})?[\s,(]{{0,3}}(?:{bounds})(?!\w)"),
        digits=compiled(r"\d[\s.,']?$"),
        numbered_before=compiled(rf"(?:(?<!\w)(?:{any_of(data['numbered'])})\s?\d{{1,2}}|(?<!\d)(?:19|20)\d\d)\s?$"),
        rate_before=compiled(rf"(?<!\w)(?:{units})\s?(?:a|x|×|\*|@)\s?$"),
        rate_behind=compiled(rf"\s?(?:{taxes})?\s?(?:/|{any_of(data['rate_words'])})\s?(?:{units})(?!\w)"),
        rate_named_before=compiled(rf"(?<!\w)(?:{rates})(?!\w)\D{{0,25}}$"),
        rate_named_behind=compiled(rf"\s?(?:{taxes})?[\s(]{{0,3}}(?:{rates})(?!\w)"),
        rate_label=compiled(rf"(?<!\w)(?:{rates})(?!\w)"),
        times=compiled(rf"\s?(?:{taxes})?\s?[x×*]\s?\d"),
        share=compiled(rf"(?:%\s(?:{of}|{any_of(data['share_words'])}\s)|\d\s?[x×*])\s?$"),
        no_money=compiled(rf"\s?(?:{any_of(data['no_money'])})(?!\w)"),
        numbered=compiled(rf"(?<!\w)(?:{any_of(data['numbered'])})\s?$"),
        speaks=compiled(rf"\b(?:{any_of(data['speaks'])})\b"),
    )
