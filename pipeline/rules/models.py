"""What each rule file may hold: a model for each name, the same in every language.

A file holds some of the keys of its model; all files of a name together hold all of them. Nothing is converted: `no`,
which YAML takes for "false", is a mistake where a word is expected.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, RootModel, ValidationError
from pydantic_core import ErrorDetails

from carnet.schemas.mission import ClientType
from carnet.schemas.outline import PartKind


def _once(words: list[str]) -> list[str]:
    doubled = [word for word, count in Counter(word.casefold() for word in words).items() if count > 1]
    if doubled:
        raise ValueError(f"printed twice: {', '.join(doubled)}")
    return words


def _sound(pattern: str) -> str:
    try:
        compiled = re.compile(pattern)
    except re.error as error:
        raise ValueError(f"broken pattern {pattern!r}: {error}") from None
    if compiled.fullmatch(""):
        raise ValueError(f"the pattern {pattern!r} matches the empty string")
    return pattern


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


NonEmpty = Annotated[str, Field(min_length=1)]
Words = Annotated[list[NonEmpty], AfterValidator(_once)]
Text = Annotated[str, Field(min_length=1)]
"""Words or names in a row, parted by spaces or semicolons."""
Pattern = Annotated[str, AfterValidator(_sound)]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Month = Annotated[int, Field(ge=1, le=12)]
Counts = list[Annotated[int, Field(ge=1, le=20)]]
Threshold = Annotated[float, Field(gt=0)]
CodeRange = Annotated[str, Field(pattern=r"^[0-9A-F]{4,5}-[0-9A-F]{4,5}$")]


class Head(_Strict):
    """A first word that announces a part, unless others follow."""

    word: NonEmpty
    unless: Words = []


class Label(_Strict):
    forms: Words = []
    heads: list[Head] = []


class LabelFile(RootModel[dict[Annotated[PartKind, Field(strict=False)], Label]]):
    """Labels by the kind of part they announce."""


class BodyEntry(_Strict):
    kind: ClientType
    sure: bool = True
    country: Country | None = None
    abroad: bool = False
    yields_to: Words = []
    common: bool = False
    starts: Words = []
    ends: Words = []
    anywhere: Words = []
    names: Words = []
    patterns: list[Pattern] = []


class Organisations(_Strict):
    classes: dict[NonEmpty, BodyEntry]
    regions: Words
    ambiguous_places: Words
    not_in_text: Words
    name_tails: Words
    name_words: Words
    name_joins: Words
    not_names: Words
    general: Words
    empty_words: Words
    optional_words: Words
    domain_words: Words
    short_forms: dict[NonEmpty, NonEmpty]


class Countries(_Strict):
    names: dict[Country, Words]
    cities: dict[Country, Text]
    communes: dict[Country, Text]
    regions: dict[Country, Text]
    marks: dict[Country, list[str]]  # as they are printed
    adjectives: dict[Country, Words]
    near_marks: list[str]
    endings: dict[Country, Words]
    endings_of_all: Words
    territories: dict[Country, list[str]]
    currencies: dict[str, Country]
    money_signs: dict[Country, Words]


class Clients(_Strict):
    country_notes: dict[Country, Words]
    natures_of_a_name: Words
    natures: Words
    says_nothing: Words
    verbs: Words
    openers: Words
    generic_words: Words
    before_places: Words


class Emails(_Strict):
    endings: Text
    rare_endings: Text
    at: Words
    dot: Words
    providers: Text
    shared_suffixes: Words
    abbreviations: Text


class Fields(_Strict):
    ongoing_sayings: Words
    ongoing_after: Words
    completed_before: Words
    completed_sayings: Words
    works_cost_words: Words
    works_behind: Words
    bare_costs: Words
    parts_of_amounts: Words
    amount_openers: Words
    fee_words: Words
    articles: Words
    unfinished: Words
    title_leads: Words
    services: Words
    incomplete_bodies: Words
    client_openers: Words
    heading_number: Pattern
    lead_words: Words
    own_words: Words
    title_openers: Words
    year_openers: Words


class FirmWords(_Strict):
    not_firms: Words
    firm_words: Words
    rights: Words


class Hyphens(_Strict):
    compounds: Words
    joins: Words


class LayoutSettings(_Strict):
    bullets: Words
    bullet_ranges: list[CodeRange]
    icons: Words


class MoneyFile(_Strict):
    currencies: dict[Currency, Words]
    tax: dict[Annotated[str, Field(pattern="^(?:HT|TTC)$")], Words]
    multipliers: dict[NonEmpty, int]
    of: Words
    missing: Words
    opens_range: Words
    range_lead: Words
    to: Words
    and_: Words = Field(alias="and")
    least: Words
    most: Words
    bounds: Words
    no_money: Words
    numbered: Words
    filler: Words
    share_words: Words
    rate_words: Words
    rate_units: Words
    rate_labels: Words
    speaks: Words


class Months(_Strict):
    months: dict[Month, Words]


class Names(_Strict):
    common: Text
    ordinary: Text
    given: Text


class Noise(_Strict):
    continued: Pattern
    part_opener: Pattern
    chapter_number: Pattern


class Partners(_Strict):
    note_starts: Words
    loose_note_starts: Words
    note_words: Words
    none: Words
    none_starts: Words
    body: Words
    body_weak: Words
    with_trades: Words
    not_with: Words
    not_groups: Words
    short_lines: Words
    works: Words
    done: Words
    together: Words
    line_openers: Words
    lines: Words
    earlier: Words
    stops: Words
    units: Words
    tails: Words
    articles: Words
    trades: Words
    facts: Words
    facts_colon: Words
    facts_within: Words
    facts_behind: Words
    roles_drop: Words
    natures: Words
    legal_forms: Words
    name_ends: Words
    goes_on: Words
    we: Words
    civilities: Words
    beside_us: Words
    team_labels: Words
    counted: Words


class People(_Strict):
    given_names: Text
    family_names: Text
    middle_names: Words
    also_surnames: Words
    particles: Words
    civilities: Words
    role_heads: Words
    role_openers: Words
    former: Words
    left: Words
    left_alone: Words
    replaced_by: Words
    left_starts: Words
    nameless: Words
    empty: Words
    labels: Words
    phone_labels: Words
    fax_labels: Words
    email_labels: Words
    services: Words
    not_names: Words
    hyphen_prefixes: Words
    unfinished: Words
    joins: Words
    articles: Words
    open_nouns: Words
    predicates: Words


class Periods(_Strict):
    seasons: dict[NonEmpty, Annotated[list[Month], Field(min_length=2, max_length=2)]]
    ordinals: dict[NonEmpty, Annotated[int, Field(ge=0, le=12)]]
    quarter_words: Words
    half_words: Words
    quarter_letters: Words
    half_letters: Words
    units: dict[NonEmpty, int | None]
    numbers: dict[NonEmpty, int]
    when: Words
    half_more: Words
    since: Words
    counted: Words
    counted_for: Words
    until: Words
    delivery: Words
    before_date: Words
    ongoing: Words
    not_ongoing: Words
    weekdays: Words
    joins: Words
    missing: Words
    numbered: Words
    filler: Words
    renewable: Words
    times: Words
    recurring: Words
    year_words: Words
    street: Words
    act: Words
    counts: Words
    dateparser: Words
    edition_words: Words


class Personal(_Strict):
    civilities: Words
    plural_civilities: Words
    households: Words
    not_people: Words
    also_words: Words
    eponyms: Words
    own_firms: Words
    owned: Words
    also_roles: Words
    numbered: Words
    between: Words
    small_words: Words
    at_words: Words
    dot_words: Words
    agents: Words
    held: Words
    dignities: Words
    closings: Words
    has: Words
    did: Words
    rosters: Words
    behind: Words
    kin: Words
    holders: Words
    ranks: Words
    goes_on: Words
    written_to: Words
    trades: Words
    profiles: Words
    networks: Words
    spoken: Words


class Phones(_Strict):
    regions: list[Country]
    lengths: dict[Country, Counts]
    bare: dict[Country, Counts]
    mobile: dict[Country, NonEmpty]
    shapes: dict[Country, list[Counts]]
    national: dict[Country, list[Counts]]
    written: dict[Country, Pattern]
    begins: dict[Country, dict[Country, list[NonEmpty]]]
    slash: Country
    labels: Words
    not_after: Words
    not_before: Words


class Ranks(RootModel[dict[NonEmpty, Annotated[int, Field(ge=1, le=9)]]]):
    """How far a rule is trusted, by the beginning of its id."""


class Repeats(_Strict):
    as_above: Words


class Offices(_Strict):
    before_towns: Words
    openers: Words
    starting_points: Words
    joins: Words
    since: Words
    before_next: Words
    seat: Words
    no_towns: Words
    links: Words
    elided: Words
    unfinished: Words
    stops: Words


class Works(_Strict):
    works: Words


class Observations(_Strict):
    function_words: Words
    nothing: Words
    work_ends: Words
    dateline_opens: Words
    credit_opens: Words
    dateline_joins: Words
    list_title_words: Words
    sum_words: Words
    sum_tails: Words


MODELS: Mapping[str, type[BaseModel]] = {
    "clients": Clients, "countries": Countries, "emails": Emails, "fields": Fields, "firm_words": FirmWords,
    "hyphens": Hyphens, "labels": LabelFile, "layout": LayoutSettings, "money": MoneyFile, "months": Months,
    "names": Names,
    "noise": Noise, "observations": Observations, "offices": Offices,
    "organisations": Organisations, "partners": Partners, "people": People, "periods": Periods, "personal": Personal,
    "phones": Phones, "ranks": Ranks, "repeats": Repeats,
    "works": Works,
}  # fmt: skip


def mistakes_in(name: str, content: Mapping[Any, Any]) -> list[str]:
    """What is wrong in one file: keys that nobody knows, values of another kind, doubles, broken patterns.

    >>> mistakes_in("works", {"works": ["étude", "Étude"]})
    ['works: printed twice: étude']
    """
    if name not in MODELS:
        return ["no rule file has this name"]
    return [_told(error) for error in _errors(name, content) if not _is_missing(error)]


def missing_keys(name: str, merged: Mapping[str, Any]) -> list[str]:
    """Keys that no file of this name holds."""
    return [f"{error['loc'][0]!r} is in no file" for error in _errors(name, merged) if _is_missing(error)]


def _errors(name: str, content: Mapping[Any, Any]) -> list[ErrorDetails]:
    if name not in MODELS:
        return []
    try:
        MODELS[name].model_validate(content)
    except ValidationError as error:
        return error.errors()
    return []


def _is_missing(error: ErrorDetails) -> bool:
    return error["type"] == "missing" and len(error["loc"]) == 1


def _told(error: ErrorDetails) -> str:
    place = ".".join(str(step) for step in error["loc"])
    if error["type"] == "extra_forbidden":
        return f"{place}: unknown key"
    said = error["msg"].removeprefix("Value error, ")
    got = "" if error["type"] == "value_error" else f", got {error['input']!r:.60}"
    return f"{place}: {said}{got}"
