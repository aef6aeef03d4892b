"""`carnet site`: the public's missions as pages that need no server and no script: for a web host or a file share."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import duckdb
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from carnet.schemas.from_yaml import from_yaml
from carnet.warehouse.disk.errors import WarehouseError
from carnet.warehouse.disk.output import OutputFolder
from carnet.warehouse.disk.trouble import in_words
from carnet.warehouse.exports import french
from carnet.warehouse.exports.masking import Masker, SpanFinder, known_in
from carnet.warehouse.exports.recipients import folded
from carnet.warehouse.exports.resources import Audience
from carnet.warehouse.exports.staging import stage
from carnet.warehouse.exports.to_json import html_safe
from carnet.warehouse.exports.to_jsonld import context, works
from carnet.warehouse.store.db import Connection

HERE = Path(__file__).parent / "site"
MARK = "carnet-site.json"
"""Lists the files of a site, so that only what is ours is ever replaced."""
NEWEST = 60
FED = 50
RowOfView = Mapping[str, Any]


@dataclass(frozen=True)
class Site:
    """`url`: where it will stand, for what needs whole addresses. `domains`: each with the name of its page."""

    missions: Sequence[RowOfView]
    works: Mapping[str, Any]
    title: str
    url: str | None = None
    domains: Mapping[str, tuple[str, list[RowOfView]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Shown:
    """Missions of a site, and passages left out of it, in which somebody may be named."""

    missions: int
    left_out: int


@dataclass(frozen=True)
class SiteHeading:
    """What a site calls itself instead of « FIRM – Références »; where it will stand."""

    title: str | None = None
    url: str | None = None


USUAL = SiteHeading()


def write_site(
    con: Connection, out: OutputFolder, find: SpanFinder, heading: SiteHeading = USUAL, amounts: bool = True
) -> Shown:
    """The site in the folder `out`, which is replaced whole. `con`: from `open_trusted`. `find`: what is masked in a
    text: what is personal, without `amounts` what is money. WarehouseError when the folder holds other things."""
    folder = out.path
    check_site_folder(folder)
    with out.part() as part:
        try:
            mask = Masker(known_in(con), find, not amounts)
            stage(con, Audience.public, mask, amounts=amounts)
            site = _site(con, heading.title, heading.url)
        except duckdb.IOException as error:
            raise in_words(error, folder) or WarehouseError(f"{folder}: {str(error).splitlines()[0]}") from error
        _write_pages(site, part)
        _write_feeds(site, part)
        for name in ("site.css", "site.js"):
            shutil.copyfile(HERE / name, part / name)
        files = sorted(str(path.relative_to(part).as_posix()) for path in part.rglob("*") if path.is_file())
        (part / MARK).write_text(json.dumps({"files": files}, indent=1) + "\n", encoding="utf-8")
        out.replace_with(part, public=True)
    return Shown(len(site.missions), len(mask.left_out))


def check_site_folder(folder: Path) -> None:
    """WarehouseError unless the folder is new, empty or a site of ours with nothing in it that is somebody else's."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise WarehouseError(f"{folder}: a file, and a folder is needed; name another")
    try:
        ours = {*json.loads((folder / MARK).read_text(encoding="utf-8"))["files"], MARK}
    except (OSError, ValueError, KeyError, TypeError):
        ours = set()
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    if there - ours:
        raise WarehouseError(
            f"{folder}: holds {sorted(there - ours)[0]!r}, which no `carnet site` wrote and replacing the folder would "
            "lose; name an empty folder or a new one"
        )


def _site(con: Connection, title: str | None, url: str | None) -> Site:
    rows = con.execute(_MISSIONS)
    names = [column[0] for column in rows.description or ()]
    missions = [dict(zip(names, row, strict=True)) for row in rows.fetchall()]
    domains: dict[str, tuple[str, list[RowOfView]]] = {}
    for m in missions:
        name = m["domain"] or words()["no_domain"]
        domains.setdefault(name, (_slug(name), []))[1].append(m)
    firms = list(dict.fromkeys(m["firm"] for m in missions if m["firm"]))
    of_firm = words()["title_of"].format(firm=firms[0]) if len(firms) == 1 else words()["title"]
    told = {work["identifier"]: work for work in works(con)}
    return Site(missions, told, title or of_firm, url and url.rstrip("/") + "/", _in_order(domains))


def _in_order(domains: dict[str, tuple[str, list[RowOfView]]]) -> dict[str, tuple[str, list[RowOfView]]]:
    """As in a dictionary, « Énergie » beside « Environnement »; what is in none comes last."""
    return dict(sorted(domains.items(), key=lambda one: (one[0] == words()["no_domain"], folded(one[0]), one[0])))


_MISSIONS = """
SELECT m.*, p.partners, h.first_printed
FROM given_missions AS m
LEFT JOIN (SELECT mission_id, list(name ORDER BY ordinal) AS partners FROM given_partners GROUP BY mission_id) AS p
    USING (mission_id)
LEFT JOIN (SELECT mission_id, min(edition_date) AS first_printed FROM mission_history GROUP BY mission_id) AS h
    USING (mission_id)
ORDER BY coalesce(m.end_date, m.start_date) DESC NULLS LAST, m.brochure, m.ordinal
"""


@cache
def words() -> Any:  # the content of a YAML file of ours
    """What the site says: titles, menus, notes."""
    return from_yaml((HERE / "site.yml").read_text(encoding="utf-8"))


def _slug(name: str) -> str:
    """A file's name that every system takes; names that fold alike are told apart.

    >>> _slug("Eau & milieux")[:12]
    'eau-milieux-'
    """
    return f"{'-'.join(folded(name).split())[:60]}-{hashlib.sha256(name.encode()).hexdigest()[:6]}"


def _write_pages(site: Site, part: Path) -> None:
    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals |= {"site": site, "words": words(), "period": _period, "amount": _amount}
    for place in ("missions", "domaines", "cartes"):
        (part / place).mkdir()
    newest = environment.get_template("index.html.j2").render(newest=site.missions[:NEWEST], up="", ld=_list(site))
    _write(part / "index.html", newest)
    for name, (slug, missions) in site.domains.items():
        page = environment.get_template("domain.html.j2").render(name=name, missions=missions, up="../")
        _write(part / "domaines" / f"{slug}.html", page)
    template, card = (environment.get_template(f"{name}.html.j2") for name in ("mission", "card"))
    for m in site.missions:
        slug = site.domains[m["domain"] or words()["no_domain"]][0]
        ld = _ld(site.works[m["mission_id"]])
        page = template.render(m=m, slug=slug, up="../", ld=ld)
        _write(part / "missions" / f"{m['mission_id']}.html", page)
        _write(part / "cartes" / f"{m['mission_id']}.html", card.render(m=m, up="../"))
    _write(part / "references.js", f"window.references = {_found_by(site)};\n")


def _period(m: RowOfView) -> str:
    ongoing = str(words()["status"]["ongoing"]) if m["status"] == "ongoing" else ""
    return french.period(
        m["start_date"], m["end_date"], m["start_precision"], m["end_precision"], ongoing=ongoing
    )  # fmt: skip


def _amount(m: RowOfView) -> str:
    return french.amount(*(m.get(name) for name in ("amount", "amount_max", "currency", "tax")))


def _ld(work: Mapping[str, Any]) -> str:
    return html_safe(json.dumps({"@context": context(), **work}, ensure_ascii=False))


def _list(site: Site) -> str:
    items = [
        {"@type": "ListItem", "position": n, "url": f"{site.url or ''}missions/{m['mission_id']}.html"}
        for n, m in enumerate(site.missions[:NEWEST], 1)
    ]
    return html_safe(
        json.dumps(
            {"@context": context(), "@type": "ItemList", "name": site.title, "itemListElement": items},
            ensure_ascii=False,
        )
    )


def _found_by(site: Site) -> str:
    """What the search of the site knows, as a script: a file share lets no page fetch data."""
    rows = [
        [m["mission_id"], m["title"], m["client"], _period(m), folded(" ".join(_texts(m)))[:2000]]
        for m in site.missions
    ]
    return html_safe(json.dumps(rows, ensure_ascii=False))


def _texts(m: RowOfView) -> Iterator[str]:
    for name in ("title", "client", "domain", "context", "approach", "results"):
        value = m[name]
        yield from value if isinstance(value, list) else [value] if value else []


def _write_feeds(site: Site, part: Path) -> None:
    """Atom of the missions printed last; with an address, a sitemap too."""
    last = sorted(site.missions, key=lambda m: (m["first_printed"] or dt.date.min, m["mission_id"]), reverse=True)[:FED]
    entries = "".join(_entry(m, site.url) for m in last)
    updated = _stamp(max((m["first_printed"] for m in last if m["first_printed"]), default=None))
    link = f"<link href={quoteattr(site.url)}/>" if site.url else ""
    _write(
        part / "feed.xml",
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">'
        f"<id>urn:carnet:site:{hashlib.sha256(site.title.encode()).hexdigest()[:16]}</id>"
        f"<title>{escape(site.title)}</title><updated>{updated}</updated><author><name>{escape(site.title)}</name>"
        f"</author>{link}{entries}</feed>\n",
    )
    if site.url:
        places = ["", *(f"domaines/{slug}.html" for slug, _ in site.domains.values())]
        places += [f"missions/{m['mission_id']}.html" for m in site.missions]
        urls = "".join(f"<url><loc>{escape(site.url + place)}</loc></url>\n" for place in places)
        _write(
            part / "sitemap.xml",
            '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
            f"{urls}</urlset>\n",
        )


def _entry(m: RowOfView, url: str | None) -> str:
    title = " – ".join(part for part in (m["client"], m["title"]) if part) or words()["untitled"]
    address = f"{url or ''}missions/{m['mission_id']}.html"
    return (
        f"\n<entry><id>urn:carnet:mission:{m['mission_id']}</id><title>{escape(title)}</title>"
        f"<updated>{_stamp(m['first_printed'])}</updated><link href={quoteattr(address)}/>"
        f"<summary>{escape(' · '.join(part for part in (_period(m), m['domain']) if part))}</summary></entry>"
    )


def _stamp(day: dt.date | None) -> str:
    return f"{day or dt.date(1970, 1, 1)}T00:00:00Z"


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
