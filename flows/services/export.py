"""A data set leaves: the warehouse's rows, with what the pipeline knows to be personal in a text masked."""

from __future__ import annotations

from pathlib import Path

from carnet.flows.services.outputs import output_folder
from carnet.flows.settings import Settings
from carnet.warehouse.ask.missions import there
from carnet.warehouse.ask.query import open_trusted
from carnet.warehouse.exports.dataset import Delivery, write_dataset
from carnet.warehouse.exports.masking import Masker, NamedSpan, SpanFinder, known_in
from carnet.warehouse.exports.resources import Audience
from carnet.warehouse.exports.terms import USUAL, Terms
from carnet.warehouse.exports.to_geojson import Locate
from carnet.warehouse.store.db import Connection


def export(
    settings: Settings, folder: Path, audience: Audience, brochure: str | None = None, terms: Terms = USUAL
) -> Delivery:
    """Write the data set and remember where, so that `carnet forget` looks there."""
    out = output_folder(settings, folder, "export")
    with open_trusted(settings.warehouse) as con:
        brochure = there(con, "brochure", brochure) if brochure else None
        return write_dataset(con, out, audience, finder(audience, terms), locator(), brochure, terms)


def sentence(given: Delivery) -> str:
    """What an export gave, and what moved since the last one."""
    count = f"{given.rows['missions']} missions{left_out(given.left_out)}"
    if given.moved is None:
        return f"{count}; the same as before, left as it is"
    if given.moved.before is None:
        return count
    moved = given.moved
    return f"{count}; {len(moved.added)} added, {len(moved.removed)} removed, {len(moved.changed)} changed"


def left_out(passages: int) -> str:
    """What is said of passages in which somebody may be named.

    >>> left_out(2), left_out(0)
    (' (2 passages left out: somebody may be named there)', '')
    """
    said = "1 passage" if passages == 1 else f"{passages} passages"
    return f" ({said} left out: somebody may be named there)" if passages else ""


def public_mask(con: Connection) -> Masker:
    """What the public is given instead of a text."""
    return Masker(known_in(con), personal_finder())


def public_masker(settings: Settings) -> Masker:
    """The same, by all that the warehouse knows now."""
    with open_trusted(settings.warehouse) as con:
        return public_mask(con)


def finder(audience: Audience, terms: Terms) -> SpanFinder:
    """What is masked in the texts: people for the public, amounts where these are not given."""
    finders = [personal_finder()] if audience is Audience.public else []
    finders += [] if terms.amounts else [money_finder()]
    return lambda text: [span for find in finders for span in find(text)]


def money_finder() -> SpanFinder:
    """Amounts in a text, by the rules."""
    from carnet.pipeline.rules import load_rules
    from carnet.pipeline.values.money import find_amounts

    rules = load_rules()
    return lambda text: [(found.start, found.end, "amount") for found in find_amounts(text, rules)]


def personal_finder() -> SpanFinder:
    """Names, addresses and numbers in a text, by the rules, and where somebody may be named; the trained model is
    loaded when it is first needed."""
    from carnet.pipeline.nlp import get_nlp
    from carnet.pipeline.rules import load_rules
    from carnet.pipeline.values.doubtful import find_doubtful
    from carnet.pipeline.values.personal import find_personal

    rules = load_rules()

    def find(text: str) -> list[NamedSpan]:
        certain = find_personal(text, rules)
        doubtful = find_doubtful(text, rules, get_nlp(), [(f.start, f.end) for f in certain])
        spans = [(found.start, found.end, str(found.value)) for found in certain]
        return spans + [(found.start, found.end, found.value) for found in doubtful]

    return find


def locator() -> Locate:
    """Where a commune lies; the gazetteer is loaded when it is first asked."""
    from carnet.pipeline.values.located import locate

    return locate
