"""What sets a paper in type: Typst, Chromium (HTML) or reportlab, by lot among those that can."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from carnet.pipeline.teach import chromium, typst
from carnet.pipeline.teach.nodes import Paper
from carnet.pipeline.teach.typst import Drawn

Twins = tuple[Drawn, Drawn]  # the PDF, and its coded twin


@dataclass(frozen=True)
class Engine:
    """`share`: how often it is drawn. `can`: is what it needs installed?"""

    share: float
    can: Callable[[], bool]
    twins: Callable[[Paper], Twins]


def _typst(paper: Paper) -> Twins:
    return typst.set_paper(paper), typst.set_paper(paper, coded=True)


def _html(paper: Paper) -> Twins:
    from carnet.pipeline.teach import html

    return html.twins(paper)


def _reports(paper: Paper) -> Twins:
    from carnet.pipeline.teach import reports

    return reports.twins(paper)


ENGINES: dict[str, Engine] = {
    "typst": Engine(0.6, lambda: True, _typst),
    "html": Engine(0.3, lambda: chromium.program() is not None, _html),
    "reports": Engine(0.1, lambda: importlib.util.find_spec("reportlab") is not None, _reports),
}
"""By name; the first takes what the others cannot do."""


def by_lot(rng: Random) -> str:
    """An engine by lot; Typst stands in for one that is not installed, so that the others' brochures stay the same."""
    name = rng.choices(list(ENGINES), [e.share for e in ENGINES.values()])[0]
    return name if ENGINES[name].can() else "typst"


def set_twins(paper: Paper, engine: str) -> tuple[str, Twins]:
    """The paper's PDF and its coded twin, and which engine made them. KeyError for an unknown one."""
    try:
        return engine, ENGINES[engine].twins(paper)
    except (NotImplementedError, chromium.BrowserError):
        return "typst", _typst(paper)
