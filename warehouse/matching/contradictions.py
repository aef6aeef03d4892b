"""What a mission prints and the official list contradicts: an address of another territory, another kind of body, a
text that speaks of another region.

Each is true of the brochure as it is printed, or says that it is our link that is doubted (`client_kind`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from carnet.warehouse.matching.bodies import KINDS, Bodies, Body, key_of
from carnet.warehouse.matching.domains import bodies_of_domain


@dataclass(frozen=True)
class PrintedMission:
    """What of a mission is looked at. `bodies`: those its client surely means, of France. `settled`: the brochure is
    known to contradict itself on the client."""

    client: str
    bodies: Sequence[Body]
    domains: Sequence[str]
    texts: Sequence[str]
    settled: bool = False


@dataclass(frozen=True)
class Contradiction:
    """`code`: of the finding, whose field is `field`."""

    code: str
    field: str
    message: str


def contradictions(told: PrintedMission, bodies: Bodies) -> Iterator[Contradiction]:
    """All of a mission, the kinds once each."""
    if not told.bodies:
        return
    yield from _of_kind(told, bodies)
    if not told.settled:
        yield from _of_domain(told, bodies)
        yield from _of_region(told, bodies)


def _of_domain(told: PrintedMission, bodies: Bodies) -> Iterator[Contradiction]:
    """Each address that tells a territory is of another one; one that fits is enough to say nothing."""
    telling = [(domain, found) for domain in told.domains if (found := bodies_of_domain(domain, bodies))]
    apart = [all(are_apart(own, body, bodies) for own in told.bodies for body in found) for _, found in telling]
    if telling and all(apart):
        domain, found = telling[0]
        message = f"the client is {told.client!r}, but the contact's address ({domain}) names {_named(found[0])}"
        yield Contradiction("territory_mismatch", "client", message)


def are_apart(one: Body, other: Body, bodies: Bodies) -> bool:
    """Neither is the other, holds it, or shares services with it: communes of one EPCI do.

    >>> from carnet.warehouse.matching.bodies import load_bodies
    >>> known = load_bodies()
    >>> are_apart(known.by_code["c", "34301"], known.by_code["c", "34003"], known)  # Sète, Agde
    True
    """
    if one == other:
        return False
    if {one.kind, other.kind} <= {"c", "e"}:
        homes = {body.epci or body.code for body in (one, other)}
        return len(homes) > 1
    if "r" in (one.kind, other.kind):
        return one.region != other.region
    return not (bodies.departements(one) & bodies.departements(other))


def _of_kind(told: PrintedMission, bodies: Bodies) -> Iterator[Contradiction]:
    """ "Communauté de communes du Boulonnais", which the list has as a communauté d'agglomération, today and before."""
    if len(told.bodies) > 1 or not (printed := bodies.form_of(told.client)):
        return
    body = told.bodies[0]
    forms = {bodies.form_of(name) for name in bodies.names_of(body)}
    if body.kind == "e" and "" not in forms and printed not in forms:
        message = f"printed as {told.client!r}, the list of today has {body.name!r}"
        yield Contradiction("client_kind", "client_id", message)


def _of_region(told: PrintedMission, bodies: Bodies) -> Iterator[Contradiction]:
    """A client's text that speaks of another region by name and never of its own, nor of the client."""
    text = f" {key_of(' '.join(told.texts))} "
    own = {body.region for body in told.bodies}
    if any(f" {name} " in text for body in told.bodies for name in _names_around(body, bodies)):
        return
    named = [region for name, region in _regions_named(text, bodies) if region not in own]
    if len(set(named)) == 1:
        other = bodies.by_code["r", named[0]]
        message = f"the client is {told.client!r}, but the text speaks of the region {other.name} and never of its own"
        yield Contradiction("territory_mismatch", "client", message)


def _names_around(body: Body, bodies: Bodies) -> Iterator[str]:
    """The body's own name, its département's and its region's, former ones too."""
    area = [bodies.by_code.get(("d", code)) for code in (*bodies.departements(body), body.departement)]
    for one in (body, bodies.by_code.get(("r", body.region)), *area):
        if one:
            yield bodies.bare(one.name)
    yield from (name for name, code in bodies.words["former_regions"].items() if code == body.region)


def _regions_named(text: str, bodies: Bodies) -> Iterator[tuple[str, str]]:
    """Names of regions behind a word that says so ("Région Normandie"), with their codes."""
    names = {bodies.bare(body.name): body.code for body in bodies.all if body.kind == "r"}
    names |= bodies.words["former_regions"]
    words = "|".join(re.escape(word) for word in sorted(bodies.words["region_words"], key=len, reverse=True))
    choices = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    for match in re.finditer(rf" (?:{words}) (?:la |l |le |les )?({choices})(?= )", text):
        yield match[1], names[match[1]]


def _named(body: Body) -> str:
    place = f" ({body.departement})" if body.kind in "ce" and body.departement else ""
    return f"{KINDS[body.kind]} {body.name}{place}"
