"""Fees as brochures print them, with the answer of FORMAT.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from carnet.pipeline.teach.content import Printed
from carnet.pipeline.teach.facts.grammar import number
from carnet.pipeline.teach.facts.lists import drawn, pick, weighed
from carnet.schemas.roles import Role

# Kinds of a country with their weights: the main ones of a brochure, then what strays among them.
_MAIN: Mapping[str, Mapping[str, float]] = {
    "FR": {"ht": 10, "ht_k": 6, "ttc": 2, "bare": 3, "bare_k": 3, "ttc_k": 0.4},
    "BE": {"be": 10, "be_k": 2, "be_ttc": 1.5, "bare": 2, "bare_k": 1},
    "CH": {"ch": 10, "ch_ht": 4, "ch_ttc": 1, "ch_k": 1},
    "LU": {"ht": 3, "be": 3, "bare": 2, "be_ttc": 0.5},
    "CA": {"ca": 10},
    "MA": {"ma": 5, "ma_ht": 4},
    "AF": {"cfa": 8, "cfa_ht": 2, "usd": 1, "bare": 1},
}
_STRAY: Mapping[str, Mapping[str, float]] = {
    "FR": {
        "range_ht": 3, "range": 1.5, "about_ht": 2, "about": 1, "bound_ht": 1.5, "bound": 0.7, "per_ht": 2.5,
        "per": 1.5, "part_ht": 2, "ttc": 1, "bare": 1, "ch": 0.3,
    },
    "BE": {"range": 1, "about": 1, "per": 1, "bare": 1, "be_ttc": 1},
    "CH": {"range_ch": 2, "ch_ht": 1, "ht": 0.5},
    "CA": {"ca": 1},
    "MA": {"ma": 1, "usd": 0.3},
    "AF": {"usd": 2, "bare": 2, "cfa": 1},
}  # fmt: skip
_KINDS_OF: Mapping[tuple[str, str | None], Sequence[str]] = {
    ("EUR", "HT"): (
        "ht", "ht_k", "million_ht", "be", "be_k", "range_ht", "about_ht", "bound_ht", "per_ht", "part_ht", "works_ht",
    ),
    ("EUR", "TTC"): ("ttc", "ttc_k", "be_ttc"),
    ("EUR", None): ("bare", "bare_k", "million", "range", "about", "bound", "per"),
    ("CHF", None): ("ch", "ch_k", "ch_million", "range_ch"),
    ("CHF", "HT"): ("ch_ht",),
    ("CHF", "TTC"): ("ch_ttc",),
    ("CAD", None): ("ca",),
    ("XOF", None): ("cfa",),
    ("XOF", "HT"): ("cfa_ht",),
    ("MAD", None): ("ma",),
    ("MAD", "HT"): ("ma_ht",),
    ("USD", None): ("usd",),
}  # fmt: skip
_MEANS: Mapping[str, Mapping[str, Any]] = {
    kind: {"currency": currency, "tax": tax} for (currency, tax), kinds in _KINDS_OF.items() for kind in kinds
}
_MILLIONS = {"ht": "million_ht", "ht_k": "million_ht", "bare": "million", "bare_k": "million", "ch": "ch_million"}
_RATES = {"cfa": 650, "cfa_ht": 650, "ma": 11, "ma_ht": 11, "ca": 1.5}


@dataclass(frozen=True, slots=True)
class AmountForms:
    """How one brochure prints its fees. `unit`: what the label says where cells are bare ("(k€ HT)")."""

    main: str
    stray: Mapping[str, float]
    strayness: float
    space: str
    unit: str | None
    builds: bool
    firm: str
    kept: dict[str, str] = field(default_factory=dict)

    def form(self, rng: Random, kind: str) -> str:
        if kind not in self.kept or rng.random() < 0.1:
            some = drawn(rng, "amounts", kind)
            self.kept.setdefault(kind, some)
            return some
        return self.kept[kind]


def amount_forms(rng: Random, country: str, firm: str, builds: bool) -> AmountForms:
    """Forms by lot. `builds`: the profession prints fees beside costs of works."""
    own = country if country in _MAIN else "AF"
    units = {"FR": "units", "BE": "units_be", "CH": "units_ch"}.get(own)
    unit = drawn(rng, "amounts", units) if units and rng.random() < 0.1 else None
    return AmountForms(
        main=weighed(rng, _MAIN[own]),
        stray=_STRAY.get(own, _STRAY["FR"]),
        strayness=pick(rng, (0.0, 0.05, 0.15, 0.4)),
        space=pick(rng, (" ", " ", " ", "\u00a0", "\u202f")),
        unit=unit,
        builds=builds,
        firm=firm,
    )


def amount(rng: Random, forms: AmountForms, euros: int) -> Printed:
    """A fee of about so many euros, as printed, and what it means."""
    if forms.unit:
        return _in_unit(rng, forms, euros)
    kind = weighed(rng, forms.stray) if rng.random() < forms.strayness else forms.main
    if forms.builds and kind in ("ht", "ht_k") and rng.random() < 0.04:
        kind = "works_ht"
    if euros >= 1_000_000 and kind in _MILLIONS:
        kind = _MILLIONS[kind]
    form = forms.form(rng, kind)
    return _filled(rng, forms, form, kind, _rounded(form, _in_currency(kind, euros)))


def missing_amount(rng: Random) -> Printed:
    """ "NC" in place of a fee."""
    text = drawn(rng, "amounts", "none")
    return Printed(text, Role.AMOUNT, {"findings": ["amount_missing"], "amount_raw": text})


def works_cost(rng: Random, forms: AmountForms, country: str) -> str:
    """Cost of works, never the fee: "2,3 M€ HT"."""
    millions = max(rng.lognormvariate(0.7, 1.0), 0.15)
    decimal = f"{millions:.1f}".replace(".", ",") if millions < 20 else f"{millions:.0f}"
    whole = number(int(millions * 1000) * 1000 + pick(rng, (0, 0, 500, 250)), forms.space)
    if country == "CH":
        return pick(
            rng,
            (
                f"CHF {decimal} mio",
                f"CHF {whole.replace(forms.space, chr(39))}.–",
                f"{decimal} mio CHF",
                f"CHF {decimal} mio TTC",
            ),
        )
    if country == "BE":
        return pick(rng, (f"{decimal} M€ HTVA", f"{whole} € HTVA", f"{whole.replace(forms.space, '.')} € HTVA"))
    if country == "CA":
        return pick(rng, (f"{decimal} M$", f"{whole} $"))
    if country not in ("FR", "LU"):
        return pick(rng, (f"{number(int(millions * 650) * 1000000, forms.space)} FCFA", f"{decimal} millions d'euros"))
    return pick(
        rng,
        (
            f"{decimal} M€ HT",
            f"{decimal} M€HT",
            f"{decimal} M€",
            f"{whole} € HT",
            f"{decimal} M€ TTC",
            f"{decimal} millions d'euros",
            f"{whole} €",
        ),
    )


# ---- parts


def _filled(rng: Random, forms: AmountForms, form: str, kind: str, value: float) -> Printed:
    second = _rounded(form, value * rng.uniform(1.15, 1.6)) if "2}" in form else None
    if second is not None and second <= value:
        second = value + (5000 if "{k" in form else 1000)
    words = {**_figures(value, "", forms.space), **(_figures(second, "2", forms.space) if second else {})}
    words |= {"p": number(int(value * rng.uniform(0.2, 0.7)) // 100 * 100, forms.space), "firm": forms.firm}
    words |= {"w": f"{rng.uniform(0.6, 9):.1f}".replace(".", ","), "n": str(rng.randint(2, 4))}
    text = form.format_map(words)
    return Printed(text, Role.AMOUNT, {"amount_raw": text, "amount": value, "amount_max": second, **_MEANS[kind]})


def _figures(value: float, mark: str, space: str) -> dict[str, str]:
    whole = int(value)
    cents = f",{round((value - whole) * 100):02}" if value != whole else ""
    thousands = f"{value / 1000:g}".replace(".", ",")
    return {
        f"v{mark}": number(whole, space) + cents, f"dot{mark}": number(whole, ".") + cents,
        f"apo{mark}": number(whole, "'"), f"raw{mark}": str(whole), f"k{mark}": thousands,
        f"m{mark}": f"{value / 1e6:g}".replace(".", ","),
    }  # fmt: skip


def _rounded(form: str, value: float) -> float:
    """What the form can print: thousands for "{k}", tenths of millions for "{m}"."""
    if "{m}" in form:
        return max(round(value / 1e5), 1) * 100_000
    if "{k" in form:
        step = 500 if value < 30_000 else 1000
        return max(round(value / step), 2) * step
    step = 10 if value < 3000 else 50 if value < 200_000 else 1000
    return max(round(value / step), 1) * step


def _in_currency(kind: str, euros: int) -> float:
    rate = _RATES.get(kind, 1)
    value = euros * rate
    return value // 10_000 * 10_000 if rate == 650 else value


def _in_unit(rng: Random, forms: AmountForms, euros: int) -> Printed:
    """A bare figure: the label says what it counts."""
    unit = forms.unit or ""
    low = unit.lower()
    kilo = "k€" in low
    value = _rounded("{k}" if kilo else "{v}", euros)
    figures = _figures(value, "", forms.space)
    text = figures["k"] if kilo else figures["apo" if "CHF" in unit and rng.random() < 0.7 else "v"]
    tax = "HT" if "ht" in low else "TTC" if "ttc" in low else None
    gold = {"amount": value, "amount_max": None, "currency": "CHF" if "CHF" in unit else "EUR", "tax": tax}
    return Printed(text, Role.AMOUNT, {"amount_raw": text, **gold})
