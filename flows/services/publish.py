"""Check, then export: nothing leaves while a check fails."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from carnet.flows.services.export import export, sentence
from carnet.flows.settings import Settings
from carnet.warehouse.ask.check import Checked, failures, run_checks
from carnet.warehouse.ask.query import open_reader
from carnet.warehouse.exports.cells import printable
from carnet.warehouse.exports.dataset import Delivery
from carnet.warehouse.exports.resources import Audience
from carnet.warehouse.exports.terms import USUAL, Terms
from carnet.warehouse.exports.to_md import escaped

SHOWN = 5


@dataclass(frozen=True)
class Published:
    """`given` None: a check failed, and what stands in the folder was left as it is."""

    folder: Path
    checked: list[Checked]
    given: Delivery | None


def check(settings: Settings) -> list[Checked]:
    """What each check of the data finds, without giving anything out."""
    with open_reader(settings.warehouse) as con:
        return run_checks(con)


def publish(settings: Settings, folder: Path, audience: Audience = Audience.public, terms: Terms = USUAL) -> Published:
    """The data set in `folder`, when no check of level `fail` has offenders."""
    checked = check(settings)
    return Published(folder, checked, None if failures(checked) else export(settings, folder, audience, terms=terms))


def summary(published: Published) -> str:
    """One sentence.

    >>> summary(Published(Path("site"), [], None))
    'site: not published: 0 checks failed; what stood there was left'
    """
    folder, given = published.folder, published.given
    if given is None:
        return f"{folder}: not published: {len(failures(published.checked))} checks failed; what stood there was left"
    return f"{folder}: {sentence(given)}"


def markdown_report(published: Published) -> str:
    """The artifact of a flow run: what was published, and every check that has offenders."""
    lines = [escaped(printable(summary(published))), "", "| check | level | offenders | such as |", "|---|---|---|---|"]
    for one in published.checked:
        if one.offenders:
            such = "; ".join(str(o["what"]) for o in one.offenders[:SHOWN])
            cells = (one.check.about, one.check.level, len(one.offenders), such)
            lines.append("| " + " | ".join(escaped(printable(str(cell))) for cell in cells) + " |")
    return "\n".join(lines)
