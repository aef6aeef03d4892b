"""Draws how one brochure says things: labels, signs, looks; coherent in a brochure, each dimension by its own lot."""

from __future__ import annotations

import colorsys
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from carnet.pipeline.teach.content import Brochure
from carnet.pipeline.teach.facts.grammar import Speaker
from carnet.pipeline.teach.facts.lists import load, pick, weighed
from carnet.pipeline.teach.nodes import PLAIN, Look
from carnet.pipeline.teach.voice import Voice
from carnet.schemas.roles import Role

_FACTS = (
    Role.CLIENT, Role.PLACE, Role.PERIOD, Role.START, Role.END, Role.DURATION, Role.AMOUNT, Role.STATUS, Role.PARTNERS,
    Role.CONTACT, Role.REFERENCE,
)  # fmt: skip
_LABELLED = (Role.TITLE, Role.DOMAIN, *_FACTS, Role.EMAIL, Role.PHONE, Role.CONTEXT, Role.APPROACH, Role.RESULTS)
_TEXTS = (Role.CONTEXT, Role.APPROACH, Role.RESULTS)
_GROUPS: Mapping[str, str] = {
    **dict.fromkeys(("archi", "ing", "paysage", "urba", "amo", "travaux", "archeo"), "builds"),
    "form": "form",
    "num": "num",
}
_KINDS = {"usual": 62.0, "wide": 18.0, "ask": 6.0, "icon": 4.0, "foreign": 2.0, "bare": 10.0}
_FOREIGN = {"BE": ("nl", "nl", "en"), "LU": ("de", "en"), "CH": ("de", "de", "en"), "CA": ("en",)}
_ENDS = {" :": 6.0, ":": 4.0, "": 5.0, " –": 1.0, " -": 0.7, " |": 0.6, " >": 0.4, " /": 0.3, ".": 0.5, " =": 0.15}
_CASES = {"as is": 62.0, "capitals": 12.0, "plain capitals": 7.0, "low": 8.0, "titled": 3.0}
_BULLETS = ("•", "•", "–", "–", "-", "▪", "■", "►", "→", "›", "»", "✓", "○", "◦", "*", "·", "♦", "▸", "")
_SMALL_CAPITALS = Look(size=8.0, upper=True)
_BARS = (" | ", " | ", " – ", " · ", " • ", " / ", "  ", " ; ", ", ", " — ", " › ", " // ")
_JOINTS = (", ", ", ", ", ", " – ", " – ", " - ", "\n", "\n", " · ", " / ", " | ", " ; ", " // ", " ")
_HEADS = {
    "{client} : {title}": 4.0, "{client} – {title}": 5.0, "{title} – {client}": 3.0, "{title}, {client}": 1.5,
    "{title} ({client})": 2.5, "{title} pour {client}": 0.7, "{client}\n{title}": 2.0, "{title}\n{client}": 2.0,
    "{client} - {title}": 1.5, "{title} - {client}": 1.0, "{client} | {title}": 0.8, "{client}. {title}": 0.4,
    "{client}, {title}": 0.8, "{title} / {client}": 0.5, "{client} > {title}": 0.2,
}  # fmt: skip


def voice(rng: Random, brochure: Brochure) -> Voice:
    """How this brochure speaks."""
    wording = _wording(rng, brochure)
    labels, heads = _labels(rng, brochure, wording)
    colors = _colors(rng)
    return Voice(
        labels=labels,
        head_words=heads,
        label_end=weighed(rng, _ENDS),
        looks=_looks(rng, colors),
        order=_order(rng),
        accent=colors.accent,
        accent2=colors.accent2,
        tint=colors.tint,
        bullet=pick(rng, _BULLETS),
        bar=pick(rng, _BARS),
        contact_parts=_contact_parts(rng),
        contact_joint=pick(rng, _JOINTS),
        partner_joint=pick(rng, (", ", ", ", " – ", " / ", " ; ", " et ", " + ", "\n", " & ")),
        head_form=weighed(rng, _HEADS),
        labelled=wording.kind != "bare",
        contact_leads=_leads(rng, wording),
        contact_forms=pick(
            rng, ({}, {}, {"role": "({})"}, {"role": "({})"}, {"email": "<{}>"}, {"email": "({})"}, {"phone": "({})"})
        ),
    )


# ---- words


@dataclass(frozen=True, slots=True)
class _Wording:
    """Where labels come from: a kind of wording, then lists in the order in which they are asked."""

    kind: str
    lists: Sequence[str]
    foreign: str
    group: str
    country: str
    case: Callable[[str], str]


def _wording(rng: Random, brochure: Brochure) -> _Wording:
    foreign = _FOREIGN.get(brochure.country, ("en",))
    kinds = dict(_KINDS)
    kinds["foreign"] = 10.0 if brochure.country in _FOREIGN else 1.0
    if brochure.amount_unit:
        kinds["bare"] = 0.0
    country = brochure.country if brochure.country in ("BE", "CH", "LU", "CA", "FR") else "AF"
    apostrophe = brochure.apostrophe
    case = _CASED[weighed(rng, _CASES)]
    return _Wording(
        kind=weighed(rng, kinds),
        lists=("usual",) if rng.random() < 0.8 else ("usual", "rare"),
        foreign=pick(rng, foreign),
        group=_GROUPS.get(brochure.profession, ""),
        country=country,
        case=lambda word: case(word).replace("'", apostrophe),
    )


def _labels(rng: Random, brochure: Brochure, wording: _Wording) -> tuple[dict[Role, str], dict[Role, str]]:
    """Labels and heads of columns: no two alike, none like those of extras, none at all for a "bare" voice."""
    extras = {extra.label.lower() for mission in brochure.missions[:4] for extra in mission.extras}
    taken = set(extras)
    labels: dict[Role, str] = {}
    heads: dict[Role, str] = {}
    for role in _LABELLED:
        word = _fresh(rng, role, wording, taken)
        word = _with_unit(rng, word, brochure.amount_unit) if role is Role.AMOUNT else word
        labels[role] = wording.case(word)
        same = rng.random() < 0.35 or role is Role.AMOUNT and brochure.amount_unit
        head = _word(rng, load("labels")["heads"][role.value])
        heads[role] = labels[role] if same or head.lower() in extras else wording.case(head)
    if wording.kind == "bare":
        kept = _TEXTS if rng.random() < 0.5 else ()
        labels = {role: label for role, label in labels.items() if role in kept}
    elif rng.random() < 0.25:
        labels = _without_some(rng, labels, brochure)
    return labels, heads


def _fresh(rng: Random, role: Role, wording: _Wording, taken: set[str]) -> str:
    """A label that means nothing else in this brochure."""
    word = ""
    for _ in range(8):
        word = _word(rng, _list(rng, role, wording))
        if word.lower() not in taken:
            break
    taken.add(word.lower())
    return word


def _list(rng: Random, role: Role, wording: _Wording) -> str:
    """The list that a label comes from."""
    lists = load("labels")[role.value]
    if wording.kind in ("ask", "icon") and rng.random() < 0.85:
        return f"{role.value}/{wording.kind}"
    if wording.kind == "foreign" and wording.foreign in lists and lists[wording.foreign] and rng.random() < 0.9:
        return f"{role.value}/{wording.foreign}"
    if wording.group in lists and rng.random() < 0.55:
        return f"{role.value}/{wording.group}"
    if wording.country in lists and rng.random() < 0.5:
        return f"{role.value}/{wording.country}"
    rare = (
        "rare"
        if wording.kind == "wide" and rng.random() < 0.65
        else wording.lists[-1]
        if rng.random() < 0.4
        else "usual"
    )
    return f"{role.value}/{rare}"


def _word(rng: Random, entries: str | Sequence[str]) -> str:
    """An entry by its weight, its brackets settled."""
    key = entries if isinstance(entries, str) else "\n".join(entries)
    words, sums = _weights(key)
    word = rng.choices(words, cum_weights=sums)[0]
    return Speaker(rng).fill(word) if "[" in word else word


@lru_cache
def _weights(key: str) -> tuple[tuple[str, ...], tuple[float, ...]]:
    role, _, name = key.partition("/")
    entries = load("labels")[role][name] if "\n" not in key and role in load("labels") else key.split("\n")
    words, sums, total = [], [], 0.0
    for entry in entries:
        word, star, weight = str(entry).rpartition("*")
        total += float(weight) if star else 1.0
        words.append(word if star else weight)
        sums.append(total)
    return tuple(words), tuple(sums)


def _with_unit(rng: Random, word: str, unit: str | None) -> str:
    """The label of bare figures says what they count."""
    if not unit:
        return word
    base = pick(
        rng,
        ("Montant", "Montant", "Honoraires", "Budget", "Montant de la mission", "Coût", "Prix", "Montant du marché"),
    )
    return f"{base} {unit}"


def _without_some(rng: Random, labels: dict[Role, str], brochure: Brochure) -> dict[Role, str]:
    """Some values explain themselves: a client, a date, a person under no label."""
    kept = {Role.AMOUNT} if brochure.amount_unit else set()
    dropped = {role for role in (*_FACTS, *_TEXTS) if rng.random() < 0.3 and role not in kept}
    return {role: label for role, label in labels.items() if role not in dropped}


# ---- cases of labels


def _plain_capitals(word: str) -> str:
    """ "MAITRE D'OUVRAGE": capitals without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", word.upper()) if not unicodedata.combining(c))


def _titled(word: str) -> str:
    return " ".join(part[:1].upper() + part[1:] for part in word.split(" "))


def _low(word: str) -> str:
    """Small letters, initials left: "maître d'ouvrage", "MOA"."""
    return " ".join(part if part[1:2].isupper() else part.lower() for part in word.split(" "))


_CASED: Mapping[str, Callable[[str], str]] = {
    "as is": str,
    "capitals": str.upper,
    "plain capitals": _plain_capitals,
    "low": _low,
    "titled": _titled,
}

# ---- order, contacts


def _order(rng: Random) -> tuple[Role, ...]:
    """Facts in the order that most have, a little shuffled, or by lot."""
    order = list(_FACTS)
    if rng.random() < 0.5:
        rng.shuffle(order)
    else:
        for _ in range(rng.randint(0, 4)):
            order.insert(rng.randrange(len(order)), order.pop(rng.randrange(len(order))))
    return tuple(order)


def _contact_parts(rng: Random) -> tuple[str, ...]:
    parts = ["name", "role", "email", "phone"]
    match weighed(rng, {"usual": 4, "phone first": 3, "role first": 1, "contact first": 0.5}):
        case "phone first":
            parts = ["name", "role", "phone", "email"]
        case "role first":
            parts = ["role", "name", "phone", "email"]
        case "contact first":
            parts = ["email", "phone", "name", "role"]
    return tuple(parts)


def _leads(rng: Random, wording: _Wording) -> dict[str, str]:
    """Words before number and address: "Tél. : ", "Mail : "."""
    if rng.random() < 0.6:
        return {}
    kind = wording.kind if wording.kind == "icon" else "usual"
    end = pick(rng, (" : ", " : ", " ", " ", ": "))
    leads = {part: _word(rng, f"{part}/{kind}") + end for part in ("phone", "email")}
    return {p: word for p, word in leads.items() if p == "phone" or rng.random() < 0.5}


# ---- colours and looks


@dataclass(frozen=True, slots=True)
class _Colors:
    accent: str
    accent2: str
    tint: str
    grey: str


def _colors(rng: Random) -> _Colors:
    """Two accents, a pale fill and a grey; some brochures are black and grey."""
    hue, other = rng.random(), rng.random()
    if rng.random() < 0.15:
        return _Colors("#111111", "#555555", pick(rng, ("#eeeeee", "#f3f3f3", "#e2e2e2")), "#777777")
    accent = _hex(hue, rng.uniform(0.25, 0.5), rng.uniform(0.35, 0.95))
    accent2 = _hex(other, rng.uniform(0.3, 0.6), rng.uniform(0.4, 0.95))
    tint = _hex(hue if rng.random() < 0.7 else other, rng.uniform(0.9, 0.97), rng.uniform(0.15, 0.7))
    return _Colors(accent, accent2, tint, pick(rng, ("#555555", "#666666", "#777777", "#8a8a8a")))


def _hex(hue: float, light: float, full: float) -> str:
    return "#" + "".join(f"{round(255 * part):02x}" for part in colorsys.hls_to_rgb(hue, light, full))


def _looks(rng: Random, colors: _Colors) -> dict[str, Look]:
    """Looks for each use, meant for running text of 10 points."""
    title = _loud(rng, colors, pick(rng, (8.5, 9.5, 10.0, 10.0, 11.0, 12.0, 13.0, 14.0, 16.0, 18.0, 21.0, 26.0)))
    client = _loud(rng, colors, pick(rng, (8.0, 9.0, 10.0, 10.0, 11.0, 12.0, 14.0, 18.0, 24.0)))
    if rng.random() < 0.12:
        client = title
    label = _label_look(rng, colors)
    value = pick(
        rng, (PLAIN, PLAIN, PLAIN, Look(bold=True), Look(size=9.0), Look(color=colors.accent), Look(italic=True))
    )
    small_grey = Look(size=8.5, color=colors.grey)
    text_label = _loud(rng, colors, pick(rng, (9.0, 10.0, 10.0, 11.0, 12.0, 14.0)))
    text = pick(rng, (PLAIN, PLAIN, PLAIN, Look(size=9.5), Look(size=9.0), Look(color="#333333"), Look(size=8.5)))
    return {
        "title": title,
        "client": client,
        "label": label,
        "value": value,
        "text_label": label if rng.random() < 0.25 else text_label,
        "text": text,
        "domain": _loud(rng, colors, pick(rng, (11.0, 14.0, 18.0, 22.0, 28.0, 36.0))),
        "small": Look(size=pick(rng, (6.0, 6.5, 7.0, 7.5, 8.0)), color=pick(rng, (None, colors.grey, colors.grey))),
        "date": pick(rng, (PLAIN, Look(bold=True), Look(italic=True), Look(color=colors.accent), small_grey)),
        "kicker": _kicker(rng, colors),
        "head": pick(rng, (Look(bold=True), Look(bold=True), Look(bold=True, size=9.0), _SMALL_CAPITALS, PLAIN)),
    }  # fmt: skip


def _loud(rng: Random, colors: _Colors, size: float) -> Look:
    """A look that stands out, or hardly: weight, colour, capitals each by lot. Of the text's size it stands out by
    something else."""
    plain = size > 11 and rng.random() < 0.25
    color = pick(rng, (None, None, colors.accent, colors.accent, colors.accent2))
    bold = not plain and (rng.random() < 0.75 or size <= 10 and color is None)
    capitals = rng.random()
    return Look(
        size=size,
        bold=bold or None,
        italic=rng.random() < 0.07 or None,
        color=color,
        font=_font(rng),
        upper=capitals < 0.13,
        small_caps=0.13 <= capitals < 0.18,
        tracking=pick(rng, (0.5, 1.0, 1.5)) if rng.random() < 0.07 else 0.0,
        underline=rng.random() < 0.03,
    )


def _label_look(rng: Random, colors: _Colors) -> Look:
    match weighed(rng, {"bold": 6, "colour": 3, "grey": 2, "small": 2, "caps": 1, "italic": 1, "plain": 2}):
        case "bold":
            return Look(bold=True, color=pick(rng, (None, None, colors.accent)))
        case "colour":
            return Look(color=colors.accent)
        case "grey":
            return Look(color=colors.grey, size=pick(rng, (None, 8.5, 8.0)))
        case "small":
            tracking = pick(rng, (0.0, 0.0, 0.5, 1.0))
            return Look(
                size=pick(rng, (7.0, 7.5, 8.0)),
                color=pick(rng, (None, colors.grey, colors.accent)),
                upper=rng.random() < 0.5,
                tracking=tracking,
            )
        case "caps":
            return Look(small_caps=True, bold=rng.random() < 0.4 or None)
        case "italic":
            return Look(italic=True, underline=rng.random() < 0.2)
        case _:
            return Look(underline=rng.random() < 0.25)


def _kicker(rng: Random, colors: _Colors) -> Look:
    size = pick(rng, (7.0, 8.0, 8.0, 9.0, 10.0))
    upper = rng.random() < 0.5
    return Look(
        size=size,
        color=pick(rng, (colors.accent, colors.accent2, colors.grey)),
        upper=upper,
        bold=rng.random() < 0.4 or None,
        tracking=1.0 if upper and rng.random() < 0.3 else 0.0,
    )


def _font(rng: Random) -> str | None:
    """Another type than the text's, now and then."""
    from carnet.pipeline.teach.typst import FONTS

    return pick(rng, tuple(FONTS)) if rng.random() < 0.1 else None
