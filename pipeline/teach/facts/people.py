"""People to ask: names, functions, numbers, addresses, each in the forms of one brochure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

from carnet.pipeline.teach.content import Person
from carnet.pipeline.teach.facts.bodies import Body, slug, surname
from carnet.pipeline.teach.facts.lists import load, pick, weighed

_NAME_FORMS = {
    "{first} {last}": 6.0, "{first} {LAST}": 3.0, "{LAST} {first}": 1.0, "{last} {first}": 0.3, "{f}. {last}": 1.0,
    "{f}. {LAST}": 0.6, "{civ} {last}": 1.5, "{civ} {LAST}": 0.7, "{civ} {first} {last}": 2.0,
    "{civ} {first} {LAST}": 1.2,
}  # fmt: skip
_USER_FORMS = (
    "{first}.{last}",
    "{first}.{last}",
    "{f}.{last}",
    "{f}{last}",
    "{last}.{first}",
    "{last}",
    "{first}-{last}",
    "{last}{f}",
)


@dataclass(frozen=True, slots=True)
class PeopleForms:
    """How a brochure prints its contacts: shares of what each holds, and forms."""

    name: str
    phone: str
    user: str
    email: str  # "{user}@{domain}"
    names: float
    roles: float
    emails: float
    phones: float
    low_roles: bool
    services: float


def people_forms(rng: Random) -> PeopleForms:
    """Forms by lot."""
    emails = {"{user}@{domain}": 12.0, "{user} (at) {domain}": 0.4, "{user}[at]{domain}": 0.4, "{USER}@{DOMAIN}": 0.4}
    return PeopleForms(
        name=weighed(rng, _NAME_FORMS),
        phone=weighed(rng, _phone_forms("FR")),
        user=pick(rng, _USER_FORMS),
        email=weighed(rng, emails),
        names=pick(rng, (1.0, 1.0, 0.95, 0.85, 0.0)),
        roles=pick(rng, (0.0, 0.5, 0.9, 1.0, 1.0)),
        emails=pick(rng, (0.0, 0.4, 0.9, 1.0, 1.0)),
        phones=pick(rng, (0.0, 0.0, 0.4, 0.9, 1.0)),
        low_roles=rng.random() < 0.6,
        services=pick(rng, (0.0, 0.0, 0.1, 0.4)),
    )


def contact(rng: Random, forms: PeopleForms, body: Body, year: int) -> Person:
    """Somebody at a body, printed in a brochure's forms; always something is printed."""
    if rng.random() < 0.04:
        return _gone(rng, forms, body, year)
    if rng.random() >= forms.names:
        return _mailbox(rng, forms, body)
    woman = rng.random() < 0.5
    people = load("people")
    first, last = pick(rng, people["women" if woman else "men"]), surname(rng)
    form = forms.name if rng.random() < 0.9 else weighed(rng, _NAME_FORMS)
    civility, name = _named(rng, form, first, last, woman)
    role = _role(rng, forms, body, woman) if rng.random() < forms.roles else None
    address = printed = None
    if rng.random() < forms.emails or not role and rng.random() < 0.5:
        address = _user(forms.user, first, last) + "@" + _domain(rng, body)
        printed = _email_as(forms.email, address)
    phone, e164 = phone_number(rng, forms, body.country) if rng.random() < forms.phones else (None, None)
    service = None if role or rng.random() >= forms.services else str(pick(rng, load("roles")["services"]))
    broken = _broken(rng, address) if address and printed == address and rng.random() < 0.02 else None
    return Person(
        name, role, address, phone, e164, civility,
        email_printed=broken or printed, service=service, findings=("email_malformed",) if broken else (),
    )  # fmt: skip


def staff(rng: Random, roles: Sequence[str]) -> tuple[str, str]:
    """Somebody of the firm: name, function. `roles`: "directrice associée/directeur associé" by gender."""
    woman = rng.random() < 0.5
    first = pick(rng, load("people")["women" if woman else "men"])
    female, _, male = pick(rng, roles).partition("/")
    return f"{first} {surname(rng)}", female if woman or not male else male


def full_name(rng: Random) -> str:
    """ "Solène Morgantin"."""
    people = load("people")
    return f"{pick(rng, people['women'] if rng.random() < 0.5 else people['men'])} {surname(rng)}"


# ---- names and functions


def _named(rng: Random, form: str, first: str, last: str, woman: bool) -> tuple[str, str]:
    """Civility and name, the first apart since the answer drops it."""
    people = load("people")
    civility = ""
    if form.startswith("{civ} "):
        form = form.removeprefix("{civ} ")
        civility = pick(rng, people["civilities_f" if woman else "civilities_m"])
        if rng.random() < 0.03:
            civility = pick(rng, people["titles"])
    return civility, form.format(first=first, last=last, LAST=last.upper(), f=first[0])


def _role(rng: Random, forms: PeopleForms, body: Body, woman: bool) -> str:
    roles = load("roles")
    role = str(pick(rng, roles[body.sort]["f" if woman else "m"]))
    return role if forms.low_roles else role[:1].upper() + role[1:]


def _gone(rng: Random, forms: PeopleForms, body: Body, year: int) -> Person:
    """Somebody who has left: the words behind the name say so, or stand alone."""
    people = load("people")
    if rng.random() < 0.25:
        return Person(None, note=str(pick(rng, people["left_alone"])), left=True)
    woman = rng.random() < 0.5
    first, last = pick(rng, people["women" if woman else "men"]), surname(rng)
    civility, name = _named(rng, forms.name, first, last, woman)
    notes = [*people["left"][:3], *people["left"][4:], *people["left_f" if woman else "left_m"]]
    note = str(pick(rng, notes)).format(year=year - rng.randint(0, 3))
    return Person(name, None, civility=civility, note=note, left=True)


def _mailbox(rng: Random, forms: PeopleForms, body: Body) -> Person:
    """No name: a mailbox, a number or a function."""
    kind = rng.random()
    address = f"{pick(rng, load('people')['mailbox'])}@{_domain(rng, body)}"
    phone, e164 = phone_number(rng, forms, body.country)
    if kind < 0.5:
        return Person(None, None, address, email_printed=_email_as(forms.email, address))
    if kind < 0.75:
        return Person(None, None, None, phone, e164)
    return Person(None, None, address, phone, e164, email_printed=_email_as(forms.email, address))


# ---- addresses


def _user(form: str, first: str, last: str) -> str:
    return form.format(first=slug(first), last=slug(last).replace("-", ""), f=slug(first)[0])


def _domain(rng: Random, body: Body) -> str:
    """ "ville-varmont.fr" for the town of Varmont; what is no place is called by its own words."""
    end = {"FR": "fr", "CA": "ca"}.get(body.country, body.country.lower())
    end = "example" if rng.random() < 0.3 else end
    name = slug(body.place if body.place in body.text else _core(body))
    forms = {
        "commune": ("mairie-{n}", "ville-{n}", "{n}", "commune-{n}"),
        "epci": ("cc-{n}", "{n}-agglo", "{n}", "agglo-{n}"),
        "sante": ("ch-{n}", "{n}"), "enseignement": ("univ-{n}", "{n}"), "bailleur": ("{n}-habitat", "{n}"),
    }.get(body.kind, ("{n}",))  # fmt: skip
    return pick(rng, forms).format(n=name) + "." + end


def _core(body: Body) -> str:
    shortest = min((body.name, *body.aliases), key=len)
    words = [w for w in slug(shortest).split("-") if w not in ("de", "du", "des", "la", "le", "les", "l", "d", "et")]
    return "-".join(words[-2:]) if len(slug(shortest)) > 24 else "-".join(words)


def _email_as(form: str, address: str) -> str:
    user, _, domain = address.partition("@")
    return form.format(user=user, domain=domain, USER=user.upper(), DOMAIN=domain.upper())


def _broken(rng: Random, address: str) -> str:
    """A slip that a careful reader mends: a comma or a second full stop before the ending."""
    stem, _, end = address.rpartition(".")
    return stem + pick(rng, (",", "..")) + end


# ---- numbers


def phone_number(rng: Random, forms: PeopleForms, country: str) -> tuple[str, str]:
    """A number as printed, and its E.164 form."""
    own = load("phones")[country]
    number = "".join(str(int(rng.random() * 10)) if c == "x" else c for c in pick(rng, own["numbers"]))
    groups = number.replace("-", " ").split()
    digits = "".join(groups)
    bare = digits if own.get("no_zero") else digits[1:]
    form = forms.phone if country == "FR" else weighed(rng, _phone_forms(country))
    return _phone_as(form, number, groups, str(own["code"]), bool(own.get("no_zero"))), f"+{own['code']}{bare}"


@cache
def _phone_forms(country: str) -> Mapping[str, float]:
    forms = load("phones")["forms"]
    parted = (entry.partition("*") for entry in forms.get(country, forms["AF"]))
    return {form: float(weight or 1) for form, _, weight in parted}


def _phone_as(form: str, number: str, groups: Sequence[str], code: str, no_zero: bool) -> str:
    first = groups[0] if no_zero else groups[0][1:]
    rest = groups[1:]
    match form:
        case "{dots}":
            return ".".join(groups)
        case "{dashes}":
            return "-".join(groups)
        case "{joined}":
            return number if "-" in number else "".join(groups)
        case "{intl}":
            return " ".join((f"+{code}", first, *rest))
        case "{intl0}":
            return " ".join((f"+{code}", first if no_zero else f"(0){first}", *rest))
        case "{intl_dots}":
            return f"+{code}." + ".".join((first, *rest))
        case "{zeros}":
            return " ".join((f"00{code}", first, *rest))
        case "{slash}":
            return groups[0] + "/" + ".".join(rest)
        case "{slash_spaces}":
            return groups[0] + "/" + " ".join(rest)
        case "{parens}":
            return f"({groups[0]}) " + "-".join(rest)
        case _:
            return number
