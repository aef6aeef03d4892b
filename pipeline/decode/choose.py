"""The reading of a document by roles, each mission once, and what is in doubt about it."""

from __future__ import annotations

from dataclasses import dataclass

from carnet.pipeline.decode.continued import with_continued
from carnet.pipeline.decode.doubts import SURE, doubtful
from carnet.pipeline.decode.proposal import Read
from carnet.pipeline.decode.told_twice import read_once
from carnet.pipeline.rules import Rules
from carnet.schemas.finding import Finding
from carnet.schemas.outline import Outline

UNSURE = 0.3
"""Share of a reading that is unsure of itself, from which on the whole is in doubt."""
SURE_IN_DOUBT = 0.95
"""Posterior under which a part is doubted then; under `SURE` where the whole is sure of itself, between them else."""


@dataclass(frozen=True)
class Chosen:
    """The missions that are taken, and what is in doubt about them."""

    outline: Outline
    findings: tuple[Finding, ...]


def choose(read: Read, rules: Rules) -> Chosen:
    """A mission told in a row and in full is one, and one that goes on under its title said again; what is not sure of
    itself as a whole is doubted sooner."""
    once = read_once(with_continued(read, rules))
    least = SURE + (SURE_IN_DOUBT - SURE) * min(1.0, once.unsure / UNSURE)
    return Chosen(once.outline, tuple(doubtful(once, least)))
