"""Names of firms: the publisher's and those beside it, and the line that names these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from carnet.pipeline.teach.facts.bodies import sigle, surname
from carnet.pipeline.teach.facts.grammar import Speaker, Words, capital
from carnet.pipeline.teach.facts.lists import drawn, load, pick, weighed


@dataclass(frozen=True, slots=True)
class PartnerForms:
    """How a brochure names its partners: a form of line, specialities to choose from."""

    form: str
    joint: str
    country: str
    firm: str
    specialities: Sequence[str]
    kept: dict[str, str] = field(default_factory=dict)


def partner_forms(rng: Random, country: str, firm: str, profession: Mapping[str, Any]) -> PartnerForms:
    """Forms by lot."""
    lists = load("firms")
    form = weighed(rng, lists["forms"])
    return PartnerForms(form, pick(rng, lists["joints"]), country, firm, profession["partners"])


def firm_name(rng: Random, templates: Sequence[str], more: Words | None = None) -> str:
    """A firm's name by one of the templates; `more`: lists that they draw from."""
    return _speaker(rng, more or {}).say(pick(rng, templates))


def partners(rng: Random, forms: PartnerForms, most: int = 5) -> tuple[tuple[str, ...], str | None]:
    """Partners, and their line where it says more than their names."""
    count = min(1 + int(rng.expovariate(1.0)), most)
    names = tuple(dict.fromkeys(firm_name(rng, load("firms")["names"]) for _ in range(count)))
    if forms.form == "names" or rng.random() < 0.05:
        return names, None
    return names, _line(rng, forms, names)


def in_title(rng: Random, names: Sequence[str]) -> str:
    """A note behind a title that names co-contractors: no part of the title."""
    return _filled(rng, str(pick(rng, load("firms")["in_title"])), names, "")


def nobody(rng: Random) -> str:
    """What stands where there are no partners."""
    return drawn(rng, "firms", "nobody")


# ---- parts


def _line(rng: Random, forms: PartnerForms, names: Sequence[str]) -> str:
    if forms.form in ("speciality", "trades"):
        kind = "with_speciality" if forms.form == "speciality" else "trade"
        form = _kept(rng, forms, kind)
        some = rng.sample(forms.specialities, min(len(names), len(forms.specialities)))
        joint = forms.joint if ", " not in form else " ; "
        said = [form.format(p=n, spec=s, Spec=capital(s)) for n, s in zip(names, some, strict=False)]
        return joint.join([*said, *names[len(some) :]])
    own = f"verb_{forms.country}" if forms.country in ("BE", "CH") and rng.random() < 0.5 else "verb"
    form = _kept(rng, forms, "lead" if forms.form == "lead" else own)
    if len(names) == 1 and "{rest}" in form:
        form = "{p} (mandataire)"
    if len(names) > 1 and "{p}" in form and "{rest}" not in form:
        form = (
            form.replace("{p}", "{list_and}")
            if "{firm}" not in form and "(mand" not in form and "Mand" not in form
            else "{p} (mandataire), {rest}"
        )
    return _filled(rng, form, names, forms.firm)


def _kept(rng: Random, forms: PartnerForms, kind: str) -> str:
    if kind not in forms.kept or rng.random() < 0.2:
        forms.kept[kind] = drawn(rng, "firms", kind)
    return forms.kept[kind]


def _filled(rng: Random, form: str, names: Sequence[str], firm: str) -> str:
    if len(names) > 1 and "{p}" in form and "{rest}" not in form and "{firm}" not in form:
        form = form.replace("{p}", "{list_and}")
    together = ", ".join(names[:-1]) + " et " + names[-1] if len(names) > 1 else names[0]
    return form.format(p=names[0], rest=", ".join(names[1:]), list=", ".join(names), list_and=together, firm=firm)


def _speaker(rng: Random, more: Words) -> Speaker:
    made = {"surname": lambda: surname(rng), "surname2": lambda: surname(rng), "sigle": lambda: sigle(rng)}
    lists = {k: v for k, v in load("firms").items() if isinstance(v, list)}
    return Speaker(rng, more, lists, _bodies(), made=made)


def _bodies() -> Mapping[str, Sequence[str]]:
    bodies = load("bodies")
    return {"root": bodies["root"], "suffix": bodies["suffix"]}
