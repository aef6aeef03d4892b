"""A small world to play in: three editions of one invented brochure, read once, and every command as a method."""

from __future__ import annotations

import atexit
import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

from carnet.flows.inbox.arrivals import look_at
from carnet.flows.services import correct as correcting
from carnet.flows.services import forget as forgetting
from carnet.flows.services import pair as pairing
from carnet.flows.services.asked import Asked
from carnet.flows.services.export import export
from carnet.flows.services.ingest import Run, load_reading
from carnet.flows.services.rebuild import rebuild
from carnet.flows.settings import Settings
from carnet.flows.workers.answers import FileReading
from carnet.pipeline.extract import extract
from carnet.pipeline.nlp import get_nlp
from carnet.pipeline.read import MEDIA_TYPES
from carnet.pipeline.rules import load_rules
from carnet.pipeline.settle import settle
from carnet.schemas.source import SourceFile
from carnet.warehouse.ask.query import ask, open_reader
from carnet.warehouse.exports.dataset import Delivery
from carnet.warehouse.exports.resources import Audience
from carnet.warehouse.loading.known import Naming
from carnet.warehouse.log.journal import read_journal
from carnet.warehouse.store.db import connect, open_writer
from tests.builders import all_rows

ASKED = Asked("lettre de commande", "Odile")

MISSION = """
### {client} : {title}

**Période** : {period}
**Montant** : {amount}
**Contact** : {contact}

**Contexte**
- {context}

**Résultats**
- {result}
"""
EAU = {
    "client": "Ville de Brenoux", "title": "Schéma directeur d'eau potable", "period": "Mars 2021 à juin 2022",
    "amount": "29 000 euros HT", "contact": "Aline Verdeau, directrice générale, a.verdeau@brenoux.example",
    "context": "Un réseau ancien et des fuites nombreuses.", "result": "Programme de travaux voté en 2022.",
}  # fmt: skip
EGOUTS = {
    "client": "Syndicat mixte des Trois Vals", "title": "Diagnostic du réseau d'assainissement", "period": "2019-2020",
    "amount": "41 500 euros HT", "contact": "Luc Marsanne, l.marsanne@troisvals.example",
    "context": "Un réseau unitaire sur onze communes, suivi par Aline Verdeau.", "result": "Le zonage a été approuvé.",
}  # fmt: skip
LAC = {
    "client": "Communauté de communes du Haut Lys", "title": "Étude de la ressource en eau", "period": "Depuis 2018",
    "amount": "54 500 euros HT", "contact": "Rose Tavel, r.tavel@hautlys.example",
    "context": "Trois forages en fin de vie.", "result": "Deux sites retenus.",
}  # fmt: skip
FORET = {
    "client": "Commune de Luz-le-Bois", "title": "Plan de gestion de la forêt communale", "period": "2023",
    "amount": "18 200 euros HT", "contact": "Jean Orval, j.orval@luz.example",
    "context": "Une forêt de 400 hectares.", "result": "Plan adopté.",
}  # fmt: skip
EDITIONS = {
    "ondine-2021.md": ("juin 2021", [EAU | {"amount": "27 000 euros HT"}, EGOUTS, LAC]),
    "ondine-2023.md": ("mars 2023", [EGOUTS, EAU, LAC]),
    "ondine-2024.md": (
        "avril 2024",
        [FORET, EAU | {"title": "Schéma directeur de l'eau potable et programme"}, EGOUTS, LAC],
    ),
}


def text_of(name: str) -> str:
    date, missions = EDITIONS[name]
    head = f"# Ondine Conseil\n\nÉdition {date}\n\n## Eau\n"
    return head + "".join(MISSION.format(**m) for m in missions)


@cache
def reading_of(data: bytes, name: str) -> FileReading:
    source = SourceFile(sha256=hashlib.sha256(data).hexdigest(), name=name, media_type=MEDIA_TYPES[Path(name).suffix])
    draft = extract(data, source, load_rules())
    return FileReading(draft.model_dump_json(), settle(draft).model_dump_json(), 0.1)


@cache
def warm_up() -> None:
    """All editions read and the language model loaded, so that children of this process need not."""
    for name in EDITIONS:
        reading_of(text_of(name).encode(), name)
    get_nlp().persons("Odile Brancourt")


@cache
def begun(files: tuple[tuple[str, bytes], ...]) -> Path:
    """A folder in which these files (name, content) came first: made once in a process."""
    folder = Path(tempfile.mkdtemp(prefix="carnet-world-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    world = World(folder)
    for name, content in files:
        (folder / "in" / name).write_bytes(content)
    world._ingest([name for name, _ in files], {})
    return folder


MOMENT = re.compile(
    r"datetime\.datetime\([^()]*(?:\([^()]*\))?[^()]*\)|\d{4}-\d\d-\d\d[T ]\d\d:[\d:.]+(?:[+-]\d\d:\d\d|Z)?"
)


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


class World:
    """Every command on a warehouse in `folder`; where it is a copy of another world's, on that."""

    may_copy = True
    """Not in a process that is to be killed: there all is done."""
    rebuilt: ClassVar[set[str]] = set()
    """What was there each time that a rebuild was found to change nothing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings = Settings(folder / "warehouse" / "carnet.duckdb", use_prefect=False)
        if (folder / "in").exists():
            return
        (folder / "in").mkdir()
        for name in EDITIONS:
            (folder / "in" / name).write_text(text_of(name), encoding="utf-8")

    def ingest(self, *names: str, **naming: Any) -> None:
        """Where nothing is there yet, a copy of a world in which the same files came first, in the same order."""
        begun_already = self.settings.warehouse.parent.exists() or self.settings.raw.exists()
        if self.may_copy and names and not (naming or begun_already):
            made = begun(tuple((name, (self.folder / "in" / name).read_bytes()) for name in names))
            for folder in (self.settings.warehouse.parent, self.settings.raw):
                shutil.copytree(made / folder.name, folder, dirs_exist_ok=True)
            return
        self._ingest(names, naming)

    def _ingest(self, names: Iterable[str], naming: Mapping[str, Any]) -> None:
        for name in names:
            arrivals, _ = look_at([self.folder / "in" / name])
            self._load(Run(self.settings, Naming(**naming), arrivals, []))

    def _load(self, run: Run) -> None:
        for arrival in run.to_read:
            load_reading(arrival, reading_of(arrival.path.read_bytes(), arrival.name), run)

    def _load_known(self, run: Run) -> None:
        """Without originals of an ingest that was killed: a rebuild would read them, as the next ingest does."""
        known = {sha256 for (sha256,) in self.ask("SELECT sha256 FROM editions")}
        run.to_read = [arrival for arrival in run.to_read if arrival.sha256 in known]
        self._load(run)

    def correct(self, mission: str, field: str, value: str) -> correcting.Corrected:
        return correcting.correct(self.settings, mission, field, value, ASKED)

    def undo(self, mission: str, field: str) -> correcting.Corrected:
        return correcting.undo(self.settings, mission, field, "Odile")

    def pair(self, kind: str, a: str, b: str) -> tuple[str, str]:
        return pairing.pair(self.settings, kind, a, b, ASKED)

    def forget(self, who: str) -> Any:
        return forgetting.erase(self.settings, who)

    def rebuild(self, dry_run: bool = False) -> Any:
        return rebuild(self.settings, dry_run=dry_run, read=self._load)

    def export(self, audience: Audience = Audience.public) -> Delivery:
        return export(self.settings, self.folder / "site", audience)

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        with open_reader(self.settings.warehouse) as con:
            return ask(con, sql).rows

    def id_of(self, client: str) -> str:
        query = f"SELECT max(mission_id) FROM mission_history WHERE client LIKE '%{client}%'"
        return str(self.ask(query)[0][0])

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        with open_writer(self.settings.warehouse) as con:
            return all_rows(con)

    def confirmed(self) -> dict[str, set[str]]:
        """What a command that ended well has promised to keep: editions, corrections."""
        if not self.settings.warehouse.exists():
            return {}
        return {
            "editions": {row[0] for row in self.ask("SELECT sha256 FROM editions")},
            "corrections": {str(row) for row in self.ask("SELECT field, new_value FROM corrections")},
        }

    def assert_whole(self, confirmed: dict[str, set[str]]) -> None:
        """It opens, all that was confirmed is there, nothing is half or doubled: a rebuild would change nothing."""
        now = self.confirmed()
        assert {name: there - now.get(name, set()) for name, there in confirmed.items()} == dict.fromkeys(
            confirmed, set()
        )
        if now:
            doubled = "SELECT edition_id, ordinal FROM mission_history GROUP BY ALL HAVING count(*) > 1"
            assert self.ask(doubled) == []
            self.assert_a_rebuild_changes_nothing()
        self.assert_published_whole()

    def assert_a_rebuild_changes_nothing(self) -> None:
        """Tried where it was not yet, in this process, with the same rows, log and originals."""
        there = self.what_is_there()
        if there in self.rebuilt:
            return
        found = rebuild(self.settings, dry_run=True, read=self._load_known)
        assert not found.difference.any, found.difference
        assert not found.run.refused
        assert found.kept == []
        self.rebuilt.add(there)

    def what_is_there(self) -> str:
        """All that a rebuild has to do with, but for the moments at which it came: all rows, the log, originals. Where
        the rows tell the digest of just this log, that is said, not the digest: moments are in it."""
        with connect(self.settings.warehouse, read_only=True) as con:
            told = [repr(all_rows(con))]
        for path in sorted(self.settings.raw.rglob("*")):
            if path.is_file():
                is_log = path.suffix == ".jsonl"
                told += [str(path.relative_to(self.settings.raw)), path.read_text("utf-8") if is_log else _hash(path)]
        text, log = "\n".join(told), read_journal(self.settings.raw)
        for digest in filter(None, (log.digest, log.identity)):
            text = text.replace(digest, "of this log")
        return MOMENT.sub("then", text)

    def assert_published_whole(self) -> None:
        """The exported folder is not there, or holds all files that its descriptor names, and no other."""
        site = self.folder / "site"
        if site.exists():
            told = json.loads((site / "datapackage.json").read_text(encoding="utf-8"))["carnet"]["files"]
            there = {str(p.relative_to(site)): p.read_bytes() for p in site.rglob("*") if p.is_file()}
            assert set(there) == {*told, "datapackage.json", "CHANGES.json"}
            assert {n: hashlib.sha256(there[n]).hexdigest() for n in told} == {n: f["sha256"] for n, f in told.items()}

    def leftovers(self) -> list[str]:
        """Files that are nobody's: halves, marks."""
        ours = {"carnet.duckdb", "carnet.duckdb.lock", "carnet.exports.jsonl"}
        beside = [p.name for p in self.settings.warehouse.parent.iterdir() if p.name not in ours]
        beside += [p.name for p in self.folder.iterdir() if p.name.startswith(".site")]
        return beside + [p.name for p in self.settings.raw.iterdir() if p.name.endswith(".part")]

    def files_with(self, *words: str) -> list[str]:
        """Files of the warehouse and the log that hold one of the words."""
        places = [*self.settings.warehouse.parent.rglob("*"), self.settings.raw / "corrections.jsonl"]
        return [str(p) for p in places if p.is_file() and any(w.encode() in p.read_bytes() for w in words)]
