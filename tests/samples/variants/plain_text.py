"""What a converter makes of a brochure: Markdown headings, bold labels, bullets, a table as tab-separated rows."""

from __future__ import annotations

from pathlib import Path

from tests.samples.content import Brochure, Mission

SUFFIX = ".md"


def draw(brochure: Brochure, path: Path) -> None:
    lines = [
        "# Coopérative Tisserin",
        "",
        "Références 2019-2022",
        "",
        "[www.tisserin.example](http://www.tisserin.example)",
        "",
        "5 rue des Gantières, 38000 Grenoble – 04 65 71 33 00",
        "",
        "## La coopérative",
        "",
        "Tisserin accompagne depuis 2013 les entreprises qui partagent leurs décisions et les lieux qui rassemblent.",
        "",
        "**L'équipe**",
        "",
    ]
    lines += [f"- **{p['name']}**, {p['role']}" for p in brochure.team]
    for domain in brochure.domains:
        lines += ["", f"# {domain}", ""]
        missions = brochure.of_domain(domain)
        if missions[0].show.get("row"):
            lines.append("Client\tObjet\tAnnée\tMontant € HT")
        for m in missions:
            lines += [_row(m)] if m.show.get("row") else _section(m)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _row(m: Mission) -> str:
    return "\t".join((m.client or "", m.title or "", m.when_printed, m.fee_printed))


def _section(m: Mission) -> list[str]:
    note = f" {m.show['note']}" if "note" in m.show else ""
    lines = [f"## {m.client} : {m.title}{note}", ""]
    for label, items in (("Contexte", m.context), ("Notre intervention", m.approach), ("Résultats", m.results)):
        lines += [f"**{label}**", "", *(f"- ▶ {item}" for item in items), ""]
    lines += [f"**Dates :** {m.when_printed}", f"**Montant :** {m.fee_printed}"]
    lines += ["**Contact :** " + m.contact.replace("\n", "  \n"), ""]
    return lines
