"""Pairs of editions of firms drawn by lot: all that happens to a brochure in a year, in plain layouts of many wordings.

usage: python -m tests.samples.pairs FOLDER SEED…
"""

from __future__ import annotations

import copy
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import yaml

from tests.samples.content import Brochure, Mission
from tests.samples.editions import Pair, pair_of
from tests.samples.paper import A4, A4_LANDSCAPE, Flow, Look, Paper, Table, Type

Dated = Literal["cover", "metadata", "file name", "newest mission"]
LAYOUTS = ("fiches", "table", "sheets", "markdown", "text")
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
WORDINGS = (
    ("Client", "Période", "Montant", "Contact", "Partenaires", "Contexte", "Démarche", "Résultats"),
    ("Maître d'ouvrage", "Dates", "Montant de la mission", "Interlocuteur", "Cotraitants", "Contexte et enjeux",
     "Notre intervention", "Résultats"),
    ("Commanditaire", "Durée / dates", "Honoraires", "Personne à contacter", "En partenariat avec", "Le contexte",
     "Méthode", "Bilan"),
)  # fmt: skip


@dataclass(frozen=True)
class Drawn:
    """Both editions as files. `edits`: ordinal in the older edition -> what was done to it."""

    pair: Pair
    files: tuple[Path, Path]
    edits: dict[int, str]
    layout: str
    dated: Dated


def draw_pair(seed: int, folder: Path, layout: str | None = None) -> Drawn:
    """Firm, missions, layout, wording, place of the date and who gets which edit are drawn by lot from `seed`."""
    dice = random.Random(seed)
    pools = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"))
    old = _invent(dice, pools)
    new, origin, edits = _a_year_later(old, dice, pools)
    layout = layout or LAYOUTS[seed % len(LAYOUTS)]
    wording = dice.choice(WORDINGS)
    where: list[Dated] = ["cover", "file name", "newest mission"]
    dated = dice.choice([*where, "metadata"] if layout in ("fiches", "table", "sheets") else where)
    files = tuple(_draw(b, folder, f"pair{seed}", y, layout, wording, dated) for b, y in ((old, 2022), (new, 2024)))
    return Drawn(pair_of(old, new, origin), (files[0], files[1]), edits, layout, dated)


FORMATS = ("fiches", "sheets", "markdown", "text", "table")


def draw_formats(seed: int, folder: Path, layouts: Sequence[str] = FORMATS) -> list[Path]:
    """One edition, drawn in each of these layouts; a table comes last, for it leaves texts out."""
    dice = random.Random(seed)
    brochure = _invent(dice, yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8")))
    wording = dice.choice(WORDINGS)
    return [_draw(brochure, folder, f"{layout}{seed}", 2022, layout, wording, "cover") for layout in layouts]


def _invent(dice: random.Random, pools: dict[str, Any]) -> Brochure:
    pools = {name: dice.sample(pool, len(pool)) for name, pool in pools.items()}
    missions: list[Mission] = []
    for number, topic in enumerate(pools["topics"][:15], 1):
        domain = pools["domains"][(number - 1) // 5][0]
        missions.append(_mission(dice, pools, number, topic, domain))
    _twins(missions, dice)
    return Brochure("pair", pools["firms"][0], missions, [], [], [])


def _mission(dice: random.Random, pools: dict[str, Any], number: int, topic: dict[str, Any], domain: str) -> Mission:
    clients = (
        f"Ville {_of(pools['places'][number])}",
        f"Communauté de communes {_of(pools['areas'][number % 10])}",
        f"Communauté d'agglomération {_of(pools['areas'][number % 10])}",
        f"Syndicat mixte {_of(pools['areas'][number % 10])}",
        f"Commune {_of(pools['places'][number])}",
    )
    year = dice.choice((2018, 2019, 2020, 2021))
    first, last = dice.randint(1, 6), dice.randint(7, 12)
    fee = dice.randint(120, 980) * 100
    person = pools["people"][number % 20]
    return Mission(
        title=topic["title"], client=clients[number % 5], client_type=None, country="FR", domain=domain,
        client_stated=True, aliases=[], when=_from_to(year, first, last), fee=_fee(fee), currency="EUR",
        contacts=[_contact(person, dice.choice(pools["roles"]), f"client{number}.example")], contact="",
        partners=pools["partners"][:1] if number % 4 == 0 else [], context=[topic["context"]],
        approach=list(topic["approach"]), results=list(topic["results"]), findings=[], ongoing=False,
        show={"light": topic["light"], "heavy": topic["heavy"]}, extra={}, without=[], number=number,
    )  # fmt: skip


def _twins(missions: list[Mission], dice: random.Random) -> None:
    """One heading twice, for two years; and two missions for one client in one year."""
    twin, other = dice.sample(range(10), 2)
    again = copy.deepcopy(missions[twin])
    again.when, again.fee = ["2016", "2016", "2016"], _fee(7_400)
    again.context = ["La première campagne n'avait porté que sur la moitié du territoire."]
    again.approach, again.results = ["Reprise de la méthode sur un échantillon réduit"], ["Une suite a été demandée."]
    neighbour = missions[10]
    neighbour.client, neighbour.when = missions[other].client, list(missions[other].when)
    missions.insert(twin + 2, again)
    again.domain = missions[twin + 1].domain
    for number, mission in enumerate(missions, 1):
        mission.number = number


def _a_year_later(
    old: Brochure, dice: random.Random, pools: dict[str, Any]
) -> tuple[Brochure, dict[int, int], dict[int, str]]:
    new = copy.deepcopy(old)
    origin = {id(m): m.number for m in new.missions}
    done: dict[int, str] = {}
    for edit, mission in zip(EDITS, dice.sample(new.missions, len(EDITS)), strict=False):
        edit(mission)
        done[mission.number] = edit.__name__.strip("_")
    gone = dice.choice([m for m in new.missions if m.number not in done])
    done[gone.number] = "removed"
    new.missions.remove(gone)
    like = dice.choice(new.missions)
    new.missions.insert(dice.randrange(len(new.missions)), _like(like))
    unused = next(t for t in pools["topics"] if all(t["title"] != m.title for m in old.missions))
    added = _mission(dice, {n: list(p) for n, p in pools.items()}, 17, unused, pools["domains"][0][0])
    added.when = _from_to(2023, 2, 11)
    new.missions.insert(0, added)
    _rename_domain(new, pools["domains"][dice.randrange(3)])
    new.missions = _another_order(new, dice)
    for number, mission in enumerate(new.missions, 1):
        mission.number = number
    return new, origin, done


def _another_order(brochure: Brochure, dice: random.Random) -> list[Mission]:
    ordered = []
    for domain in dice.sample(brochure.domains, len(brochure.domains)):
        missions = brochure.of_domain(domain)
        turn = dice.randrange(len(missions))
        ordered += missions[turn:] + missions[:turn]
    return ordered


def _rename_domain(brochure: Brochure, names: Sequence[str]) -> None:
    for mission in brochure.missions:
        if mission.domain == names[0]:
            mission.domain = names[1]


def _like(mission: Mission) -> Mission:
    """Another mission for the same client in the same year with a like title."""
    title = mission.title or ""
    return replace(
        copy.deepcopy(mission), title=f"Suivi et animation : {title[:1].lower()}{title[1:]}",
        fee=_fee(8_600), context=["La collectivité souhaitait un regard extérieur pendant la mise en œuvre."],
        approach=["Comité de suivi chaque trimestre"], results=["Deux bilans annuels ont été publiés."], partners=[],
    )  # fmt: skip


# what is done to a mission


def _light_title(m: Mission) -> None:
    m.title = m.show["light"]


def _heavy_title(m: Mission) -> None:
    m.title = m.show["heavy"]


def _heavy_title_and_text(m: Mission) -> None:
    m.title = m.show["heavy"]
    m.results = ["Le conseil en a délibéré.", *m.results]


def _client_respelt(m: Mission) -> None:
    """Short for long, "Commune" for "Ville", and back."""
    spellings = {
        "Communauté de communes": "CC", "Communauté d'agglomération": "CA", "Syndicat mixte": "SM", "Ville": "Commune",
        "Commune": "Ville",
    }  # fmt: skip
    long = next(s for s in spellings if (m.client or "").startswith(s))
    m.client = spellings[long] + (m.client or "").removeprefix(long)


def _client_merged(m: Mission) -> None:
    m.client = f"Communauté d'agglomération Orle et Cerlange (ex-{m.client})"


def _client_and_title(m: Mission) -> None:
    _client_respelt(m)
    m.title = m.show["light"]


def _amount_corrected(m: Mission) -> None:
    m.fee = _fee(int(m.fee[1]) + 1_150)


def _contact_replaced(m: Mission) -> None:
    m.contacts = [_contact("Barnabé Sauzéat", "directeur général", "nouveau.example")]


def _period_extended(m: Mission) -> None:
    year = int(m.when[1][:4])
    m.when = [f"{year} à {year + 2}", str(year), str(year + 2)]


def _bullet_added(m: Mission) -> None:
    m.approach = [*m.approach, "Restitution en réunion publique"]


def _partner_added(m: Mission) -> None:
    m.partners = [*m.partners, "Coopérative Les Deux Rives"]


EDITS: tuple[Callable[[Mission], None], ...] = (
    _light_title, _heavy_title, _heavy_title_and_text, _client_respelt, _client_merged, _client_and_title,
    _amount_corrected, _contact_replaced, _period_extended, _bullet_added, _partner_added,
)  # fmt: skip


# small parts


def _of(name: str) -> str:
    return f"d'{name}" if name[0] in "AEÉIOUY" else f"de {name}"


def _from_to(year: int, first: int, last: int) -> list[str]:
    return [f"{MONTHS[first - 1].capitalize()} à {MONTHS[last - 1]} {year}", f"{year}-{first:02}", f"{year}-{last:02}"]


def _fee(amount: int) -> list[str]:
    return [f"{amount:,} € HT".replace(",", " "), str(amount), "HT"]


def _contact(name: str, role: str, domain: str) -> dict[str, Any]:
    local = name.split()[-1].lower().translate(str.maketrans("éèêàâôç'ïî", "eeeaaoc-ii"))
    return {"name": name, "role": role, "email": f"{local}@{domain}", "phone": None, "left": False}


# layouts


def _draw(
    brochure: Brochure, folder: Path, name: str, year: int, layout: str, wording: tuple[str, ...], dated: Dated
) -> Path:
    stem = f"{name}-{year}" if dated == "file name" else f"{name}-{'b' if year == 2024 else 'a'}"
    cover = f"Édition mars {year}" if dated == "cover" else "Choix de références"
    for m in brochure.missions:
        m.contact = ", ".join(m.contacts[0][k] for k in ("name", "role", "email"))
    if layout in ("markdown", "text"):
        path = folder / f"{stem}.{'md' if layout == 'markdown' else 'txt'}"
        path.write_text(_as_text(brochure, cover, wording, layout == "markdown"), encoding="utf-8")
        return path
    path = folder / f"{stem}.pdf"
    size = A4_LANDSCAPE if layout == "table" else A4
    paper = Paper(path, size, "Références", brochure.firm)
    paper.line(60, 250, brochure.firm, Type("Helvetica-Bold", 30))
    paper.line(60, 300, "Références", Type("Helvetica", 20))
    paper.line(60, 700 if size == A4 else 500, cover, Type("Helvetica", 11))
    paper.next()
    {"fiches": _fiches, "table": _table, "sheets": _sheets}[layout](paper, brochure, wording)
    paper.save()
    if dated == "metadata":
        data = path.read_bytes()
        path.write_bytes(data.replace(b"D:20000101000000", b"D:%d0304101500" % year))
    return path


def _rows(m: Mission, wording: tuple[str, ...]) -> list[tuple[str, str]]:
    values = (m.client or "", m.when_printed, m.fee_printed, m.contact, ", ".join(m.partners))
    return [(label, value) for label, value in zip(wording, values, strict=False) if value]


def _parts(m: Mission, wording: tuple[str, ...]) -> list[tuple[str, list[str]]]:
    return list(zip(wording[5:], (m.context, m.approach, m.results), strict=True))


def _fiches(paper: Paper, brochure: Brochure, wording: tuple[str, ...]) -> None:
    flow = Flow(paper, 60, 475, 70, 780)
    for domain in brochure.domains:
        flow.new_page() if flow.top > 70 else None
        flow.text(domain, Type("Helvetica-Bold", 20, "#20506a"), 12)
        for m in brochure.of_domain(domain):
            flow.need(170)
            flow.text(m.title or "", Type("Helvetica-Bold", 13, "#902020"), 5)
            for label, value in _rows(m, wording):
                flow.pair(label, value, 140, Type("Helvetica-Bold", 9), Type("Helvetica", 9))
            for label, texts in _parts(m, wording):
                flow.text(label, Type("Helvetica-Bold", 10, "#20506a"), 1)
                flow.bullets(texts, Type("Times-Roman", 10.5))
            flow.top += 16
    paper.next()


def _sheets(paper: Paper, brochure: Brochure, wording: tuple[str, ...]) -> None:
    """One mission a page: facts at the left, texts at the right."""
    for m in brochure.missions:
        paper.line(50, 40, (m.domain or "").upper(), Type("Helvetica", 9, "#777777"))
        top = paper.block(50, 62, 490, m.title or "", Type("Helvetica-Bold", 18)) + 14
        side = top
        for label, value in _rows(m, wording):
            paper.line(50, side, label, Type("Helvetica-Bold", 9, "#20506a"))
            side = paper.block(50, side + 12, 150, value, Type("Helvetica", 9)) + 9
        for label, texts in _parts(m, wording):
            paper.line(230, top, label, Type("Helvetica-Bold", 11, "#20506a"))
            top = paper.bullets(230, top + 16, 310, texts, Type("Helvetica", 10)) + 10
        paper.line(540, 810, str(paper.page), Type("Helvetica", 8, align="right"))
        paper.next()


def _table(paper: Paper, brochure: Brochure, wording: tuple[str, ...]) -> None:
    look = Look(Type("Helvetica-Bold", 8), Type("Helvetica", 8.5), "#e4e4e4", rules="#555555", uprights="#555555",
                band_fill="#cfe2ea")  # fmt: skip
    names = ("Mission", *wording[:4], wording[5])
    table = Table(
        Flow(paper, 36, 770, 60, 530),
        list(zip(names, (190.0, 130.0, 90.0, 70.0, 130.0, 160.0), ("left",) * 6, strict=True)),
        look,
    )
    table.header()
    for domain in brochure.domains:
        table.band(domain)
        for m in brochure.of_domain(domain):
            m.approach, m.results, m.partners = [], [], []
            table.row((m.title or "", m.client or "", m.when_printed, m.fee_printed, m.contact, m.context[0]))
    paper.next()


def _as_text(brochure: Brochure, cover: str, wording: tuple[str, ...], marked: bool) -> str:
    lines = [f"# {brochure.firm}" if marked else brochure.firm, "", "Références", "", cover, ""]
    for domain in brochure.domains:
        lines += [f"# {domain}", ""]
        for m in brochure.of_domain(domain):
            lines += [f"## {m.title}" if marked else f"{m.client} : {m.title}", ""]
            rows = _rows(m, wording) if marked else _rows(m, wording)[1:]
            parts = _parts(m, wording)
            if not marked:
                for label, texts in parts:
                    lines += [label, "", "\n".join(f"- {text}" for text in texts), ""]
            for label, value in rows:
                lines += [f"**{label}** : {value}", ""] if marked else [label, "", value, ""]
            if marked:
                for label, texts in parts:
                    lines += [f"**{label}**", "", *(f"- {text}" for text in texts), ""]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    for seed in map(int, sys.argv[2:]):
        drawn = draw_pair(seed, Path(sys.argv[1]))
        print(seed, drawn.layout, drawn.dated, *(path.name for path in drawn.files), drawn.edits)
